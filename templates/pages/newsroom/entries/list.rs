//! The list of entries: what there is, found by words and facts.

mod sample;

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::words::{self, State};
use crate::components::{FieldError, field_error};
use crate::date::When;
use crate::locale::Locale;
use crate::pages::entry::Kind;
use crate::pages::newsroom::components::{Tab, onward, tabs};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};

/// The list of entries.
#[derive(Debug, Clone)]
pub struct EntryListView {
    /// What is looked for.
    pub filter: FilterForm,
    /// The number of entries in every state, and where each list is.
    pub states: Vec<StateTab>,
    /// Changes that sources propose: how many, and where.
    pub proposals: (u32, String),
    /// How many entries the filter finds.
    pub total: i64,
    /// Those of this page.
    pub lines: Vec<EntryLine>,
    /// Where the pages before and after this one are.
    pub pages: (Option<String>, Option<String>),
    /// What this user may do with them; none for those who only look.
    pub work: Option<ListWork>,
    /// Filters this user has kept.
    pub kept: KeptFilters,
    /// What was just done.
    pub done: Option<ListDone>,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// The form that filters the list.
#[derive(Debug, Clone, Default)]
pub struct FilterForm {
    /// Where it leads.
    pub action: String,
    /// The language of the page where that was chosen by the link.
    pub lang: Option<String>,
    /// The words.
    pub words: String,
    /// The state, which the tabs choose.
    pub state: String,
    /// Kinds of entries.
    pub kinds: Vec<Choice>,
    /// Topics.
    pub topics: Vec<Choice>,
    /// Organisations.
    pub organisations: Vec<Choice>,
    /// How they came in.
    pub origins: Vec<Choice>,
    /// The first day, as it was typed.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Whether the first or the last day is none.
    pub wrong: (bool, bool),
    /// The list without any filter, where there is one.
    pub all: Option<String>,
}

/// Something to choose in a form.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name in the form.
    pub value: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The list of one state.
#[derive(Debug, Clone)]
pub struct StateTab {
    /// Which; none for all.
    pub state: Option<State>,
    /// Where it is.
    pub url: String,
    /// How many there are.
    pub count: i64,
    /// Whether it is this one.
    pub current: bool,
}

/// An entry in the list.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// Its name in forms.
    pub uuid: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where that is not the page's.
    pub lang: Option<String>,
    /// What kind of entry it is.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub organisation: String,
    /// Its topics.
    pub topics: Vec<String>,
    /// When it takes place.
    pub when: Option<When>,
    /// Where it takes place.
    pub place: Option<String>,
    /// In how many languages there is a text.
    pub languages: i64,
    /// Whether it comes first.
    pub pinned: bool,
    /// Where the change is that its source proposes.
    pub proposal: Option<String>,
    /// When it last changed.
    pub changed: NaiveDateTime,
}

/// What can be done on the list.
#[derive(Debug, Clone)]
pub struct ListWork {
    /// Where news are written.
    pub news: String,
    /// Where events are written.
    pub event: String,
    /// Where the question about ticked entries is.
    pub ask: String,
    /// The query of this list, to come back to it.
    pub back: String,
}

/// Filters that were kept.
#[derive(Debug, Clone, Default)]
pub struct KeptFilters {
    /// Each with its name and where it leads.
    pub filters: Vec<(String, String)>,
    /// Where one is kept or forgotten.
    pub action: String,
    /// The query that would be kept; empty where nothing is filtered.
    pub query: String,
    /// The name that was given and cannot be taken.
    pub wrong: Option<WrongName>,
}

/// Why a filter cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongName {
    /// It has no name.
    Empty,
    /// There are as many as there may be.
    TooMany,
}

/// What was done before the list was shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListDone {
    /// So many entries were published.
    Published(i64),
    /// So many were withdrawn.
    Withdrawn(i64),
    /// A filter was kept.
    Kept,
    /// A filter was forgotten.
    Forgotten,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryListView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        div class="stack" {
            (kept(desk, &view.kept))
            (filter(t, &view.filter))
            p class="muted" id="count" role="status" { (t.fill("entry-desk-count", [("count", view.total.into())])) }
            div id="results" { (results(t, view)) }
            (keep(desk, &view.kept))
        }
    };
    let actions = html! {
        @if let Some(work) = &view.work {
            a class="button quiet" href=(work.event) { (t.say("entry-desk-new-event")) }
            a class="button" href=(work.news) { (t.say("entry-desk-new-news")) }
        }
    };
    let page = DeskPage {
        actions,
        tabs: html! { div id="states" { (states(t, view)) } },
        done: view.done.map(|done| self::done(t, done)),
        has_errors: view.filter.wrong != (false, false) || view.kept.wrong.is_some(),
        scripts: &["search"],
        ..DeskPage::new(t.say("entry-desk-title"))
    };
    frame(desk, &page, &body)
}

