//! What was found, in words and as `--json` prints it.

use templates::{CheckPlace, CheckValue, CheckView, CheckWords, Locale};

use super::Checked;
use crate::domain::check::{Acceptance, Finding, Observation, Place, Severity};
use crate::domain::issue::IssueName;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

/// The finding in the words of a language.
pub fn words(finding: &Finding, locale: Locale) -> CheckWords {
    let place = match &finding.place {
        Some(Place::Entry { title, field, .. }) => CheckPlace::Entry(title, field.as_str()),
        Some(Place::IssueTexts) => CheckPlace::IssueTexts,
        Some(Place::IssueEntries) => CheckPlace::IssueEntries,
        Some(Place::Configuration) | None => CheckPlace::Elsewhere,
    };
    let code = code(&finding.what);
    let view = CheckView {
        code: &code,
        values: values(&finding.what),
        place,
    };
    templates::check_words(locale, &view)
}

/// The headline in English: for the audit log.
pub(super) fn english_title(finding: &Finding) -> String {
    words(finding, Locale::En).title
}

/// Headline and details in English, on one line: for errors and logs.
pub(super) fn english(finding: &Finding) -> String {
    let words = words(finding, Locale::En);
    let detail = words.detail.map(|detail| format!(": {detail}"));
    format!("{}{}", words.title, detail.unwrap_or_default())
}

/// The code, as it is stored.
fn code(what: &Observation) -> String {
    let json = serde_json::to_value(what).unwrap_or_default();
    json["code"].as_str().unwrap_or_default().to_owned()
}

fn number(value: usize) -> CheckValue<'static> {
    CheckValue::Number(i64::try_from(value).unwrap_or(i64::MAX))
}

#[expect(clippy::too_many_lines, reason = "one arm for each code")]
fn values(what: &Observation) -> Vec<(&'static str, CheckValue<'_>)> {
    use CheckValue::{Bytes, Day, Formulas, List, Number, Quoted, Tenths, Text, Why};
    let own = |language: &Language| CheckValue::Language(language.as_str());
    match what {
        Observation::AlternativeIsFileName { text } => vec![("text", Quoted(text))],
        Observation::AlternativeUntranslated { language } => {
            vec![("language", CheckValue::Language(language.as_str()))]
        }
        Observation::HeadingJump { language, heading } => vec![
            ("language", CheckValue::Language(language.as_str())),
            ("heading", Quoted(heading)),
        ],
        Observation::LinkTextVague { language, text }
        | Observation::LinkTextIsAddress { language, text } => vec![
            ("language", CheckValue::Language(language.as_str())),
            ("text", Quoted(text)),
        ],
        Observation::LinkTextMisleads { text, host } => {
            vec![("text", Quoted(text)), ("host", Text(host))]
        }
        Observation::ContrastLow { colour, tenths } => {
            vec![("colour", Text(colour)), ("ratio", Tenths(*tenths))]
        }
        Observation::ContrastGood { tenths } => vec![("ratio", Tenths(*tenths))],
        Observation::TooLarge { bytes, most } | Observation::SizeGood { bytes, most } => {
            vec![("size", Bytes(*bytes)), ("limit", Bytes(*most))]
        }
        Observation::Shortened {
            readers,
            bytes,
            limit,
        } => vec![
            ("readers", Number(*readers)),
            ("size", Bytes(*bytes)),
            ("limit", Bytes(*limit)),
        ],
        Observation::Unusable { detail } => vec![("detail", Text(detail))],
        Observation::LinkUnencrypted { url } | Observation::LinkPrivate { url } => {
            vec![("url", Text(url))]
        }
        Observation::LinkWithPassword { host } => vec![("host", Text(host))],
        Observation::LinkBroken { url, status } | Observation::LinkAnswersError { url, status } => {
            vec![("url", Text(url)), ("status", Number((*status).into()))]
        }
        Observation::LinkUnreachable { url, why } => {
            vec![("url", Text(url)), ("why", Why(why.as_str()))]
        }
        Observation::LinksGuarded { links }
        | Observation::LinksUntried { links }
        | Observation::LinksNotReachable { links }
        | Observation::LinksReached { links }
        | Observation::LinksNotTried { links }
        | Observation::LinkTextsSpeak { links } => vec![("links", number(*links))],
        Observation::EventOver { day } | Observation::RegistrationClosed { day } => {
            vec![("day", Day(*day))]
        }
        Observation::DeadlinePassed {
            language,
            written,
            day,
        }
        | Observation::WeekdayWrong {
            language,
            written,
            day,
        } => vec![
            ("language", CheckValue::Language(language.as_str())),
            ("written", Quoted(written)),
            ("day", Day(*day)),
        ],
        Observation::DayUnknown { language, written } => vec![
            ("language", CheckValue::Language(language.as_str())),
            ("written", Quoted(written)),
        ],
        Observation::WeekdaysRight { dates } => vec![("dates", number(*dates))],
        Observation::ImprintIncomplete { missing } => vec![("missing", List(missing))],
        Observation::IntroductionMissing { language, readers }
        | Observation::SubjectMissing { language, readers } => {
            vec![("language", own(language)), ("readers", Number(*readers))]
        }
        Observation::EntriesUntranslated {
            language,
            missing,
            of,
            readers,
        } => vec![
            ("language", own(language)),
            ("missing", number(*missing)),
            ("of", number(*of)),
            ("readers", Number(*readers)),
        ],
        Observation::ToldBefore { issue, readers } => {
            vec![("issue", Text(issue)), ("readers", Number(*readers))]
        }
        Observation::NobodyGetsIt { subscribers } => vec![("subscribers", Number(*subscribers))],
        Observation::AudienceChanged { now, before }
        | Observation::AudienceUsual { now, before } => {
            vec![("now", Number(*now)), ("before", Number(*before))]
        }
        Observation::AudienceFirst { now } => vec![("now", Number(*now))],
        Observation::HardToRead {
            language,
            formula,
            score,
        } => vec![
            ("language", CheckValue::Language(language.as_str())),
            ("formula", Formulas(vec![formula.as_str()])),
            ("score", Number((*score).into())),
        ],
        Observation::ReadingEasy { formulas, .. } => {
            let formulas = formulas.iter().map(|one| one.as_str());
            vec![("formula", Formulas(formulas.collect()))]
        }
        Observation::PressDistance { entries } => vec![("entries", number(*entries))],
        Observation::More { findings } => vec![("findings", number(*findings))],
        Observation::AlternativeMissing
        | Observation::PicturesDescribed { .. }
        | Observation::CreditMissing
        | Observation::CreditsGiven { .. }
        | Observation::HeadingsInOrder { .. }
        | Observation::DatesAhead { .. }
        | Observation::RegistrationsOpen { .. }
        | Observation::EventCancelled
        | Observation::EventFull
        | Observation::EventPostponed
        | Observation::OnlineAddressMissing
        | Observation::NothingCancelled { .. }
        | Observation::ImprintComplete
        | Observation::Empty
        | Observation::Translated { .. }
        | Observation::NothingToldBefore => Vec::new(),
    }
}

