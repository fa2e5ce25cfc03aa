//! Approving: what is approved is what is sent.

use super::error::IssueError;
use crate::app::{Actor, App, Operation, lookup};
use crate::digest::release::{self, Released};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::store::issue::Issue;

/// An issue that was just approved.
#[derive(Debug, Clone)]
pub struct Approved {
    /// Its newsletter.
    pub newsletter: Newsletter,
    /// The issue as it is now.
    pub issue: Issue,
    /// The size of its largest mail, where that is long enough to be warned of: bytes of HTML.
    pub long: Option<usize>,
}

/// Fixes the texts of an issue and approves it: from here on exactly these are sent, at its time.
pub async fn approve(app: &App, actor: &Actor, name: &IssueName) -> Result<Approved, IssueError> {
    let mut op = app.begin(actor, Action::IssueApprove).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let released = release_within(app, &mut op, name, &issue).await?;
    let (newsletter, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(Approved {
        newsletter,
        issue,
        long: released.long,
    })
}

/// Approves an issue as a part of another operation.
pub(super) async fn release_within(
    app: &App,
    op: &mut Operation,
    name: &IssueName,
    issue: &Issue,
) -> Result<Released, IssueError> {
    /// Characters of the hash that the audit log shows: enough to compare by eye.
    const SHOWN: usize = 12;
    let at = op.at();
    let released = release::release(op.tx(), app.mail_context(), issue, at).await?;
    let hash = &released.hash[..released.hash.len().min(SHOWN)];
    op.record_as(
        Action::IssueApprove,
        Subject::issue(&name.newsletter, name.number),
        Some(issue.state.as_str()),
        Some(&format!("{}, texts {hash}", IssueState::Approved)),
    )?;
    if let Some(bytes) = released.long {
        tracing::warn!(issue = %name, bytes, "the issue is long: some mail programs cut off its end");
    }
    Ok(released)
}
