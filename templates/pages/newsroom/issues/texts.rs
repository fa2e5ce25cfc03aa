//! The headline and introduction of an issue, one language at a time.

use maud::{Markup, html};

use super::entries::FORM;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, csrf_field};

/// The form for the words of one language.
#[derive(Debug, Clone)]
pub struct TextForm {
    /// Where it posts to.
    pub url: String,
    /// The language of the words.
    pub language: Locale,
    /// The headline: the subject of the mail; empty: made of what leads in it.
    pub subject: String,
    /// The introduction.
    pub introduction: String,
    /// The words that were there when the form was shown: the headline, the introduction.
    pub seen: (String, String),
    /// The most characters of each.
    pub most: (usize, usize),
    /// All languages.
    pub languages: Vec<LanguageTab>,
    /// What has to be corrected.
    pub errors: Option<TextErrors>,
}

/// A language whose words can be written.
#[derive(Debug, Clone)]
pub struct LanguageTab {
    /// Which.
    pub language: Locale,
    /// The page on which they are written.
    pub url: String,
    /// Whether others have an introduction or a headline and this one has none.
    pub is_missing: bool,
}

impl LanguageTab {
    fn name(&self, t: Locale) -> String {
        let name = self.language.own_name();
        if self.is_missing {
            t.fill("issue-desk-language-missing", [("language", name.into())])
        } else {
            name.to_owned()
        }
    }
}

/// Why words were not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextErrors {
    /// One of them is too long.
    TooLong,
    /// Somebody else wrote these meanwhile: headline and introduction.
    Overwritten(String, String),
}

/// The section with the form, where the contents of this version may be changed; without it, the words as they are.
pub(super) fn text_form(desk: &Desk, form: &TextForm, version: Option<i64>) -> Markup {
    let t = desk.site.locale;
    html! {
        section aria-labelledby="words" {
            h2 id="words" { (t.say("issue-desk-words")) }
            @if let Some(version) = version { (fields(desk, form, version)) } @else { (languages(t, form)) (shown(t, form)) }
        }
    }
}

fn languages(t: Locale, form: &TextForm) -> Markup {
    html! {
        @if form.languages.len() > 1 {
            nav class="views" aria-label=(t.say("issue-desk-languages")) {
                @for tab in &form.languages {
                    a href=(tab.url) aria-current=[(tab.language == form.language).then_some("true")] { (tab.name(t)) }
                }
            }
        }
    }
}

/// The languages as buttons of the form: what was typed is stored before another one is shown.
fn language_buttons(t: Locale, form: &TextForm) -> Markup {
    let tabs = form.languages.iter().map(|tab| {
        let is_shown = tab.language == form.language;
        (tab.language.code(), tab.name(t), is_shown)
    });
    buttons(t, &t.say("issue-desk-save-words"), tabs)
}

/// Languages as buttons that store the form and lead to another one. Pressing Enter in a field stores it and
/// stays.
pub(super) fn buttons<'a>(
    t: Locale,
    save: &str,
    tabs: impl ExactSizeIterator<Item = (&'a str, String, bool)>,
) -> Markup {
    html! {
        @if tabs.len() > 1 {
            button class="hidden" name="do" value="save" tabindex="-1" aria-hidden="true" { (save) }
            div class="views" role="group" aria-label=(t.say("issue-desk-languages")) {
                @for (code, name, is_shown) in tabs {
                    button class="quiet" name="go" value=(code) aria-current=[is_shown.then_some("true")] { (name) }
                }
            }
        }
    }
}

fn shown(t: Locale, form: &TextForm) -> Markup {
    let lang = form.language.code();
    html! {
        @if form.subject.is_empty() && form.introduction.is_empty() {
            p class="muted" { (t.say("issue-desk-no-words")) }
        }
        @if !form.subject.is_empty() { p lang=(lang) { b { (form.subject) } } }
        @if !form.introduction.is_empty() { p lang=(lang) class="written" { (form.introduction) } }
    }
}

fn fields(desk: &Desk, form: &TextForm, version: i64) -> Markup {
    let t = desk.site.locale;
    let lang = form.language.code();
    html! {
        @if let Some(errors) = &form.errors { (problem(t, errors, lang)) }
        // In one form with the buttons of the entries: those store what was typed, too.
        form method="post" action=(form.url) class="form" id=(FORM) {
            (csrf_field(desk))
            (language_buttons(t, form))
            input type="hidden" name="version" value=(version);
            input type="hidden" name="language" value=(lang);
            input type="hidden" name="seen-subject" value=(form.seen.0);
            input type="hidden" name="seen-introduction" value=(form.seen.1);
            div class="field" {
                label for="subject" { (t.say("issue-desk-subject")) " " span class="optional" { (t.say("newsroom-optional")) } }
                p class="hint" id="subject-hint" { (t.say("issue-desk-subject-hint")) }
                input type="text" id="subject" name="subject" lang=(lang) value=(form.subject) maxlength=(form.most.0)
                    aria-describedby="subject-hint";
            }
            div class="field" {
                label for="introduction" { (t.say("issue-desk-introduction")) " " span class="optional" { (t.say("newsroom-optional")) } }
                // A line feed after the tag is dropped by browsers.
                textarea id="introduction" name="introduction" lang=(lang) maxlength=(form.most.1) rows="4" { "\n" (form.introduction) }
            }
            p { button class="quiet" { (t.say("issue-desk-save-words")) } }
        }
    }
}

fn problem(t: Locale, errors: &TextErrors, lang: &str) -> Markup {
    html! {
        div class="alert danger" role="alert" tabindex="-1" {
            @match errors {
                TextErrors::TooLong => { p { (t.say("issue-desk-words-long")) } }
                TextErrors::Overwritten(subject, introduction) => {
                    p { b { (t.say("issue-desk-words-overwritten-title")) } " " (t.say("issue-desk-words-overwritten-text")) }
                    @if !subject.is_empty() { p lang=(lang) { b { (subject) } } }
                    @if !introduction.is_empty() { p lang=(lang) class="written" { (introduction) } }
                }
            }
        }
    }
}
