//! Answers that caches may keep for a moment and then ask about (RFC 9110 §8.8, §13).

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// How long a cache may answer by itself: what is withdrawn is gone everywhere after a minute.
pub(super) const FOR_A_MINUTE: &str = "public, max-age=60";

/// The answer, or that the client has it already. The tag is made of every letter of the answer, so
/// it changes with whatever the page shows.
pub(super) fn answer(request: &HeaderMap, content_type: &'static str, body: String) -> Response {
    let digest = Sha256::digest(body.as_bytes());
    let tag = format!("\"{}\"", HEXLOWER.encode(&digest[..16]));
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static(FOR_A_MINUTE)),
        (
            ETAG,
            HeaderValue::from_str(&tag).expect("invariant: quotes and hexadecimal digits"),
        ),
    ];
    if has(request, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static(content_type))];
    (headers, content_type, body).into_response()
}

/// Whether the client names this tag among those it has, weakly compared.
fn has(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(IF_NONE_MATCH).iter();
    let mut known = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim);
    known.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(if_none_match: &[&str]) -> StatusCode {
        let mut request = HeaderMap::new();
        for value in if_none_match {
            request.append(IF_NONE_MATCH, value.parse().expect("a header"));
        }
        answer(&request, "text/plain", "text".to_owned()).status()
    }

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let first = answer(&HeaderMap::new(), "text/plain", "text".to_owned());
        let tag = first.headers()[ETAG].to_str().expect("ASCII").to_owned();
        assert_eq!(status(&[&tag]), StatusCode::NOT_MODIFIED);
        assert_eq!(
            status(&["\"x\"", &format!("\"y\", W/{tag}")]),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(status(&["*"]), StatusCode::NOT_MODIFIED);
        for other in ["\"x\"", "", tag.trim_matches('"'), "\"\u{e4}\""] {
            assert_eq!(status(&[other]), StatusCode::OK, "{other}");
        }
    }
}
