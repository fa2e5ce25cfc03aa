//! A reminder for public bodies in Germany, which must keep their distance from the press (BGH, I ZR
//! 112/17): they inform about their own work and do not report on local life. Never more than a hint,
//! and only where the newsletter wants it: no program can judge it.

use super::Facts;
use crate::domain::check::{Finding, Observation, Place};
use crate::domain::entry::EntryKind;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    if !facts.press_distance {
        return;
    }
    let own_work = |kind: EntryKind| matches!(kind, EntryKind::Paper | EntryKind::Meeting);
    let items = facts.snapshot.items();
    let entries = items.filter(|item| !own_work(item.kind)).count();
    if entries > 0 {
        found.push(Finding::at(
            Place::IssueEntries,
            Observation::PressDistance { entries },
        ));
    }
}
