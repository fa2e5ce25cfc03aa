//! A cron line in English, for the command line: “every Thursday at 07:30”.

use super::cron_line::{CronLine, FieldName, Set};

const MONTHS: [&str; 13] = [
    "",
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
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
/// The most times of day that are listed.
const MOST_TIMES: usize = 6;

impl CronLine {
    /// The line in English. A line that does not fit a short sentence is quoted.
    pub fn words(&self) -> String {
        match (self.day_words(), self.time_words()) {
            (Some(days), Some(Time::At(times))) => format!("{days} at {times}"),
            (Some(days), Some(Time::Every(rhythm))) if days == "every day" => rhythm,
            (Some(days), Some(Time::Every(rhythm))) => format!("{days}, {rhythm}"),
            _ => format!("by the line “{self}”"),
        }
    }

    fn time_words(&self) -> Option<Time> {
        let minutes: Vec<u32> = self.minutes.numbers().collect();
        let hours: Vec<u32> = self.hours.numbers().collect();
        let each_hour = self.hours.is_all(FieldName::Hour);
        if let Some(step) = step_through(&minutes, 60)
            && minutes.len() > 1
        {
            let rhythm = if step == 1 {
                "every minute".to_owned()
            } else {
                format!("every {step} minutes")
            };
            if each_hour {
                return Some(Time::Every(rhythm));
            }
            let (first, last) = run(&hours)?;
            let end = minutes.last()?;
            return Some(Time::Every(format!(
                "{rhythm} from {first:02}:00 to {last:02}:{end:02}"
            )));
        }
        if let [minute] = minutes[..] {
            let past = if minute == 0 {
                String::new()
            } else {
                format!(" at minute {minute}")
            };
            match step_through(&hours, 24) {
                Some(1) => return Some(Time::Every(format!("every hour{past}"))),
                Some(step) if hours.len() > 2 => {
                    return Some(Time::Every(format!("every {step} hours{past}")));
                }
                _ => {}
            }
            if let Some((first, last)) = run(&hours)
                && hours.len() > 2
            {
                return Some(Time::Every(format!(
                    "every hour from {first:02}:{minute:02} to {last:02}:{minute:02}"
                )));
            }
        }
        if minutes.len() * hours.len() > MOST_TIMES {
            return None;
        }
        let times = hours.iter().flat_map(|hour| {
            minutes
                .iter()
                .map(move |minute| format!("{hour:02}:{minute:02}"))
        });
        Some(Time::At(and(&times.collect::<Vec<_>>())))
    }

    fn day_words(&self) -> Option<String> {
        let all_days = self.days.is_all(FieldName::DayOfMonth);
        let all_weekdays = self.weekdays.is_all(FieldName::DayOfWeek);
        let all_months = self.months.is_all(FieldName::Month);
        let months = and(&names(self.months, &MONTHS));
        let in_months = if all_months {
            String::new()
        } else {
            format!(" in {months}")
        };
        let of_months = if all_months { "every month" } else { &months };
        let days = || -> Option<String> {
            let days: Vec<_> = self.days.numbers().map(ordinal).collect();
            (days.len() <= MOST_TIMES).then(|| format!("on the {} of {of_months}", and(&days)))
        };
        match (all_days, all_weekdays) {
            (true, true) => Some(format!("every day{in_months}")),
            (true, false) if !self.either_day => {
                Some(format!("every {}{in_months}", weekdays(self.weekdays)))
            }
            (false, true) if !self.either_day => days(),
            (false, false) if self.either_day => Some(format!(
                "{} and every {}{in_months}",
                days()?,
                weekdays(self.weekdays)
            )),
            // Several `*/n`, or a full list beside a restricted field: too rare for a sentence.
            _ => None,
        }
    }
}

enum Time {
    At(String),
    Every(String),
}

/// The step, if the numbers go from 0 to `end` in equal steps.
fn step_through(numbers: &[u32], end: u32) -> Option<u32> {
    let step = match numbers {
        [0, second, ..] => *second,
        _ => return None,
    };
    let expected = (0..end).step_by(usize::try_from(step).ok()?);
    (end.is_multiple_of(step) && numbers.iter().copied().eq(expected)).then_some(step)
}

/// First and last of consecutive numbers.
fn run(numbers: &[u32]) -> Option<(u32, u32)> {
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    numbers
        .iter()
        .copied()
        .eq(first..=last)
        .then_some((first, last))
}

fn names(set: Set, names: &[&str]) -> Vec<String> {
    (0..)
        .zip(names)
        .filter(|(number, _)| set.has(*number))
        .map(|(_, name)| (*name).to_owned())
        .collect()
}

/// “Thursday”, “Monday to Friday”, “Saturday and Sunday”: the week begins on Monday here.
fn weekdays(set: Set) -> String {
    let numbers: Vec<u32> = (1..=7).filter(|number| set.has(number % 7)).collect();
    let name = |number: u32| {
        usize::try_from(number % 7)
            .ok()
            .and_then(|index| WEEKDAYS.get(index))
            .copied()
            .unwrap_or_default()
    };
    match run(&numbers) {
        Some((first, last)) if numbers.len() > 2 => {
            format!("day from {} to {}", name(first), name(last))
        }
        _ => and(&numbers
            .into_iter()
            .map(|number| name(number).to_owned())
            .collect::<Vec<_>>()),
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
