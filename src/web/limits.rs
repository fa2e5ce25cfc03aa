//! How often the sign-up form may be sent: by one client, and by everybody together.
//!
//! A leaky bucket that remembers one instant per client (the generic cell rate algorithm): the
//! whole hour's number may come at once, then as many as drain.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::timestamp::Timestamp;

const HOUR: Duration = Duration::from_hours(1);
/// Clients remembered at once, some 40 bytes each. When so many have been here within the hour, the
/// limit for all together decides about the others.
const MOST_CLIENTS: usize = 20_000;

/// What was sent within the last hour. Kept in memory only.
pub(super) struct Limits {
    per_client: Rate,
    in_all: Rate,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    all: Option<Timestamp>,
    /// When clients were last forgotten whose bucket has drained.
    cleared: Option<Timestamp>,
    clients: HashMap<u64, Timestamp>,
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

    /// When the bucket is empty after one more request, given when it `empties` now; or how long to
    /// wait until that request fits.
    fn take(self, empties: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Duration> {
        let full_until = empties.map_or(now, |at| at.max(now)).plus(self.each);
        let full = full_until.since(now);
        // Dividing an hour may leave a remainder; half a request makes up for it.
        match full.checked_sub(HOUR + self.each / 2) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(full_until),
        }
    }
}

impl Limits {
    /// Limits in requests per hour.
    pub(super) fn new(per_client: u32, in_all: u32) -> Self {
        Self {
            per_client: Rate::per_hour(per_client),
            in_all: Rate::per_hour(in_all),
            seen: Mutex::default(),
        }
    }

    /// Counts one request, or says how many seconds to wait. What is refused is not counted.
    pub(super) fn take(&self, client: IpAddr, now: Timestamp) -> Result<(), u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(client);
        let wait = |span: Duration| span.as_secs() + 1;
        let own = self
            .per_client
            .take(seen.clients.get(&key).copied(), now)
            .map_err(wait)?;
        let all = self.in_all.take(seen.all, now).map_err(|span| {
            tracing::warn!("the sign-up form is sent more often than subscribing.requests_in_all allows; somebody may be abusing it");
            wait(span)
        })?;
        seen.all = Some(all);
        let is_full = seen.clients.len() >= MOST_CLIENTS && !seen.clients.contains_key(&key);
        if is_full || seen.cleared.is_none_or(|at| now.since(at) >= HOUR) {
            seen.clients.retain(|_, empties| *empties > now);
            seen.cleared = Some(now);
        }
        if seen.clients.len() < MOST_CLIENTS || seen.clients.contains_key(&key) {
            seen.clients.insert(key, own);
        }
        Ok(())
    }
}

/// One IPv4 address, or one IPv6 network of 64 bits: that is what one household gets. The two
/// cannot meet: no public IPv6 network begins with 32 zero bits.
fn key(client: IpAddr) -> u64 {
    match client.to_canonical() {
        IpAddr::V4(address) => u64::from(address.to_bits()),
        IpAddr::V6(address) => u64::try_from(address.to_bits() >> 64).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn each_client_has_its_own_bucket() {
        let limits = Limits::new(3, 1000);
        let now = Timestamp::from_micros(0);
        for _ in 0..3 {
            assert_eq!(limits.take(ip("2001:db8::1"), now), Ok(()));
        }
        let wait = limits
            .take(ip("2001:db8::ffff"), now)
            .expect_err("the same /64");
        assert_eq!(limits.take(ip("2001:db8:0:1::1"), now), Ok(()));
        assert_eq!(limits.take(ip("192.0.2.1"), now), Ok(()));
        let later = now.plus(Duration::from_secs(wait));
        assert_eq!(limits.take(ip("2001:db8::1"), later), Ok(()));
        assert!(limits.take(ip("2001:db8::1"), later).is_err());
        let much_later = now.plus(3 * HOUR);
        assert_eq!(limits.take(ip("192.0.2.2"), much_later), Ok(()));
        let seen = limits.seen.lock().expect("not poisoned");
        assert_eq!(
            seen.clients.len(),
            1,
            "nobody is remembered for longer than needed"
        );
    }

    #[test]
    fn all_together_are_bounded_and_so_is_the_memory() {
        let limits = Limits::new(1000, 5);
        let now = Timestamp::from_micros(0);
        for last in 0..5 {
            assert_eq!(limits.take(ip(&format!("192.0.2.{last}")), now), Ok(()));
        }
        assert!(limits.take(ip("192.0.2.99"), now).is_err());
        let many = Limits::new(2, 1_000_000);
        for number in 0..30_000_u32 {
            let _ = many.take(IpAddr::V4(number.into()), now);
        }
        let seen = many.seen.lock().expect("not poisoned");
        assert!(seen.clients.len() <= MOST_CLIENTS);
    }
}
