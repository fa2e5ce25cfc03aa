//! How an entry is told in one issue only.

use maud::{Markup, html};

use super::head::IssueHead;
use super::sample;
use super::texts::buttons;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, csrf_field, frame};
use crate::sample::Sample;

/// The form for one entry and one of its languages.
#[derive(Debug, Clone)]
pub struct ShortenView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub url: String,
    /// The language of the words, as a tag.
    pub language: String,
    /// The languages of the entry: tag and name.
    pub languages: Vec<(String, String)>,
    /// The entry's own title.
    pub own_title: String,
    /// The entry's own teaser; where it has none, what mails tell of it.
    pub own_teaser: String,
    /// The title in this issue; empty: the entry's own.
    pub title: String,
    /// The teaser in this issue; empty: the entry's own.
    pub teaser: String,
    /// The words that were there when the form was shown.
    pub seen: (String, String),
    /// The most characters of each.
    pub most: (usize, usize),
    /// Whether the words of another language were just stored.
    pub is_stored: bool,
    /// What has to be corrected.
    pub error: Option<ShortenError>,
}

/// Why the words were not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShortenError {
    /// One of them is too long.
    TooLong,
    /// Somebody else wrote these meanwhile.
    Overwritten(String, String),
}

/// Renders the page.
pub fn page(desk: &Desk, view: &ShortenView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("issue-desk-shorten-title"));
    page.done = view.is_stored.then(|| t.say("issue-desk-done-shortened"));
    page.has_errors = view.error.is_some();
    page.sub = html! { p { (t.say("issue-desk-shorten-sub")) } };
    let lang = view.language.as_str();
    let body = html! {
        @if let Some(error) = &view.error { (problem(t, error, lang)) }
        div class="sides" {
            section class="panel tinted" aria-labelledby="own" {
                h2 id="own" { (t.say("issue-desk-shorten-own")) }
                p lang=(lang) { b { (view.own_title) } }
                @if !view.own_teaser.is_empty() { p lang=(lang) { (view.own_teaser) } }
            }
            (form(desk, view))
        }
    };
    frame(desk, &page, &body)
}

fn form(desk: &Desk, view: &ShortenView) -> Markup {
    let t = desk.site.locale;
    let lang = view.language.as_str();
    let languages = view.languages.iter();
    let languages = languages.map(|(tag, name)| (tag.as_str(), name.clone(), tag == lang));
    html! {
        form method="post" action=(view.url) class="form" {
            (csrf_field(desk))
            (buttons(t, &t.say("issue-desk-shorten-save"), languages))
            input type="hidden" name="language" value=(lang);
            input type="hidden" name="seen-title" value=(view.seen.0);
            input type="hidden" name="seen-teaser" value=(view.seen.1);
            div class="field" {
                label for="title" { (t.say("issue-desk-shorten-name")) " " span class="optional" { (t.say("newsroom-optional")) } }
                p class="hint" id="title-hint" { (t.say("issue-desk-shorten-name-hint")) }
                input type="text" id="title" name="title" lang=(lang) value=(view.title) maxlength=(view.most.0) aria-describedby="title-hint";
            }
            div class="field" {
                label for="teaser" { (t.say("issue-desk-shorten-teaser")) " " span class="optional" { (t.say("newsroom-optional")) } }
                p class="hint" id="teaser-hint" { (t.say("issue-desk-shorten-teaser-hint")) }
                textarea id="teaser" name="teaser" lang=(lang) rows="5" maxlength=(view.most.1) aria-describedby="teaser-hint" { "\n" (view.teaser) }
            }
            div class="bar" {
                button name="do" value="save" { (t.say("issue-desk-shorten-save")) }
                @if !view.seen.0.is_empty() { button class="quiet" name="do" value="restore" { (t.say("issue-desk-shorten-restore")) } }
                a href=(view.head.url) { (t.say("issue-desk-back")) }
            }
        }
    }
}

fn problem(t: Locale, error: &ShortenError, lang: &str) -> Markup {
    html! {
        div class="alert danger" role="alert" tabindex="-1" {
            @match error {
                ShortenError::TooLong => { p { (t.say("issue-desk-words-long")) } }
                ShortenError::Overwritten(title, teaser) => {
                    p { b { (t.say("issue-desk-words-overwritten-title")) } " " (t.say("issue-desk-words-overwritten-text")) }
                    p lang=(lang) { b { (title) } }
                    @if !teaser.is_empty() { p lang=(lang) { (teaser) } }
                }
            }
        }
    }
}

impl Sample for ShortenView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            head: sample::head(locale),
            url: "/newsroom/issues/region/48/entries/1/shorten".into(),
            language: "de".into(),
            languages: [("de".into(), "Deutsch".into()), ("en".into(), "English".into())].into(),
            own_title: "Neue Trinkwasserbrunnen für die Region".into(),
            own_teaser: "Zwölf Gemeinden bekommen bis zum Sommer öffentliche Brunnen. Der Umweltausschuss hat die Standorte beschlossen.".into(),
            title: "Zwölf neue Trinkwasserbrunnen".into(),
            teaser: String::new(),
            seen: ("Zwölf neue Trinkwasserbrunnen".into(), String::new()),
            most: (200, 1_000),
            is_stored: false,
            error: None,
        };
        let overwritten = Self {
            error: Some(ShortenError::Overwritten(
                "Brunnen für alle".into(),
                "Zwölf Gemeinden bekommen Brunnen.".into(),
            )),
            ..usual.clone()
        };
        vec![("usual", usual), ("overwritten", overwritten)]
    }
}
