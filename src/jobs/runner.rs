//! Runs one recurring job periodically, and records its runs.

use std::sync::Arc;
use std::time::Duration;

use super::job::{Job, Report, RunsOn};
use super::leader::Leader;
use crate::app::job_runs;
use crate::clock::Clock;
use crate::domain::timestamp::Timestamp;
use crate::shutdown::Shutdown;
use crate::store::Db;

/// Uneventful runs of a frequent job are recorded at most this often.
const WRITE_UNEVENTFUL: Duration = Duration::from_mins(1);

/// What the runner of a job needs.
#[derive(Clone)]
pub(super) struct Runner {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) shutdown: Shutdown,
    pub(super) leader: Arc<Leader>,
}

/// What this process knows about the runs of a job.
#[derive(Default)]
struct Past {
    /// Failed runs in a row.
    failures: u64,
    /// When a run was last recorded, in monotonic time.
    written: Option<Duration>,
}

impl Runner {
    /// Runs a job until asked to stop; a run is always finished.
    pub(super) async fn repeat(self, job: Arc<dyn Job>) {
        let mut past = Past::default();
        let wake = job.wake().unwrap_or_default();
        while !self.shutdown.is_asked() {
            if self.turn(job.as_ref(), &mut past).await {
                continue;
            }
            let pause = async {
                tokio::select! {
                    () = self.clock.sleep(job.period()) => {}
                    () = wake.notified() => {}
                }
            };
            self.shutdown.unless_asked(pause).await;
        }
    }

    /// One run, if this node is to run it. Returns whether to run again at once.
    async fn turn(&self, job: &dyn Job, past: &mut Past) -> bool {
        if job.runs_on() == RunsOn::Leader {
            match self.leader.step().await {
                Ok(true) => {}
                Ok(false) => return false,
                Err(error) => {
                    let error = anyhow::Error::from(error).context("the leader is unknown");
                    tell_failed(job.name(), &error, past);
                    return false;
                }
            }
        }
        let begun = self.clock.now();
        let result = job.run(begun).await;
        match &result {
            Ok(report) => {
                past.failures = 0;
                if let Some(did) = &report.did {
                    tracing::info!(job = job.name(), did, "a job did something");
                }
            }
            Err(error) => tell_failed(job.name(), error, past),
        }
        self.keep(job.name(), begun, &result, past).await;
        result.is_ok_and(|report| report.more)
    }

    /// Records the result of a run. If that fails, there is only the log.
    async fn keep(
        &self,
        job: &'static str,
        begun: Timestamp,
        result: &anyhow::Result<Report>,
        past: &mut Past,
    ) {
        let elapsed = self.clock.elapsed();
        let eventful = !matches!(result, Ok(Report { did: None, .. }));
        let fresh = |written: Duration| elapsed.saturating_sub(written) < WRITE_UNEVENTFUL;
        if !eventful && past.written.is_some_and(fresh) {
            return;
        }
        let span = (begun, self.clock.now());
        let error = result.as_ref().err().map(|error| format!("{error:#}"));
        let kept = match (result, &error) {
            (Ok(report), _) => Ok(report.did.as_deref()),
            (Err(_), error) => Err(error.as_deref().unwrap_or_default()),
        };
        match job_runs::keep(&self.db, job, span, kept).await {
            // A failure must not hide behind a run recorded a moment ago, nor must the end of
            // failures: the next successful run is recorded too.
            Ok(()) => past.written = result.is_ok().then_some(elapsed),
            Err(error) => tracing::debug!(job, %error, "a run could not be recorded"),
        }
    }
}

