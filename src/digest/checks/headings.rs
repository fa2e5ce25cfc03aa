//! Headings in a text that skip a level: people who listen find their way by them.

use super::texts::headings_of;
use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation, Severity};
use crate::domain::newsletter::TextLength;
use crate::domain::text::Level;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let is_whole = facts.snapshot.newsletter.digest.texts == TextLength::Whole;
    let mut headings = 0;
    for item in facts.snapshot.items() {
        for (language, text) in &item.texts {
            let all = headings_of(&text.body);
            headings += all.len();
            // Texts have two levels, so only the first heading can skip one.
            let Some((Level::Subsection, heading)) = all.into_iter().next() else {
                continue;
            };
            let what = Observation::HeadingJump {
                language: language.clone(),
                heading,
            };
            let finding = Finding::at(place(item, Field::Text), what);
            // What a mail only leads to is seen by fewer.
            let most = if is_whole {
                Severity::Warns
            } else {
                Severity::Hint
            };
            found.push(finding.at_most(most));
        }
    }
    if found.is_empty() && headings > 0 {
        found.push(Finding::new(Observation::HeadingsInOrder { headings }));
    }
}
