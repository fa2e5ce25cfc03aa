//! Entries that an earlier issue told its readers.

use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for item in facts.snapshot.items() {
        let before = facts.told_before.iter();
        if let Some((_, issue)) = before.clone().find(|(uuid, _)| *uuid == item.uuid) {
            let issue = issue.clone();
            found.push(Finding::at(
                place(item, Field::State),
                Observation::ToldBefore { issue },
            ));
        }
    }
    if found.is_empty() && !facts.snapshot.sections.is_empty() {
        found.push(Finding::new(Observation::NothingToldBefore));
    }
}
