//! No issue without an imprint (§ 5 DDG), and none without entries.

use super::Facts;
use crate::domain::check::{Finding, Observation, Place};

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let missing = facts.mail_context.missing_imprint();
    if missing.is_empty() {
        // The links to leave are in every mail: `digest::parts` renders none without them.
        found.push(Finding::new(Observation::ImprintComplete));
    } else {
        let missing = missing.into_iter().map(str::to_owned).collect();
        found.push(Finding::at(
            Place::Configuration,
            Observation::ImprintIncomplete { missing },
        ));
    }
    if facts.snapshot.sections.is_empty() {
        found.push(Finding::at(Place::IssueEntries, Observation::Empty));
    }
}
