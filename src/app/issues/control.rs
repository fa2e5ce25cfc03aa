//! Pausing, resuming and cancelling. Mails that a connection has begun are finished by whoever sends
//! them; what was not begun waits or, if the issue is cancelled, is ended.

use std::time::Duration;

use super::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::{IssueName, IssueState};
use crate::store;
use crate::store::issue::Issue;

/// Pauses the sending of an issue.
pub async fn pause(app: &App, actor: &Actor, name: &IssueName) -> Result<Issue, IssueError> {
    change_state(app, actor, Action::IssuePause, name, IssueState::Paused).await
}

/// Resumes the sending of a paused issue, or of one that was held while it was being sent.
pub async fn resume(app: &App, actor: &Actor, name: &IssueName) -> Result<Issue, IssueError> {
    change_state(app, actor, Action::IssueResume, name, IssueState::Sending).await
}

/// Cancels an issue for good. What was sent stays sent.
pub async fn cancel(app: &App, actor: &Actor, name: &IssueName) -> Result<Issue, IssueError> {
    let issue = change_state(app, actor, Action::IssueCancel, name, IssueState::Cancelled).await?;
    cancel_rest(app, actor, issue.id).await?;
    Ok(issue)
}

/// Moves an issue to another state; one that is there already is left as it is.
async fn change_state(
    app: &App,
    actor: &Actor,
    action: Action,
    name: &IssueName,
    to: IssueState,
) -> Result<Issue, IssueError> {
    let mut op = app.begin(actor, action).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    if issue.state == to {
        return Ok(issue);
    }
    let at = op.at();
    // An issue that was held before it was sent is sent by `send`, not resumed.
    let resumable = to != IssueState::Sending || issue.frozen_at.is_some();
    let allowed = resumable && issue.state.may_become(to);
    if !allowed || !store::issue::set_state(op.tx(), issue.id, issue.state, to, None, at).await? {
        return Err(IssueError::State {
            issue: name.clone(),
            state: issue.state,
            to,
        });
    }
    if to == IssueState::Cancelled {
        store::delivery::cancel_waiting(op.tx(), issue.id, at).await?;
    }
    op.record(
        Subject::issue(&name.newsletter, name.number),
        Some(issue.state.as_str()),
        Some(to.as_str()),
    );
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    op.commit().await?;
    Ok(issue)
}

/// Ends what another process was just leasing when the issue was cancelled: those rows were locked
/// and passed over, and wait again now. None of them is started any more; workers would end them at
/// their next poll.
async fn cancel_rest(app: &App, actor: &Actor, issue: i64) -> Result<(), IssueError> {
    const ROUNDS: u32 = 20;
    const PAUSE: Duration = Duration::from_millis(25);
    for _ in 0..ROUNDS {
        let mut op = app.begin(actor, Action::IssueCancel).await?;
        let at = op.at();
        let ended = store::delivery::cancel_waiting(op.tx(), issue, at).await?;
        op.commit().await?; // no line: the issue is cancelled, this is the rest of it
        let counts = store::delivery_report::counts(&mut app.read().await?, issue).await?;
        let waiting = counts.of(DeliveryState::Queued) + counts.of(DeliveryState::Leased);
        if ended == 0 && waiting == 0 {
            break;
        }
        app.clock.sleep(PAUSE).await;
    }
    Ok(())
}
