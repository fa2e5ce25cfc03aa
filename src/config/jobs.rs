//! `[jobs]`: how often the worker looks at the schedule.

use std::time::Duration;

use super::keys::Keys;

/// `[jobs]`.
#[derive(Debug, Clone)]
pub struct Jobs {
    /// How often the schedules of the newsletters are looked at.
    pub every: Duration,
    /// How long the one worker that keeps the schedule holds this office without renewing it.
    pub leader_for: Duration,
}

impl Jobs {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let second = Duration::from_secs(1);
        let jobs = Self {
            every: keys.duration("every", Duration::from_millis(100)..=600 * second),
            leader_for: keys.duration("leader_for", 5 * second..=3600 * second),
        };
        if jobs.leader_for <= jobs.every {
            keys.error(
                "leader_for",
                "not longer than every: the office would be vacant between two looks",
                "make leader_for at least twice as long as every",
            );
        }
        jobs
    }
}
