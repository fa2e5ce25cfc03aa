//! The block with weekday, day and month beside an event, and what is left to say beside it.

use chrono::{Datelike as _, NaiveDate};

use crate::date::When;
use crate::locale::Locale;

/// What a date block shows: “Mi”, “2”, “Dez.”.
pub(crate) struct DateBlock {
    pub weekday: &'static str,
    pub day: u32,
    pub month: &'static str,
}

impl When {
    /// The day it begins.
    pub const fn first_day(self) -> NaiveDate {
        match self {
            Self::Day(day) | Self::Days { first: day, .. } => day,
            Self::Time { starts, .. } => starts.date(),
        }
    }

    /// The block of the day it begins.
    pub(crate) fn block(self, locale: Locale) -> DateBlock {
        let day = self.first_day();
        DateBlock {
            weekday: WEEKDAYS[locale as usize][day.weekday().num_days_from_monday() as usize],
            day: day.day(),
            month: MONTHS[locale as usize][day.month0() as usize],
        }
    }

    /// What the block does not say: “ganztägig”, “bis Sonntag, 6. Dezember 2026”, “19:00 bis 21:00 Uhr”.
    pub(crate) fn beside_block(self, locale: Locale) -> String {
        let until = |end: String| locale.fill("issue-until", [("end", end.into())]);
        match self {
            Self::Day(_) => locale.say("issue-all-day"),
            Self::Days { first, last } if first >= last => locale.say("issue-all-day"),
            Self::Days { last, .. } => {
                locale.fill("issue-until-day", [("day", locale.long_day(last).into())])
            }
            Self::Time { starts, ends } => match ends.filter(|ends| *ends > starts) {
                None => locale.time(starts.time()),
                Some(ends) if ends.date() == starts.date() => {
                    locale.hours(starts.time(), ends.time())
                }
                Some(ends) => {
                    let end = until(locale.moment(ends));
                    format!("{} {end}", locale.time(starts.time()))
                }
            },
        }
    }
}

// In the order of `Locale::ALL`, beginning with Monday and January.
const WEEKDAYS: [[&str; 7]; 4] = [
    ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    ["ma", "di", "wo", "do", "vr", "za", "zo"],
];

#[rustfmt::skip]
const MONTHS: [[&str; 12]; 4] = [
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"],
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    ["jan.", "feb.", "mrt.", "apr.", "mei", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{moment, november};

    #[test]
    fn a_block_says_the_day_and_the_line_says_the_rest() {
        let evening = When::Time {
            starts: moment(26, 19, 30),
            ends: Some(moment(26, 21, 0)),
        };
        let block = evening.block(Locale::De);
        assert_eq!((block.weekday, block.day, block.month), ("Do", 26, "Nov."));
        let days = When::Days {
            first: november(26),
            last: november(29),
        };
        let night = When::Time {
            starts: moment(27, 20, 0),
            ends: Some(moment(28, 2, 0)),
        };
        let said = |locale| {
            [evening, days, night, When::Day(november(26))].map(|when| when.beside_block(locale))
        };
        assert_eq!(
            said(Locale::De),
            [
                "19:30 bis 21:00 Uhr",
                "bis Sonntag, 29. November 2026",
                "20:00 Uhr bis Samstag, 28. November 2026, 2:00 Uhr",
                "ganztägig",
            ]
        );
        assert_eq!(
            said(Locale::Fr),
            [
                "de 19\u{a0}h\u{a0}30 à 21\u{a0}h",
                "jusqu’au dimanche 29 novembre 2026 inclus",
                "20\u{a0}h jusqu’au samedi 28 novembre 2026, 2\u{a0}h",
                "toute la journée",
            ]
        );
        assert_eq!(said(Locale::En)[1], "until Sunday 29 November 2026");
        assert_eq!(said(Locale::Nl)[1], "tot en met zondag 29 november 2026");
    }
}
