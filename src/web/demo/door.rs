//! The way into the newsroom of a demonstration, without a password.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::response::Response;
use maud::Markup;
use templates::pages::newsroom::demo_door::{DemoDoorView, DemoUser, page};

use super::DOOR;
use crate::app::staff;
use crate::domain::user::{Right, Role};
use crate::store;
use crate::store::staff_session::Step;
use crate::web::newsroom::{self, DoorForm};
use crate::web::{Failure, Reader, WebState, see_other};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Result<Markup, Failure> {
    let users = store::staff::list(&mut state.app.read().await?).await?;
    let t = reader.locale();
    let view = DemoDoorView {
        action: reader.path(DOOR),
        users: users
            .iter()
            .map(|user| DemoUser {
                value: user.uuid.clone(),
                name: user.name.clone(),
                roles: templates::pages::newsroom::roles(t, user.roles.iter().map(Role::as_str)),
                writes: user.roles.allow(Right::Write),
                approves: user.roles.allow(Right::Approve),
            })
            .collect(),
    };
    Ok(page(&newsroom::site(&state, &reader), &view))
}

pub(super) async fn submit(
    State(state): State<WebState>,
    headers: HeaderMap,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    let user = store::staff::by_uuid(&mut state.app.read().await?, form.one("user")?).await?;
    let user = user.ok_or(Failure::NotFound)?;
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let agent = newsroom::agent(agent);
    let opened = staff::open(&state.app, &user, Step::Open, &agent).await?;
    let mut answer = see_other(newsroom::HOME);
    if let Some(cookie) = newsroom::session_cookie(&opened.token, &state) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(answer)
}
