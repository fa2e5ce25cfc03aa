//! The token in a personal link.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

/// Any text in place of `{token}`; empty if it is not UTF-8. The pages report what is wrong with
/// it, not the router.
pub(super) struct LinkToken(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for LinkToken {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let token = params.ok().and_then(|params| {
            let mut all = params.iter();
            all.find(|(name, _)| *name == "token")
                .map(|(_, token)| token.to_owned())
        });
        Ok(Self(token.unwrap_or_default()))
    }
}
