//! Entries that another issue told these readers.

use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    for item in facts.snapshot.items() {
        if let Some(told) = facts.told_before.get(&item.uuid) {
            let what = Observation::ToldBefore {
                issue: told.issue.clone(),
                readers: told.readers,
            };
            found.push(Finding::at(place(item, Field::State), what));
        }
    }
    if found.is_empty() && !facts.snapshot.sections.is_empty() {
        found.push(Finding::new(Observation::NothingToldBefore));
    }
}
