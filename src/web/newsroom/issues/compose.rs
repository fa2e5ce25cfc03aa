//! Composing an issue by hand.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{list, path};
use crate::app::issues::{self, IssueError};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let newsletter = form.one("newsletter")?;
    match issues::compose(&state.app, &staff.actor(), newsletter).await {
        Ok(composed) => {
            let url = path::url(&composed.issue);
            Ok(see_other(staff.reader.link(&url, [("done", "composed")])))
        }
        Err(IssueError::NothingToTell { .. }) => {
            let page = list::render(&state, &staff, &form, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(failure(error)),
    }
}

/// What a failed operation on an issue is to the page.
pub(super) fn failure(error: IssueError) -> Failure {
    match error {
        IssueError::Unknown(_) => Failure::NotFound,
        IssueError::Operation(error) => error.into(),
        other => {
            tracing::error!(error = %other, "a page of an issue could not be served");
            Failure::Internal
        }
    }
}
