//! Identifies the client of a request for the limits. Never stored, never logged.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::limits::Refusal;
use super::networks::NetworkKey;
use super::{Failure, WebState};
use crate::config::Network;

/// The other end of the connection; [`super::serve()`] puts it into every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The client that sent the sign-up form: the peer, or the address a trusted proxy reports. The
/// submission is counted against its budget, and refused, before the body is read.
pub(super) struct Sender(IpAddr);

impl FromRequestParts<WebState> for Sender {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let trusted = &state.app.config.server.trusted_proxies;
        let sender = client(peer, &parts.headers, trusted);
        state.limits.take_submission(sender, Instant::now())?;
        Ok(Self(sender))
    }
}

impl Sender {
    /// Counts a form that may queue a mail.
    pub(super) fn take_mail(&self, state: &WebState) -> Result<(), Failure> {
        Ok(state.limits.take_mail(self.0, Instant::now())?)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Sender(seconds) => Self::TooOften(seconds),
            Refusal::Everybody(seconds) => Self::Overloaded(seconds),
        }
    }
}

/// The network of the client, as a text that is hashed before it is kept: the IPv4 address, the IPv6
/// /64.
pub(super) fn network(parts: &Parts, state: &WebState) -> String {
    let peer = parts.extensions.get::<Peer>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    let trusted = &state.app.config.server.trusted_proxies;
    NetworkKey::client(client(peer, &parts.headers, trusted)).text()
}

/// Walks `X-Forwarded-For` from the right, where our own proxies write, to the first address that
/// is not one of them: everything to its left may be forged.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    let values = headers.get_all("x-forwarded-for");
    let named: Vec<&str> = values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for name in named.into_iter().rev() {
        if !is_trusted(client) {
            break;
        }
        let Ok(address) = name.trim().parse::<IpAddr>() else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: &str) -> String {
        let trusted = [Network::parse("10.0.0.0/8").expect("a network")];
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
        client(peer.parse().expect("an address"), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(of("192.0.2.1", "198.51.100.7"), "192.0.2.1");
        assert_eq!(of("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(
            of("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.9.9.9"),
            "198.51.100.7"
        );
        assert_eq!(of("10.0.0.1", "1.1.1.1, nonsense"), "10.0.0.1");
        assert_eq!(of("::ffff:10.0.0.1", "2001:db8::1"), "2001:db8::1");
    }
}
