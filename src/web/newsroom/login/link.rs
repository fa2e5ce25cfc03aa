//! The page behind a link in a mail. GET changes nothing: mail scanners open every link.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::access_link::{AccessLink, AccessLinkView, AccessProblem, page};
use templates::pages::newsroom::login::Onward;

use super::client::Client;
use super::{arrive, ask};
use crate::app::staff::{self, Found, LinkToken, NewUser, Opened, StaffError};
use crate::domain::user::{Role, Roles};
use crate::store::staff_link::LinkPurpose;
use crate::web::newsroom::desk::newsroom_site;
use crate::web::newsroom::person::{self, Typed};
use crate::web::newsroom::{DoorForm, HOME};
use crate::web::{Failure, Form, Reader, WebState};

pub(super) const ROUTE: &str = "/newsroom/link/{token}";

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let Some(found) = find(&state, &token).await? else {
        return Ok(gone(&state, &reader));
    };
    let link = link(&reader, &found, ("", ""));
    Ok(link_page(&state, &reader, &token, link, Vec::new()).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    client: Client,
    Path(token): Path<String>,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    let reader = reader.without_switcher();
    let Some(found) = find(&state, &token).await? else {
        return Ok(gone(&state, &reader));
    };
    let Ok(secret) = LinkToken::parse(&token) else {
        return Ok(gone(&state, &reader));
    };
    match follow(&state, &reader, &secret, &found, &form, &client.agent).await? {
        Ok(Some(opened)) => {
            let onward = Onward {
                next: HOME.to_owned(),
                kept: None,
            };
            Ok(arrive(&state, &reader, &opened, &onward))
        }
        Ok(None) => Ok(gone(&state, &reader)),
        Err(problems) => {
            let typed = (form.one("name")?, form.one("email")?);
            let link = link(&reader, &found, typed);
            let page = link_page(&state, &reader, &token, link, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

type Followed = Result<Option<Opened>, Vec<AccessProblem>>;

/// Does what the link is for.
async fn follow(
    state: &WebState,
    reader: &Reader,
    token: &LinkToken,
    found: &Found,
    form: &Form,
    agent: &str,
) -> Result<Followed, Failure> {
    let app = &state.app;
    let password = form.one("password")?;
    let opened = match found.link.purpose {
        LinkPurpose::Login => staff::log_in_by_link(app, token, agent).await,
        LinkPurpose::Invitation | LinkPurpose::Password => {
            staff::set_password_by_link(app, token, password, agent).await
        }
        LinkPurpose::FirstAdministrator => {
            let typed = Typed::read(form)?;
            let (name, email) = match typed.check() {
                Ok(checked) => checked,
                Err(problems) => return Ok(Err(problems)),
            };
            let new = NewUser {
                name,
                email,
                language: reader.language,
                roles: Roles::from_iter([Role::Administrator]),
                password: Some(password.to_owned().into()),
            };
            staff::add_first_administrator(app, token, new, agent).await
        }
    };
    match opened {
        Ok(opened) => Ok(Ok(opened)),
        Err(StaffError::Password(problem)) => Ok(Err(vec![person::problem(problem)])),
        Err(StaffError::Exists) => Ok(Err(vec![AccessProblem::EmailTaken])),
        Err(error) => Err(error.into()),
    }
}

async fn find(state: &WebState, token: &str) -> Result<Option<Found>, Failure> {
    match LinkToken::parse(token) {
        Ok(token) => Ok(staff::find(&state.app, &token).await?),
        Err(_) => Ok(None),
    }
}

fn link(reader: &Reader, found: &Found, (name, email): (&str, &str)) -> AccessLink {
    let user = found.user.as_ref();
    let own_name = user.map(|user| user.name.clone()).unwrap_or_default();
    let own_email = user.map(|user| user.email.display()).unwrap_or_default();
    match found.link.purpose {
        LinkPurpose::Login => AccessLink::Login { name: own_name },
        LinkPurpose::Password => AccessLink::Password {
            name: own_name,
            email: own_email,
        },
        LinkPurpose::Invitation => AccessLink::Invitation {
            name: own_name,
            email: own_email,
            roles: user.map_or_else(String::new, |user| {
                let roles = user.roles.iter().map(Role::as_str);
                templates::pages::newsroom::roles(reader.locale(), roles)
            }),
        },
        LinkPurpose::FirstAdministrator => AccessLink::FirstAdministrator {
            name: name.to_owned(),
            email: email.to_owned(),
        },
    }
}

fn link_page(
    state: &WebState,
    reader: &Reader,
    token: &str,
    link: AccessLink,
    problems: Vec<AccessProblem>,
) -> Markup {
    let view = AccessLinkView {
        action: reader.path(&format!("/newsroom/link/{token}")),
        link,
        problems,
        ask_url: reader.path(ask::LINK),
    };
    page(&newsroom_site(state, reader), &view)
}

/// The link does not work any more. Says the same whatever the reason.
fn gone(state: &WebState, reader: &Reader) -> Response {
    let view = AccessLinkView {
        action: String::new(),
        link: AccessLink::Gone,
        problems: Vec::new(),
        ask_url: reader.path(ask::LINK),
    };
    let page = page(&newsroom_site(state, &reader.without_switcher()), &view);
    (StatusCode::GONE, page).into_response()
}
