//! Days and times as people of each language write them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use crate::locale::Locale;

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

impl When {
    /// In words, with weekday, e.g. “Donnerstag, 26. November 2026, 19:30 bis 21:00 Uhr”.
    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Day(day) => locale.long_day(day),
            Self::Days { first, last } if first >= last => locale.long_day(first),
            Self::Days { first, last } => locale.days(first, last),
            Self::Time { starts, ends: None } => locale.moment(starts),
            Self::Time {
                starts,
                ends: Some(ends),
            } if ends <= starts => locale.moment(starts),
            Self::Time {
                starts,
                ends: Some(ends),
            } if ends.date() == starts.date() => {
                format!(
                    "{}, {}",
                    locale.long_day(starts.date()),
                    locale.hours(starts.time(), ends.time())
                )
            }
            Self::Time {
                starts,
                ends: Some(ends),
            } => {
                let until = match locale {
                    Locale::De => "bis",
                    Locale::En => "to",
                    Locale::Fr => "jusqu’au",
                    Locale::Nl => "tot",
                };
                // The last minute of a day is its end: nobody needs to be told the time.
                let ends = match (ends.hour(), ends.minute()) {
                    (23, 59) => locale.long_day(ends.date()),
                    _ => locale.moment(ends),
                };
                format!("{} {until} {ends}", locale.moment(starts))
            }
        }
    }
}

impl When {
    /// When it begins, short: “Do 26. Nov., 19:30 Uhr”; with the year where that is not `this_year`.
    pub fn short_words(self, locale: Locale, this_year: i32) -> String {
        let block = self.block(locale);
        let dot = if locale == Locale::De { "." } else { "" };
        let day = format!("{} {}{dot} {}", block.weekday, block.day, block.month);
        let year = self.first_day().year();
        let year = (year != this_year).then(|| format!(" {year}"));
        let time = match self {
            Self::Time { starts, .. } => Some(format!(", {}", locale.time(starts.time()))),
            Self::Day(_) | Self::Days { .. } => None,
        };
        [Some(day), year, time].into_iter().flatten().collect()
    }
}

impl Locale {
    /// “26. November 2026”.
    pub(crate) fn day(self, day: NaiveDate) -> String {
        format!("{} {}", self.day_and_month(day), day.year())
    }

    /// “November 2026”.
    pub(crate) fn month(self, day: NaiveDate) -> String {
        format!(
            "{} {}",
            MONTHS[self as usize][day.month0() as usize],
            day.year()
        )
    }

    /// “Donnerstag, 26. November 2026”.
    pub(crate) fn long_day(self, day: NaiveDate) -> String {
        let weekday = self.weekday(day.weekday());
        match self {
            Self::De => format!("{weekday}, {}", self.day(day)),
            Self::En | Self::Fr | Self::Nl => format!("{weekday} {}", self.day(day)),
        }
    }

    /// “Donnerstag, 26. November”.
    pub(crate) fn short_day(self, day: NaiveDate) -> String {
        let (weekday, day) = (self.weekday(day.weekday()), self.day_and_month(day));
        match self {
            Self::De => format!("{weekday}, {day}"),
            Self::En | Self::Fr | Self::Nl => format!("{weekday} {day}"),
        }
    }

