//! The pauses of a newsletter: those that are set, and the form for another one.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::schedule::ScheduleView;
use crate::components::FieldError;
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, post_form};

/// A pause that is not over.
#[derive(Debug, Clone)]
pub struct PauseView {
    /// Its name, for the form that ends it.
    pub uuid: String,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why.
    pub reason: String,
    /// How many days the first issue after it looks back; none: to the last issue before.
    pub look_back: Option<u32>,
    /// Whether it has begun.
    pub has_begun: bool,
}

/// The form for another pause, as it is typed.
#[derive(Debug, Clone, Default)]
pub struct PauseForm {
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
    /// Why.
    pub reason: String,
    /// `all` or `days`.
    pub look_back: String,
    /// How many days.
    pub days: String,
    /// What is wrong with it.
    pub problems: Vec<PauseProblem>,
}

/// What is wrong with a pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PauseProblem {
    /// A day is missing or no day.
    Days,
    /// It ends before it begins, is over, or is too long.
    Span,
    /// No reason, or a long one.
    Reason,
    /// Not a number of days.
    LookBack,
    /// There is another pause from this day to that.
    Overlaps(NaiveDate, NaiveDate),
    /// There are too many.
    TooMany,
}

impl PauseForm {
    /// What is wrong, in words.
    pub(super) fn errors(&self, t: Locale) -> Vec<FieldError> {
        let error = |problem: &PauseProblem| {
            let (id, text) = match problem {
                PauseProblem::Days => ("first", t.say("planning-error-pause-days")),
                PauseProblem::Span => ("last", t.say("planning-error-pause-span")),
                PauseProblem::Reason => ("reason", t.say("planning-error-pause-reason")),
                PauseProblem::LookBack => ("days", t.say("planning-error-pause-look-back")),
                PauseProblem::Overlaps(first, last) => (
                    "first",
                    t.fill(
                        "planning-error-pause-overlaps",
                        [(
                            "days",
                            crate::When::Days {
                                first: *first,
                                last: *last,
                            }
                            .words(t)
                            .into(),
                        )],
                    ),
                ),
                PauseProblem::TooMany => ("first", t.say("planning-error-pause-many")),
            };
            FieldError {
                id: id.to_owned(),
                text,
            }
        };
        self.problems.iter().map(error).collect()
    }
}

/// The pauses, and the form.
pub(super) fn section(desk: &Desk, view: &ScheduleView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    html! {
        section aria-labelledby="pauses" class="stack" {
            h2 id="pauses" { (t.say("planning-pauses")) }
            p class="muted" { (t.say("planning-pauses-text")) }
            @if !view.pauses.is_empty() {
                ul class="rows" { @for pause in &view.pauses { (row(desk, view, pause)) } }
            }
            details class="panel" open[!errors.is_empty()] {
                summary { (t.say("planning-pause-new")) }
                (post_form(desk, &view.pause_url, &fields(t, &view.pause, errors)))
            }
        }
    }
}

fn row(desk: &Desk, view: &ScheduleView, pause: &PauseView) -> Markup {
    let t = desk.site.locale;
    let days = crate::When::Days {
        first: pause.first,
        last: pause.last,
    };
    let button = html! {
        input type="hidden" name="end" value=(pause.uuid);
        button class="quiet" { (t.say(if pause.has_begun { "planning-pause-end" } else { "planning-pause-remove" })) }
    };
    html! {
        li class="between" {
            div {
                h3 { (days.words(t)) }
                p { (pause.reason) }
                p class="small muted" {
                    @match pause.look_back {
                        None => (t.say("planning-pause-all-told")),
                        Some(days) => (t.fill("planning-pause-days-told", [("days", days.into())])),
                    }
                }
            }
            (post_form(desk, &view.pause_url, &button))
        }
    }
}

fn fields(t: Locale, form: &PauseForm, errors: &[FieldError]) -> Markup {
    let field = |name: &'static str, kind: &'static str, key: &str, value| TextField {
        name,
        kind,
        label: t.say(key),
        hint: None,
        value,
        autocomplete: None,
        most: (kind == "text").then_some(200),
        required: true,
    };
    let look_back = |value: &str, key: &str| {
        let chosen = (form.look_back == "days") == (value == "days");
        html! {
            label class="choice" {
                input type="radio" name="look-back" value=(value) checked[chosen];
                span { (t.say(key)) }
            }
        }
    };
    html! {
        div class="row" {
            (text_field(t, &field("first", "date", "planning-pause-first", &form.first), errors))
            (text_field(t, &field("last", "date", "planning-pause-last", &form.last), errors))
        }
        (text_field(t, &field("reason", "text", "planning-pause-reason", &form.reason), errors))
        fieldset {
            legend { (t.say("planning-pause-look-back")) }
            (look_back("all", "planning-pause-look-back-all"))
            (look_back("days", "planning-pause-look-back-days"))
            div class="within" { (text_field(t, &field("days", "number", "planning-pause-days", &form.days), errors)) }
        }
        div class="actions" { button class="quiet" { (t.say("planning-pause-set")) } }
    }
}
