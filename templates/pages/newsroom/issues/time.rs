//! When an issue goes out: as soon as it is approved, or at a time of one's own.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::contents::{Voids, warning};
use super::head::{IssueHead, State};
use super::sample;
use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, frame, post_form};
use crate::sample::{Sample, moment};

/// The form.
#[derive(Debug, Clone)]
pub struct TimeView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub url: String,
    /// Whether it goes out as soon as it is approved.
    pub is_when_approved: bool,
    /// The day, as it was typed.
    pub day: String,
    /// The time of the day, as it was typed.
    pub time: String,
    /// The zone of both.
    pub zone: String,
    /// The time that was there when the form was shown.
    pub seen: String,
    /// The slot in the schedule that the issue was composed for.
    pub slot: Option<NaiveDateTime>,
    /// What a change takes away.
    pub voids: Option<Voids>,
    /// Why the time was not set.
    pub problem: Option<TimeProblem>,
}

/// Why a time was not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeProblem {
    /// What was typed is no day.
    Day,
    /// What was typed is no time.
    Clock,
    /// The clock goes forward over it, to this time.
    Gap(NaiveDateTime),
    /// It has passed: the present time.
    Past(NaiveDateTime),
    /// It is more than a year ahead.
    TooFar,
    /// No mail is begun then: the quiet hours, and when they are over.
    Quiet(String, NaiveDateTime),
    /// These events are over then; and what the form sends back where that is meant.
    EventsOver(Vec<String>, String),
    /// Somebody else set this time meanwhile.
    Overwritten(Option<NaiveDateTime>),
}

