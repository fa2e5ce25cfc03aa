//! What the source of an entry says now: taken over or left.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::difference::{self, FieldDifference, differences};
use super::show::EntryPages;
use super::words;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::{Sample, moment};

/// A change that a source proposes.
#[derive(Debug, Clone)]
pub struct EntryProposalView {
    /// The title of the entry.
    pub title: String,
    /// The proposal; none where none is open any more.
    pub open: Option<OpenProposal>,
    /// Whether the proposal that was decided about is not open any more, and nothing was done.
    pub is_changed: bool,
    /// The pages of the entry.
    pub pages: EntryPages,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// A proposal that nobody has decided about.
#[derive(Debug, Clone)]
pub struct OpenProposal {
    /// Its number.
    pub id: i64,
    /// When the source said so.
    pub at: NaiveDateTime,
    /// Whether readers may go to the wrong place or at the wrong time.
    pub urgent: bool,
    /// What differs from what the entry says.
    pub differences: Vec<FieldDifference>,
    /// Where the decision goes; none for those who only look.
    pub action: Option<String>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryProposalView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        @if view.is_changed {
            div class="alert warning" role="alert" {
                p class="alert-title" { (t.say("entry-desk-proposal-changed-title")) }
                p { (t.say("entry-desk-proposal-changed")) }
            }
        }
        @match &view.open {
            Some(open) => { (self::open(desk, view, open)) }
            None => {
                p { (t.say("entry-desk-proposal-none")) }
                p class="actions" { a class="button quiet" href=(view.pages.show) { (t.say("entry-desk-proposal-back")) } }
            }
        }
    };
    let page = DeskPage {
        crumbs: vec![
            (view.pages.list.clone(), t.say("entry-desk-title")),
            (view.pages.show.clone(), view.title.clone()),
        ],
        ..DeskPage::new(t.say("entry-desk-proposal-title"))
    };
    frame(desk, &page, &body)
}

fn open(desk: &Desk, view: &EntryProposalView, open: &OpenProposal) -> Markup {
    let t = desk.site.locale;
    html! {
        p class="muted" { (t.say("entry-desk-proposal-text")) " " (words::since(t, open.at, view.now)) }
        @if open.urgent { p class="note" { (t.say("entry-desk-proposal-urgent")) } }
        section class="stack" {
            h2 { (t.say("entry-desk-differences")) }
            p class="small muted" { (t.say("entry-desk-differences-key")) }
            (differences(t, &open.differences))
        }
        @if let Some(action) = &open.action {
            (post_form(desk, action, &html! {
                input type="hidden" name="id" value=(open.id);
                div class="bar" {
                    button name="do" value="accept" { (t.say("entry-desk-proposal-accept")) }
                    button class="quiet" name="do" value="leave" { (t.say("entry-desk-proposal-leave")) }
                }
            }))
        }
    }
}

impl Sample for EntryProposalView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let open = Self {
            title: "Neue Trinkwasserbrunnen".into(),
            open: Some(OpenProposal {
                id: 7,
                at: moment(25, 6, 0),
                urgent: true,
                differences: difference::sample(locale),
                action: Some("/newsroom/entries/1/proposal".into()),
            }),
            is_changed: false,
            pages: super::show::sample_pages(),
            now: moment(25, 11, 0),
        };
        let none = Self {
            open: None,
            is_changed: true,
            ..open.clone()
        };
        vec![("open", open), ("none", none)]
    }
}
