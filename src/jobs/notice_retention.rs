//! Removes notices that were finished long ago.

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Db};

/// How long it can be looked up what became of a notice. The proof of consent stands in the consent
/// log and stays.
const KEEP: Duration = Duration::from_hours(30 * 24);
/// How often it runs.
const EVERY: Duration = Duration::from_hours(1);

/// The job.
#[derive(Clone)]
pub struct NoticeRetention {
    db: Db,
}

impl NoticeRetention {
    /// The job over this database.
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Removes old notices; returns how many.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<u64> {
        let mut tx = self.db.begin().await?;
        let removed = store::outbox::remove_finished(&mut tx, now.minus(KEEP)).await?;
        tx.commit().await?;
        Ok(removed)
    }
}

impl Job for NoticeRetention {
    fn name(&self) -> &'static str {
        "notice-retention"
    }

    fn about(&self) -> &'static str {
        "removes notices that were finished 30 days ago"
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            Ok(match self.step(now).await? {
                0 => Report::nothing(),
                removed => Report::did(format!("removed {removed} notices")),
            })
        })
    }
}