/// Logs a failure: the first in a row, then less and less often.
fn tell_failed(job: &'static str, error: &anyhow::Error, past: &mut Past) {
    past.failures += 1;
    let (failures, error) = (past.failures, format!("{error:#}"));
    if failures.is_power_of_two() {
        tracing::error!(job, error, failures, "a job failed and will be retried");
    } else {
        tracing::debug!(job, error, failures, "a job failed again");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU32, Ordering};

    use anyhow::bail;

    use super::super::job::Run;
    use super::*;
    use crate::store::job_run::JobRun;
    use crate::store::{self, Location};

    const MINUTE: Duration = Duration::from_mins(1);

    /// A job with scripted results.
    #[derive(Default)]
    struct Told {
        results: Mutex<Vec<Result<Report, &'static str>>>,
        runs: AtomicU32,
        every_node: bool,
    }

    impl Job for Told {
        fn name(&self) -> &'static str {
            "told"
        }
        fn about(&self) -> &'static str {
            "does what the test says"
        }
        fn period(&self) -> Duration {
            MINUTE / 4
        }
        fn runs_on(&self) -> RunsOn {
            if self.every_node {
                RunsOn::EveryNode
            } else {
                RunsOn::Leader
            }
        }
        fn run(&self, _: Timestamp) -> Run<'_> {
            self.runs.fetch_add(1, Ordering::Relaxed);
            let mut results = self.results.lock().expect("no test panics with it");
            let result = results.pop().unwrap_or_else(|| Ok(Report::nothing()));
            Box::pin(async move {
                match result {
                    Ok(report) => Ok(report),
                    Err(error) => bail!(error),
                }
            })
        }
    }

    async fn runner(folder: &tempfile::TempDir, clock: &Clock) -> Runner {
        let file = Location::Sqlite(folder.path().join("rundbrief.db"));
        let db = Db::open(&file, 2).await.expect("a fresh database opens");
        Runner {
            db: db.clone(),
            clock: clock.clone(),
            shutdown: Shutdown::new(),
            leader: Arc::new(Leader::new(db, clock.clone(), MINUTE)),
        }
    }

    async fn kept(runner: &Runner) -> Option<JobRun> {
        let mut conn = runner.db.read().await.expect("read");
        store::job_run::list(&mut conn).await.expect("list").pop()
    }

    #[tokio::test]
    async fn uneventful_runs_are_recorded_once_a_minute_and_others_always() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp::from_micros(0));
        let runner = runner(&folder, &clock).await;
        let job = Told::default();
        *job.results.lock().expect("lock") = vec![
            Ok(Report::nothing()),
            Err("no luck"),
            Ok(Report::did("removed 2").and_more(true)),
            Ok(Report::nothing()),
            Ok(Report::nothing()),
        ];
        let mut past = Past::default();
        let mut seen = Vec::new();
        for _ in 0..5 {
            let more = runner.turn(&job, &mut past).await;
            let run = kept(&runner).await.expect("a run");
            let seconds = run.started_at.micros() / 1_000_000;
            seen.push((more, seconds, run.did.is_some(), run.failures));
            clock.advance(MINUTE / 4);
        }
        assert_eq!(
            seen,
            [
                (false, 0, false, 0),
                (false, 0, false, 0), // a quarter of a minute later, and nothing happened
                (true, 30, true, 0),
                (false, 45, true, 1),
                (false, 60, true, 0), // success after a failure is recorded at once
            ]
        );
    }

    #[tokio::test]
    async fn only_the_leader_runs_leader_jobs() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp::from_micros(0));
        let leads = runner(&folder, &clock).await;
        let other = Runner {
            leader: Arc::new(Leader::new(leads.db.clone(), clock.clone(), MINUTE)),
            ..leads.clone()
        };
        let (once, everywhere) = (
            Told::default(),
            Told {
                every_node: true,
                ..Told::default()
            },
        );
        for runner in [&leads, &other] {
            runner.turn(&once, &mut Past::default()).await;
            runner.turn(&everywhere, &mut Past::default()).await;
        }
        let runs = |job: &Told| job.runs.load(Ordering::Relaxed);
        assert_eq!((runs(&once), runs(&everywhere)), (1, 2));
    }

    /// At its period, at once while there is more to do, and not once more after the stop.
    #[tokio::test]
    async fn a_job_runs_at_its_period_until_the_stop() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::set_at(Timestamp::from_micros(0));
        let runner = runner(&folder, &clock).await;
        let job = Arc::new(Told::default());
        *job.results.lock().expect("lock") = vec![
            Ok(Report::nothing()),
            Ok(Report::did("a step").and_more(true)),
        ];
        let shutdown = runner.shutdown.clone();
        let running = tokio::spawn(runner.repeat(Arc::clone(&job) as Arc<dyn Job>));
        let runs = async |count: u32| {
            while job.runs.load(Ordering::Relaxed) < count {
                tokio::task::yield_now().await;
            }
        };
        runs(2).await;
        // The pause begins when the run has been recorded; advancing ends it whenever that is.
        while job.runs.load(Ordering::Relaxed) < 3 {
            clock.advance(MINUTE / 4);
            tokio::task::yield_now().await;
        }
        shutdown.ask();
        running.await.expect("it ends");
    }
}
