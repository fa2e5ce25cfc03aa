//! What the checks of an issue found, as sentences: a code with values becomes a headline, a sentence that
//! says what it means and what to do, and the words of the link to the place.

use chrono::{Datelike as _, NaiveDate};
use fluent_bundle::FluentValue;

use crate::locale::Locale;

/// A finding: its code, its values, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckView<'a> {
    /// The code.
    pub code: &'a str,
    /// The values of the code, by name.
    pub values: Vec<(&'static str, CheckValue<'a>)>,
    /// Where it is.
    pub place: CheckPlace<'a>,
}

/// A value of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckValue<'a> {
    /// A text as it is.
    Text(&'a str),
    /// A text in quotation marks.
    Quoted(&'a str),
    /// A number.
    Number(i64),
    /// A size in bytes, shown in KB.
    Bytes(usize),
    /// A ratio in tenths.
    Tenths(u32),
    /// A day; its weekday is a value too.
    Day(NaiveDate),
    /// A language by its tag.
    Language(&'a str),
    /// Why a link failed, by its code.
    Why(&'a str),
    /// Formulas of reading ease, by their codes.
    Formulas(Vec<&'a str>),
    /// Texts in a row.
    List(&'a [String]),
}

/// Where a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckPlace<'a> {
    /// In an entry: its title, and the code of the part.
    Entry(&'a str, &'a str),
    /// In the issue's own texts.
    IssueTexts,
    /// Among the issue's entries.
    IssueEntries,
    /// Nowhere, or where no page leads.
    Elsewhere,
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckWords {
    /// What it is.
    pub title: String,
    /// What it means and what to do; findings that are fine have none.
    pub detail: Option<String>,
    /// The words of the link to where it is mended.
    pub remedy: Option<String>,
}

/// The codes with the keys of their sentences.
const CODES: [(&str, &str, Option<&str>); 59] = [
    (
        "alternative-missing",
        "check-alternative-missing",
        Some("check-alternative-missing-more"),
    ),
    (
        "alternative-is-file-name",
        "check-alternative-is-file-name",
        Some("check-alternative-is-file-name-more"),
    ),
    (
        "alternative-untranslated",
        "check-alternative-untranslated",
        Some("check-alternative-untranslated-more"),
    ),
    ("pictures-described", "check-pictures-described", None),
    (
        "credit-missing",
        "check-credit-missing",
        Some("check-credit-missing-more"),
    ),
    ("credits-given", "check-credits-given", None),
    (
        "heading-jump",
        "check-heading-jump",
        Some("check-heading-jump-more"),
    ),
    ("headings-in-order", "check-headings-in-order", None),
    (
        "link-text-vague",
        "check-link-text-vague",
        Some("check-link-text-vague-more"),
    ),
    (
        "link-text-is-address",
        "check-link-text-is-address",
        Some("check-link-text-is-address-more"),
    ),
    (
        "link-text-misleads",
        "check-link-text-misleads",
        Some("check-link-text-misleads-more"),
    ),
    ("link-texts-speak", "check-link-texts-speak", None),
    (
        "contrast-low",
        "check-contrast-low",
        Some("check-contrast-low-more"),
    ),
    ("contrast-good", "check-contrast-good", None),
    ("too-large", "check-too-large", Some("check-too-large-more")),
    ("shortened", "check-shortened", Some("check-shortened-more")),
    ("size-good", "check-size-good", None),
    ("unusable", "check-unusable", Some("check-unusable-more")),
    (
        "link-unencrypted",
        "check-link-unencrypted",
        Some("check-link-unencrypted-more"),
    ),
    (
        "link-with-password",
        "check-link-with-password",
        Some("check-link-with-password-more"),
    ),
    (
        "link-private",
        "check-link-private",
        Some("check-link-private-more"),
    ),
    (
        "link-broken",
        "check-link-broken",
        Some("check-link-broken-more"),
    ),
    (
        "link-answers-error",
        "check-link-answers-error",
        Some("check-link-answers-error-more"),
    ),
    (
        "link-unreachable",
        "check-link-unreachable",
        Some("check-link-unreachable-more"),
    ),
    (
        "links-guarded",
        "check-links-guarded",
        Some("check-links-guarded-more"),
    ),
    (
        "links-untried",
        "check-links-untried",
        Some("check-links-untried-more"),
    ),
    (
        "links-not-reachable",
        "check-links-not-reachable",
        Some("check-links-not-reachable-more"),
    ),
    (
        "links-not-tried",
        "check-links-not-tried",
        Some("check-links-not-tried-more"),
    ),
    ("links-reached", "check-links-reached", None),
    (
        "event-over",
        "check-event-over",
        Some("check-event-over-more"),
    ),
    (
        "deadline-passed",
        "check-deadline-passed",
        Some("check-deadline-passed-more"),
    ),
    ("dates-ahead", "check-dates-ahead", None),
    (
        "registration-closed",
        "check-registration-closed",
        Some("check-registration-closed-more"),
    ),
    (
        "event-full",
        "check-event-full",
        Some("check-event-full-more"),
    ),
    (
        "event-postponed",
        "check-event-postponed",
        Some("check-event-postponed-more"),
    ),
    (
        "online-address-missing",
        "check-online-address-missing",
        Some("check-online-address-missing-more"),
    ),
    ("registrations-open", "check-registrations-open", None),
    (
        "weekday-wrong",
        "check-weekday-wrong",
        Some("check-weekday-wrong-more"),
    ),
    (
        "day-unknown",
        "check-day-unknown",
        Some("check-day-unknown-more"),
    ),
    ("weekdays-right", "check-weekdays-right", None),
    (
        "event-cancelled",
        "check-event-cancelled",
        Some("check-event-cancelled-more"),
    ),
    ("nothing-cancelled", "check-nothing-cancelled", None),
    (
        "imprint-incomplete",
        "check-imprint-incomplete",
        Some("check-imprint-incomplete-more"),
    ),
    ("imprint-complete", "check-imprint-complete", None),
    ("empty", "check-empty", Some("check-empty-more")),
    (
        "introduction-missing",
        "check-introduction-missing",
        Some("check-introduction-missing-more"),
    ),
    (
        "subject-missing",
        "check-subject-missing",
        Some("check-subject-missing-more"),
    ),
    (
        "entries-untranslated",
        "check-entries-untranslated",
        Some("check-entries-untranslated-more"),
    ),
    ("translated", "check-translated", None),
    (
        "told-before",
        "check-told-before",
        Some("check-told-before-more"),
    ),
    ("nothing-told-before", "check-nothing-told-before", None),
    (
        "nobody-gets-it",
        "check-nobody-gets-it",
        Some("check-nobody-gets-it-more"),
    ),
    (
        "audience-changed",
        "check-audience-changed",
        Some("check-audience-changed-more"),
    ),
    ("audience-usual", "check-audience-usual", None),
    ("audience-first", "check-audience-first", None),
    (
        "hard-to-read",
        "check-hard-to-read",
        Some("check-hard-to-read-more"),
    ),
    ("reading-easy", "check-reading-easy", None),
    (
        "press-distance",
        "check-press-distance",
        Some("check-press-distance-more"),
    ),
    ("more", "check-more", None),
];

/// A finding in the words of a language. A code of a later version is shown as it is.
pub fn check_words(locale: Locale, view: &CheckView<'_>) -> CheckWords {
    let Some((_, title, more)) = CODES.iter().find(|(code, ..)| *code == view.code) else {
        return CheckWords {
            title: view.code.to_owned(),
            detail: None,
            remedy: None,
        };
    };
    let mut values = vec![("entry".to_owned(), entry(locale, view.place).into())];
    for (name, value) in &view.values {
        push(locale, name, value, &mut values);
    }
    CheckWords {
        title: locale.fill_all(title, &values),
        detail: more.map(|more| locale.fill_all(more, &values)),
        remedy: remedy(view.place).map(|key| locale.say(key)),
    }
}

fn entry(locale: Locale, place: CheckPlace<'_>) -> String {
    match place {
        CheckPlace::Entry(title, _) => locale.quote(title),
        CheckPlace::IssueTexts => locale.say("check-place-texts"),
        CheckPlace::IssueEntries | CheckPlace::Elsewhere => String::new(),
    }
}

fn remedy(place: CheckPlace<'_>) -> Option<&'static str> {
    Some(match place {
        CheckPlace::Entry(_, "picture") => "check-do-picture",
        CheckPlace::Entry(_, "link") => "check-do-link",
        CheckPlace::Entry(_, "time") => "check-do-time",
        CheckPlace::Entry(_, "state") => "check-do-state",
        CheckPlace::Entry(..) => "check-do-text",
        CheckPlace::IssueTexts => "check-do-issue-texts",
        CheckPlace::IssueEntries => "check-do-issue-entries",
        CheckPlace::Elsewhere => return None,
    })
}

fn push(
    locale: Locale,
    name: &str,
    value: &CheckValue<'_>,
    values: &mut Vec<(String, FluentValue<'_>)>,
) {
    let text: String = match value {
        CheckValue::Number(number) => {
            values.push((format!("{name}Shown"), locale.number(*number).into()));
            values.push((name.to_owned(), (*number).into()));
            return;
        }
        CheckValue::Day(day) => {
            values.push(("weekday".to_owned(), locale.weekday(day.weekday()).into()));
            locale.day(*day)
        }
        CheckValue::Text(text) => (*text).to_owned(),
        CheckValue::Quoted(text) => locale.quote(text),
        CheckValue::Bytes(bytes) => bytes.div_ceil(1000).to_string(),
        CheckValue::Tenths(tenths) => {
            let point = if locale == Locale::En { '.' } else { ',' };
            format!("{}{point}{}", tenths / 10, tenths % 10)
        }
        CheckValue::Language(tag) => language(locale, tag),
        CheckValue::Why(code) => why(locale, code),
        CheckValue::Formulas(codes) => {
            let names: Vec<_> = codes.iter().map(|code| formula(locale, code)).collect();
            locale.list(&names)
        }
        CheckValue::List(texts) => texts.join(", "),
    };
    values.push((name.to_owned(), text.into()));
}

/// The name of a language, as one speaks of it; one that is not ours by its tag.
pub(crate) fn language(locale: Locale, tag: &str) -> String {
    let key = match tag.split('-').next().unwrap_or_default() {
        "de" => "check-language-de",
        "en" => "check-language-en",
        "fr" => "check-language-fr",
        "nl" => "check-language-nl",
        _ => return tag.to_owned(),
    };
    locale.say(key)
}

fn why(locale: Locale, code: &str) -> String {
    let key = match code {
        "unknown-host" => "check-why-unknown-host",
        "no-connection" => "check-why-no-connection",
        "timed-out" => "check-why-timed-out",
        "certificate" => "check-why-certificate",
        "port" => "check-why-port",
        "redirects" => "check-why-redirects",
        "protocol" => "check-why-protocol",
        _ => return code.to_owned(),
    };
    locale.say(key)
}

fn formula(locale: Locale, code: &str) -> String {
    let key = match code {
        "amstad" => "check-formula-amstad",
        "flesch" => "check-formula-flesch",
        "kandel-moles" => "check-formula-kandel-moles",
        "flesch-douma" => "check-formula-flesch-douma",
        _ => return code.to_owned(),
    };
    locale.say(key)
}
