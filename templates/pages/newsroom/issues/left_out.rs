//! What an issue does not tell, and why.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::contents::ContentsView;
use super::entries::FORM;
use crate::locale::Locale;
use crate::pages::newsroom::frame::Desk;

/// What an issue does not tell.
#[derive(Debug, Clone)]
pub struct LeftOutView {
    /// What can be added first.
    pub rows: Vec<LeftOutRow>,
    /// How many more there are.
    pub further: usize,
}

/// An entry that the issue does not tell.
#[derive(Debug, Clone)]
pub struct LeftOutRow {
    /// Its name outside the installation.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// The page of the entry.
    pub url: String,
    /// Why.
    pub why: Why,
    /// Whether it may be added.
    pub addable: bool,
}

/// Why an entry is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Somebody took it out: their name, where it is known.
    TakenOut(Option<String>),
    /// Its source has cancelled it, and nobody has decided about that.
    Undecided,
    /// It became public after the issue was composed.
    Later,
    /// There was no room for it.
    NoRoom,
    /// The issue of this number told it.
    ToldBy(i64),
    /// It became public before this day.
    Before(Option<NaiveDate>),
    /// It takes place after this day.
    Beyond(Option<NaiveDate>),
}

impl Why {
    /// Whether nobody has to think about it: it was told, or its time was or comes.
    const fn is_settled(&self) -> bool {
        matches!(self, Self::ToldBy(_) | Self::Before(_) | Self::Beyond(_))
    }

    fn words(&self, t: Locale) -> String {
        let day = |day: &Option<NaiveDate>| day.map_or_else(String::new, |day| t.day(day));
        match self {
            Self::TakenOut(Some(who)) => {
                t.fill("issue-desk-out-taken-by", [("who", who.as_str().into())])
            }
            Self::TakenOut(None) => t.say("issue-desk-out-taken"),
            Self::Undecided => t.say("issue-desk-out-undecided"),
            Self::Later => t.say("issue-desk-out-later"),
            Self::NoRoom => t.say("issue-desk-out-no-room"),
            Self::ToldBy(number) => t.fill("issue-desk-out-told", [("number", (*number).into())]),
            Self::Before(from) => t.fill("issue-desk-out-before", [("from", day(from).into())]),
            Self::Beyond(until) => t.fill("issue-desk-out-beyond", [("until", day(until).into())]),
        }
    }
}

/// The section at the end of the contents.
pub(super) fn left_out(desk: &Desk, view: &ContentsView) -> Markup {
    let t = desk.site.locale;
    let left = &view.left_out;
    if left.rows.is_empty() {
        return html! {};
    }
    let (settled, asking): (Vec<_>, Vec<_>) =
        left.rows.iter().partition(|row| row.why.is_settled());
    html! {
        section aria-labelledby="left" {
            h2 id="left" { (t.say("issue-desk-left-out")) }
            @if !asking.is_empty() {
                ul class="items bare" { @for row in &asking { (entry(t, view, row)) } }
            }
            @if !settled.is_empty() {
                details {
                    summary { (t.fill("issue-desk-left-out-settled", [("count", settled.len().into())])) }
                    ul class="items bare" { @for row in &settled { (entry(t, view, row)) } }
                    @if left.further > 0 {
                        p class="small muted" { (t.fill("issue-desk-left-out-further", [("count", left.further.into())])) }
                    }
                }
            }
        }
    }
}

fn entry(t: Locale, view: &ContentsView, row: &LeftOutRow) -> Markup {
    html! {
        li {
            div {
                h3 { a href=(row.url) { (row.title) } }
                p class="meta" { (row.why.words(t)) }
            }
            @if view.editable && row.addable {
                div class="acts" {
                    button form=(FORM) formaction=(view.entries_url) class="plain small" name="do" value={ "add " (row.uuid) } {
                        (t.say("issue-desk-add-anyway"))
                        span class="hidden" { " " (t.quote(&row.title)) }
                    }
                }
            }
        }
    }
}
