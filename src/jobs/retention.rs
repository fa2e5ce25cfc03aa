//! Removes records past their retention period: one job for each class of records, and one that
//! releases their space. [`crate::app::retention`] does the work.

use std::time::Duration;

use super::job::{Job, Report, Run, RunsOn};
use crate::app::retention::{self, Class};
use crate::app::{Actor, App};
use crate::domain::timestamp::Timestamp;

/// How often each of them runs: the longest delay after a period ends.
const EVERY: Duration = Duration::from_hours(1);

/// The job of one class.
pub struct Retention {
    app: App,
    class: Class,
}

impl Retention {
    /// The job that removes records of this class.
    pub const fn new(app: App, class: Class) -> Self {
        Self { app, class }
    }
}

impl Job for Retention {
    fn name(&self) -> &'static str {
        match self.class {
            Class::Unconfirmed => "expire-signups",
            Class::Deliveries => "delivery-retention",
            Class::Proofs => "proof-retention",
            Class::Notices => "notice-retention",
            Class::Rendered => "rendering-retention",
            Class::Pictures => "picture-retention",
            Class::Audit => "audit-retention",
            Class::Erased => "erased-retention",
            Class::Journal => "journal-retention",
        }
    }

    fn about(&self) -> &'static str {
        match self.class {
            Class::Unconfirmed => {
                "removes sign-ups that nobody confirmed, and addresses without any other record"
            }
            Class::Deliveries => {
                "folds the ledger of old issues into totals (retention.deliveries)"
            }
            Class::Proofs => {
                "removes proofs of consent and addresses of past subscribers (retention.proof_years)"
            }
            Class::Notices => "removes notices that were sent or given up (retention.notices)",
            Class::Rendered => "removes the rendered texts of old issues (retention.rendered)",
            Class::Pictures => {
                "removes pictures that no entry shows any more (retention.pictures), and files that a crash left"
            }
            Class::Audit => "removes the oldest lines of the audit log (retention.audit)",
            Class::Erased => "removes rows of erased people that nothing refers to any more",
            Class::Journal => "removes the oldest lines of the privacy journal (retention.journal)",
        }
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn runs_on(&self) -> RunsOn {
        match self.class {
            // Each node writes its own journal.
            Class::Journal => RunsOn::EveryNode,
            _ => RunsOn::Leader,
        }
    }

    fn run(&self, _: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let actor = Actor::Job(self.name());
            Ok(
                match retention::remove(&self.app, &actor, self.class).await? {
                    0 => Report::nothing(),
                    removed => Report::did(format!("removed {removed}")),
                },
            )
        })
    }
}

/// The job that releases the space of removed rows. SQLite only: PostgreSQL does it by itself.
pub struct GiveBack {
    app: App,
}

impl GiveBack {
    /// The job over this database.
    pub const fn new(app: App) -> Self {
        Self { app }
    }
}

impl Job for GiveBack {
    fn name(&self) -> &'static str {
        "give-back-space"
    }

    fn about(&self) -> &'static str {
        "releases free pages of the database file and truncates its write-ahead log (SQLite)"
    }

    fn period(&self) -> Duration {
        EVERY
    }

    fn run(&self, _: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let done = retention::give_back(&self.app).await?;
            let freed = done.before.saturating_sub(done.after);
            Ok(if freed == 0 {
                Report::nothing()
            } else {
                Report::did(format!("released {freed} bytes"))
            })
        })
    }
}
