//! Permits for the mails of one relay: taken from the database in small batches, one batch for all
//! connections that wait, and given out one by one.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use tokio::sync::Mutex;

use super::window::{Grant, SKEW, Windows};
use crate::clock::Clock;
use crate::config::Limits;
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db, StoreError};

/// What [`Limiter::permit`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::delivery) enum Permit {
    /// One mail may go out now; it must be sent before then.
    Granted(Option<Timestamp>),
    /// None before then: the relay's limit is reached.
    NotBefore(Timestamp),
}

/// The permits of one relay. Dropping it loses those that were taken and not used.
#[derive(Debug)]
pub(super) struct Limiter {
    /// The name it is counted under.
    relay: String,
    windows: Windows,
    batch: Mutex<Batch>,
    /// Connections that wait for a permit.
    waiting: AtomicU32,
    /// Before when there is none, in microseconds; in the past while there are some.
    not_before: AtomicI64,
}

/// Permits in hand.
#[derive(Debug)]
struct Batch {
    left: u32,
    /// How many there were.
    size: u32,
    until: Timestamp,
    /// When mails with these permits must be sent.
    use_by: Timestamp,
}

impl Limiter {
    /// `None` for a relay that takes as many as it can.
    pub(super) fn new(relay: &str, limits: Limits) -> Option<Self> {
        let nothing = Timestamp::from_micros(0);
        Some(Self {
            relay: relay.to_owned(),
            windows: Windows::new(limits)?,
            batch: Mutex::new(Batch {
                left: 0,
                size: 0,
                until: nothing,
                use_by: nothing,
            }),
            waiting: AtomicU32::new(0),
            not_before: AtomicI64::new(0),
        })
    }

    /// Until when there are no permits, as far as this node knows.
    pub(super) fn not_before(&self, now: Timestamp) -> Option<Timestamp> {
        let at = Timestamp::from_micros(self.not_before.load(Ordering::Relaxed));
        (at > now).then_some(at)
    }

    /// A permit to start one mail at once. If the returned future is dropped, permits may be lost.
    pub(super) async fn permit(&self, db: &Db, clock: &Clock) -> Result<Permit, StoreError> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let waits = Waits(&self.waiting);
        let mut batch = self.batch.lock().await;
        drop(waits);
        let now = clock.steady();
        if batch.left > 0 && now < batch.until {
            batch.left -= 1;
            return Ok(Permit::Granted(Some(batch.use_by)));
        }
        if let Some(at) = self.not_before(now) {
            return Ok(Permit::NotBefore(at));
        }
        // Used up before its time: more are wanted than those who wait just now.
        let grown = if batch.left == 0 && now < batch.until {
            batch.size.saturating_mul(2)
        } else {
            0
        };
        let waiting = self.waiting.load(Ordering::Relaxed).saturating_add(1);
        let wanted = waiting.max(grown.min(self.windows.most_at_once()));
        match self.reserve(db, clock, wanted).await? {
            Grant::Permits(size) => {
                *batch = Batch {
                    left: size - 1,
                    size,
                    until: now.plus(self.windows.life()),
                    use_by: now.plus(self.windows.use_within()),
                };
                Ok(Permit::Granted(Some(batch.use_by)))
            }
            Grant::NotBefore(at) => {
                self.not_before.store(at.micros(), Ordering::Relaxed);
                Ok(Permit::NotBefore(at))
            }
        }
    }

    /// Takes permits from the windows that all nodes share; an instant in the answer is
    /// [`Clock::steady`]'s.
    async fn reserve(&self, db: &Db, clock: &Clock, wanted: u32) -> Result<Grant, StoreError> {
        let now = clock.now();
        let mut tx = db.begin().await?;
        // By the clock of all nodes that is furthest ahead, so that none counts twice as fast.
        let common = store::relay_window::lock(&mut tx, &self.relay, now, SKEW).await?;
        let cells = store::relay_window::cells(&mut tx, &self.relay).await?;
        let count = match self.windows.grant(&cells, common, wanted) {
            Grant::Permits(count) => count,
            Grant::NotBefore(at) => {
                return Ok(Grant::NotBefore(clock.steady().plus(at.since(common))));
            }
        };
        for span in self.windows.spans() {
            let name = span.as_str();
            store::relay_window::take(&mut tx, &self.relay, name, span.cell_of(common), count)
                .await?;
            let counts = span.counts(common);
            if cells
                .iter()
                .any(|cell| cell.span == name && !counts.contains(&cell.begins_at))
            {
                let (from, to) = (*counts.start(), *counts.end());
                store::relay_window::forget(&mut tx, &self.relay, name, from.into(), to.into())
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(Grant::Permits(count))
    }
}

/// Counts somebody who waits, also when they give up.
struct Waits<'a>(&'a AtomicU32);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
