//! What is known of an entry beside its text.

use maud::{Markup, html};

use super::taking_part;
use super::view::{ContactView, EntryView, Kind, Occasion};
use crate::link;
use crate::locale::Locale;

/// That it was called off or moved, before anything else is read.
pub(super) fn status(t: Locale, view: &EntryView) -> Markup {
    let moved = view.occasion.as_ref().and_then(|it| it.moved_from);
    html! {
        @if view.cancelled {
            div class="alert danger" {
                p class="alert-title" { (t.say("entry-cancelled-title")) }
                p { (t.say(match view.kind {
                    Kind::Event => "entry-cancelled-event",
                    Kind::Meeting => "entry-cancelled-meeting",
                    Kind::News | Kind::Paper => "entry-cancelled-other",
                })) }
            }
        } @else if let Some(before) = moved {
            div class="alert" {
                p class="alert-title" { (t.say("entry-moved-title")) }
                p { (t.fill("entry-moved", [("when", before.words(t).into())])) }
            }
        }
        @if let (false, Some(occasion)) = (view.cancelled, &view.occasion) { (taking_part::status(t, &occasion.taking_part)) }
    }
}

/// When and where, where it takes place.
pub(super) fn occasion(t: Locale, view: &EntryView) -> Markup {
    let Some(occasion) = &view.occasion else {
        return html! {};
    };
    html! {
        dl class="facts occasion" {
            div {
                dt { (t.say("entry-when")) }
                dd { (when(t, occasion, view.cancelled)) }
            }
            @if let Some(place) = &occasion.place {
                div { dt { (t.say("entry-where")) } dd { (place) } }
            }
            div { dt { (t.say("entry-organiser")) } dd { (occasion.taking_part.organiser.as_ref().unwrap_or(&view.organisation)) } }
            (taking_part::facts(t, &occasion.taking_part))
        }
    }
}

fn when(t: Locale, occasion: &Occasion, cancelled: bool) -> Markup {
    let words = html! {
        strong { (occasion.when.words(t)) }
        @if let Some(zone) = &occasion.zone {
            span class="detail" { (t.fill("entry-zone", [("zone", zone.as_str().into())])) }
        }
    };
    html! { @if cancelled { s { (words) } } @else { (words) } }
}

/// Everything else, below the text.
pub(super) fn list(t: Locale, view: &EntryView) -> Markup {
    let nothing = view.paper.is_none() && view.contact.is_none() && view.topics.is_empty();
    if nothing {
        return html! {};
    }
    html! {
        dl class="facts" {
            (paper(t, view))
            @if let Some(contact) = &view.contact {
                div { dt { (t.say("entry-contact")) } dd { (self::contact(contact)) } }
            }
            @if !view.topics.is_empty() {
                div {
                    dt { (t.say("entry-topics")) }
                    dd {
                        @for (at, topic) in view.topics.iter().enumerate() {
                            @if at > 0 { ", " }
                            @match link::on_page(&topic.href) {
                                Some(href) => { a href=(href) { (topic.name) } }
                                None => { (topic.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn paper(t: Locale, view: &EntryView) -> Markup {
    let Some(paper) = &view.paper else {
        return html! {};
    };
    let lang = view.lang.as_deref();
    let facts = [
        ("entry-reference", &paper.reference),
        ("entry-committee", &paper.committee),
        ("entry-decision", &paper.decision),
        ("entry-effects", &paper.effects),
    ];
    html! {
        @for (key, value) in facts {
            @if let Some(value) = value { div { dt { (t.say(key)) } dd lang=[lang] { (value) } } }
        }
        @if !paper.attachments.is_empty() {
            div {
                dt { (t.say("entry-attachments")) }
                dd lang=[lang] {
                    ul {
                        @for (title, address) in &paper.attachments {
                            li {
                                @match link::absolute(address) {
                                    Some(href) => { a href=(href) { (title) } }
                                    None => { (title) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Name, address and number in one line, to be clicked.
fn contact(contact: &ContactView) -> Markup {
    let name = contact.name.as_ref().map(|name| html! { (name) });
    let email = contact.email.as_ref().map(|email| {
        let href = format!("mailto:{email}");
        html! { @match link::absolute(&href) { Some(href) => { a href=(href) { (email) } } None => { (email) } } }
    });
    let phone = contact.phone.as_ref().map(|phone| {
        html! { @match link::telephone(phone) { Some(href) => { a href=(href) { (phone) } } None => { (phone) } } }
    });
    let parts: Vec<Markup> = [name, email, phone].into_iter().flatten().collect();
    html! { @for (at, part) in parts.iter().enumerate() { @if at > 0 { " · " } (part) } }
}
