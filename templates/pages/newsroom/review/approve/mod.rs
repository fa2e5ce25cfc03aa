//! Approving an issue, and what comes before it: handing in, returning, rejecting, taking back.

mod samples;
mod view;

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::event::{Event, moment, quotation, trail};
use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::checks::list::list;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::pages::newsroom::issues::contents::pane;
use crate::pages::newsroom::issues::words::people;
use crate::pages::newsroom::unsaved::{Unsaved, UnsavedKind, unsaved};
pub use view::{ApproveView, ChecksPart, Done, May, Part, Stage, Typed, Wrong};

/// The most characters of a note or a reason.
const LONGEST: u32 = 2_000;

/// Renders the page.
pub fn page(desk: &Desk, view: &ApproveView) -> Markup {
    let t = desk.site.locale;
    let errors = errors(t, view);
    let title = t.fill(view.title(), [("number", view.head.number.into())]);
    let page = DeskPage {
        state: view.head.state.badge(t),
        done: view.done.map(|done| t.say(done.key())),
        has_errors: view.wrong.is_some(),
        scripts: &["countdown"],
        ..view.head.page_below(t, title)
    };
    let body = html! {
        (error_summary(t, &errors))
        @if let Some(news) = view.wrong.as_ref().and_then(|wrong| news(t, wrong)) {
            div class="alert danger" role="alert" { p { (news) } }
        }
        @if let Some(problem) = view.problem {
            div class="alert danger" role="alert" { p { (t.say(problem.key())) } }
        }
        (unsaved(t, &not_in_a_form(view)))
        div class="two" {
            @if let Some(preview) = &view.preview {
                div class="stack" { (panel(desk, view, &errors)) (history(t, view)) }
                (pane(t, preview))
            } @else {
                (panel(desk, view, &errors))
                (history(t, view))
            }
        }
    };
    frame(desk, &page, &body)
}

/// What was typed and has no field on the page any more, because the issue has moved on.
fn not_in_a_form(view: &ApproveView) -> Vec<Unsaved> {
    let (is_note, is_reason) = match view.stage {
        Stage::Draft => (view.may.hand_in, false),
        Stage::InReview => (view.may.hand_in && view.asked.is_none(), view.may.decide),
        Stage::Approved { .. } | Stage::Over => (false, false),
    };
    let typed = [
        (UnsavedKind::Note, &view.typed.note, is_note),
        (UnsavedKind::Reason, &view.typed.reason, is_reason),
        (UnsavedKind::Acceptance, &view.typed.acceptance, false),
    ];
    let lost = typed
        .into_iter()
        .filter(|(_, text, is_shown)| !is_shown && !text.trim().is_empty());
    lost.map(|(what, text, _)| Unsaved {
        what,
        language: None,
        text: text.clone(),
    })
    .collect()
}

/// What can be done with the issue.
fn panel(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    html! {
        section class="stack" aria-labelledby="panel" {
            h2 id="panel" { (t.say("review-panel")) }
            p { a href=(view.preview_url) { (t.say("review-preview")) } }
            @if let Some(url) = &view.head.time_url { p { a href=(url) { (t.say("issue-desk-time-change")) } } }
            @if view.is_trial { div class="alert warning" { p { (t.say("review-trial")) } } }
            @match &view.stage {
                Stage::Draft => { (draft(desk, view, errors)) }
                Stage::InReview => { (in_review(desk, view, errors)) }
                Stage::Approved { by, take_back } => { (approved(desk, view, by.as_ref(), *take_back)) }
                Stage::Over => { p { (t.say("review-over")) } }
            }
            @if let Some(url) = &view.deputies_url { p { a href=(url) { (t.say("review-away")) } } }
        }
    }
}

fn history(t: Locale, view: &ApproveView) -> Markup {
    html! {
        section aria-labelledby="history" {
            h2 id="history" { (t.say("review-history")) }
            (trail(t, &view.events, view.now.date()))
        }
    }
}

