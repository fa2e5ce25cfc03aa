//! What is done with an entry at once, without a question: publishing it, handing it in, putting it first.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::{entry_of, path_of, show};
use crate::app::entries::{self, EntryError};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (uuid, what) = (form.one("entry")?, form.one("do")?);
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, uuid).await?;
    drop(conn);
    let (app, actor, names) = (&state.app, staff.actor(), &[entry.uuid][..]);
    let done = match what {
        "publish" => entries::publish(app, &actor, names).await.map(|_| ()),
        "submit" => entries::submit(app, &actor, names).await.map(|_| ()),
        "pin" => entries::pin(app, &actor, names, true).await.map(|_| ()),
        "unpin" => entries::pin(app, &actor, names, false).await.map(|_| ()),
        _ => return Err(Failure::Unprocessable),
    };
    match done {
        Ok(()) => {
            let path = staff.reader.link(&path_of(uuid), [("done", what)]);
            Ok(see_other(&path))
        }
        Err(EntryError::Operation(error)) => Err(error.into()),
        Err(EntryError::Unknown { .. }) => Err(Failure::NotFound),
        // Somebody else was faster.
        Err(_) => {
            let page = show::render(&state, &staff, uuid, None, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
