//! The relays of an installation: which one a connection goes to, what happens when one is down or
//! at its limits, and single mails over any that is available.
//!
//! A worker takes a [`ConnectionSlot`] before it connects: the right to one connection to one
//! relay. Relays with the lowest priority number grant slots, in proportion to their weights; the
//! others only when those are down or at their limits. A relay that was down grants a single slot
//! for a probe. A worker checks before each mail whether its slot is still valid.

mod limiter;
mod pool;
mod slot;
mod window;

use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use super::circuit_breaker::{CircuitBreaker, Down};
use super::tls::BadRelay;
use super::transport::{Envelope, Transport};
use super::transport_error::{SendError, SendResult, TransportError};
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::domain::timestamp::Timestamp;
use crate::store::Db;
pub(super) use limiter::Permit;
use pool::{Availability, Pool, Relay, SlotsInUse};
pub(super) use slot::{Avoid, ConnectionSlot, SlotCheck};

#[cfg(test)]
mod tests;

/// All relays. Clones share their state.
#[derive(Clone)]
pub struct Relays(Arc<Pool>);

/// How a relay does. Instants are the steady clock's.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    /// The relay, as the ledger names it.
    pub(super) relay: String,
    /// The outage, if it is down; otherwise since when it answers, if it did.
    pub(super) state: Result<Option<Timestamp>, Down>,
    /// When it takes mails again, where its limit is reached.
    pub(super) limited_until: Option<Timestamp>,
}

/// Why a relay cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
#[error("the relay {name} cannot be used as configured")]
pub struct UnusableRelay {
    /// Which one.
    pub name: String,
    /// Why.
    #[source]
    pub why: BadRelay,
}

impl Relays {
    /// The relays of the configuration; `host` is our name in EHLO where a relay's `hello_name` is
    /// not set. Limits are counted in `counting`; without it they are ignored.
    pub fn new(
        config: &Config,
        host: &str,
        counting: Option<(Db, Clock)>,
    ) -> Result<Self, UnusableRelay> {
        let relay = |(name, relay): (&str, &config::Relay)| {
            let transport = Transport::new(relay, host).map_err(|why| UnusableRelay {
                name: name.to_owned(),
                why,
            })?;
            Ok(Relay::new(name, transport, relay))
        };
        let relays = config.relays().map(relay).collect::<Result<_, _>>()?;
        Ok(Self::of(relays, counting))
    }

    fn of(mut relays: Vec<Relay>, counting: Option<(Db, Clock)>) -> Self {
        relays.sort_by_key(|relay| relay.priority);
        Self(Arc::new(Pool {
            slots: Mutex::new(vec![SlotsInUse::default(); relays.len()]),
            changed: Notify::new(),
            relays,
            counting,
        }))
    }

