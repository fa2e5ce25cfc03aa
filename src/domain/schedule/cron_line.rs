//! Cron lines of five fields, as in unix cron.
//!
//! The crate `cron` evaluates them. Its dialect differs (a field for seconds, Sunday as 1, both
//! kinds of days required at once), so a line is parsed here into sets of numbers and passed on as
//! plain lists.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{NaiveDateTime, Utc};

use super::to_the_minute;

/// Long enough for a list of all minutes.
const LONGEST_LINE: usize = 400;
const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];
const WEEKDAYS: [&str; 7] = [
    "SUNDAY",
    "MONDAY",
    "TUESDAY",
    "WEDNESDAY",
    "THURSDAY",
    "FRIDAY",
    "SATURDAY",
];
/// How many days each month can have; 29 February is a day, in some years.
const LONGEST_MONTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A cron line: minute, hour, day of month, month, day of week.
///
/// If both the day of month and the day of week are restricted, either is enough, as in unix cron
/// (`0 7 1 * MON` is the first of the month *and* every Monday). A field that begins with `*`
/// (`*/2`) restricts in addition to the other.
#[derive(Clone)]
pub struct CronLine {
    text: String,
    pub(super) minutes: Set,
    pub(super) hours: Set,
    pub(super) days: Set,
    pub(super) months: Set,
    pub(super) weekdays: Set,
    pub(super) either_day: bool,
    /// Two if either day is enough.
    schedules: Vec<cron::Schedule>,
}

/// The numbers a field allows: a bit for each (0 to 59 at most).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set(u64);

/// A field of a cron line, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    /// 0 to 59.
    Minute,
    /// 0 to 23.
    Hour,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or names.
    Month,
    /// 0 (Sunday) to 7 (Sunday again), or names.
    DayOfWeek,
}

/// Why a text is not a cron line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// Nothing was given.
    #[error(
        "the schedule is empty; write five fields, such as `30 7 * * THU` for every Thursday at 07:30"
    )]
    Empty,
    /// Far longer than any line.
    #[error(
        "the schedule is longer than {LONGEST_LINE} characters; shorten lists to ranges and steps, such as `*/5`"
    )]
    TooLong,
    /// A word with `@` that is not known.
    #[error("“{0}” is not a schedule; known are @hourly, @daily, @weekly, @monthly and @yearly")]
    Shortcut(String),
    /// Six fields: seconds, or a year.
    #[error(
        "the schedule has six fields, but there is none for seconds or years; write five: minute, hour, day of month, month, day of week"
    )]
    SixFields,
    /// Not five fields.
    #[error(
        "the schedule has {0} field(s); write five: minute, hour, day of month, month, day of week (such as `30 7 * * THU`)"
    )]
    Fields(usize),
    /// A field cannot be parsed.
    #[error("“{part}” is not valid in the field “{field}”: {}; also lists (1,2), ranges (1-5) and steps (*/2)", .field.allowed())]
    Field {
        /// Which field.
        field: FieldName,
        /// The part of it that was not understood.
        part: String,
    },
    /// A step of 0 or beyond the field's range.
    #[error("the step in “{part}” (field “{field}”) cannot be used: a step is a number from 1 to {}; write longer distances with the next field, such as `0 */2 * * *` for every two hours", .field.values().end())]
    Step {
        /// Which field.
        field: FieldName,
        /// The part of it that was not understood.
        part: String,
    },
    /// No day of any year matches, such as 30 February.
    #[error(
        "the schedule never fires: none of its months has such a day; check day of month and month"
    )]
    NeverFires,
}

impl FieldName {
    const ALL: [Self; 5] = [
        Self::Minute,
        Self::Hour,
        Self::DayOfMonth,
        Self::Month,
        Self::DayOfWeek,
    ];

    const fn values(self) -> RangeInclusive<u32> {
        match self {
            Self::Minute => 0..=59,
            Self::Hour => 0..=23,
            Self::DayOfMonth => 1..=31,
            Self::Month => 1..=12,
            Self::DayOfWeek => 0..=6,
        }
    }

