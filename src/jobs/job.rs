//! The trait of recurring jobs. To add one, write its file with a type that implements [`Job`], and
//! register it in [`super::list()`].

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// On which nodes a job runs.
    pub enum RunsOn ("place of a job") {
        /// On the leader alone: one node at a time.
        Leader = "leader",
        /// On every worker node.
        EveryNode = "every-node",
    }
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What it did, in a few words without addresses, e.g. `removed 12 sign-ups`; none if there was
    /// nothing to do. Shown by `rundbrief jobs`.
    pub did: Option<String>,
    /// It stopped at the limit of one step with work left: it runs again at once.
    pub more: bool,
}

impl Report {
    /// There was nothing to do.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// It did something and is finished.
    pub fn did(what: impl Into<String>) -> Self {
        Self {
            did: Some(what.into()),
            more: false,
        }
    }

    /// Runs again at once if there is `more` to do.
    #[must_use]
    pub fn and_more(self, more: bool) -> Self {
        Self { more, ..self }
    }
}

/// What [`Job::run`] returns.
pub type Run<'a> = Pin<Box<dyn Future<Output = anyhow::Result<Report>> + Send + 'a>>;

/// A recurring job.
///
/// Each run starts from the state in the database, so repeating a failed or interrupted run is
/// harmless. A graceful stop never cancels a run: keep it short, and set [`Report::more`] rather
/// than working for minutes.
pub trait Job: Send + Sync + 'static {
    /// Its name, in kebab case; never change it, because its runs are stored under it.
    fn name(&self) -> &'static str;

    /// Its purpose, in one line for operators.
    fn about(&self) -> &'static str;

    /// The pause between two runs.
    fn period(&self) -> Duration;

    /// On which nodes it runs.
    fn runs_on(&self) -> RunsOn {
        RunsOn::Leader
    }

    /// Notified when it should run before its period is over.
    fn wake(&self) -> Option<Arc<Notify>> {
        None
    }

    /// Does what is due at `now`. An error is logged and stored; the next run tries again.
    fn run(&self, now: Timestamp) -> Run<'_>;
}
