//! Where somebody logs in from: the network, of which only a keyed hash is kept for an hour, and the
//! browser in words.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;

use super::agent;
use crate::app::staff::From;
use crate::web::WebState;
use crate::web::client::network;

/// Where a request comes from.
pub(in crate::web::newsroom) struct Client {
    network: String,
    /// The browser in words.
    pub(in crate::web::newsroom) agent: String,
}

impl Client {
    /// For operations.
    pub(in crate::web::newsroom) fn from(&self) -> From<'_> {
        From {
            network: &self.network,
            agent: &self.agent,
        }
    }
}

impl FromRequestParts<WebState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let agent = parts.headers.get(USER_AGENT);
        Ok(Self {
            network: network(parts, state),
            agent: agent::in_words(agent.and_then(|value| value.to_str().ok())),
        })
    }
}
