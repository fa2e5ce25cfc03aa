//! Logging in: the page, the form, and what is shown in place of a page that needs a session.

pub(super) mod agent;
pub(in crate::web::newsroom) mod ask;
pub(in crate::web::newsroom) mod client;
mod code;
pub(in crate::web::newsroom) mod kept;
mod link;

use axum::extract::{Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use chrono::NaiveDateTime;
use maud::Markup;
use templates::pages::newsroom::login::{LoginProblem, LoginView, Onward, page};
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::desk::newsroom_site;
use super::{DoorForm, cookie, staff as forms};
use crate::app::staff::{self, LogIn, Opened};
use crate::domain::address::Address;
use crate::domain::timestamp::Timestamp;
use crate::store::staff_session::Step;
use crate::web::{Failure, Form, Reader, Routes, WebState, see_other};
use client::Client;

const PATH: &str = "/newsroom/login";

pub(super) fn routes() -> Routes {
    Routes::new()
        .door(PATH, get(show).post(submit))
        .door(code::CODE, get(code::show).post(code::submit))
        .door(ask::LINK, get(ask::show_login).post(ask::submit_login))
        .door(
            ask::PASSWORD,
            get(ask::show_password).post(ask::submit_password),
        )
        .door(link::ROUTE, get(link::show).post(link::submit))
}

async fn show(State(state): State<WebState>, reader: Reader, uri: Uri) -> Markup {
    let onward = Onward {
        next: query(&uri, "next"),
        kept: None,
    };
    login_page(&state, &reader, onward, String::new(), None)
}

async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    client: Client,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    let typed = form.one("email")?.trim().to_owned();
    let password = Zeroizing::new(form.one("password")?.to_owned());
    let onward = onward(&form)?;
    let came_to = match Address::parse(&typed) {
        Ok(email) => staff::log_in(&state.app, &email, password, client.from()).await?,
        Err(_) => LogIn::Wrong,
    };
    let problem = match came_to {
        LogIn::Opened(opened) => return Ok(arrive(&state, &reader, &opened, &onward)),
        LogIn::Wrong => LoginProblem::Wrong,
        LogIn::Wait(until) => LoginProblem::Wait(local_time(&state, until)),
    };
    let reader = reader.without_switcher();
    let page = login_page(&state, &reader, onward, typed, Some(problem));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Where a form on the way in leads.
pub(super) fn onward(form: &Form) -> Result<Onward, Failure> {
    let kept = match (form.one("kept-path")?, form.one("kept-body")?) {
        ("", _) => None,
        (path, body) => Some((path.to_owned(), body.to_owned())),
    };
    Ok(Onward {
        next: form.one("next")?.to_owned(),
        kept,
    })
}

/// Gives the browser its session and leads on: to the second step where one is missing, to the form
/// that was kept, or to the page that was wanted.
fn arrive(state: &WebState, reader: &Reader, opened: &Opened, onward: &Onward) -> Response {
    let mut answer = match (&onward.kept, opened.step) {
        (None, Step::SecondFactor) => {
            see_other(reader.link(code::CODE, [("next", within(&onward.next))]))
        }
        (Some(_), Step::SecondFactor) => {
            code::code_page(state, &reader.without_switcher(), onward.clone(), None).into_response()
        }
        (Some((path, body)), Step::Open) => {
            let csrf = state.keyring.session_form_token(&opened.uuid);
            kept::page(state, reader, csrf, (path, body), false).into_response()
        }
        (None, Step::Open) => see_other(within(&onward.next)),
    };
    if let Some(cookie) = cookie::set(&opened.token, state) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

/// An instant on the wall clock of the newsroom.
pub(super) fn local_time(state: &WebState, at: Timestamp) -> NaiveDateTime {
    at.in_zone(state.app.config.newsroom.zone).naive_local()
}

/// What somebody without a session gets in place of a page of the newsroom: the way to the login
/// page and back, or after a form the login page that keeps it.
pub(super) async fn instead_of(state: &WebState, request: Request, reads: bool) -> Response {
    let path = request.uri().path().to_owned();
    let reader = Reader::of(
        request.method(),
        request.uri(),
        request.headers(),
        &state.app.config.languages,
    );
    if reads {
        let here = request
            .uri()
            .path_and_query()
            .map_or(path, ToString::to_string);
        return see_other(reader.link(PATH, [("next", here.as_str())]));
    }
    let kept = forms::kept(request).await.map(|body| (path, body));
    let onward = Onward {
        next: String::new(),
        kept,
    };
    let page = login_page(
        state,
        &reader.without_switcher(),
        onward,
        String::new(),
        None,
    );
    (StatusCode::UNAUTHORIZED, page).into_response()
}

/// Where somebody goes whose session still lacks the second factor.
pub(super) fn second_step(request: &Request) -> String {
    let here = request.uri().path_and_query();
    let here = here.map(ToString::to_string).unwrap_or_default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", within(&here));
    format!("{}?{}", code::CODE, query.finish())
}

fn login_page(
    state: &WebState,
    reader: &Reader,
    onward: Onward,
    email: String,
    problem: Option<LoginProblem>,
) -> Markup {
    let view = LoginView {
        action: reader.path(PATH),
        email,
        onward,
        problem,
        link_url: reader.path(ask::LINK),
        password_url: reader.path(ask::PASSWORD),
    };
    page(&newsroom_site(state, reader), &view)
}

/// A path of the newsroom; anything else leads to its start page. No link may send somebody who has
/// just logged in to another site.
pub(super) fn within(path: &str) -> &str {
    let is_ours =
        path == super::HOME || path.starts_with("/newsroom/") || path.starts_with("/newsroom?");
    let is_clean = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_ours && is_clean {
        path
    } else {
        super::HOME
    }
}

/// A parameter of the query; empty if it is missing.
pub(super) fn query(uri: &Uri, name: &str) -> String {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut values = pairs.filter(|(key, _)| key == name);
    values
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
