//! When one newsletter appears: one form, the dates it comes to, and the pauses.

use chrono::Weekday;
use maud::{Markup, html};

use super::holidays;
use super::pauses::{self, PauseForm, PauseView};
use super::sample;
use super::slots::{self, SlotView};
use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, field_of_choice, text_field};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::Sample;

/// The schedule of a newsletter.
#[derive(Debug, Clone)]
pub struct ScheduleView {
    /// The newsletter's name.
    pub newsletter: String,
    /// The list of newsletters.
    pub list_url: String,
    /// Where the form posts to.
    pub url: String,
    /// The form as it was typed, or as it is stored.
    pub form: ScheduleForm,
    /// What is wrong with it.
    pub errors: Vec<ScheduleProblem>,
    /// What names the settings the form was made of.
    pub version: String,
    /// The next dates; of the form where it is a preview.
    pub next: Vec<SlotView>,
    /// Whether the dates are of settings that are not saved.
    pub is_preview: bool,
    /// What was just done.
    pub done: Option<ScheduleDone>,
    /// The pauses that are not over.
    pub pauses: Vec<PauseView>,
    /// Where a pause is set, and where one is ended.
    pub pause_url: String,
    /// The form for another pause.
    pub pause: PauseForm,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleDone {
    /// The schedule was saved.
    Saved,
    /// A pause was set.
    Paused,
    /// A pause was ended.
    Ended,
}

/// The fields, as they are typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScheduleForm {
    /// `weekly`, `monthly`, `line` or `none`.
    pub rhythm: String,
    /// The chosen weekdays.
    pub weekdays: Vec<Weekday>,
    /// The time of day, `07:00`.
    pub time: String,
    /// The day of the month, 1 to 28.
    pub day: String,
    /// The cron line.
    pub line: String,
    /// The time zone.
    pub zone: String,
    /// How long before an issue is composed.
    pub lead: String,
    /// `hours` or `days`.
    pub lead_unit: String,
    /// How many hours late it is still sent.
    pub catch_up: String,
    /// When quiet hours begin; empty: none.
    pub quiet_from: String,
    /// When they end.
    pub quiet_until: String,
    /// Whose holidays; empty: none.
    pub region: String,
    /// Whether 24 and 31 December count.
    pub eves: bool,
    /// `send`, `skip`, `before` or `after`.
    pub rule: String,
    /// One day a line: `2027-02-08 Rosenmontag`.
    pub own_days: String,
}

/// What is wrong with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduleProblem {
    /// No weekday is chosen.
    Weekdays,
    /// Not a time of day.
    Time,
    /// Not a day from 1 to 28.
    Day,
    /// Not a cron line; what is wrong with it, in English, as the command line says it.
    Line(String),
    /// No such time zone; the one that was probably meant.
    Zone(Option<String>),
    /// Not a number within the limits.
    Lead,
    /// Not a number within the limits.
    CatchUp,
    /// One end only, or both the same.
    Quiet,
    /// This line of the own days is not a day with a name.
    OwnDay(String),
    /// Too many own days.
    OwnDays,
    /// Somebody else has changed the schedule meanwhile.
    Changed,
}

