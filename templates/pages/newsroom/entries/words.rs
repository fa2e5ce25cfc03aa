//! Words that several pages of entries share: kinds, states, times, people.

use chrono::{Datelike as _, NaiveDateTime};
use maud::{Markup, html};

use crate::date::When;
use crate::locale::Locale;
use crate::pages::entry::Kind;
use crate::pages::newsroom::components::{Tone, badge};

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waiting for a decision.
    Submitted,
    /// Accepted, not yet public.
    Approved,
    /// Public.
    Published,
    /// Not accepted.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Called off.
    Cancelled,
}

impl State {
    /// The word for it.
    pub(crate) fn word(self, t: Locale) -> String {
        t.say(match self {
            Self::Draft => "entry-desk-state-draft",
            Self::Submitted => "entry-desk-state-submitted",
            Self::Approved => "entry-desk-state-approved",
            Self::Published => "entry-desk-state-published",
            Self::Rejected => "entry-desk-state-rejected",
            Self::Withdrawn => "entry-desk-state-withdrawn",
            Self::Cancelled => "entry-desk-state-cancelled",
        })
    }

    /// The name of the list of all in it; what waits is named by what is to be done.
    pub(crate) fn list(self, t: Locale) -> String {
        t.say(match self {
            Self::Draft => "entry-desk-tab-draft",
            Self::Submitted => "entry-desk-waiting",
            Self::Approved => "entry-desk-tab-approved",
            Self::Published => "entry-desk-tab-published",
            Self::Rejected => "entry-desk-tab-rejected",
            Self::Withdrawn => "entry-desk-tab-withdrawn",
            Self::Cancelled => "entry-desk-tab-cancelled",
        })
    }

    /// The word in its frame.
    pub(crate) fn badge(self, t: Locale) -> Markup {
        let tone = match self {
            Self::Submitted => Tone::Ask,
            Self::Approved => Tone::Go,
            Self::Published => Tone::Good,
            Self::Cancelled => Tone::Bad,
            Self::Draft | Self::Rejected | Self::Withdrawn => Tone::Quiet,
        };
        badge(tone, &self.word(t))
    }
}

/// “Meldung”, “Termin” …
pub fn kind(t: Locale, kind: Kind) -> String {
    t.say(match kind {
        Kind::News => "entry-desk-kind-news",
        Kind::Event => "entry-desk-kind-event",
        Kind::Paper => "entry-desk-kind-paper",
        Kind::Meeting => "entry-desk-kind-meeting",
    })
}

/// How an entry came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Written here.
    Own,
    /// From a feed.
    Feed,
    /// From a calendar.
    Calendar,
}

/// “hier geschrieben” …
pub fn origin(t: Locale, origin: Origin) -> String {
    t.say(match origin {
        Origin::Own => "entry-desk-origin-own",
        Origin::Feed => "entry-desk-origin-feed",
        Origin::Calendar => "entry-desk-origin-calendar",
    })
}

/// What stands for the alternative text of a picture that is decoration.
pub fn decorative(t: Locale) -> String {
    t.say("entry-desk-picture-decorative")
}

/// A point of a picture, in per cent from the left and from the top.
pub fn focus(t: Locale, (x, y): (u8, u8)) -> String {
    t.fill(
        "entry-desk-picture-focus",
        [("x", x.into()), ("y", y.into())],
    )
}

/// Whether an event takes place: “ja”, “nein, abgesagt”.
pub fn takes_place(t: Locale, does: bool) -> String {
    t.say(if does {
        "entry-desk-yes"
    } else {
        "entry-desk-no"
    })
}

/// “heute, 9:40 Uhr”, “gestern, 16:12 Uhr”, “20. November 2026, 9:40 Uhr”.
pub(crate) fn since(t: Locale, at: NaiveDateTime, now: NaiveDateTime) -> Markup {
    let time = t.time(at.time());
    let days = now.date().signed_duration_since(at.date()).num_days();
    let words = match days {
        0 => t.fill("entry-desk-today", [("time", time.into())]),
        1 => t.fill("entry-desk-yesterday", [("time", time.into())]),
        _ => t.short_moment(at),
    };
    html! { time datetime=(at.format("%Y-%m-%dT%H:%M")) { (words) } }
}

/// “heute, 9:40 Uhr”, “gestern, 16:12 Uhr”, “20. November 2026”.
pub(crate) fn since_day(t: Locale, at: NaiveDateTime, now: NaiveDateTime) -> Markup {
    let days = now.date().signed_duration_since(at.date()).num_days();
    if matches!(days, 0 | 1) {
        return since(t, at, now);
    }
    html! { time datetime=(at.date()) { (t.day(at.date())) } }
}

/// “Mi 2. Dez., 19:00 Uhr”; with the year where that is not this one.
pub(crate) fn short_when(t: Locale, when: When, now: NaiveDateTime) -> Markup {
    html! { time class="nowrap" datetime=(when.first_day()) { (when.short_words(t, now.year())) } }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody with a login.
    Person(String),
    /// Somebody at the command line of the server.
    Operator(String),
    /// The service itself, for example when it read a source.
    Service,
    /// Nobody knows any more.
    Unknown,
}

impl Who {
    /// In words.
    pub(crate) fn words(&self, t: Locale) -> String {
        match self {
            Self::Person(name) => name.clone(),
            Self::Operator(name) => {
                t.fill("entry-desk-who-operator", [("name", name.as_str().into())])
            }
            Self::Service => t.say("entry-desk-who-service"),
            Self::Unknown => t.say("entry-desk-who-unknown"),
        }
    }
}
