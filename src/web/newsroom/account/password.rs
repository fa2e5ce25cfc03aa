//! Changing one's own password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::access_link::AccessProblem;
use zeroize::Zeroizing;

use super::{ACCOUNT, Shown, render};
use crate::app::staff::{self, PasswordChange, StaffError};
use crate::web::newsroom::{Staff, StaffForm, cookie, person};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let current = Zeroizing::new(form.one("current")?.to_owned());
    let new = Zeroizing::new(form.one("password")?.to_owned());
    let changed = staff::change_password(&state.app, &who.session, current, &new).await;
    let problem = match changed {
        Ok(PasswordChange::Changed(opened)) => {
            let answer = see_other(format!("{ACCOUNT}?done=password"));
            return Ok(cookie::with(answer, &opened, &state));
        }
        Ok(PasswordChange::Wrong) => AccessProblem::CurrentPassword,
        Ok(PasswordChange::Wait(until)) => {
            let seconds = until.since(state.app.clock.now()).as_secs().max(1);
            return Err(Failure::TooOften(seconds));
        }
        Err(StaffError::Password(problem)) => person::problem(problem),
        Err(error) => return Err(error.into()),
    };
    let shown = Shown {
        problems: vec![problem],
        ..Shown::default()
    };
    let page = render(&state, &who, shown).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
