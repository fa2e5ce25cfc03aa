//! The cookie with the session's token.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::app::staff::{Opened, SessionToken};
use crate::web::WebState;

/// Browsers accept a cookie with this prefix only over https and for this very host (RFC 6265bis
/// §4.1.3.2).
const SECURE: &str = "__Host-rundbrief";
/// Over http, in a demonstration on one's own machine.
const PLAIN: &str = "rundbrief";

fn is_https(state: &WebState) -> bool {
    state.app.config.server.public_url.scheme() == "https"
}

fn name(state: &WebState) -> &'static str {
    if is_https(state) { SECURE } else { PLAIN }
}

/// The token in the cookie of a request.
pub(in crate::web) fn read(headers: &HeaderMap, state: &WebState) -> Option<SessionToken> {
    let wanted = name(state);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .and_then(|(_, value)| SessionToken::parse(value).ok())
}

/// The header that sets the cookie; it ends with the browser's session or ours.
pub(in crate::web) fn set(token: &SessionToken, state: &WebState) -> Option<HeaderValue> {
    header(&token.reveal(), "", state)
}

/// The answer, with the cookie of a session that was begun or got another token.
pub(in crate::web) fn with(mut answer: Response, opened: &Opened, state: &WebState) -> Response {
    if let Some(cookie) = set(&opened.token, state) {
        answer.headers_mut().insert(SET_COOKIE, cookie);
    }
    answer
}

/// The header that removes the cookie.
pub(in crate::web) fn remove(state: &WebState) -> Option<HeaderValue> {
    header("", "; Max-Age=0", state)
}

fn header(value: &str, age: &str, state: &WebState) -> Option<HeaderValue> {
    let secure = if is_https(state) { "; Secure" } else { "" };
    let text = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}",
        name(state)
    );
    HeaderValue::from_str(&text).ok()
}
