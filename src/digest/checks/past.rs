//! Events that are over and deadlines that have passed when the issue goes out.

use super::dates::{self, deadline};
use super::texts::{event_days, lines};
use super::{Facts, place};
use crate::digest::snapshot::Item;
use crate::domain::check::{Field, Finding, Observation};
use crate::domain::timestamp::Timestamp;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let events = facts.snapshot.items().filter(|item| item.when.is_some());
    let events: Vec<_> = events.filter(|item| !item.cancelled).collect();
    for item in &events {
        if is_over(item, facts.at)
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

/// Whether an event is over at this instant. One without an end lasts until the end of its day.
fn is_over(item: &Item, at: Timestamp) -> bool {
    let Some(when) = &item.when else { return false };
    if let Some(ends_at) = when.ends_at {
        ends_at <= at
    } else {
        let day = |at: Timestamp| at.in_zone(when.zone).date_naive();
        day(when.starts_at) < day(at)
    }
}
