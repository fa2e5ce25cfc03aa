//! What would harm readers, or help them less than it could: the checks of an issue before it goes out.
//!
//! Each check is a function in a file of its own, in the list [`CHECKS`]. It looks at [`Facts`], which
//! `app` has gathered, and says what it found; what is in order is said too. No check asks a database, a
//! network or a clock.

mod audience;
mod cancelled;
mod colours;
mod dates;
mod headings;
mod imprint;
mod link_texts;
pub mod links;
mod past;
mod pictures;
mod press_distance;
mod reading;
mod repeated;
pub mod size;
mod taking_part;
#[cfg(test)]
mod tests;
mod texts;
mod translations;
mod weekdays;

use std::collections::BTreeMap;

use super::mail_context::MailContext;
use super::snapshot::{Item, Snapshot};
use crate::digest::audience::Audience;
use crate::domain::check::{CheckResult, Field, Finding, LinkOutcome, Observation, Place};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

/// What checks look at.
pub struct Facts<'a> {
    /// What would be approved.
    pub snapshot: &'a Snapshot,
    /// The installation.
    pub mail_context: &'a MailContext,
    /// When it goes out, at the earliest.
    pub at: Timestamp,
    /// Who would get it.
    pub audience: &'a Audience,
    /// How many got the newsletter's last issue; none where this is the first.
    pub last_readers: Option<i64>,
    /// Entries that other issues told, by UUID.
    pub told_before: &'a BTreeMap<String, ToldBefore>,
    /// The sizes of its mails.
    pub sizes: &'a size::Sizes,
    /// What came of asking for the pages behind its links.
    pub links: &'a BTreeMap<String, LinkOutcome>,
    /// Whether links are tried at all.
    pub are_links_tried: bool,
    /// Whether the newsletter wants a reminder of the distance to the press.
    pub press_distance: bool,
}

/// Another issue told an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldBefore {
    /// The name of that issue.
    pub issue: String,
    /// How many of these readers got it there; 0: nobody knows any more.
    pub readers: i64,
}

type Check = fn(&Facts<'_>, &mut Vec<Finding>);

/// Every check.
const CHECKS: [Check; 16] = [
    imprint::check,
    size::check,
    audience::check,
    cancelled::check,
    past::check,
    taking_part::check,
    weekdays::check,
    links::check,
    link_texts::check,
    pictures::check,
    headings::check,
    translations::check,
    repeated::check,
    colours::check,
    press_distance::check,
    reading::check,
];

/// Findings of one check that are told one by one; the rest are counted.
const MOST_OF_A_CHECK: usize = 25;

/// Runs every check.
pub fn run(facts: &Facts<'_>) -> CheckResult {
    let mut findings = Vec::new();
    for check in CHECKS {
        let mut found = Vec::new();
        check(facts, &mut found);
        found.sort_by_key(|one| one.severity);
        if found.len() > MOST_OF_A_CHECK {
            let more = found.len() - MOST_OF_A_CHECK;
            found.truncate(MOST_OF_A_CHECK);
            // No worse than what was told, since the worst stand first.
            let severity = found.last().map(|one| one.severity);
            let rest = Finding::new(Observation::More { findings: more });
            found.push(Finding {
                severity: severity.unwrap_or(rest.severity),
                ..rest
            });
        }
        findings.append(&mut found);
    }
    findings.sort_by_key(|one| one.severity);
    CheckResult {
        content: facts.snapshot.seed(),
        variants: facts.audience.variants.len(),
        readers: facts.readers(),
        findings,
    }
}

impl Facts<'_> {
    /// How many people would get it.
    fn readers(&self) -> i64 {
        let variants = self.audience.variants.iter();
        variants.map(|variant| variant.readers).sum()
    }

    /// How many people would get it in this language.
    fn readers_of(&self, language: Language) -> i64 {
        let variants = self.audience.variants.iter();
        let own = variants.filter(|variant| variant.language == language);
        own.map(|variant| variant.readers).sum()
    }
}

/// A place in an entry.
fn place(item: &Item, field: Field) -> Place {
    let text = item.texts.get(&item.original);
    let text = text.or_else(|| item.texts.values().next());
    Place::Entry {
        uuid: item.uuid.clone(),
        title: text.map_or_else(String::new, |text| text.title.clone()),
        field,
    }
}
