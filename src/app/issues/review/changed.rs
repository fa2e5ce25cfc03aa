//! What a change in the newsroom does to an approval: what was approved is what is sent, so the
//! approval does not count any more (decision 0025).

use super::step;
use crate::app::issues::error::IssueError;
use crate::app::issues::name;
use crate::app::{App, Operation, reasons};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::IssueState;
use crate::domain::reason::Reason;
use crate::domain::review::{Change, StepKind};
use crate::store;
use crate::store::issue::Issue;
use templates::Locale;

/// Call this in the operation that changes what an issue says, before the change: it takes the issue
/// for the transaction, so no approval comes in between. An approved issue becomes a draft again, with
/// the reason. Returns whether it did.
///
/// A draft and an issue in review stay as they are: nothing was approved yet, and an approval names
/// what the approver has seen ([`super::super::ApprovalTerms::seen`]).
pub async fn changed(
    app: &App,
    op: &mut Operation,
    issue: &Issue,
    change: Change,
) -> Result<bool, IssueError> {
    let issue = store::issue::lock(op.tx(), issue.id).await?;
    let Some(issue) = issue.filter(|issue| issue.state == IssueState::Approved) else {
        return Ok(false);
    };
    let issue = &issue;
    let (from, to, at) = (IssueState::Approved, IssueState::Draft, op.at());
    let name = name(op.tx(), issue).await?;
    let reason = Reason::ChangedAfterApproval { change };
    if !store::issue::set_state(op.tx(), issue.id, from, to, Some(&reason), at).await? {
        // It is being sent: what was approved goes out.
        return Ok(false);
    }
    let send_at = issue
        .send_at
        .filter(|send_at| Some(*send_at) != issue.send_not_before);
    store::issue::set_times(op.tx(), issue.id, send_at, None).await?;
    let stored = reason.to_stored();
    let kind = StepKind::Invalidated;
    step(op, issue.id, kind, Some(&stored), None).await?;
    let sentence = reasons::sentence(&reason, Locale::En);
    op.record_as(
        Action::IssueInvalidate,
        Subject::issue(&name.newsletter, name.number),
        Some(from.as_str()),
        Some(&format!("{to}: {sentence}")),
    )?;
    super::mails::invalidated(app, op, issue, &name).await?;
    Ok(true)
}

/// The same for every issue that carries an entry. Returns how many approvals do not count any more.
pub async fn entry_changed(
    app: &App,
    op: &mut Operation,
    entry: i64,
    change: &Change,
) -> Result<usize, IssueError> {
    let mut invalidated = 0;
    for issue in store::issue::lock_with(op.tx(), entry).await? {
        let Some(issue) = store::issue::by_id(op.tx(), issue).await? else {
            continue;
        };
        let done = changed(app, op, &issue, change.clone()).await?;
        invalidated += usize::from(done);
    }
    Ok(invalidated)
}
