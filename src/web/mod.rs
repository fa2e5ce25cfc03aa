//! The pages: those for everybody (subscribing, confirming, preferences, unsubscribing, entries, the
//! legally required ones), and the newsroom of the communications team.
//!
//! `cli` makes a [`WebState`], [`build`]s the router and [`serve()`]s it; tests do the same on port
//! 0. One file per page in [`public`] and [`newsroom`]. A handler returns a page or a [`Failure`]; only [`error`]
//! turns failures into pages.
//!
//! Rules for every route:
//! - GET and HEAD change nothing: mail scanners open every link.
//! - The public pages have no cookies and no login, so there is nothing for CSRF to abuse: the token in
//!   the link authorises, and the sign-up form carries a signed time stamp. A check of `Origin` would
//!   only break forms sent from pages with `Referrer-Policy: no-referrer` (their origin is `null`)
//!   and one-click unsubscribe. The newsroom has a session, and [checks](newsroom::guard) both.
//! - Requests are bounded: head, body, pairs, time, connections per client and in total, and the
//!   rate of sign-up forms.
//! - A route is registered together with its audience ([`Routes`]).
//! - No log line contains tokens or addresses.

mod access_log;
mod client;
mod conditional;
pub mod demo;
pub mod error;
mod form;
mod headers;
mod kind;
mod language;
mod limits;
mod link_token;
mod networks;
pub mod newsroom;
pub mod public;
mod routes;
mod serve;
pub mod site;
mod state;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;

pub use client::Peer;
pub use error::Failure;
pub use form::Form;
pub use language::Reader;
pub use routes::{Audience, Confirm, Routes};
pub use serve::{Bounds, serve};
pub use state::WebState;

/// The public pages.
pub fn build(state: WebState) -> Router {
    build_with(state, Routes::new())
}

/// The public pages and further ones, such as the demo's mailbox, under the same rules.
pub fn build_with(state: WebState, further: Routes) -> Router {
    let within = state.app.config.server.request_timeout;
    let (router, audiences) = public::routes()
        .merge(newsroom::routes())
        .merge(further)
        .into_parts();
    let audiences = Arc::new(audiences);
    let guard = newsroom::guard::Guard {
        state: state.clone(),
        audiences: Arc::clone(&audiences),
    };
    let rules = headers::Rules {
        audiences,
        is_https: state.app.config.server.public_url.scheme() == "https",
    };
    router
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        // From inside to outside: the layer added last sees the request first.
        .layer(middleware::from_fn_with_state(
            guard,
            newsroom::guard::check,
        ))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            timeout(within, request, next)
        }))
        .layer(CatchPanicLayer::custom(|_| {
            Failure::Internal.into_response()
        }))
        .layer(middleware::from_fn_with_state(state.clone(), error::pages))
        .layer(middleware::from_fn_with_state(rules, headers::set))
        .layer(middleware::from_fn(access_log::write))
        .with_state(state)
}

/// The answer to a form that was carried out: the browser fetches `path`, and a reload sends nothing
/// again.
pub(in crate::web) fn see_other(path: impl AsRef<str>) -> Response {
    let path = axum::http::HeaderValue::from_str(path.as_ref());
    match path {
        Ok(path) => (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response(),
        Err(_) => Failure::Internal.into_response(),
    }
}

/// Aborts a request after a timeout; its transaction is rolled back.
async fn timeout(within: Duration, request: Request, next: Next) -> Response {
    tokio::time::timeout(within, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::TooSlow.into_response())
}
