//! The one list of recurring jobs.

use std::sync::Arc;

use super::check_issues::CheckIssues;
use super::job::Job;
use super::notices::watch::NoticeWatch;
use super::retention::{GiveBack, Retention};
use super::schedule::Schedule;
use super::send_due::SendDue;
use super::staff_access::StaffAccess;
use super::stops::Stops;
use crate::app::App;
use crate::app::retention::Class;
use crate::delivery::Waker;

/// What jobs need.
#[derive(Clone)]
pub struct Setup {
    /// The database, the clock and the configuration.
    pub app: App,
    /// Wakes the engine of this process when an issue is sent; engines elsewhere poll.
    pub engine: Option<Waker>,
}

/// Every recurring job. Jobs are registered here: [`super::Jobs`] runs this list, `rundbrief jobs`
/// shows it.
pub fn list(setup: &Setup) -> Vec<Arc<dyn Job>> {
    let Setup { app, engine } = setup;
    let (db, every) = (&app.db, app.config.jobs.every);
    let send_due = SendDue::new(app.clone())
        .every(every)
        .waking(engine.clone());
    let schedule = Schedule::new(app.clone())
        .every(every)
        .followed_by(&send_due);
    let mut jobs: Vec<Arc<dyn Job>> = vec![
        Arc::new(schedule),
        Arc::new(send_due),
        Arc::new(CheckIssues::new(app.clone())),
        Arc::new(Stops::new(app.clone(), every)),
        Arc::new(NoticeWatch::new(db.clone(), app.clock.clone())),
    ];
    for class in Class::ALL {
        jobs.push(Arc::new(Retention::new(app.clone(), *class)));
    }
    jobs.push(Arc::new(StaffAccess::new(app.clone())));
    jobs.push(Arc::new(GiveBack::new(app.clone())));
    jobs
}
