//! The second step: a code of the authenticator app, or a recovery code.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::login::{LoginProblem, Onward};
use templates::pages::newsroom::login_code::{LoginCodeView, page};

use super::client::Client;
use super::{PATH, arrive, local_time, onward, query};
use crate::app::staff::{self, LogIn, Session};
use crate::store::staff_session::Step;
use crate::web::newsroom::desk::newsroom_site;
use crate::web::newsroom::{DoorForm, cookie};
use crate::web::{Failure, Reader, WebState, see_other};

pub(super) const CODE: &str = "/newsroom/login/code";

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Failure> {
    let next = query(&uri, "next");
    if pending(&state, &headers).await?.is_none() {
        return Ok(see_other(reader.link(PATH, [("next", next.as_str())])));
    }
    let onward = Onward { next, kept: None };
    Ok(code_page(&state, &reader, onward, None).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    headers: HeaderMap,
    client: Client,
    DoorForm(form): DoorForm,
) -> Result<Response, Failure> {
    let onward = onward(&form)?;
    let Some(session) = pending(&state, &headers).await? else {
        return Ok(see_other(
            reader.link(PATH, [("next", onward.next.as_str())]),
        ));
    };
    let code = form.one("code")?;
    let problem = match staff::second_step(&state.app, &session, code, client.from()).await? {
        LogIn::Opened(opened) => return Ok(arrive(&state, &reader, &opened, &onward)),
        LogIn::Wrong => LoginProblem::Wrong,
        LogIn::Wait(until) => LoginProblem::Wait(local_time(&state, until)),
    };
    let page = code_page(&state, &reader.without_switcher(), onward, Some(problem));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The session that lacks the second factor.
async fn pending(state: &WebState, headers: &HeaderMap) -> Result<Option<Session>, Failure> {
    let Some(token) = cookie::read(headers, state) else {
        return Ok(None);
    };
    let session = staff::resume(&state.app, &token).await?;
    Ok(session.filter(|session| session.stored.step == Step::SecondFactor))
}

/// The page that asks for the code.
pub(super) fn code_page(
    state: &WebState,
    reader: &Reader,
    onward: Onward,
    problem: Option<LoginProblem>,
) -> Markup {
    let view = LoginCodeView {
        action: reader.path(CODE),
        onward,
        problem,
        login_url: reader.path(PATH),
    };
    page(&newsroom_site(state, reader), &view)
}
