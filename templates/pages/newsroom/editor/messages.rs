//! What the editor says above its form: what went wrong, who else writes, what was not saved.

use maud::{Markup, html};

use super::fields::{label, language, word};
use super::view::{Conflict, Done, DraftOffer, EditorView, Trouble};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, post_form};

pub(super) const fn done(done: Done) -> &'static str {
    match done {
        Done::Saved => "editor-done-saved",
        Done::Published => "editor-done-published",
        Done::HandedIn => "editor-done-handed-in",
        Done::Unchanged => "editor-done-unchanged",
        Done::Merged => "editor-done-merged",
        Done::Dropped => "editor-done-dropped",
    }
}

/// Why nothing was saved.
pub(super) fn trouble(t: Locale, view: &EditorView) -> Markup {
    let Some(trouble) = &view.trouble else {
        return html! {};
    };
    html! {
        @match trouble {
            Trouble::NotSaved => div class="alert danger" role="alert" {
                h2 class="alert-title" { (t.say("editor-not-saved-title")) }
                p { (t.say("editor-not-saved")) }
            },
            Trouble::State => div class="alert danger" role="alert" {
                h2 class="alert-title" { (t.say("editor-not-saved-title")) }
                p { (t.say("editor-state-changed")) }
            },
            Trouble::MovedOn(name) => (moved_on(t, view, &name_or_somebody(t, name))),
        }
    }
}

/// Somebody else saved meanwhile, and both changed the same place.
fn moved_on(t: Locale, view: &EditorView, who: &str) -> Markup {
    html! {
        div class="alert warning" role="alert" {
            h2 class="alert-title" { (t.fill("editor-moved-on-title", [("who", who.into())])) }
            p { (t.say("editor-moved-on")) }
            @for conflict in &view.conflicts { (self::conflict(t, view, conflict, who)) }
        }
    }
}

fn name_or_somebody(t: Locale, name: &str) -> String {
    if name.is_empty() {
        t.say("editor-somebody")
    } else {
        name.to_owned()
    }
}

fn conflict(t: Locale, view: &EditorView, conflict: &Conflict, who: &str) -> Markup {
    let field = conflict.field.as_str();
    let lang = language(field);
    let panel = view.panels.iter().find(|panel| lang == Some(&panel.tag));
    let side = |who: &str, value: &str| {
        let is_text = lang.is_some() && !value.is_empty();
        html! {
            div class="panel" {
                p class="small muted" { (who) }
                p class="as-written" lang=[lang.filter(|_| is_text)] { @if is_text { (value) } @else { (word(t, field, value)) } }
            }
        }
    };
    html! {
        div class="conflict" {
            h3 {
                a href={ "#" (field) } { (label(t, field)) }
                @if let Some(panel) = panel { " " span class="small muted" lang=(panel.tag) { (panel.name) } }
            }
            div class="sides" { (side(who, &conflict.theirs)) (side(&t.say("editor-yours"), &conflict.mine)) }
            p class="small" { (t.say(if lang.is_some() { "editor-both-in-form" } else { "editor-mine-in-form" })) }
        }
    }
}

/// What saving a repeated event would write.
pub(super) fn series(t: Locale, view: &EditorView) -> Markup {
    html! {
        @if !view.series.is_empty() {
            div class="alert warning" role="alert" {
                h2 class="alert-title" { (t.fill("editor-series-title", [("count", view.series.len().into())])) }
                p { (t.say("editor-series")) }
                ul { @for date in &view.series { li { (date) } } }
            }
        }
    }
}

/// What was written and not saved.
pub(super) fn drafts(desk: &Desk, view: &EditorView) -> Markup {
    let t = desk.site.locale;
    html! {
        @for draft in &view.drafts { (self::draft(desk, t, draft, &view.action)) }
    }
}

fn draft(desk: &Desk, t: Locale, draft: &DraftOffer, action: &str) -> Markup {
    let title = if draft.title.is_empty() {
        t.say("editor-untitled")
    } else {
        draft.title.clone()
    };
    html! {
        div class="alert" {
            p { (t.fill("editor-draft", [("title", title.into()), ("at", draft.at.as_str().into())])) }
            div class="actions" {
                a class="button quiet" href=(draft.href) { (t.say("editor-draft-open")) }
                (post_form(desk, action, &html! {
                    input type="hidden" name="uuid" value=(draft.entry);
                    button class="plain" name="do" value="drop" { (t.say("editor-draft-drop")) }
                }))
            }
        }
    }
}
