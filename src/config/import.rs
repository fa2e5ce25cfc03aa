//! `[import]`: how much is taken from one feed or calendar.

use std::time::Duration;

use super::keys::Keys;

/// `[import]`.
#[derive(Debug, Clone)]
pub struct Import {
    /// Bytes that a file may have.
    pub max_size: usize,
    /// Items that a file may have; the rest is refused by name.
    pub max_items: u32,
    /// Bytes that the text of one item may have.
    pub max_text: usize,
    /// How far ahead a recurring event is spread out into its dates.
    pub horizon: Duration,
    /// Dates that one recurring event may have within the horizon.
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
