//! Dates in prose, in four languages: “Donnerstag, 4. Dezember”, “Thursday 4 December 2026”,
//! “jeudi 4 décembre”, “donderdag 4 december”, with and without year, and in figures.
//!
//! What is found is meant to be certain rather than complete: a date that is passed over does less harm
//! than an alarm about one that is right.

pub(super) mod deadline;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

pub(super) use scan::find;
pub(super) use words::{Words, words_of};

/// A date as a text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Date {
    /// The weekday that stands before it.
    pub(super) weekday: Option<Weekday>,
    day: u32,
    month: u32,
    year: Option<i32>,
    /// Day and month may be meant the other way round (“12/4/2026” in English).
    is_ambiguous: bool,
    /// As it is written, with the weekday.
    pub(super) text: String,
    /// Where it begins and ends, in bytes.
    pub(super) begin: usize,
    pub(super) end: usize,
}

/// A year may be meant that is not the nearest where both are about as far, in days.
const NEAR_BOTH: i64 = 150;

impl Date {
    /// The day that is meant: in its year, else in the year that is nearest to the day the text was
    /// written, or in that of the event it tells of. None where there is no such day.
    pub(super) fn resolve(
        &self,
        told: NaiveDate,
        event: Option<(NaiveDate, NaiveDate)>,
    ) -> Option<NaiveDate> {
        if let Some(year) = self.year {
            return NaiveDate::from_ymd_opt(year, self.month, self.day);
        }
        let of_event = event.and_then(|(first, last)| self.within(first, last));
        of_event.or_else(|| {
            let years = self.years_around(told);
            years.min_by_key(|day| (*day - told).num_days().abs())
        })
    }

    /// Whether the weekday is that of a day that may be meant.
    pub(super) fn agrees(
        &self,
        weekday: Weekday,
        told: NaiveDate,
        event: Option<(NaiveDate, NaiveDate)>,
    ) -> bool {
        let swapped = |year| NaiveDate::from_ymd_opt(year, self.day, self.month);
        if self.is_ambiguous
            && self
                .year
                .and_then(swapped)
                .is_some_and(|day| day.weekday() == weekday)
        {
            return true;
        }
        let Some(meant) = self.resolve(told, event) else {
            return false;
        };
        if meant.weekday() == weekday {
            return true;
        }
        // Half a year away, nobody knows which year is meant.
        let is_far = (meant - told).num_days().abs() > NEAR_BOTH;
        let is_of_event = event.is_some_and(|(first, last)| self.within(first, last).is_some());
        self.year.is_none()
            && !is_of_event
            && is_far
            && self.years_around(told).any(|day| day.weekday() == weekday)
    }

    /// The same day and month within the days of an event.
    fn within(&self, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let years = [first.year(), last.year()].into_iter();
        let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, self.month, self.day));
        // The evening before is told with the event, too.
        let from = first.checked_sub_days(Days::new(1)).unwrap_or(first);
        days.find(|day| (from..=last).contains(day))
    }

    fn years_around(&self, told: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        let (month, day) = (self.month, self.day);
        let years = told.year() - 1..=told.year() + 1;
        years.filter_map(move |year| NaiveDate::from_ymd_opt(year, month, day))
    }
}
