//! Approving: what is approved is what is sent.

use std::time::Duration;

use chrono::NaiveDateTime;

use super::checks;
use super::edit::retime;
use super::error::IssueError;
use super::review::deputies::acting;
use super::review::{deputies, four_eyes, mails, step};
use crate::app::{Actor, App, Operation, lookup};
use crate::digest::MailContext;
use crate::digest::release::{self, Prepared, ReleaseError};
use crate::digest::snapshot::Snapshot;
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::domain::notice::NoticeKind;
use crate::domain::review::{self, StepKind};
use crate::domain::timestamp::Timestamp;
use crate::store::check::Occasion;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError, Tx};

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

/// On what terms an issue is approved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalTerms {
    /// What the approver has seen, as [`seen_of`] names it: anything else is not approved. None at the
    /// command line, which approves what is there.
    pub seen: Option<String>,
    /// Why an operator approves although four eyes are wanted.
    pub despite_four_eyes: Option<String>,
    /// When it goes out, by the wall clock of its newsletter; none: when that was set before.
    pub send_at: Option<NaiveDateTime>,
    /// The approver for whom an operator approves, by address.
    pub on_behalf_of: Option<Address>,
    /// For how long the approval can be taken back. Nothing is sent before, and an issue without a date
    /// is sent then.
    pub take_back: Option<Duration>,
}

/// Names what an issue says now, and when it is sent.
pub async fn seen(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<String, StoreError> {
    let snapshot = release::build(conn, issue, now).await?;
    Ok(seen_of(issue, &snapshot))
}

/// Names what an issue says in these texts of it, and when it is sent.
pub fn seen_of(issue: &Issue, snapshot: &Snapshot) -> String {
    let (_, hash) = snapshot.seal();
    let at = issue.send_at.map_or(0, Timestamp::micros);
    format!("{hash}-{at}")
}

/// Fixes the texts of an issue and approves it: from here on exactly these are sent, at its time.
pub async fn approve(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    terms: &ApprovalTerms,
) -> Result<Approved, IssueError> {
    let (actor, on_behalf) = acting(app, actor).await?;
    let mut op = app.begin(&actor, Action::IssueApprove).await?;
    let (newsletter, issue) = locked(&mut op, name).await?;
    let at = op.at();
    let is_asked_for = match issue.state {
        IssueState::InReview => true,
        IssueState::Held => issue.frozen_at.is_none(),
        _ => false,
    };
    if terms.seen.is_some() && !is_asked_for {
        return Err(IssueError::State {
            issue: name.clone(),
            state: issue.state,
            to: IssueState::Approved,
        });
    }
    if let Some(expected) = &terms.seen
        && seen(op.tx(), &issue, at).await? != *expected
    {
        return Err(IssueError::NotAsSeen {
            issue: name.clone(),
        });
    }
    let issue = match terms.send_at {
        Some(local) => retime(&mut op, (&newsletter, name, issue), local).await?,
        None => issue,
    };
    let what = (&newsletter, name, &issue);
    let released = released_by(app, &mut op, what, terms, on_behalf.as_deref()).await?;
    let not_before = terms.take_back.map(|span| at.plus(span));
    let send_at = issue.send_at.or(not_before);
    store::issue::set_times(op.tx(), issue.id, send_at, not_before).await?;
    let (newsletter, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(Approved {
        newsletter,
        issue,
        long: released.long,
    })
}

/// The issue of this name, taken for the transaction: what is in it does not change until the commit.
pub(super) async fn locked(
    op: &mut Operation,
    name: &IssueName,
) -> Result<(Newsletter, Issue), IssueError> {
    let (newsletter, issue) = lookup::issue(op.tx(), name).await?;
    let issue = store::issue::lock(op.tx(), issue.id).await?;
    let gone = || IssueError::Raced {
        issue: name.clone(),
    };
    Ok((newsletter, issue.ok_or_else(gone)?))
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
    store_release(tx, mail_context, issue, prepared, now).await
}

/// Stores what was prepared, and sets the issue to approved.
async fn store_release(
    tx: &mut Tx,
    mail_context: &MailContext,
    issue: &Issue,
    prepared: Prepared,
    now: Timestamp,
) -> Result<Released, ReleaseError> {
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

/// Approves an issue for a person, as a part of another operation, if they may.
pub(super) async fn released_by(
    app: &App,
    op: &mut Operation,
    (newsletter, name, issue): (&Newsletter, &IssueName, &Issue),
    terms: &ApprovalTerms,
    on_behalf: Option<&str>,
) -> Result<Released, IssueError> {
    let named = match &terms.on_behalf_of {
        Some(address) => Some(deputies::approver(op, address).await?),
        None => None,
    };
    let on_behalf = named.as_deref().or(on_behalf);
    let despite = terms.despite_four_eyes.as_deref();
    let despite = despite.map(review::message).transpose()?;
    four_eyes::check(op, (newsletter, name, issue), despite.as_deref()).await?;
    let released = release_within(app, op, name, issue).await?;
    let kind = StepKind::Approved;
    step(op, issue.id, kind, despite.as_deref(), on_behalf).await?;
    mails::decided(op, issue, name, NoticeKind::IssueApproved, None).await?;
    Ok(released)
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
    let mail_context = app.mail_context();
    let prepared = release::prepare(op.tx(), mail_context, issue, at).await?;
    let checked = checks::before_release(app, op, issue, &prepared).await?;
    let released = store_release(op.tx(), mail_context, issue, prepared, at).await?;
    if let Some(result) = checked {
        store::check::keep(op.tx(), issue.id, Occasion::Approval, &result, at).await?;
    }
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
