//! What a change of the contents does to an issue that was handed in or approved.

use super::EditError;
use crate::app::Operation;
use crate::domain::issue::{ContentChange, IssueName, IssueState};
use crate::store;
use crate::store::issue::Issue;

/// Voids what was decided about an issue: one that was approved, or shown to an approver, is a draft
/// again. Called once by each operation that changes its contents, in its transaction; `issue` is as
/// it was before.
pub(super) async fn changed(
    op: &mut Operation,
    name: &IssueName,
    issue: &Issue,
    change: ContentChange,
) -> Result<(), EditError> {
    if !matches!(issue.state, IssueState::Approved | IssueState::InReview) {
        return Ok(());
    }
    let (draft, at) = (IssueState::Draft, op.at());
    if store::issue::set_state(op.tx(), issue.id, issue.state, draft, None, at).await? {
        tracing::info!(issue = %name, %change, "an issue is a draft again: it was changed");
        return Ok(());
    }
    Err(EditError::Conflict {
        issue: name.clone(),
    })
}
