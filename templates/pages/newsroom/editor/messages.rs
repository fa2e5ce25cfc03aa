//! What the editor says above its form: what went wrong, who else writes, what was not saved.

use maud::{Markup, html};

use super::fields::label;
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
            @for conflict in &view.conflicts { (self::conflict(t, conflict, who)) }
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

fn conflict(t: Locale, conflict: &Conflict, who: &str) -> Markup {
    html! {
        div class="conflict" {
            h3 { a href={ "#" (conflict.field) } { (label(t, &conflict.field)) } }
            div class="sides" {
                div class="panel" { p class="small muted" { (who) } p class="as-written" { (conflict.theirs) } }
                div class="panel" { p class="small muted" { (t.say("editor-yours")) } p class="as-written" { (conflict.mine) } }
            }
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

/// Who has it open too.
pub(super) fn others(t: Locale, view: &EditorView) -> Markup {
    html! {
        @if !view.others.is_empty() {
            div class="alert" role="status" {
                p { (t.fill("editor-others", [("who", t.list(&view.others).into()), ("count", view.others.len().into())])) }
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