    /// The names, in order of priority.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.relays.iter().map(|relay| relay.name.as_str())
    }

    /// The relay of this name.
    pub fn named(&self, name: &str) -> Option<&Transport> {
        let mut relays = self.0.relays.iter();
        relays
            .find(|relay| relay.name == name)
            .map(|relay| &relay.transport)
    }

    /// The most concurrent connections: those of the priority with the most.
    pub(super) fn connections(&self) -> u32 {
        let of = |priority| {
            let same = self
                .0
                .relays
                .iter()
                .filter(move |one| one.priority == priority);
            same.map(|one| one.transport.connections()).sum()
        };
        self.0
            .relays
            .iter()
            .map(|one| of(one.priority))
            .max()
            .unwrap_or(1)
            .max(1)
    }

    /// The first relay's last error, once every relay has failed `rounds` rounds in a row.
    pub(super) fn down_for(&self, rounds: u32) -> Option<TransportError> {
        let errors: Option<Vec<_>> = self
            .0
            .relays
            .iter()
            .map(|one| one.circuit_breaker.down_for(rounds))
            .collect();
        errors?.into_iter().next()
    }

    /// When mails may be sent again, if no relay accepts any now and at least one is at its limits.
    pub(super) fn limited_until(&self, now: Timestamp) -> Option<Timestamp> {
        if self
            .0
            .relays
            .iter()
            .any(|one| !matches!(one.availability(now), Availability::Down(_)))
        {
            return None;
        }
        self.0
            .relays
            .iter()
            .filter_map(|one| one.limited_until(now))
            .min()
    }

    /// How each relay does.
    pub(super) fn conditions(&self, now: Timestamp) -> Vec<Condition> {
        let relays = self.0.relays.iter();
        let condition = |one: &Relay| Condition {
            relay: one.transport.name().to_owned(),
            state: one.circuit_breaker.condition(),
            limited_until: one.limited_until(now),
        };
        relays.map(condition).collect()
    }

    /// Waits for a slot; `but` names a relay to avoid until an instant.
    pub(super) async fn slot(&self, clock: &Clock, but: Option<&Avoid>) -> ConnectionSlot {
        loop {
            let mut changed = std::pin::pin!(self.0.changed.notified());
            changed.as_mut().enable(); // before the check, so that no notification is lost
            match self.slot_at(clock.steady(), but) {
                Ok(slot) => return slot,
                Err(Some(until)) => tokio::select! {
                    () = changed => {}
                    () = clock.sleep_until_steady(until) => {}
                },
                Err(None) => changed.await,
            }
        }
    }

    /// A slot, or when to ask again if nothing changes until then.
    fn slot_at(
        &self,
        now: Timestamp,
        but: Option<&Avoid>,
    ) -> Result<ConnectionSlot, Option<Timestamp>> {
        let mut slots = self.0.lock();
        let avoided = |index: usize| but.is_some_and(|but| but.relay == index && now < but.until);
        let probe = self.0.probe(&slots, now).filter(|index| !avoided(*index));
        let free = || {
            let open = (0..slots.len()).filter(|index| {
                slots[*index].slots < self.0.allotted(*index, now) && !avoided(*index)
            });
            open.min_by(|one, other| {
                // The relay with the lower load for its weight: (a + 1) / weight, compared with
                // b's.
                let filled = |index: usize, by: usize| {
                    u64::from(slots[index].slots + 1) * u64::from(self.0.relays[by].weight)
                };
                filled(*one, *other).cmp(&filled(*other, *one))
            })
        };
        let Some(relay) = probe.or_else(free) else {
            let ends = self
                .0
                .relays
                .iter()
                .filter_map(|relay| match relay.availability(now) {
                    Availability::Down(until) => Some(until),
                    Availability::Up | Availability::HalfOpen => None,
                });
            let ends = ends.chain(but.map(|but| but.until).filter(|until| *until > now));
            return Err(ends.min());
        };
        slots[relay].slots += 1;
        slots[relay].probe |= probe.is_some();
        Ok(ConnectionSlot {
            pool: Arc::clone(&self.0),
            relay,
            probe: probe.is_some(),
        })
    }

    /// Sends one mail over a new connection to the first relay that is reachable and below its
    /// limits.
    pub async fn send(&self, envelope: &Envelope<'_>, mail: &[u8], now: Timestamp) -> SendResult {
        // Instants in memory are the steady clock's, if there is one.
        let counting = self.0.counting.as_ref();
        let now = counting.map_or(now, |(_, clock)| clock.steady());
        let mut order: Vec<_> = (0..self.0.relays.len()).collect();
        // Relays that are down come last: trying one with a single mail costs little.
        order.sort_by_key(|index| self.0.relays[*index].availability(now));
        let mut first = None;
        for index in order {
            let relay = &self.0.relays[index];
            let mut connection = match relay.transport.connect().await {
                Ok(connection) => connection,
                Err(error) => {
                    self.0.failed(index, now, &error);
                    first.get_or_insert(error);
                    continue;
                }
            };
            if let Err(error) = self.may_take(relay).await {
                connection.close().await;
                first.get_or_insert(error);
                continue;
            }
            let result = connection.send(envelope, mail).await;
            match &result {
                Ok(_) | Err(SendError::Refused(_)) => {
                    self.0.worked(index, now);
                }
                Err(SendError::Relay(error) | SendError::Unanswered(error)) => {
                    self.0.failed(index, now, error);
                }
            }
            connection.close().await;
            return result;
        }
        Err(first
            .unwrap_or_else(|| TransportError::Limited("there is no relay".to_owned()))
            .into())
    }

    /// Takes a permit, or returns why there is none.
    async fn may_take(&self, relay: &Relay) -> Result<(), TransportError> {
        match self.0.permit(relay).await {
            Ok(Permit::Granted(_)) => Ok(()),
            Ok(Permit::NotBefore(at)) => {
                let name = &relay.name;
                Err(TransportError::Limited(format!(
                    "{name} accepts the next mail at {at}"
                )))
            }
            Err(error) => Err(TransportError::Limited(format!(
                "the limit cannot be read: {error}"
            ))),
        }
    }
}

/// One relay without limits.
impl From<Transport> for Relays {
    fn from(transport: Transport) -> Self {
        let relay = Relay {
            name: "main".to_owned(),
            priority: 1,
            weight: transport.connections().max(1),
            circuit_breaker: CircuitBreaker::new("main"),
            limiter: None,
            transport,
        };
        Self::of(vec![relay], None)
    }
}

impl std::fmt::Debug for Relays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
