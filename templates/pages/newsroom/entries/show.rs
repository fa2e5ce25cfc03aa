//! The page of an entry: what it says, where it stands, what can be done, where it was told.

mod sample;

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::difference::{FieldDifference, differences};
use super::words::{self, Origin, State, Who};
use crate::link;
use crate::locale::Locale;
use crate::pages::entry::{EntryView, article};
use crate::pages::newsroom::components::{Tab, tabs};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};

/// An entry.
#[derive(Debug, Clone)]
pub struct EntryShowView {
    /// Its name in forms.
    pub uuid: String,
    /// What its public page says, or would say.
    pub public: EntryView,
    /// Where it stands.
    pub state: State,
    /// Whether it comes first.
    pub pinned: bool,
    /// How it came in.
    pub origin: Origin,
    /// The languages there is a text in, by their names; the first is the original.
    pub languages: Vec<String>,
    /// When it was first stored.
    pub created: NaiveDateTime,
    /// When it last changed.
    pub updated: NaiveDateTime,
    /// When it became public.
    pub published: Option<NaiveDateTime>,
    /// Its public page, where there is one.
    pub public_url: Option<String>,
    /// The issues it stands in.
    pub issues: Vec<IssueLine>,
    /// How many versions there are.
    pub versions: i64,
    /// What its source proposes.
    pub proposal: Option<ProposalLine>,
    /// What this user may do.
    pub work: Option<ShowWork>,
    /// The pages of this entry.
    pub pages: EntryPages,
    /// What was just done.
    pub done: Option<ShowDone>,
    /// Whether its state has changed since the page was opened, so that nothing was done.
    pub is_changed: bool,
    /// What time it is there.
    pub now: NaiveDateTime,
}

/// Where the pages of an entry are.
#[derive(Debug, Clone)]
pub struct EntryPages {
    /// The list of all.
    pub list: String,
    /// This entry.
    pub show: String,
    /// Where it is edited; none for those who only look.
    pub edit: Option<String>,
    /// Its versions.
    pub versions: String,
}

/// An issue in which an entry stands.
#[derive(Debug, Clone)]
pub struct IssueLine {
    /// Its name: “Region aktuell 48”.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// What became of the entry in it.
    pub told: Told,
    /// When the issue goes out, or went out.
    pub at: Option<NaiveDateTime>,
}

/// What became of an entry in an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The issue is in preparation.
    Ahead,
    /// It was sent.
    Sent,
    /// It was taken out.
    LeftOut,
    /// The issue was cancelled.
    Cancelled,
}

/// A change that the source proposes, in short.
#[derive(Debug, Clone)]
pub struct ProposalLine {
    /// Where it is decided.
    pub url: String,
    /// When it came.
    pub at: NaiveDateTime,
    /// What differs.
    pub differences: Vec<FieldDifference>,
}

/// What can be done with the entry.
#[derive(Debug, Clone)]
pub struct ShowWork {
    /// Where deeds go that need no question.
    pub act: String,
    /// What can be done at once, the most likely first.
    pub moves: Vec<Move>,
    /// What is asked about first: the deed, and where the question is.
    pub questions: Vec<(Question, String)>,
}

/// What can be done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Publish it.
    Publish,
    /// Hand it in.
    Submit,
    /// Put it first.
    Pin,
    /// Let it be one of many again.
    Unpin,
}

/// What is asked about first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Withdraw it.
    Withdraw,
    /// Call it off.
    Cancel,
    /// Do not accept it.
    Reject,
}

/// What was done before the entry was shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShowDone {
    /// It was saved.
    Saved,
    /// It was published.
    Published,
    /// It was handed in.
    Submitted,
    /// It was withdrawn.
    Withdrawn,
    /// It was called off.
    Cancelled,
    /// It was not accepted.
    Rejected,
    /// It comes first.
    Pinned,
    /// It does not come first any more.
    Unpinned,
    /// An older version was brought back.
    Restored,
    /// The source's change was taken over.
    Accepted,
    /// The source's change was left.
    Left,
}

