//! Which node runs the jobs that one node alone runs: the one that holds the row of the schedule. It
//! renews its lease at a third of the term and resigns at an orderly stop; when it has been silent
//! for the term, another node takes over. That a slot makes one issue does not depend on this: the
//! database sees to that.

use std::time::Duration;

use tokio::sync::Mutex;

use crate::app::leadership;
use crate::clock::{Clock, TOLERATED_SKEW};
use crate::store::leadership::Lease;
use crate::store::{self, Db};

/// The name of the row.
const SCHEDULE: &str = "schedule";

/// This node's part in it.
pub struct Leader {
    db: Db,
    clock: Clock,
    /// Made anew for every process and never used again.
    node: String,
    term: Duration,
    /// Until when this node leads, by the monotonic time of its clock.
    until: Mutex<Option<Duration>>,
}

impl Leader {
    /// A node that does not lead yet; `term` is how long it may be silent before another takes over.
    pub fn new(db: Db, clock: Clock, term: Duration) -> Self {
        Self {
            db,
            node: store::new_uuid(clock.now()),
            clock,
            term,
            until: Mutex::new(None),
        }
    }

    /// How often [`Self::step`] is to be called.
    pub fn every(&self) -> Duration {
        self.term / 3
    }

    /// Renews the lease or tries to take it, where that is due. Returns whether this node leads.
    pub async fn step(&self) -> store::Result<bool> {
        let mut until = self.until.lock().await;
        // Measured from before the database is asked, so this node never believes in its lease for
        // longer than the others do.
        let elapsed = self.clock.elapsed();
        let fresh = |until: Duration| until.saturating_sub(elapsed) > 2 * self.every();
        if until.is_some_and(fresh) {
            return Ok(true);
        }
        let led = until.is_some();
        *until = None; // also when the database does not answer: others may have taken over
        let now = self.clock.now();
        let lease = Lease {
            now,
            until: now.plus(self.term),
            longest: now.plus(self.term).plus(TOLERATED_SKEW),
        };
        let leads = leadership::hold(&self.db, SCHEDULE, &self.node, lease).await?;
        match (led, leads) {
            (false, true) => tracing::info!("this node leads and runs the schedule"),
            (true, false) => tracing::warn!("another node leads and runs the schedule now"),
            _ => {}
        }
        *until = leads.then(|| elapsed + self.term);
        Ok(leads)
    }

    /// Resigns, so that another node takes over at once.
    pub async fn resign(&self) -> store::Result<()> {
        if self.until.lock().await.take().is_none() {
            return Ok(());
        }
        leadership::resign(&self.db, SCHEDULE, &self.node).await
    }
}
