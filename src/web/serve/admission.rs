//! Limits the concurrent connections of one client and its neighbours.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::bounds::Bounds;
use crate::config::Network;
use crate::web::networks::NetworkKey;

/// How often to log that connections were closed.
const SAY_AGAIN: Duration = Duration::from_mins(1);

/// Counts the open connections of each network. Kept in memory only.
pub(super) struct Admission {
    per_client: usize,
    per_neighbourhood: usize,
    keep_alive_below: usize,
    trusted_proxies: Vec<Network>,
    open: Arc<Mutex<Open>>,
}

#[derive(Default)]
struct Open {
    connections: HashMap<NetworkKey, usize>,
    /// Closed since the last log line.
    closed: u64,
    said: Option<Instant>,
}

/// An admitted connection. It counts until this is dropped.
pub(super) struct Admitted {
    /// Whether the client may send another request on it.
    pub(super) keep_alive: bool,
    counted: Option<([NetworkKey; 2], Arc<Mutex<Open>>)>,
}

impl Admission {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self {
            per_client: bounds.per_client,
            per_neighbourhood: bounds.per_neighbourhood,
            keep_alive_below: bounds.keep_alive_below,
            trusted_proxies: bounds.trusted_proxies.clone(),
            open: Arc::default(),
        }
    }

    /// Admits a connection from `peer`; none if it or its neighbours have too many.
    pub(super) fn admit(&self, peer: IpAddr) -> Option<Admitted> {
        if self.trusted_proxies.iter().any(|one| one.contains(peer)) {
            return Some(Admitted {
                keep_alive: true,
                counted: None,
            });
        }
        let keys = [NetworkKey::client(peer), NetworkKey::neighbourhood(peer)];
        let mut open = lock(&self.open);
        let [client, neighbourhood] =
            keys.map(|key| open.connections.get(&key).copied().unwrap_or(0));
        if client >= self.per_client || neighbourhood >= self.per_neighbourhood {
            open.say_closed();
            return None;
        }
        for key in keys {
            *open.connections.entry(key).or_default() += 1;
        }
        Some(Admitted {
            keep_alive: client < self.keep_alive_below,
            counted: Some((keys, Arc::clone(&self.open))),
        })
    }
}

impl Open {
    fn say_closed(&mut self) {
        let now = Instant::now();
        self.closed += 1;
        if self
            .said
            .is_none_or(|at| now.saturating_duration_since(at) >= SAY_AGAIN)
        {
            let closed = std::mem::take(&mut self.closed);
            self.said = Some(now);
            tracing::warn!(
                closed,
                "connections were closed because one client or its neighbours had too many; \
                 if there is a reverse proxy in front of this service, list it in server.trusted_proxies"
            );
        }
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let Some((keys, open)) = &self.counted else {
            return;
        };
        let mut open = lock(open);
        for key in keys {
            let left = open.connections.get(key).copied().unwrap_or(0);
            if left > 1 {
                open.connections.insert(*key, left - 1);
            } else {
                open.connections.remove(key);
            }
        }
    }
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(proxies: &[&str]) -> Admission {
        let networks = proxies.iter().map(|one| Network::parse(one));
        Admission {
            per_client: 3,
            per_neighbourhood: 5,
            keep_alive_below: 2,
            trusted_proxies: networks.map(|one| one.expect("a network")).collect(),
            open: Arc::default(),
        }
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn one_client_and_its_neighbours_are_bounded() {
        let admission = admission(&[]);
        let admit = |from: &str| admission.admit(ip(from));
        let mut held: Vec<_> = (0..4).filter_map(|_| admit("2001:db8::1")).collect();
        let keep_alive: Vec<_> = held.iter().map(|one| one.keep_alive).collect();
        assert_eq!(keep_alive, [true, true, false]);
        held.extend((1..9).filter_map(|net| admit(&format!("2001:db8:0:{net}::1"))));
        assert_eq!(held.len(), 5, "one /48");
        assert!(admit("2001:db8:1::1").is_some());
        held.truncate(2);
        assert!(admit("2001:db8::1").is_some());
        drop(held);
        assert!(lock(&admission.open).connections.is_empty());
    }

    #[test]
    fn trusted_proxies_have_no_limit_of_their_own() {
        let admission = admission(&["192.0.2.1"]);
        let held: Vec<_> = (0..50)
            .filter_map(|_| admission.admit(ip("192.0.2.1")))
            .collect();
        assert_eq!(held.len(), 50);
        assert!(held.iter().all(|one| one.keep_alive));
    }
}
