//! The fields of the editor: their words, and how they are written.

use maud::{Markup, html};

use super::view::{EditorView, Problem};
use crate::components::{FieldError, described_by, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};

/// Every field: its name (that of texts without their language), the key of its label and of its hint.
const WORDS: [(&str, &str, Option<&str>); 27] = [
    ("title", "editor-title", None),
    ("teaser", "editor-teaser", Some("editor-teaser-hint")),
    ("body", "editor-body", Some("editor-body-hint")),
    ("url", "editor-url", Some("editor-url-hint")),
    ("contact-name", "editor-contact-name", None),
    ("contact-email", "editor-contact-email", None),
    ("contact-phone", "editor-contact-phone", None),
    ("start-day", "editor-start-day", None),
    ("start-time", "editor-start-time", None),
    ("end-day", "editor-end-day", None),
    ("end-time", "editor-end-time", None),
    ("all-day", "editor-all-day", None),
    ("zone", "editor-zone", Some("editor-zone-hint")),
    ("attendance", "editor-attendance", None),
    ("place", "editor-place", Some("editor-place-hint")),
    ("online-url", "editor-online-url", None),
    (
        "organiser",
        "editor-organiser",
        Some("editor-organiser-hint"),
    ),
    ("price", "editor-price", Some("editor-price-hint")),
    ("registration-url", "editor-registration-url", None),
    ("registration-day", "editor-registration-day", None),
    ("registration-time", "editor-registration-time", None),
    ("repeat", "editor-repeat", None),
    ("repeat-until", "editor-repeat-until", None),
    ("status", "editor-status", None),
    (
        "accessibility",
        "editor-accessibility",
        Some("editor-accessibility-hint"),
    ),
    ("topic", "editor-topics", Some("editor-topics-hint")),
    ("original", "editor-original", Some("editor-original-hint")),
];

/// The words of a field: its label and its hint.
fn words(name: &str) -> (&'static str, Option<&'static str>) {
    let fits = |stem: &str| {
        name.strip_prefix(stem)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let mut found: Vec<_> = WORDS.iter().filter(|(stem, ..)| fits(stem)).collect();
    found.sort_by_key(|(stem, ..)| stem.len());
    found
        .last()
        .map_or(("editor-title", None), |(_, label, hint)| (label, *hint))
}

/// The label of a field.
pub(super) fn label(t: Locale, name: &str) -> String {
    t.say(words(name).0)
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
        Problem::EndsBefore => "editor-problem-ends-before",
        Problem::NoOnlineUrl => "editor-problem-no-online-url",
        Problem::TooMany => "editor-problem-too-many",
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
    let (label, hint) = words(name);
    let field = TextField {
        name,
        kind,
        label: t.say(label),
        hint: hint.map(|hint| t.say(hint)),
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
    let (label, hint) = words(name);
    let hint = hint.filter(|_| rows != Rows::One);
    let wrong = errors.iter().any(|error| error.id == name);
    let described = described_by(errors, name, hint.is_some());
    let invalid = wrong.then_some("true");
    let value = view.value(name);
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for=(name) { (t.say(label)) }
            @if let Some(hint) = hint { p class="hint" id={ (name) "-hint" } { (t.say(hint)) } }
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
    let (label, hint) = words(name);
    html! {
        fieldset id=(name) {
            legend { (t.say(label)) }
            @if let Some(hint) = hint { p class="hint" { (t.say(hint)) } }
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
