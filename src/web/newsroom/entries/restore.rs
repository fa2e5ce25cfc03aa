//! Bringing an older version of an entry back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{compare, entry_of, path_of};
use crate::app::entries::{self, EntryError};
use crate::store::entry_version;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    form: StaffForm,
) -> Result<Response, Failure> {
    let number = |name| form.one(name)?.parse().map_err(|_| Failure::Unprocessable);
    let (number, latest) = (number("number")?, number("latest")?);
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, &uuid).await?;
    let now = entry_version::latest(&mut conn, entry.id).await?;
    drop(conn);
    let done = entries::restore(&state.app, &staff.actor(), &uuid, (number, latest)).await;
    match done {
        Ok(_) => {
            let path = staff.reader.link(&path_of(&uuid), [("done", "restore")]);
            Ok(see_other(&path))
        }
        Err(EntryError::Operation(error)) => Err(error.into()),
        Err(EntryError::Changed { .. }) => {
            let page = compare::render(&state, &staff, &uuid, (number, now), true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(_) => Err(Failure::NotFound),
    }
}
