//! Parses untrusted forms: bounded, strict about the encoding, keys may repeat.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use percent_encoding::percent_decode;

use super::{Failure, WebState};

/// Larger than any of our forms with every box ticked.
const MOST_BYTES: usize = 16 * 1024;
/// How long the body of a form may take: every form fits into a few packets. Shorter than
/// `server.request_timeout`, which may be set for slow databases.
const BODY_WITHIN: Duration = Duration::from_secs(10);
/// 63 topics in each of a few newsletters, and the other fields.
const MOST_PAIRS: usize = 256;

/// The fields of an `application/x-www-form-urlencoded` body, in order.
#[derive(Debug)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Parses a body. [`Failure::BadRequest`] if it is not UTF-8, [`Failure::TooLarge`] if there
    /// are too many pairs.
    pub fn parse(body: &[u8]) -> Result<Self, Failure> {
        Self::parse_within(body, MOST_PAIRS)
    }

    /// Parses the body of a form of the newsroom.
    pub(super) fn parse_large(body: &[u8]) -> Option<Self> {
        Self::parse_within(body, LARGE.pairs).ok()
    }

    /// As [`Self::parse`], with at most so many pairs.
    fn parse_within(body: &[u8], most: usize) -> Result<Self, Failure> {
        let mut pairs = Vec::new();
        for pair in body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            if pairs.len() == most {
                return Err(Failure::TooLarge);
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    /// A field that our pages send at most once; empty if missing. [`Failure::Unprocessable`] if it
    /// is repeated, because the intended value is unknown.
    pub fn one<'a>(&'a self, name: &'a str) -> Result<&'a str, Failure> {
        let mut values = self.all(name);
        let first = values.next().unwrap_or_default();
        match values.next() {
            None => Ok(first),
            Some(_) => Err(Failure::Unprocessable),
        }
    }

    /// Every pair, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(own, _)| own == name);
        named.map(|(_, value)| value.as_str())
    }
}

impl FromRequest<WebState> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Failure> {
        let bounds = Bounds {
            bytes: MOST_BYTES.min(state.app.config.server.max_body),
            pairs: MOST_PAIRS,
        };
        read_form(request, bounds).await
    }
}

/// How large a form may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Of its body, encoded.
    pub(super) bytes: usize,
    /// Pairs of name and value.
    pub(super) pairs: usize,
}

/// Forms of the newsroom: longer than any entry with all its languages.
pub(super) const LARGE: Bounds = Bounds {
    bytes: 1024 * 1024,
    pairs: 2_000,
};

/// The form in a request.
pub(super) async fn read_form(request: Request, bounds: Bounds) -> Result<Form, Failure> {
    if media_type(request.headers()) != "application/x-www-form-urlencoded" {
        return Err(Failure::NotAForm);
    }
    Form::parse_within(&read_body(request, bounds.bytes).await?, bounds.pairs)
}

/// The media type of a body in lower case, without its parameters.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media_type = value.and_then(|value| value.split(';').next());
    media_type.unwrap_or_default().trim().to_ascii_lowercase()
}

/// The body, unless it is longer than any form.
pub(super) async fn read(body: Body, state: &WebState) -> Result<axum::body::Bytes, Failure> {
    read_bounded(body, MOST_BYTES.min(state.app.config.server.max_body)).await
}

/// The body of a request, unless it is longer than `most` bytes.
pub(super) async fn read_body(request: Request, most: usize) -> Result<axum::body::Bytes, Failure> {
    read_bounded(request.into_body(), most).await
}

async fn read_bounded(body: Body, most: usize) -> Result<axum::body::Bytes, Failure> {
    tokio::time::timeout(BODY_WITHIN, to_bytes(body, most))
        .await
        .map_err(|_| Failure::BodyTooSlow)?
        // The other reason is a broken connection: nobody reads that response.
        .map_err(|_| Failure::TooLarge)
}

fn decode(text: &[u8]) -> Result<String, Failure> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let decoded = percent_decode(&spaced).decode_utf8();
    decoded
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| Failure::BadRequest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_of_browsers_are_parsed() {
        let form = Form::parse(b"a=1&b=x+y%2B%C3%BC&&a=2&c").expect("a form");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(form.one("b").ok(), Some("x y+ü"));
        assert_eq!(
            (form.one("c").ok(), form.one("d").ok()),
            (Some(""), Some(""))
        );
        assert!(matches!(form.one("a"), Err(Failure::Unprocessable)));
    }

    #[test]
    fn other_encodings_are_refused() {
        assert!(matches!(Form::parse(b"a=%FF"), Err(Failure::BadRequest)));
        assert!(matches!(Form::parse(b"\xe4=1"), Err(Failure::BadRequest)));
        let many = "a=1&".repeat(MOST_PAIRS + 1);
        assert!(matches!(
            Form::parse(many.as_bytes()),
            Err(Failure::TooLarge)
        ));
    }

    proptest! {
        #[test]
        fn parsing_agrees_with_the_url_standard(pairs in proptest::collection::vec((".*", ".*"), 0..9)) {
            let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            let kept: Vec<_> = pairs.into_iter().collect();
            prop_assert_eq!(Form::parse(encoded.as_bytes()).expect("a form").0, kept);
        }

        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&bytes);
        }
    }
}
