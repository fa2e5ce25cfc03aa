//! Taking an approval back, within a minute.

use super::deputies::acting;
use super::step;
use crate::app::issues::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::review::StepKind;
use crate::store;
use crate::store::issue::Issue;

/// Takes the approval of an issue back: it is in review again. Only whoever approved it may do so, and
/// only until [`Issue::send_not_before`], before which nothing is sent.
pub async fn take_back(app: &App, actor: &Actor, name: &IssueName) -> Result<Issue, IssueError> {
    let (actor, on_behalf) = acting(app, actor).await?;
    let mut op = app.begin(&actor, Action::IssueTakeBack).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let (from, to, at) = (IssueState::Approved, IssueState::InReview, op.at());
    let too_late = || IssueError::TooLate {
        issue: name.clone(),
        state: issue.state,
    };
    let Some(until) = issue.send_not_before.filter(|_| issue.state == from) else {
        return Err(too_late());
    };
    if at >= until {
        return Err(too_late());
    }
    let steps = store::review_step::of_issue(op.tx(), issue.id, 1).await?;
    let is_theirs = steps.first().is_some_and(|last| {
        last.kind == StepKind::Approved
            && (last.actor.as_str(), &last.actor_name) == (actor.kind(), &actor.name())
    });
    if !is_theirs {
        return Err(IssueError::NotTheirs {
            issue: name.clone(),
        });
    }
    if !store::issue::set_state(op.tx(), issue.id, from, to, None, at).await? {
        return Err(too_late());
    }
    store::issue::set_times(op.tx(), issue.id, issue.chosen_time(), None).await?;
    let kind = StepKind::TakenBack;
    step(&mut op, issue.id, kind, None, on_behalf.as_deref()).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    op.record(subject, Some(from.as_str()), Some(to.as_str()));
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(issue)
}
