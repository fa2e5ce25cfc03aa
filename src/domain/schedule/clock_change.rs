//! Maps wall-clock times to instants, also on nights of clock changes.

use chrono::{LocalResult, NaiveDateTime, TimeZone as _};
use chrono_tz::{GapInfo, Tz};

use crate::domain::timestamp::Timestamp;

/// The effect of a clock change on a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockChange {
    /// None: the wall clock shows this time once.
    None,
    /// The clock jumps over this time (spring): the slot is at the first instant after the gap.
    Gap,
    /// The clock shows this time twice (autumn): the slot is at the first of both.
    Overlap,
}

/// The instant of a wall-clock time. Never decreases when `local` grows.
pub(super) fn instant_of(local: NaiveDateTime, zone: Tz) -> (Timestamp, ClockChange) {
    let (time, change) = match zone.from_local_datetime(&local) {
        LocalResult::Single(time) => (time, ClockChange::None),
        LocalResult::Ambiguous(first, _) => (first, ClockChange::Overlap),
        LocalResult::None => {
            let end = GapInfo::new(&local, &zone).and_then(|gap| gap.end);
            // Every gap has an end in today's data; without one, the local time is read as UTC, off
            // by hours but neither lost nor repeated.
            (
                end.unwrap_or_else(|| zone.from_utc_datetime(&local)),
                ClockChange::Gap,
            )
        }
    };
    (Timestamp::from_micros(time.timestamp_micros()), change)
}
