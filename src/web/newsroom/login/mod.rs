//! Logging in: the page, the form, and what is shown in place of a page that needs a session.

pub(super) mod agent;
mod kept;

use axum::extract::{Request, State};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use maud::Markup;
use templates::pages::newsroom::login::{LoginView, page};
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::desk::newsroom_site;
use super::{DoorForm, cookie, staff as forms};
use crate::app::staff;
use crate::domain::address::Address;
use crate::web::{Failure, Reader, Routes, WebState, see_other};

const PATH: &str = "/newsroom/login";

pub(super) fn routes() -> Routes {
    Routes::new().door(PATH, get(show).post(submit))
}

async fn show(State(state): State<WebState>, reader: Reader, uri: Uri) -> Markup {
    let next = query(&uri, "next");
    login_page(&state, &reader, &shown(next))
}

async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    headers: HeaderMap,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    let typed = form.one("email")?.trim().to_owned();
    let password = Zeroizing::new(form.one("password")?.to_owned());
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let opened = match Address::parse(&typed) {
        Ok(email) => staff::log_in(&state.app, &email, password, &agent::in_words(agent)).await?,
        Err(_) => None,
    };
    let kept = match (form.one("kept-path")?, form.one("kept-body")?) {
        ("", _) => None,
        (path, body) => Some((path.to_owned(), body.to_owned())),
    };
    let Some(opened) = opened else {
        let view = LoginView {
            email: typed,
            kept,
            is_wrong: true,
            ..shown(form.one("next")?.to_owned())
        };
        let page = login_page(&state, &reader.without_switcher(), &view);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let mut answer = match kept {
        Some((path, body)) => {
            let token = &opened.token;
            kept::page(&state, &reader, token, &path, &body).into_response()
        }
        None => see_other(within(form.one("next")?)),
    };
    if let Some(cookie) = cookie::set(&opened.token, &state) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(answer)
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
    let view = LoginView {
        kept,
        ..shown(String::new())
    };
    let page = login_page(state, &reader.without_switcher(), &view);
    (StatusCode::UNAUTHORIZED, page).into_response()
}

/// Where somebody goes whose session still lacks the second factor.
pub(super) fn second_step(request: &Request) -> String {
    let here = request.uri().path_and_query();
    let here = here.map(ToString::to_string).unwrap_or_default();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", within(&here));
    format!("{PATH}?{}", query.finish())
}

fn shown(next: String) -> LoginView {
    LoginView {
        action: PATH.to_owned(),
        email: String::new(),
        next,
        kept: None,
        is_wrong: false,
    }
}

fn login_page(state: &WebState, reader: &Reader, view: &LoginView) -> Markup {
    page(&newsroom_site(state, reader), view)
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
fn query(uri: &Uri, name: &str) -> String {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut values = pairs.filter(|(key, _)| key == name);
    values
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
