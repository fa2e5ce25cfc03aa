//! What is in an issue: its words, its entries in their order, what was left out, and how it arrives.

use maud::{Markup, html};

use super::entries::sections;
use super::head::{IssueHead, Part};
use super::left_out::left_out;
use super::texts::text_form;
use super::{sample, words};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, frame};
use crate::pages::newsroom::unsaved::{Unsaved, UnsavedKind, unsaved};
use crate::sample::Sample;

pub use super::entries::{ItemRow, Kind, Note, SectionView};
pub use super::left_out::{LeftOutRow, LeftOutView, Why};
pub use super::texts::{LanguageTab, TextErrors, TextForm};

/// The contents of an issue.
#[derive(Debug, Clone)]
pub struct ContentsView {
    /// The head of the page.
    pub head: IssueHead,
    /// What was just done.
    pub done: Option<Done>,
    /// What stands in the way of what was asked for.
    pub problem: Option<Problem>,
    /// What was typed and could not be stored.
    pub unsaved: Vec<Unsaved>,
    /// Whether this user may change it, in the state it has.
    pub editable: bool,
    /// Whether a change takes it back from the approver, or voids an approval.
    pub voids: Option<Voids>,
    /// The version of the order that is shown.
    pub version: i64,
    /// Where the buttons of the entries post to.
    pub entries_url: String,
    /// The page that shows every entry, however many there are.
    pub all_url: String,
    /// The page on which published entries are looked for and added.
    pub add_url: String,
    /// Its headline and introduction.
    pub texts: TextForm,
    /// Its entries.
    pub sections: Vec<SectionView>,
    /// What it does not tell.
    pub left_out: LeftOutView,
    /// How it arrives, for most readers.
    pub preview: Option<PreviewPane>,
    /// The button that has the focus when the page is shown: its id.
    pub focus: Option<String>,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The issue was composed.
    Composed,
    /// An entry was added.
    Added,
    /// An entry was taken out.
    LeftOut,
    /// An entry was moved.
    Moved,
    /// An entry comes first.
    Pinned,
    /// An entry does not come first any more.
    Unpinned,
    /// An entry was given words of its own.
    Shortened,
    /// Headline and introduction were written.
    Written,
    /// A test mail is on its way.
    Tested,
    /// The time was set.
    Timed,
    /// The time was set to the first of two that the clock shows.
    TimedFirst,
}

impl Done {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::Composed,
        Self::Added,
        Self::LeftOut,
        Self::Moved,
        Self::Pinned,
        Self::Unpinned,
        Self::Shortened,
        Self::Written,
        Self::Tested,
        Self::Timed,
        Self::TimedFirst,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Composed => "issue-desk-done-composed",
            Self::Added => "issue-desk-done-added",
            Self::LeftOut => "issue-desk-done-left-out",
            Self::Moved => "issue-desk-done-moved",
            Self::Pinned => "issue-desk-done-pinned",
            Self::Unpinned => "issue-desk-done-unpinned",
            Self::Shortened => "issue-desk-done-shortened",
            Self::Written => "issue-desk-done-written",
            Self::Tested => "issue-desk-done-tested",
            Self::Timed => "issue-desk-done-timed",
            Self::TimedFirst => "issue-desk-done-timed-first",
        }
    }

    /// Its name in the address of the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Composed => "composed",
            Self::Added => "added",
            Self::LeftOut => "left-out",
            Self::Moved => "moved",
            Self::Pinned => "pinned",
            Self::Unpinned => "unpinned",
            Self::Shortened => "shortened",
            Self::Written => "written",
            Self::Tested => "tested",
            Self::Timed => "timed",
            Self::TimedFirst => "timed-first",
        }
    }

    /// The one with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Somebody else changed the entries in the meantime.
    Conflict,
    /// The issue is on its way.
    Closed,
    /// The entry is not in the issue any more.
    NoEntry,
    /// The entry is not published.
    NotPublished,
    /// None of its topics belongs to the newsletter.
    OtherTopics,
}

impl Problem {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Conflict,
        Self::Closed,
        Self::NoEntry,
        Self::NotPublished,
        Self::OtherTopics,
    ];

    /// Its name in the address of the page.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Closed => "closed",
            Self::NoEntry => "no-entry",
            Self::NotPublished => "not-published",
            Self::OtherTopics => "other-topics",
        }
    }

    /// The one with this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }

    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Conflict => ("issue-desk-conflict-title", "issue-desk-conflict-text"),
            Self::Closed => ("issue-desk-closed-title", "issue-desk-closed-text"),
            Self::NoEntry => ("issue-desk-no-entry-title", "issue-desk-no-entry-text"),
            Self::NotPublished => (
                "issue-desk-not-published-title",
                "issue-desk-not-published-text",
            ),
            Self::OtherTopics => (
                "issue-desk-other-topics-title",
                "issue-desk-other-topics-text",
            ),
        }
    }
}

