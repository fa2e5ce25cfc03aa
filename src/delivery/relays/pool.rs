//! The relays and the connection slots in use: what is available, and how many slots each offers.
//!
//! `now` is the clock's [`Clock::steady`] throughout: a correction of the time of day neither prolongs a
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
    /// At least one; those to be used first come first.
    pub(super) relays: Vec<Relay>,
    pub(super) slots: Mutex<Vec<SlotsInUse>>,
    /// Somebody left a slot, or a relay went down or came back.
    pub(super) changed: Notify,
    /// Where mails are counted, and by which clock.
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

/// The slots of one relay that are taken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SlotsInUse {
    pub(super) slots: u32,
    /// Whether one of them is a probe.
    pub(super) probe: bool,
}

/// What is to be expected of a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Availability {
    Up,
    /// It was down, and the pause is over.
    HalfOpen,
    /// Not before then.
    Down(Timestamp),
}

impl Pool {
    pub(super) fn lock(&self) -> MutexGuard<'_, Vec<SlotsInUse>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The priority whose relays offer slots.
    pub(super) fn best(&self, now: Timestamp) -> Option<u32> {
        let mut up = self
            .relays
            .iter()
            .filter(|relay| relay.availability(now) == Availability::Up);
        up.next().map(|relay| relay.priority) // they are in this order
    }

    /// A relay that is to be tried again, and nobody does so.
    pub(super) fn probe(&self, slots: &[SlotsInUse], now: Timestamp) -> Option<usize> {
        let best = self.best(now);
        (0..slots.len()).find(|index| {
            let relay = &self.relays[*index];
            relay.availability(now) == Availability::HalfOpen
                && best.is_none_or(|best| relay.priority <= best)
                && !slots[*index].probe
        })
    }

    /// How many slots a relay offers: as many as the scarcest of its priority allows for its weight.
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
                // A database that took long gave one that is of no use any more.
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
        self.changed.notify_waiters(); // its share goes to others
    }

    pub(super) fn worked(&self, index: usize) {
        let relay = &self.relays[index];
        if relay.circuit_breaker.worked() {
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
