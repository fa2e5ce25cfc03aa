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
        Observation::EventOver { day } => vec![("day", Day(*day))],
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
        Observation::ToldBefore { issue } => vec![("issue", Text(issue))],
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
        | Observation::EventCancelled
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
    use super::*;

    /// A code without words would be shown as a code.
    #[test]
    fn every_code_has_its_words() {
        let finding = Finding::new(Observation::ImprintComplete);
        for locale in Locale::ALL {
            let title = words(&finding, locale).title;
            assert!(title.contains(' '), "{title}");
        }
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
