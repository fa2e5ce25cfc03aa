//! What the page of an entry and the lists have in common: entries in a line or two, feeds, and the
//! way to subscribe.

use maud::{Markup, html};

use crate::components::button_link;
use crate::date::When;
use crate::locale::Locale;
use crate::picture::PictureView;

/// An entry in a list.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// Path of its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// The language of its text, where that is not the page's.
    pub lang: Option<String>,
    /// A sentence or two; may be empty.
    pub teaser: String,
    /// Its date, or when it takes place.
    pub when: When,
    /// Where it takes place.
    pub place: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether it takes place at another time than announced first.
    pub moved: bool,
    /// Its picture, small.
    pub picture: Option<PictureView>,
}

/// A newsletter to subscribe to.
#[derive(Debug, Clone)]
pub struct SubscribeLink {
    /// Its name.
    pub newsletter: String,
    /// Path of the form, with the topics chosen.
    pub href: String,
}

/// Where the feeds of a list are: paths.
#[derive(Debug, Clone)]
pub struct Feeds {
    /// As Atom.
    pub atom: String,
    /// As JSON.
    pub json: String,
}

/// The links by which feed readers find the feeds.
pub(crate) fn feed_links(t: Locale, feeds: &Feeds) -> Markup {
    html! {
        link rel="alternate" type="application/atom+xml" href=(feeds.atom) title=(t.say("entries-feed-atom"));
        link rel="alternate" type="application/feed+json" href=(feeds.json) title=(t.say("entries-feed-json"));
    }
}

/// When and where.
pub(crate) fn line(t: Locale, item: &ItemView) -> Markup {
    let words = match item.when {
        // News have their day; the weekday matters where something takes place.
        When::Day(day) if item.place.is_none() => t.day(day),
        when => when.words(t),
    };
    html! {
        p class="meta" {
            @if item.cancelled { strong class="off" { (t.say("entry-cancelled-title")) } " · " s { (words) } }
            @else {
                @if item.moved { strong { (t.say("entry-moved-title")) } " · " }
                (words)
            }
            @if let Some(place) = &item.place { " · " (place) }
        }
    }
}

/// Titles and dates only, for the side of another page.
pub(crate) fn short_list(t: Locale, items: &[ItemView]) -> Markup {
    html! {
        ul class="entries short" {
            @for item in items {
                li {
                    a href=(item.href) lang=[item.lang.as_deref()] { (item.title) }
                    (line(t, &ItemView { place: None, ..item.clone() }))
                }
            }
        }
    }
}

/// The way to newsletters with these topics.
pub(crate) fn subscribe_panel(
    t: Locale,
    newsletters: &[SubscribeLink],
    topics: &[String],
) -> Markup {
    let quoted: Vec<String> = topics.iter().map(|topic| t.quote(topic)).collect();
    html! {
        @if !newsletters.is_empty() {
            section class="panel subscribe" {
                h2 { (t.say("entry-subscribe-title")) }
                p {
                    @if quoted.is_empty() { (t.say("entry-subscribe")) }
                    @else { (t.fill("entry-subscribe-topics", [("topics", t.list(&quoted).into())])) }
                }
                @for newsletter in newsletters {
                    (button_link(&newsletter.href, &t.fill("entry-subscribe-link", [("newsletter", newsletter.newsletter.as_str().into())])))
                }
            }
        }
    }
}
