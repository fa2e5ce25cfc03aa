//! What somebody did to an issue, as a line of its history.

use chrono::{NaiveDate, NaiveDateTime};
use maud::{Markup, html};

use crate::locale::Locale;
use crate::reason::with_stop;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A user of this name.
    User(String),
    /// A user who is gone.
    Unknown,
    /// Somebody at the command line, by the system's name.
    Operator(String),
    /// The program.
    Job,
}

impl Who {
    /// The name to be shown.
    pub(crate) fn words(&self, t: Locale) -> String {
        match self {
            Self::User(name) => name.clone(),
            Self::Unknown => t.say("review-who-unknown"),
            Self::Operator(name) => t.fill("review-who-operator", [("name", name.as_str().into())]),
            Self::Job => t.say("review-who-job"),
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Composed.
    Compose,
    /// The time was chosen at which it goes out.
    SetTime,
    /// Handed in.
    HandIn,
    /// Approved.
    Approve,
    /// Returned for edit.
    Return,
    /// Rejected.
    Reject,
    /// The approval was taken back.
    TakeBack,
    /// Changed, so that it is a draft again.
    Invalidate,
    /// Sending began.
    Send,
    /// Paused.
    Pause,
    /// Resumed.
    Resume,
    /// Mails were queued again.
    Retry,
    /// Held.
    Hold,
    /// Cancelled.
    Cancel,
    /// Those who can act were told that it stopped.
    Tell,
    /// A relay takes no mail.
    RelayDown,
    /// It takes mail again.
    RelayUp,
    /// Its limit is reached.
    RelayLimit,
    /// Many mails are deferred.
    DeferralsBegin,
    /// Few are again.
    DeferralsEnd,
    /// The last mail was sent.
    Finish,
    /// An entry was put into it.
    AddEntry,
    /// An entry was taken out of it.
    LeaveOut,
    /// An entry was moved.
    Reorder,
    /// An entry comes first.
    Pin,
    /// An entry does not come first any more.
    Unpin,
    /// An entry was given words of its own, or has those of its own page again.
    Shorten,
    /// Subject or introduction were written.
    Write,
    /// Somebody looked at it as one reader gets it.
    ViewAs,
    /// A test mail was sent.
    Test,
    /// It was checked.
    Check,
    /// A finding of the checks was accepted.
    AcceptFinding,
    /// A finding is open again.
    UnacceptFinding,
    /// Anything else.
    Other,
}

impl Did {
    /// Whether this is about the sending of an issue.
    pub const fn is_of_sending(self) -> bool {
        matches!(
            self,
            Self::Send
                | Self::Pause
                | Self::Resume
                | Self::Retry
                | Self::Hold
                | Self::Cancel
                | Self::Tell
                | Self::RelayDown
                | Self::RelayUp
                | Self::RelayLimit
                | Self::DeferralsBegin
                | Self::DeferralsEnd
                | Self::Finish
        )
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Compose => "review-did-compose",
            Self::SetTime => "review-did-set-time",
            Self::HandIn => "review-did-hand-in",
            Self::Approve => "review-did-approve",
            Self::Return => "review-did-return",
            Self::Reject => "review-did-reject",
            Self::TakeBack => "review-did-take-back",
            Self::Invalidate => "review-did-invalidate",
            Self::Send => "review-did-send",
            Self::Pause => "review-did-pause",
            Self::Resume => "review-did-resume",
            Self::Retry => "review-did-retry",
            Self::Hold => "review-did-hold",
            Self::Cancel => "review-did-cancel",
            Self::Tell => "review-did-tell",
            Self::RelayDown => "review-did-relay-down",
            Self::RelayUp => "review-did-relay-up",
            Self::RelayLimit => "review-did-relay-limit",
            Self::DeferralsBegin => "review-did-deferrals-begin",
            Self::DeferralsEnd => "review-did-deferrals-end",
            Self::Finish => "review-did-finish",
            Self::AddEntry => "review-did-add-entry",
            Self::LeaveOut => "review-did-leave-out",
            Self::Reorder => "review-did-reorder",
            Self::Pin => "review-did-pin",
            Self::Unpin => "review-did-unpin",
            Self::Shorten => "review-did-shorten",
            Self::Write => "review-did-write",
            Self::ViewAs => "review-did-view-as",
            Self::Test => "review-did-test",
            Self::Check => "review-did-check",
            Self::AcceptFinding => "review-did-accept-finding",
            Self::UnacceptFinding => "review-did-unaccept-finding",
            Self::Other => "review-did-other",
        }
    }
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Who.
    pub who: Who,
    /// In whose place.
    pub on_behalf: Option<Who>,
    /// What.
    pub did: Did,
    /// When.
    pub at: NaiveDateTime,
    /// What they said.
    pub said: Option<String>,
    /// Why, or what was changed: a sentence without a full stop.
    pub because: Option<String>,
    /// How often they did the same in a row, the last time at [`at`](Self::at).
    pub times: usize,
}

/// Of the same deeds of one person in a row the latest remains, with their number. What says more than that
/// stays as it is.
pub fn folded(events: Vec<Event>) -> Vec<Event> {
    let mut folded: Vec<Event> = Vec::new();
    for event in events {
        match folded.last_mut() {
            Some(last) if last.is_same(&event) => last.times += event.times,
            _ => folded.push(event),
        }
    }
    folded
}

impl Event {
    fn is_same(&self, other: &Self) -> bool {
        let says_more = |one: &Self| one.said.is_some() || one.because.is_some();
        (&self.who, &self.on_behalf, self.did) == (&other.who, &other.on_behalf, other.did)
            && !says_more(self)
            && !says_more(other)
            && self.at.date() == other.at.date()
    }
}

/// “heute, 9:41 Uhr”; another day with its date.
pub(super) fn moment(t: Locale, at: NaiveDateTime, today: NaiveDate) -> String {
    let time = t.time(at.time());
    if at.date() == today {
        t.fill("review-today", [("time", time.into())])
    } else if Some(at.date()) == today.pred_opt() {
        t.fill("review-yesterday", [("time", time.into())])
    } else {
        t.short_moment(at)
    }
}

/// What somebody said, as they wrote it.
pub(super) fn quotation(said: &str) -> Markup {
    html! {
        blockquote { @for line in said.lines().filter(|line| !line.is_empty()) { p { (line) } } }
    }
}

/// The lines, the latest first.
pub(in crate::pages::newsroom) fn trail(t: Locale, events: &[Event], today: NaiveDate) -> Markup {
    html! {
        @if events.is_empty() {
            p class="muted" { (t.say("review-history-none")) }
        } @else {
            ol class="history" {
                @for event in events { (line(t, event, today)) }
            }
        }
    }
}

fn line(t: Locale, event: &Event, today: NaiveDate) -> Markup {
    let who = event.who.words(t);
    let who = match &event.on_behalf {
        None => who,
        Some(approver) => t.fill(
            "review-who-for",
            [("who", who.into()), ("approver", approver.words(t).into())],
        ),
    };
    html! {
        li {
            p {
                b { (who) } " " (t.say(event.did.key()))
                @if event.times > 1 { ", " (t.fill("review-times", [("count", event.times.into())])) }
            }
            @if let Some(said) = &event.said { (quotation(said)) }
            @if let Some(because) = &event.because { p { (with_stop(because)) } }
            p class="small muted" {
                time datetime=(event.at.format("%Y-%m-%dT%H:%M")) { (moment(t, event.at, today)) }
            }
        }
    }
}
