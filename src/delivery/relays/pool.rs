//! The relays and the connection slots in use: what is available, and how many slots each grants.
//!
//! `now` is the clock's [`Clock::steady`] throughout: setting the wall clock neither prolongs a
//! pause nor ends one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::limiter::{Limiter, Permit};
use crate::clock::Clock;
use crate::config;
use crate::delivery::circuit_breaker::CircuitBreaker;
use crate::delivery::transport::Transport;
use crate::delivery::transport_error::TransportError;
use crate::domain::timestamp::Timestamp;
use crate::store::{Db, StoreError};

/// What all clones of [`super::Relays`] share.
pub(super) struct Pool {
    /// At least one, in order of priority.
    pub(super) relays: Vec<Relay>,
    pub(super) slots: Mutex<Vec<SlotsInUse>>,
    /// A slot was released, or a relay went down or recovered.
    pub(super) changed: Notify,
    /// Where mails are counted, and the clock.
    pub(super) counting: Option<(Db, Clock)>,
}

/// One relay.
pub(super) struct Relay {
    pub(super) name: String,
    pub(super) transport: Transport,
    pub(super) priority: u32,
    pub(super) weight: u32,
    pub(super) circuit_breaker: CircuitBreaker,
    pub(super) limiter: Option<Limiter>,
}

/// The slots of one relay that are in use.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SlotsInUse {
    pub(super) slots: u32,
    /// Whether one of them is a probe.
    pub(super) probe: bool,
}

/// The availability of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Availability {
    Up,
    /// It was down, and its pause is over.
    HalfOpen,
    /// Not before then.
    Down(Timestamp),
}

impl Pool {
    pub(super) fn lock(&self) -> MutexGuard<'_, Vec<SlotsInUse>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The priority whose relays grant slots.
    pub(super) fn best(&self, now: Timestamp) -> Option<u32> {
        let mut up = self
            .relays
            .iter()
            .filter(|relay| relay.availability(now) == Availability::Up);
        up.next().map(|relay| relay.priority) // sorted by priority
    }

    /// A relay that is due for a probe and has none.
    pub(super) fn probe(&self, slots: &[SlotsInUse], now: Timestamp) -> Option<usize> {
        let best = self.best(now);
        (0..slots.len()).find(|index| {
            let relay = &self.relays[*index];
            relay.availability(now) == Availability::HalfOpen
                && best.is_none_or(|best| relay.priority <= best)
                && !slots[*index].probe
        })
    }

    /// How many slots a relay grants: as many as the scarcest relay of its priority allows for its
    /// weight.
    pub(super) fn allotted(&self, index: usize, now: Timestamp) -> u32 {
        let relay = &self.relays[index];
        if relay.availability(now) != Availability::Up || self.best(now) != Some(relay.priority) {
            return 0;
        }
        let equals = self.relays.iter().filter(|one| {
            one.priority == relay.priority && one.availability(now) == Availability::Up
        });
        let shares = equals.map(|one| {
            let connections = u64::from(one.transport.connections());
            connections * u64::from(relay.weight) / u64::from(one.weight.max(1))
        });
        u32::try_from(shares.min().unwrap_or(1))
            .unwrap_or(u32::MAX)
            .max(1)
    }

    pub(super) async fn permit(&self, relay: &Relay) -> Result<Permit, StoreError> {
        match (&relay.limiter, &self.counting) {
            (Some(limiter), Some((db, clock))) => loop {
                let permit = limiter.permit(db, clock).await?;
                // A slow database returned a permit that has expired.
                let late = |by: Timestamp| clock.steady() > by;
                if !matches!(permit, Permit::Granted(Some(by)) if late(by)) {
                    return Ok(permit);
                }
            },
            _ => Ok(Permit::Granted(None)),
        }
    }

    pub(super) fn failed(&self, relay: usize, now: Timestamp, error: &TransportError) {
        let relay = &self.relays[relay];
        relay.circuit_breaker.failed(now, error);
        self.changed.notify_waiters(); // others get its share
    }

    pub(super) fn worked(&self, index: usize, now: Timestamp) {
        let relay = &self.relays[index];
        if relay.circuit_breaker.worked(now) {
            self.lock()[index].probe = false;
            self.changed.notify_waiters();
        }
    }
}

impl Relay {
    pub(super) fn new(name: &str, transport: Transport, settings: &config::Relay) -> Self {
        Self {
            name: name.to_owned(),
            transport,
            priority: settings.priority,
            weight: settings.weight.max(1),
            circuit_breaker: CircuitBreaker::new(name),
            limiter: Limiter::new(name, settings.limits),
        }
    }

    pub(super) fn availability(&self, now: Timestamp) -> Availability {
        let limited = self.limited_until(now);
        match self.circuit_breaker.pause() {
            Some(until) if until > now => {
                Availability::Down(limited.map_or(until, |at| at.max(until)))
            }
            down => match (limited, down) {
                (Some(at), _) => Availability::Down(at),
                (None, Some(_)) => Availability::HalfOpen,
                (None, None) => Availability::Up,
            },
        }
    }

    pub(super) fn limited_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.limiter
            .as_ref()
            .and_then(|limiter| limiter.not_before(now))
    }
}
