//! Why an issue is held, paused, cancelled or a draft again, as a sentence.

use chrono::NaiveDateTime;

use crate::locale::Locale;

/// Why an issue is held or paused. Spans are in seconds, sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonView<'a> {
    /// Refusals on policy grounds, among so many answers; the relay's last reply.
    PolicyRefusals(u64, u64, Option<&'a str>),
    /// Failures among so many results, the allowed share in per cent, how many of each class by its
    /// code, and the relay's last reply.
    Failures(u64, u64, u32, Vec<(&'a str, u64)>, Option<&'a str>),
    /// The slot, by how much it was missed, and the limit.
    MissedSlot(&'a str, u64, u64),
    /// By how much the time was missed, and the limit.
    MissedTime(u64, u64),
    /// The limit within which it was not approved.
    NotApprovedInTime(u64),
    /// Keys that are missing.
    ImprintIncomplete(&'a [String]),
    /// Nothing is left in it.
    Empty,
    /// How many findings of its checks would harm readers.
    ChecksBlock(usize),
    /// How many entries, the size, the limit.
    TooLarge(usize, usize, usize),
    /// It has not been approved.
    ApprovalMissing,
    /// The texts were changed.
    ApprovalChanged,
    /// The texts cannot be read.
    ApprovalUnreadable(&'a str),
    /// A mail cannot be built.
    MailUnusable(&'a str),
    /// Something was changed after the approval.
    Changed(ChangeView<'a>),
    /// Returned for edit, with what was said.
    Returned(&'a str),
    /// Rejected, with what was said.
    Rejected(&'a str),
    /// A text as it is.
    Text(&'a str),
}

/// A reason as a sentence of its own. One that ends in what somebody said may have its full stop there.
pub(crate) fn with_stop(reason: &str) -> String {
    let said = reason.trim_end_matches(['“', '”', '»', '"', ' ', '\u{a0}', '\u{202f}']);
    let stop = if said.ends_with(['.', '!', '?', '…']) {
        ""
    } else {
        "."
    };
    format!("{reason}{stop}")
}

/// What was changed of an approved issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeView<'a> {
    /// Which entries are in it.
    Entries,
    /// Their order or length.
    Arrangement,
    /// Headline or introduction in the language of this code.
    Text(&'a str),
    /// The text of the entry of this title.
    Entry(&'a str),
    /// The picture of that entry.
    Picture(&'a str),
    /// That entry was withdrawn or cancelled.
    EntryState(&'a str),
    /// The newsletter.
    Newsletter,
    /// When it is sent.
    Time,
}

/// What happens to a relay while an issue is sent. Times are local.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayView<'a> {
    /// This relay takes no mail: the code of the cause, and what it said.
    Down(&'a str, &'a str, Option<&'a str>),
    /// It takes mail again.
    Up(&'a str),
    /// Its limit is reached until then.
    Limited(&'a str, NaiveDateTime),
    /// So many mails were deferred, of the latest answers.
    Deferring(usize, usize),
}

/// What happens to a relay as a sentence without a full stop.
pub fn about_relay(locale: Locale, view: &RelayView<'_>) -> String {
    let of = |key, relay: &str| locale.fill(key, [("relay", relay.into())]);
    match view {
        RelayView::Down(relay, cause, reply) => {
            quoting(locale, of(outage_key(cause), relay), *reply)
        }
        RelayView::Up(relay) => of("relay-up", relay),
        RelayView::Deferring(count, of) => locale.fill(
            "relay-deferring",
            [("count", (*count).into()), ("of", (*of).into())],
        ),
        RelayView::Limited(relay, until) => locale.fill(
            "relay-limited",
            [
                ("relay", (*relay).into()),
                ("until", locale.moment(*until).into()),
            ],
        ),
    }
}

/// The words for the cause of an outage by its code.
fn outage_key(cause: &str) -> &'static str {
    match cause {
        "unreachable" => "relay-unreachable",
        "encryption" => "relay-encryption",
        "authentication" => "relay-authentication",
        "rejected" => "relay-rejected",
        "connection-lost" => "relay-connection-lost",
        "no-reply" => "relay-no-reply",
        "invalid-reply" => "relay-invalid-reply",
        "directory" => "relay-directory",
        _ => "relay-down",
    }
}

/// A reason as a sentence of its own, without a full stop: “Reason: …”.
pub fn because(locale: Locale, reason: &str) -> String {
    locale.fill("reason-because", [("reason", reason.into())])
}

/// A change as a clause: “the text of “…” was changed”.
pub fn change(locale: Locale, change: ChangeView<'_>) -> String {
    let of = |key, title: &str| locale.fill(key, [("title", title.into())]);
    match change {
        ChangeView::Entries => locale.say("reason-change-entries"),
        ChangeView::Arrangement => locale.say("reason-change-arrangement"),
        ChangeView::Text(language) => {
            let key = match language {
                "de" => "reason-change-text-de",
                "en" => "reason-change-text-en",
                "fr" => "reason-change-text-fr",
                "nl" => "reason-change-text-nl",
                _ => "reason-change-text",
            };
            locale.say(key)
        }
        ChangeView::Entry(title) => of("reason-change-entry", title),
        ChangeView::Picture(title) => of("reason-change-picture", title),
        ChangeView::EntryState(title) => of("reason-change-entry-state", title),
        ChangeView::Newsletter => locale.say("reason-change-newsletter"),
        ChangeView::Time => locale.say("reason-change-time"),
    }
}

/// The reason as a sentence in this language, without a capital letter and without a full stop: it
/// follows a colon or “because”.
pub fn reason(locale: Locale, reason: &ReasonView<'_>) -> String {
    let span = |seconds: &u64| span(locale, *seconds).into();
    match reason {
        ReasonView::PolicyRefusals(count, of, reply) => {
            let values = [("count", (*count).into()), ("of", (*of).into())];
            quoting(
                locale,
                locale.fill("reason-policy-refusals", values),
                *reply,
            )
        }
        ReasonView::Failures(failed, of, allowed, classes, reply) => {
            let classes: Vec<_> = classes
                .iter()
                .map(|(class, count)| format!("{count} {}", failure_class(locale, class)))
                .collect();
            let values = [
                ("failed", (*failed).into()),
                ("of", (*of).into()),
                ("allowed", (*allowed).into()),
                ("classes", classes.join(", ").into()),
            ];
            quoting(locale, locale.fill("reason-failures", values), *reply)
        }
        ReasonView::MissedSlot(slot, late, limit) => locale.fill(
            "reason-missed-slot",
            [
                ("slot", slot.replace('T', " ").into()),
                ("late", span(late)),
                ("limit", span(limit)),
            ],
        ),
        ReasonView::MissedTime(late, limit) => locale.fill(
            "reason-missed-time",
            [("late", span(late)), ("limit", span(limit))],
        ),
        ReasonView::NotApprovedInTime(limit) => {
            locale.fill("reason-not-approved-in-time", [("limit", span(limit))])
        }
        ReasonView::ImprintIncomplete(missing) => locale.fill(
            "reason-imprint-incomplete",
            [("keys", missing.join(", ").into())],
        ),
        ReasonView::Empty => locale.say("reason-empty"),
        ReasonView::ChecksBlock(findings) => {
            locale.fill("reason-checks-block", [("count", (*findings).into())])
        }
        ReasonView::TooLarge(entries, bytes, most) => locale.fill(
            "reason-too-large",
            [
                ("entries", (*entries).into()),
                ("size", bytes.div_ceil(1000).into()),
                ("limit", (most / 1000).into()),
            ],
        ),
        ReasonView::ApprovalMissing => locale.say("reason-approval-missing"),
        ReasonView::ApprovalChanged => locale.say("reason-approval-changed"),
        ReasonView::ApprovalUnreadable(detail) => {
            locale.fill("reason-approval-unreadable", [("detail", (*detail).into())])
        }
        ReasonView::MailUnusable(detail) => {
            locale.fill("reason-mail-unusable", [("detail", (*detail).into())])
        }
        ReasonView::Changed(what) => {
            locale.fill("reason-changed", [("change", change(locale, *what).into())])
        }
        ReasonView::Returned(said) => locale.fill("reason-returned", [("said", (*said).into())]),
        ReasonView::Rejected(said) => locale.fill("reason-rejected", [("said", (*said).into())]),
        ReasonView::Text(text) => (*text).to_owned(),
    }
}

/// A change as a sentence of its own, without a full stop: “Changed: the text of “…””.
pub fn changed(locale: Locale, what: ChangeView<'_>) -> String {
    locale.fill("review-because", [("change", change(locale, what).into())])
}

fn quoting(locale: Locale, reason: String, reply: Option<&str>) -> String {
    match reply {
        None => reason,
        Some(reply) => locale.fill(
            "reason-with-reply",
            [("reason", reason.into()), ("reply", reply.into())],
        ),
    }
}

/// A class of refusals by its code; one that has no name yet by the code itself.
pub(crate) fn failure_class(locale: Locale, code: &str) -> String {
    let key = match code {
        "no-such-mailbox" => "failure-no-such-mailbox",
        "mailbox-full" => "failure-mailbox-full",
        "policy" => "failure-policy",
        "greylisting" => "failure-greylisting",
        "relay-trouble" => "failure-relay-trouble",
        "other" => "failure-other",
        unknown => return unknown.to_owned(),
    };
    locale.say(key)
}

/// A span in its two largest units.
pub(crate) fn span(locale: Locale, seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (86_400, "span-days"),
        (3_600, "span-hours"),
        (60, "span-minutes"),
        (1, "span-seconds"),
    ];
    let mut rest = seconds;
    let mut parts = Vec::new();
    for (size, key) in UNITS {
        let count = rest / size;
        rest %= size;
        if count > 0 && parts.len() < 2 {
            parts.push(locale.fill(key, [("count", count.into())]));
        }
    }
    if parts.is_empty() {
        parts.push(locale.fill("span-seconds", [("count", 0.into())]));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_in_every_language() {
        let keys = ["address".to_owned(), "email".to_owned()];
        let classes = vec![
            ("no-such-mailbox", 40),
            ("mailbox-full", 5),
            ("policy", 4),
            ("greylisting", 3),
            ("relay-trouble", 2),
            ("other", 1),
            ("of-tomorrow", 1),
        ];
        let reasons = [
            ReasonView::PolicyRefusals(20, 100, Some("550 5.7.1 blocked")),
            ReasonView::Failures(56, 1000, 5, classes, None),
            ReasonView::MissedSlot("2027-01-04T07:00", 3 * 3600 + 60, 7200),
            ReasonView::MissedTime(90_061, 1),
            ReasonView::NotApprovedInTime(0),
            ReasonView::ImprintIncomplete(&keys),
            ReasonView::Empty,
            ReasonView::ChecksBlock(2),
            ReasonView::TooLarge(80, 123_456, 100_000),
            ReasonView::ApprovalMissing,
            ReasonView::ApprovalChanged,
            ReasonView::ApprovalUnreadable("layout 9"),
            ReasonView::MailUnusable("it cannot be signed"),
            ReasonView::Changed(ChangeView::Entries),
            ReasonView::Changed(ChangeView::Arrangement),
            ReasonView::Changed(ChangeView::Text("nl")),
            ReasonView::Changed(ChangeView::Text("xx")),
            ReasonView::Changed(ChangeView::Entry("Neues Radwegenetz")),
            ReasonView::Changed(ChangeView::Picture("Neues Radwegenetz")),
            ReasonView::Changed(ChangeView::EntryState("Neues Radwegenetz")),
            ReasonView::Changed(ChangeView::Newsletter),
            ReasonView::Changed(ChangeView::Time),
            ReasonView::Returned("Bitte den Vorspann kürzen."),
            ReasonView::Rejected("Erscheint nächste Woche."),
            ReasonView::Text("as it was"),
        ];
        let texts = Locale::ALL.map(|locale| {
            let all = reasons.iter().map(|one| reason(locale, one));
            all.collect::<Vec<_>>()
        });
        insta::assert_debug_snapshot!("reasons", texts);
    }

    #[test]
    fn every_outage_is_a_sentence_in_every_language() {
        let until = crate::sample::moment(26, 8, 0);
        let causes = [
            "unreachable",
            "encryption",
            "authentication",
            "rejected",
            "connection-lost",
            "no-reply",
            "invalid-reply",
            "directory",
            "of-tomorrow",
        ];
        let relay = "smtp://mail.example:587";
        let texts = Locale::ALL.map(|locale| {
            let down = causes.map(|cause| RelayView::Down(relay, cause, None));
            let others = [
                RelayView::Down(relay, "authentication", Some("535 5.7.8 bad credentials")),
                RelayView::Up(relay),
                RelayView::Limited(relay, until),
                RelayView::Deferring(62, 100),
            ];
            let all = down.iter().chain(&others);
            all.map(|one| about_relay(locale, one)).collect::<Vec<_>>()
        });
        insta::assert_debug_snapshot!("outages", texts);
    }
}
