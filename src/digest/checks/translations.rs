//! What is missing in a language that somebody reads.

use super::Facts;
use crate::domain::check::{Finding, Observation, Place};
use crate::domain::language::Language;
use crate::store::issue::IssueText;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let read = Language::ALL.iter().copied();
    let read: Vec<_> = read.filter(|one| facts.readers_of(*one) > 0).collect();
    for language in &read {
        missing_in(facts, *language, found);
    }
    if found.is_empty() && !read.is_empty() {
        let languages = read.len();
        found.push(Finding::new(Observation::Translated { languages }));
    }
}

fn missing_in(facts: &Facts<'_>, language: Language, found: &mut Vec<Finding>) {
    let snapshot = facts.snapshot;
    let readers = facts.readers_of(language);
    let is_written = |of: fn(&IssueText) -> &String, text: &IssueText| !of(text).trim().is_empty();
    let mut own_text = |of: fn(&IssueText) -> &String, what: Observation| {
        let anywhere = snapshot.texts.values().any(|text| is_written(of, text));
        let here = snapshot.texts.get(&language);
        if anywhere && !here.is_some_and(|text| is_written(of, text)) {
            found.push(Finding::at(Place::IssueTexts, what));
        }
    };
    own_text(
        |text| &text.introduction,
        Observation::IntroductionMissing { language, readers },
    );
    own_text(
        |text| &text.subject,
        Observation::SubjectMissing { language, readers },
    );
    let of = snapshot.items().count();
    let items = snapshot.items();
    let missing = items
        .filter(|item| !item.texts.keys().any(|tag| tag.is(language)))
        .count();
    if missing > 0 {
        let what = Observation::EntriesUntranslated {
            language,
            missing,
            of,
            readers,
        };
        found.push(Finding::at(Place::IssueEntries, what));
    }
}
