//! Days and times as people of each language write them.

use chrono::{NaiveDate, NaiveDateTime};

/// When something takes place, by the wall clock of its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day without a time: the date of news, or an event of one day.
    Day(NaiveDate),
    /// Several days without times.
    Days {
        /// The first day.
        first: NaiveDate,
        /// The last day, included.
        last: NaiveDate,
    },
    /// A time of day.
    Time {
        /// When it begins.
        starts: NaiveDateTime,
        /// When it ends, if known; on the same day or another.
        ends: Option<NaiveDateTime>,
    },
}
