//! The sending of an issue: watched, stopped and resumed, reported, and sent again.

mod control;
mod events;
pub(super) mod figures;
mod find;
mod retry;
mod show;
mod watchers;

use axum::response::Response;
use axum::routing::get;
use templates::pages::newsroom::issues::head::HeadAction;
use templates::pages::newsroom::sending::ask::Question;

pub(in crate::web) use watchers::Watchers;

use super::Staff;
use super::issues::path::IssuePath;
use crate::app::issues::IssueError;
use crate::domain::issue::IssueState;
use crate::domain::user::Right::{Approve, Control, See};
use crate::store::issue::Issue;
use crate::web::{Failure, Routes, see_other};

/// The pages about sending.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending",
            See,
            get(show::show),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/events",
            See,
            get(events::show),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/pause",
            Control,
            get(control::pause).post(control::submit_pause),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/resume",
            Control,
            get(control::resume).post(control::submit_resume),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/cancel",
            Approve,
            get(control::cancel).post(control::submit_cancel),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/retry",
            Approve,
            get(retry::show).post(retry::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/sending/find",
            Control,
            get(find::show).post(find::submit),
        )
}

/// What this user can do about the sending of an issue, whose page is at `url`.
pub(super) fn actions(staff: &Staff, issue: &Issue, url: &str) -> Vec<HeadAction> {
    use IssueState::{Approved, Draft, Held, InReview, Paused, Sending};
    let stops = issue.state == Sending;
    let resumes = issue.state == Paused || (issue.state == Held && issue.frozen_at.is_some());
    let ends = matches!(
        issue.state,
        Draft | InReview | Approved | Sending | Paused | Held
    );
    let all = [
        (Question::Pause, "pause", Control, stops),
        (Question::Resume, "resume", Control, resumes),
        (Question::Cancel, "cancel", Approve, ends),
    ];
    let there = all
        .into_iter()
        .filter(|(_, _, right, is_there)| *is_there && staff.may(*right));
    there
        .map(|(question, path, _, _)| HeadAction {
            url: staff.reader.path(&format!("{url}/sending/{path}")),
            name: question.link(staff.locale()),
            is_next: question == Question::Resume,
        })
        .collect()
}

/// The page of the issue in `path`.
fn url(path: &IssuePath) -> String {
    format!("{}/sending", path.url())
}

/// Back to the page, which says what was done.
fn done(staff: &Staff, path: &IssuePath, done: &str) -> Response {
    see_other(staff.reader.link(&url(path), [("done", done)]))
}

/// What follows an operation that was not carried out: the page says that somebody else has moved the
/// issue on, or the request fails.
fn refused(staff: &Staff, path: &IssuePath, error: IssueError) -> Result<Response, Failure> {
    match error {
        IssueError::Unknown(_) => Err(Failure::NotFound),
        IssueError::State { .. }
        | IssueError::Final { .. }
        | IssueError::Raced { .. }
        | IssueError::NotSentYet { .. } => Ok(done(staff, path, "moved")),
        IssueError::Operation(error) => Err(error.into()),
        other => {
            tracing::error!(error = %other, "the sending of an issue could not be changed");
            Err(Failure::Internal)
        }
    }
}
