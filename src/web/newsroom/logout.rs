//! Logging out.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::Response;

use super::{Staff, StaffForm, cookie};
use crate::app::staff;
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    _: StaffForm,
) -> Result<Response, Failure> {
    staff::end(&state.app, &who.session).await?;
    let mut answer = see_other("/newsroom/login");
    if let Some(cookie) = cookie::remove(&state) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(answer)
}