impl ScheduleProblem {
    fn error(&self, t: Locale) -> FieldError {
        let (id, text) = match self {
            Self::Weekdays => ("weekdays", t.say("planning-error-weekdays")),
            Self::Time => ("time", t.say("planning-error-time")),
            Self::Day => ("day", t.say("planning-error-day")),
            Self::Line(what) => (
                "line",
                t.fill("planning-error-line", [("what", what.as_str().into())]),
            ),
            Self::Zone(None) => ("zone", t.say("planning-error-zone")),
            Self::Zone(Some(nearest)) => (
                "zone",
                t.fill(
                    "planning-error-zone-near",
                    [("zone", nearest.as_str().into())],
                ),
            ),
            Self::Lead => ("lead", t.say("planning-error-lead")),
            Self::CatchUp => ("catch-up", t.say("planning-error-catch-up")),
            Self::Quiet => ("quiet-from", t.say("planning-error-quiet")),
            Self::OwnDay(line) => (
                "own-days",
                t.fill("planning-error-own-day", [("line", t.quote(line).into())]),
            ),
            Self::OwnDays => ("own-days", t.say("planning-error-own-days")),
            Self::Changed => ("schedule", t.say("planning-error-changed")),
        };
        FieldError {
            id: id.to_owned(),
            text,
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &ScheduleView) -> Markup {
    let t = desk.site.locale;
    let errors: Vec<_> = view.errors.iter().map(|one| one.error(t)).collect();
    let pause_errors = view.pause.errors(t);
    let title = t.fill(
        "planning-schedule-title",
        [("newsletter", view.newsletter.as_str().into())],
    );
    let mut page = DeskPage::new(title);
    page.crumbs = vec![(view.list_url.clone(), t.say("newsroom-area-newsletters"))];
    page.has_errors = !errors.is_empty() || !pause_errors.is_empty();
    page.done = view.done.map(|done| {
        t.say(match done {
            ScheduleDone::Saved => "planning-done-saved",
            ScheduleDone::Paused => "planning-done-paused",
            ScheduleDone::Ended => "planning-done-ended",
        })
    });
    let body = html! {
        (error_summary(t, &errors))
        (error_summary(t, &pause_errors))
        div class="two" {
            div id="schedule" tabindex="-1" { (post_form(desk, &view.url, &fields(t, view, &errors))) }
            (dates(t, view))
        }
        (pauses::section(desk, view, &pause_errors))
    };
    frame(desk, &page, &body)
}

fn fields(t: Locale, view: &ScheduleView, errors: &[FieldError]) -> Markup {
    let form = &view.form;
    html! {
        input type="hidden" name="version" value=(view.version);
        (rhythm(t, form, errors))
        (text_field(t, &TextField {
            name: "zone", kind: "text", label: t.say("planning-zone"), hint: Some(t.say("planning-zone-hint")),
            value: &form.zone, autocomplete: None, most: Some(60), required: true,
        }, errors))
        (ahead(t, form, errors))
        (quiet(t, form, errors))
        (free_days(t, form, errors))
        div class="actions" {
            button name="act" value="save" { (t.say("planning-save")) }
            button class="quiet" name="act" value="preview" { (t.say("planning-preview")) }
        }
    }
}

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

fn rhythm(t: Locale, form: &ScheduleForm, errors: &[FieldError]) -> Markup {
    let wrong = |id: &str| errors.iter().any(|error| error.id == id);
    html! {
        fieldset {
            legend { (t.say("planning-rhythm")) }
            (radio("rhythm", "weekly", &form.rhythm, &t.say("planning-rhythm-weekly")))
            fieldset class={ "within" @if wrong("weekdays") { " wrong" } } id="weekdays" tabindex="-1" aria-describedby=[described_by(errors, "weekdays", false)] {
                legend class="hidden" { (t.say("planning-weekdays")) }
                (field_error(t, errors, "weekdays"))
                div class="choices" {
                    @for (day, code) in WEEK {
                        label class="choice" {
                            input type="checkbox" name="weekday" value=(code) checked[form.weekdays.contains(&day)];
                            span { (t.weekday(day)) }
                        }
                    }
                }
            }
            (radio("rhythm", "monthly", &form.rhythm, &t.say("planning-rhythm-monthly")))
            div class="within" {
                (field_of_choice(t, &TextField {
                    name: "day", kind: "number", label: t.say("planning-day"), hint: Some(t.say("planning-day-hint")),
                    value: &form.day, autocomplete: None, most: None, required: false,
                }, errors))
            }
            (radio("rhythm", "line", &form.rhythm, &t.say("planning-rhythm-line")))
            div class="within" {
                (field_of_choice(t, &TextField {
                    name: "line", kind: "text", label: t.say("planning-line"), hint: Some(t.say("planning-line-hint")),
                    value: &form.line, autocomplete: None, most: Some(400), required: false,
                }, errors))
            }
            (radio("rhythm", "none", &form.rhythm, &t.say("planning-rhythm-none")))
        }
        (field_of_choice(t, &TextField {
            name: "time", kind: "time", label: t.say("planning-time"), hint: Some(t.say("planning-time-hint")),
            value: &form.time, autocomplete: None, most: None, required: false,
        }, errors))
    }
}

fn radio(name: &str, value: &str, chosen: &str, label: &str) -> Markup {
    html! {
        label class="choice" {
            input type="radio" name=(name) value=(value) checked[value == chosen];
            span { (label) }
        }
    }
}

/// How long before it is composed, and how late it may be.
fn ahead(t: Locale, form: &ScheduleForm, errors: &[FieldError]) -> Markup {
    html! {
        div class="row low" {
            (text_field(t, &TextField {
                name: "lead", kind: "number", label: t.say("planning-lead"), hint: Some(t.say("planning-lead-hint")),
                value: &form.lead, autocomplete: None, most: None, required: true,
            }, errors))
            div class="field" {
                label for="lead-unit" { (t.say("planning-lead-unit")) }
                select id="lead-unit" name="lead-unit" {
                    option value="days" selected[form.lead_unit != "hours"] { (t.say("planning-days")) }
                    option value="hours" selected[form.lead_unit == "hours"] { (t.say("planning-hours")) }
                }
            }
        }
        (text_field(t, &TextField {
            name: "catch-up", kind: "number", label: t.say("planning-catch-up"), hint: Some(t.say("planning-catch-up-hint")),
            value: &form.catch_up, autocomplete: None, most: None, required: true,
        }, errors))
    }
}

fn quiet(t: Locale, form: &ScheduleForm, errors: &[FieldError]) -> Markup {
    let field = |name: &'static str, key: &str, value| TextField {
        name,
        kind: "time",
        label: t.say(key),
        hint: None,
        value,
        autocomplete: None,
        most: None,
        required: false,
    };
    html! {
        fieldset aria-describedby="quiet-hint" {
            legend { (t.say("planning-quiet")) }
            p class="hint" id="quiet-hint" { (t.say("planning-quiet-hint")) }
            div class="row" {
                (text_field(t, &field("quiet-from", "planning-quiet-from", &form.quiet_from), errors))
                (text_field(t, &field("quiet-until", "planning-quiet-until", &form.quiet_until), errors))
            }
        }
    }
}

fn free_days(t: Locale, form: &ScheduleForm, errors: &[FieldError]) -> Markup {
    let wrong = errors.iter().any(|error| error.id == "own-days");
    let rules = [
        ("send", "planning-rule-send"),
        ("skip", "planning-rule-skip"),
        ("before", "planning-rule-before"),
        ("after", "planning-rule-after"),
    ];
    html! {
        fieldset class="stack" {
            legend { (t.say("planning-free-days")) }
            div class="field" {
                label for="region" { (t.say("planning-region")) }
                select id="region" name="region" {
                    option value="" selected[form.region.is_empty()] { (t.say("planning-region-none")) }
                    @for code in holidays::regions() {
                        option value=(code) selected[form.region == code] { (holidays::region(t, code)) }
                    }
                }
            }
            label class="choice" {
                input type="checkbox" name="eves" value="1" checked[form.eves];
                span { (t.say("planning-eves")) }
            }
            div class={ "field" @if wrong { " wrong" } } {
                label for="own-days" { (t.say("planning-own-days")) " " span class="optional" { (t.say("newsroom-optional")) } }
                p class="hint" id="own-days-hint" { (t.say("planning-own-days-hint")) }
                (field_error(t, errors, "own-days"))
                textarea id="own-days" name="own-days" rows="4" aria-describedby=[described_by(errors, "own-days", true)] aria-invalid=[wrong.then_some("true")] { (form.own_days) }
            }
            fieldset {
                legend { (t.say("planning-rule")) }
                @for (code, key) in rules { (radio("rule", code, &form.rule, &t.say(key))) }
            }
        }
    }
}

fn dates(t: Locale, view: &ScheduleView) -> Markup {
    html! {
        section class="beside" aria-labelledby="dates" {
            h2 id="dates" { (t.say("planning-next")) }
            @if view.is_preview { p class="note" role="status" { (t.say("planning-next-preview")) } }
            @if view.next.is_empty() {
                p { (t.say("planning-next-none")) }
            } @else {
                (slots::table(t, &t.say("planning-next"), &view.next, false))
                p class="small muted" { (t.say("planning-next-composed")) }
            }
        }
    }
}

impl Sample for ScheduleView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let weekly = sample::schedule(locale);
        let mut wrong = weekly.clone();
        wrong.form.rhythm = "line".into();
        wrong.form.line = "0 25 * * *".into();
        wrong.form.weekdays.clear();
        wrong.form.zone = "Berlin".into();
        wrong.form.own_days = "Rosenmontag".into();
        wrong.errors = vec![
            ScheduleProblem::Line("“25” is not valid in the field “hour”".into()),
            ScheduleProblem::Zone(Some("Europe/Berlin".into())),
            ScheduleProblem::Lead,
            ScheduleProblem::OwnDay("Rosenmontag".into()),
            ScheduleProblem::Changed,
        ];
        wrong.pause.problems = vec![pauses::PauseProblem::Span, pauses::PauseProblem::Reason];
        let mut none = weekly.clone();
        none.form.rhythm = "none".into();
        none.next.clear();
        none.pauses.clear();
        none.done = Some(ScheduleDone::Saved);
        let mut preview = weekly.clone();
        preview.is_preview = true;
        vec![
            ("weekly", weekly),
            ("wrong", wrong),
            ("none", none),
            ("preview", preview),
        ]
    }
}
