//! Which client sent a request, as far as limits need to know. Never stored, never logged.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::WebState;
use crate::config::Network;

/// The other end of the connection; [`super::serve()`] puts it into every request.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// The address of the client: the peer, or whom a trusted proxy names.
pub(super) struct Client(pub(super) IpAddr);

impl FromRequestParts<WebState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let trusted = &state.config.server.trusted_proxies;
        Ok(Self(client(peer, &parts.headers, trusted)))
    }
}

/// Walks `X-Forwarded-For` from the right, where our own proxies wrote, to the first address that
/// is none of them: everything to its left may be invented.
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
    fn only_proxies_of_ours_are_believed() {
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
