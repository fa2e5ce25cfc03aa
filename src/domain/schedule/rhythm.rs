//! How often a line comes, as readers are told before they subscribe: one time of day on days of the
//! week, or on a day of every month. The templates say it in four languages; what does not fit into
//! half a sentence is not said.

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
    /// The days of every week on which it comes, from Monday on, and the time of day: where it comes
    /// once a day on these days, and on no others.
    pub fn weekly(&self) -> Option<(Vec<Weekday>, NaiveTime)> {
        let every_day = self.days.is_all(FieldName::DayOfMonth);
        let every_weekday = self.weekdays.is_all(FieldName::DayOfWeek);
        // Where either day is enough, a full list of one kind makes it daily in a roundabout way.
        if !every_day || (self.either_day && !every_weekday) {
            return None;
        }
        let comes = |day: &Weekday| self.weekdays.has(day.num_days_from_sunday());
        Some((WEEK.into_iter().filter(comes).collect(), self.only_time()?))
    }

    /// The day of every month on which it comes, and the time of day. Every month has the days 1 to
    /// 28.
    pub fn monthly(&self) -> Option<(u32, NaiveTime)> {
        if !self.weekdays.is_all(FieldName::DayOfWeek) || self.either_day {
            return None;
        }
        let day = only(self.days.numbers()).filter(|day| *day <= 28)?;
        Some((day, self.only_time()?))
    }

    /// The time of day, where it is the same in every month and the only one.
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
    fn what_people_say_is_found() {
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

    /// The 31st is no day of every month, and what has two times or two rules is no rhythm.
    #[test]
    fn the_rest_is_left_unsaid() {
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
