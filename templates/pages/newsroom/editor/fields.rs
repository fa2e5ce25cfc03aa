//! The fields of the editor: their words, and how they are written.

use chrono::{NaiveDate, NaiveTime};
use maud::{Markup, html};

use super::view::{EditorView, Problem};
use crate::components::{FieldError, described_by, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};

/// A field, or one for each language, topic or kind of accessibility.
struct Field {
    /// Its name; of several what their names begin with, before `-` and the language, topic or kind.
    name: &'static str,
    is_many: bool,
    label: &'static str,
    hint: Option<&'static str>,
}

const fn one(name: &'static str, label: &'static str, hint: Option<&'static str>) -> Field {
    Field {
        name,
        is_many: false,
        label,
        hint,
    }
}

const fn many(name: &'static str, label: &'static str, hint: Option<&'static str>) -> Field {
    Field {
        is_many: true,
        ..one(name, label, hint)
    }
}

/// Every field of the editor. What is not in this list is not read from a form, and has no words.
const FIELDS: &[Field] = &[
    many("title", "editor-title", None),
    many("teaser", "editor-teaser", Some("editor-teaser-hint")),
    many("body", "editor-body", Some("editor-body-hint")),
    one("url", "editor-url", Some("editor-url-hint")),
    one("contact-name", "editor-contact-name", None),
    one("contact-email", "editor-contact-email", None),
    one("contact-phone", "editor-contact-phone", None),
    one("start-day", "editor-start-day", None),
    one(
        "start-time",
        "editor-start-time",
        Some("editor-start-time-hint"),
    ),
    one("end-day", "editor-end-day", Some("editor-end-day-hint")),
    one("end-time", "editor-end-time", None),
    one("all-day", "editor-all-day", None),
    one("zone", "editor-zone", Some("editor-zone-hint")),
    one("attendance", "editor-attendance", None),
    one("place", "editor-place", Some("editor-place-hint")),
    one("online-url", "editor-online-url", None),
    one(
        "organiser",
        "editor-organiser",
        Some("editor-organiser-hint"),
    ),
    one("price", "editor-price", Some("editor-price-hint")),
    one("registration-url", "editor-registration-url", None),
    one("registration-day", "editor-registration-day", None),
    one("registration-time", "editor-registration-time", None),
    one("repeat", "editor-repeat", None),
    one("repeat-until", "editor-repeat-until", None),
    one("status", "editor-status", None),
    many(
        "accessibility",
        "editor-accessibility",
        Some("editor-accessibility-hint"),
    ),
    many("topic", "editor-topics", Some("editor-topics-hint")),
    one("original", "editor-original", Some("editor-original-hint")),
];

/// How one takes part: values and the keys of their words.
pub(super) const ATTENDANCE: [(&str, &str); 3] = [
    ("place", "editor-attendance-place"),
    ("online", "editor-attendance-online"),
    ("both", "editor-attendance-both"),
];
/// How an event stands.
pub(super) const STATUS: [(&str, &str); 4] = [
    ("planned", "editor-status-planned"),
    ("full", "editor-status-full"),
    ("postponed", "editor-status-postponed"),
    ("moved-online", "editor-status-moved-online"),
];
/// Who can take part at a place.
pub(super) const ACCESSIBILITY: [(&str, &str); 4] = [
    ("wheelchair", "editor-wheelchair"),
    ("hearing-loop", "editor-hearing-loop"),
    ("sign-language", "editor-sign-language"),
    ("easy-language", "editor-easy-language"),
];

impl Field {
    fn is_called(&self, name: &str) -> bool {
        match name.strip_prefix(self.name) {
            Some("") => true,
            Some(rest) => self.is_many && rest.starts_with('-'),
            None => false,
        }
    }
}

fn field(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.is_called(name))
}

/// Whether the editor has a field of this name.
pub fn is_field(name: &str) -> bool {
    field(name).is_some()
}

/// A field and what stands in it, in words, as a line: “Price: 5 €”. Day and time of the deadline to register
/// are two fields, and one thing to say: `registration-until`.
pub fn said(t: Locale, name: &str, values: &[&str]) -> String {
    let words: Vec<String> = values.iter().map(|value| word(t, name, value)).collect();
    let label = match name {
        "registration-until" => t.say("editor-registration-until"),
        _ => label(t, name),
    };
    format!("{} {}", t.colon(&label), words.join(", "))
}

/// What stands in a field, as people say it: a choice, a day and a time in words.
pub(super) fn word(t: Locale, name: &str, value: &str) -> String {
    let options: &[_] = match name {
        "attendance" => &ATTENDANCE,
        "status" => &STATUS,
        "accessibility" => &ACCESSIBILITY,
        _ => &[],
    };
    let chosen = options.iter().find(|(known, _)| *known == value);
    let chosen = chosen.map(|(_, key)| t.say(key));
    let day = || NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
    let time = || NaiveTime::parse_from_str(value, "%H:%M").ok();
    let words = match name.rsplit('-').next() {
        _ if value.is_empty() => Some(t.say("editor-empty")),
        _ if chosen.is_some() => chosen,
        Some("day") => day().map(|day| t.long_day(day)),
        Some("time") => time().map(|time| t.time(time)),
        _ => None,
    };
    words.unwrap_or_else(|| value.to_owned())
}

