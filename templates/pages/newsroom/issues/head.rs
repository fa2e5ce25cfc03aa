//! The head of every page of one issue: where one is, its state, when it goes to how many, the tabs.

use chrono::{NaiveDate, NaiveDateTime};
use maud::{Markup, html};

use super::words;
use crate::locale::Locale;
use crate::pages::newsroom::components::{self, Tab, Tone};
use crate::pages::newsroom::frame::DeskPage;
use crate::reason::with_stop;

/// The state of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Composed; may be changed.
    Draft,
    /// Shown to an approver.
    InReview,
    /// Goes out at its time.
    Approved,
    /// Is being sent.
    Sending,
    /// Was sent.
    Sent,
    /// Its sending was stopped for a while.
    Paused,
    /// Something is wrong; a person decides.
    Held,
    /// Will not be sent any further.
    Cancelled,
    /// An approver has rejected it: it is not sent.
    Rejected,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::InReview,
        Self::Approved,
        Self::Sending,
        Self::Sent,
        Self::Paused,
        Self::Held,
        Self::Cancelled,
        Self::Rejected,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Draft => "issue-desk-state-draft",
            Self::InReview => "issue-desk-state-in-review",
            Self::Approved => "issue-desk-state-approved",
            Self::Sending => "issue-desk-state-sending",
            Self::Sent => "issue-desk-state-sent",
            Self::Paused => "issue-desk-state-paused",
            Self::Held => "issue-desk-state-held",
            Self::Cancelled => "issue-desk-state-cancelled",
            Self::Rejected => "issue-desk-state-rejected",
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Cancelled | Self::Rejected => Tone::Quiet,
            Self::InReview | Self::Paused => Tone::Ask,
            Self::Approved | Self::Sent => Tone::Good,
            Self::Sending => Tone::Go,
            Self::Held => Tone::Bad,
        }
    }

    /// The state as a badge.
    pub fn badge(self, t: Locale) -> Markup {
        components::badge(self.tone(), &t.say(self.key()))
    }
}

/// A page of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is in it.
    Contents,
    /// What was checked.
    Checks,
    /// How readers get it.
    Variants,
    /// How sending goes, and how it went.
    Sending,
    /// Who did what.
    History,
}

impl Part {
    const ALL: [Self; 5] = [
        Self::Contents,
        Self::Checks,
        Self::Variants,
        Self::Sending,
        Self::History,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Contents => "issue-desk-tab-contents",
            Self::Checks => "issue-desk-tab-checks",
            Self::Variants => "issue-desk-tab-variants",
            Self::Sending => "issue-desk-tab-sending",
            Self::History => "issue-desk-tab-history",
        }
    }

    /// What its path ends in.
    const fn path(self) -> &'static str {
        match self {
            Self::Contents => "",
            Self::Checks => "/checks",
            Self::Variants => "/variants",
            Self::Sending => "/sending",
            Self::History => "/history",
        }
    }
}

/// What the pages of an issue say at their top.
#[derive(Debug, Clone)]
pub struct IssueHead {
    /// The newsletter's name in the user's language.
    pub newsletter: String,
    /// The number of the issue.
    pub number: i64,
    /// The list of all issues.
    pub list_url: String,
    /// The list of the newsletter's issues.
    pub newsletter_url: String,
    /// The page with its contents; the other pages are below it.
    pub url: String,
    /// Its state.
    pub state: State,
    /// Why it is held or paused: a sentence without a full stop.
    pub reason: Option<String>,
    /// The page on which its time is chosen, for those who may.
    pub time_url: Option<String>,
    /// Whether its sending has begun, also where it did not go on.
    pub has_begun: bool,
    /// When it goes out or went out, in the newsletter's zone.
    pub goes_at: Option<NaiveDateTime>,
    /// To how many.
    pub people: i64,
    /// How many different mails that is; none where that is not known any more.
    pub variants: Option<i64>,
    /// The first day of its news; none where it is the first issue.
    pub news_from: Option<NaiveDate>,
    /// The last day of its events.
    pub events_until: Option<NaiveDate>,
    /// Which of the pages are there.
    pub parts: Vec<Part>,
    /// What the checks found.
    pub found: Option<u32>,
    /// What can be done with it next: a link, in the order of use.
    pub actions: Vec<HeadAction>,
}

/// A link beside the heading to the page where something is done.
#[derive(Debug, Clone)]
pub struct HeadAction {
    /// Where that is.
    pub url: String,
    /// What is done, in the user's language.
    pub name: String,
    /// Whether it is what comes next.
    pub is_next: bool,
}

