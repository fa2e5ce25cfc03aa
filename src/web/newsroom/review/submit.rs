//! The steps of a review.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::review::approve::{Done, Typed, Wrong};

use super::approve::{self, Shown};
use crate::app::issues::{self, ApprovalTerms, IssueError, review};
use crate::app::reasons;
use crate::domain::review::InvalidMessage;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (app, actor, name) = (&state.app, &staff.actor(), &path.name);
    // The same answer as for a page that is not there.
    path.read(&mut app.read().await?).await?;
    let field = |name: &str| form.all(name).next().unwrap_or_default().to_owned();
    let typed = Typed {
        note: field("note"),
        reason: field("reason"),
        ..Typed::default()
    };
    let (done, result) = match form.one("step")? {
        "hand-in" => {
            let result = review::hand_in(app, actor, name, &typed.note).await;
            (Done::HandedIn, result.map(|_| ()))
        }
        "approve" if field("sure") != "yes" => {
            return wrong(&state, &staff, &path, typed, Wrong::NotSure).await;
        }
        "approve" => {
            let terms = ApprovalTerms {
                seen: Some(field("seen")),
                send_at: None,
                take_back: Some(app.config.newsroom.take_back),
                ..ApprovalTerms::default()
            };
            let result = issues::approve(app, actor, name, &terms).await;
            (Done::Approved, result.map(|_| ()))
        }
        "return" => {
            let result = review::return_for_edit(app, actor, name, &typed.reason).await;
            (Done::Returned, result.map(|_| ()))
        }
        "reject" => {
            let result = review::reject(app, actor, name, &typed.reason).await;
            (Done::Rejected, result.map(|_| ()))
        }
        "take-back" => {
            let result = review::take_back(app, actor, name).await;
            (Done::TakenBack, result.map(|_| ()))
        }
        _ => return Err(Failure::Unprocessable),
    };
    match result {
        Ok(()) => {
            let url = approve::url(&path);
            Ok(see_other(staff.reader.link(&url, [("done", code(done))])))
        }
        // The right has ended while something was typed, a deputy's for example: that is shown again.
        Err(IssueError::Operation(crate::app::Error::Forbidden { .. }))
            if typed != Typed::default() =>
        {
            wrong(&state, &staff, &path, typed, Wrong::Forbidden).await
        }
        Err(error) => {
            let why = why(&staff, done, error)?;
            wrong(&state, &staff, &path, typed, why).await
        }
    }
}

/// The page again, with what was typed.
async fn wrong(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    typed: Typed,
    wrong: Wrong,
) -> Result<Response, Failure> {
    let status = match wrong {
        Wrong::Changed | Wrong::State | Wrong::Late => StatusCode::CONFLICT,
        Wrong::Forbidden => StatusCode::FORBIDDEN,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = Shown {
        typed,
        wrong: Some(wrong),
        ..Shown::default()
    };
    let page = approve::render(state, staff, path, shown).await?;
    let (headers, page) = page;
    Ok((status, headers, page).into_response())
}

/// Why a step was not taken, for the page.
fn why(staff: &Staff, step: Done, error: IssueError) -> Result<Wrong, Failure> {
    let is_note = step == Done::HandedIn;
    Ok(match error {
        IssueError::Message(InvalidMessage::Empty) => Wrong::NoReason,
        IssueError::Message(InvalidMessage::TooLong) if is_note => Wrong::NoteTooLong,
        IssueError::Message(InvalidMessage::TooLong) => Wrong::ReasonTooLong,
        IssueError::NotAsSeen { .. } => Wrong::Changed,
        // The page says which part it was.
        IssueError::State { .. }
        | IssueError::Raced { .. }
        | IssueError::FourEyes { .. }
        | IssueError::NotTheirs { .. } => Wrong::State,
        IssueError::TooLate { .. } => Wrong::Late,
        IssueError::NotApproved(error) => {
            Wrong::Refused(reasons::sentence(&error.reason(), staff.locale()))
        }
        IssueError::Operation(error) => return Err(error.into()),
        error => {
            tracing::error!(%error, "a step of a review failed");
            return Err(Failure::Internal);
        }
    })
}

const CODES: [(&str, Done); 7] = [
    ("handed-in", Done::HandedIn),
    ("approved", Done::Approved),
    ("returned", Done::Returned),
    ("rejected", Done::Rejected),
    ("taken-back", Done::TakenBack),
    ("accepted", Done::Accepted),
    ("unaccepted", Done::Unaccepted),
];

fn code(done: Done) -> &'static str {
    let found = CODES.iter().find(|(_, one)| *one == done);
    found.map_or("", |(code, _)| code)
}

/// What a page says was done, by the code in its query.
pub(super) fn done(code: &str) -> Option<Done> {
    let found = CODES.iter().find(|(one, _)| *one == code);
    found.map(|(_, done)| *done)
}