impl TimeProblem {
    /// The field that is wrong, and what to do.
    fn error(&self, t: Locale) -> Option<FieldError> {
        let (id, text) = match self {
            Self::Day => ("day", t.say("issue-desk-time-no-day")),
            Self::Clock => ("time", t.say("issue-desk-time-no-clock")),
            Self::Gap(until) => {
                let time = t.time(until.time()).into();
                let day = t.day(until.date()).into();
                let values = [("day", day), ("time", time)];
                ("time", t.fill("issue-desk-time-gap", values))
            }
            Self::Past(now) => {
                let now = t.short_moment(*now).into();
                ("day", t.fill("issue-desk-time-past", [("now", now)]))
            }
            Self::TooFar => ("day", t.say("issue-desk-time-far")),
            Self::Quiet(hours, until) => {
                let until = t.short_moment(*until).into();
                let values = [("hours", hours.as_str().into()), ("until", until)];
                ("time", t.fill("issue-desk-time-quiet", values))
            }
            Self::EventsOver(..) => ("although", t.say("issue-desk-time-over")),
            Self::Overwritten(_) => return None,
        };
        Some(FieldError {
            id: id.to_owned(),
            text,
        })
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &TimeView) -> Markup {
    let t = desk.site.locale;
    let errors: Vec<_> = view.problem.iter().filter_map(|one| one.error(t)).collect();
    let mut page = view.head.page_below(t, t.say("issue-desk-time-title"));
    page.has_errors = view.problem.is_some();
    let body = html! {
        (error_summary(t, &errors))
        @if let Some(TimeProblem::Overwritten(time)) = &view.problem { (overwritten(t, *time)) }
        @if let Some(voids) = view.voids { (warning(t, voids)) }
        div class="narrow" { (post_form(desk, &view.url, &fields(t, view, &errors))) }
    };
    frame(desk, &page, &body)
}

fn overwritten(t: Locale, time: Option<NaiveDateTime>) -> Markup {
    let time = words(t, time).into();
    html! {
        div class="alert danger" role="alert" tabindex="-1" {
            p { (t.fill("issue-desk-time-overwritten", [("time", time)])) }
        }
    }
}

/// A chosen time.
pub fn words(t: Locale, time: Option<NaiveDateTime>) -> String {
    time.map_or_else(|| t.say("issue-desk-time-when-approved"), |at| t.moment(at))
}

fn fields(t: Locale, view: &TimeView, errors: &[FieldError]) -> Markup {
    let choice = |value: &str, is_chosen: bool, key: &str| {
        html! {
            label class="choice" {
                input type="radio" name="when" value=(value) checked[is_chosen];
                span { (t.say(key)) }
            }
        }
    };
    let field = |name, kind, label: &str, value| TextField {
        name,
        kind,
        label: t.say(label),
        hint: None,
        value,
        autocomplete: None,
        most: None,
        required: true,
    };
    html! {
        input type="hidden" name="seen" value=(view.seen);
        fieldset {
            legend { (t.say("issue-desk-time-when")) }
            (choice("approved", view.is_when_approved, "issue-desk-time-approved"))
            (choice("time", !view.is_when_approved, "issue-desk-time-own"))
            div class="within" {
                div class="row" {
                    (text_field(t, &field("day", "date", "issue-desk-time-day", &view.day), errors))
                    (text_field(t, &field("time", "time", "issue-desk-time-time", &view.time), errors))
                }
                p class="hint" { (t.fill("issue-desk-time-zone", [("zone", view.zone.as_str().into())])) }
            }
        }
        @if let Some(TimeProblem::EventsOver(titles, value)) = &view.problem { (events(t, titles, value, errors)) }
        @if let Some(slot) = view.slot {
            p class="small muted" { (t.fill("issue-desk-time-slot", [("when", t.moment(slot).into())])) }
        }
        p class="actions" {
            button { (t.say("issue-desk-time-save")) }
            a href=(view.head.url) { (t.say("issue-desk-back")) }
        }
    }
}

/// The events that are over then, and the box of whoever means it.
fn events(t: Locale, titles: &[String], value: &str, errors: &[FieldError]) -> Markup {
    html! {
        div class="wrong" {
            (field_error(t, errors, "although"))
            ul { @for title in titles { li { (title) } } }
            label class="choice" {
                input type="checkbox" id="although" name="although" value=(value)
                    aria-describedby=[described_by(errors, "although", false)] aria-invalid="true";
                span { (t.say("issue-desk-time-although")) }
            }
        }
    }
}

impl Sample for TimeView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let by_hand = Self {
            head: IssueHead {
                state: State::Draft,
                goes_at: None,
                ..sample::head(locale)
            },
            url: "/newsroom/issues/region/48/time".into(),
            is_when_approved: true,
            day: String::new(),
            time: String::new(),
            zone: "Europe/Berlin".into(),
            seen: String::new(),
            slot: None,
            voids: None,
            problem: None,
        };
        let timed = Self {
            head: sample::head(locale),
            is_when_approved: false,
            day: "2026-11-26".into(),
            time: "07:00".into(),
            seen: "1795672800000000".into(),
            slot: Some(moment(26, 7, 0)),
            voids: Some(Voids::Approval),
            ..by_hand.clone()
        };
        let wrong = |problem| Self {
            problem: Some(problem),
            ..timed.clone()
        };
        let over = vec!["Lesung und Gespräch zu den Orange Days".into()];
        vec![
            ("by-hand", by_hand),
            ("no-day", wrong(TimeProblem::Day)),
            ("no-time", wrong(TimeProblem::Clock)),
            ("gap", wrong(TimeProblem::Gap(moment(29, 3, 0)))),
            ("past", wrong(TimeProblem::Past(moment(26, 9, 30)))),
            ("too-far", wrong(TimeProblem::TooFar)),
            (
                "quiet",
                wrong(TimeProblem::Quiet("21:00-07:00".into(), moment(27, 7, 0))),
            ),
            (
                "over",
                wrong(TimeProblem::EventsOver(over, "1795672800000000".into())),
            ),
            (
                "overwritten",
                wrong(TimeProblem::Overwritten(Some(moment(27, 8, 0)))),
            ),
            ("slot", timed),
        ]
    }
}
