//! Weekdays that do not belong to their date: the slip that brings people to the door on the wrong day.

use super::Facts;
use super::dates;
use super::texts::lines;
use crate::domain::check::{Finding, Observation};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let mut right = 0;
    for line in lines(facts) {
        let Some(words) = dates::words_of(&line.language) else {
            continue;
        };
        for date in dates::find(&line.text, words) {
            let Some(weekday) = date.weekday else {
                continue;
            };
            let (language, written) = (line.language.clone(), date.text.clone());
            let finding = if date.agrees(weekday, line.told, line.event) {
                right += 1;
                continue;
            } else if let Some(day) = date.resolve(line.told, line.event) {
                Observation::WeekdayWrong {
                    language,
                    written,
                    day,
                }
            } else {
                Observation::DayUnknown { language, written }
            };
            let finding = Finding::at(line.place.clone(), finding);
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
    }
    if found.is_empty() && right > 0 {
        found.push(Finding::new(Observation::WeekdaysRight { dates: right }));
    }
}