    /// “Donnerstag”.
    pub(crate) fn weekday(self, day: Weekday) -> &'static str {
        WEEKDAYS[self as usize][day.num_days_from_monday() as usize]
    }

    /// “19:30 Uhr”.
    pub(crate) fn time(self, time: NaiveTime) -> String {
        match self {
            Self::De => format!("{} Uhr", self.clock(time)),
            Self::En | Self::Fr => self.clock(time),
            Self::Nl => format!("{} uur", self.clock(time)),
        }
    }

    /// “Donnerstag, 26. November 2026, 19:30 Uhr”.
    pub(crate) fn moment(self, moment: NaiveDateTime) -> String {
        format!(
            "{}, {}",
            self.long_day(moment.date()),
            self.time(moment.time())
        )
    }

    /// “26. November 2026, 19:30 Uhr”.
    pub(crate) fn short_moment(self, moment: NaiveDateTime) -> String {
        format!("{}, {}", self.day(moment.date()), self.time(moment.time()))
    }

    /// “19:30 bis 21:00 Uhr”.
    pub(crate) fn hours(self, starts: NaiveTime, ends: NaiveTime) -> String {
        let (from, to) = (self.clock(starts), self.clock(ends));
        match self {
            Self::De => format!("{from} bis {to} Uhr"),
            Self::En => format!("{from} to {to}"),
            Self::Fr => format!("de {from} à {to}"),
            Self::Nl => format!("{from} tot {to} uur"),
        }
    }

    fn clock(self, time: NaiveTime) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match self {
            Self::De | Self::En => format!("{hour}:{minute:02}"),
            Self::Fr if minute == 0 => format!("{hour}\u{a0}h"),
            Self::Fr => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
            Self::Nl => format!("{hour}.{minute:02}"),
        }
    }

    fn days(self, first: NaiveDate, last: NaiveDate) -> String {
        let end = self.day(last);
        let begin = if first.year() != last.year() {
            self.day(first)
        } else if first.month() != last.month() {
            self.day_and_month(first)
        } else {
            self.day_number(first)
        };
        match self {
            Self::De => format!("{begin} bis {end}"),
            Self::En => format!("{begin} to {end}"),
            Self::Fr => format!("du {begin} au {end}"),
            Self::Nl => format!("{begin} tot en met {end}"),
        }
    }

    pub(crate) fn day_and_month(self, day: NaiveDate) -> String {
        format!(
            "{} {}",
            self.day_number(day),
            MONTHS[self as usize][day.month0() as usize]
        )
    }

    pub(crate) fn day_number(self, day: NaiveDate) -> String {
        match (self, day.day()) {
            (Self::De, number) => format!("{number}."),
            (Self::Fr, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        }
    }
}

// In the order of `Locale::ALL`, beginning with Monday.
const WEEKDAYS: [[&str; 7]; 4] = [
    [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ],
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ],
    [
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
    ],
];

const MONTHS: [[&str; 12]; 4] = [
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the calendar")
    }

    fn at(date: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
        date.and_hms_opt(hour, minute, 0).expect("a time of day")
    }

    #[test]
    fn an_evening_is_told_as_people_tell_it() {
        let when = When::Time {
            starts: at(day(11, 26), 19, 30),
            ends: Some(at(day(11, 26), 21, 0)),
        };
        let words = Locale::ALL.map(|locale| when.words(locale));
        assert_eq!(
            words,
            [
                "Donnerstag, 26. November 2026, 19:30 bis 21:00 Uhr",
                "Thursday 26 November 2026, 19:30 to 21:00",
                "jeudi 26 novembre 2026, de 19\u{a0}h\u{a0}30 à 21\u{a0}h",
                "donderdag 26 november 2026, 19.30 tot 21.00 uur",
            ]
        );
    }

    #[test]
    fn days_name_the_month_once_where_they_can() {
        let within = When::Days {
            first: day(12, 1),
            last: day(12, 3),
        };
        assert_eq!(within.words(Locale::De), "1. bis 3. Dezember 2026");
        assert_eq!(within.words(Locale::Fr), "du 1er au 3 décembre 2026");
        let across = When::Days {
            first: day(11, 30),
            last: day(12, 2),
        };
        assert_eq!(
            across.words(Locale::De),
            "30. November bis 2. Dezember 2026"
        );
        assert_eq!(across.words(Locale::En), "30 November to 2 December 2026");
    }

    #[test]
    fn an_end_before_the_beginning_is_not_told() {
        let when = When::Time {
            starts: at(day(11, 26), 9, 5),
            ends: Some(at(day(11, 26), 9, 5)),
        };
        assert_eq!(
            when.words(Locale::De),
            "Donnerstag, 26. November 2026, 9:05 Uhr"
        );
        let days = When::Days {
            first: day(11, 26),
            last: day(11, 26),
        };
        assert_eq!(days.words(Locale::De), "Donnerstag, 26. November 2026");
    }

    #[test]
    fn what_goes_past_midnight_names_both_days() {
        let when = When::Time {
            starts: at(day(11, 27), 20, 0),
            ends: Some(at(day(11, 28), 2, 0)),
        };
        assert_eq!(
            when.words(Locale::De),
            "Freitag, 27. November 2026, 20:00 Uhr bis Samstag, 28. November 2026, 2:00 Uhr"
        );
    }
}
