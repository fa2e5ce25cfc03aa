//! What a check of an issue found: a code with parameters, how bad it is, and where. It is stored with
//! the issue as evidence; the sentence is made where it is shown.

mod observation;

pub use observation::Observation;

use sha2::{Digest as _, Sha256};

use super::named::named_enum;

named_enum! {
    /// How bad a finding is.
    pub enum Severity ("severity") {
        /// Readers would be harmed: the issue is not approved.
        Blocks = "blocks",
        /// Somebody should look at it.
        Warns = "warns",
        /// It could be better.
        Hint = "hint",
        /// It was checked and is in order.
        Fine = "fine",
    }
}

named_enum! {
    /// A part of an entry, where a finding is mended.
    pub enum Field ("field") {
        /// Its picture: alternative text and credit.
        Picture = "picture",
        /// Its title, teaser and text.
        Text = "text",
        /// Where to read more, and documents.
        Link = "link",
        /// When it takes place.
        Time = "time",
        /// Its state.
        State = "state",
    }
}

/// Where a finding is, and is mended.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case")]
pub enum Place {
    /// In an entry.
    Entry {
        /// Its UUID.
        uuid: String,
        /// Its title, in its original language.
        title: String,
        /// Which part of it.
        field: Field,
    },
    /// The issue's own texts.
    IssueTexts,
    /// Which entries are in the issue.
    IssueEntries,
    /// The configuration.
    Configuration,
}

named_enum! {
    /// Why a page could not be asked.
    pub enum LinkFailure ("reason of a failed link") {
        /// Its host has no address.
        UnknownHost = "unknown-host",
        /// No connection.
        NoConnection = "no-connection",
        /// No answer in time.
        TimedOut = "timed-out",
        /// Its certificate is not valid.
        Certificate = "certificate",
        /// Neither port 80 nor 443.
        Port = "port",
        /// It leads on and on.
        Redirects = "redirects",
        /// The answer is no HTTP.
        Protocol = "protocol",
    }
}

/// What came of asking for a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum LinkOutcome {
    /// It is there.
    Reached,
    /// It answered with an error.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// It leads to an address that only a private network knows.
    Private,
    /// It could not be asked.
    Failed {
        /// Why.
        why: LinkFailure,
    },
}

named_enum! {
    /// A formula that says how easy a text is to read.
    pub enum Formula ("formula") {
        /// German: 180 − words a sentence − 58.5 × syllables a word.
        Amstad = "amstad",
        /// English: 206.835 − 1.015 × words a sentence − 84.6 × syllables a word.
        Flesch = "flesch",
        /// French: 207 − 1.015 × words a sentence − 73.6 × syllables a word.
        KandelMoles = "kandel-moles",
        /// Dutch: 206.835 − 0.93 × words a sentence − 77 × syllables a word.
        FleschDouma = "flesch-douma",
    }
}

/// What was found, how bad it is, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is.
    #[serde(flatten)]
    pub what: Observation,
    /// Where; none: in the issue as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Finding {
    /// A finding about the issue as a whole.
    pub const fn new(what: Observation) -> Self {
        Self {
            severity: what.severity(),
            what,
            place: None,
        }
    }

    /// A finding at this place.
    pub const fn at(place: Place, what: Observation) -> Self {
        Self {
            severity: what.severity(),
            what,
            place: Some(place),
        }
    }

    /// The same, at most as bad as this.
    #[must_use]
    pub fn at_most(self, severity: Severity) -> Self {
        Self {
            severity: self.severity.max(severity),
            ..self
        }
    }

    /// Whether a person may accept it as it is: warnings, and what they may know better.
    pub const fn may_be_accepted(&self) -> bool {
        match self.severity {
            Severity::Blocks => self.what.may_be_judged(),
            Severity::Warns => true,
            Severity::Hint | Severity::Fine => false,
        }
    }

    /// What this finding is called when somebody accepts it: another text or place has another name, so
    /// what was accepted covers nothing that came later.
    pub fn key(&self) -> String {
        const DIGITS: usize = 12;
        let place = match &self.place {
            Some(Place::Entry { uuid, .. }) => uuid.as_str(),
            _ => "",
        };
        let what = self.what.lasting();
        let json = serde_json::to_string(&(&what, place)).unwrap_or_default();
        let mut digits = data_encoding::HEXLOWER.encode(&Sha256::digest(json));
        digits.truncate(DIGITS);
        digits
    }
}

/// What the checks of an issue found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CheckResult {
    /// SHA-256 of the contents that were checked.
    pub content: String,
    /// How many variants somebody reads.
    pub variants: usize,
    /// How many people would get it.
    pub readers: i64,
    /// The findings: what blocks first, what is fine last.
    pub findings: Vec<Finding>,
}

impl CheckResult {
    /// How many findings are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings.filter(|one| one.severity == severity).count()
    }
}

/// Somebody has accepted a finding.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Acceptance {
    /// The finding's [key](Finding::key).
    pub finding: String,
    /// The kind of actor: `operator` or `user`.
    pub actor: String,
    /// Who.
    pub actor_name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: super::timestamp::Timestamp,
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::language::Language;

    fn weekday(day: u32) -> Observation {
        Observation::WeekdayWrong {
            language: Language::De.into(),
            written: "Donnerstag, 4. Dezember".to_owned(),
            day: NaiveDate::from_ymd_opt(2026, 12, day).expect("a day"),
        }
    }

    fn entry(uuid: &str) -> Place {
        Place::Entry {
            uuid: uuid.to_owned(),
            title: "Energieberatung".to_owned(),
            field: Field::Text,
        }
    }

    #[test]
    fn a_finding_is_stored_as_its_code_with_parameters() {
        let finding = Finding::at(entry("1"), weekday(4));
        let json = serde_json::to_string(&finding).expect("JSON");
        assert_eq!(
            json,
            r#"{"severity":"blocks","code":"weekday-wrong","language":"de","written":"Donnerstag, 4. Dezember","day":"2026-12-04","place":{"at":"entry","uuid":"1","title":"Energieberatung","field":"text"}}"#
        );
        let read: Finding = serde_json::from_str(&json).expect("a finding");
        assert_eq!(read, finding);
        let bare = Finding::new(Observation::ImprintComplete);
        let json = serde_json::to_string(&bare).expect("JSON");
        assert_eq!(serde_json::from_str::<Finding>(&json).expect("one"), bare);
    }

    #[test]
    fn an_acceptance_covers_one_text_at_one_place() {
        let key = |uuid: &str, what| Finding::at(entry(uuid), what).key();
        assert_eq!(key("1", weekday(4)), key("1", weekday(4)));
        assert_ne!(key("1", weekday(4)), key("2", weekday(4)));
        assert_ne!(key("1", weekday(4)), key("1", weekday(5)));
        let told = |issue: &str, readers| Observation::ToldBefore {
            issue: issue.to_owned(),
            readers,
        };
        assert_eq!(key("1", told("a/1", 2)), key("1", told("a/1", 3)));
        assert_ne!(key("1", told("a/1", 2)), key("1", told("a/2", 2)));
    }

    #[test]
    fn four_blocking_findings_are_for_a_person_to_judge() {
        let missing = Observation::AlternativeMissing;
        assert!(!Finding::at(entry("1"), missing).may_be_accepted());
        assert!(Finding::at(entry("1"), weekday(4)).may_be_accepted());
        assert!(Finding::at(entry("1"), Observation::CreditMissing).may_be_accepted());
        assert!(!Finding::new(Observation::ImprintComplete).may_be_accepted());
    }
}
