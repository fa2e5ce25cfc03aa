//! Quiet hours: the hours of a day in which no mail of a newsletter is started.
//!
//! They are wall-clock times in the newsletter's zone, e.g. `21:00-07:00`. Both ends are mapped to
//! instants like slots of the schedule, so clock changes need no special rule: an end in the gap is
//! the first instant after it, an ambiguous end is the first of both. `delivery` uses
//! [`QuietHours::end`] and [`QuietHours::next_begin`].

use std::fmt;
use std::str::FromStr;

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::schedule::instant_of;
use super::timestamp::Timestamp;

/// Begin and end, every day; across midnight if the end is earlier than the begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: NaiveTime,
    until: NaiveTime,
}

/// A text that is not a pair of quiet hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” are not quiet hours; write begin and end in 24-hour time, e.g. 21:00-07:00")]
pub struct BadQuietHours(String);

impl FromStr for QuietHours {
    type Err = BadQuietHours;
    fn from_str(text: &str) -> Result<Self, BadQuietHours> {
        let bad = || BadQuietHours(text.chars().filter(|c| !c.is_control()).take(40).collect());
        let (from, until) = text.split_once(['-', '–']).ok_or_else(bad)?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        match (time(from), time(until)) {
            (Some(from), Some(until)) if from != until => Ok(Self { from, until }),
            _ => Err(bad()),
        }
    }
}

/// As it is stored and typed: `21:00-07:00`.
impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from.format("%H:%M"), self.until.format("%H:%M"));
        f.pad(&format!("{from}-{until}"))
    }
}

impl QuietHours {
    /// The end of the quiet hours that contain `now`; `None` outside of them.
    ///
    /// If the time between an end and the next begin falls into the gap (`02:30-02:00` on a night
    /// in spring), both are merged, and the end is the later one.
    pub fn end(&self, zone: Tz, now: Timestamp) -> Option<Timestamp> {
        self.around(zone, now).fold(None, |end, (from, until)| {
            let reached = end.unwrap_or(now);
            if from <= reached && reached < until {
                Some(until)
            } else {
                end
            }
        })
    }

    /// The next begin of quiet hours after `now`.
    pub fn next_begin(&self, zone: Tz, now: Timestamp) -> Option<Timestamp> {
        self.around(zone, now)
            .map(|(from, _)| from)
            .find(|from| *from > now)
    }

    /// The quiet hours that begin on the day before `now`, on that day and on the two after it.
    fn around(&self, zone: Tz, now: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let (this, today) = (*self, now.in_zone(zone).date_naive());
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        yesterday
            .iter_days()
            .take(4)
            .map(move |day| this.on(day, zone))
    }

