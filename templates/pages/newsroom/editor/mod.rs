//! Writing an entry: news and events in one form.

mod audience;
mod fields;
mod messages;
mod others;
mod sample;
mod view;

use maud::{Markup, html};

pub use self::audience::audience;
use self::fields::{ACCESSIBILITY, ATTENDANCE, Rows, STATUS, boxes, choice, errors, line, text};
pub use self::fields::{is_field, said};
pub use self::others::others;
pub use self::view::{
    AudienceView, Conflict, Done, DraftOffer, EditorView, Panel, Preview, Problem, Stands, Trouble,
};
use crate::components::{FieldError, error_summary};
use crate::locale::Locale;
use crate::pages::entry::article;
use crate::pages::newsroom::components::{Tone, badge};
use crate::pages::newsroom::entries::show::{EntryPage, entry_tabs};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};

/// Renders the page.
pub fn page(desk: &Desk, view: &EditorView) -> Markup {
    let t = desk.site.locale;
    let errors = errors(t, view);
    let page = DeskPage {
        crumbs: vec![(
            "/newsroom/entries".to_owned(),
            t.say("newsroom-area-entries"),
        )],
        done: view.done.map(|done| t.say(messages::done(done))),
        has_errors: !errors.is_empty(),
        scripts: &["editor"],
        done_link: done_link(t, view),
        state: html! { @if let Some(stands) = &view.stands { (stands.state.badge(t)) } },
        sub: html! {
            @if view.is_public { p { (t.say("editor-is-public")) } }
            @if view.is_new { p { (t.say("editor-picture-later")) } }
        },
        tabs: html! {
            @if let Some(stands) = &view.stands {
                (entry_tabs(t, &stands.pages, stands.versions, EntryPage::Edit))
            }
        },
        actions: html! {
            @if let Some(href) = &view.picture { a class="button quiet" href=(href) { (t.say("editor-picture")) } }
        },
        ..DeskPage::new(title(t, view))
    };
    let body = html! {
        (messages::trouble(t, view))
        (error_summary(t, &errors))
        (messages::series(t, view))
        div id="others" role="status" { (others(t, &view.others)) }
        (messages::drafts(desk, view))
        div id="editor" data-kept=(t.say("editor-kept")) data-not-kept=(t.say("editor-not-kept")) {
            (post_form(desk, &view.action, &form(t, view, &errors)))
        }
        div id="preview" aria-live="polite" { (previews(t, view)) }
    };
    frame(desk, &page, &body)
}

/// A new entry has a picture next, if any.
fn done_link(t: Locale, view: &EditorView) -> Option<(String, String)> {
    let picture = view.picture.clone().filter(|_| view.offers_picture)?;
    Some((picture, t.say("editor-picture-add")))
}

fn title(t: Locale, view: &EditorView) -> String {
    let own = view
        .panels
        .first()
        .map(|panel| view.value(&format!("title-{}", panel.tag)));
    match (own.filter(|title| !title.is_empty()), view.takes_place()) {
        (Some(title), _) if !view.is_new => title.to_owned(),
        (_, false) => t.say("editor-new-news"),
        (_, true) => t.say("editor-new-event"),
    }
}

fn form(t: Locale, view: &EditorView, errors: &[FieldError]) -> Markup {
    html! {
        input type="hidden" name="uuid" value=(view.uuid);
        @if let Some(base) = view.base { input type="hidden" name="base" value=(base); }
        @if !view.series.is_empty() { input type="hidden" name="confirmed" value=(view.series.len()); }
        @if view.is_merged { input type="hidden" name="merged" value="1"; }
        // Pressing Enter in a field saves; it does not publish.
        button class="hidden" name="do" value="save" tabindex="-1" aria-hidden="true" { (t.say(save(view))) }
        div class="sides" {
            @for panel in view.panels.iter().filter(|panel| panel.is_original) { (self::panel(t, view, errors, panel)) }
            div class="stack" {
                @for panel in view.panels.iter().filter(|panel| !panel.is_original) { (self::panel(t, view, errors, panel)) }
            }
        }
        @if view.takes_place() { (occasion(t, view, errors)) }
        fieldset class="panel stack" {
            legend { h2 { (t.say("editor-more")) } }
            (line(t, view, errors, "url", "url"))
            div class="row" {
                (line(t, view, errors, "contact-name", "text"))
                (line(t, view, errors, "contact-email", "email"))
                (line(t, view, errors, "contact-phone", "tel"))
            }
            @if !view.topics.is_empty() { (boxes(t, view, "topic", &view.topics)) }
            section {
                h3 { (t.say("editor-audience")) }
                div id="audience" data-href=(view.audience_href) aria-live="polite" { (audience(t, &view.audience)) }
            }
            @if view.panels.len() > 1 { (original(t, view)) }
        }
        (bar(t, view))
    }
}

