//! Disabling and enabling a user, resetting the second factor, sending an invitation again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::LIST;
use super::user::{Shown, find, render};
use crate::app::staff::{self, StaffError};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    Path((uuid, action)): Path<(String, String)>,
    _: StaffForm,
) -> Result<Response, Failure> {
    let user = find(&state, &uuid).await?;
    let (app, actor) = (&state.app, who.actor());
    let done = match action.as_str() {
        "disable" => staff::disable(app, &actor, &user).await,
        "enable" => staff::enable(app, &actor, &user).await,
        "reset" => staff::reset_second_factor(app, &actor, &user).await,
        "invite" => {
            let by = Some(who.user.name.clone());
            let sent = staff::invite_again(app, &actor, &user, by).await;
            state.wake.notify_one();
            sent
        }
        _ => return Err(Failure::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other(format!("{LIST}/{uuid}?done={action}"))),
        // Somebody else was faster: the page shows how it is now.
        Err(StaffError::NotInvited) => Ok(see_other(format!("{LIST}/{uuid}"))),
        Err(StaffError::LastAdministrator) => {
            let shown = Shown {
                is_last_administrator: true,
                ..Shown::default()
            };
            let page = render(&state, &who, &user, shown).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
