//! Components of the newsroom's pages: badges of states, tabs, pages of a list, fields.

use maud::{Markup, html};

use crate::components::{FieldError, described_by, field_error};
use crate::locale::Locale;

/// Groups of fewer people than this are not shown by their number.
pub(crate) const FEWEST_SHOWN: i64 = 5;

/// How a state is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    Quiet,
    /// Somebody has to do something.
    Ask,
    /// Under way.
    Go,
    /// As it should be.
    Good,
    /// Something is wrong.
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Quiet => "state",
            Self::Ask => "state ask",
            Self::Go => "state go",
            Self::Good => "state good",
            Self::Bad => "state bad",
        }
    }
}

/// A state as a word in a quiet frame; the colour only repeats it.
pub(crate) fn badge(tone: Tone, word: &str) -> Markup {
    html! { span class=(tone.class()) { (word) } }
}

/// A tab: where it leads, its name, and whether it is this page.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Where it leads.
    pub url: String,
    /// Its name in the page's language.
    pub name: String,
    /// A number beside the name, such as how many checks failed.
    pub count: Option<u32>,
    /// Whether it is this page.
    pub current: bool,
}

/// The tabs of a page.
pub(crate) fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav aria-label=(label) {
            ul class="tabs" {
                @for tab in tabs {
                    li {
                        a href=(tab.url) aria-current=[tab.current.then_some("page")] {
                            (tab.name)
                            @if let Some(count) = tab.count { " " span class="count" { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// The way to the pages of a list before and after this one.
pub(crate) fn onward(t: Locale, before: Option<&str>, after: Option<&str>) -> Markup {
    html! {
        @if before.is_some() || after.is_some() {
            nav class="onward" aria-label=(t.say("newsroom-pages")) {
                @if let Some(url) = before { a href=(url) rel="prev" { "← " (t.say("newsroom-page-before")) } }
                @if let Some(url) = after { a href=(url) rel="next" { (t.say("newsroom-page-after")) " →" } }
            }
        }
    }
}

/// A field of one line.
#[derive(Debug)]
pub struct TextField<'a> {
    /// Its name and id.
    pub name: &'a str,
    /// `text`, `email`, `password`, `url`, `date`, `datetime-local`, `number`, `search`.
    pub kind: &'a str,
    /// What it is for.
    pub label: String,
    /// How to fill it in.
    pub hint: Option<String>,
    /// What stands in it.
    pub value: &'a str,
    /// What the browser may fill in (HTML §4.10.18.7.1).
    pub autocomplete: Option<&'a str>,
    /// The most characters.
    pub most: Option<u32>,
    /// Whether the form is incomplete without it.
    pub required: bool,
}

/// Writes a field with its label, hint and error.
pub(crate) fn text_field(t: Locale, field: &TextField<'_>, errors: &[FieldError]) -> Markup {
    field_of(t, field, !field.required, errors)
}

/// Writes a field that belongs to one of several choices: it is needed only with that one, so neither the
/// browser asks for it nor is it called optional.
pub(crate) fn field_of_choice(t: Locale, field: &TextField<'_>, errors: &[FieldError]) -> Markup {
    field_of(t, field, false, errors)
}

fn field_of(t: Locale, field: &TextField<'_>, is_optional: bool, errors: &[FieldError]) -> Markup {
    let id = field.name;
    let wrong = errors.iter().any(|error| error.id == id);
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for=(id) { (field.label) @if is_optional { " " span class="optional" { (t.say("newsroom-optional")) } } }
            @if let Some(hint) = &field.hint { p class="hint" id={ (id) "-hint" } { (hint) } }
            (field_error(t, errors, id))
            input id=(id) name=(id) type=(field.kind) value=[(field.kind != "password").then_some(field.value)]
                autocomplete=[field.autocomplete] maxlength=[field.most] required[field.required]
                aria-describedby=[described_by(errors, id, field.hint.is_some())] aria-invalid=[wrong.then_some("true")];
        }
    }
}
