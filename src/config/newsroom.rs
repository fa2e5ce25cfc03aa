//! `[newsroom]`: the pages of the communications team.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::keys::Keys;
use super::network::Network;
use crate::domain::user::Roles;

/// `[newsroom]`.
#[derive(Debug, Clone)]
pub struct Newsroom {
    /// The zone of times on its pages.
    pub zone: chrono_tz::Tz,
    /// After so long without a request a session ends.
    pub idle: Duration,
    /// After so long a session ends however busy it is.
    pub session: Duration,
    /// After so long since somebody proved who they are, exports and changes of access ask again.
    pub confirm_after: Duration,
    /// For so long an approval can be taken back, and nothing is sent.
    pub take_back: Duration,
    /// Users with one of these roles need a second factor.
    pub second_factor: Roles,
    /// Whether the pages behind links are asked for before an issue goes out.
    pub link_check: bool,
    /// What may be asked although it is private.
    pub link_allow: LinkAllowance,
    /// The name servers that are asked for a sender's records; none: those of the system.
    pub name_servers: Vec<SocketAddr>,
}

/// What may be asked for a page although it is private, and on any port.
#[derive(Debug, Clone, Default)]
pub struct LinkAllowance {
    /// Hosts, in small letters.
    pub hosts: Vec<String>,
    /// Networks of addresses.
    pub networks: Vec<Network>,
}

impl Newsroom {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let minute = Duration::from_mins(1);
        Self {
            zone: keys.parsed("zone", "a time zone such as Europe/Berlin", |text| {
                text.parse::<chrono_tz::Tz>()
            }),
            idle: keys.duration("idle", 5 * minute..=24 * 60 * minute),
            session: keys.duration("session", 15 * minute..=7 * 24 * 60 * minute),
            confirm_after: keys.duration("confirm_after", minute..=24 * 60 * minute),
            take_back: keys.duration("take_back", Duration::ZERO..=10 * minute),
            link_check: keys.flag("link_check"),
            link_allow: LinkAllowance::read(keys),
            name_servers: name_servers(keys),
            second_factor: second_factor(keys),
        }
    }
}

impl LinkAllowance {
    fn read(keys: &mut Keys<'_>) -> Self {
        let mut allowance = Self::default();
        for allowed in keys.list("link_allow") {
            match Network::parse(&allowed) {
                Ok(network) => allowance.networks.push(network),
                Err(_) if is_host(&allowed) => allowance.hosts.push(allowed.to_ascii_lowercase()),
                Err(_) => keys.error(
                    "link_allow",
                    format!("“{allowed}” is neither a host nor a network"),
                    "write e.g. [\"intranet.example.org\", \"10.1.0.0/16\"]",
                ),
            }
        }
        allowance
    }
}

fn name_servers(keys: &mut Keys<'_>) -> Vec<SocketAddr> {
    const PORT: u16 = 53;
    let mut servers = Vec::new();
    for text in keys.list("name_servers") {
        let address = text.parse::<IpAddr>();
        let address = address.map(|address| SocketAddr::new(address, PORT));
        match address.or_else(|_| text.parse()) {
            Ok(address) => servers.push(address),
            Err(_) => keys.error(
                "name_servers",
                format!("“{text}” is not an IP address, with or without a port"),
                "write e.g. [\"10.1.0.53\", \"[2001:db8::53]:5353\"]",
            ),
        }
    }
    servers
}

fn is_host(text: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    !text.is_empty() && text.chars().all(letters)
}

fn second_factor(keys: &mut Keys<'_>) -> Roles {
    let names = keys.list("second_factor");
    Roles::parse(&names.join(",")).unwrap_or_else(|error| {
        keys.error("second_factor", error.to_string(), "correct it");
        Roles::default()
    })
}
