//! The list of entries: what there is, found by words and facts.

mod filters;
mod sample;
mod view;

use maud::{Markup, html};

use self::filters::{filter, keep, kept};
pub use self::view::{
    Choice, EntryLine, EntryListView, FilterForm, KeptFilters, ListDone, ListWork, StateTab,
    WrongName,
};
use super::words::{self, State};
use crate::locale::Locale;
use crate::pages::newsroom::components::{Tab, onward, tabs};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame};

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryListView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        div class="stack" {
            (kept(desk, &view.kept))
            (filter(t, &view.filter))
            p class="muted" id="count" role="status" { (t.fill("entry-desk-count", [("count", view.total.into())])) }
            div id="results" { (results(t, view)) }
            div id="keep" { (keep(desk, &view.kept)) }
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
