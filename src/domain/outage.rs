//! What slows the sending of an issue down, in the words of the audit log.

use super::named::named_enum;
use super::timestamp::Timestamp;

named_enum! {
    /// Why a relay takes no mail.
    pub enum Cause ("cause of an outage") {
        /// No connection is made.
        Unreachable = "unreachable",
        /// The connection cannot be encrypted.
        Encryption = "encryption",
        /// It refuses or requires a login.
        Authentication = "authentication",
        /// It takes no mail from here.
        Rejected = "rejected",
        /// It closes the connection.
        Lost = "connection-lost",
        /// It does not reply.
        Silent = "no-reply",
        /// Its replies cannot be understood.
        Invalid = "invalid-reply",
        /// Mails cannot be written into the directory.
        Directory = "directory",
        /// Anything else.
        Other = "other",
    }
}

/// A relay takes no mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// The relay, as the ledger names it.
    pub relay: String,
    /// Why.
    pub cause: Cause,
    /// What it said, without addresses.
    pub reply: Option<String>,
}

impl Outage {
    /// In the words of the audit log: `smtp://mail:25: authentication, 535 5.7.8 …`.
    pub fn to_log(&self) -> String {
        /// Characters of a reply.
        const LONGEST: usize = 200;
        let Self {
            relay,
            cause,
            reply,
        } = self;
        match reply {
            None => format!("{relay}: {cause}"),
            Some(reply) => {
                let reply: String = reply.chars().take(LONGEST).collect();
                format!("{relay}: {cause}, {reply}")
            }
        }
    }

    /// Reads these words.
    pub fn from_log(said: &str) -> Option<Self> {
        let (relay, rest) = said.split_once(": ")?;
        let (cause, reply) = match rest.split_once(", ") {
            Some((cause, reply)) => (cause, Some(reply.to_owned())),
            None => (rest, None),
        };
        Some(Self {
            relay: relay.to_owned(),
            cause: cause.parse().unwrap_or(Cause::Other),
            reply,
        })
    }
}

/// A relay's limit is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitReached {
    /// The relay, as the ledger names it.
    pub relay: String,
    /// When it takes the next mail.
    pub until: Timestamp,
}

impl LimitReached {
    /// In the words of the audit log: `smtp://mail:25: until 2026-12-01T08:00:00Z`.
    pub fn to_log(&self) -> String {
        format!("{}: until {}", self.relay, self.until)
    }

    /// Reads these words.
    pub fn from_log(said: &str) -> Option<Self> {
        let (relay, until) = said.split_once(": until ")?;
        let until: chrono::DateTime<chrono::Utc> = until.parse().ok()?;
        Some(Self {
            relay: relay.to_owned(),
            until: until.into(),
        })
    }
}

/// Many mails are deferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferrals {
    /// So many …
    pub count: usize,
    /// … of the latest answers.
    pub of: usize,
}

impl Deferrals {
    /// In the words of the audit log: `62 of 100`.
    pub fn to_log(&self) -> String {
        format!("{} of {}", self.count, self.of)
    }

    /// Reads these words.
    pub fn from_log(said: &str) -> Option<Self> {
        let (count, of) = said.split_once(" of ")?;
        Some(Self {
            count: count.parse().ok()?,
            of: of.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_says_is_read_again() {
        let relay = "smtp://[::1]:25".to_owned();
        for cause in Cause::ALL {
            for reply in [None, Some("535 5.7.8 bad: no, not you".to_owned())] {
                let outage = Outage {
                    relay: relay.clone(),
                    cause: *cause,
                    reply,
                };
                assert_eq!(Outage::from_log(&outage.to_log()), Some(outage));
            }
        }
        let until = Timestamp::from_micros(1_800_000_000_000_000);
        let limit = LimitReached { relay, until };
        assert_eq!(LimitReached::from_log(&limit.to_log()), Some(limit));
        let deferrals = Deferrals { count: 62, of: 100 };
        assert_eq!(Deferrals::from_log(&deferrals.to_log()), Some(deferrals));
        assert_eq!(Outage::from_log("nothing"), None);
        assert_eq!(LimitReached::from_log("smtp://mail:25: until later"), None);
    }
}
