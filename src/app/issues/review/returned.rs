//! Returning an issue for edit, and rejecting it: both with a reason.

use super::deputies::acting;
use super::{mails, step};
use crate::app::issues::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::notice::NoticeKind;
use crate::domain::reason::Reason;
use crate::domain::review::{StepKind, message};
use crate::store;
use crate::store::issue::Issue;

/// Returns an issue in review, or one that is held before it was sent, for edit: it is a draft again.
pub async fn return_for_edit(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    reason: &str,
) -> Result<Issue, IssueError> {
    let message = message(reason)?;
    decide(app, actor, name, Decision::Return, message).await
}

/// Rejects an issue in review: it is cancelled, and its entries may go into another one.
pub async fn reject(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    reason: &str,
) -> Result<Issue, IssueError> {
    let message = message(reason)?;
    decide(app, actor, name, Decision::Reject, message).await
}

#[derive(Clone, Copy)]
enum Decision {
    Return,
    Reject,
}

async fn decide(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    decision: Decision,
    message: String,
) -> Result<Issue, IssueError> {
    let said = message.clone();
    let (action, kind, to, reason) = match decision {
        Decision::Return => (
            Action::IssueReturn,
            StepKind::Returned,
            IssueState::Draft,
            Reason::Returned { message: said },
        ),
        Decision::Reject => (
            Action::IssueReject,
            StepKind::Rejected,
            IssueState::Cancelled,
            Reason::Rejected { message: said },
        ),
    };
    let (actor, on_behalf) = acting(app, actor).await?;
    let mut op = app.begin(&actor, action).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let (from, at) = (issue.state, op.at());
    let is_asked_for = match from {
        IssueState::InReview => true,
        IssueState::Held => issue.frozen_at.is_none(),
        _ => false,
    };
    if !is_asked_for
        || !store::issue::set_state(op.tx(), issue.id, from, to, Some(&reason), at).await?
    {
        return Err(IssueError::State {
            issue: name.clone(),
            state: issue.state,
            to,
        });
    }
    step(
        &mut op,
        issue.id,
        kind,
        Some(&message),
        on_behalf.as_deref(),
    )
    .await?;
    let kind = match decision {
        Decision::Return => NoticeKind::IssueReturned,
        Decision::Reject => NoticeKind::IssueRejected,
    };
    mails::decided(&mut op, &issue, name, kind, Some(&message)).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    op.record(subject, Some(from.as_str()), Some(to.as_str()));
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(issue)
}