/// The text in one language; a translation can be folded away.
fn panel(t: Locale, view: &EditorView, errors: &[FieldError], panel: &Panel) -> Markup {
    let tag = panel.tag.as_str();
    let name = |stem: &str| format!("{stem}-{tag}");
    let is_used = ["title", "teaser", "body"]
        .iter()
        .any(|stem| !view.value(&name(stem)).is_empty());
    let is_wrong = errors
        .iter()
        .any(|error| error.id.ends_with(&format!("-{tag}")));
    let texts = html! {
        (text(t, view, errors, (&name("title"), tag), Rows::One))
        (text(t, view, errors, (&name("teaser"), tag), Rows::Some))
        (text(t, view, errors, (&name("body"), tag), Rows::Many))
        @if !panel.news.is_empty() {
            p class="small" { (t.say("editor-news")) " " @for piece in &panel.news { ins { (piece) } " " } }
            label class="choice" {
                input type="checkbox" name=(name("reviewed")) value="on";
                span { (t.say("editor-reviewed")) }
            }
        }
    };
    html! {
        @if panel.is_original {
            fieldset class="panel stack" {
                legend { h2 { (panel.name) @if view.panels.len() > 1 { " " span class="small muted" { (t.say("editor-is-original")) } } } }
                (texts)
            }
        } @else {
            details class="panel stack" open[is_used || is_wrong] {
                summary {
                    span lang=(tag) { (panel.name) } " "
                    @if !panel.news.is_empty() { (badge(Tone::Ask, &t.say("editor-outdated"))) }
                    @else if !is_used { span class="small muted" { (t.say("editor-no-translation")) } }
                }
                (texts)
            }
        }
    }
}

/// When and where, and what else is said of an event.
fn occasion(t: Locale, view: &EditorView, errors: &[FieldError]) -> Markup {
    let accessibility = ACCESSIBILITY.map(|(value, key)| (value.to_owned(), t.say(key)));
    html! {
        fieldset class="panel stack" {
            legend { h2 { (t.say("editor-when-where")) } }
            div class="row low" {
                (line(t, view, errors, "start-day", "date"))
                (line(t, view, errors, "start-time", "time"))
                (line(t, view, errors, "end-day", "date"))
                (line(t, view, errors, "end-time", "time"))
            }
            label class="choice" {
                input type="checkbox" id="all-day" name="all-day" value="on" checked[!view.value("all-day").is_empty()];
                span { (t.say("editor-all-day")) }
            }
            @if view.is_new { (repeat(t, view, errors)) }
            (line(t, view, errors, "zone", "text"))
            (choice(t, view, "attendance", &ATTENDANCE))
            div class="row" {
                (line(t, view, errors, "place", "text"))
                (line(t, view, errors, "online-url", "url"))
            }
            (boxes(t, view, "accessibility", &accessibility))
        }
        fieldset class="panel stack" {
            legend { h2 { (t.say("editor-taking-part")) } }
            div class="row" {
                (line(t, view, errors, "organiser", "text"))
                (line(t, view, errors, "price", "text"))
            }
            div class="row" {
                (line(t, view, errors, "registration-url", "url"))
                (line(t, view, errors, "registration-day", "date"))
                (line(t, view, errors, "registration-time", "time"))
            }
            (choice(t, view, "status", &STATUS))
            @if let Some(stands) = view.stands.as_ref().filter(|stands| stands.can_cancel) {
                p class="small" { (t.say("editor-cancel-there")) " " a href=(stands.pages.show) { (t.say("editor-cancel-link")) } }
            }
        }
    }
}

/// How often a new event takes place.
fn repeat(t: Locale, view: &EditorView, errors: &[FieldError]) -> Markup {
    let options = [
        ("none", "editor-repeat-none"),
        ("week", "editor-repeat-week"),
        ("two-weeks", "editor-repeat-two-weeks"),
    ];
    html! {
        (choice(t, view, "repeat", &options))
        (line(t, view, errors, "repeat-until", "date"))
    }
}

/// The language the entry was written in.
fn original(t: Locale, view: &EditorView) -> Markup {
    html! {
        div class="field" {
            label for="original" { (t.say("editor-original")) }
            p class="hint" id="original-hint" { (t.say("editor-original-hint")) }
            select id="original" name="original" aria-describedby="original-hint" {
                @for panel in &view.panels {
                    option value=(panel.tag) selected[panel.is_original] { (panel.name) }
                }
            }
        }
    }
}

/// What saving does, by its name.
fn save(view: &EditorView) -> &'static str {
    if view.is_public {
        "editor-save-public"
    } else if view.is_draft() {
        "editor-save"
    } else {
        "editor-save-only"
    }
}

/// What can be done with it.
fn bar(t: Locale, view: &EditorView) -> Markup {
    html! {
        div class="bar" {
            button name="do" value="save" { (t.say(save(view))) }
            @if !view.is_public {
                button class="quiet" name="do" value="publish" { (t.say("editor-publish")) }
                @if view.can_hand_in { button class="quiet" name="do" value="hand-in" { (t.say("editor-hand-in")) } }
            }
            // Half an event can be looked at.
            button class="quiet" name="do" value="preview" formnovalidate formaction={ (view.action) "#preview" } { (t.say("editor-preview")) }
            span class="small muted" id="kept" role="status" {}
        }
    }
}

/// How it would look, as readers of each language see it.
fn previews(t: Locale, view: &EditorView) -> Markup {
    if view.previews.is_empty() {
        return html! {};
    }
    html! {
        section class="panel tinted" aria-labelledby="preview-title" {
            h2 id="preview-title" { (t.say("editor-preview-title")) }
            @for preview in &view.previews { (self::preview(preview, view.previews.len() > 1)) }
        }
    }
}

fn preview(preview: &Preview, is_one_of_several: bool) -> Markup {
    let (t, entry) = (preview.locale, &preview.entry);
    html! {
        div class="preview article" lang=(t.code()) {
            @if is_one_of_several { h3 lang=[entry.lang.as_deref()] { (preview.name) } }
            @if entry.title.is_empty() { p class="muted" { (t.say("editor-untitled")) } }
            @else { p class="preview-headline" lang=[entry.lang.as_deref()] { (entry.title) } }
            (article(t, entry))
        }
    }
}
