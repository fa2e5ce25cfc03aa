//! Events that were called off after they came into the issue. Mails say so, but nobody was told of them
//! before.

use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let events = facts.snapshot.items().filter(|item| item.when.is_some());
    let (cancelled, others): (Vec<_>, Vec<_>) = events.partition(|item| item.cancelled);
    for item in &cancelled {
        found.push(Finding::at(
            place(item, Field::State),
            Observation::EventCancelled,
        ));
    }
    if cancelled.is_empty() && !others.is_empty() {
        let events = others.len();
        found.push(Finding::new(Observation::NothingCancelled { events }));
    }
}
