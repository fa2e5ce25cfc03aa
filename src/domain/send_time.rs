//! The time at which a person wants an issue to go out, by the wall clock of its newsletter.
//!
//! A slot in the gap of a clock change moves behind it, because nobody asked for that very night. A person who
//! asks for such a time is told that it does not exist.

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::newsletter::NewsletterSettings;
use super::quiet::QuietHours;
use super::schedule::{ClockChange, instant_and_change};
use super::timestamp::Timestamp;

/// Farther ahead a time is taken for a slip of the pen.
const FARTHEST: Duration = Duration::from_hours(24 * 366);

/// Why an issue cannot go out at a time. Times are those of the newsletter's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSendTime {
    /// What was written is no day.
    #[error("this is not a day; write it like 2027-01-07")]
    Day,
    /// What was written is no time of the day.
    #[error("this is not a time of the day; write it like 07:00")]
    Clock,
    /// The clock goes forward over it.
    #[error(
        "there is no such time on that day: the clock goes forward to {}; choose that or a later time",
        .until.format("%H:%M")
    )]
    Gap {
        /// The first time after the gap.
        until: NaiveDateTime,
    },
    /// It has passed.
    #[error("this time has passed; choose a later one")]
    Past,
    /// It is more than a year ahead.
    #[error("this is more than a year ahead; look at the year")]
    TooFar,
    /// No mail is begun then.
    #[error(
        "the newsletter sends nothing during its quiet hours ({hours}): the mails would wait until {}; choose that or a later time",
        .until.format("%Y-%m-%d %H:%M")
    )]
    Quiet {
        /// When it is quiet.
        hours: QuietHours,
        /// When that is over.
        until: NaiveDateTime,
    },
}

/// Reads a day: `2027-01-07`, as forms send it, or `7.1.2027`.
pub fn day(text: &str) -> Result<NaiveDate, BadSendTime> {
    let text = text.trim();
    text.parse()
        .or_else(|_| NaiveDate::parse_from_str(text, "%d.%m.%Y"))
        .map_err(|_| BadSendTime::Day)
}

/// Reads a time of the day: `07:00`, or `7.00`.
pub fn clock(text: &str) -> Result<NaiveTime, BadSendTime> {
    let text = text.trim().replace('.', ":");
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| BadSendTime::Clock)
}

/// The instant of a wall-clock time, and whether the clock shows it twice that night: then it is the first of
/// both.
pub fn instant(local: NaiveDateTime, zone: Tz) -> Result<(Timestamp, bool), BadSendTime> {
    let (at, change) = instant_and_change(local, zone);
    match change {
        ClockChange::None => Ok((at, false)),
        ClockChange::Overlap => Ok((at, true)),
        ClockChange::Gap => Err(BadSendTime::Gap {
            until: at.in_zone(zone).naive_local(),
        }),
    }
}

/// Whether an issue of this newsletter may be set to go out `at`.
pub fn check(
    settings: &NewsletterSettings,
    at: Timestamp,
    now: Timestamp,
) -> Result<(), BadSendTime> {
    if at <= now {
        return Err(BadSendTime::Past);
    }
    if at > now.plus(FARTHEST) {
        return Err(BadSendTime::TooFar);
    }
    match settings.quiet.zip(settings.quiet_until(at)) {
        Some((hours, until)) => Err(BadSendTime::Quiet {
            hours,
            until: until.in_zone(settings.zone).naive_local(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;

    use super::*;

    fn at(day_text: &str, time: &str) -> Result<(Timestamp, bool), BadSendTime> {
        instant(day(day_text)?.and_time(clock(time)?), Berlin)
    }

    #[test]
    fn times_are_read_as_browsers_and_people_write_them() {
        let utc = |found: Result<(Timestamp, bool), BadSendTime>| {
            found.map(|(at, twice)| (at.to_string(), twice))
        };
        let winter = Ok(("2027-01-07T06:00:00Z".to_owned(), false));
        assert_eq!(utc(at("2027-01-07", "07:00")), winter);
        assert_eq!(utc(at(" 7.1.2027 ", "7.00")), winter);
        assert_eq!(
            utc(at("2027-10-31", "02:30")),
            Ok(("2027-10-31T00:30:00Z".to_owned(), true))
        );
        for text in ["", "morgen", "2027-02-30", "07/01/2027"] {
            assert_eq!(day(text), Err(BadSendTime::Day), "{text}");
        }
        for text in ["", "7", "24:00", "7 Uhr", "-1:00"] {
            assert_eq!(clock(text), Err(BadSendTime::Clock), "{text}");
        }
    }

    #[test]
    fn a_time_that_does_not_exist_is_no_time() {
        let until = day("2027-03-28")
            .expect("a day")
            .and_hms_opt(3, 0, 0)
            .expect("a time");
        assert_eq!(at("2027-03-28", "02:30"), Err(BadSendTime::Gap { until }));
    }
}