/// The errors by the fields that they are about.
fn errors(t: Locale, view: &ApproveView) -> Vec<FieldError> {
    let long = || t.fill("review-error-long", [("most", LONGEST.into())]);
    let Some(wrong) = &view.wrong else {
        return Vec::new();
    };
    let (id, text) = match wrong {
        Wrong::NotSure => ("sure", t.say("review-error-sure")),
        Wrong::NoReason => ("reason", t.say("review-error-reason")),
        Wrong::NoteTooLong => ("note", long()),
        Wrong::ReasonTooLong => ("reason", long()),
        Wrong::Changed | Wrong::State | Wrong::Late | Wrong::Forbidden | Wrong::Refused(_) => {
            return Vec::new();
        }
    };
    vec![FieldError {
        id: id.to_owned(),
        text,
    }]
}

/// What happened meanwhile, where no field is wrong.
fn news(t: Locale, wrong: &Wrong) -> Option<String> {
    Some(match wrong {
        Wrong::Changed => t.say("review-error-changed"),
        Wrong::State => t.say("review-error-state"),
        Wrong::Late => t.say("review-error-late"),
        Wrong::Forbidden => t.say("review-error-forbidden"),
        Wrong::Refused(reason) => {
            t.fill("review-error-refused", [("reason", reason.as_str().into())])
        }
        Wrong::NotSure | Wrong::NoReason | Wrong::NoteTooLong | Wrong::ReasonTooLong => {
            return None;
        }
    })
}

fn draft(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    html! {
        @if view.may.hand_in {
            p { (view.head.when_and_who(t)) "." }
            @if let Some(part) = &view.checks { (checks(desk, view, part)) }
            (hand_in(desk, view, errors))
        } @else {
            p { (t.say("review-draft-wait")) }
        }
    }
}

fn hand_in(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let form = html! {
        input type="hidden" name="step" value="hand-in";
        (text_area(t, "note", "review-note", "review-note-hint", &view.typed.note, true, errors))
        p class="actions" { button { (t.say("review-hand-in")) } }
    };
    html! {
        div class="panel tinted" {
            h3 { (t.say("review-hand-in-title")) }
            (post_form(desk, &view.url, &form))
        }
    }
}

fn in_review(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    html! {
        (asked(t, view))
        @if view.may.decide {
            @if let Some(part) = &view.checks { (checks(desk, view, part)) }
            @if view.may.involved.is_empty() {
                @if !view.checks.as_ref().is_some_and(|part| part.blocks) { (approve(desk, view, errors)) }
            } @else {
                div class="alert warning" {
                    p class="alert-title" { (t.say("review-four-eyes")) }
                    ul { @for part in &view.may.involved { li { (t.say(part.key())) } } }
                    p { (t.say("review-four-eyes-do")) }
                }
            }
            (give_back(desk, view, errors))
        } @else {
            p { (view.head.when_and_who(t)) "." }
            @if let Some(part) = &view.checks { (checks(desk, view, part)) }
            @if !view.may.hand_in || view.asked.is_some() { p { (t.say("review-wait")) } }
        }
        @if view.may.hand_in && view.asked.is_none() { (hand_in(desk, view, errors)) }
    }
}

/// What the checks found, beside the decision that it matters to.
fn checks(desk: &Desk, view: &ApproveView, part: &ChecksPart) -> Markup {
    let t = desk.site.locale;
    html! {
        h3 id="checks" { (t.say("review-checks")) }
        @if part.blocks { div class="alert danger" { p { (t.say("review-blocked")) } } }
        @if part.list.rows.is_empty() { p { (t.say("review-checks-nothing")) } } @else { (list(desk, &part.list)) }
        p class="small" {
            a href=(view.checks_url) { (t.fill("review-checks-all", [("fine", part.fine.into())])) }
        }
    }
}

/// Who asked for the approval.
fn asked(t: Locale, view: &ApproveView) -> Markup {
    let Some(asked) = &view.asked else {
        return html! {
            p {
                @if view.is_scheduled { (t.say("review-by-schedule")) " " }
                (t.say("review-not-asked"))
            }
        };
    };
    let key = if asked.said.is_some() {
        "review-asked"
    } else {
        "review-asked-silently"
    };
    let when = moment(t, asked.at, view.now.date());
    let values = [("who", asked.who.words(t).into()), ("when", when.into())];
    html! {
        p { (t.fill(key, values)) }
        @if let Some(said) = &asked.said { (quotation(said)) }
    }
}

