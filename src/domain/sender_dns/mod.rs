//! What the DNS says about a sender: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 9989). Here records
//! are read and judged; they are looked up elsewhere.

pub mod dkim;
pub mod dmarc;
pub mod spf;

use super::named::named_enum;

named_enum! {
    /// What a record is for. Stored names never change.
    pub enum Standard ("standard") {
        /// Which servers send for a domain.
        Spf = "spf",
        /// The public key of a signature.
        Dkim = "dkim",
        /// What receivers do with mails that prove neither.
        Dmarc = "dmarc",
    }
}

named_enum! {
    /// Why nothing could be looked up. Stored names never change.
    pub enum LookupFailure ("reason of a failed lookup") {
        /// No name server is known, or none can be reached.
        Unreachable = "unreachable",
        /// No answer in time.
        TimedOut = "timed-out",
        /// The name server answered with an error.
        ServerError = "server-error",
    }
}

/// A record that was looked up.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Looked {
    /// What it is for.
    pub standard: Standard,
    /// Its name, without a dot at the end.
    pub name: String,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The value to publish, where there is none or another one is better.
    pub publish: String,
}

/// What came of a lookup.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is there and does what it should.
    Fine {
        /// The record.
        record: String,
        /// Whether it only watches for now, which is right for the beginning.
        watches: bool,
    },
    /// It is there and does not do what it should.
    Weak {
        /// The record.
        record: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// It is not there.
    Missing,
    /// It could not be looked up.
    Unknown {
        /// Why.
        why: LookupFailure,
    },
}

impl Outcome {
    /// Whether nothing has to be done.
    pub const fn is_fine(&self) -> bool {
        matches!(self, Self::Fine { .. })
    }
}

/// What is wrong with a record. Stored codes never change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Flaw {
    /// SPF allows every server to send.
    AllowsEverybody,
    /// SPF says nothing about servers that it does not name.
    AllowsUnknown,
    /// There are several records, so receivers use none.
    Several,
    /// SPF needs more than ten lookups, so receivers give up.
    TooManyLookups,
    /// SPF includes a domain that has no such record.
    IncludesNothing {
        /// That domain.
        domain: String,
    },
    /// A part of the record has no meaning.
    Unreadable {
        /// That part.
        part: String,
    },
    /// DMARC has no policy.
    NoPolicy,
    /// The published key is not the one that signs.
    OtherKey,
    /// The key was revoked.
    Revoked,
    /// The key is being tested: receivers take the mail for unsigned.
    Testing,
}

/// The value of a tag in a record of the form `a=1; b=2`.
fn tag<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let tags = record.split(';').filter_map(|tag| tag.split_once('='));
    let mut values = tags.map(|(name, value)| (name.trim(), value.trim()));
    let found = values.find(|(found, _)| found.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}
