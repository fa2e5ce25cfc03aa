//! Handing in: an editor asks for the approval.

use super::{mails, step};
use crate::app::issues::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{Contribution, IssueName, IssueState};
use crate::domain::review::{StepKind, message};
use crate::store;
use crate::store::issue::Issue;

/// Hands an issue in, with a word to the approver, which may be empty. An issue that the schedule put
/// in review may be handed in too: the word and whose it is are kept.
pub async fn hand_in(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    word: &str,
) -> Result<Issue, IssueError> {
    let word = if word.trim().is_empty() {
        None
    } else {
        Some(message(word)?)
    };
    let mut op = app.begin(actor, Action::IssueHandIn).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let (to, at) = (IssueState::InReview, op.at());
    let is_open = issue.frozen_at.is_none() && issue.state != IssueState::Approved;
    let moved = match issue.state {
        IssueState::InReview => true,
        state if is_open && state.may_become(to) => {
            store::issue::set_state(op.tx(), issue.id, state, to, None, at).await?
        }
        _ => false,
    };
    if !moved {
        return Err(IssueError::State {
            issue: name.clone(),
            state: issue.state,
            to,
        });
    }
    let kind = StepKind::HandedIn;
    step(&mut op, issue.id, kind, word.as_deref(), None).await?;
    if let Some(staff) = actor.staff_row() {
        let kind = Contribution::HandedIn;
        store::issue_contents::contribute(op.tx(), issue.id, staff, kind, at).await?;
    }
    mails::asked(&mut op, &issue, name, word.as_deref()).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    op.record(subject, Some(issue.state.as_str()), Some(to.as_str()));
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(issue)
}
