//! Checks the issues that wait for their approval and tries their links, with [`checks::check_waiting`],
//! so that whoever opens an issue sees how many findings ask for somebody.

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::app::issues::checks;
use crate::app::{Actor, App};
use crate::domain::timestamp::Timestamp;

const NAME: &str = "check-issues";
const ACTOR: Actor = Actor::Job(NAME);

/// The job.
pub struct CheckIssues {
    app: App,
}

impl CheckIssues {
    /// The job for this installation.
    pub const fn new(app: App) -> Self {
        Self { app }
    }
}

impl Job for CheckIssues {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "checks issues that wait for approval, and tries their links"
    }

    fn period(&self) -> Duration {
        Duration::from_mins(1)
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let done = checks::check_waiting(&self.app, &ACTOR, now).await?;
            Ok(match (done.issues, done.links) {
                (0, 0) => Report::nothing(),
                (issues, links) => Report::did(format!("checked issues: {issues}, links: {links}")),
            })
        })
    }
}
