//! Two versions of an entry, compared word by word.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::difference::{self, FieldDifference, differences};
use super::show::{EntryPages, by};
use super::versions::{self, Reason, VersionLine};
use super::words::Who;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::{Sample, moment};

/// Two versions of an entry.
#[derive(Debug, Clone)]
pub struct EntryCompareView {
    /// The title of the entry.
    pub title: String,
    /// The version it goes out from.
    pub from: VersionLine,
    /// The version it goes to.
    pub to: VersionLine,
    /// What differs.
    pub differences: Vec<FieldDifference>,
    /// How the first of them can be brought back; none where it cannot.
    pub restore: Option<Restore>,
    /// Whether the entry has changed since the page was opened, so that nothing was brought back.
    pub is_changed: bool,
    /// The pages of the entry.
    pub pages: EntryPages,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// Bringing a version back.
#[derive(Debug, Clone)]
pub struct Restore {
    /// Where the form goes.
    pub action: String,
    /// The last version there is.
    pub latest: i64,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryCompareView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        @if view.is_changed {
            div class="alert warning" role="alert" {
                p class="alert-title" { (t.say("entry-desk-restore-changed-title")) }
                p { (t.say("entry-desk-restore-changed")) }
            }
        }
        dl class="facts" {
            (version(t, "entry-desk-compare-from", &view.from, view.now))
            (version(t, "entry-desk-compare-to", &view.to, view.now))
        }
        section class="stack" {
            h2 { (t.say("entry-desk-differences")) }
            p class="small muted" { (t.say("entry-desk-differences-key")) }
            @if view.differences.is_empty() { p { (t.say("entry-desk-differences-none")) } }
            @else { (differences(t, &view.differences)) }
        }
        @if let Some(restore) = &view.restore { (self::restore(desk, view, restore)) }
    };
    let page = DeskPage {
        crumbs: vec![
            (view.pages.list.clone(), t.say("entry-desk-title")),
            (view.pages.show.clone(), view.title.clone()),
            (view.pages.versions.clone(), t.say("entry-desk-versions")),
        ],
        ..DeskPage::new(t.fill(
            "entry-desk-compare-heading",
            [
                ("from", view.from.number.into()),
                ("to", view.to.number.into()),
            ],
        ))
    };
    frame(desk, &page, &body)
}

fn version(t: Locale, key: &str, version: &VersionLine, now: NaiveDateTime) -> Markup {
    html! {
        div {
            dt { (t.say(key)) }
            dd {
                (versions::name(t, version.number)) " · " (version.reason.words(t)) " · " (by(t, &version.who, version.at, now))
            }
        }
    }
}

fn restore(desk: &Desk, view: &EntryCompareView, restore: &Restore) -> Markup {
    let t = desk.site.locale;
    let number = view.from.number;
    html! {
        section class="panel" {
            h2 { (t.fill("entry-desk-restore-title", [("number", number.into())])) }
            p { (t.say("entry-desk-restore-text")) }
            (post_form(desk, &restore.action, &html! {
                input type="hidden" name="number" value=(number);
                input type="hidden" name="latest" value=(restore.latest);
                button class="quiet" { (t.fill("entry-desk-restore", [("number", number.into())])) }
            }))
        }
    }
}

impl Sample for EntryCompareView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let person = Who::Person("Jana Kern".into());
        let view = Self {
            title: "Neue Trinkwasserbrunnen".into(),
            from: versions::sample(1, Reason::Imported, Who::Service),
            to: versions::sample(4, Reason::Written, person),
            differences: difference::sample(locale),
            restore: Some(Restore {
                action: "/newsroom/entries/1/versions/restore".into(),
                latest: 4,
            }),
            is_changed: false,
            pages: super::show::sample_pages(),
            now: moment(25, 11, 0),
        };
        let same = Self {
            differences: Vec::new(),
            restore: None,
            is_changed: true,
            ..view.clone()
        };
        vec![("differences", view), ("same", same)]
    }
}
