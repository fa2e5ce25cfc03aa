//! When newsletters appear: the calendar, the schedule of each, and the newsletters themselves.

pub mod calendar;
pub mod holidays;
pub mod newsletters;
pub(crate) mod pauses;
mod sample;
pub mod schedule;
pub mod slots;

pub use pauses::{PauseForm, PauseProblem, PauseView};

use chrono::NaiveDateTime;

use crate::locale::Locale;

/// The name of an issue as lists call it: “Region aktuell 48”.
pub(super) fn sample_issue(t: Locale) -> String {
    format!("{} 49", sample::newsletters(t)[0].1)
}

/// A moment of the samples.
pub(super) fn sample_at(month: u32, day: u32, hour: u32) -> NaiveDateTime {
    sample::at(month, day, hour)
}

/// The next dates of the samples.
pub(super) fn sample_slots(t: Locale) -> Vec<slots::SlotView> {
    sample::december(t).into_iter().skip(1).take(5).collect()
}
