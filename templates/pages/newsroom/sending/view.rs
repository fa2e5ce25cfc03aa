//! What the pages about the sending of an issue show.

use chrono::NaiveDateTime;

use crate::locale::Locale;
use crate::reason;

/// The figures of an issue at an instant. Times are local.
#[derive(Debug, Clone, PartialEq)]
pub struct FiguresView {
    /// When they were read.
    pub at: NaiveDateTime,
    /// To how many it goes.
    pub recipients: i64,
    /// Accepted by the relay.
    pub sent: i64,
    /// Not tried yet, or on the way.
    pub waiting: i64,
    /// Refused for now, and tried again.
    pub deferred: i64,
    /// When the next of these is tried, where nothing else is waiting.
    pub next_attempt: Option<NaiveDateTime>,
    /// Refused for good.
    pub failed: i64,
    /// Nobody knows whether it arrived.
    pub uncertain: i64,
    /// Unsubscribed before their turn came.
    pub left: i64,
    /// Not sent, because the issue was cancelled.
    pub cancelled: i64,
    /// Mails a second in the last minute.
    pub rate: f64,
    /// In how many seconds it may be over.
    pub ends_in: Option<u64>,
    /// Until when nothing is sent, where quiet hours hold it up.
    pub quiet_until: Option<NaiveDateTime>,
    /// What the relays answered.
    pub relays: Vec<RelayView>,
    /// What was answered for the domains of the recipients, the unlisted ones last.
    pub domains: Vec<DomainView>,
    /// How many of the latest answers these are, where it is not all.
    pub among: Option<i64>,
    /// Answers over time; none where nothing was answered yet.
    pub over_time: Option<OverTimeView>,
}

/// Answers over time, in spans of the same length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverTimeView {
    /// When the first span begins.
    pub from: NaiveDateTime,
    /// How long a span is, in seconds.
    pub span: u64,
    /// How many were accepted in each.
    pub sent: Vec<i64>,
    /// How many were refused in each.
    pub refused: Vec<i64>,
}

/// A relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayView {
    /// Host and port.
    pub name: String,
    /// Mails it accepted.
    pub sent: i64,
    /// Mails it refused, for now or for good.
    pub refused: i64,
}

/// A domain, or all that are not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainView {
    /// The domain; none for all that are not listed.
    pub domain: Option<String>,
    /// How many domains these are.
    pub domains: i64,
    /// Accepted.
    pub sent: i64,
    /// Refused for now.
    pub deferred: i64,
    /// Refused for good, or uncertain.
    pub failed: i64,
    /// The relay's last answer, without addresses.
    pub said: Option<String>,
}

/// How an issue went, after its end.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportView {
    /// When the first mail was begun.
    pub began: Option<NaiveDateTime>,
    /// When the last delivery ended.
    pub ended: Option<NaiveDateTime>,
    /// How long the mails took, in seconds.
    pub took: Option<u64>,
    /// Whether a person ended it.
    pub cancelled: bool,
    /// Failures by the code of their class, the most first.
    pub failures: Vec<(String, i64)>,
    /// Subscribers for whom nothing was in it: they got no mail.
    pub skipped: i64,
    /// How many left by a link in a mail of it.
    pub departures: i64,
    /// Whether the rows were already removed, so that only totals are known.
    pub only_totals: bool,
    /// The page where failures are sent again, where there are any.
    pub retry_url: Option<String>,
}

/// A class of failures by its code, in words.
pub(super) fn class_name(t: Locale, code: &str) -> String {
    reason::failure_class(t, code)
}
