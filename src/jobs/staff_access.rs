//! Removes what has ended of users: sessions, links and delays.

use std::time::Duration;

use super::job::{Job, Report, Run};
use crate::app::{App, staff};
use crate::domain::timestamp::Timestamp;

/// How often it runs.
const EVERY: Duration = Duration::from_hours(1);

/// The job.
pub struct StaffAccess {
    app: App,
}

impl StaffAccess {
    /// The job over this database.
    pub const fn new(app: App) -> Self {
        Self { app }
    }
}

impl Job for StaffAccess {
    fn name(&self) -> &'static str {
        "staff-access"
    }

    fn about(&self) -> &'static str {
        "removes sessions, links and login delays of users that have ended"
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn run(&self, _: Timestamp) -> Run<'_> {
        Box::pin(async move {
            Ok(match staff::remove_ended(&self.app).await? {
                0 => Report::nothing(),
                removed => Report::did(format!("{removed} sessions, links and delays removed")),
            })
        })
    }
}
