//! `[jobs]`: how often the worker looks at the schedule.

use std::time::Duration;

use super::keys::Keys;

/// `[jobs]`.
#[derive(Debug, Clone)]
pub struct Jobs {
    /// How often the schedules of the newsletters are looked at.
    pub every: Duration,
}

impl Jobs {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let second = Duration::from_secs(1);
        Self {
            every: keys.duration("every", Duration::from_millis(100)..=600 * second),
        }
    }
}
