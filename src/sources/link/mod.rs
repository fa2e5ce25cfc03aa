//! Asks for the page behind a link: whether it is there, and whether the address belongs to the open
//! network at all. Called by `app` for the links of an issue, never for a reader.
//!
//! A link may come from anybody, so nothing behind our own firewall is asked: the addresses of a host are
//! looked up and filtered here ([`address`]), and the connection is made to exactly these. Every redirect
//! goes through the same. No cookie, no referrer, and nothing of the answer but its head is read.

pub mod address;
mod ask;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use url::{Host, Url};

use crate::config::newsroom::LinkAllowance;
use crate::domain::check::{LinkFailure, LinkOutcome};
use ask::{Answer, Method};

/// For each question: looking the host up, connecting and the head of the answer.
const ONE_QUESTION: Duration = Duration::from_secs(5);
/// For all questions about one link.
const ONE_LINK: Duration = Duration::from_secs(12);
/// How often a page may lead on.
const REDIRECTS: usize = 3;

/// Asks for pages.
pub struct LinkChecker {
    allowed: LinkAllowance,
    tls: Arc<ClientConfig>,
}

/// What one question came to.
enum Step {
    Done(LinkOutcome),
    LeadsTo(Url),
}

/// Whether an address says by itself that it leads into a private network; not in an exception of this
/// configuration.
pub fn is_private(link: &str, allowed: &LinkAllowance) -> bool {
    let url = Url::parse(link).ok();
    let Some(host) = url.as_ref().and_then(Url::host) else {
        return false;
    };
    let is_inside = |ip: IpAddr| {
        let is_allowed = allowed.networks.iter().any(|one| one.contains(ip));
        !is_allowed && !address::is_public(ip)
    };
    let is_named = allowed
        .hosts
        .contains(&host.to_string().to_ascii_lowercase());
    !is_named
        && match host {
            Host::Ipv4(ip) => is_inside(ip.into()),
            Host::Ipv6(ip) => is_inside(ip.into()),
            Host::Domain(name) => address::is_private_name(name),
        }
}

impl LinkChecker {
    /// With the exceptions of this configuration. None where TLS cannot be set up.
    pub fn new(allowed: &LinkAllowance) -> Option<Self> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .ok()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Some(Self {
            allowed: allowed.clone(),
            tls: Arc::new(tls),
        })
    }

    /// Asks for the page behind a link.
    pub async fn check(&self, link: &str) -> LinkOutcome {
        let failed = |why| LinkOutcome::Failed { why };
        let asked = timeout(ONE_LINK, self.follow(link)).await;
        asked.unwrap_or(failed(LinkFailure::TimedOut))
    }

    async fn follow(&self, link: &str) -> LinkOutcome {
        let Ok(mut url) = Url::parse(link) else {
            return LinkOutcome::Failed {
                why: LinkFailure::Protocol,
            };
        };
        for _ in 0..=REDIRECTS {
            match self.ask_both_ways(&url).await {
                Step::Done(outcome) => return outcome,
                Step::LeadsTo(next) => url = next,
            }
        }
        LinkOutcome::Failed {
            why: LinkFailure::Redirects,
        }
    }

    /// Asks for the head first; servers that do not know the question are asked for the page.
    async fn ask_both_ways(&self, url: &Url) -> Step {
        match self.ask(url, Method::Head).await {
            Step::Done(
                LinkOutcome::Status { .. }
                | LinkOutcome::Failed {
                    why: LinkFailure::Protocol,
                },
            ) => self.ask(url, Method::Get).await,
            step => step,
        }
    }

    async fn ask(&self, url: &Url, method: Method) -> Step {
        let failed = |why| Step::Done(LinkOutcome::Failed { why });
        let question = async {
            let addresses = match self.addresses(url).await {
                Ok(addresses) => addresses,
                Err(outcome) => return Step::Done(outcome),
            };
            match ask::ask(url, method, &addresses, &self.tls).await {
                Ok(answer) => step(url, &answer),
                Err(why) => Step::Done(LinkOutcome::Failed { why }),
            }
        };
        timeout(ONE_QUESTION, question)
            .await
            .unwrap_or_else(|_| failed(LinkFailure::TimedOut))
    }

    /// The addresses that may be asked.
    async fn addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, LinkOutcome> {
        let failed = |why| LinkOutcome::Failed { why };
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(failed(LinkFailure::Protocol));
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failed(LinkFailure::Protocol));
        }
        if is_private(url.as_str(), &self.allowed) {
            return Err(LinkOutcome::Private);
        }
        let name = host.to_string().to_ascii_lowercase();
        let is_named = self.allowed.hosts.contains(&name);
        let found: Vec<IpAddr> = match host {
            Host::Ipv4(ip) => vec![ip.into()],
            Host::Ipv6(ip) => vec![ip.into()],
            Host::Domain(name) if address::is_reserved_name(name) => {
                return Err(failed(LinkFailure::UnknownHost));
            }
            Host::Domain(name) => look_up(name, port).await.map_err(failed)?,
        };
        let networks = &self.allowed.networks;
        let is_allowed = |ip: IpAddr| is_named || networks.iter().any(|one| one.contains(ip));
        let may_be_asked = |ip: &IpAddr| is_allowed(*ip) || address::is_public(*ip);
        let usable: Vec<IpAddr> = found.into_iter().filter(may_be_asked).collect();
        if usable.is_empty() {
            return Err(LinkOutcome::Private);
        }
        let is_usual = matches!(port, 80 | 443);
        if !is_usual && !usable.iter().all(|ip| is_allowed(*ip)) {
            return Err(failed(LinkFailure::Port));
        }
        let usable = usable.into_iter().map(|ip| SocketAddr::new(ip, port));
        Ok(usable.collect())
    }
}

/// The addresses of a host.
async fn look_up(name: &str, port: u16) -> Result<Vec<IpAddr>, LinkFailure> {
    match tokio::net::lookup_host((name, port)).await {
        Ok(found) => Ok(found.map(|one| one.ip()).collect()),
        // The system's resolver says by its words only whether it reached a name server.
        Err(error) if error.to_string().contains("Temporary failure") => {
            Err(LinkFailure::NoConnection)
        }
        Err(_) => Err(LinkFailure::UnknownHost),
    }
}

fn step(url: &Url, answer: &Answer) -> Step {
    let next = answer.location.as_deref().and_then(|to| url.join(to).ok());
    match (answer.status, next) {
        (301 | 302 | 303 | 307 | 308, Some(next)) => Step::LeadsTo(next),
        (status, _) if status < 400 => Step::Done(LinkOutcome::Reached),
        (status, _) => Step::Done(LinkOutcome::Status { status }),
    }
}

impl std::fmt::Debug for LinkChecker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinkChecker").finish_non_exhaustive()
    }
}
