//! Why an issue is held or paused: a code with parameters. The code is stored; `app::reasons` turns
//! it into a sentence in the reader's language.

use super::delivery::FailureClass;
use super::review::Change;

/// Why an issue is held, paused, cancelled or a draft again. Stored codes never change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// Too many of the latest replies were policy refusals.
    PolicyRefusals {
        /// This many …
        count: u64,
        /// … of the latest replies.
        of: u64,
        /// The relay's last reply of that kind, without addresses.
        reply: Option<String>,
    },
    /// Too many of the latest mails were refused permanently.
    Failures {
        /// This many …
        failed: u64,
        /// … of the latest results.
        of: u64,
        /// The allowed share, in per cent.
        allowed: u32,
        /// How many of each class, the most frequent first.
        classes: Vec<(FailureClass, u64)>,
        /// The relay's last reply of the most frequent class, without addresses.
        reply: Option<String>,
    },
    /// The slot was missed by more than `catch_up`.
    MissedSlot {
        /// The slot, e.g. `2027-03-28T02:30`.
        slot: String,
        /// By how much, in seconds.
        late: u64,
        /// The newsletter's `catch_up`, in seconds.
        catch_up: u64,
    },
    /// The time to send it was missed by more than `catch_up`.
    MissedTime {
        /// By how much, in seconds.
        late: u64,
        /// The newsletter's `catch_up`, in seconds.
        catch_up: u64,
    },
    /// Nobody approved it in time.
    NotApprovedInTime {
        /// How long after its time approval was possible, in seconds.
        catch_up: u64,
    },
    /// The imprint is not complete.
    ImprintIncomplete {
        /// The keys that are missing in `[organisation]`.
        missing: Vec<String>,
    },
    /// No entry is left in it.
    Empty,
    /// Its checks found what would harm readers.
    ChecksBlock {
        /// How many findings.
        findings: usize,
    },
    /// It is larger than mail programs show.
    TooLarge {
        /// How many entries it has.
        entries: usize,
        /// The size of its encoded HTML, in bytes.
        bytes: usize,
        /// The largest size allowed.
        most: usize,
    },
    /// There are no approved texts.
    ApprovalMissing,
    /// The stored texts are not the approved ones.
    ApprovalChanged,
    /// This version cannot read the approved texts.
    ApprovalUnreadable {
        /// The error message.
        detail: String,
    },
    /// A mail of it cannot be built or signed.
    MailUnusable {
        /// The error message.
        detail: String,
    },
    /// Something in it was changed after it was approved.
    ChangedAfterApproval {
        /// What.
        change: Change,
    },
    /// An approver returned it for edit.
    Returned {
        /// Their reason.
        message: String,
    },
    /// An approver rejected it.
    Rejected {
        /// Their reason.
        message: String,
    },
    /// A text from before reasons were codes.
    Legacy {
        /// The text.
        text: String,
    },
}

impl Reason {
    /// As it is stored: JSON.
    pub fn to_stored(&self) -> String {
        serde_json::to_string(self).expect("invariant: names, numbers and texts")
    }

    /// Reads the stored form. Anything that is not a code of this version is a text.
    pub fn from_stored(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::Legacy {
            text: stored.to_owned(),
        })
    }
}

/// The stored form, for logs.
impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_stored())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_reasons_round_trip_and_old_texts_stay() {
        let reason = Reason::Failures {
            failed: 50,
            of: 50,
            allowed: 10,
            classes: vec![(FailureClass::NoSuchMailbox, 50)],
            reply: None,
        };
        let stored = reason.to_stored();
        assert_eq!(
            stored,
            r#"{"code":"failures","failed":50,"of":50,"allowed":10,"classes":[["no-such-mailbox",50]],"reply":null}"#
        );
        assert_eq!(Reason::from_stored(&stored), reason);
        assert_eq!(Reason::Empty.to_stored(), r#"{"code":"empty"}"#);
        for old in ["relay down", r#"{"code":"of-tomorrow"}"#] {
            let text = old.to_owned();
            assert_eq!(Reason::from_stored(old), Reason::Legacy { text });
        }
    }
}
