//! Checking an issue again, with its links.

use axum::extract::State;
use axum::response::Response;

use crate::app::issues::{IssueError, checks};
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    _form: StaffForm,
) -> Result<Response, Failure> {
    match checks::check(&state.app, &staff.actor(), &path.name).await {
        Ok(_) => {
            let page = format!("{}/checks", path.url());
            Ok(see_other(staff.reader.link(&page, [("done", "checked")])))
        }
        Err(error) => Err(failure(error)),
    }
}

/// What a failed operation is to the page.
pub(super) fn failure(error: IssueError) -> Failure {
    match error {
        IssueError::Unknown(_) => Failure::NotFound,
        IssueError::Operation(error) => error.into(),
        other => {
            tracing::error!(error = %other, "the checks of an issue could not be served");
            Failure::Internal
        }
    }
}
