//! Sending a test mail of one variant to oneself or to a group.

use maud::{Markup, html};

use super::head::IssueHead;
use super::sample;
use crate::components::{FieldError, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, csrf_field, frame};
use crate::sample::Sample;

/// The form, and the groups that are kept.
#[derive(Debug, Clone)]
pub struct TestMailView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub url: String,
    /// Where groups are kept.
    pub groups_url: String,
    /// The user's own address.
    pub own: String,
    /// The groups: number, name, how many addresses.
    pub groups: Vec<(i64, String, usize)>,
    /// The languages, and which one is chosen.
    pub languages: Vec<(Locale, bool)>,
    /// The sets of topics: mask, names, whether it is chosen.
    pub sets: Vec<(i64, String, bool)>,
    /// What was typed as a group: its name and addresses.
    pub group: (String, String),
    /// What is wrong with the group.
    pub problem: Option<GroupProblem>,
    /// Whether a group was just kept.
    pub is_kept: bool,
}

/// What is wrong with a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupProblem {
    /// It has no name, or a long one.
    Name,
    /// This is no address.
    Address(String),
    /// There are no addresses, or too many.
    Number,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &TestMailView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("issue-desk-test"));
    page.sub = html! { p { (t.say("issue-desk-test-sub")) } };
    page.has_errors = view.problem.is_some();
    page.done = view.is_kept.then(|| t.say("issue-desk-test-kept"));
    let errors = errors(t, view);
    let body = html! {
        (error_summary(t, &errors))
        div class="sides" {
            (send(desk, view))
            (keep(desk, view, &errors))
        }
        p { a href=(view.head.url) { (t.say("issue-desk-back")) } }
    };
    frame(desk, &page, &body)
}

fn errors(t: Locale, view: &TestMailView) -> Vec<FieldError> {
    let error = view.problem.as_ref().map(|problem| match problem {
        GroupProblem::Name => FieldError {
            id: "name".into(),
            text: t.say("issue-desk-test-group-name-wrong"),
        },
        GroupProblem::Address(text) => FieldError {
            id: "addresses".into(),
            text: t.fill(
                "issue-desk-test-group-address-wrong",
                [("text", text.as_str().into())],
            ),
        },
        GroupProblem::Number => FieldError {
            id: "addresses".into(),
            text: t.say("issue-desk-test-group-number-wrong"),
        },
    });
    error.into_iter().collect()
}

fn send(desk: &Desk, view: &TestMailView) -> Markup {
    let t = desk.site.locale;
    html! {
        form method="post" action=(view.url) {
            (csrf_field(desk))
            fieldset {
                legend { (t.say("issue-desk-test-to")) }
                label class="choice" {
                    input type="radio" name="to" value="me" checked;
                    span { (t.say("issue-desk-test-me")) " " span class="muted" { (view.own) } }
                }
                @for (id, name, count) in &view.groups {
                    label class="choice" {
                        input type="radio" name="to" value=(id);
                        span { (name) " " span class="muted" { (t.fill("issue-desk-test-addresses", [("count", (*count).into())])) } }
                    }
                }
            }
            div class="row" {
                div class="field" {
                    label for="language" { (t.say("issue-desk-language")) }
                    select id="language" name="language" {
                        @for (language, chosen) in &view.languages {
                            option value=(language.code()) selected[*chosen] { (language.own_name()) }
                        }
                    }
                }
                div class="field" {
                    label for="topics" { (t.say("issue-desk-topics")) }
                    select id="topics" name="topics" {
                        @for (mask, names, chosen) in &view.sets { option value=(mask) selected[*chosen] { (names) } }
                    }
                }
            }
            p class="actions" { button { (t.say("issue-desk-test-do")) } }
        }
    }
}

fn keep(desk: &Desk, view: &TestMailView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let wrong = |id: &str| errors.iter().any(|error| error.id == id).then_some("true");
    html! {
        form method="post" action=(view.groups_url) class="panel tinted" aria-labelledby="group" {
            h2 id="group" { (t.say("issue-desk-test-group")) }
            (csrf_field(desk))
            div class="field" {
                label for="name" { (t.say("issue-desk-test-group-name")) }
                (field_error(t, errors, "name"))
                input type="text" id="name" name="name" value=(view.group.0) maxlength="80" required aria-invalid=[wrong("name")];
            }
            div class="field" {
                label for="addresses" { (t.say("issue-desk-test-group-addresses")) }
                p class="hint" id="addresses-hint" { (t.say("issue-desk-test-group-hint")) }
                (field_error(t, errors, "addresses"))
                textarea id="addresses" name="addresses" rows="4" aria-describedby="addresses-hint" aria-invalid=[wrong("addresses")] { "\n" (view.group.1) }
            }
            p class="actions" { button class="quiet" { (t.say("issue-desk-test-group-keep")) } }
        }
    }
}

impl Sample for TestMailView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            head: sample::head(locale),
            url: "/newsroom/issues/region/48/test".into(),
            groups_url: "/newsroom/issues/region/48/test/groups".into(),
            own: "erika.beispiel@musterstadt.example".into(),
            groups: vec![(1, "Presseamt".into(), 4)],
            languages: vec![(Locale::De, true), (Locale::En, false)],
            sets: vec![
                (63, "Klima und Umwelt, Kultur".into(), true),
                (1, "Klima und Umwelt".into(), false),
            ],
            group: (String::new(), String::new()),
            problem: None,
            is_kept: false,
        };
        let wrong = Self {
            group: ("Presseamt".into(), "kim@musterstadt.example\nerika".into()),
            problem: Some(GroupProblem::Address("erika".into())),
            ..usual.clone()
        };
        vec![("usual", usual), ("wrong", wrong)]
    }
}