impl ShowDone {
    fn sentence(self, t: Locale) -> String {
        t.say(match self {
            Self::Saved => "entry-desk-did-save",
            Self::Published => "entry-desk-did-publish",
            Self::Submitted => "entry-desk-did-submit",
            Self::Withdrawn => "entry-desk-did-withdraw",
            Self::Cancelled => "entry-desk-did-cancel",
            Self::Rejected => "entry-desk-did-reject",
            Self::Pinned => "entry-desk-did-pin",
            Self::Unpinned => "entry-desk-did-unpin",
            Self::Restored => "entry-desk-did-restore",
            Self::Accepted => "entry-desk-did-accept",
            Self::Left => "entry-desk-did-leave",
        })
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryShowView) -> Markup {
    let t = desk.site.locale;
    let body = html! {
        @if view.is_changed {
            div class="alert warning" role="alert" {
                p class="alert-title" { (t.say("entry-desk-ask-changed-title")) }
                p { (t.say("entry-desk-did-nothing")) }
            }
        }
        (proposal(t, view))
        div class="two" {
            section class="panel article" aria-label=(t.say("entry-desk-as-readers")) { (article(t, &view.public)) }
            div class="stack" {
                (acts(desk, view))
                (issues(t, view))
                (facts(t, view))
            }
        }
    };
    let page = DeskPage {
        crumbs: vec![(view.pages.list.clone(), t.say("entry-desk-title"))],
        state: view.state.badge(t),
        actions: main_acts(desk, view),
        tabs: entry_tabs(t, &view.pages, view.versions, EntryPage::Show),
        done: view.done.map(|done| done.sentence(t)),
        ..DeskPage::new(view.public.title.clone())
    };
    frame(desk, &page, &body)
}

/// A page of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryPage {
    /// What it says.
    Show,
    /// Its editor.
    Edit,
    /// Its versions.
    Versions,
}

/// The tabs on every page of an entry.
pub(crate) fn entry_tabs(t: Locale, pages: &EntryPages, versions: i64, here: EntryPage) -> Markup {
    let tab = |url: &str, key, count, current| Tab {
        url: url.to_owned(),
        name: t.say(key),
        count,
        current,
    };
    let mut all = vec![tab(
        &pages.show,
        "entry-desk-tab-show",
        None,
        here == EntryPage::Show,
    )];
    if let Some(edit) = &pages.edit {
        all.push(tab(
            edit,
            "entry-desk-tab-edit",
            None,
            here == EntryPage::Edit,
        ));
    }
    let count = u32::try_from(versions).ok().filter(|count| *count > 1);
    all.push(tab(
        &pages.versions,
        "entry-desk-tab-versions",
        count,
        here == EntryPage::Versions,
    ));
    tabs(&t.say("entry-desk-tabs"), &all)
}

/// The next step, beside the heading.
fn main_acts(desk: &Desk, view: &EntryShowView) -> Markup {
    let t = desk.site.locale;
    html! {
        @if let Some(edit) = &view.pages.edit { a class="button quiet" href=(edit) { (t.say("entry-desk-edit")) } }
        @if let Some(work) = &view.work {
            @if let Some(first) = work.moves.first().filter(|one| matches!(one, Move::Publish | Move::Submit)) {
                (act(desk, view, *first, None))
            }
        }
    }
}

/// A button that does something at once.
fn act(desk: &Desk, view: &EntryShowView, what: Move, class: Option<&str>) -> Markup {
    let t = desk.site.locale;
    let (name, key) = match what {
        Move::Publish => ("publish", "entry-desk-publish"),
        Move::Submit => ("submit", "entry-desk-submit"),
        Move::Pin => ("pin", "entry-desk-pin"),
        Move::Unpin => ("unpin", "entry-desk-unpin"),
    };
    let action = view.work.as_ref().map_or("", |work| work.act.as_str());
    post_form(
        desk,
        action,
        &html! {
            input type="hidden" name="entry" value=(view.uuid);
            button class=[class] name="do" value=(name) { (t.say(key)) }
        },
    )
}

