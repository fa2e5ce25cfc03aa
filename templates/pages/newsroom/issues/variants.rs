//! How readers get an issue: every variant in every view, and how many get which.

use maud::{Markup, html};

use super::head::{IssueHead, Part};
use super::{sample, words};
use crate::locale::Locale;
use crate::pages::newsroom::components::onward;
use crate::pages::newsroom::frame::{Desk, frame};
use crate::sample::Sample;

/// The variants of an issue, one of them shown.
#[derive(Debug, Clone)]
pub struct VariantsView {
    /// The head of the page.
    pub head: IssueHead,
    /// Where the page is.
    pub url: String,
    /// The languages in which the issue can be read, and whether each is shown.
    pub languages: Vec<(Locale, bool)>,
    /// The sets of topics that can be chosen: mask, names, whether it is shown.
    pub sets: Vec<(i64, String, bool)>,
    /// The variant that is shown; none where it cannot be sent.
    pub shown: Option<VariantShown>,
    /// The variants, those with the most readers first.
    pub rows: Vec<VariantRow>,
    /// How many there are in all.
    pub all: i64,
    /// Readers who would find nothing in the issue and get no mail.
    pub nothing: i64,
    /// The page of the table before this one.
    pub before: Option<String>,
    /// The page after it.
    pub after: Option<String>,
    /// Where a test mail of this variant is sent from; none where this user may not.
    pub test_url: Option<String>,
    /// Where it is shown as one reader gets it; none where this user may not.
    pub as_reader_url: Option<String>,
}

/// The variant that is shown.
#[derive(Debug, Clone)]
pub struct VariantShown {
    /// Its subject.
    pub subject: String,
    /// Its language.
    pub language: Locale,
    /// The names of its topics.
    pub topics: String,
    /// How many get just this.
    pub people: i64,
    /// How many entries it tells.
    pub entries: usize,
    /// The size of its HTML, in kilobytes.
    pub kilobytes: usize,
    /// Whether entries are told shorter than they are, so that it is not cut off.
    pub is_shortened: bool,
    /// The views of it, and which one is shown.
    pub views: Vec<(View, String)>,
    /// The view that is shown.
    pub view: View,
    /// What it consists of.
    pub content: Content,
}

/// A view of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// As on a large screen.
    Desktop,
    /// As wide as a phone.
    Phone,
    /// In dark colours.
    Dark,
    /// Without pictures.
    NoImages,
    /// The text part.
    Text,
    /// The mail as it is sent.
    Source,
}

impl View {
    /// Every view.
    pub const ALL: [Self; 6] = [
        Self::Desktop,
        Self::Phone,
        Self::Dark,
        Self::NoImages,
        Self::Text,
        Self::Source,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Desktop => "issue-desk-view-desktop",
            Self::Phone => "issue-desk-view-phone",
            Self::Dark => "issue-desk-view-dark",
            Self::NoImages => "issue-desk-view-no-images",
            Self::Text => "issue-desk-view-text",
            Self::Source => "issue-desk-view-source",
        }
    }

    /// Its name in the address of the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Dark => "dark",
            Self::NoImages => "no-images",
            Self::Text => "text",
            Self::Source => "source",
        }
    }

    /// The one with this name; the first where there is none.
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|view| view.code() == code);
        found.unwrap_or(Self::Desktop)
    }
}

/// What is shown of a mail.
#[derive(Debug, Clone)]
pub enum Content {
    /// The bare HTML, in a frame.
    Frame(String),
    /// A text as it is.
    Text(String),
}

/// A variant in the table.
#[derive(Debug, Clone)]
pub struct VariantRow {
    /// The page on which it is shown.
    pub url: String,
    /// Its language.
    pub language: Locale,
    /// The names of its topics.
    pub topics: String,
    /// How many get just this.
    pub people: i64,
    /// Whether it is the one that is shown.
    pub is_shown: bool,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &VariantsView) -> Markup {
    let t = desk.site.locale;
    let page = view.head.page(t, Part::Variants);
    let body = html! {
        div class="two" {
            section class="stack" aria-labelledby="shown" {
                h2 id="shown" { (t.say("issue-desk-preview")) }
                (picker(t, view))
                @match &view.shown {
                    Some(shown) => { (mail(t, shown)) }
                    None => { div class="alert danger" role="alert" { p { (t.say("issue-desk-variant-unusable")) } } }
                }
                @if let Some(url) = &view.test_url { p { a href=(url) { (t.say("issue-desk-test")) } } }
                @if let Some(url) = &view.as_reader_url { p { a href=(url) { (t.say("issue-desk-as-reader")) } } }
            }
            section class="stack" aria-labelledby="matrix" {
                h2 id="matrix" { (t.say("issue-desk-matrix")) }
                (matrix(t, view))
            }
        }
    };
    frame(desk, &page, &body)
}

