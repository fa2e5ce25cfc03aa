//! Holding: something is wrong, and a person decides.

use super::error::IssueError;
use super::name;
use crate::app::{Actor, App, Operation};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::reason::Reason;
use crate::store;
use crate::store::issue::Issue;

/// Holds an issue for a person to decide. Returns false where it has left the state of `issue`
/// meanwhile.
pub async fn hold(
    app: &App,
    actor: &Actor,
    issue: &Issue,
    reason: &Reason,
) -> Result<bool, IssueError> {
    let mut op = app.begin(actor, Action::IssueHold).await?;
    let name = name(op.tx(), issue).await?;
    let held = hold_within(&mut op, &name, issue, reason).await?;
    op.commit().await?;
    Ok(held)
}

/// Holds an issue as a part of another operation.
pub(super) async fn hold_within(
    op: &mut Operation,
    name: &IssueName,
    issue: &Issue,
    reason: &Reason,
) -> Result<bool, IssueError> {
    let (to, at) = (IssueState::Held, op.at());
    let held =
        store::issue::set_state(op.tx(), issue.id, issue.state, to, Some(reason), at).await?;
    if held {
        op.record_as(
            Action::IssueHold,
            Subject::issue(&name.newsletter, name.number),
            Some(issue.state.as_str()),
            Some(&format!("{to}: {}", reason.to_log())),
        )?;
        tracing::warn!(issue = %name, %reason, "an issue is held");
    }
    Ok(held)
}
