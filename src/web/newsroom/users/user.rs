//! The page of a user; changing the roles.

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::access_link::AccessProblem;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::user::{UserDone, UserView, page};

use super::{LIST, choices, roles, row};
use crate::app::staff::{self, StaffError};
use crate::domain::user::Roles;
use crate::store;
use crate::store::staff::StaffMember;
use crate::web::newsroom::login::query;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// What is shown beside what is stored.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) roles: Option<Roles>,
    pub(super) done: Option<UserDone>,
    pub(super) is_last_administrator: bool,
    pub(super) problems: Vec<AccessProblem>,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    uri: Uri,
) -> Result<Markup, Failure> {
    let user = find(&state, &uuid).await?;
    let done = match query(&uri, "done").as_str() {
        "changed" => Some(UserDone::Changed),
        "disable" => Some(UserDone::Disabled),
        "enable" => Some(UserDone::Enabled),
        "reset" => Some(UserDone::Reset),
        "invite" => Some(UserDone::Invited),
        _ => None,
    };
    let shown = Shown {
        done,
        ..Shown::default()
    };
    render(&state, &staff, &user, shown).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    Path(uuid): Path<String>,
    form: StaffForm,
) -> Result<Response, Failure> {
    let user = find(&state, &uuid).await?;
    let roles = roles(&form)?;
    let shown = match staff::change_roles(&state.app, &who.actor(), &user, &roles).await {
        Ok(()) => return Ok(see_other(format!("{LIST}/{uuid}?done=changed"))),
        Err(StaffError::NoRole) => Shown {
            problems: vec![AccessProblem::NoRole],
            ..Shown::default()
        },
        Err(StaffError::LastAdministrator) => Shown {
            is_last_administrator: true,
            ..Shown::default()
        },
        Err(error) => return Err(error.into()),
    };
    let shown = Shown {
        roles: Some(roles),
        ..shown
    };
    let page = render(&state, &who, &user, shown).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The user of this UUID. [`Failure::NotFound`] if there is none.
pub(super) async fn find(state: &WebState, uuid: &str) -> Result<StaffMember, Failure> {
    let mut conn = state.app.read().await?;
    let user = store::staff::by_uuid(&mut conn, uuid).await?;
    user.ok_or(Failure::NotFound)
}

pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    user: &StaffMember,
    shown: Shown,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Users).await?;
    let view = UserView {
        user: row(state, staff, user),
        users_url: staff.reader.path(LIST),
        roles: choices(&shown.roles.unwrap_or_else(|| user.roles.clone())),
        done: shown.done,
        is_last_administrator: shown.is_last_administrator,
        problems: shown.problems,
    };
    Ok(page(&desk, &view))
}
