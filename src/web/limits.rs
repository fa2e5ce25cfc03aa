//! Rate limits of the sign-up form: per client, per neighbourhood, in total.
//!
//! Every submission counts against its client, whatever it contains. Only valid forms, which may
//! queue a mail, count against the wider networks and the total, so that nobody can close the form
//! for others with invalid ones. They count before it is known whether the address is suppressed or
//! was mailed too often: a budget that shrinks only when a mail is queued would reveal those
//! addresses.
//!
//! A leaky bucket with one instant per network (the generic cell rate algorithm): the budget of an
//! hour may be used at once, then as much as drains. Instants are monotonic: setting the clock
//! neither closes nor opens the form.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::networks::NetworkKey;

const HOUR: Duration = Duration::from_hours(1);
/// The most networks in memory, some 50 bytes each.
const MOST_NETWORKS: usize = 20_000;
/// The budget of a home (/56), as a multiple of a client's.
const HOME: u32 = 2;
/// The same for an IPv6 site (/48).
const SITE: u32 = 4;
/// The same for 256 IPv4 neighbours (/24), who may be strangers to each other.
const NEIGHBOURS: u32 = 8;
/// A network wider than one client may use at most 1 / this of the total budget.
const SHARE: u32 = 4;
/// How often to log that the total budget is used up.
const SAY_AGAIN: Duration = Duration::from_mins(1);

/// The submissions of the last hour. In memory only.
pub(super) struct Limits {
    client: Rate,
    home: Rate,
    site: Rate,
    neighbours: Rate,
    everybody: Rate,
    seen: Mutex<Seen>,
}

/// Which budget is used up, and when to retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The client's, or that of a network around it; retry in this many seconds.
    Sender(u64),
    /// The total; retry in this many seconds.
    Everybody(u64),
}

#[derive(Default)]
struct Seen {
    everybody: Option<Instant>,
    networks: HashMap<NetworkKey, Instant>,
    /// When drained networks were last removed.
    cleared: Option<Instant>,
    /// When the used-up total was last logged.
    said: Option<Instant>,
}

#[derive(Clone, Copy)]
struct Rate {
    /// How long one request takes to drain.
    each: Duration,
}

impl Rate {
    fn per_hour(number: u32) -> Self {
        Self {
            each: HOUR / number.max(1),
        }
    }

    /// When the bucket is empty after one more request, given when it `empties` now; or the seconds
    /// until that request fits.
    fn take(self, empties: Option<Instant>, now: Instant) -> Result<Instant, u64> {
        let full_until = empties.map_or(now, |at| at.max(now)) + self.each;
        let full = full_until.saturating_duration_since(now);
        // Dividing an hour may leave a remainder; half a request of tolerance covers it.
        match full.checked_sub(HOUR + self.each / 2) {
            Some(wait) if !wait.is_zero() => Err(wait.as_secs() + 1),
            _ => Ok(full_until),
        }
    }
}

impl Limits {
    /// Limits in requests per hour.
    pub(super) fn new(per_client: u32, in_all: u32) -> Self {
        let wider = |factor: u32| {
            let share = per_client.saturating_mul(factor).min(in_all / SHARE);
            // A network's budget is never smaller than that of one client.
            Rate::per_hour(share.max(per_client))
        };
        Self {
            client: Rate::per_hour(per_client),
            home: wider(HOME),
            site: wider(SITE),
            neighbours: wider(NEIGHBOURS),
            everybody: Rate::per_hour(in_all),
            seen: Mutex::default(),
        }
    }

    /// Counts one submission against its sender, whatever it contains. Refused ones are not
    /// counted.
    pub(super) fn take_submission(&self, client: IpAddr, now: Instant) -> Result<(), Refusal> {
        let mut seen = self.seen();
        let key = NetworkKey::client(client);
        let empties = seen.take(self.client, key, now)?;
        seen.remember(key, empties, now);
        Ok(())
    }

    /// Counts one form that may queue a mail against the networks around its sender and the total.
    /// Refused ones are not counted anywhere.
    pub(super) fn take_mail(&self, client: IpAddr, now: Instant) -> Result<(), Refusal> {
        let mut seen = self.seen();
        let mut taken = Vec::new();
        for key in [
            NetworkKey::home(client),
            Some(NetworkKey::neighbourhood(client)),
        ]
        .into_iter()
        .flatten()
        {
            taken.push((key, seen.take(self.rate_of(key), key, now)?));
        }
        let everybody = self.everybody.take(seen.everybody, now).map_err(|wait| {
            seen.say_used_up(now);
            Refusal::Everybody(wait)
        })?;
        seen.everybody = Some(everybody);
        for (key, empties) in taken {
            seen.remember(key, empties, now);
        }
        Ok(())
    }

