//! Events that are over and deadlines that have passed when the issue goes out.

use super::dates::{self, deadline};
use super::texts::{event_days, lines};
use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let events = facts.snapshot.items().filter(|item| item.when.is_some());
    let events: Vec<_> = events.filter(|item| !item.cancelled).collect();
    for item in &events {
        if item
            .when
            .as_ref()
            .is_some_and(|when| when.is_over(facts.at))
            && let Some((_, day)) = event_days(item)
        {
            found.push(Finding::at(
                place(item, Field::Time),
                Observation::EventOver { day },
            ));
        }
    }
    for line in lines(facts) {
        let Some(words) = dates::words_of(&line.language) else {
            continue;
        };
        for date in dates::find(&line.text, words) {
            let Some(day) = date.resolve(line.told, line.event) else {
                continue;
            };
            if day < facts.snapshot.date && deadline::is_one(&line.text, &date, words) {
                let finding = Observation::DeadlinePassed {
                    language: line.language.clone(),
                    written: date.text.clone(),
                    day,
                };
                found.push(Finding::at(line.place.clone(), finding));
            }
        }
    }
    found.dedup();
    if found.is_empty() && !events.is_empty() {
        let events = events.len();
        found.push(Finding::new(Observation::DatesAhead { events }));
    }
}
