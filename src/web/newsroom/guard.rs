//! Who may open which page of the newsroom: the layer around all routes.
//!
//! A page for [`Audience::Staff`] needs a session whose user has the right. A form must come from our
//! own pages: the browser says so (`Sec-Fetch-Site`, else `Origin`), and [`StaffForm`](super::StaffForm)
//! checks the token in it. Whoever is not logged in is led to the login page; a form that was sent
//! after the session had ended is kept over the login. Some pages need somebody who has just proved who
//! they are ([`Confirm`]); a form is kept over that, too.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::Url;

use super::account;
use super::confirm;
use super::cookie;
use super::login;
use super::staff::Staff;
use crate::app::staff;
use crate::domain::user::Right;
use crate::store::staff_session::Step;
use crate::web::routes::{Audience, Confirm};
use crate::web::{Failure, Reader, WebState, see_other};

/// What the guard knows.
#[derive(Clone)]
pub(in crate::web) struct Guard {
    pub(in crate::web) state: WebState,
    /// The audience of each route.
    pub(in crate::web) audiences: Arc<BTreeMap<&'static str, Audience>>,
}

/// Middleware: lets a request pass, or answers it.
pub(in crate::web) async fn check(
    State(guard): State<Guard>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    let audience = route.and_then(|route| guard.audiences.get(route.as_str()).copied());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let (right, confirm) = match audience {
        Some(Audience::Staff { see, confirm, .. }) if reads => {
            (see, confirm == Confirm::Everything)
        }
        Some(Audience::Staff {
            change, confirm, ..
        }) => (change, confirm != Confirm::Nothing),
        Some(Audience::Door) if reads || is_own_form(request.headers(), &guard.state) => {
            return next.run(request).await;
        }
        Some(Audience::Door) => return Failure::ForeignForm.into_response(),
        _ => return next.run(request).await,
    };
    if !reads && !is_own_form(request.headers(), &guard.state) {
        return Failure::ForeignForm.into_response();
    }
    match admit(&guard.state, request, right, reads).await {
        Ok((staff, request))
            if confirm && !staff::is_confirmed(&guard.state.app, &staff.session) =>
        {
            confirm::instead_of(&guard.state, &staff, request, reads).await
        }
        Ok((_, request)) => next.run(request).await,
        Err(answer) => answer,
    }
}

/// The user, and the request with its [`Staff`]; or the answer.
async fn admit(
    state: &WebState,
    mut request: Request,
    right: Right,
    reads: bool,
) -> Result<(Staff, Request), Response> {
    let session = match cookie::read(request.headers(), state) {
        Some(token) => staff::resume(&state.app, &token)
            .await
            .map_err(|error| Failure::from(error).into_response())?,
        None => None,
    };
    let Some(session) = session else {
        return Err(login::instead_of(state, request, reads).await);
    };
    if session.stored.step != Step::Open {
        return Err(see_other(login::second_step(&request)));
    }
    if !session.user.roles.allow(right) {
        return Err(Failure::NotAllowed.into_response());
    }
    let path = request.uri().path();
    if staff::is_required(&state.app, &session.user)
        && session.user.second_factor_since.is_none()
        && !account::is_open_without_second_factor(path)
    {
        return Err(see_other(account::SECOND_FACTOR));
    }
    let reader = Reader::of(
        request.method(),
        request.uri(),
        request.headers(),
        &state.app.config.languages,
    );
    let csrf = state.keyring.session_form_token(&session.stored.uuid);
    let staff = Staff::new(session, csrf, reader);
    request.extensions_mut().insert(staff.clone());
    Ok((staff, request))
}

/// Whether a form was sent from one of our own pages. Every browser of the last years says where a
/// form comes from; what says nothing is no browser with a session of ours.
fn is_own_form(headers: &HeaderMap, state: &WebState) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = text(ORIGIN.as_str()).and_then(|origin| Url::parse(origin).ok()) else {
        return false;
    };
    let public = &state.app.config.server.public_url;
    // Behind a proxy the public URL is the truth; without one, what the browser asked for.
    origin.origin() == public.origin()
        || text(HOST.as_str()).is_some_and(|host| origin.authority() == host)
}