    /// Those that begin on a day.
    fn on(&self, day: NaiveDate, zone: Tz) -> (Timestamp, Timestamp) {
        let last = if self.until > self.from {
            day
        } else {
            day.checked_add_days(Days::new(1)).unwrap_or(day)
        };
        (
            instant_of(day.and_time(self.from), zone),
            instant_of(last.and_time(self.until), zone),
        )
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, Timelike as _, Utc};
    use chrono_tz::Europe::Berlin;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        let time: DateTime<Utc> = text.parse().expect("an instant in a test");
        time.into()
    }

    fn quiet(text: &str) -> QuietHours {
        text.parse().expect("quiet hours in a test")
    }

    #[test]
    fn common_forms_are_parsed() {
        for text in ["21:00-07:00", "21:00 - 7:00", "21:00–07:00"] {
            assert_eq!(quiet(text).to_string(), "21:00-07:00");
        }
        for text in [
            "",
            "21:00",
            "21-07",
            "24:00-07:00",
            "07:00-07:00",
            "21:00-07:60",
            "none",
        ] {
            assert!(text.parse::<QuietHours>().is_err(), "{text}");
        }
    }

    #[test]
    fn quiet_hours_at_night_and_at_noon() {
        let night = quiet("21:00-07:00");
        let end = |text| night.end(Berlin, at(text));
        assert_eq!(end("2027-01-04T19:59:59Z"), None);
        assert_eq!(
            end("2027-01-04T20:00:00Z"),
            Some(at("2027-01-05T06:00:00Z"))
        );
        assert_eq!(
            end("2027-01-05T05:59:59Z"),
            Some(at("2027-01-05T06:00:00Z"))
        );
        assert_eq!(end("2027-01-05T06:00:00Z"), None);
        let noon = quiet("12:00-13:30");
        assert_eq!(
            noon.end(Berlin, at("2027-07-01T10:00:00Z")),
            Some(at("2027-07-01T11:30:00Z"))
        );
        assert_eq!(noon.end(Berlin, at("2027-07-01T11:30:00Z")), None);
        assert_eq!(
            noon.next_begin(Berlin, at("2027-07-01T10:00:00Z")),
            Some(at("2027-07-02T10:00:00Z")),
            "these have begun"
        );
    }

    #[test]
    fn quiet_hours_on_nights_of_clock_changes() {
        // Spring: 02:00 becomes 03:00, the night is an hour shorter.
        let night = quiet("21:00-07:00");
        assert_eq!(
            night.end(Berlin, at("2027-03-27T20:00:00Z")),
            Some(at("2027-03-28T05:00:00Z"))
        );
        assert_eq!(
            night.end(Berlin, at("2027-10-30T19:00:00Z")),
            Some(at("2027-10-31T06:00:00Z"))
        );
        // An end in the gap: the first instant after it.
        let early = quiet("22:00-02:30");
        assert_eq!(
            early.end(Berlin, at("2027-03-28T00:59:59Z")),
            Some(at("2027-03-28T01:00:00Z"))
        );
        assert_eq!(early.end(Berlin, at("2027-03-28T01:00:00Z")), None);
        // Quiet hours entirely in the gap do not exist on that day.
        let gone = quiet("02:10-02:50");
        assert_eq!(gone.end(Berlin, at("2027-03-28T01:00:00Z")), None);
        // An ambiguous end: the first of both.
        assert_eq!(
            early.end(Berlin, at("2027-10-31T00:29:59Z")),
            Some(at("2027-10-31T00:30:00Z"))
        );
        assert_eq!(early.end(Berlin, at("2027-10-31T01:15:00Z")), None);
        // A pause in the gap: merged quiet hours until the pause of the next day.
        let pause_at_two = quiet("02:29-02:00");
        for now in ["2027-03-27T01:36:00Z", "2027-03-28T01:00:00Z"] {
            let end = pause_at_two.end(Berlin, at(now));
            assert_eq!(end, Some(at("2027-03-29T00:00:00Z")), "{now}");
        }
    }

    /// Minutes of two days around a change of the clock in 2027, and any two times of the day.
    fn moment() -> impl Strategy<Value = (Timestamp, QuietHours)> {
        let begin = prop::sample::select(vec!["2027-03-27T00:00:00Z", "2027-10-30T00:00:00Z"]);
        let times = (0_u32..1440, 0_u32..1440).prop_filter("not the same", |(a, b)| a != b);
        (begin, 0_u64..2880 * 60, times).prop_map(|(begin, seconds, (from, until))| {
            let time = |minutes: u32| {
                NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).expect("a time of the day")
            };
            let quiet = QuietHours {
                from: time(from),
                until: time(until),
            };
            (at(begin).plus(Duration::from_secs(seconds)), quiet)
        })
    }

    proptest! {
        #[test]
        fn printing_and_parsing_round_trip((_, quiet) in moment()) {
            prop_assert_eq!(quiet.to_string().parse(), Ok(quiet));
        }

        #[test]
        fn an_end_is_in_the_future_and_ends_the_quiet_hours((now, quiet) in moment()) {
            if let Some(end) = quiet.end(Berlin, now) {
                // A day and the hour of the change; two days if the pause between is in the gap.
                prop_assert!(now < end && end.since(now) <= Duration::from_hours(48));
                prop_assert_eq!(quiet.end(Berlin, end), None);
                let before = end.minus(Duration::from_micros(1));
                prop_assert_eq!(quiet.end(Berlin, before), Some(end));
            }
        }

        #[test]
        fn nothing_is_quiet_before_the_next_begin((now, quiet) in moment()) {
            let begin = quiet.next_begin(Berlin, now).expect("tomorrow at the latest");
            prop_assert!(begin > now);
            if quiet.end(Berlin, now).is_none() {
                let before = begin.minus(Duration::from_micros(1));
                prop_assert_eq!(quiet.end(Berlin, before), None, "nothing is quiet until then");
            }
        }

        #[test]
        fn outside_the_changed_hours_the_wall_clock_decides((now, quiet) in moment()) {
            let clock = now.in_zone(Berlin).time();
            let changed = |time: NaiveTime| (2..3).contains(&time.hour());
            if !changed(clock) && !changed(quiet.from) && !changed(quiet.until) {
                let within = if quiet.from < quiet.until {
                    quiet.from <= clock && clock < quiet.until
                } else {
                    quiet.from <= clock || clock < quiet.until
                };
                prop_assert_eq!(quiet.end(Berlin, now).is_some(), within, "{} in {}", clock, quiet);
            }
        }
    }
}
