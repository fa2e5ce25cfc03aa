//! How often a line comes, as readers are told before they subscribe. Only what fits half a
//! sentence: pages say it in four languages (`templates`), and say nothing where there is none.

use chrono::{NaiveTime, Weekday};

use super::cron_line::{CronLine, FieldName};

/// One time of day, on all or some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// On which days.
    pub days: RhythmDays,
    /// When, on the wall clock of the schedule's zone.
    pub at: NaiveTime,
}

/// The days of a [`Rhythm`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RhythmDays {
    /// Every day.
    Daily,
    /// Each week on these days, beginning with Monday; at least one, not all seven.
    Weekly(Vec<Weekday>),
    /// Each month on this day, which every month has (1 to 28).
    Monthly(u32),
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

impl CronLine {
    /// Its rhythm, where it is one that people know.
    pub fn rhythm(&self) -> Option<Rhythm> {
        if !self.months.is_all(FieldName::Month) {
            return None;
        }
        let hour = only(self.hours.numbers())?;
        let minute = only(self.minutes.numbers())?;
        let all_days = self.days.is_all(FieldName::DayOfMonth);
        let all_weekdays = self.weekdays.is_all(FieldName::DayOfWeek);
        let days = match (all_days, all_weekdays) {
            (true, true) => RhythmDays::Daily,
            // Either day is enough: a full list of one kind makes it daily in a roundabout way.
            _ if self.either_day => return None,
            (true, false) => {
                let comes = |day: &Weekday| self.weekdays.has(day.num_days_from_sunday());
                RhythmDays::Weekly(WEEK.into_iter().filter(comes).collect())
            }
            (false, true) => {
                RhythmDays::Monthly(only(self.days.numbers()).filter(|day| *day <= 28)?)
            }
            (false, false) => return None,
        };
        let at = NaiveTime::from_hms_opt(hour, minute, 0)?;
        Some(Rhythm { days, at })
    }
}

fn only(mut numbers: impl Iterator<Item = u32>) -> Option<u32> {
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(line: &str) -> Option<(RhythmDays, String)> {
        let found = CronLine::parse(line).expect(line).rhythm()?;
        Some((found.days, found.at.format("%H:%M").to_string()))
    }

    #[test]
    fn what_people_say_is_found() {
        let weekly = |days: &[Weekday]| RhythmDays::Weekly(days.to_vec());
        let cases = [
            ("30 7 * * *", RhythmDays::Daily, "07:30"),
            ("5 0 1-31 * 0-6", RhythmDays::Daily, "00:05"),
            ("30 7 * * 4", weekly(&[Weekday::Thu]), "07:30"),
            ("@weekly", weekly(&[Weekday::Sun]), "00:00"),
            (
                "0 18 * * 0,MON",
                weekly(&[Weekday::Mon, Weekday::Sun]),
                "18:00",
            ),
            ("0 18 * * MON-FRI", weekly(&WEEK[..5]), "18:00"),
            ("0 9 1 * *", RhythmDays::Monthly(1), "09:00"),
            ("0 9 28 * *", RhythmDays::Monthly(28), "09:00"),
        ];
        for (line, days, at) in cases {
            assert_eq!(rhythm(line), Some((days, at.to_owned())), "{line}");
        }
    }

    /// The 31st is no day of every month, and what has two times or two rules is no rhythm.
    #[test]
    fn the_rest_is_left_unsaid() {
        for line in [
            "0 9 31 * *",
            "0 9 29 * *",
            "0 9 1,15 * *",
            "0 9 1 * MON",
            "0 9 1-31 * MON",
            "0 9 */2 * MON",
            "0 9 1 6 *",
            "0 9 * 6 *",
            "0 9,18 * * *",
            "*/5 * * * *",
            "0 * * * *",
        ] {
            assert_eq!(rhythm(line), None, "{line}");
        }
    }
}
