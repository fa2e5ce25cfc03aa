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

    /// As a line of the audit log keeps it: the stored form with long texts cut.
    pub fn to_log(&self) -> String {
        let mut short = self.clone();
        short.shorten();
        match short {
            Self::Legacy { text } => text,
            code => code.to_stored(),
        }
    }

    /// The reason in what a line of the audit log says of a state: `held: …`.
    pub fn from_log(said: &str) -> Option<Self> {
        let (_, stored) = said.split_once(": ")?;
        Some(Self::from_stored(stored))
    }

    fn shorten(&mut self) {
        /// Characters of a text.
        const LONGEST: usize = 120;
        /// Names in a list.
        const MOST: usize = 6;
        let cut = |text: &mut String| {
            if let Some((end, _)) = text.char_indices().nth(LONGEST) {
                text.truncate(end);
                text.push('…');
            }
        };
        match self {
            Self::PolicyRefusals { reply, .. } => reply.iter_mut().for_each(cut),
            Self::Failures { classes, reply, .. } => {
                classes.truncate(MOST);
                // It is about one reader, and nothing is ever taken out of the log.
                *reply = None;
            }
            Self::ImprintIncomplete { missing } => missing.truncate(MOST),
            Self::ApprovalUnreadable { detail } | Self::MailUnusable { detail } => cut(detail),
            Self::Returned { message: text }
            | Self::Rejected { message: text }
            | Self::Legacy { text }
            | Self::ChangedAfterApproval {
                change:
                    Change::Entry { title: text }
                    | Change::Picture { title: text }
                    | Change::EntryState { title: text },
            } => cut(text),
            _ => {}
        }
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

    #[test]
    fn the_audit_log_keeps_short_reasons_that_can_be_read_again() {
        let long = Reason::Failures {
            failed: 1000,
            of: 1000,
            allowed: 100,
            classes: FailureClass::ALL.iter().map(|one| (*one, 1000)).collect(),
            reply: Some("\"ö ".repeat(200)),
        };
        let said = format!("paused: {}", long.to_log());
        assert!(said.chars().count() <= 400, "{said}");
        let Some(Reason::Failures { failed, reply, .. }) = Reason::from_log(&said) else {
            panic!("{said}");
        };
        assert_eq!((failed, reply), (1000, None), "nothing about a reader");
        let long = Reason::PolicyRefusals {
            count: 20,
            of: 100,
            reply: Some("\"ö ".repeat(200)),
        };
        let said = format!("paused: {}", long.to_log());
        assert!(said.chars().count() <= 400, "{said}");
        let Some(Reason::PolicyRefusals { reply, .. }) = Reason::from_log(&said) else {
            panic!("{said}");
        };
        assert!(reply.is_some_and(|reply| reply.ends_with('…')));
        assert_eq!(Reason::from_log("paused"), None);
        let text = "the slot was missed".to_owned();
        let old = Reason::from_log(&format!("held: {text}"));
        assert_eq!(old, Some(Reason::Legacy { text }));
    }
}
