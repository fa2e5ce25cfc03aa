//! `[jobs]`: how often the worker checks the schedule.

use std::time::Duration;

use super::keys::Keys;

/// `[jobs]`.
#[derive(Debug, Clone)]
pub struct Jobs {
    /// How often the schedules of newsletters are checked.
    pub every: Duration,
    /// How long the node that runs the schedule may be silent before another takes over.
    pub lease_for: Duration,
}

impl Jobs {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let second = Duration::from_secs(1);
        Self {
            every: keys.duration("every", Duration::from_millis(100)..=600 * second),
            lease_for: keys.duration("lease_for", second..=3600 * second),
        }
    }
}
