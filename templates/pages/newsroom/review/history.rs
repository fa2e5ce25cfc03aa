//! The history of an issue: who did what, and when.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::event::{Event, trail};
use super::sample;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, frame};
use crate::pages::newsroom::issues::head::{IssueHead, Part};
use crate::sample::{Sample, november};

/// The page.
#[derive(Debug, Clone)]
pub struct HistoryView {
    /// The head of the issue's pages.
    pub head: IssueHead,
    /// The day on which the page is shown.
    pub today: NaiveDate,
    /// What was done, the latest first.
    pub events: Vec<Event>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &HistoryView) -> Markup {
    let t = desk.site.locale;
    let page = view.head.page(t, Part::History);
    let body = html! {
        section aria-labelledby="history" {
            h2 id="history" { (t.say("review-history")) }
            (trail(t, &view.events, view.today))
        }
    };
    frame(desk, &page, &body)
}

impl Sample for HistoryView {
    fn samples(t: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            head: sample::head(t),
            today: november(25),
            events: sample::every_event(t),
        };
        vec![("usual", view)]
    }
}
