//! Forgets what nobody needs any longer.

use std::time::Duration;

use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db};

/// How long it can be looked up what became of a confirmation mail. What proves consent stands in
/// the consent log and stays.
const KEEP_NOTICES: Duration = Duration::from_hours(30 * 24);

/// The job.
#[derive(Clone)]
pub struct Tidy {
    db: Db,
}

impl Tidy {
    /// The job over this database.
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Forgets; returns how many notices.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<u64> {
        let mut tx = self.db.begin().await?;
        let gone = store::outbox::remove_finished(&mut tx, now.minus(KEEP_NOTICES)).await?;
        tx.commit().await?;
        Ok(gone)
    }
}
