//! The entries of an issue in their order, with the buttons of each.

use maud::{Markup, html};

use super::contents::ContentsView;
use super::words;
use crate::checks::language;
use crate::link;
use crate::locale::Locale;

/// The form of the words, to which the buttons of entries belong, too.
pub(super) const FORM: &str = "entries";

/// The kind of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// News.
    News,
    /// Events.
    Events,
    /// Papers and meetings of councils.
    Council,
}

impl Kind {
    const fn key(self) -> &'static str {
        match self {
            Self::News => "issue-desk-section-news",
            Self::Events => "issue-desk-section-events",
            Self::Council => "issue-desk-section-council",
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Events => "events",
            Self::Council => "council",
        }
    }
}

/// A section of an issue.
#[derive(Debug, Clone)]
pub struct SectionView {
    /// What is in it.
    pub kind: Kind,
    /// How many of it a mail tells at most.
    pub most: u32,
    /// Its entries, those that come first before the others.
    pub items: Vec<ItemRow>,
    /// How many more there are, which the page does not show.
    pub further: usize,
}

/// An entry of an issue.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// Its name outside the installation.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The page of the entry.
    pub url: String,
    /// Its picture, small.
    pub picture: Option<String>,
    /// Topics, organisation, date or time and place: what is known, in words.
    pub facts: Vec<String>,
    /// What an editor should know.
    pub notes: Vec<Note>,
    /// Whether it comes first.
    pub pinned: bool,
    /// For how many readers it is.
    pub people: i64,
    /// Where it is shortened.
    pub shorten_url: String,
}

/// What an editor should know of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// No mail tells it: only a line leads to it.
    OnlyLinked,
    /// It has words of its own in this issue.
    Shortened,
    /// It was called off.
    Cancelled,
    /// It was taken back; no mail tells it.
    Withdrawn,
    /// Somebody added it by hand.
    Added(String),
    /// It has no text in these languages.
    Missing(Vec<Locale>),
}

impl Note {
    fn words(&self, t: Locale) -> String {
        match self {
            Self::OnlyLinked => t.say("issue-desk-note-linked"),
            Self::Shortened => t.say("issue-desk-note-shortened"),
            Self::Cancelled => t.say("issue-desk-note-cancelled"),
            Self::Withdrawn => t.say("issue-desk-note-withdrawn"),
            Self::Added(who) => t.fill("issue-desk-note-added", [("who", who.as_str().into())]),
            Self::Missing(languages) => {
                let names: Vec<_> = languages
                    .iter()
                    .map(|one| language(t, one.code()))
                    .collect();
                t.fill(
                    "issue-desk-note-missing",
                    [("languages", t.list(&names).into())],
                )
            }
        }
    }

    const fn is_grave(&self) -> bool {
        matches!(self, Self::OnlyLinked | Self::Cancelled | Self::Withdrawn)
    }
}

/// The sections.
pub(super) fn sections(t: Locale, view: &ContentsView) -> Markup {
    html! {
        @if view.sections.is_empty() { p { (t.say("issue-desk-empty")) } }
        @for section in &view.sections {
            section aria-labelledby=(section.kind.id()) {
                div class="section-title" {
                    h2 id=(section.kind.id()) { (t.say(section.kind.key())) }
                    span class="small muted num" { (counted(t, section)) }
                }
                ol class="items" data-sort=[view.editable.then_some(&view.entries_url)] {
                    @for (at, item) in section.items.iter().enumerate() { (row(t, view, section, at, item)) }
                }
                @if section.further > 0 {
                    p { a href=(view.all_url) { (t.fill("issue-desk-further", [("count", section.further.into())])) } }
                }
            }
        }
    }
}

fn counted(t: Locale, section: &SectionView) -> String {
    let count = section.items.len() + section.further;
    let values = [("count", count.into()), ("most", section.most.into())];
    t.fill("issue-desk-most", values)
}

