//! A seat: the right to one connection to one relay, and whether it is still a good one.

use std::sync::Arc;

use super::{Permit, Relay, Relays, Standing, Taken};
use crate::delivery::transport::Transport;
use crate::delivery::trouble::Trouble;
use crate::domain::timestamp::Timestamp;
use crate::store::StoreError;

/// A relay that somebody does not want before an instant: its connection has just failed.
#[derive(Debug, Clone, Copy)]
pub(in crate::delivery) struct Avoid {
    pub(super) relay: usize,
    pub(super) until: Timestamp,
}

/// What [`Seat::look`] finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::delivery) enum Look {
    /// The seat is good.
    Stay,
    /// It is one at another relay now, which is to be tried again: connect anew.
    Moved,
    /// Hang up, leave it, and take another one.
    Leave,
}

/// The right to one connection to one relay, until it is dropped.
pub(in crate::delivery) struct Seat {
    pub(super) relays: Relays,
    pub(super) relay: usize,
    pub(super) trial: bool,
}

impl Seat {
    /// Where to connect to.
    pub(in crate::delivery) fn transport(&self) -> &Transport {
        &self.relay().transport
    }

    /// Where the next mail is to go. Who is connected and gets answers stays when others find the
    /// relay down, but goes where a better one is back, or where there are too many.
    pub(in crate::delivery) fn look(&mut self, now: Timestamp, connected: bool) -> Look {
        let inner = Arc::clone(&self.relays.0);
        let mut seats = inner.lock();
        if let Some(trial) = inner
            .trial(&seats, now)
            .filter(|trial| *trial != self.relay)
        {
            self.leave(&mut seats);
            seats[trial].seats += 1;
            seats[trial].trial = true;
            (self.relay, self.trial) = (trial, true);
            return Look::Moved;
        }
        let relay = self.relay();
        let is_better = |best| best < relay.priority;
        let stays = match relay.standing(now) {
            _ if inner.best(now).is_some_and(is_better) => false,
            Standing::Up => seats[self.relay].seats <= inner.allotted(self.relay, now),
            Standing::Trial => connected || self.trial,
            Standing::Off(_) => connected,
        };
        if stays { Look::Stay } else { Look::Leave }
    }

    /// A permit to start one mail at once.
    pub(in crate::delivery) async fn permit(&self) -> Result<Permit, StoreError> {
        self.relays.permit(self.relay()).await
    }

    /// The relay answered to a mail.
    pub(in crate::delivery) fn worked(&self) {
        self.relays.worked(self.relay);
    }

    /// A connection could not be made or was of no use. Returns what to avoid now.
    pub(in crate::delivery) fn failed(&self, now: Timestamp, trouble: &Trouble) -> Option<Avoid> {
        self.relays.failed(self.relay, now, trouble);
        self.relay().circuit.pause().map(|until| Avoid {
            relay: self.relay,
            until,
        })
    }

    fn leave(&self, seats: &mut [Taken]) {
        let taken = &mut seats[self.relay];
        taken.seats -= 1;
        taken.trial &= !self.trial;
    }

    pub(super) fn relay(&self) -> &Relay {
        &self.relays.0.relays[self.relay]
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let relays = self.relays.clone();
        self.leave(&mut relays.0.lock());
        relays.0.changed.notify_waiters();
    }
}
