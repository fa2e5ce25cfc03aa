//! The last runs of recurring jobs: one row for each job.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// The longest description of a run or an error that is kept, in characters.
const LONGEST: usize = 500;

/// The last runs of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRun {
    /// The job's name.
    pub job: String,
    /// When the last run began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Timestamp,
    /// What the last run that found something to do did, and when.
    pub did: Option<(String, Timestamp)>,
    /// The last error, and when.
    pub error: Option<(String, Timestamp)>,
    /// How many runs in a row have failed; 0 if the last one succeeded.
    pub failures: i64,
}

/// Records a successful run; `did` is what it did, none if there was nothing to do.
pub async fn succeeded(
    tx: &mut Tx,
    job: &str,
    (started, finished): (Timestamp, Timestamp),
    did: Option<&str>,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO job_run (job, started_at, finished_at, did, did_at, failures) VALUES ($1, $2, $3, $4, $5, 0) \
         ON CONFLICT (job) DO UPDATE SET started_at = excluded.started_at, finished_at = excluded.finished_at, failures = 0, \
         did = COALESCE(excluded.did, job_run.did), did_at = COALESCE(excluded.did_at, job_run.did_at)",
        job,
        started.micros(),
        finished.micros(),
        did.map(short),
        did.map(|_| finished.micros())
    )?;
    Ok(())
}

/// Records a failed run, with its error.
pub async fn failed(
    tx: &mut Tx,
    job: &str,
    (started, finished): (Timestamp, Timestamp),
    error: &str,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO job_run (job, started_at, finished_at, error, failed_at, failures) VALUES ($1, $2, $3, $4, $3, 1) \
         ON CONFLICT (job) DO UPDATE SET started_at = excluded.started_at, finished_at = excluded.finished_at, \
         error = excluded.error, failed_at = excluded.failed_at, failures = job_run.failures + 1",
        job,
        started.micros(),
        finished.micros(),
        short(error)
    )?;
    Ok(())
}

/// The last runs of every job that has ever run, by name.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<JobRun>> {
    type Row = (
        String,
        i64,
        i64,
        Option<String>,
        Option<i64>,
        Option<String>,
        Option<i64>,
        i64,
    );
    let rows = sql!(
        conn,
        all as Row,
        "SELECT job, started_at, finished_at, did, did_at, error, failed_at, failures FROM job_run ORDER BY job"
    )?;
    let at = Timestamp::from_micros;
    Ok(rows
        .into_iter()
        .map(
            |(job, started, finished, did, did_at, error, failed_at, failures)| JobRun {
                job,
                started_at: at(started),
                finished_at: at(finished),
                did: did.zip(did_at.map(at)),
                error: error.zip(failed_at.map(at)),
                failures,
            },
        )
        .collect())
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