fn row(t: Locale, view: &ContentsView, section: &SectionView, at: usize, item: &ItemRow) -> Markup {
    let editable = view.editable;
    // What comes first and what does not are two orders.
    let is_with = |other: Option<&ItemRow>| other.is_some_and(|other| other.pinned == item.pinned);
    let up = is_with(
        at.checked_sub(1)
            .and_then(|before| section.items.get(before)),
    );
    let is_last = at + 1 == section.items.len();
    let down = is_with(section.items.get(at + 1)) || (is_last && section.further > 0);
    let before = at.checked_sub(1);
    let beside = section.items.get(at + 1);
    let beside = beside.or_else(|| before.and_then(|before| section.items.get(before)));
    let next = beside.map_or("", |one| one.uuid.as_str());
    let place = section.items[..at]
        .iter()
        .filter(|other| other.pinned == item.pinned)
        .count();
    html! {
        li id={ "entry-" (item.uuid) } class=[(!editable).then_some("fixed")] data-group=(if item.pinned { "first" } else { "rest" }) data-place=(place) {
            @if editable {
                div class="order" {
                    (arrow(t, view, item, "up", "↑", "issue-desk-up", up))
                    (arrow(t, view, item, "down", "↓", "issue-desk-down", down))
                }
            }
            (thumb(t, item))
            div {
                h3 lang=[item.lang.as_deref()] { a href=(item.url) { (item.title) } }
                p class="meta" {
                    @if item.pinned { b { (t.say("issue-desk-pinned")) } }
                    span { (item.facts.join(" · ")) }
                }
                @for note in &item.notes {
                    p class={ @if note.is_grave() { "note" } @else { "small muted" } } { (note.words(t)) }
                }
                @if editable { (acts(t, view, item, next)) }
            }
            p class="reach small muted num" { (words::people(t, item.people)) }
        }
    }
}

fn arrow(
    t: Locale,
    view: &ContentsView,
    item: &ItemRow,
    way: &str,
    sign: &str,
    key: &str,
    can: bool,
) -> Markup {
    let id = format!("{way}-{}", item.uuid);
    let focus = view.focus.as_deref() == Some(&id);
    html! {
        // At the end of its list the button stays, so that the focus does.
        button form=(FORM) formaction=(view.entries_url) class="icon" id=(id) name="do" value={ (way) " " (item.uuid) } aria-disabled=[(!can).then_some("true")] autofocus[focus]
            aria-label=(t.fill(key, [("title", t.quote(&item.title).into())]))
        { (sign) }
    }
}

/// `next` has the focus once the entry is gone.
fn acts(t: Locale, view: &ContentsView, item: &ItemRow, next: &str) -> Markup {
    let (pin, pin_key) = if item.pinned {
        ("unpin", "issue-desk-unpin")
    } else {
        ("pin", "issue-desk-pin")
    };
    let about = html! { span class="hidden" { " " (t.quote(&item.title)) } };
    let focus = |id: &str| view.focus.as_deref() == Some(id);
    let pin_id = format!("pin-{}", item.uuid);
    html! {
        div class="acts" {
            button form=(FORM) formaction=(view.entries_url) class="plain small" id=(pin_id) name="do" value={ (pin) " " (item.uuid) } autofocus[focus(&pin_id)] { (t.say(pin_key)) (about) }
            a class="button plain small" href=(item.shorten_url) { (t.say("issue-desk-shorten")) (about) }
            button form=(FORM) formaction=(view.entries_url) class="plain small" name="do" value={ "leave-out " (item.uuid) " " (next) } { (t.say("issue-desk-leave-out")) (about) }
        }
    }
}

fn thumb(t: Locale, item: &ItemRow) -> Markup {
    html! {
        @match item.picture.as_deref().and_then(link::on_page) {
            Some(src) => { img class="thumb" src=(src) alt="" loading="lazy" width="72" height="54"; }
            None => { span class="thumb none" aria-hidden="true" { (t.say("issue-desk-no-picture")) } }
        }
    }
}
