//! A slot: the right to one connection to one relay, and the check whether it is still valid.

use std::sync::Arc;

use super::limiter::Permit;
use super::pool::{Availability, Pool, Relay, SlotsInUse};
use crate::delivery::transport::Transport;
use crate::delivery::transport_error::TransportError;
use crate::domain::timestamp::Timestamp;
use crate::store::StoreError;

/// A relay to avoid until an instant, because a connection to it has just failed.
#[derive(Debug, Clone, Copy)]
pub(in crate::delivery) struct Avoid {
    pub(super) relay: usize,
    pub(super) until: Timestamp,
}

/// The result of [`ConnectionSlot::check`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::delivery) enum SlotCheck {
    /// The slot is valid.
    Keep,
    /// The slot now belongs to another relay, which is due for a probe: reconnect.
    Moved,
    /// Close the connection, release the slot, and acquire another.
    Release,
}

/// The right to one connection to one relay, until it is dropped.
pub(in crate::delivery) struct ConnectionSlot {
    pub(super) pool: Arc<Pool>,
    pub(super) relay: usize,
    pub(super) probe: bool,
}

impl ConnectionSlot {
    /// Where to connect to.
    pub(in crate::delivery) fn transport(&self) -> &Transport {
        &self.relay().transport
    }

    /// Where the next mail goes. A connection that gets replies stays when others find the relay
    /// down; it moves when a better relay has recovered, or when the relay has too many
    /// connections.
    pub(in crate::delivery) fn check(&mut self, now: Timestamp, connected: bool) -> SlotCheck {
        let inner = Arc::clone(&self.pool);
        let mut slots = inner.lock();
        if let Some(probe) = inner
            .probe(&slots, now)
            .filter(|probe| *probe != self.relay)
        {
            self.leave(&mut slots);
            slots[probe].slots += 1;
            slots[probe].probe = true;
            (self.relay, self.probe) = (probe, true);
            return SlotCheck::Moved;
        }
        let relay = self.relay();
        let is_better = |best| best < relay.priority;
        let stays = match relay.availability(now) {
            _ if inner.best(now).is_some_and(is_better) => false,
            Availability::Up => slots[self.relay].slots <= inner.allotted(self.relay, now),
            Availability::HalfOpen => connected || self.probe,
            Availability::Down(_) => connected,
        };
        if stays {
            SlotCheck::Keep
        } else {
            SlotCheck::Release
        }
    }

    /// A permit to start one mail at once.
    pub(in crate::delivery) async fn permit(&self) -> Result<Permit, StoreError> {
        self.pool.permit(self.relay()).await
    }

    /// The relay answered to a mail at `now`.
    pub(in crate::delivery) fn worked(&self, now: Timestamp) {
        self.pool.worked(self.relay, now);
    }

    /// A connection failed or could not be used. Returns what to avoid now.
    pub(in crate::delivery) fn failed(
        &self,
        now: Timestamp,
        error: &TransportError,
    ) -> Option<Avoid> {
        self.pool.failed(self.relay, now, error);
        self.relay().circuit_breaker.pause().map(|until| Avoid {
            relay: self.relay,
            until,
        })
    }

    fn leave(&self, slots: &mut [SlotsInUse]) {
        let taken = &mut slots[self.relay];
        taken.slots -= 1;
        taken.probe &= !self.probe;
    }

    pub(super) fn relay(&self) -> &Relay {
        &self.pool.relays[self.relay]
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let pool = Arc::clone(&self.pool);
        self.leave(&mut pool.lock());
        pool.changed.notify_waiters();
    }
}
