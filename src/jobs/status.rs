//! The data of `rundbrief jobs`.

use std::sync::Arc;

use super::job::{Job, RunsOn};
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Connection};

/// A recurring job and its last runs, as `--json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct JobStatus {
    /// Its name.
    pub job: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The pause between two runs, in seconds.
    pub period_seconds: u64,
    /// Whether it runs on the leader alone or on every node.
    pub runs_on: RunsOn,
    /// When the last run began; none if it never ran. Up to a minute old for runs that found
    /// nothing to do: those are recorded once a minute.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What the last run that found something to do did.
    pub did: Option<String>,
    /// When.
    pub did_at: Option<Timestamp>,
    /// How many runs in a row have failed; 0 if the last one succeeded.
    pub failures: i64,
    /// The last error, possibly an old one: see `failures`.
    pub error: Option<String>,
    /// When.
    pub failed_at: Option<Timestamp>,
}

/// Every job of the list, with its last runs.
pub async fn status(
    conn: &mut impl Connection,
    jobs: &[Arc<dyn Job>],
) -> store::Result<Vec<JobStatus>> {
    let runs = store::job_run::list(conn).await?;
    let of = |job: &Arc<dyn Job>| {
        let run = runs.iter().find(|run| run.job == job.name());
        let did = run.and_then(|run| run.did.clone()).unzip();
        let error = run.and_then(|run| run.error.clone()).unzip();
        JobStatus {
            job: job.name(),
            about: job.about(),
            period_seconds: job.period().as_secs(),
            runs_on: job.runs_on(),
            started_at: run.map(|run| run.started_at),
            finished_at: run.map(|run| run.finished_at),
            did: did.0,
            did_at: did.1,
            failures: run.map_or(0, |run| run.failures),
            error: error.0,
            failed_at: error.1,
        }
    };
    Ok(jobs.iter().map(of).collect())
}
