//! The sending of an issue: its figures while it runs, the report afterwards.

pub mod ask;
pub mod find;
mod live;
mod report;
pub mod retry;
mod sample;
mod view;
mod words;

use maud::{Markup, html};

use super::frame::{Desk, frame};
use super::issues::head::{IssueHead, Part};

pub use self::live::fragment;
use self::live::{LivePart, live};
pub use self::view::{DomainView, FiguresView, OverTimeView, RelayView, ReportView};

/// After how many seconds the page is fetched anew where there is no script.
const REFRESH: u32 = 10;

/// The page about the sending of an issue.
#[derive(Debug, Clone)]
pub struct SendingView {
    /// The issue.
    pub head: IssueHead,
    /// Its figures; none before its sending has begun.
    pub figures: Option<FiguresView>,
    /// The report, once it has ended.
    pub report: Option<ReportView>,
    /// Why it stopped by itself, as a sentence without a full stop.
    pub stopped: Option<String>,
    /// Where the events come from, while something changes.
    pub events_url: Option<String>,
    /// The page “did they get it?”, for those who may ask.
    pub find_url: Option<String>,
    /// What was just done, as its key.
    pub done: Option<Done>,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The sending was paused.
    Paused,
    /// It goes on.
    Resumed,
    /// The issue was cancelled.
    Cancelled,
    /// So many mails are sent again.
    Retried(i64),
    /// Nothing: somebody else had changed the issue.
    Moved,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &SendingView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page(t, Part::Sending);
    page.scripts = &["progress"];
    page.refresh = view.events_url.as_ref().map(|_| REFRESH);
    page.done = view.done.map(|done| match done {
        Done::Paused => t.say("watch-done-paused"),
        Done::Resumed => t.say("watch-done-resumed"),
        Done::Cancelled => t.say("watch-done-cancelled"),
        Done::Retried(count) => t.fill(
            "watch-done-retried",
            [("count", count.into()), ("number", t.number(count).into())],
        ),
        Done::Moved => t.say("watch-done-moved"),
    });
    let body = html! {
        @if let Some(reason) = &view.stopped {
            div class="alert warning" {
                p class="alert-title" { (t.say("watch-stopped")) }
                p { (reason) "." }
            }
        }
        @match &view.figures {
            None => { p class="muted" { (t.say("watch-not-yet")) } }
            Some(figures) => {
                div class="live stack" data-events=[view.events_url.as_deref()] {
                    @match &view.report {
                        Some(report) => { (report::report(t, figures, report)) }
                        None => { (live(t, figures, LivePart::Figures)) }
                    }
                    div class="two" {
                        (live(t, figures, LivePart::Domains))
                        div class="stack" {
                            @if let Some(url) = &view.find_url { (find_panel(desk, url, view.events_url.is_some())) }
                            (live(t, figures, LivePart::Plot))
                        }
                    }
                }
            }
        }
    };
    frame(desk, &page, &body)
}

/// The form; a link to it while the page may be fetched anew, which would empty the field.
fn find_panel(desk: &Desk, url: &str, refreshes: bool) -> Markup {
    let t = desk.site.locale;
    html! {
        section class="panel" aria-labelledby="sending-find" {
            h2 id="sending-find" { (t.say("watch-find-title")) }
            @if refreshes {
                p { a href=(url) { (t.say("watch-find-one")) } }
            } @else {
                (find::form(desk, url, "", &[]))
            }
        }
    }
}
