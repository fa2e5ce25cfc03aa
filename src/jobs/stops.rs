//! Tells those who can act that an issue stopped by itself, with [`issues::tell_stops`].

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::app::{Actor, App, issues};
use crate::domain::timestamp::Timestamp;

/// The actor that tells.
const ACTOR: Actor = Actor::Job(NAME);
const NAME: &str = "tell-stops";

/// The job.
#[derive(Clone)]
pub struct Stops {
    app: App,
    every: Duration,
}

impl Stops {
    /// The job for this installation, at this period.
    pub const fn new(app: App, every: Duration) -> Self {
        Self { app, every }
    }
}

impl Job for Stops {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "mails those who can act that an issue is held or has paused itself"
    }

    fn period(&self) -> Duration {
        self.every
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            Ok(match issues::tell_stops(&self.app.at(now), &ACTOR).await? {
                0 => Report::nothing(),
                told => Report::did(format!("told of {told} issues that stopped")),
            })
        })
    }
}