/// Everything else that can be done.
fn acts(desk: &Desk, view: &EntryShowView) -> Markup {
    let t = desk.site.locale;
    let Some(work) = &view.work else {
        return html! {};
    };
    let first = work
        .moves
        .first()
        .filter(|one| matches!(one, Move::Publish | Move::Submit));
    let others = work.moves.iter().skip(usize::from(first.is_some()));
    html! {
        section {
            h2 { (t.say("entry-desk-acts")) }
            div class="do-list" {
                @for one in others { (act(desk, view, *one, Some("quiet"))) }
                @for (question, url) in &work.questions {
                    a class="button quiet" href=(url) {
                        (t.say(match question {
                            Question::Withdraw => "entry-desk-withdraw",
                            Question::Cancel => "entry-desk-cancel",
                            Question::Reject => "entry-desk-reject",
                        }))
                    }
                }
            }
        }
    }
}

fn proposal(t: Locale, view: &EntryShowView) -> Markup {
    let Some(proposal) = &view.proposal else {
        return html! {};
    };
    html! {
        div class="alert warning" {
            h2 class="alert-title" { (t.say("entry-desk-proposal-title")) }
            p class="small muted" { (words::since(t, proposal.at, view.now)) }
            (differences(t, &proposal.differences))
            p { a class="button quiet" href=(proposal.url) { (t.say("entry-desk-proposal-decide")) } }
        }
    }
}

fn issues(t: Locale, view: &EntryShowView) -> Markup {
    html! {
        section {
            h2 { (t.say("entry-desk-issues")) }
            @if view.issues.is_empty() { p class="muted" { (t.say("entry-desk-issues-none")) } }
            @else {
                ul class="rows" {
                    @for issue in &view.issues {
                        li {
                            a href=(issue.url) { (issue.name) }
                            small {
                                (t.say(match issue.told {
                                    Told::Ahead => "entry-desk-told-ahead",
                                    Told::Sent => "entry-desk-told-sent",
                                    Told::LeftOut => "entry-desk-told-left-out",
                                    Told::Cancelled => "entry-desk-told-cancelled",
                                }))
                                @if let Some(at) = issue.at { " · " (words::since(t, at, view.now)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn facts(t: Locale, view: &EntryShowView) -> Markup {
    let fact = |key: &str, value: Markup| html! { div { dt { (t.say(key)) } dd { (value) } } };
    html! {
        section {
            h2 { (t.say("entry-desk-facts")) }
            dl class="facts" {
                (fact("entry-desk-kind", html! { (words::kind(t, view.public.kind)) }))
                (fact("entry-desk-organisation", html! { (view.public.organisation) }))
                (fact("entry-desk-origin", html! { (words::origin(t, view.origin)) }))
                (fact("entry-desk-fact-languages", html! { (view.languages.join(", ")) }))
                @if view.pinned { (fact("entry-desk-fact-place", html! { (t.say("entry-desk-pinned")) })) }
                (fact("entry-desk-fact-created", words::since(t, view.created, view.now)))
                (fact("entry-desk-changed", words::since(t, view.updated, view.now)))
                @if let Some(at) = view.published { (fact("entry-desk-fact-published", words::since(t, at, view.now))) }
                @if let Some(url) = view.public_url.as_deref().and_then(link::on_page) {
                    (fact("entry-desk-fact-page", html! { a href=(url) { (t.say("entry-desk-fact-open")) } }))
                }
            }
        }
    }
}

/// Who did something and when, in one line.
pub(crate) fn by(t: Locale, who: &Who, at: NaiveDateTime, now: NaiveDateTime) -> Markup {
    html! { (who.words(t)) " · " (words::since(t, at, now)) }
}

/// The pages of an invented entry, for samples.
pub(crate) fn sample_pages() -> EntryPages {
    sample::pages()
}
