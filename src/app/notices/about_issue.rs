//! Mails to staff about an issue.

use super::{Letter, enqueue};
use crate::app::{App, Operation};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::notice::{NoticeKind, Recipient};
use crate::store;

/// The longest note that is quoted, in characters.
const LONGEST_NOTE: usize = 2_000;
/// The most changes that are listed.
const MOST_CHANGES: usize = 50;

/// What a mail about an issue says beside the issue itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AboutIssue {
    /// The issue's row.
    pub issue: i64,
    /// The page that the mail leads to, e.g. `/newsroom/issues/region/14`.
    pub path: String,
    /// The name of the recipient.
    pub name: String,
    /// The name of the user who did it; none where nobody did.
    pub by: Option<String>,
    /// What this user wrote: a word to the approver, a reason.
    pub note: Option<String>,
    /// What was changed, one phrase each.
    pub changes: Vec<String>,
}

/// Queues a mail about an issue to a member of staff, as part of an operation. Newsletter, number,
/// time and the reason why it stopped are looked up when it is sent.
pub async fn enqueue_about_issue(
    app: &App,
    op: &mut Operation,
    kind: NoticeKind,
    (address, language): (Address, Language),
    about: &AboutIssue,
) -> store::Result<()> {
    let mut about = about.clone();
    about.changes.truncate(MOST_CHANGES);
    about.note = about
        .note
        .map(|note| note.chars().take(LONGEST_NOTE).collect());
    let letter = Letter {
        kind,
        recipient: Recipient::Address(address),
        language,
        signup: None,
        parameters: serde_json::to_value(about).unwrap_or_default(),
    };
    enqueue(app, op, letter).await
}
