//! Elects the node that runs the jobs of the leader: the one that holds the row of the schedule. It
//! renews its lease at a third of the term and resigns at a graceful stop; when it has been silent
//! for the term, another node takes over. One issue per slot does not depend on this: the database
//! ensures it.

use std::time::Duration;

use tokio::sync::Mutex;

use crate::app::leadership;
use crate::clock::{Clock, TOLERATED_SKEW};
use crate::store::leadership::Lease;
use crate::store::{self, Db};

/// The name of the row.
const SCHEDULE: &str = "schedule";

/// This node's part in the election.
pub struct Leader {
    db: Db,
    clock: Clock,
    /// New for every process, never reused.
    node: String,
    term: Duration,
    /// When this node's leadership ends, on its monotonic clock.
    until: Mutex<Option<Duration>>,
}

impl Leader {
    /// A node that does not lead yet; `term` is how long a leader may be silent before another
    /// takes over.
    pub fn new(db: Db, clock: Clock, term: Duration) -> Self {
        Self {
            db,
            node: store::new_uuid(clock.now()),
            clock,
            term,
            until: Mutex::new(None),
        }
    }

    /// How often to call [`Self::step`].
    pub fn every(&self) -> Duration {
        self.term / 3
    }

    /// Renews the lease or tries to acquire it, if due. Returns whether this node leads.
    pub async fn step(&self) -> store::Result<bool> {
        let mut until = self.until.lock().await;
        // Measured from before the query, so this node never assumes a longer lease than the others
        // do.
        let elapsed = self.clock.elapsed();
        let fresh = |until: Duration| until.saturating_sub(elapsed) > 2 * self.every();
        if until.is_some_and(fresh) {
            return Ok(true);
        }
        let led = until.is_some();
        *until = None; // also if the database fails: others may have taken over
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