/// The language of a text, by the name of its field.
pub(super) fn language(name: &str) -> Option<&str> {
    let stems = ["title-", "teaser-", "body-"];
    stems.iter().find_map(|stem| name.strip_prefix(stem))
}

/// The label of a field.
pub(super) fn label(t: Locale, name: &str) -> String {
    field(name).map_or_else(|| name.to_owned(), |field| t.say(field.label))
}

fn hint(t: Locale, name: &str) -> Option<String> {
    field(name)?.hint.map(|hint| t.say(hint))
}

/// What is wrong, in words.
pub(super) fn errors(t: Locale, view: &EditorView) -> Vec<FieldError> {
    let problems = view.problems.iter();
    problems
        .map(|(id, problem)| FieldError {
            id: id.clone(),
            text: t.fill(key(*problem), [("field", label(t, id).into())]),
        })
        .collect()
}

const fn key(problem: Problem) -> &'static str {
    match problem {
        Problem::NoTitle => "editor-problem-no-title",
        Problem::TooLong => "editor-problem-too-long",
        Problem::NoUrl => "editor-problem-no-url",
        Problem::NoEmail => "editor-problem-no-email",
        Problem::NoTime => "editor-problem-no-time",
        Problem::NoDay => "editor-problem-no-day",
        Problem::NoStartTime => "editor-problem-no-start-time",
        Problem::EndsBefore => "editor-problem-ends-before",
        Problem::EndsNextDay => "editor-problem-ends-next-day",
        Problem::NoOnlineUrl => "editor-problem-no-online-url",
        Problem::TooMany => "editor-problem-too-many",
        Problem::NotRepeated => "editor-problem-not-repeated",
        Problem::NoSecondDate => "editor-problem-no-second-date",
        Problem::NoZone => "editor-problem-no-zone",
    }
}

/// A field of one line.
pub(super) fn line(
    t: Locale,
    view: &EditorView,
    errors: &[FieldError],
    name: &str,
    kind: &str,
) -> Markup {
    let field = TextField {
        name,
        kind,
        label: label(t, name),
        hint: hint(t, name),
        value: view.value(name),
        autocomplete: None,
        most: None,
        required: name == "start-day",
    };
    text_field(t, &field, errors)
}

/// A text in one language: of one line, or of several.
pub(super) fn text(
    t: Locale,
    view: &EditorView,
    errors: &[FieldError],
    (name, lang): (&str, &str),
    rows: Rows,
) -> Markup {
    let hint = hint(t, name);
    let wrong = errors.iter().any(|error| error.id == name);
    let described = described_by(errors, name, hint.is_some());
    let invalid = wrong.then_some("true");
    let value = view.value(name);
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for=(name) { (label(t, name)) }
            @if let Some(hint) = hint { p class="hint" id={ (name) "-hint" } { (hint) } }
            (field_error(t, errors, name))
            @match rows {
                Rows::One => input id=(name) name=(name) type="text" lang=(lang) value=(value)
                    aria-describedby=[described] aria-invalid=[invalid] data-count="80" data-of=(t.say("editor-count"));
                Rows::Some => textarea id=(name) name=(name) lang=(lang) rows="3"
                    aria-describedby=[described] aria-invalid=[invalid] data-count="300" data-of=(t.say("editor-count")) { "\n" (value) }
                Rows::Many => textarea id=(name) name=(name) lang=(lang) class="tall" rows="14"
                    aria-describedby=[described] aria-invalid=[invalid] { "\n" (value) }
            }
        }
    }
}

/// How long a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// A title.
    One,
    /// A teaser.
    Some,
    /// A body.
    Many,
}

/// A choice of one: radio buttons.
pub(super) fn choice(t: Locale, view: &EditorView, name: &str, options: &[(&str, &str)]) -> Markup {
    let chosen = view.value(name);
    let chosen = if chosen.is_empty() {
        options[0].0
    } else {
        chosen
    };
    html! {
        fieldset id=(name) {
            legend { (label(t, name)) }
            div class="choices" {
                @for (value, key) in options {
                    label class="choice" {
                        input type="radio" name=(name) value=(value) checked[*value == chosen];
                        span { (t.say(key)) }
                    }
                }
            }
        }
    }
}

/// Boxes to tick: each has a name of its own.
pub(super) fn boxes(
    t: Locale,
    view: &EditorView,
    name: &str,
    options: &[(String, String)],
) -> Markup {
    html! {
        fieldset id=(name) {
            legend { (label(t, name)) }
            @if let Some(hint) = hint(t, name) { p class="hint" { (hint) } }
            div class="choices" {
                @for (key, words) in options {
                    label class="choice" {
                        input type="checkbox" name={ (name) "-" (key) } value="on" checked[!view.value(&format!("{name}-{key}")).is_empty()];
                        span { (words) }
                    }
                }
            }
        }
    }
}
