//! `[newsroom]`: the pages of the communications team.

use std::time::Duration;

use super::keys::Keys;

/// `[newsroom]`.
#[derive(Debug, Clone)]
pub struct Newsroom {
    /// The zone of times on its pages.
    pub zone: chrono_tz::Tz,
    /// After so long without a request a session ends.
    pub idle: Duration,
    /// After so long a session ends however busy it is.
    pub session: Duration,
    /// For so long an approval can be taken back, and nothing is sent.
    pub take_back: Duration,
}

impl Newsroom {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let minute = Duration::from_mins(1);
        Self {
            zone: keys.parsed("zone", "a time zone such as Europe/Berlin", |text| {
                text.parse::<chrono_tz::Tz>()
            }),
            idle: keys.duration("idle", 5 * minute..=24 * 60 * minute),
            session: keys.duration("session", 15 * minute..=7 * 24 * 60 * minute),
            take_back: keys.duration("take_back", Duration::ZERO..=10 * minute),
        }
    }
}
