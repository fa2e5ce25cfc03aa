//! How one takes part in an event: online, by registering, for whom, at what price.

use maud::{Markup, html};

use crate::date::When;
use crate::link;
use crate::locale::Locale;

/// What is said of an event besides when and where.
#[derive(Debug, Clone, Default)]
pub struct TakingPart {
    /// Whether one can take part online.
    pub online: bool,
    /// Where, then.
    pub online_url: Option<String>,
    /// Who organises it, where that is somebody else than whose entry it is.
    pub organiser: Option<String>,
    /// What it costs, in words.
    pub price: Option<String>,
    /// Where to register.
    pub registration_url: Option<String>,
    /// Until when.
    pub registration_until: Option<When>,
    /// What changed; none where it takes place as announced.
    pub status: Option<Status>,
    /// Who can take part at its place.
    pub accessibility: Vec<Accessibility>,
}

/// What changed about an event that is not called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No place is left.
    Full,
    /// It takes place later; nobody knows when.
    Postponed,
    /// It takes place online now.
    MovedOnline,
}

/// Who can take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accessibility {
    /// By wheelchair.
    Wheelchair,
    /// With a hearing loop.
    HearingLoop,
    /// In sign language.
    SignLanguage,
    /// In easy language.
    EasyLanguage,
}

/// That it is full, postponed, or online, before anything else is read.
pub(super) fn status(t: Locale, view: &TakingPart) -> Markup {
    let Some(status) = view.status else {
        return html! {};
    };
    let (title, text) = match status {
        Status::Full => ("entry-full-title", "entry-full"),
        Status::Postponed => ("entry-postponed-title", "entry-postponed"),
        Status::MovedOnline => ("entry-moved-online-title", "entry-moved-online"),
    };
    html! {
        div class="alert" {
            p class="alert-title" { (t.say(title)) }
            p { (t.say(text)) }
        }
    }
}

/// The facts, below when and where.
pub(super) fn facts(t: Locale, view: &TakingPart) -> Markup {
    let words: Vec<String> = view
        .accessibility
        .iter()
        .map(|one| accessibility(t, *one))
        .collect();
    html! {
        @if view.online {
            div {
                dt { (t.say("entry-online")) }
                dd {
                    @match view.online_url.as_deref().and_then(link::absolute) {
                        Some(href) => { a href=(href) { (t.say("entry-online-link")) } }
                        None => { (t.say("entry-online-later")) }
                    }
                }
            }
        }
        @if let Some(price) = &view.price { div { dt { (t.say("entry-price")) } dd { (price) } } }
        @if view.registration_url.is_some() || view.registration_until.is_some() { (registration(t, view)) }
        @if !words.is_empty() { div { dt { (t.say("entry-accessibility")) } dd { (t.list(&words)) } } }
    }
}

fn registration(t: Locale, view: &TakingPart) -> Markup {
    let until = view.registration_until.map(|until| {
        t.fill(
            "entry-registration-until",
            [("when", until.words(t).into())],
        )
    });
    html! {
        div {
            dt { (t.say("entry-registration")) }
            dd {
                @if let Some(href) = view.registration_url.as_deref().and_then(link::absolute) {
                    a href=(href) { (t.say("entry-registration-link")) }
                }
                @if let Some(until) = until { span class="detail" { (until) } }
            }
        }
    }
}

fn accessibility(t: Locale, one: Accessibility) -> String {
    t.say(match one {
        Accessibility::Wheelchair => "editor-wheelchair",
        Accessibility::HearingLoop => "editor-hearing-loop",
        Accessibility::SignLanguage => "editor-sign-language",
        Accessibility::EasyLanguage => "editor-easy-language",
    })
}
