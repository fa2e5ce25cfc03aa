//! Proving again who one is: what is shown in place of a page that needs it, and the form.

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use maud::Markup;
use templates::pages::newsroom::login::{LoginProblem, Onward};
use templates::pages::newsroom::login_confirm::{FirstProof, LoginConfirmView, page};
use zeroize::Zeroizing;

use super::desk::newsroom_site;
use super::login::client::Client;
use super::login::{kept, local_time, onward, query, within};
use super::{CSRF_FIELD, DoorForm, Staff, audit, cookie, staff as forms};
use crate::app::staff::{self, Confirm, Given};
use crate::domain::user::Right::See;
use crate::web::{Failure, Reader, Routes, WebState, see_other};

/// Where somebody proves who they are.
pub(super) const PATH: &str = "/newsroom/confirm";
/// Where a code is asked for.
pub(super) const CODE: &str = "/newsroom/confirm/code";

pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(PATH, See, get(show).post(submit))
        .staff(CODE, See, post(ask))
}

/// What somebody gets in place of a page: the way to the form and back, or after a form the page
/// that keeps it.
pub(super) async fn instead_of(
    state: &WebState,
    staff: &Staff,
    request: Request,
    reads: bool,
) -> Response {
    let path = request.uri().path().to_owned();
    if reads {
        let here = request.uri().path_and_query();
        let here = here.map_or(path, ToString::to_string);
        let to = staff.reader.link(PATH, [("next", here.as_str())]);
        return see_other(to);
    }
    let kept = forms::kept(request).await.map(|body| (path, body));
    let onward = Onward {
        next: String::new(),
        kept,
    };
    let reader = staff.reader.clone().without_switcher();
    match confirm_page(state, staff, &reader, onward, None).await {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(failure) => failure.into_response(),
    }
}

async fn show(State(state): State<WebState>, who: Staff, uri: Uri) -> Result<Markup, Failure> {
    let onward = Onward {
        next: query(&uri, "next"),
        kept: None,
    };
    confirm_page(&state, &who, &who.reader, onward, None).await
}

async fn submit(
    State(state): State<WebState>,
    who: Staff,
    client: Client,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    who.check_csrf(form.one(CSRF_FIELD)?)?;
    let onward = onward(&form)?;
    let given = Given {
        password: Zeroizing::new(form.one("password")?.to_owned()),
        mailed: form.one("mailed")?.to_owned(),
        code: form.one("code")?.to_owned(),
    };
    let problem = match staff::confirm(&state.app, &who.session, given, client.from()).await? {
        Confirm::Confirmed(opened) => {
            let answer = lead_on(&state, &who, &onward);
            return Ok(cookie::with(answer, &opened, &state));
        }
        Confirm::Wrong => LoginProblem::Wrong,
        Confirm::Wait(until) => LoginProblem::Wait(local_time(&state, until)),
    };
    again(&state, &who, onward, Some(problem)).await
}

/// Mails a code, and shows the field for it.
async fn ask(
    State(state): State<WebState>,
    who: Staff,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    who.check_csrf(form.one(CSRF_FIELD)?)?;
    let onward = onward(&form)?;
    if let Some(until) = staff::ask_code(&state.app, &who.session).await? {
        let problem = LoginProblem::Wait(local_time(&state, until));
        return again(&state, &who, onward, Some(problem)).await;
    }
    state.wake.notify_one();
    let mut who = who;
    who.session.stored.code_asked_at = Some(state.app.clock.now());
    let reader = who.reader.clone().without_switcher();
    let page = confirm_page(&state, &who, &reader, onward, None).await?;
    Ok(page.into_response())
}

/// To the form that was kept, or to the page that was wanted. The list of the audit log is shown in
/// place of its file: a browser that loads a file stays where it is.
fn lead_on(state: &WebState, who: &Staff, onward: &Onward) -> Response {
    if let Some((path, body)) = &onward.kept {
        let csrf = who.csrf().to_owned();
        return kept::page(state, &who.reader, csrf, (path, body), true).into_response();
    }
    let next = within(&onward.next);
    match next.strip_prefix(audit::CSV) {
        Some(query) => {
            let and = if query.is_empty() { "?" } else { "&" };
            see_other(format!("{}{query}{and}{}=1", audit::LIST, audit::CONFIRMED))
        }
        None => see_other(next),
    }
}

async fn again(
    state: &WebState,
    who: &Staff,
    onward: Onward,
    problem: Option<LoginProblem>,
) -> Result<Response, Failure> {
    let reader = who.reader.clone().without_switcher();
    let page = confirm_page(state, who, &reader, onward, problem).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn confirm_page(
    state: &WebState,
    who: &Staff,
    reader: &Reader,
    onward: Onward,
    problem: Option<LoginProblem>,
) -> Result<Markup, Failure> {
    let needed = staff::needed(&state.app, &who.session).await?;
    let first = match (needed.password, needed.mailed_until) {
        (true, _) => FirstProof::Password,
        (false, Some(until)) => FirstProof::Mailed(local_time(state, until)),
        (false, None) => FirstProof::Mail,
    };
    let view = LoginConfirmView {
        action: reader.path(PATH),
        code_action: reader.path(CODE),
        csrf: who.csrf().to_owned(),
        onward,
        email: who.user.email.display(),
        first,
        second_factor: needed.second_factor,
        problem,
    };
    Ok(page(&newsroom_site(state, reader), &view))
}
