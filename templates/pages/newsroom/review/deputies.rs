//! Deputies: who approves in place of an approver, and when.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::components::{FieldError, described_by, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::{Sample, november};

/// The page.
#[derive(Debug, Clone)]
pub struct DeputiesView {
    /// This page, where its forms are sent.
    pub url: String,
    /// The deputies of now and of later.
    pub rows: Vec<DeputyRow>,
    /// Whom this user may name: UUID and name. Empty where the user approves nothing.
    pub colleagues: Vec<(String, String)>,
    /// What was typed.
    pub typed: TypedDeputy,
    /// What was wrong with it.
    pub wrong: Option<WrongDeputy>,
    /// Whether somebody was just named (true), or a time ended (false).
    pub done: Option<bool>,
}

/// A deputy.
#[derive(Debug, Clone)]
pub struct DeputyRow {
    /// The row.
    pub id: i64,
    /// The name of the approver.
    pub approver: String,
    /// The name of the deputy.
    pub deputy: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Whether this user may end it.
    pub is_own: bool,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct TypedDeputy {
    /// The UUID of the deputy.
    pub deputy: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// Why nobody was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongDeputy {
    /// Nobody was chosen, or they may not.
    Who,
    /// The days make no time.
    When,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &DeputiesView) -> Markup {
    let t = desk.site.locale;
    let errors: Vec<_> = view.wrong.iter().map(|wrong| error(t, *wrong)).collect();
    let page = DeskPage {
        sub: html! { p { (t.say("review-deputies-sub")) } },
        done: view.done.map(|is_new| {
            t.say(if is_new {
                "review-deputy-named"
            } else {
                "review-deputy-ended"
            })
        }),
        has_errors: view.wrong.is_some(),
        ..DeskPage::new(t.say("review-deputies"))
    };
    let body = html! {
        (error_summary(t, &errors))
        section aria-labelledby="now" {
            h2 id="now" { (t.say("review-deputies-now")) }
            (rows(desk, view))
        }
        @if !view.colleagues.is_empty() { (form(desk, view, &errors)) }
    };
    frame(desk, &page, &body)
}

fn error(t: Locale, wrong: WrongDeputy) -> FieldError {
    let (id, key) = match wrong {
        WrongDeputy::Who => ("deputy", "review-deputy-error-who"),
        WrongDeputy::When => ("until", "review-deputy-error-when"),
    };
    FieldError {
        id: id.to_owned(),
        text: t.say(key),
    }
}

fn rows(desk: &Desk, view: &DeputiesView) -> Markup {
    let t = desk.site.locale;
    let day = |day: NaiveDate| {
        html! { time datetime=(day.format("%Y-%m-%d")) { (t.day(day)) } }
    };
    let columns = [
        "review-deputy-who",
        "review-deputy-for",
        "review-deputy-from",
        "review-deputy-until",
    ]
    .map(|key| t.say(key));
    html! {
        @if view.rows.is_empty() {
            p class="muted" { (t.say("review-deputies-none")) }
        } @else {
            table class="lists" {
                thead { tr {
                    @for column in &columns { th scope="col" { (column) } }
                    th scope="col" { span class="hidden" { (t.say("review-deputy-end")) } }
                } }
                tbody {
                    @for row in &view.rows {
                        tr {
                            th scope="row" { (row.deputy) }
                            td data-label=(columns[1]) { (row.approver) }
                            td data-label=(columns[2]) { (day(row.from)) }
                            td data-label=(columns[3]) { (day(row.until)) }
                            td { @if row.is_own { (end(desk, view, row)) } }
                        }
                    }
                }
            }
        }
    }
}

fn end(desk: &Desk, view: &DeputiesView, row: &DeputyRow) -> Markup {
    let t = desk.site.locale;
    let form = html! {
        input type="hidden" name="end" value=(row.id);
        button class="plain" {
            (t.say("review-deputy-end")) span class="hidden" { ": " (row.deputy) }
        }
    };
    post_form(desk, &view.url, &form)
}

fn form(desk: &Desk, view: &DeputiesView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let wrong = errors.iter().any(|error| error.id == "deputy");
    let date = |name, value, key| {
        let field = TextField {
            name,
            kind: "date",
            label: t.say(key),
            hint: None,
            value,
            autocomplete: None,
            most: None,
            required: true,
        };
        text_field(t, &field, errors)
    };
    let body = html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for="deputy" { (t.say("review-deputy-who")) }
            (field_error(t, errors, "deputy"))
            select id="deputy" name="deputy" required aria-describedby=[described_by(errors, "deputy", false)]
                aria-invalid=[wrong.then_some("true")]
            {
                option value="" { (t.say("review-deputy-choose")) }
                @for (uuid, name) in &view.colleagues {
                    option value=(uuid) selected[*uuid == view.typed.deputy] { (name) }
                }
            }
        }
        div class="row" {
            (date("from", &view.typed.from, "review-deputy-from"))
            (date("until", &view.typed.until, "review-deputy-until"))
        }
        p class="actions" { button { (t.say("review-deputy-name")) } }
    };
    html! {
        section class="panel tinted" aria-labelledby="new" {
            h2 id="new" { (t.say("review-deputy-new")) }
            p class="small muted" { (t.say("review-deputy-new-text")) }
            (post_form(desk, &view.url, &body))
        }
    }
}

impl Sample for DeputiesView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let row = |id, is_own| DeputyRow {
            id,
            approver: "Erika Beispiel".into(),
            deputy: "Paul Muster".into(),
            from: november(23),
            until: november(29),
            is_own,
        };
        let view = Self {
            url: "/newsroom/deputies".into(),
            rows: vec![row(1, true), row(2, false)],
            colleagues: vec![
                ("0192".into(), "Jana Kern".into()),
                ("0193".into(), "Paul Muster".into()),
            ],
            typed: TypedDeputy::default(),
            wrong: None,
            done: Some(true),
        };
        let wrong = |wrong, typed| Self {
            wrong: Some(wrong),
            done: None,
            typed,
            ..view.clone()
        };
        let typed = TypedDeputy {
            deputy: "0193".into(),
            from: "2026-11-29".into(),
            until: "2026-11-23".into(),
        };
        let empty = Self {
            rows: Vec::new(),
            colleagues: Vec::new(),
            done: None,
            ..view.clone()
        };
        vec![
            ("usual", view.clone()),
            ("wrong-days", wrong(WrongDeputy::When, typed)),
            ("nobody", wrong(WrongDeputy::Who, TypedDeputy::default())),
            ("empty", empty),
        ]
    }
}
