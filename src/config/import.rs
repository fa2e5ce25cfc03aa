//! `[import]`: limits for one feed or calendar.

use std::time::Duration;

use super::keys::Keys;

/// `[import]`.
#[derive(Debug, Clone)]
pub struct Import {
    /// The largest file, in bytes.
    pub max_size: usize,
    /// The most items of a file.
    pub max_items: u32,
    /// The longest text of one item, in bytes.
    pub max_text: usize,
    /// How far ahead recurring events are expanded.
    pub horizon: Duration,
    /// The most dates of one recurring event within the horizon.
    pub max_occurrences: u32,
}

impl Import {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let day = Duration::from_hours(24);
        Self {
            max_size: keys.size("max_size", 10_000..=1_000_000_000),
            max_items: keys.whole("max_items", 1..=1_000_000),
            max_text: keys.size("max_text", 1_000..=10_000_000),
            horizon: keys.duration("horizon", day..=3_660 * day),
            max_occurrences: keys.whole("max_occurrences", 1..=10_000),
        }
    }
}