/// The checks of an issue, as `--json` prints them.
#[derive(Debug, Clone, serde::Serialize)]
pub struct CheckDetails {
    /// The issue.
    pub issue: IssueName,
    /// When it was checked.
    pub checked_at: Timestamp,
    /// SHA-256 of the contents that were checked.
    pub content: String,
    /// How many variants somebody reads.
    pub variants: usize,
    /// How many people would get it.
    pub readers: i64,
    /// Whether it can be approved.
    pub may_be_approved: bool,
    /// The findings, the worst first.
    pub findings: Vec<FindingDetails>,
}

/// A finding, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct FindingDetails {
    /// Its key, for `--accept`; none where nobody may accept it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Severity, code, parameters and place.
    #[serde(flatten)]
    pub finding: Finding,
    /// In English.
    pub text: String,
    /// Who accepted it, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Acceptance>,
}

impl CheckDetails {
    /// The checks of this issue.
    pub fn new(issue: IssueName, checked: &Checked) -> Self {
        let findings = checked.result.findings.iter().map(|finding| {
            let key = finding.key();
            FindingDetails {
                accepted: checked.accepted.get(&key).cloned(),
                key: finding.may_be_accepted().then_some(key),
                text: english(finding),
                finding: finding.clone(),
            }
        });
        Self {
            issue,
            checked_at: checked.at,
            content: checked.result.content.clone(),
            variants: checked.result.variants,
            readers: checked.result.readers,
            may_be_approved: checked.blocking().next().is_none(),
            findings: findings.collect(),
        }
    }