    const fn allowed(self) -> &'static str {
        match self {
            Self::Minute => "allowed are numbers from 0 to 59",
            Self::Hour => "allowed are numbers from 0 to 23",
            Self::DayOfMonth => "allowed are numbers from 1 to 31",
            Self::Month => "allowed are numbers from 1 to 12 and English names such as JAN",
            Self::DayOfWeek => {
                "allowed are numbers from 0 to 7 (0 and 7 are Sunday) and English names such as MON"
            }
        }
    }

    /// The number of a name: its first three letters, or all of them.
    fn named(self, text: &str) -> Option<u32> {
        let (names, first): (&[&str], u32) = match self {
            Self::Month => (&MONTHS, 1),
            Self::DayOfWeek => (&WEEKDAYS, 0),
            _ => return None,
        };
        (first..).zip(names).find_map(|(number, name)| {
            (name.eq_ignore_ascii_case(text) || name[..3].eq_ignore_ascii_case(text))
                .then_some(number)
        })
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::DayOfMonth => "day of month",
            Self::Month => "month",
            Self::DayOfWeek => "day of week",
        })
    }
}

impl Set {
    const EMPTY: Self = Self(0);

    pub(super) const fn has(self, number: u32) -> bool {
        number < 64 && self.0 & (1 << number) != 0
    }

    pub(super) fn numbers(self) -> impl Iterator<Item = u32> {
        (0..64).filter(move |number| self.has(*number))
    }

    fn add(&mut self, number: u32) {
        self.0 |= 1 << number;
    }

    pub(super) fn is_all(self, field: FieldName) -> bool {
        field.values().all(|number| self.has(number))
    }
}

impl CronLine {
    /// Parses a line: `30 7 * * 4`, `0 9-17/2 * * MON-FRI`, `@weekly`.
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        if text.len() > LONGEST_LINE {
            return Err(BadLine::TooLong);
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fields: Vec<&str> = expand_shortcut(&text)?.split(' ').collect();
        let fields: [&str; 5] = match fields.len() {
            6 => return Err(BadLine::SixFields),
            count => fields.try_into().map_err(|_| BadLine::Fields(count))?,
        };
        let mut sets = [Set::EMPTY; 5];
        for ((set, field), name) in sets.iter_mut().zip(fields).zip(FieldName::ALL) {
            *set = parse_field(field, name)?;
        }
        let [minutes, hours, days, months, weekdays] = sets;
        let either_day = !fields[2].starts_with('*') && !fields[4].starts_with('*');
        if !either_day && !months.numbers().any(|month| has_day(month, days)) {
            return Err(BadLine::NeverFires);
        }
        let schedules = translate(sets, either_day);
        Ok(Self {
            text,
            minutes,
            hours,
            days,
            months,
            weekdays,
            either_day,
            schedules,
        })
    }

    /// The line as it was written, with single blanks.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The wall-clock times after `after`, without it, each once and in order, up to the year 2100.
    pub fn times_after(&self, after: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + '_ {
        // `cron` treats wall-clock time as UTC, where no hour is missing or repeated.
        let after = to_the_minute(after).and_utc();
        let mut ways: Vec<_> = self
            .schedules
            .iter()
            .map(|way| way.after(&after).peekable())
            .collect();
        std::iter::from_fn(move || {
            let next: chrono::DateTime<Utc> = ways
                .iter_mut()
                .filter_map(|way| way.peek().copied())
                .min()?;
            for way in &mut ways {
                way.next_if_eq(&next);
            }
            Some(next.naive_utc())
        })
    }
}

impl PartialEq for CronLine {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for CronLine {}

impl std::str::FromStr for CronLine {
    type Err = BadLine;
    fn from_str(text: &str) -> Result<Self, BadLine> {
        Self::parse(text)
    }
}

impl fmt::Display for CronLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for CronLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CronLine").field(&self.text).finish()
    }
}

