//! Keeping a filter of the list, and forgetting it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::entries::list::WrongName;

use super::filter::Query;
use super::list;
use crate::app::kept_filters::{self, KeepError};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (name, query) = (form.one("name")?, Query::parse(form.one("query")?));
    let what = form.one("do")?;
    let done = match what {
        "keep" => kept_filters::keep(&state.app, &staff.actor(), name, &query.text()).await,
        "forget" => kept_filters::forget(&state.app, &staff.actor(), name).await,
        _ => return Err(Failure::Unprocessable),
    };
    let wrong = match done {
        Ok(()) => return Ok(see_other(query.link(&staff.reader, &[("done", what)]))),
        Err(KeepError::NoName) => WrongName::Empty,
        Err(KeepError::TooMany) => WrongName::TooMany,
        Err(KeepError::NoUser) => return Err(Failure::NotAllowed),
        Err(KeepError::Operation(error)) => return Err(error.into()),
    };
    let page = list::render(&state, &staff, &query, None, Some(wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
