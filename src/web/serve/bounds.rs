//! The share of the process's resources for the web server; the rest is for sending.

use std::time::Duration;

use crate::config::{Config, Network};

/// The most connections, if the process may open enough files.
const MOST_CONNECTIONS: usize = 1024;
/// Fewer than this are too few for an office where everybody opens a page at once.
const FEW_CONNECTIONS: usize = 256;
/// The assumed limit of open files if it cannot be read: the usual one.
const USUAL_DESCRIPTORS: usize = 1024;

/// The bounds of a server's connections.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Connections at once; further ones wait in the kernel's queue.
    pub connections: usize,
    /// Connections of one client (IPv4 address, IPv6 /64) at once; further ones are closed.
    pub per_client: usize,
    /// Connections of a neighbourhood (IPv4 /24, IPv6 /48) at once; further ones are closed.
    pub per_neighbourhood: usize,
    /// With this many connections of one client, each is closed after its response, so that an
    /// office behind one address does not fill its share with idle connections.
    pub keep_alive_below: usize,
    /// How long the head of a request may take, and how long an idle connection is kept.
    pub head_within: Duration,
    /// How long a client may read nothing of its response.
    pub stalled_for: Duration,
    /// How long a connection may live; then it is closed after the current response.
    pub lifetime: Duration,
    /// How long a client may take to read the last response before its connection is closed.
    pub last_answer_within: Duration,
    /// Reverse proxies: all visitors come from their addresses, so the bounds per client do not
    /// apply.
    pub trusted_proxies: Vec<Network>,
}

impl Bounds {
    /// The bounds for a configuration, on this machine.
    pub fn new(config: &Config) -> Self {
        let descriptors = descriptors().unwrap_or(USUAL_DESCRIPTORS);
        let connections = connections(descriptors);
        if connections < FEW_CONNECTIONS {
            tracing::warn!(
                descriptors,
                connections,
                "the limit of open files is low, so fewer connections are accepted; set LimitNOFILE=8192 in its systemd unit (or `ulimit -n 8192`)"
            );
        }
        Self {
            connections,
            per_client: (connections / 16).max(1),
            per_neighbourhood: (connections / 8).max(1),
            keep_alive_below: 8,
            head_within: Duration::from_secs(15),
            stalled_for: Duration::from_secs(30),
            lifetime: Duration::from_mins(5),
            last_answer_within: Duration::from_secs(30),
            trusted_proxies: config.server.trusted_proxies.clone(),
        }
    }
}

/// Half of the descriptors are reserved for sending, the database and files.
fn connections(descriptors: usize) -> usize {
    (descriptors / 2).clamp(1, MOST_CONNECTIONS)
}

/// How many files this process may open (Linux).
fn descriptors() -> Option<usize> {
    soft_limit(&std::fs::read_to_string("/proc/self/limits").ok()?)
}

fn soft_limit(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sending_keeps_half_of_the_descriptors() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max processes             95990                95990                processes \n\
                      Max open files            1024                 524288               files     \n";
        assert_eq!(soft_limit(limits), Some(1024));
        assert_eq!(
            soft_limit("Max open files  unlimited  unlimited  files"),
            Some(usize::MAX)
        );
        assert_eq!(soft_limit("nothing of the kind"), None);
        assert_eq!((connections(256), connections(1024)), (128, 512));
        assert_eq!(
            (connections(0), connections(usize::MAX)),
            (1, MOST_CONNECTIONS)
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_limit_of_this_process_is_read() {
        assert!(descriptors().is_some_and(|number| number > 0));
    }
}
