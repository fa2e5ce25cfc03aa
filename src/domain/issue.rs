//! Issues: the numbered editions of a newsletter.

use std::fmt;
use std::str::FromStr;

use super::key;
use super::named::named_enum;

/// The name of an issue: `NEWSLETTER/NUMBER`, e.g. `region/14`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueName {
    /// The key of the newsletter.
    pub newsletter: String,
    /// The number of the issue, from 1.
    pub number: i64,
}

/// A text that is not the name of an issue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIssueName {
    /// Not of that form.
    #[error("write newsletter and number, e.g. region/14")]
    Form,
    /// The part before the slash is not a key.
    #[error(transparent)]
    Newsletter(#[from] key::InvalidKey),
}

impl FromStr for IssueName {
    type Err = InvalidIssueName;
    fn from_str(text: &str) -> Result<Self, InvalidIssueName> {
        let (newsletter, number) = text.split_once('/').ok_or(InvalidIssueName::Form)?;
        let number = number.parse().ok().filter(|number| *number >= 1);
        Ok(Self {
            number: number.ok_or(InvalidIssueName::Form)?,
            newsletter: key::parse(newsletter)?,
        })
    }
}

impl fmt::Display for IssueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.newsletter, self.number)
    }
}

impl serde::Serialize for IssueName {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

named_enum! {
    /// The state of an issue.
    pub enum IssueState ("state of an issue") {
        /// Composed; may still be changed.
        Draft = "draft",
        /// Shown to an approver.
        InReview = "in-review",
        /// Approved: its texts are fixed and stored; it is sent at its time.
        Approved = "approved",
        /// The audience is frozen and mails are being sent.
        Sending = "sending",
        /// Every delivery has reached a final state. Only `issue retry` leads back to sending.
        Sent = "sent",
        /// Stopped in the middle of sending, by a person or because too much was refused (then with
        /// a reason); can be resumed.
        Paused = "paused",
        /// Not sent because something was wrong; the reason is kept; a person decides.
        Held = "held",
        /// Will not be sent (any further).
        Cancelled = "cancelled",
    }
}

named_enum! {
    /// How somebody took part in an issue. Names that are stored never change.
    pub enum Contribution ("contribution") {
        /// Chose its entries, or their order.
        Chose = "chose",
        /// Wrote a text of it.
        Wrote = "wrote",
        /// Handed it in.
        HandedIn = "handed-in",
    }
}

named_enum! {
    /// What was changed of the contents of an issue.
    pub enum ContentChange ("change of an issue") {
        /// An entry was added.
        EntryAdded = "entry-added",
        /// An entry was taken out.
        EntryLeftOut = "entry-left-out",
        /// An entry was moved.
        Order = "order",
        /// An entry was pinned, or is not any more.
        Pin = "pin",
        /// An entry was given a text of its own, or it was taken away.
        Shortened = "shortened",
        /// Its headline or introduction.
        Texts = "texts",
    }
}

impl IssueState {
    /// Whether a person may change the contents of an issue in this state, before it was sent to
    /// anybody. An approval is void then.
    pub const fn is_editable(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::InReview | Self::Approved | Self::Held
        )
    }

    /// Whether an issue may move from this state to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use IssueState::{Approved, Cancelled, Draft, Held, InReview, Paused, Sending, Sent};
        match self {
            Draft => matches!(next, InReview | Approved | Held | Cancelled),
            InReview => matches!(next, Draft | Approved | Held | Cancelled),
            Approved => matches!(next, Draft | InReview | Sending | Held | Cancelled),
            Sending => matches!(next, Sent | Paused | Held | Cancelled),
            Paused => matches!(next, Sending | Cancelled),
            Held => matches!(next, Draft | InReview | Approved | Sending | Cancelled),
            Sent | Cancelled => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_issues_are_read() {
        let read = "region/14".parse::<IssueName>();
        assert_eq!(
            read.map(|name| name.to_string()),
            Ok("region/14".to_owned())
        );
        for bad in [
            "region",
            "region/0",
            "region/-1",
            "/1",
            "region/x",
            "region/99999999999999999999",
        ] {
            assert!(bad.parse::<IssueName>().is_err(), "{bad}");
        }
    }
}
