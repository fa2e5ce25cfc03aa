//! Ending one's own sessions.

use axum::extract::State;
use axum::response::Response;

use super::ACCOUNT;
use crate::app::staff;
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    match form.one("session")? {
        "others" => {
            staff::end_other_sessions(&state.app, &who.session).await?;
        }
        uuid => {
            if !staff::end_session(&state.app, &who.session, uuid).await? {
                return Err(Failure::NotFound);
            }
        }
    }
    Ok(see_other(format!("{ACCOUNT}?done=sessions")))
}
