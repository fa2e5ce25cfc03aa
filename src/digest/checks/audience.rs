//! Whether anybody gets it, and about as many as last time. A third more or less is rarely meant: topics
//! that were forgotten, a list that was imported twice.

use super::Facts;
use crate::domain::check::{Finding, Observation, Place};

/// Differences of so few people say nothing.
const FEW: i64 = 20;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let now = facts.readers();
    if now == 0 {
        let subscribers = facts.audience.nothing;
        found.push(Finding::at(
            Place::IssueEntries,
            Observation::NobodyGetsIt { subscribers },
        ));
        return;
    }
    found.push(Finding::new(match facts.last_readers {
        None | Some(0) => Observation::AudienceFirst { now },
        Some(before) if is_unusual(now, before) => Observation::AudienceChanged { now, before },
        Some(before) => Observation::AudienceUsual { now, before },
    }));
}

const fn is_unusual(now: i64, before: i64) -> bool {
    let difference = (now - before).abs();
    difference >= FEW && difference.saturating_mul(3) > before
}

#[cfg(test)]
mod tests {
    use super::is_unusual;

    #[test]
    fn more_than_a_third_is_unusual_and_a_handful_is_not() {
        for (now, before, unusual) in [
            (4_312, 4_287, false),
            (133, 100, false),
            (134, 100, true),
            (66, 100, true),
            (67, 100, false),
            (5, 1, false),
            (30, 1, true),
        ] {
            assert_eq!(is_unusual(now, before), unusual, "{now} after {before}");
        }
    }
}
