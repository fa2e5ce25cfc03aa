//! The headers of every answer. A page that needs another value sets it itself.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

use super::WebState;

/// Pages have no script, no frame, nothing from elsewhere.
const CONTENT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                       frame-ancestors 'none'; base-uri 'none'";

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

/// Middleware: adds what the answer does not say itself.
pub(super) async fn set(State(state): State<WebState>, request: Request, next: Next) -> Response {
    // A path that matches nothing may be a link with its token broken.
    let personal = request
        .extensions()
        .get::<MatchedPath>()
        .is_none_or(|route| {
            route.as_str().contains('{') && !route.as_str().starts_with("/assets/")
        });
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut add = |name: &HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    for (name, value) in &ALWAYS {
        add(name, value);
    }
    if personal {
        add(&REFERRER_POLICY, "no-referrer");
        add(
            &HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow",
        );
    } else {
        add(&REFERRER_POLICY, "same-origin");
    }
    if state.config.server.public_url.scheme() == "https" {
        add(&STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    answer
}