fn expand_shortcut(text: &str) -> Result<&str, BadLine> {
    if text.is_empty() {
        return Err(BadLine::Empty);
    }
    if !text.starts_with('@') {
        return Ok(text);
    }
    Ok(match text.to_ascii_lowercase().as_str() {
        "@hourly" => "0 * * * *",
        "@daily" | "@midnight" => "0 0 * * *",
        "@weekly" => "0 0 * * 0",
        "@monthly" => "0 0 1 * *",
        "@yearly" | "@annually" => "0 0 1 1 *",
        _ => return Err(BadLine::Shortcut(shown(text))),
    })
}

fn parse_field(text: &str, field: FieldName) -> Result<Set, BadLine> {
    let mut set = Set::EMPTY;
    for part in text.split(',') {
        add_part(&mut set, part, field)?;
    }
    Ok(set)
}

/// One part of a list: `*`, `5`, `1-5`, `FRI-MON` (over the end of the week), each with `/step`.
fn add_part(set: &mut Set, part: &str, field: FieldName) -> Result<(), BadLine> {
    let refused = || BadLine::Field {
        field,
        part: shown(part),
    };
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let all = field.values();
    let (first, last) = if range == "*" {
        (*all.start(), *all.end())
    } else if let Some((first, last)) = range.split_once('-') {
        (
            number(first, field).ok_or_else(refused)?,
            number(last, field).ok_or_else(refused)?,
        )
    } else {
        let only = number(range, field).ok_or_else(refused)?;
        (only, if step.is_some() { *all.end() } else { only })
    };
    let step = match step {
        None => 1,
        Some(step) => digits(step)
            .filter(|step| (1..=*all.end()).contains(step))
            .ok_or_else(|| BadLine::Step {
                field,
                part: shown(part),
            })?,
    };
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    if first <= last {
        (first..=last)
            .step_by(step)
            .for_each(|number| set.add(week(number, field)));
    } else {
        let over_the_end = (first..=*all.end()).chain(*all.start()..=last);
        over_the_end
            .step_by(step)
            .for_each(|number| set.add(week(number, field)));
    }
    Ok(())
}

/// Sunday is 0, also if written as 7.
const fn week(number: u32, field: FieldName) -> u32 {
    if matches!(field, FieldName::DayOfWeek) {
        number % 7
    } else {
        number
    }
}

fn number(text: &str, field: FieldName) -> Option<u32> {
    let sunday_again = u32::from(field == FieldName::DayOfWeek);
    digits(text)
        .filter(|number| {
            (*field.values().start()..=field.values().end() + sunday_again).contains(number)
        })
        .or_else(|| field.named(text))
}

/// Digits only: `parse` alone would accept a sign too.
fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// User input, shortened and cleaned for a message.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(20).collect()
}

fn has_day(month: u32, days: Set) -> bool {
    let longest = usize::try_from(month - 1)
        .ok()
        .and_then(|index| LONGEST_MONTHS.get(index));
    longest.is_some_and(|longest| (1..=*longest).any(|day| days.has(day)))
}

/// The line in the dialect of the crate `cron`: seconds first, Sunday as 1. It requires both kinds
/// of days; if either is enough, two schedules are combined.
fn translate(
    [minutes, hours, days, months, weekdays]: [Set; 5],
    either_day: bool,
) -> Vec<cron::Schedule> {
    let list = |set: Set, field: FieldName, shift: u32| {
        if set.is_all(field) {
            return "*".to_owned();
        }
        set.numbers()
            .map(|number| (number + shift).to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    let minute = list(minutes, FieldName::Minute, 0);
    let hour = list(hours, FieldName::Hour, 0);
    let day = list(days, FieldName::DayOfMonth, 0);
    let month = list(months, FieldName::Month, 0);
    let weekday = list(weekdays, FieldName::DayOfWeek, 1);
    let ways = if either_day {
        vec![(day.as_str(), "*"), ("*", weekday.as_str())]
    } else {
        vec![(day.as_str(), weekday.as_str())]
    };
    ways.into_iter()
        .map(|(day, weekday)| {
            format!("0 {minute} {hour} {day} {month} {weekday}")
                .parse()
                .expect("lists of numbers within each field's range are a cron line")
        })
        .collect()
}
