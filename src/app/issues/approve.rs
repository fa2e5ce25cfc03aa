//! Approving: what is approved is what is sent.

use super::error::IssueError;
use crate::app::{Actor, App, Operation, lookup};
use crate::digest::MailContext;
use crate::digest::release::{self, Prepared, ReleaseError};
use crate::digest::snapshot::Snapshot;
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Tx};

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

/// What was approved.
#[derive(Debug, Clone)]
pub struct Released {
    /// SHA-256 of its texts and of what they were rendered to.
    pub hash: String,
    /// Its texts.
    pub snapshot: Snapshot,
    /// The size of its largest mail, where that is long enough to be warned of: bytes of HTML.
    pub long: Option<usize>,
}

/// Stores what an approval fixes, and sets the issue to approved.
pub async fn release(
    tx: &mut Tx,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) -> Result<Released, ReleaseError> {
    let prepared = release::prepare(tx, mail_context, issue, now).await?;
    let Prepared {
        snapshot,
        parts,
        largest,
        untold,
    } = prepared;
    let (json, hash) = snapshot.seal();
    // What was rendered for an earlier approval is not what was approved now.
    store::part::remove_of(tx, issue.id).await?;
    for (language, parts) in &parts {
        store::part::add(tx, issue.id, *language, parts.stored()).await?;
    }
    store::issue::set_untold(tx, issue.id, &untold).await?;
    let (state, audience) = (issue.state, snapshot.audience());
    if !store::issue::release(tx, issue.id, state, &json, &hash, audience, now).await? {
        return Err(ReleaseError::Raced);
    }
    Ok(Released {
        hash,
        snapshot,
        long: Some(largest).filter(|bytes| *bytes > mail_context.limits().shorten),
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
    let released = release(op.tx(), app.mail_context(), issue, at).await?;
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
