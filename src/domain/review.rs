//! Reviews of issues: what people do before one is released, and what takes a release back.

use std::time::Duration;

use super::language::Language;
use super::named::named_enum;
use super::timestamp::Timestamp;

/// The longest word to an approver, or reason for a return, in characters.
pub const LONGEST_MESSAGE: usize = 2_000;

/// The longest time for which somebody may have a deputy.
pub const LONGEST_DEPUTY: Duration = Duration::from_hours(24 * 366);

named_enum! {
    /// What was done when an issue was reviewed. Stored names never change.
    pub enum StepKind ("step of a review") {
        /// It was handed in.
        HandedIn = "handed-in",
        /// It was approved.
        Approved = "approved",
        /// It was returned for edit.
        Returned = "returned",
        /// It was rejected: it is cancelled.
        Rejected = "rejected",
        /// Its approval was taken back by whoever approved it.
        TakenBack = "taken-back",
        /// Something in it was changed, so that its approval does not count any more.
        Invalidated = "invalidated",
    }
}

/// What was changed of an approved issue. Stored names never change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Change {
    /// An entry was added to it or taken out.
    Entries,
    /// Its entries were arranged in another way, or shortened for it.
    Arrangement,
    /// Its headline or introduction.
    Text {
        /// In which language, where that is known.
        language: Option<Language>,
    },
    /// The text of an entry in it.
    Entry {
        /// Its title.
        title: String,
    },
    /// The picture of an entry in it.
    Picture {
        /// The entry's title.
        title: String,
    },
    /// An entry in it was withdrawn or cancelled.
    EntryState {
        /// Its title.
        title: String,
    },
    /// Name, sender or layout of its newsletter.
    Newsletter,
    /// The time at which it is sent.
    Time,
}

/// Somebody who may approve in place of an approver for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputy {
    /// Its row.
    pub id: i64,
    /// The approver, by UUID.
    pub approver: String,
    /// Who acts in their place, by UUID.
    pub deputy: String,
    /// From when on.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// A message as it is kept: trimmed, with the line ends of this system.
pub fn message(text: &str) -> Result<String, InvalidMessage> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidMessage::Empty);
    }
    if text.chars().count() > LONGEST_MESSAGE {
        return Err(InvalidMessage::TooLong);
    }
    let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    Ok(text.chars().filter(|c| is_plain(*c)).collect())
}

/// Why a message is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMessage {
    /// There is none.
    #[error("the reason is missing")]
    Empty,
    /// It is longer than [`LONGEST_MESSAGE`].
    #[error("the text is longer than {LONGEST_MESSAGE} characters; shorten it")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_trimmed_and_bounded() {
        assert_eq!(message(" a\r\nb\u{7} "), Ok("a\nb".to_owned()));
        assert_eq!(message(" \n "), Err(InvalidMessage::Empty));
        assert!(message(&"ä".repeat(LONGEST_MESSAGE)).is_ok());
        let long = "ä".repeat(LONGEST_MESSAGE + 1);
        assert_eq!(message(&long), Err(InvalidMessage::TooLong));
    }
}
