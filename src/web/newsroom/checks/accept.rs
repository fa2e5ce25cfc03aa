//! Accepting a finding as it is, or not any more.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::checks::Problem;
use templates::pages::newsroom::unsaved::{Unsaved, UnsavedKind};

use super::run::failure;
use super::show;
use crate::app;
use crate::app::issues::{IssueError, checks};
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::review::approve;
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
    // Back to the page with the form; the approver decides there.
    let decides = form.all("back").next() == Some("approve");
    let problem = match outcome {
        Ok(done) => return Ok(back(&staff, &path, decides, ("done", done))),
        Err(IssueError::NoReason) => {
            return Ok(back(&staff, &path, decides, ("problem", "reason")));
        }
        Err(IssueError::NoSuchFinding { .. } | IssueError::Final { .. }) => Problem::Changed,
        Err(
            IssueError::NotAcceptable { .. } | IssueError::Operation(app::Error::Forbidden { .. }),
        ) => Problem::NotApprover,
        Err(error) => return Err(failure(error)),
    };
    let typed = form.all("reason").next().unwrap_or_default().trim();
    refused(&state, &staff, &path, decides, (problem, typed)).await
}

fn back(staff: &Staff, path: &IssuePath, decides: bool, answer: (&str, &str)) -> Response {
    let page = if decides { "approve" } else { "checks" };
    let page = format!("{}/{page}", path.url());
    see_other(staff.reader.link(&page, [answer]))
}

/// The page with the reason that was typed.
async fn refused(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    decides: bool,
    (problem, typed): (Problem, &str),
) -> Result<Response, Failure> {
    if decides {
        let shown = approve::Shown::not_accepted(problem, typed);
        let (headers, page) = approve::render(state, staff, path, shown).await?;
        return Ok((StatusCode::CONFLICT, headers, page).into_response());
    }
    let typed = Some(typed).filter(|typed| !typed.is_empty());
    let unsaved = typed.map(|typed| Unsaved {
        what: UnsavedKind::Acceptance,
        language: None,
        text: typed.to_owned(),
    });
    let page = show::render(
        state,
        staff,
        path,
        Some(problem),
        unsaved.into_iter().collect(),
    )
    .await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}
