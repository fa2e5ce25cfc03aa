//! Sends approved issues when they are due, with [`issues::send_due`].

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::Notify;

use super::job::{Job, Report, Run};
pub use crate::app::issues::SendOutcome as Sent;
use crate::app::{Actor, App, issues};
use crate::delivery::Waker;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store;

/// The actor that sends.
const ACTOR: Actor = Actor::Job(NAME);
const NAME: &str = "send-due";

/// The job.
#[derive(Clone)]
pub struct SendDue {
    app: App,
    every: Duration,
    /// Notified when a composed issue may be due at once.
    wake: Arc<Notify>,
    /// The engine of this process, woken when an issue is sent.
    engine: Option<Waker>,
}

impl SendDue {
    /// The job for this installation.
    pub fn new(app: App) -> Self {
        Self {
            app,
            every: Duration::from_secs(15),
            wake: Arc::default(),
            engine: None,
        }
    }

    /// Runs at this period.
    #[must_use]
    pub fn every(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Wakes this engine when an issue is sent.
    #[must_use]
    pub fn waking(self, engine: Option<Waker>) -> Self {
        Self { engine, ..self }
    }

    /// The job runs at once when this is notified.
    pub(super) fn woken_by(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// Sends every approved issue that is due. A failing issue does not stop the others; the first
    /// error is returned at the end.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Sent>> {
        let (sent, error) = self.attempt(now).await?;
        error.map_or(Ok(sent), Err)
    }

    /// The results, and the first error.
    async fn attempt(&self, now: Timestamp) -> anyhow::Result<(Vec<Sent>, Option<anyhow::Error>)> {
        let approved =
            store::issue::in_state(&mut self.app.read().await?, IssueState::Approved).await?;
        let mut sent = Vec::new();
        let mut first_error = None;
        for issue in approved {
            let is_ahead = |at: Timestamp| at > now;
            if issue.send_at.is_none_or(is_ahead) || issue.send_not_before.is_some_and(is_ahead) {
                continue;
            }
            let outcome = issues::send_due(&self.app.at(now), &ACTOR, &issue).await;
            match outcome.with_context(|| format!("issue {}", issue.id)) {
                Ok(outcome) => sent.push(outcome),
                Err(error) => {
                    first_error.get_or_insert(error);
                }
            }
        }
        Ok((sent, first_error))
    }
}

impl Job for SendDue {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "sends approved issues that are due"
    }

    fn period(&self) -> Duration {
        self.every
    }

    fn wake(&self) -> Option<Arc<Notify>> {
        Some(self.woken_by())
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let (sent, error) = self.attempt(now).await?;
            let goes_out = |one: &&Sent| matches!(one, Sent::Started { .. });
            let going = sent.iter().filter(goes_out).count();
            if let Some(engine) = self.engine.as_ref().filter(|_| going > 0) {
                engine.wake();
            }
            if let Some(error) = error {
                return Err(error);
            }
            let held = sent.iter().filter(|one| matches!(one, Sent::Held { .. }));
            Ok(match (going, held.count()) {
                (0, 0) => Report::nothing(),
                (going, held) => {
                    Report::did(format!("started to send {going} issues, held {held}"))
                }
            })
        })
    }
}
