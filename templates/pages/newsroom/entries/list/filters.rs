//! Finding entries: the form above the list, and the filters that were kept.

use maud::{Markup, html};

use super::view::{Choice, FilterForm, KeptFilters, WrongName};
use crate::components::{FieldError, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, post_form};

pub(super) fn filter(t: Locale, form: &FilterForm) -> Markup {
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
            span id="clear" { @if let Some(all) = &form.all { a class="button plain" href=(all) { (t.say("entry-desk-clear")) } } }
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

/// The filters that were kept, one click away.
pub(super) fn kept(desk: &Desk, kept: &KeptFilters) -> Markup {
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
pub(super) fn keep(desk: &Desk, kept: &KeptFilters) -> Markup {
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
