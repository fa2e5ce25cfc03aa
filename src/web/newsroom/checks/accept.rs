//! Accepting a finding as it is, or not any more.

use axum::extract::State;
use axum::response::Response;

use super::run::failure;
use crate::app;
use crate::app::issues::{IssueError, checks};
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (app, actor, key) = (&state.app, staff.actor(), form.one("finding")?);
    let outcome = match form.one("what")? {
        "accept" => {
            let reason = form.one("reason")?;
            let accepted = checks::accept(app, &actor, &path.name, key, reason).await;
            accepted.map(|_| "accepted")
        }
        "unaccept" => {
            let done = checks::unaccept(app, &actor, &path.name, key).await;
            done.map(|()| "unaccepted")
        }
        _ => return Err(Failure::Unprocessable),
    };
    let answer = match outcome {
        Ok(done) => ("done", done),
        Err(IssueError::NoReason) => ("problem", "reason"),
        Err(IssueError::NoSuchFinding { .. } | IssueError::Final { .. }) => ("problem", "changed"),
        Err(
            IssueError::NotAcceptable { .. } | IssueError::Operation(app::Error::Forbidden { .. }),
        ) => ("problem", "approver"),
        Err(error) => return Err(failure(error)),
    };
    // Back to the page with the form; the approver decides there.
    let page = match form.all("back").next() {
        Some("approve") => format!("{}/approve", path.url()),
        _ => format!("{}/checks", path.url()),
    };
    Ok(see_other(staff.reader.link(&page, [answer])))
}
