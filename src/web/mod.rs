//! The pages that citizens meet: subscribing, confirming, preferences, leaving, and what the law asks for.
//!
//! `cli` makes a [`WebState`], [`build`]s the router and [`serve()`]s it; tests do the same on port 0.
//! One file per page in [`public`]. A handler gives back a page or a [`Failure`]; [`error`] alone
//! turns failures into pages.
//!
//! Rules that hold for every route:
//! - GET and HEAD change nothing: mail scanners open every link.
//! - There is no cookie and no login, so there is nothing another site could abuse in a visitor's
//!   name: who may act is decided by the token in the link, and the sign-up form carries a signed
//!   time stamp. A check of `Origin` would only break forms sent from pages with
//!   `Referrer-Policy: no-referrer` (their origin is `null`) and one-click unsubscribe.
//! - What a stranger can send is bounded: head, body, pairs, time, connections of one client and of
//!   all, and how often the sign-up form may be sent.
//! - A route is registered together with whom its pages are for ([`Routes`]).
//! - Tokens and addresses stand in no log line.

mod access_log;
mod client;
mod conditional;
pub mod demo;
pub mod error;
mod form;
mod headers;
mod language;
mod limits;
mod link_token;
mod networks;
pub mod public;
mod routes;
mod serve;
pub mod site;
mod state;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;

pub use client::Peer;
pub use error::Failure;
pub use form::Form;
pub use language::Reader;
pub use routes::{Audience, Routes};
pub use serve::{Bounds, serve};
pub use state::WebState;

/// The public pages.
pub fn build(state: WebState) -> Router {
    build_with(state, Routes::new())
}

/// The public pages and further ones, such as the demo's mailbox, under the same rules.
pub fn build_with(state: WebState, further: Routes) -> Router {
    let within = state.app.config.server.request_timeout;
    let (router, audiences) = public::routes().merge(further).into_parts();
    let rules = headers::Rules {
        audiences: Arc::new(audiences),
        is_https: state.app.config.server.public_url.scheme() == "https",
    };
    router
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::MethodNotAllowed)
        // From here on outwards: the layer that is added last sees the request first.
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

/// Gives up on a request after a while; what its transaction had begun is undone.
async fn timeout(within: Duration, request: Request, next: Next) -> Response {
    tokio::time::timeout(within, next.run(request))
        .await
        .unwrap_or_else(|_| Failure::TooSlow.into_response())
}
