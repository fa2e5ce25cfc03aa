//! Which node runs the schedule: the one that holds the row of it. It renews it at a third of its
//! time and gives it back at an orderly stop; when it is gone, another takes over once that time is
//! up. That a slot makes one issue does not hang on it: the database sees to that.

use std::time::Duration;

use tokio::sync::Mutex;

use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db};

/// The name of the row.
const SCHEDULE: &str = "schedule";

/// This node's part in it.
pub struct Leader {
    db: Db,
    /// Made anew for every process and never used again.
    node: String,
    term: Duration,
    /// Until when this node leads.
    until: Mutex<Option<Timestamp>>,
}

impl Leader {
    /// A node that does not lead yet; `term` is how long it may be silent before another takes over.
    pub fn new(db: Db, now: Timestamp, term: Duration) -> Self {
        Self {
            db,
            node: store::new_uuid(now),
            term,
            until: Mutex::new(None),
        }
    }

    /// How often [`Self::step`] is to be called.
    pub fn every(&self) -> Duration {
        self.term / 3
    }

    /// Renews the lease or tries to take it, where that is due. Whether this node leads.
    pub async fn step(&self, now: Timestamp) -> store::Result<bool> {
        let mut until = self.until.lock().await;
        let due = |until: Timestamp| until.since(now) <= 2 * self.every();
        if until.is_some_and(|until| !due(until)) {
            return Ok(true);
        }
        let led = until.is_some();
        *until = None; // also when the database does not answer: others may have taken over
        let next = now.plus(self.term);
        let mut tx = self.db.begin().await?;
        let leads = store::leadership::hold(&mut tx, SCHEDULE, &self.node, now, next).await?;
        tx.commit().await?;
        match (led, leads) {
            (false, true) => tracing::info!("this node runs the schedule"),
            (true, false) => tracing::warn!("another node runs the schedule now"),
            _ => {}
        }
        *until = leads.then_some(next);
        Ok(leads)
    }

    /// Lets another node take over at once.
    pub async fn release(&self) -> store::Result<()> {
        if self.until.lock().await.take().is_none() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        store::leadership::release(&mut tx, SCHEDULE, &self.node).await?;
        tx.commit().await
    }
}
