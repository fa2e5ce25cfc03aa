//! Dates and times in calendars (RFC 5545, 3.3.4 to 3.3.6 and 3.3.9). Called by `event`.

use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta,
    TimeZone as _, Timelike as _,
};
use chrono_tz::Tz;

use crate::domain::timestamp::Timestamp;

/// A day, or a wall-clock time in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// A whole day, in any zone.
    Day(NaiveDate),
    /// A wall-clock time in a zone; [`Tz::UTC`] if written with a `Z`.
    Time(NaiveDateTime, Tz),
}

impl Moment {
    /// The wall-clock time; midnight for a day.
    pub(super) fn wall(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Time(wall, _) => wall,
        }
    }

    /// The instant; days begin in `zone`.
    pub(super) fn instant(self, zone: Tz) -> Timestamp {
        match self {
            Self::Day(day) => instant(day.and_time(NaiveTime::MIN), zone),
            Self::Time(wall, zone) => instant(wall, zone),
        }
    }

    /// The same kind of moment at another wall-clock time.
    pub(super) fn at(self, wall: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(wall.date()),
            Self::Time(_, zone) => Self::Time(wall, zone),
        }
    }

    pub(super) fn is_day(self) -> bool {
        matches!(self, Self::Day(_))
    }
}

/// The instant at which the clocks of `zone` show `wall`. Ambiguous (autumn): the first.
/// Nonexistent (spring): by the offset before the change, as RFC 5545 (3.3.5) requires.
pub(super) fn instant(wall: NaiveDateTime, zone: Tz) -> Timestamp {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc().into(),
        LocalResult::None => {
            let before = wall
                .checked_sub_signed(TimeDelta::hours(24))
                .unwrap_or(wall);
            let offset = zone.offset_from_utc_datetime(&before).fix();
            wall.checked_sub_offset(offset)
                .unwrap_or(wall)
                .and_utc()
                .into()
        }
    }
}

/// Whether the clocks of `zone` ever show `wall`.
pub(super) fn exists(wall: NaiveDateTime, zone: Tz) -> bool {
    !matches!(zone.from_local_datetime(&wall), LocalResult::None)
}

/// The wall-clock time of `zone` at an instant.
pub(super) fn wall_at(at: Timestamp, zone: Tz) -> NaiveDateTime {
    let at: DateTime<Tz> = at.in_zone(zone);
    at.naive_local()
}

/// A length: calendar days, and after them an exact duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) days: u64,
    pub(super) exact: TimeDelta,
}

impl Length {
    /// The end of something of this length that begins at `start`.
    pub(super) fn end_of(self, start: Moment, zone: Tz) -> Option<Timestamp> {
        let wall = start.wall().checked_add_days(Days::new(self.days))?;
        let micros = start
            .at(wall)
            .instant(zone)
            .micros()
            .checked_add(self.exact.num_microseconds()?)?;
        Some(Timestamp::from_micros(micros))
    }
}

/// A date in the form `20270328`.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let date = digits.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())??;
    // Years outside this range are mistakes, and zone offsets for them are guesses.
    (1583..=2500)
        .contains(&chrono::Datelike::year(&date))
        .then_some(date)
}

/// A time in the form `20270328T190000` (seconds may be missing), and whether a `Z` follows.
pub(super) fn date_time(text: &str) -> Option<(NaiveDateTime, bool)> {
    let (day, time) = text.split_once(['T', 't'])?;
    let utc = time.ends_with(['Z', 'z']);
    let time = time.trim_end_matches(['Z', 'z']);
    if !matches!(time.len(), 4 | 6) || !time.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize| {
        time.get(from..from + 2)
            .map_or(Some(0), |two| two.parse::<u32>().ok())
    };
    // A leap second counts as the end of its second.
    let time = NaiveTime::from_hms_opt(number(0)?, number(2)?, number(4)?.min(59))?;
    Some((date(day)?.and_time(time), utc))
}

/// A duration in the form `P1DT2H30M` or `P2W`; none if negative.
pub(super) fn duration(text: &str) -> Option<Length> {
    let text = text.trim().to_ascii_uppercase();
    let rest = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let (mut days, mut seconds, mut number, mut any, mut in_time) =
        (0_u64, 0_i64, String::new(), false, false);
    for c in rest.chars() {
        match c {
            '0'..='9' if number.len() < 9 => number.push(c),
            'T' if !in_time && number.is_empty() => in_time = true,
            'W' | 'D' | 'H' | 'M' | 'S' => {
                let value: u32 = number.parse().ok()?;
                number.clear();
                any = true;
                match (c, in_time) {
                    ('W', false) => days += u64::from(value) * 7,
                    ('D', false) => days += u64::from(value),
                    ('H', true) => seconds += i64::from(value) * 3_600,
                    ('M', true) => seconds += i64::from(value) * 60,
                    ('S', true) => seconds += i64::from(value),
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
    (any && number.is_empty()).then_some(Length {
        days,
        exact: TimeDelta::seconds(seconds),
    })
}

/// `20270328` for a day, else the instant in UTC: the identifier of an occurrence.
pub(super) fn stamp(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => day.format("%Y%m%d").to_string(),
        Moment::Time(wall, zone) => {
            let at = instant(wall, zone).utc();
            debug_assert!(
                at.nanosecond() == 0,
                "calendars have no fractions of a second"
            );
            at.format("%Y%m%dT%H%M%SZ").to_string()
        }
    }
}