impl IssueHead {
    /// “Ausgabe 48”.
    pub fn name(&self, t: Locale) -> String {
        t.fill("issue-desk-title", [("number", self.number.into())])
    }

    /// The head of the page of `part`.
    pub fn page(&self, t: Locale, part: Part) -> DeskPage {
        let mut page = DeskPage::new(self.name(t));
        page.crumbs = vec![
            (self.list_url.clone(), t.say("issue-desk-list-title")),
            (self.newsletter_url.clone(), self.newsletter.clone()),
        ];
        page.state = self.state.badge(t);
        page.sub = self.sub(t);
        page.tabs = self.tabs(t, Some(part));
        page.actions = self.actions();
        page
    }

    /// The head of a page below that of a part: it leads back to the issue.
    pub fn page_below(&self, t: Locale, title: String) -> DeskPage {
        let mut page = DeskPage::new(title);
        page.crumbs = vec![
            (self.list_url.clone(), t.say("issue-desk-list-title")),
            (self.newsletter_url.clone(), self.newsletter.clone()),
            (self.url.clone(), self.name(t)),
        ];
        page
    }

    fn actions(&self) -> Markup {
        html! {
            @for action in &self.actions {
                a class={ "button" @if !action.is_next { " quiet" } } href=(action.url) { (action.name) }
            }
        }
    }

    fn tabs(&self, t: Locale, current: Option<Part>) -> Markup {
        let there = Part::ALL.iter().filter(|part| self.parts.contains(part));
        let tabs: Vec<_> = there
            .map(|part| Tab {
                url: format!("{}{}", self.url, part.path()),
                name: t.say(part.key()),
                count: self
                    .found
                    .filter(|found| *found > 0 && *part == Part::Checks),
                current: current == Some(*part),
            })
            .collect();
        components::tabs(&self.name(t), &tabs)
    }

    fn sub(&self, t: Locale) -> Markup {
        let window = [self.news_window(t), self.event_window(t)];
        let window: Vec<_> = window.into_iter().flatten().collect();
        html! {
            p {
                (self.when_and_who(t))
                @if let Some(url) = &self.time_url { " · " a href=(url) { (t.say("issue-desk-time-change")) } }
            }
            @if !window.is_empty() { p { (window.join(", ")) } }
            @if let Some(reason) = &self.reason {
                p class="note" { (t.fill("issue-desk-reason", [("reason", with_stop(reason).into())])) }
            }
        }
    }

    /// When it goes to how many: a sentence without a full stop.
    pub(in crate::pages::newsroom) fn when_and_who(&self, t: Locale) -> String {
        use State::{Approved, Cancelled, Draft, Held, InReview, Paused, Rejected, Sending, Sent};
        let people = words::people(t, self.people);
        let is_never = !self.has_begun && matches!(self.state, Cancelled | Rejected);
        let key = match (self.state, self.goes_at.is_some()) {
            _ if is_never => "issue-desk-never",
            (Sending | Sent | Paused, false) => "issue-desk-went-somewhen",
            (Draft | InReview, false) => "issue-desk-goes-when-approved",
            (_, false) => "issue-desk-goes-somewhen",
            (Draft | InReview | Approved, true) => "issue-desk-goes",
            (Sending, true) => "issue-desk-goes-now",
            (Paused, true) => "issue-desk-interrupted",
            (Held, true) if self.has_begun => "issue-desk-stopped",
            (Held, true) => "issue-desk-was-to-go",
            (Sent, true) => "issue-desk-went",
            (Cancelled | Rejected, true) => "issue-desk-ended",
        };
        let when = self.goes_at.map_or_else(String::new, |at| t.moment(at));
        let values = [("when", when.into()), ("people", people.into())];
        let said = t.fill(key, values);
        match self.variants.filter(|_| self.people > 0 && !is_never) {
            Some(count) => {
                let variants = words::variants(t, count);
                t.fill(
                    "issue-desk-in-variants",
                    [("said", said.into()), ("variants", variants.into())],
                )
            }
            None => said,
        }
    }

    fn news_window(&self, t: Locale) -> Option<String> {
        let from = t.day(self.news_from?);
        Some(t.fill("issue-desk-news-from", [("from", from.into())]))
    }

    fn event_window(&self, t: Locale) -> Option<String> {
        let until = t.day(self.events_until?);
        Some(t.fill("issue-desk-events-until", [("until", until.into())]))
    }
}
