//! What the DNS says about a sender.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::ready::{Sign, item};
use crate::locale::Locale;

/// What was found, and when.
#[derive(Debug, Clone)]
pub struct DnsView {
    /// When it was looked up, in local time.
    pub at: NaiveDateTime,
    /// The records.
    pub records: Vec<RecordView>,
}

/// A record that was looked up.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// What it is for: “SPF”.
    pub standard: &'static str,
    /// Its name.
    pub name: String,
    /// What was found.
    pub state: RecordState,
    /// The value to publish where it is missing.
    pub publish: String,
}

/// What was found.
#[derive(Debug, Clone)]
pub enum RecordState {
    /// A record that is as it should be.
    Fine(String),
    /// One that only watches for now.
    Watches(String),
    /// One with a flaw.
    Weak(String, Flaw),
    /// None.
    Missing,
    /// It could not be looked up.
    Unknown(Failure),
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Every server may send.
    AllowsEverybody,
    /// It is silent about other servers.
    AllowsUnknown,
    /// There are several.
    Several,
    /// It needs too many lookups.
    TooManyLookups,
    /// It includes a domain without a record.
    IncludesNothing(String),
    /// A part has no meaning.
    Unreadable(String),
    /// There is no policy.
    NoPolicy,
    /// It holds another key.
    OtherKey,
    /// Its key was revoked.
    Revoked,
    /// Its key is being tested.
    Testing,
}

/// Why nothing could be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No name server can be reached.
    Unreachable,
    /// It did not answer in time.
    TimedOut,
    /// It answered with an error.
    ServerError,
}

impl Flaw {
    /// The key of its sentence, and what stands in it.
    fn words(&self) -> (&'static str, &str) {
        match self {
            Self::AllowsEverybody => ("review-dns-allows-everybody", ""),
            Self::AllowsUnknown => ("review-dns-allows-unknown", ""),
            Self::Several => ("review-dns-several", ""),
            Self::TooManyLookups => ("review-dns-too-many-lookups", ""),
            Self::IncludesNothing(domain) => ("review-dns-includes-nothing", domain),
            Self::Unreadable(part) => ("review-dns-unreadable", part),
            Self::NoPolicy => ("review-dns-no-policy", ""),
            Self::OtherKey => ("review-dns-other-key", ""),
            Self::Revoked => ("review-dns-revoked", ""),
            Self::Testing => ("review-dns-testing", ""),
        }
    }

    /// Whether the record to publish mends it.
    const fn is_mended_by_publishing(&self) -> bool {
        matches!(self, Self::OtherKey | Self::Revoked | Self::Testing)
    }
}

impl RecordView {
    /// Its lines.
    pub(super) fn lines(&self, t: Locale) -> Markup {
        let say = |key: &str, detail: &str| {
            t.fill(
                key,
                [
                    ("standard", self.standard.into()),
                    ("name", self.name.as_str().into()),
                    ("detail", detail.into()),
                ],
            )
        };
        let (sign, text) = match &self.state {
            RecordState::Fine(_) => (Sign::Done, say("review-dns-fine", "")),
            RecordState::Watches(_) => (Sign::Done, say("review-dns-watches", "")),
            RecordState::Weak(_, flaw) => {
                let (key, detail) = flaw.words();
                (Sign::Open, say(key, detail))
            }
            RecordState::Missing => (Sign::Open, say("review-dns-missing", "")),
            RecordState::Unknown(why) => {
                let key = match why {
                    Failure::Unreachable => "review-dns-unreachable",
                    Failure::TimedOut => "review-dns-timed-out",
                    Failure::ServerError => "review-dns-server-error",
                };
                (Sign::Unknown, say(key, ""))
            }
        };
        html! {
            (item(t, sign, &text))
            @match &self.state {
                RecordState::Fine(record) | RecordState::Watches(record) => (found(t, record)),
                RecordState::Weak(record, flaw) => {
                    (found(t, record))
                    @if flaw.is_mended_by_publishing() { (self.to_publish(t)) }
                }
                RecordState::Missing => (self.to_publish(t)),
                RecordState::Unknown(_) => {}
            }
        }
    }

    fn to_publish(&self, t: Locale) -> Markup {
        html! {
            p class="small" { (t.say("review-dns-publish")) }
            p class="small" { (t.say("review-dns-publish-name")) " " code { (self.name) } }
            p class="small" { (t.say("review-dns-publish-value")) " " code { (self.publish) } }
            @if self.standard == "SPF" { p class="small muted" { (t.say("review-dns-publish-spf")) } }
        }
    }
}

fn found(t: Locale, record: &str) -> Markup {
    html! {
        details class="small" {
            summary { (t.say("review-dns-found")) }
            p { code { (record) } }
        }
    }
}

impl DnsView {
    /// An invented domain that is right, or lacks everything.
    pub(super) fn sample(lacks: bool) -> Self {
        let at = crate::sample::moment(26, 9, 30);
        let record = |standard, name: &str, state, publish: &str| RecordView {
            standard,
            name: name.into(),
            state,
            publish: publish.into(),
        };
        let (spf, domain) = (
            "v=spf1 a:relay.musterstadt.example ~all",
            "musterstadt.example",
        );
        let key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        let (selector, policy) = (
            "rb202611e._domainkey.musterstadt.example",
            "_dmarc.musterstadt.example",
        );
        let watch = "v=DMARC1; p=none; rua=mailto:postmaster@musterstadt.example";
        let records = if lacks {
            let everybody = RecordState::Weak("v=spf1 +all".into(), Flaw::AllowsEverybody);
            let other = RecordState::Weak("v=DKIM1; k=ed25519; p=".into(), Flaw::Revoked);
            vec![
                record("SPF", domain, everybody, spf),
                record("SPF", domain, RecordState::Missing, spf),
                record("DKIM", selector, other, key),
                record(
                    "DKIM",
                    selector,
                    RecordState::Unknown(Failure::TimedOut),
                    key,
                ),
                record("DMARC", policy, RecordState::Missing, watch),
            ]
        } else {
            vec![
                record("SPF", domain, RecordState::Fine(spf.into()), spf),
                record("DKIM", selector, RecordState::Fine(key.into()), key),
                record("DMARC", policy, RecordState::Watches(watch.into()), watch),
            ]
        };
        Self { at, records }
    }
}
