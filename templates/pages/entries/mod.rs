//! A list of entries: news, events, or council papers.

mod sample;
mod view;

use maud::{Markup, html};

pub use self::view::{EntriesView, ListKind, TopicOption};
use crate::entry_item::{ItemView, feed_links, line, subscribe_panel};
use crate::layout::{self, Page};
use crate::link;
use crate::locale::Locale;
use crate::site::Site;

/// Renders the page.
pub fn page(site: &Site, view: &EntriesView) -> Markup {
    let t = site.locale;
    let body = html! {
        div class="beside reading" {
            div {
                (choice(t, view))
                @if !view.running.is_empty() {
                    h2 { (t.say("entries-running")) }
                    (list(t, &view.running))
                    @if !view.items.is_empty() { h2 { (t.say("entries-ahead")) } }
                } @else if !view.items.is_empty() {
                    h2 class="hidden" { (t.say("entries-list")) }
                }
                (list(t, &view.items))
                @if view.items.is_empty() && view.running.is_empty() { p { (t.say("entries-none")) } }
                (onward(t, view))
            }
            (aside(t, view))
        }
    };
    let head = html! {
        (feed_links(t, &view.feeds))
        // Parts of a list are for people: search engines find the entries by the whole.
        @if view.is_continued { meta name="robots" content="noindex"; }
    };
    let page = Page {
        head,
        section: Some(view.kind.section()),
        ..Page::public(title(t, view))
    };
    layout::frame(site, &page, &body)
}

/// The title of a feed: “Stadt Musterstadt, Neuigkeiten: Klima und Umwelt”.
pub fn feed_title(site: &Site, kind: ListKind, topic: Option<&str>) -> String {
    let t = site.locale;
    let section = t.say(kind.section().key());
    match topic {
        None => format!("{}, {section}", site.organisation),
        Some(topic) => format!("{}, {} {topic}", site.organisation, t.colon(&section)),
    }
}

/// The title of an entry in a feed; whether it was called off is said in it, for feeds have no other
/// place for that.
pub fn item_title(locale: Locale, title: &str, cancelled: bool) -> String {
    if cancelled {
        format!(
            "{} {title}",
            locale.colon(&locale.say("entry-cancelled-title"))
        )
    } else {
        title.to_owned()
    }
}

/// “Neuigkeiten: Klima und Umwelt, November 2026”.
fn title(t: Locale, view: &EntriesView) -> String {
    let section = t.say(view.kind.section().key());
    let month = view.month.map(|month| t.month(month));
    let parts: Vec<String> = view.topic.iter().cloned().chain(month).collect();
    if parts.is_empty() {
        section
    } else {
        format!("{} {}", t.colon(&section), parts.join(", "))
    }
}

/// Topic and month, as a form: it works without a script.
fn choice(t: Locale, view: &EntriesView) -> Markup {
    if view.topics.is_empty() && view.months.len() < 2 {
        return html! {};
    }
    html! {
        form class="choose" method="get" action=(view.path) {
            @if let Some(language) = &view.chosen_language { input type="hidden" name="lang" value=(language); }
            @if !view.topics.is_empty() {
                div {
                    label for="topic" { (t.say("entries-topic")) }
                    select id="topic" name="topic" {
                        option value="" { (t.say("entries-all-topics")) }
                        @for topic in &view.topics { option value=(topic.key) selected[topic.chosen] { (topic.name) } }
                    }
                }
            }
            @if view.months.len() > 1 || view.month.is_some() { (months(t, view)) }
            button type="submit" { (t.say("entries-show")) }
        }
    }
}

fn months(t: Locale, view: &EntriesView) -> Markup {
    let all = match view.kind {
        ListKind::Events => "entries-all-ahead",
        ListKind::News | ListKind::Papers => "entries-all-months",
    };
    html! {
        div {
            label for="month" { (t.say("entries-month")) }
            select id="month" name="month" {
                option value="" { (t.say(all)) }
                @for month in &view.months {
                    option value=(month.format("%Y-%m")) selected[view.month == Some(*month)] { (t.month(*month)) }
                }
            }
        }
    }
}

fn list(t: Locale, items: &[ItemView]) -> Markup {
    html! {
        @if !items.is_empty() {
            ul class="entries" { @for item in items { li { (self::item(t, item)) } } }
        }
    }
}

fn item(t: Locale, item: &ItemView) -> Markup {
    html! {
        @if let Some(picture) = &item.picture {
            @if let Some(src) = link::on_page(&picture.src) {
                img src=(src) width=(picture.width) height=(picture.height) alt="" loading="lazy";
            }
        }
        div {
            (line(t, item))
            h3 lang=[item.lang.as_deref()] { a href=(item.href) { (item.title) } }
            @if !item.teaser.is_empty() { p lang=[item.lang.as_deref()] { (item.teaser) } }
        }
    }
}

fn onward(t: Locale, view: &EntriesView) -> Markup {
    let further = match view.kind {
        ListKind::Events => "entries-later",
        ListKind::News | ListKind::Papers => "entries-older",
    };
    html! {
        @if view.next.is_some() || view.is_continued {
            nav class="onward" aria-label=(t.say("entries-onward")) {
                @if view.is_continued { a href=(view.first) { (t.say("entries-first")) } }
                @if let Some(next) = &view.next { a href=(next) rel="next" { (t.say(further)) } }
            }
        }
    }
}

fn aside(t: Locale, view: &EntriesView) -> Markup {
    html! {
        div class="side" {
            (subscribe_panel(t, &view.newsletters, view.topic.as_slice()))
            section class="feeds small" {
                h2 { (t.say("entries-feeds")) }
                p { (t.say("entries-feeds-text")) }
                ul {
                    li { a href=(view.feeds.atom) type="application/atom+xml" { (t.say("entries-feed-atom")) } }
                    li { a href=(view.feeds.json) type="application/feed+json" { (t.say("entries-feed-json")) } }
                }
            }
        }
    }
}