/// What a change takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voids {
    /// It is taken back from the approver.
    Review,
    /// The approval is void.
    Approval,
}

/// How an issue arrives, for most readers.
#[derive(Debug, Clone)]
pub struct PreviewPane {
    /// The bare mail, for the frame.
    pub frame_url: String,
    /// The page with all variants and views.
    pub variants_url: Option<String>,
    /// Where a test mail is sent from; none where this user may not.
    pub test_url: Option<String>,
    /// Where it is shown as one reader gets it; none where this user may not.
    pub as_reader_url: Option<String>,
    /// The subject.
    pub subject: String,
    /// In which language.
    pub language: Locale,
    /// How many get just this.
    pub people: i64,
    /// The size of its HTML, in kilobytes.
    pub kilobytes: usize,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &ContentsView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page(t, Part::Contents);
    page.done = view.done.map(|done| t.say(done.key()));
    page.has_errors = view.problem.is_some() || view.texts.errors.is_some();
    page.scripts = &["sort"];
    let body = html! {
        @if let Some(problem) = view.problem { (alert(t, problem)) }
        (unsaved(t, &view.unsaved))
        div class="two" {
            div class="stack" {
                @if let (true, Some(voids)) = (view.editable, view.voids) { (warning(t, voids)) }
                (text_form(desk, &view.texts, view.editable.then_some(view.version)))
                (sections(t, view))
                @if view.editable {
                    p { a class="button quiet" href=(view.add_url) { (t.say("issue-desk-add")) } }
                }
                (left_out(desk, view))
            }
            @if let Some(preview) = &view.preview { (pane(t, preview)) }
        }
    };
    frame(desk, &page, &body)
}

fn alert(t: Locale, problem: Problem) -> Markup {
    let (title, text) = problem.keys();
    html! {
        div class="alert danger" role="alert" tabindex="-1" {
            p { b { (t.say(title)) } " " (t.say(text)) }
        }
    }
}

pub(super) fn warning(t: Locale, voids: Voids) -> Markup {
    let key = match voids {
        Voids::Review => "issue-desk-voids-review",
        Voids::Approval => "issue-desk-voids-approval",
    };
    html! { div class="alert" { p { (t.say(key)) } } }
}

/// How an issue arrives, for most readers.
pub(in crate::pages::newsroom) fn pane(t: Locale, preview: &PreviewPane) -> Markup {
    let size = preview.kilobytes.to_string();
    html! {
        aside class="beside" aria-labelledby="preview" {
            h2 id="preview" { (t.say("issue-desk-preview")) }
            div class="mail" {
                p class="subject" {
                    b lang=(preview.language.code()) { (preview.subject) }
                    br;
                    span class="muted small" {
                        (preview.language.own_name()) " · " (words::people(t, preview.people)) " · " (size) " KB"
                    }
                }
                iframe title=(t.say("issue-desk-frame")) src=(preview.frame_url) loading="lazy"
                    sandbox="allow-popups allow-popups-to-escape-sandbox" {}
            }
            @if let Some(url) = &preview.variants_url { p { a href=(url) { (t.say("issue-desk-all-variants")) } } }
            @if let Some(url) = &preview.test_url { p { a href=(url) { (t.say("issue-desk-test")) } } }
            @if let Some(url) = &preview.as_reader_url { p { a href=(url) { (t.say("issue-desk-as-reader")) } } }
        }
    }
}

impl Sample for ContentsView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = sample::contents(locale);
        let mut sent = usual.clone();
        sent.editable = false;
        sent.head.state = super::head::State::Sent;
        sent.head.has_begun = true;
        sent.left_out.rows.clear();
        let conflict = Self {
            problem: Some(Problem::Conflict),
            voids: Some(Voids::Approval),
            ..usual.clone()
        };
        let text = |what, text: &str| Unsaved {
            what,
            language: Some(("de".to_owned(), "Deutsch".to_owned())),
            text: text.to_owned(),
        };
        let closed = Self {
            problem: Some(Problem::Closed),
            unsaved: vec![
                text(UnsavedKind::Subject, "Zwölf neue Brunnen"),
                text(
                    UnsavedKind::Introduction,
                    "Guten Tag,\ndiese Woche geht es um Wasser.",
                ),
            ],
            ..sent.clone()
        };
        vec![
            ("usual", usual),
            ("conflict", conflict),
            ("closed", closed),
            ("sent", sent),
        ]
    }
}
