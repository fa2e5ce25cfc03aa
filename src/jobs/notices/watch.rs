//! Watches the outbox: warns the operator of notices that wait too long, and makes notices due that
//! a fast clock has postponed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::app::notices::{self, LATE_AFTER};
use crate::clock::Clock;
use crate::domain::timestamp::Timestamp;
use crate::jobs::job::{Job, Report, Run};
use crate::store::Db;

/// How often it checks.
const EVERY: Duration = Duration::from_mins(1);
/// How often it warns of the same delay.
const TELL_AGAIN: Duration = Duration::from_hours(1);

/// The job.
pub struct NoticeWatch {
    db: Db,
    clock: Clock,
    /// When it last warned of late notices, in monotonic time; none while there are none.
    told: Mutex<Option<Duration>>,
}

/// What a step found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watched {
    /// Notices that wait for longer than five minutes.
    pub late: i64,
    /// Whether it was logged this time.
    pub told: bool,
    /// Notices that a fast clock had postponed and that are due now.
    pub put_off: u64,
}

impl NoticeWatch {
    /// The job over this database.
    pub const fn new(db: Db, clock: Clock) -> Self {
        Self {
            db,
            clock,
            told: Mutex::new(None),
        }
    }

    /// Checks once.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Watched> {
        let put_off = self.distrust(now).await?;
        let lanes = notices::waiting(&mut self.db.read().await?, now).await?;
        let late: i64 = lanes.iter().map(|lane| lane.late).sum();
        let told = self.is_to_be_told(late);
        if told {
            for lane in lanes.iter().filter(|lane| lane.late > 0) {
                tracing::error!(
                    lane = %lane.lane,
                    late = lane.late,
                    oldest_seconds = lane.oldest_seconds,
                    "notices have waited for more than {} minutes: try the relay with `rundbrief mail test`",
                    LATE_AFTER.as_secs() / 60
                );
            }
        }
        Ok(Watched {
            late,
            told,
            put_off,
        })
    }

    /// Whether to log it: the first time and once an hour while it lasts. The end is logged too.
    fn is_to_be_told(&self, late: i64) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if late == 0 {
            if told.take().is_some() {
                tracing::info!("notices are no longer late");
            }
            return false;
        }
        let elapsed = self.clock.elapsed();
        if told.is_some_and(|at| elapsed.saturating_sub(at) < TELL_AGAIN) {
            return false;
        }
        *told = Some(elapsed);
        true
    }

    async fn distrust(&self, now: Timestamp) -> anyhow::Result<u64> {
        let put_off = notices::distrust_late_attempts(&self.db, now).await?;
        if put_off > 0 {
            tracing::warn!(
                notices = put_off,
                "the clock of this machine was ahead for a while, or is behind now: notices that were postponed too far are sent now; check the clock"
            );
        }
        Ok(put_off)
    }
}

impl Job for NoticeWatch {
    fn name(&self) -> &'static str {
        "notice-watch"
    }

    fn about(&self) -> &'static str {
        "logs notices that have waited for more than five minutes"
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let Watched { late, told, .. } = self.step(now).await?;
            Ok(if told {
                Report::did(format!(
                    "{late} notices have waited for more than five minutes"
                ))
            } else {
                Report::nothing()
            })
        })
    }
}
