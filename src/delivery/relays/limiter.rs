//! Permits for the mails of one relay: taken from the database in small batches, one batch for all
//! waiting connections, and handed out one by one.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use tokio::sync::Mutex;

use super::window::{Grant, SKEW, Windows};
use crate::clock::Clock;
use crate::config::Limits;
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db, StoreError};

/// The result of [`Limiter::permit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::delivery) enum Permit {
    /// One mail may go out now; it must be sent before then.
    Granted(Option<Timestamp>),
    /// The relay's limit is reached until then.
    NotBefore(Timestamp),
}

/// The permits of one relay. Dropping it loses unused permits.
#[derive(Debug)]
pub(super) struct Limiter {
    /// The name it is counted under.
    relay: String,
    windows: Windows,
    batch: Mutex<Batch>,
    /// Connections that wait for a permit.
    waiting: AtomicU32,
    /// No permits are available before this, in microseconds; in the past while there are some.
    not_before: AtomicI64,
}

/// Permits that are taken and not used yet.
#[derive(Debug)]
struct Batch {
    left: u32,
    /// How many there were at first.
    size: u32,
    until: Timestamp,
    /// When mails with these permits must be sent.
    use_by: Timestamp,
}

impl Limiter {
    /// `None` for a relay without limits.
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

    /// When permits are available again, as far as this node knows.
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
        // Used up before it expired: demand is higher than the number of waiting connections.
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

    /// Takes permits from the windows that all nodes share; instants in the result are
    /// [`Clock::steady`]'s.
    async fn reserve(&self, db: &Db, clock: &Clock, wanted: u32) -> Result<Grant, StoreError> {
        let now = clock.now();
        let mut tx = db.begin().await?;
        // All nodes count by the clock that is furthest ahead, so that nothing is counted twice.
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

/// Counts a waiting connection until it gets a permit or gives up.
struct Waits<'a>(&'a AtomicU32);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
