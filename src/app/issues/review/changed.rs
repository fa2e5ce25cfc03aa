//! What a change in the newsroom does to an approval: what was approved is what is sent, so the
//! approval does not count any more (decision 0025).

use super::{mails, step};
use crate::app::issues::name;
use crate::app::{Actor, Error, Operation};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::IssueState;
use crate::domain::reason::Reason;
use crate::domain::review::{Change, StepKind};
use crate::store;
use crate::store::entry::Entry;
use crate::store::issue::Issue;

/// Call this in the operation that changes what an issue says, before the change: it takes the issue
/// for the transaction, so no approval comes in between. An approved issue becomes a draft again, with
/// the reason; so does one in review, which whoever changes it hands in when they are done. Returns
/// whether it did.
pub async fn changed(op: &mut Operation, issue: &Issue, change: Change) -> Result<bool, Error> {
    match store::issue::lock(op.tx(), issue.id).await? {
        Some(issue) if issue.state == IssueState::Approved => {
            let reason = Reason::ChangedAfterApproval { change };
            draft_again(op, &issue, Some(reason)).await
        }
        Some(issue) if issue.state == IssueState::InReview => draft_again(op, &issue, None).await,
        _ => Ok(false),
    }
}

/// Call this in the operation that changes an entry; `change` takes its title. The approved issues that carry
/// it become drafts again, if a user of the newsroom changes it: operators and jobs change nothing that is
/// approved. Issues in review stay there, because an approval names what the approver has seen
/// ([`ApprovalTerms::seen`](super::super::ApprovalTerms::seen)). Returns how many approvals do not count
/// any more.
pub async fn entry_changed(
    op: &mut Operation,
    entry: &Entry,
    change: impl FnOnce(String) -> Change,
) -> Result<usize, Error> {
    let mut invalidated = 0;
    if !matches!(op.actor(), Actor::User { .. }) {
        return Ok(0);
    }
    let text = entry.content.texts.get(&entry.content.original);
    let title = text.map(|text| text.title.clone()).unwrap_or_default();
    let change = change(title);
    for row in store::issue::lock_with(op.tx(), entry.id).await? {
        let issue = store::issue::by_id(op.tx(), row).await?;
        let Some(issue) = issue.filter(|issue| issue.state == IssueState::Approved) else {
            continue;
        };
        let reason = Reason::ChangedAfterApproval {
            change: change.clone(),
        };
        let done = draft_again(op, &issue, Some(reason)).await?;
        invalidated += usize::from(done);
    }
    Ok(invalidated)
}

/// Makes a draft of an issue that this transaction has taken.
async fn draft_again(
    op: &mut Operation,
    issue: &Issue,
    reason: Option<Reason>,
) -> Result<bool, Error> {
    let (from, to, at) = (issue.state, IssueState::Draft, op.at());
    let name = name(op.tx(), issue).await?;
    if !store::issue::set_state(op.tx(), issue.id, from, to, reason.as_ref(), at).await? {
        return Ok(false);
    }
    store::issue::set_times(op.tx(), issue.id, issue.chosen_time(), None).await?;
    let stored = reason.as_ref().map(Reason::to_stored);
    let kind = StepKind::Invalidated;
    step(op, issue.id, kind, stored.as_deref(), None).await?;
    let after = reason.as_ref().map_or_else(
        || to.to_string(),
        |reason| format!("{to}: {}", reason.to_log()),
    );
    op.record_as(
        Action::IssueInvalidate,
        Subject::issue(&name.newsletter, name.number),
        Some(from.as_str()),
        Some(&after),
    )?;
    if let Some(Reason::ChangedAfterApproval { change }) = &reason {
        mails::invalidated(op, issue, &name, change).await?;
    }
    tracing::info!(issue = %name, "an issue is a draft again: it was changed");
    Ok(true)
}
