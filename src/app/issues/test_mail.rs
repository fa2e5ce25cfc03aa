//! Test mails: one variant of an issue to somebody of the team. They are notices, not deliveries.

use super::error::IssueError;
use crate::app::notices::{self, Letter};
use crate::app::{Actor, App, Error, lookup};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::issue::IssueName;
use crate::domain::language::Language;
use crate::domain::notice::{NoticeKind, Recipient};
use crate::domain::topic::TopicSet;
use crate::store;

/// Addresses of a group at most.
pub const MOST_ADDRESSES: usize = 20;
/// Characters of a group's name at most.
pub const MOST_NAME: usize = 80;

/// Which variant a test mail is, as it is stored with its notice.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct TestParameters {
    /// The row of the issue.
    pub issue: i64,
    /// The topics of the variant.
    pub topics: TopicSet,
}

/// Sends a variant to these addresses, each a mail of its own.
pub async fn send_test(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    (language, topics): (Language, TopicSet),
    to: &[Address],
) -> Result<(), IssueError> {
    let mut op = app.begin(actor, Action::IssueTest).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let parameters = serde_json::json!(TestParameters {
        issue: issue.id,
        topics,
    });
    for address in to.iter().take(MOST_ADDRESSES) {
        let letter = Letter {
            kind: NoticeKind::IssueTest,
            recipient: Recipient::Address(address.clone()),
            language,
            signup: None,
            parameters: parameters.clone(),
        };
        notices::enqueue(app, &mut op, letter).await?;
    }
    let after = format!("{language}, mails: {}", to.len().min(MOST_ADDRESSES));
    op.record(
        Subject::issue(&name.newsletter, name.number),
        None,
        Some(&after),
    );
    op.commit().await?;
    Ok(())
}

/// Keeps a group of addresses for test mails, in place of one of the same name; without addresses the
/// group is removed.
pub async fn keep_test_group(
    app: &App,
    actor: &Actor,
    name: &str,
    addresses: &[Address],
) -> Result<(), Error> {
    let mut op = app.begin(actor, Action::TestGroupChange).await?;
    let at = op.at();
    if addresses.is_empty() {
        if !store::test_group::remove(op.tx(), name).await? {
            return Ok(());
        }
    } else {
        store::test_group::keep(op.tx(), name, addresses, at).await?;
    }
    let after = format!("addresses: {}", addresses.len());
    op.record(
        Subject::new(SubjectKind::TestGroup, name),
        None,
        Some(&after),
    );
    op.commit().await
}
