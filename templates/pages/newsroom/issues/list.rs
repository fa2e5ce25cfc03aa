//! The list of issues.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::head::State;
use super::{sample, words};
use crate::locale::Locale;
use crate::pages::newsroom::components::onward;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::Sample;

/// The list of issues.
#[derive(Debug, Clone)]
pub struct IssueListView {
    /// The issues, the newest first.
    pub rows: Vec<IssueRow>,
    /// The newsletters: key and name.
    pub newsletters: Vec<(String, String)>,
    /// The key of the newsletter whose issues are listed; none: of all.
    pub chosen: Option<String>,
    /// Where the list is.
    pub url: String,
    /// Where an issue is composed by hand; none where this user may not.
    pub compose_url: Option<String>,
    /// Composing found nothing to tell.
    pub nothing_to_tell: bool,
    /// The page of the list before this one.
    pub before: Option<String>,
    /// The page after it.
    pub after: Option<String>,
}

/// An issue in the list.
#[derive(Debug, Clone)]
pub struct IssueRow {
    /// Its page.
    pub url: String,
    /// Its newsletter's name.
    pub newsletter: String,
    /// Its number.
    pub number: i64,
    /// Its state.
    pub state: State,
    /// When it goes out or went out, in the newsletter's zone.
    pub goes_at: Option<NaiveDateTime>,
    /// How many got it; none before it is sent.
    pub people: Option<i64>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &IssueListView) -> Markup {
    let t = desk.site.locale;
    let page = DeskPage::new(t.say("issue-desk-list-title"));
    let body = html! {
        @if view.nothing_to_tell {
            div class="alert" role="alert" {
                p { b { (t.say("issue-desk-nothing-title")) } " " (t.say("issue-desk-nothing-text")) }
            }
        }
        div class="between" {
            (filter(t, view))
            @if let Some(url) = &view.compose_url { (compose(desk, view, url)) }
        }
        @if view.rows.is_empty() {
            p { (t.say("issue-desk-none")) }
        } @else {
            (table(t, &view.rows))
        }
        (onward(t, view.before.as_deref(), view.after.as_deref()))
    };
    frame(desk, &page, &body)
}

fn filter(t: Locale, view: &IssueListView) -> Markup {
    html! {
        @if view.newsletters.len() > 1 {
            form method="get" action=(view.url) class="filters" {
                div {
                    label for="newsletter" { (t.say("issue-desk-newsletter")) }
                    select id="newsletter" name="newsletter" {
                        option value="" selected[view.chosen.is_none()] { (t.say("issue-desk-all-newsletters")) }
                        (options(view, view.chosen.as_deref()))
                    }
                }
                button class="quiet" { (t.say("issue-desk-show")) }
            }
        }
    }
}

fn options(view: &IssueListView, chosen: Option<&str>) -> Markup {
    html! {
        @for (key, name) in &view.newsletters {
            option value=(key) selected[chosen == Some(key.as_str())] { (name) }
        }
    }
}

fn compose(desk: &Desk, view: &IssueListView, url: &str) -> Markup {
    let t = desk.site.locale;
    let fields = html! {
        @if let [(key, _)] = view.newsletters.as_slice() {
            input type="hidden" name="newsletter" value=(key);
        } @else {
            div {
                label for="compose" { (t.say("issue-desk-compose-for")) }
                select id="compose" name="newsletter" { (options(view, view.chosen.as_deref())) }
            }
        }
        button { (t.say("issue-desk-compose")) }
    };
    html! {
        @if !view.newsletters.is_empty() {
            (post_form(desk, url, &html! { div class="filters" { (fields) } }))
        }
    }
}

fn table(t: Locale, rows: &[IssueRow]) -> Markup {
    let heads = [
        t.say("issue-desk-column-issue"),
        t.say("issue-desk-column-state"),
        t.say("issue-desk-column-when"),
        t.say("issue-desk-column-people"),
    ];
    html! {
        table class="lists" {
            caption class="hidden" { (t.say("issue-desk-list-title")) }
            thead { tr { @for (at, head) in heads.iter().enumerate() { th scope="col" class=[(at == 3).then_some("num")] { (head) } } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" {
                            a href=(row.url) { (row.newsletter) " " (words::number(t, row.number)) }
                        }
                        td data-label=(heads[1]) { (row.state.badge(t)) }
                        td data-label=(heads[2]) {
                            @match row.goes_at { Some(at) => (t.moment(at)), None => (t.say("issue-desk-no-time")) }
                        }
                        td class="num" data-label=(heads[3]) { @match row.people { Some(people) => (words::number(t, people)), None => "–" } }
                    }
                }
            }
        }
    }
}

impl Sample for IssueListView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            rows: sample::rows(locale),
            newsletters: sample::newsletters(locale),
            chosen: None,
            url: "/newsroom/issues".into(),
            compose_url: Some("/newsroom/issues/compose".into()),
            nothing_to_tell: false,
            before: None,
            after: Some("/newsroom/issues?before=3".into()),
        };
        let empty = Self {
            rows: Vec::new(),
            newsletters: sample::newsletters(locale).into_iter().take(1).collect(),
            nothing_to_tell: true,
            after: None,
            ..usual.clone()
        };
        vec![("usual", usual), ("empty", empty)]
    }
}