    const fn rate_of(&self, key: NetworkKey) -> Rate {
        match key.bits() {
            24 => self.neighbours,
            48 => self.site,
            56 => self.home,
            _ => self.client,
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn take(&self, rate: Rate, key: NetworkKey, now: Instant) -> Result<Instant, Refusal> {
        rate.take(self.networks.get(&key).copied(), now)
            .map_err(Refusal::Sender)
    }

    /// Stores when the bucket of a network empties. If there is no space, the half that empties
    /// first is removed: an attacker with many networks cannot hide the busiest ones.
    fn remember(&mut self, key: NetworkKey, empties: Instant, now: Instant) {
        let is_due = |at: Instant| now.saturating_duration_since(at) >= HOUR;
        let is_full = self.networks.len() >= MOST_NETWORKS && !self.networks.contains_key(&key);
        if is_full || self.cleared.is_none_or(is_due) {
            self.networks.retain(|_, empties| *empties > now);
            self.cleared = Some(now);
        }
        if self.networks.len() >= MOST_NETWORKS && !self.networks.contains_key(&key) {
            let mut all: Vec<Instant> = self.networks.values().copied().collect();
            let (_, median, _) = all.select_nth_unstable(MOST_NETWORKS / 2);
            let median = *median;
            self.networks.retain(|_, empties| *empties > median);
        }
        self.networks.insert(key, empties);
    }

    fn say_used_up(&mut self, now: Instant) {
        if self
            .said
            .is_none_or(|at| now.saturating_duration_since(at) >= SAY_AGAIN)
        {
            self.said = Some(now);
            tracing::warn!(
                "the sign-up form is refusing everybody: there are more submissions than subscribing.requests_in_all allows; somebody may be abusing it from many networks"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn each_client_has_its_own_budget() {
        let limits = Limits::new(3, 1000);
        let now = Instant::now();
        for _ in 0..3 {
            assert_eq!(limits.take_submission(ip("2001:db8::1"), now), Ok(()));
        }
        let refused = limits.take_submission(ip("2001:db8::ffff"), now);
        let Err(Refusal::Sender(wait)) = refused else {
            panic!("the same /64: {refused:?}");
        };
        assert_eq!(limits.take_submission(ip("2001:db8:0:1::1"), now), Ok(()));
        assert_eq!(limits.take_submission(ip("192.0.2.1"), now), Ok(()));
        let later = now + Duration::from_secs(wait);
        assert_eq!(limits.take_submission(ip("2001:db8::1"), later), Ok(()));
        assert!(limits.take_submission(ip("2001:db8::1"), later).is_err());
        let much_later = now + 3 * HOUR;
        assert_eq!(limits.take_submission(ip("192.0.2.2"), much_later), Ok(()));
        assert_eq!(
            limits.seen().networks.len(),
            1,
            "nobody is remembered for longer than needed"
        );
    }

    #[test]
    fn a_home_a_site_and_neighbours_share_a_budget() {
        let now = Instant::now();
        let accepted = |addresses: Vec<IpAddr>| {
            let limits = Limits::new(30, 3000);
            let mails = addresses
                .into_iter()
                .filter(|address| limits.take_mail(*address, now).is_ok());
            mails.count()
        };
        let fourth = |group: u32| ip(&format!("2001:db8:0:{group:x}::1"));
        let homes = (0..256).map(|home| fourth(home << 8));
        assert_eq!(accepted(homes.collect()), 120, "256 homes of one site");
        let hosts = (0..256).map(|host| fourth(0xab00 | host));
        assert_eq!(accepted(hosts.collect()), 60, "256 hosts of one home");
        let neighbours = (0..512).map(|last| ip(&format!("192.0.2.{}", last % 256)));
        assert_eq!(accepted(neighbours.collect()), 240, "256 neighbours");
    }

    #[test]
    fn no_network_uses_up_the_total_budget() {
        let limits = Limits::new(400, 3000);
        let now = Instant::now();
        let sent = (0..5000).filter(|number| {
            let from = ip(&format!("2001:db8:0:{number:x}::1"));
            limits.take_mail(from, now).is_ok()
        });
        assert_eq!(sent.count(), 750, "a quarter");
        assert_eq!(limits.take_mail(ip("198.51.100.1"), now), Ok(()));
    }

    #[test]
    fn invalid_forms_count_against_their_sender_only() {
        let limits = Limits::new(30, 100);
        let now = Instant::now();
        for number in 0..5000 {
            let from = ip(&format!("2001:db8:0:{number:x}::1"));
            let _ = limits.take_submission(from, now);
        }
        assert_eq!(
            limits.take_submission(ip("2001:db8:0:ffff::1"), now),
            Ok(())
        );
        assert_eq!(limits.take_mail(ip("2001:db8:0:ffff::1"), now), Ok(()));
    }

    #[test]
    fn the_total_is_bounded() {
        let limits = Limits::new(1000, 5);
        let now = Instant::now();
        for net in 0..5 {
            assert_eq!(limits.take_mail(ip(&format!("192.0.{net}.1")), now), Ok(()));
        }
        let refused = limits.take_mail(ip("192.0.99.1"), now);
        assert!(matches!(refused, Err(Refusal::Everybody(_))), "{refused:?}");
    }

    #[test]
    fn memory_is_bounded_and_keeps_the_busiest_networks() {
        let limits = Limits::new(2, 1_000_000);
        let now = Instant::now();
        let busy = ip("203.0.113.7");
        assert!(limits.take_submission(busy, now).is_ok());
        assert!(limits.take_submission(busy, now).is_ok());
        for number in 0..50_000_u32 {
            let _ = limits.take_submission(IpAddr::V4(number.into()), now);
        }
        assert!(limits.seen().networks.len() <= MOST_NETWORKS);
        assert!(limits.take_submission(busy, now).is_err());
    }
}
