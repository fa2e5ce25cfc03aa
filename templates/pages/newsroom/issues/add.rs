//! Looking for published entries to add to an issue.

use maud::{Markup, html};

use super::head::IssueHead;
use super::sample;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, csrf_field, frame};
use crate::sample::Sample;

/// Published entries that may be added.
#[derive(Debug, Clone)]
pub struct AddView {
    /// The issue.
    pub head: IssueHead,
    /// Where the search is.
    pub url: String,
    /// Where entries are added.
    pub entries_url: String,
    /// What was looked for.
    pub query: String,
    /// What was found.
    pub rows: Vec<AddRow>,
    /// Whether there is more than is shown.
    pub is_more: bool,
}

/// A published entry.
#[derive(Debug, Clone)]
pub struct AddRow {
    /// Its name outside the installation.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// The page of the entry.
    pub url: String,
    /// Organisation, date or time and place, in words.
    pub facts: Vec<String>,
    /// Whether the issue tells it already.
    pub is_in: bool,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &AddView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("issue-desk-add-title"));
    page.sub = html! { p { (t.say("issue-desk-add-sub")) } };
    let body = html! {
        form method="get" action=(view.url) class="filters" role="search" {
            div class="search" {
                label for="q" { (t.say("issue-desk-search")) }
                input type="search" id="q" name="q" value=(view.query) maxlength="100";
            }
            button class="quiet" { (t.say("issue-desk-search-do")) }
        }
        @if view.rows.is_empty() {
            p role="status" { (t.say("issue-desk-search-none")) }
        } @else {
            ul class="items bare" { @for row in &view.rows { (entry(desk, view, row)) } }
        }
        @if view.is_more { p class="muted small" { (t.say("issue-desk-search-more")) } }
        p { a href=(view.head.url) { (t.say("issue-desk-back")) } }
    };
    frame(desk, &page, &body)
}

fn entry(desk: &Desk, view: &AddView, row: &AddRow) -> Markup {
    let t = desk.site.locale;
    html! {
        li {
            div {
                h2 class="entry" { a href=(row.url) { (row.title) } }
                p class="meta" { (row.facts.join(" · ")) }
            }
            @if row.is_in {
                p class="small muted" { (t.say("issue-desk-is-in")) }
            } @else {
                form method="post" action=(view.entries_url) class="acts" {
                    (csrf_field(desk))
                    input type="hidden" name="entry" value=(row.uuid);
                    button class="quiet small" name="do" value="add" {
                        (t.say("issue-desk-add-this"))
                        span class="hidden" { " " (t.quote(&row.title)) }
                    }
                }
            }
        }
    }
}

impl Sample for AddView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let row = |title: &str, is_in| AddRow {
            uuid: "0193".into(),
            title: title.into(),
            url: "/newsroom/entries/0193".into(),
            facts: vec![
                "Umweltausschuss".into(),
                locale.day(crate::sample::november(24)),
            ],
            is_in,
        };
        let found = Self {
            head: sample::head(locale),
            url: "/newsroom/issues/region/48/add".into(),
            entries_url: "/newsroom/issues/region/48/entries".into(),
            query: "Brunnen".into(),
            rows: vec![
                row("Neue Trinkwasserbrunnen für die Region", true),
                row("Brunnen am Markt saniert", false),
            ],
            is_more: true,
        };
        let none = Self {
            query: "Zeppelin".into(),
            rows: Vec::new(),
            is_more: false,
            ..found.clone()
        };
        vec![("found", found), ("none", none)]
    }
}
