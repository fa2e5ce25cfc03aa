//! The checks of all issues that wait for their approval, for the job.

use std::time::Duration;

use super::gather::{self, Count};
use super::links::try_links;
use crate::app::issues::IssueError;
use crate::app::{Actor, App};
use crate::domain::audit::Action;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::check::Occasion;
use crate::store::issue::Issue;

/// Issues that one run looks at.
const MOST_ISSUES: usize = 20;
/// Issues that were composed before are left alone.
const LATELY: Duration = Duration::from_hours(30 * 24);

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitingChecked {
    /// How many links were tried.
    pub links: usize,
    /// Of how many issues something else was found than before.
    pub issues: usize,
}

/// Checks the issues that wait for their approval, with their links. No line in the audit log: nothing of
/// an issue is changed, and it would be one each minute.
pub async fn check_waiting(
    app: &App,
    actor: &Actor,
    now: Timestamp,
) -> Result<WaitingChecked, IssueError> {
    let mut done = WaitingChecked::default();
    let mut waiting = Vec::new();
    let mut conn = app.read().await?;
    for state in [IssueState::InReview, IssueState::Draft, IssueState::Held] {
        waiting.extend(store::issue::in_state(&mut conn, state).await?);
    }
    drop(conn);
    // Old drafts may lie for years; whoever opens one sees its checks all the same.
    let since = now.minus(LATELY);
    waiting.retain(|issue| issue.frozen_at.is_none() && issue.composed_at >= since);
    waiting.sort_by_key(|issue| std::cmp::Reverse(issue.id));
    for issue in waiting.iter().take(MOST_ISSUES) {
        done.links += try_links(app, actor, issue, now).await?;
        done.issues += usize::from(refresh(app, actor, issue, now).await?);
    }
    Ok(done)
}

/// Keeps what is found in an issue now, where that is not what was found last.
async fn refresh(
    app: &App,
    actor: &Actor,
    issue: &Issue,
    now: Timestamp,
) -> Result<bool, IssueError> {
    let mut conn = app.read().await?;
    let result = gather::result(app, &mut conn, issue, None, (now, Count::Exact)).await?;
    let kept = store::check::kept(&mut conn, issue.id, Occasion::Check).await?;
    drop(conn);
    if kept.is_some_and(|kept| kept.result == result) {
        return Ok(false);
    }
    let mut op = app.begin(actor, Action::IssueCheck).await?;
    let at = op.at();
    store::check::keep(op.tx(), issue.id, Occasion::Check, &result, at).await?;
    op.commit().await?;
    Ok(true)
}
