//! The versions of an entry.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::show::{EntryPage, EntryPages, by, entry_tabs};
use super::words::{State, Who};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame};
use crate::sample::{Sample, moment};

/// The versions of an entry.
#[derive(Debug, Clone)]
pub struct EntryVersionsView {
    /// The title of the entry.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// The versions, the latest first.
    pub versions: Vec<VersionLine>,
    /// Where two are compared.
    pub compare: String,
    /// The language of the page where that was chosen by the link.
    pub lang: Option<String>,
    /// The pages of the entry.
    pub pages: EntryPages,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// A version.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// Its number, counted from 1.
    pub number: i64,
    /// Since when the entry said so.
    pub at: NaiveDateTime,
    /// Who wrote it.
    pub who: Who,
    /// Why.
    pub reason: Reason,
    /// Where it is compared with the one before; none of the first.
    pub compare: Option<String>,
}

/// Why there is a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was there when versions began to be kept.
    Kept,
    /// Somebody wrote it.
    Written,
    /// A source brought it.
    Imported,
    /// A source proposed it and somebody accepted.
    Accepted,
    /// The event was moved.
    Moved,
    /// Two people wrote, and their texts were merged.
    Merged,
    /// An older version was brought back.
    Restored,
    /// It has another picture, or says something else about it.
    Pictured,
}

impl Reason {
    /// In a word or two.
    pub(crate) fn words(self, t: Locale) -> String {
        t.say(match self {
            Self::Kept => "entry-desk-version-kept",
            Self::Written => "entry-desk-version-written",
            Self::Imported => "entry-desk-version-imported",
            Self::Accepted => "entry-desk-version-accepted",
            Self::Moved => "entry-desk-version-moved",
            Self::Merged => "entry-desk-version-merged",
            Self::Restored => "entry-desk-version-restored",
            Self::Pictured => "entry-desk-version-pictured",
        })
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryVersionsView) -> Markup {
    let t = desk.site.locale;
    let count = i64::try_from(view.versions.len()).unwrap_or(i64::MAX);
    let body = html! {
        section {
            h2 { (t.say("entry-desk-versions")) }
            @if view.versions.is_empty() { p class="muted" { (t.say("entry-desk-versions-none")) } }
            @else { (list(t, view)) }
        }
        @if count > 2 { (choose(t, view)) }
    };
    let page = DeskPage {
        crumbs: vec![(view.pages.list.clone(), t.say("entry-desk-title"))],
        state: view.state.badge(t),
        tabs: entry_tabs(t, &view.pages, count, EntryPage::Versions),
        ..DeskPage::new(view.title.clone())
    };
    frame(desk, &page, &body)
}

fn list(t: Locale, view: &EntryVersionsView) -> Markup {
    html! {
        ol class="rows" reversed {
            @for (at, version) in view.versions.iter().enumerate() {
                li {
                    b { (name(t, version.number)) }
                    @if at == 0 { " · " (t.say("entry-desk-version-now")) }
                    p class="small muted" { (version.reason.words(t)) " · " (by(t, &version.who, version.at, view.now)) }
                    @if let Some(url) = &version.compare {
                        p { a href=(url) { (t.fill("entry-desk-version-changes", [("number", version.number.into())])) } }
                    }
                }
            }
        }
    }
}

/// Two versions to be compared.
fn choose(t: Locale, view: &EntryVersionsView) -> Markup {
    let options = |chosen: usize| {
        html! {
            @for (at, version) in view.versions.iter().enumerate() {
                option value=(version.number) selected[at == chosen] { (name(t, version.number)) }
            }
        }
    };
    let last = view.versions.len().saturating_sub(1);
    html! {
        section {
            h2 { (t.say("entry-desk-compare-title")) }
            form method="get" action=(view.compare) class="filters" {
                @if let Some(lang) = &view.lang { input type="hidden" name="lang" value=(lang); }
                div class="field" {
                    label for="from" { (t.say("entry-desk-compare-from")) }
                    select id="from" name="from" { (options(last)) }
                }
                div class="field" {
                    label for="to" { (t.say("entry-desk-compare-to")) }
                    select id="to" name="to" { (options(0)) }
                }
                button class="quiet" { (t.say("entry-desk-compare")) }
            }
        }
    }
}

/// “Fassung 3”.
pub(crate) fn name(t: Locale, number: i64) -> String {
    t.fill("entry-desk-version", [("number", number.into())])
}

/// An invented version.
pub(crate) fn sample(number: i64, reason: Reason, who: Who) -> VersionLine {
    let day = 20 + u32::try_from(number).unwrap_or(0);
    VersionLine {
        number,
        at: moment(day, 9, 40),
        who,
        reason,
        compare: (number > 1)
            .then(|| "/newsroom/entries/1/versions/compare?from=1&to=2".to_owned()),
    }
}

impl Sample for EntryVersionsView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let person = || Who::Person("Jana Kern".into());
        let view = Self {
            title: "Neue Trinkwasserbrunnen".into(),
            state: State::Published,
            versions: vec![
                sample(5, Reason::Pictured, person()),
                sample(4, Reason::Restored, person()),
                sample(3, Reason::Accepted, person()),
                sample(2, Reason::Written, Who::Operator("root".into())),
                sample(1, Reason::Imported, Who::Service),
            ],
            compare: "/newsroom/entries/1/versions/compare".into(),
            lang: None,
            pages: super::show::sample_pages(),
            now: moment(25, 11, 0),
        };
        let none = Self {
            versions: Vec::new(),
            ..view.clone()
        };
        vec![("several", view), ("none", none)]
    }
}
