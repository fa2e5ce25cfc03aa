//! Asks for the pages behind the links of issues that wait for their approval, with
//! [`checks::try_waiting_links`], so that whoever opens their checks finds the answers there.

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::app::issues::checks;
use crate::app::{Actor, App};
use crate::domain::timestamp::Timestamp;

const NAME: &str = "check-links";
const ACTOR: Actor = Actor::Job(NAME);

/// The job.
pub struct CheckLinks {
    app: App,
}

impl CheckLinks {
    /// The job for this installation.
    pub const fn new(app: App) -> Self {
        Self { app }
    }
}

impl Job for CheckLinks {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "tries the links of issues that wait for approval"
    }

    fn period(&self) -> Duration {
        Duration::from_mins(1)
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let tried = checks::try_waiting_links(&self.app, &ACTOR, now).await?;
            Ok(match tried.links {
                0 => Report::nothing(),
                links => Report::did(format!("tried {links} links")),
            })
        })
    }
}
