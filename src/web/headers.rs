//! The headers of every response. A page that needs another value sets it itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use super::routes::Audience;

/// Pages have no scripts, no frames and nothing from other hosts.
const CONTENT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                       frame-ancestors 'none'; base-uri 'none'";

/// The newsroom has scripts of its own, previews in frames, and pictures that are about to be uploaded.
const NEWSROOM: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; \
                        img-src 'self' data: blob:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static ALWAYS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, CONTENT),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (CACHE_CONTROL, "no-store"),
    (VARY, "accept-language"),
];

static ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// What the headers depend on.
#[derive(Clone)]
pub(super) struct Rules {
    /// The audience of each route.
    pub(super) audiences: Arc<BTreeMap<&'static str, Audience>>,
    /// Whether the pages are reached by https.
    pub(super) is_https: bool,
}

impl Rules {
    /// The audience of a request. A path without a route may be a link with a broken token.
    fn audience(&self, request: &Request) -> Audience {
        let route = request.extensions().get::<MatchedPath>();
        let known = route.and_then(|route| self.audiences.get(route.as_str()));
        known.copied().unwrap_or(Audience::LinkHolder)
    }
}

/// Middleware: adds headers that the response does not set.
pub(super) async fn set(State(rules): State<Rules>, request: Request, next: Next) -> Response {
    let audience = rules.audience(&request);
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    // The same for every reader: a cache must not store it once per language.
    let said = headers.get(CACHE_CONTROL);
    let is_immutable = said.is_some_and(|value| value.as_bytes().ends_with(b"immutable"));
    if matches!(audience, Audience::Door | Audience::Staff { .. }) {
        headers
            .entry(CONTENT_SECURITY_POLICY)
            .or_insert(HeaderValue::from_static(NEWSROOM));
    }
    let mut add = |name: &HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    for (name, value) in &ALWAYS {
        if *name != VARY || !is_immutable {
            add(name, value);
        }
    }
    match audience {
        Audience::Everybody => add(&REFERRER_POLICY, "same-origin"),
        Audience::LinkHolder => {
            add(&REFERRER_POLICY, "no-referrer");
            add(&ROBOTS, "noindex, nofollow");
        }
        Audience::Door | Audience::Staff { .. } => {
            add(&REFERRER_POLICY, "same-origin");
            add(&ROBOTS, "noindex, nofollow");
        }
    }
    if rules.is_https {
        add(&STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    answer
}
