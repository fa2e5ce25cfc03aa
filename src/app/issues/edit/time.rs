//! When an issue goes out. The time is a part of what is approved: the approver says “on Thursday at 7:00”, and
//! the mail tells its date.

use chrono::NaiveDateTime;

use super::{Edit, EditError};
use crate::app::issues::error::IssueError;
use crate::app::issues::review;
use crate::app::{Actor, App, Operation};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::review::Change;
use crate::domain::send_time;
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::issue::Issue;

/// The time that is chosen for an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTime {
    /// When; none: as soon as it is approved.
    pub at: Option<Timestamp>,
    /// The time that was shown when it was chosen ([`Issue::chosen_time`]).
    pub seen: Option<Timestamp>,
    /// Whether it goes out then although events in it are over.
    pub although_over: bool,
}

/// Sets when an issue goes out that is not on its way yet; its slot in the schedule stays its own. Returns false
/// where it has this time already. Refused where somebody else has set another one since.
pub async fn set_time(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    new: NewTime,
) -> Result<bool, EditError> {
    let mut edit = Edit::begin(app, actor, Action::IssueSetTime, name, None).await?;
    let was = edit.issue.chosen_time();
    if was == new.at {
        return Ok(false);
    }
    if was != new.seen {
        return Err(EditError::Overwritten);
    }
    if let Some(at) = new.at {
        check(&edit.op, &edit.newsletter, name, at)?;
        if !new.although_over {
            let over = over(&mut edit.op, edit.issue.id, at).await?;
            if !over.is_empty() {
                return Err(EditError::EventsOver(over));
            }
        }
    }
    let mut op = edit.op;
    review::changed(&mut op, &edit.issue, Change::Time).await?;
    store::issue::set_times(op.tx(), edit.issue.id, new.at, None).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    op.record(subject, Some(&said(was)), Some(&said(new.at)));
    op.commit().await?;
    Ok(true)
}

/// Sets when an issue goes out that is approved in the same operation: the time by the wall clock of its
/// newsletter. Returns the issue as it is then.
pub(in crate::app::issues) async fn retime(
    op: &mut Operation,
    (newsletter, name, issue): (&Newsletter, &IssueName, Issue),
    local: NaiveDateTime,
) -> Result<Issue, IssueError> {
    let bad = |bad| IssueError::Time {
        issue: name.clone(),
        bad,
    };
    let (at, _) = send_time::instant(local, newsletter.settings.zone).map_err(bad)?;
    check(op, newsletter, name, at)?;
    let was = issue.chosen_time();
    if was == Some(at) {
        return Ok(issue);
    }
    store::issue::set_times(op.tx(), issue.id, Some(at), None).await?;
    let subject = Subject::issue(&name.newsletter, name.number);
    let (before, after) = (said(was), said(Some(at)));
    op.record_as(Action::IssueSetTime, subject, Some(&before), Some(&after))?;
    Ok(Issue {
        send_at: Some(at),
        send_not_before: None,
        ..issue
    })
}

fn check(
    op: &Operation,
    newsletter: &Newsletter,
    name: &IssueName,
    at: Timestamp,
) -> Result<(), IssueError> {
    send_time::check(&newsletter.settings, at, op.at()).map_err(|bad| IssueError::Time {
        issue: name.clone(),
        bad,
    })
}

/// The events of an issue that are over at this time.
async fn over(
    op: &mut Operation,
    issue: i64,
    at: Timestamp,
) -> Result<Vec<String>, store::StoreError> {
    let entries = store::entry::of_issue(op.tx(), issue).await?;
    let over = entries.into_iter().map(|entry| entry.content);
    let over = over.filter(|content| content.when.as_ref().is_some_and(|when| when.is_over(at)));
    Ok(over
        .map(|mut content| {
            let text = content.texts.remove(&content.original);
            text.unwrap_or_default().title
        })
        .collect())
}

/// A time as the audit log has it.
fn said(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "when approved".to_owned(), |at| at.to_string())
}