fn done(t: Locale, done: ListDone) -> String {
    match done {
        ListDone::Published(count) => {
            t.fill("entry-desk-done-published", [("count", count.into())])
        }
        ListDone::Withdrawn(count) => {
            t.fill("entry-desk-done-withdrawn", [("count", count.into())])
        }
        ListDone::Kept => t.say("entry-desk-done-kept"),
        ListDone::Forgotten => t.say("entry-desk-done-forgotten"),
    }
}

fn states(t: Locale, view: &EntryListView) -> Markup {
    let name =
        |state: Option<State>| state.map_or_else(|| t.say("entry-desk-all"), |state| state.list(t));
    let count = |count: i64| u32::try_from(count).ok();
    let mut all: Vec<Tab> = view
        .states
        .iter()
        .map(|tab| Tab {
            url: tab.url.clone(),
            name: name(tab.state),
            count: count(tab.count),
            current: tab.current,
        })
        .collect();
    let (proposals, url) = &view.proposals;
    if *proposals > 0 {
        // Behind what waits for a decision: it does as well.
        let at = all.len().min(2);
        all.insert(
            at,
            Tab {
                url: url.clone(),
                name: t.say("entry-desk-proposals-tab"),
                count: Some(*proposals),
                current: false,
            },
        );
    }
    tabs(&t.say("entry-desk-states"), &all)
}

fn filter(t: Locale, form: &FilterForm) -> Markup {
    let more = form.organisations.iter().any(|one| one.chosen)
        || form.origins.iter().any(|one| one.chosen)
        || !form.from.is_empty()
        || !form.until.is_empty();
    html! {
        form id="filters" class="filters" method="get" action=(form.action) role="search" aria-label=(t.say("entry-desk-filter")) {
            @if let Some(lang) = &form.lang { input type="hidden" name="lang" value=(lang); }
            @if !form.state.is_empty() { input type="hidden" name="state" value=(form.state); }
            div class="field search" {
                label for="words" { (t.say("entry-desk-words")) }
                input id="words" name="words" type="search" value=(form.words) maxlength="200" autocomplete="off";
            }
            (select(t, "kind", "entry-desk-kind", &form.kinds))
            (select(t, "topic", "entry-desk-topic", &form.topics))
            button type="submit" class="quiet" { (t.say("entry-desk-show")) }
            @if let Some(all) = &form.all { a class="button plain" href=(all) { (t.say("entry-desk-clear")) } }
            details class="wide" open[more] {
                summary { (t.say("entry-desk-more-filters")) }
                div class="filters" {
                    (select(t, "organisation", "entry-desk-organisation", &form.organisations))
                    (select(t, "origin", "entry-desk-origin", &form.origins))
                    (day(t, "from", "entry-desk-from", &form.from, form.wrong.0))
                    (day(t, "until", "entry-desk-until", &form.until, form.wrong.1))
                }
            }
        }
    }
}

fn select(t: Locale, name: &str, label: &str, choices: &[Choice]) -> Markup {
    html! {
        @if !choices.is_empty() {
            div class="field" {
                label for=(name) { (t.say(label)) }
                select id=(name) name=(name) {
                    option value="" { (t.say("entry-desk-any")) }
                    @for one in choices { option value=(one.value) selected[one.chosen] { (one.name) } }
                }
            }
        }
    }
}

fn day(t: Locale, name: &str, label: &str, value: &str, wrong: bool) -> Markup {
    let errors: Vec<FieldError> = wrong
        .then(|| FieldError {
            id: name.to_owned(),
            text: t.say("entry-desk-no-day"),
        })
        .into_iter()
        .collect();
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for=(name) { (t.say(label)) }
            (field_error(t, &errors, name))
            input id=(name) name=(name) type="date" value=(value)
                aria-invalid=[wrong.then_some("true")] aria-describedby=[wrong.then(|| format!("{name}-error"))];
        }
    }
}

fn results(t: Locale, view: &EntryListView) -> Markup {
    html! {
        @if view.lines.is_empty() {
            p { (t.say(if view.filter.all.is_some() { "entry-desk-none-found" } else { "entry-desk-none" })) }
        } @else if let Some(work) = &view.work {
            form method="get" action=(work.ask) {
                @if let Some(lang) = &view.filter.lang { input type="hidden" name="lang" value=(lang); }
                input type="hidden" name="back" value=(work.back);
                (table(t, view))
                div class="bar" {
                    span class="muted" { (t.say("entry-desk-ticked")) }
                    button class="quiet" name="do" value="publish" { (t.say("entry-desk-publish-ticked")) }
                    button class="quiet" name="do" value="withdraw" { (t.say("entry-desk-withdraw-ticked")) }
                }
            }
        } @else {
            (table(t, view))
        }
        (onward(t, view.pages.0.as_deref(), view.pages.1.as_deref()))
    }
}