    /// How many findings are this bad.
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|one| one.finding.severity == severity)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::check::{Field, Formula, LinkFailure};

    /// One of each.
    #[expect(clippy::too_many_lines, reason = "one for each code")]
    fn observations() -> Vec<Observation> {
        let text = || "Text".to_owned();
        let url = || "https://example.org/x".to_owned();
        let tag = || Language::De.into();
        let (language, readers) = (Language::Nl, 1_234);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 4).expect("a day");
        let (bytes, most, limit) = (120_000, 100_000, 80_000);
        let (now, before) = (4_312, 4_287);
        vec![
            Observation::AlternativeMissing,
            Observation::AlternativeIsFileName { text: text() },
            Observation::AlternativeUntranslated { language: tag() },
            Observation::PicturesDescribed { pictures: 2 },
            Observation::CreditMissing,
            Observation::CreditsGiven { pictures: 2 },
            Observation::HeadingJump {
                language: tag(),
                heading: text(),
            },
            Observation::HeadingsInOrder { headings: 2 },
            Observation::LinkTextVague {
                language: tag(),
                text: text(),
            },
            Observation::LinkTextIsAddress {
                language: tag(),
                text: text(),
            },
            Observation::LinkTextMisleads {
                text: text(),
                host: text(),
            },
            Observation::LinkTextsSpeak { links: 2 },
            Observation::ContrastLow {
                colour: "#767676".to_owned(),
                tenths: 41,
            },
            Observation::ContrastGood { tenths: 81 },
            Observation::TooLarge { bytes, most },
            Observation::Shortened {
                readers,
                bytes,
                limit,
            },
            Observation::SizeGood { bytes, most },
            Observation::Unusable { detail: text() },
            Observation::LinkUnencrypted { url: url() },
            Observation::LinkWithPassword { host: text() },
            Observation::LinkPrivate { url: url() },
            Observation::LinkBroken {
                url: url(),
                status: 404,
            },
            Observation::LinkAnswersError {
                url: url(),
                status: 500,
            },
            Observation::LinkUnreachable {
                url: url(),
                why: LinkFailure::Certificate,
            },
            Observation::LinksGuarded { links: 2 },
            Observation::LinksUntried { links: 2 },
            Observation::LinksNotReachable { links: 2 },
            Observation::LinksReached { links: 1 },
            Observation::LinksNotTried { links: 2 },
            Observation::EventOver { day },
            Observation::RegistrationClosed { day },
            Observation::EventFull,
            Observation::EventPostponed,
            Observation::OnlineAddressMissing,
            Observation::RegistrationsOpen { events: 2 },
            Observation::DeadlinePassed {
                language: tag(),
                written: text(),
                day,
            },
            Observation::DatesAhead { events: 2 },
            Observation::WeekdayWrong {
                language: tag(),
                written: text(),
                day,
            },
            Observation::DayUnknown {
                language: tag(),
                written: text(),
            },
            Observation::WeekdaysRight { dates: 2 },
            Observation::EventCancelled,
            Observation::NothingCancelled { events: 2 },
            Observation::ImprintIncomplete {
                missing: vec![text()],
            },
            Observation::ImprintComplete,
            Observation::Empty,
            Observation::IntroductionMissing { language, readers },
            Observation::SubjectMissing { language, readers },
            Observation::EntriesUntranslated {
                language,
                missing: 1,
                of: 7,
                readers,
            },
            Observation::Translated { languages: 2 },
            Observation::ToldBefore {
                issue: "region/13".to_owned(),
                readers,
            },
            Observation::NothingToldBefore,
            Observation::NobodyGetsIt { subscribers: 0 },
            Observation::AudienceChanged { now, before },
            Observation::AudienceUsual { now, before },
            Observation::AudienceFirst { now },
            Observation::HardToRead {
                language: tag(),
                formula: Formula::Amstad,
                score: 17,
            },
            Observation::ReadingEasy {
                texts: 2,
                formulas: Formula::ALL.to_vec(),
            },
            Observation::PressDistance { entries: 2 },
            Observation::More { findings: 2 },
        ]
    }

    /// A code without words would be shown as a code, and a value without a name as a name.
    #[test]
    fn every_code_has_its_words_in_every_language() {
        let mut codes = BTreeSet::new();
        for what in observations() {
            let code = code(&what);
            let place = Place::Entry {
                uuid: "0".to_owned(),
                title: "Energieberatung".to_owned(),
                field: Field::Text,
            };
            let finding = Finding::at(place, what);
            for locale in Locale::ALL {
                let words = words(&finding, locale);
                let said = format!(
                    "{} {}",
                    words.title,
                    words.detail.clone().unwrap_or_default()
                );
                assert!(words.title != code && !said.contains(['{', '$']), "{said}");
                let is_fine = finding.severity == Severity::Fine;
                assert_eq!(words.detail.is_none(), is_fine || code == "more", "{code}");
            }
            assert!(codes.insert(code), "twice");
        }
        assert_eq!(codes.len(), 59, "a new code: add it above");
    }

    #[test]
    fn a_finding_says_what_to_do() {
        let gone = Observation::LinkBroken {
            url: "https://example.org/x".to_owned(),
            status: 404,
        };
        assert_eq!(
            english(&Finding::at(Place::IssueTexts, gone)),
            "A link leads nowhere: Subject and introduction: https://example.org/x does not exist (error 404)."
        );
    }
}