fn approve(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let wrong = errors.iter().any(|error| error.id == "sure");
    let form = html! {
        input type="hidden" name="step" value="approve";
        input type="hidden" name="seen" value=(view.seen);
        div class=[wrong.then_some("wrong")] {
            (field_error(t, errors, "sure"))
            label class="choice" {
                input type="checkbox" id="sure" name="sure" value="yes"
                    aria-describedby=[described_by(errors, "sure", false)] aria-invalid=[wrong.then_some("true")];
                span { (sure(t, view)) }
            }
        }
        p class="actions" { button { (t.say("review-approve")) } }
        @if view.may.seconds > 0 {
            p class="small muted" { (t.fill("review-minute", [("seconds", view.may.seconds.into())])) }
        }
    };
    html! {
        div class="panel tinted" {
            p { (t.say("review-bound")) }
            (post_form(desk, &view.url, &form))
        }
    }
}

/// “Diese Ausgabe geht am Donnerstag, 26. November, um 7:00 Uhr an 4.312 Personen.”
fn sure(t: Locale, view: &ApproveView) -> String {
    use chrono::Datelike as _;
    let people = people(t, view.people).into();
    match view.send_at.filter(|at| *at > view.now) {
        None => t.fill("review-sure-now", [("people", people)]),
        Some(at) => {
            let weekday = t.weekday(at.weekday());
            let date = t.day_and_month(at.date());
            let day = match t {
                Locale::De => format!("{weekday}, {date}"),
                Locale::En | Locale::Fr | Locale::Nl => format!("{weekday} {date}"),
            };
            t.fill(
                "review-sure-at",
                [
                    ("day", day.into()),
                    ("time", t.time(at.time()).into()),
                    ("people", people),
                ],
            )
        }
    }
}

fn give_back(desk: &Desk, view: &ApproveView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let is_open = errors.iter().any(|error| error.id == "reason") || !view.typed.reason.is_empty();
    let form = html! {
        (text_area(t, "reason", "review-reason", "review-reason-hint", &view.typed.reason, false, errors))
        p class="actions" {
            button class="quiet" name="step" value="return" { (t.say("review-return")) }
            button class="risk" name="step" value="reject" { (t.say("review-reject")) }
        }
    };
    html! {
        details class="panel" open[is_open] {
            summary { (t.say("review-return-open")) }
            (post_form(desk, &view.url, &form))
        }
    }
}

fn approved(
    desk: &Desk,
    view: &ApproveView,
    by: Option<&Event>,
    take_back: Option<(NaiveDateTime, u64)>,
) -> Markup {
    let t = desk.site.locale;
    let form = html! {
        input type="hidden" name="step" value="take-back";
        p class="actions" { button class="risk" { (t.say("review-take-back")) } }
    };
    html! {
        @if let Some(by) = by {
            @let when = moment(t, by.at, view.now.date());
            p { (t.fill("review-approved-by", [("who", by.who.words(t).into()), ("when", when.into())])) }
        }
        p { (t.say("review-approved-next")) }
        @if let Some((until, seconds)) = take_back {
            div class="panel tinted" id="take-back" {
                h3 { (t.say("review-take-back-title")) }
                @let time = t.time(until.time());
                p { (t.fill("review-take-back-until", [("time", time.into())])) }
                p class="num" data-countdown=(seconds) data-words=(t.fill("review-seconds", [("count", "#".into())])) hidden {}
                (post_form(desk, &view.url, &form))
            }
        }
    }
}

fn text_area(
    t: Locale,
    id: &str,
    label: &str,
    hint: &str,
    value: &str,
    is_optional: bool,
    errors: &[FieldError],
) -> Markup {
    let wrong = errors.iter().any(|error| error.id == id);
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for=(id) {
                (t.say(label))
                @if is_optional { " " span class="optional" { (t.say("newsroom-optional")) } }
            }
            p class="hint" id={ (id) "-hint" } { (t.say(hint)) }
            (field_error(t, errors, id))
            textarea id=(id) name=(id) maxlength=(LONGEST) aria-describedby=[described_by(errors, id, true)]
                aria-invalid=[wrong.then_some("true")] { (value) }
        }
    }
}