fn picker(t: Locale, view: &VariantsView) -> Markup {
    let current = view
        .shown
        .as_ref()
        .map_or(View::Desktop, |shown| shown.view);
    html! {
        form method="get" action=(view.url) class="filters" {
            div {
                label for="language" { (t.say("issue-desk-language")) }
                select id="language" name="language" {
                    @for (language, shown) in &view.languages {
                        option value=(language.code()) selected[*shown] { (language.own_name()) }
                    }
                }
            }
            div class="search" {
                label for="topics" { (t.say("issue-desk-topics")) }
                select id="topics" name="topics" {
                    @for (mask, names, shown) in &view.sets { option value=(mask) selected[*shown] { (names) } }
                }
            }
            input type="hidden" name="view" value=(current.code());
            button class="quiet" { (t.say("issue-desk-show")) }
        }
    }
}

fn mail(t: Locale, shown: &VariantShown) -> Markup {
    let size = shown.kilobytes.to_string();
    let entries = t.fill("issue-desk-entries", [("count", shown.entries.into())]);
    html! {
        nav class="views" aria-label=(t.say("issue-desk-views")) {
            @for (view, url) in &shown.views {
                a href=(url) aria-current=[(*view == shown.view).then_some("true")] { (t.say(view.key())) }
            }
        }
        div class={ "mail" @if shown.view == View::Phone { " phone" } } {
            p class="subject" {
                b lang=(shown.language.code()) { (shown.subject) }
                br;
                span class="muted small" {
                    (shown.language.own_name()) " · " (shown.topics) " · " (words::people(t, shown.people)) " · " (entries) " · " (size) " KB"
                }
            }
            @match &shown.content {
                Content::Frame(url) => {
                    iframe title=(t.say("issue-desk-frame")) src=(url) sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
                Content::Text(text) => {
                    pre tabindex="0" role="region" aria-label=(t.say("issue-desk-frame")) { (text) }
                }
            }
        }
        @if shown.is_shortened { p class="note" { (t.say("issue-desk-is-shortened")) } }
    }
}

fn matrix(t: Locale, view: &VariantsView) -> Markup {
    let heads = [
        t.say("issue-desk-topics"),
        t.say("issue-desk-language"),
        t.say("issue-desk-column-people"),
    ];
    html! {
        p class="muted" {
            (t.fill("issue-desk-matrix-sum", [("variants", words::variants_alone(t, view.all).into())]))
            @if view.nothing > 0 {
                " " (t.fill("issue-desk-matrix-nothing", [("people", words::people(t, view.nothing).into())]))
            }
        }
        @if view.rows.is_empty() {
            p { (t.say("issue-desk-matrix-empty")) }
        } @else {
            table class="lists" {
                caption class="hidden" { (t.say("issue-desk-matrix")) }
                thead { tr { @for (at, head) in heads.iter().enumerate() { th scope="col" class=[(at == 2).then_some("num")] { (head) } } } }
                tbody {
                    @for row in &view.rows {
                        tr {
                            th scope="row" { a href=(row.url) aria-current=[row.is_shown.then_some("true")] { (row.topics) } }
                            td data-label=(heads[1]) { (row.language.own_name()) }
                            td class="num" data-label=(heads[2]) { (words::number(t, row.people)) }
                        }
                    }
                }
            }
        }
        (onward(t, view.before.as_deref(), view.after.as_deref()))
    }
}

impl Sample for VariantsView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = sample::variants(locale);
        let mut text = usual.clone();
        if let Some(shown) = &mut text.shown {
            shown.view = View::Text;
            shown.is_shortened = true;
            shown.content = Content::Text("REGION AKTUELL\n\nNeue Trinkwasserbrunnen\n\nZwölf Gemeinden bekommen bis zum Sommer öffentliche Brunnen.\n".into());
        }
        let nobody = Self {
            shown: None,
            rows: Vec::new(),
            all: 0,
            nothing: 12,
            ..usual.clone()
        };
        vec![("usual", usual), ("text", text), ("nobody", nobody)]
    }
}
