//! The frequency of a schedule, as shown to readers before they subscribe: one time of day on days
//! of the week, or on a day of every month. The templates have texts in four languages; more
//! complex schedules are not shown.

use chrono::{NaiveTime, Weekday};

use super::cron_line::{CronLine, FieldName};

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
    /// The days of the week, from Monday on, and the time of day, if the schedule fires once a day
    /// on exactly these days.
    pub fn weekly(&self) -> Option<(Vec<Weekday>, NaiveTime)> {
        let every_day = self.days.is_all(FieldName::DayOfMonth);
        let every_weekday = self.weekdays.is_all(FieldName::DayOfWeek);
        // If either day is enough, a full list of one kind means every day.
        if !every_day || (self.either_day && !every_weekday) {
            return None;
        }
        let comes = |day: &Weekday| self.weekdays.has(day.num_days_from_sunday());
        Some((WEEK.into_iter().filter(comes).collect(), self.only_time()?))
    }

    /// The day of every month, and the time of day. Every month has the days 1 to 28.
    pub fn monthly(&self) -> Option<(u32, NaiveTime)> {
        if !self.weekdays.is_all(FieldName::DayOfWeek) || self.either_day {
            return None;
        }
        let day = only(self.days.numbers()).filter(|day| *day <= 28)?;
        Some((day, self.only_time()?))
    }

    /// The time of day, if it is the only one and the same in every month.
    fn only_time(&self) -> Option<NaiveTime> {
        if !self.months.is_all(FieldName::Month) {
            return None;
        }
        let hour = only(self.hours.numbers())?;
        let minute = only(self.minutes.numbers())?;
        NaiveTime::from_hms_opt(hour, minute, 0)
    }
}

fn only(mut numbers: impl Iterator<Item = u32>) -> Option<u32> {
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(line: &str) -> CronLine {
        CronLine::parse(line).expect(line)
    }

    fn at(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
    }

    #[test]
    fn common_rhythms_are_recognised() {
        use Weekday::{Mon, Sun, Thu};
        let weekly: [(&str, &[Weekday], NaiveTime); 6] = [
            ("30 7 * * *", &WEEK, at(7, 30)),
            ("5 0 1-31 * 0-6", &WEEK, at(0, 5)),
            ("30 7 * * 4", &[Thu], at(7, 30)),
            ("@weekly", &[Sun], at(0, 0)),
            ("0 18 * * 0,MON", &[Mon, Sun], at(18, 0)),
            ("0 18 * * MON-FRI", &WEEK[..5], at(18, 0)),
        ];
        for (text, days, at) in weekly {
            assert_eq!(line(text).weekly(), Some((days.to_vec(), at)), "{text}");
            assert_eq!(line(text).monthly(), None, "{text}");
        }
        for (text, day) in [("0 9 1 * *", 1), ("0 9 28 * *", 28)] {
            assert_eq!(line(text).monthly(), Some((day, at(9, 0))), "{text}");
            assert_eq!(line(text).weekly(), None, "{text}");
        }
    }

    /// Not every month has a 31st, and schedules with two times or two rules have no simple rhythm.
    #[test]
    fn complex_schedules_have_no_rhythm() {
        for text in [
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
            assert_eq!(line(text).weekly(), None, "{text}");
            assert_eq!(line(text).monthly(), None, "{text}");
        }
    }
}
