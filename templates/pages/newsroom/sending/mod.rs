//! The sending of an issue: its figures while it runs, the report afterwards.

pub mod ask;
pub mod find;
mod live;
mod report;
pub mod retry;
mod sample;
mod view;
mod words;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::frame::{Desk, frame};
use super::issues::head::{IssueHead, Part, State};
use super::review::{Event, trail};

pub(super) use self::live::domain_table;
pub use self::live::fragment;
use self::live::{LivePart, live};
pub(super) use self::sample::sample_domain;
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
    /// The one domain that is looked at.
    pub chosen: Option<ChosenDomain>,
    /// What happened to its sending, the latest first.
    pub events: Vec<Event>,
    /// The day on which the page is shown.
    pub today: NaiveDate,
    /// What was just done, as its key.
    pub done: Option<Done>,
}

/// One domain among the recipients.
#[derive(Debug, Clone)]
pub struct ChosenDomain {
    /// Its figures.
    pub figures: DomainView,
    /// The page that sends again to it, where that can be done.
    pub retry_url: Option<String>,
    /// The page about all domains.
    pub all_url: String,
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
        @if let Some(chosen) = &view.chosen { (chosen_domain(desk, chosen)) }
        @match &view.figures {
            None => {
                @let is_over = matches!(view.head.state, State::Cancelled | State::Rejected);
                p class="muted" { (t.say(if is_over { "watch-never" } else { "watch-not-yet" })) }
            }
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
        @if !view.events.is_empty() {
            section aria-labelledby="happened" {
                h2 id="happened" { (t.say("watch-happened")) }
                (trail(t, &view.events, view.today))
            }
        }
    };
    frame(desk, &page, &body)
}

fn chosen_domain(desk: &Desk, chosen: &ChosenDomain) -> Markup {
    let t = desk.site.locale;
    let name = chosen.figures.domain.as_deref().unwrap_or_default();
    html! {
        section class="panel" aria-labelledby="sending-chosen" {
            h2 id="sending-chosen" { (t.fill("watch-chosen-domain", [("domain", name.into())])) }
            (domain_table(t, std::iter::once((&chosen.figures, None))))
            p class="actions" {
                @if let Some(url) = &chosen.retry_url { a class="button quiet" href=(url) { (t.say("watch-retry-link")) } }
                a href=(chosen.all_url) { (t.say("watch-all-domains")) }
            }
        }
    }
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