fn table(t: Locale, view: &EntryListView) -> Markup {
    let ticks = view.work.is_some();
    html! {
        table class="lists wide-first" {
            caption class="hidden" { (t.say("entry-desk-title")) }
            thead {
                tr {
                    @if ticks { th scope="col" { span class="hidden" { (t.say("entry-desk-tick")) } } }
                    th scope="col" { (t.say("entry-desk-entry")) }
                    th scope="col" { (t.say("entry-desk-when")) }
                    th scope="col" { (t.say("entry-desk-state")) }
                    th scope="col" { (t.say("entry-desk-changed")) }
                }
            }
            tbody { @for line in &view.lines { (self::line(t, view, line, ticks)) } }
        }
    }
}

fn line(t: Locale, view: &EntryListView, line: &EntryLine, ticks: bool) -> Markup {
    let mut facts = vec![words::kind(t, line.kind), line.organisation.clone()];
    facts.extend(line.topics.iter().cloned());
    html! {
        tr {
            @if ticks {
                td class="tick" {
                    label class="choice" {
                        input type="checkbox" name="entry" value=(line.uuid);
                        span class="hidden" { (t.fill("entry-desk-tick-one", [("title", line.title.as_str().into())])) }
                    }
                }
            }
            th scope="row" {
                a href=(line.url) lang=[line.lang.as_deref()] { (line.title) }
                small { (facts.join(" · ")) }
            }
            td data-label=(t.colon(&t.say("entry-desk-when"))) {
                @if let Some(when) = line.when { (words::short_when(t, when, view.now)) }
                @if let Some(place) = &line.place { small { (place) } }
            }
            td data-label=(t.colon(&t.say("entry-desk-state"))) {
                (line.state.badge(t))
                @if line.pinned { small { (t.say("entry-desk-pinned")) } }
                @if let Some(url) = &line.proposal { small { a href=(url) { (t.say("entry-desk-proposed")) } } }
                @if line.languages > 1 { small { (t.fill("entry-desk-languages", [("count", line.languages.into())])) } }
            }
            td data-label=(t.colon(&t.say("entry-desk-changed"))) class="nowrap" { (words::since_day(t, line.changed, view.now)) }
        }
    }
}

/// The filters that were kept, one click away.
fn kept(desk: &Desk, kept: &KeptFilters) -> Markup {
    let t = desk.site.locale;
    html! {
        @if !kept.filters.is_empty() {
            nav aria-label=(t.say("entry-desk-kept")) {
                ul class="meta plain-list" {
                    li { (t.colon(&t.say("entry-desk-kept"))) }
                    @for (name, url) in &kept.filters { li { a href=(url) { (name) } } }
                }
            }
        }
    }
}

/// Keeping the filter of this list, and forgetting others.
fn keep(desk: &Desk, kept: &KeptFilters) -> Markup {
    let t = desk.site.locale;
    if kept.query.is_empty() && kept.filters.is_empty() {
        return html! {};
    }
    let errors: Vec<FieldError> = kept
        .wrong
        .map(|wrong| FieldError {
            id: "name".to_owned(),
            text: t.say(match wrong {
                WrongName::Empty => "entry-desk-keep-no-name",
                WrongName::TooMany => "entry-desk-keep-too-many",
            }),
        })
        .into_iter()
        .collect();
    html! {
        details open[!errors.is_empty()] {
            summary { (t.say("entry-desk-keep-title")) }
            @if !kept.query.is_empty() {
                (post_form(desk, &kept.action, &html! {
                    input type="hidden" name="query" value=(kept.query);
                    div class={ "field" @if !errors.is_empty() { " wrong" } } {
                        label for="name" { (t.say("entry-desk-keep-name")) }
                        (field_error(t, &errors, "name"))
                        input id="name" name="name" type="text" maxlength="60" required aria-describedby=[(!errors.is_empty()).then_some("name-error")];
                    }
                    p class="actions" { button class="quiet" name="do" value="keep" { (t.say("entry-desk-keep")) } }
                }))
            }
            @for (name, _) in &kept.filters {
                (post_form(desk, &kept.action, &html! {
                    input type="hidden" name="name" value=(name);
                    button class="plain" name="do" value="forget" { (t.fill("entry-desk-forget", [("name", name.as_str().into())])) }
                }))
            }
        }
    }
}
