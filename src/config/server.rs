//! `[server]`: where pages are served, and their public URL.

use std::net::SocketAddr;
use std::time::Duration;

use url::{Host, Url};

use super::keys::Keys;
use super::network::Network;

/// `[server]`.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The prefix of every link: `http` or `https` and a host only. [`Server::link`] removes the
    /// final slash.
    pub public_url: Url,
    /// How long one request may take.
    pub request_timeout: Duration,
    /// The largest request body, in bytes.
    pub max_body: usize,
    /// The reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// How long SIGTERM waits for running work.
    pub shutdown_within: Duration,
}

impl Server {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let second = Duration::from_secs(1);
        let server = Self {
            listen: keys.parsed("listen", "an address and a port, e.g. \"127.0.0.1:8080\"", |text| {
                text.parse().map_err(|_| {
                    format!("“{text}” is not an IP address with a port, e.g. \"127.0.0.1:8080\" or \"[::1]:8080\"")
                })
            }),
            public_url: keys.parsed("public_url", "an https address, e.g. \"https://news.example.org\"", public_url),
            request_timeout: keys.duration("request_timeout", second..=300 * second),
            max_body: keys.size("max_body", 1_000..=10_000_000),
            trusted_proxies: networks(keys, "trusted_proxies"),
            shutdown_within: keys.duration("shutdown_within", second..=600 * second),
        };
        if server.public_url.scheme() == "http" && !is_loopback(&server.public_url) {
            keys.warn(
                "public_url",
                format!("“{}” is not https: addresses and tokens are sent in plain text, and receivers ignore one-click unsubscribe", server.public_url),
                "serve the pages with TLS (see docs/operating.md) and write https://…",
            );
        }
        server
    }

    /// The public URL of a path that begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Whether the pages are for this machine only, as in a trial.
    pub fn is_trial(&self) -> bool {
        is_loopback(&self.public_url)
    }
}

fn networks(keys: &mut Keys<'_>, key: &str) -> Vec<Network> {
    let mut networks = Vec::new();
    for text in keys.list(key) {
        match Network::parse(&text) {
            Ok(network) => networks.push(network),
            Err(what) => keys.error(key, what, "write e.g. \"127.0.0.1\" or \"10.1.0.0/16\""),
        }
    }
    networks
}

fn public_url(text: &str) -> Result<Url, String> {
    let url =
        Url::parse(text).map_err(|error| format!("“{text}” is not a web address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!(
            "“{text}” begins with {}:, expected https:",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "public_url must not contain a user name or password: every reader would see it"
                .to_owned(),
        );
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "“{text}” has something after the host; the pages need a host of their own, e.g. https://news.example.org"
        ));
    }
    Ok(url)
}

/// Whether `url` names this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_loopback_name(name),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

pub(super) fn is_loopback_name(name: &str) -> bool {
    let name = name.trim_matches(['[', ']']);
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
