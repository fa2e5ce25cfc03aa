//! Sending again to some of those whom an issue did not reach.

use maud::{Markup, html};

use super::view::class_name;
use crate::components::{FieldError, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, frame, post_form};
use crate::pages::newsroom::issues;
use crate::pages::newsroom::issues::head::IssueHead;
use crate::sample::Sample;

/// What can be sent again, and what is chosen.
#[derive(Debug, Clone)]
pub struct RetryView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub action: String,
    /// The page to go back to.
    pub back_url: String,
    /// Classes of failures by their code, with how many there are, and whether it is chosen.
    pub classes: Vec<(String, i64, bool)>,
    /// How many mails are uncertain.
    pub uncertain: i64,
    /// Whether these are chosen.
    pub with_uncertain: bool,
    /// The domains with most of them; none with fewer than five.
    pub domains: Vec<(String, i64)>,
    /// Whether there are other domains.
    pub has_others: bool,
    /// The chosen domain, also one that is not listed; empty for all.
    pub domain: String,
    /// Whether the form was sent with nothing chosen.
    pub nothing_chosen: bool,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &RetryView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("watch-retry-title"));
    let error = FieldError {
        id: "class".to_owned(),
        text: t.say("watch-retry-nothing-chosen"),
    };
    let errors: Vec<_> = view.nothing_chosen.then_some(error).into_iter().collect();
    page.has_errors = !errors.is_empty();
    let body = html! {
        (error_summary(t, &errors))
        div class="stack narrow" {
            @if view.classes.is_empty() && view.uncertain == 0 {
                p { (t.say("watch-retry-none")) }
                p class="actions" { a class="button quiet" href=(view.back_url) { (t.say("watch-back")) } }
            } @else {
                p { (t.say("watch-retry-lead")) }
                (post_form(desk, &view.action, &form(t, view, &errors)))
            }
        }
    };
    frame(desk, &page, &body)
}

fn form(t: Locale, view: &RetryView, errors: &[FieldError]) -> Markup {
    let wrong = view.nothing_chosen;
    html! {
        fieldset id="class" tabindex="-1" class=[wrong.then_some("wrong")] aria-describedby=[wrong.then_some("class-error")] {
            legend { (t.say("watch-retry-what")) }
            (field_error(t, errors, "class"))
            @for (code, count, chosen) in &view.classes {
                (choice("class", code, *chosen, &class_name(t, code), &people(t, *count)))
            }
            @if view.uncertain > 0 {
                (choice("uncertain", "yes", view.with_uncertain, &t.say("watch-retry-uncertain"), &people(t, view.uncertain)))
            }
        }
        @let is_listed = view.domains.iter().any(|(domain, _)| *domain == view.domain);
        @let is_other = !view.domain.is_empty() && !is_listed;
        @if view.domains.len() > 1 || (view.has_others && !view.domains.is_empty()) || is_other {
            div class="field" {
                label for="domain" { (t.say("watch-retry-domain")) }
                @if view.has_others { p class="hint" id="domain-hint" { (t.say("watch-retry-others")) } }
                select id="domain" name="domain" aria-describedby=[view.has_others.then_some("domain-hint")] {
                    option value="" selected[view.domain.is_empty()] { (t.say("watch-retry-any-domain")) }
                    // Whoever asked for it must not send to all by mistake.
                    @if is_other { option value=(view.domain) selected { (view.domain) } }
                    @for (domain, count) in &view.domains {
                        option value=(domain) selected[*domain == view.domain] { (domain) " (" (people(t, *count)) ")" }
                    }
                }
            }
        }
        p class="actions" {
            button type="submit" { (t.say("watch-retry-do")) }
            a class="button quiet" href=(view.back_url) { (t.say("watch-back")) }
        }
    }
}

fn choice(name: &str, value: &str, chosen: bool, words: &str, people: &str) -> Markup {
    html! {
        label class="choice" {
            input type="checkbox" name=(name) value=(value) checked[chosen];
            span { (words) " " span class="muted" { "– " (people) } }
        }
    }
}

fn people(t: Locale, count: i64) -> String {
    t.fill(
        "watch-count-people",
        [("count", count.into()), ("number", t.number(count).into())],
    )
}

impl Sample for RetryView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let class = |code: &str, count, chosen| (code.to_owned(), count, chosen);
        let view = Self {
            head: issues::sample::head(locale),
            action: "/newsroom/issues/town/48/sending/retry".into(),
            back_url: "/newsroom/issues/town/48/sending".into(),
            classes: vec![
                class("mailbox-full", 14, true),
                class("no-such-mailbox", 6, false),
                class("policy", 1, false),
            ],
            uncertain: 2,
            with_uncertain: false,
            domains: vec![("gmx.example".into(), 12), ("post.example".into(), 6)],
            has_others: true,
            domain: String::new(),
            nothing_chosen: false,
        };
        let nothing = Self {
            nothing_chosen: true,
            ..view.clone()
        };
        let other = Self {
            domains: Vec::new(),
            domain: "small.example".into(),
            ..view.clone()
        };
        let none = Self {
            classes: Vec::new(),
            uncertain: 0,
            ..view.clone()
        };
        vec![
            ("usual", view),
            ("nothing-chosen", nothing),
            ("other-domain", other),
            ("none", none),
        ]
    }
}
