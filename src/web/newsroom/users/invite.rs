//! Inviting somebody.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::access_link::AccessProblem;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::user_invite::{UserInviteView, page};

use super::{LIST, choices, roles};
use crate::app::staff::{self, NewUser, StaffError};
use crate::digest::site::locale;
use crate::domain::language::Language;
use crate::domain::user::{Role, Roles};
use crate::web::newsroom::person::Typed;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

pub(super) async fn show(State(state): State<WebState>, staff: Staff) -> Result<Markup, Failure> {
    let typed = Typed {
        name: String::new(),
        email: String::new(),
    };
    let language = state.app.config.languages.default;
    let roles = Roles::from_iter([Role::Editor]);
    render(&state, &staff, &typed, language, &roles, Vec::new()).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    who: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let typed = Typed::read(&form)?;
    let roles = roles(&form)?;
    let language: Language = form
        .one("language")?
        .parse()
        .map_err(|_| Failure::Unprocessable)?;
    let mut problems = Vec::new();
    if roles.is_empty() {
        problems.push(AccessProblem::NoRole);
    }
    match typed.check() {
        Err(further) => problems.splice(0..0, further).for_each(drop),
        Ok((name, email)) if problems.is_empty() => {
            let new = NewUser {
                name,
                email,
                language,
                roles: roles.clone(),
                password: None,
            };
            let by = Some(who.user.name.clone());
            match staff::invite(&state.app, &who.actor(), new, by).await {
                Ok(user) => {
                    state.wake.notify_one();
                    return Ok(see_other(format!("{LIST}?invited={}", user.uuid)));
                }
                Err(StaffError::Exists) => problems.push(AccessProblem::EmailTaken),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(_) => {}
    }
    let page = render(&state, &who, &typed, language, &roles, problems).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    state: &WebState,
    staff: &Staff,
    typed: &Typed,
    language: Language,
    roles: &Roles,
    problems: Vec<AccessProblem>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Users).await?;
    let view = UserInviteView {
        action: "/newsroom/users/invite".to_owned(),
        users_url: staff.reader.path(LIST),
        name: typed.name.clone(),
        email: typed.email.clone(),
        language: locale(language),
        roles: choices(roles),
        problems,
    };
    Ok(page(&desk, &view))
}
