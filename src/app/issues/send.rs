//! Sending: the audience is materialised in the ledger; from then on `delivery` sends.

use super::approve::{ApprovalTerms, locked, released_by};
use super::error::IssueError;
use super::hold::hold_within;
use super::name;
use crate::app::{Actor, App, Operation};
use crate::digest::release::{self, ReleaseError};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::reason::Reason;
use crate::domain::schedule::{self, Due};
use crate::store;
use crate::store::delivery::Frozen;
use crate::store::issue::Issue;

/// An issue that is being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    /// Its row.
    pub issue: i64,
    /// The size of its largest mail, where it was approved just now and that is long enough to be
    /// warned of: bytes of HTML.
    pub long: Option<usize>,
}

/// What became of an issue that was due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// Its recipients wait in the ledger.
    Started {
        /// Its row.
        issue: i64,
        /// How many recipients it has, and how many subscribers would have found nothing in it.
        audience: Frozen,
    },
    /// It is held.
    Held {
        /// Its row.
        issue: i64,
        /// Why, for the team.
        reason: Reason,
    },
    /// It was not approved (any more); nothing was done.
    NotApproved {
        /// Its row.
        issue: i64,
    },
}

/// Sends an issue now, at the request of a person: approves it unless that was done, and
/// materialises its audience. An issue that is being sent already is left as it is.
pub async fn send(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    terms: &ApprovalTerms,
) -> Result<Started, IssueError> {
    let mut op = app.begin(actor, Action::IssueSend).await?;
    let (newsletter, issue) = locked(&mut op, name).await?;
    let mut started = Started {
        issue: issue.id,
        long: None,
    };
    match issue.state {
        IssueState::Sending => return Ok(started),
        IssueState::Held if issue.frozen_at.is_some() => {
            resume_held(&mut op, name, &issue).await?;
            op.commit().await?;
            return Ok(started);
        }
        IssueState::Paused => {
            return Err(IssueError::Paused {
                issue: name.clone(),
            });
        }
        IssueState::Sent | IssueState::Cancelled => {
            return Err(IssueError::Final {
                issue: name.clone(),
                state: issue.state,
            });
        }
        IssueState::Approved if issue.send_not_before.is_some_and(|until| until > op.at()) => {
            return Err(IssueError::NotYet {
                issue: name.clone(),
            });
        }
        IssueState::Approved => {}
        IssueState::Draft | IssueState::InReview | IssueState::Held => {
            let what = (&newsletter, name, &issue);
            started.long = released_by(app, &mut op, what, terms, None).await?.long;
        }
    }
    match materialise(app, &mut op, name, issue.id).await? {
        SendOutcome::Started { .. } => {}
        // Not committed: a person sees the reason, and the issue stays as it was.
        SendOutcome::Held { reason, .. } => {
            return Err(IssueError::CannotBeSent {
                issue: name.clone(),
                reason,
            });
        }
        SendOutcome::NotApproved { .. } => {
            return Err(IssueError::Raced {
                issue: name.clone(),
            });
        }
    }
    op.commit().await?;
    Ok(started)
}

/// Sends an approved issue whose time has come, or holds it: because its time was missed by more
/// than the newsletter's `catch_up`, or because its approval does not count any more.
pub async fn send_due(app: &App, actor: &Actor, issue: &Issue) -> Result<SendOutcome, IssueError> {
    let mut op = app.begin(actor, Action::IssueSend).await?;
    let name = name(op.tx(), issue).await?;
    let stored = store::issue::by_id(op.tx(), issue.id).await?;
    if stored.is_none_or(|stored| stored.send_at != issue.send_at) {
        // Its time was changed after the job had read it.
        return Ok(SendOutcome::NotApproved { issue: issue.id });
    }
    let newsletter = store::newsletter::by_id(op.tx(), issue.newsletter).await?;
    let catch_up = newsletter
        .map(|one| one.settings.catch_up)
        .unwrap_or_default();
    // Approved late by a person, it goes out at once; forgotten by a service that stood still, it
    // is looked at first.
    let ready = issue.released_at.max(issue.send_at).unwrap_or(op.at());
    let late = op.at().since(ready);
    let outcome = if schedule::due(ready, op.at(), catch_up) == Due::Missed {
        let reason = Reason::MissedTime {
            late: late.as_secs(),
            catch_up: catch_up.as_secs(),
        };
        held(&mut op, &name, issue, reason).await?
    } else {
        materialise(app, &mut op, &name, issue.id).await?
    };
    op.commit().await?;
    Ok(outcome)
}

/// Materialises the audience of an approved issue, or holds it if its approval does not count.
async fn materialise(
    app: &App,
    op: &mut Operation,
    name: &IssueName,
    id: i64,
) -> Result<SendOutcome, IssueError> {
    // Read again in this transaction: somebody may have changed it.
    let issue = store::issue::by_id(op.tx(), id).await?;
    let at = op.at();
    let may_go = |issue: &Issue| issue.send_not_before.is_none_or(|until| until <= at);
    let is_ready = |issue: &Issue| issue.state == IssueState::Approved && may_go(issue);
    let Some(issue) = issue.filter(is_ready) else {
        return Ok(SendOutcome::NotApproved { issue: id });
    };
    let missing = app.mail_context().missing_imprint();
    if !missing.is_empty() {
        let reason = ReleaseError::Imprint(missing).reason();
        return held(op, name, &issue, reason).await;
    }
    if let Err(invalid) = release::load(op.tx(), &issue).await? {
        return held(op, name, &issue, invalid.reason()).await;
    }
    let at = op.at();
    let Some(audience) = store::delivery::freeze(op.tx(), id, at).await? else {
        return Ok(SendOutcome::NotApproved { issue: id });
    };
    let subject = Subject::issue(&name.newsletter, name.number);
    let after = format!("{}, recipients: {}", IssueState::Sending, audience.queued);
    op.record(subject.clone(), Some(issue.state.as_str()), Some(&after));
    tracing::info!(
        issue = %name,
        recipients = audience.queued,
        nothing_in_it = audience.skipped,
        "sending an issue"
    );
    // Without recipients no delivery would ever end it.
    if audience.queued == 0 && store::issue::finish_done(op.tx(), at).await?.contains(&id) {
        let (before, after) = (IssueState::Sending.as_str(), IssueState::Sent.as_str());
        op.record_as(Action::IssueFinish, subject, Some(before), Some(after))?;
    }
    Ok(SendOutcome::Started {
        issue: id,
        audience,
    })
}

async fn held(
    op: &mut Operation,
    name: &IssueName,
    issue: &Issue,
    reason: Reason,
) -> Result<SendOutcome, IssueError> {
    let issue_id = issue.id;
    Ok(if hold_within(op, name, issue, &reason).await? {
        SendOutcome::Held {
            issue: issue_id,
            reason,
        }
    } else {
        SendOutcome::NotApproved { issue: issue_id }
    })
}

/// Goes on with an issue that was held while it was being sent.
async fn resume_held(
    op: &mut Operation,
    name: &IssueName,
    issue: &Issue,
) -> Result<(), IssueError> {
    let (from, to, at) = (IssueState::Held, IssueState::Sending, op.at());
    if !store::issue::set_state(op.tx(), issue.id, from, to, None, at).await? {
        return Err(IssueError::Raced {
            issue: name.clone(),
        });
    }
    let subject = Subject::issue(&name.newsletter, name.number);
    op.record(subject, Some(from.as_str()), Some(to.as_str()));
    Ok(())
}
