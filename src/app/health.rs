//! How the installation is, for monitoring.

use super::notices::{self, LaneStatus};
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Connection};

/// What `/healthz?full` answers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Health {
    /// `ok`, or `attention` where something else in here is not as it should be. The node itself can
    /// answer in both cases.
    pub status: &'static str,
    /// How many notices have waited for more than five minutes; 0 when all is well.
    pub late_notices: i64,
    /// The lanes in which notices wait; empty lanes are left out.
    pub lanes: Vec<LaneStatus>,
    /// Recurring jobs whose last run failed; `rundbrief jobs` shows why.
    pub failing_jobs: Vec<String>,
}

/// How the installation is at `now`.
pub async fn health(conn: &mut impl Connection, now: Timestamp) -> store::Result<Health> {
    let lanes = notices::waiting(conn, now).await?;
    let late_notices = lanes.iter().map(|lane| lane.late).sum();
    let jobs = store::job_run::list(conn).await?;
    let failing = jobs.into_iter().filter(|run| run.failures > 0);
    let failing_jobs: Vec<_> = failing.map(|run| run.job).collect();
    let is_well = late_notices == 0 && failing_jobs.is_empty();
    Ok(Health {
        status: if is_well { "ok" } else { "attention" },
        late_notices,
        lanes,
        failing_jobs,
    })
}
