//! Recurring jobs: one file for each, and [one list](list()) that registers them.
//!
//! [`Jobs::run`] runs them all; `cli::serve` starts it. Each [`Job`] has a period and one
//! `run(now)` that does what is due; tests call it with a clock of their own. One node
//! [leads](leader) and runs the jobs that run on one node; all nodes send notices. The table
//! `job_run` holds the last run of each; `rundbrief jobs` shows it.

mod check_issues;
mod job;
pub mod leader;
mod list;
mod mails;
pub mod notices;
pub mod retention;
mod runner;
pub mod schedule;
pub mod send_due;
pub mod staff_access;
mod status;
mod stops;

use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::JoinSet;

pub use job::Job;
pub use list::{Setup, list};
pub use status::{JobStatus, status};

use crate::clock::Clock;
use crate::shutdown::Shutdown;

/// The recurring jobs of a worker.
pub struct Jobs {
    setup: Setup,
    list: Vec<Arc<dyn Job>>,
    notices: Arc<notices::Notices>,
}

impl Jobs {
    /// All jobs of [`list()`], and the sending of notices.
    pub fn new(setup: Setup, notices: notices::Notices) -> Self {
        let list = list(&setup);
        Self {
            setup,
            list,
            notices: Arc::new(notices),
        }
    }

    /// Runs every job at its period and sends notices until asked to stop; running work is
    /// finished. `posted` is notified when somebody has submitted the form.
    pub async fn run(&self, shutdown: &Shutdown, posted: &Arc<Notify>) {
        let app = &self.setup.app;
        let leader = Arc::new(leader::Leader::new(
            app.db.clone(),
            app.clock.clone(),
            app.config.jobs.lease_for,
        ));
        let runner = runner::Runner {
            db: app.db.clone(),
            clock: app.clock.clone(),
            shutdown: shutdown.clone(),
            leader: Arc::clone(&leader),
        };
        let mut running = JoinSet::new();
        for job in &self.list {
            running.spawn(runner.clone().repeat(Arc::clone(job)));
        }
        let all = async {
            while let Some(ended) = running.join_next().await {
                if let Err(error) = ended {
                    tracing::error!(%error, "a job has stopped because of a bug; please report it");
                }
            }
        };
        tokio::join!(
            all,
            lead(&leader, &app.clock, shutdown),
            self.notices.run(shutdown, posted)
        );
        if let Err(error) = leader.resign().await {
            tracing::warn!(%error, "this node could not resign as leader; its lease will expire");
        }
    }
}

/// Acquires and renews the leadership, also while no job is due.
async fn lead(leader: &leader::Leader, clock: &Clock, shutdown: &Shutdown) {
    while !shutdown.is_asked() {
        if let Err(error) = leader.step().await {
            tracing::warn!(%error, "the leader could not be determined; trying again");
        }
        shutdown.unless_asked(clock.sleep(leader.every())).await;
    }
}
