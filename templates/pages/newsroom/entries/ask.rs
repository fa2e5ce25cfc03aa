//! The question before entries are published, withdrawn or called off.

use maud::{Markup, html};

use super::words::{self, State};
use crate::locale::Locale;
use crate::pages::entry::Kind;
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::Sample;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Everybody may read them.
    Publish,
    /// Nobody sees them any more.
    Withdraw,
    /// They do not take place.
    Cancel,
    /// They are not accepted.
    Reject,
}

impl Deed {
    /// Its name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
            Self::Cancel => "cancel",
            Self::Reject => "reject",
        }
    }

    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Publish => [
                "entry-desk-ask-publish",
                "entry-desk-ask-publish-text",
                "entry-desk-ask-publish-button",
            ],
            Self::Withdraw => [
                "entry-desk-ask-withdraw",
                "entry-desk-ask-withdraw-text",
                "entry-desk-ask-withdraw-button",
            ],
            Self::Cancel => [
                "entry-desk-ask-cancel",
                "entry-desk-ask-cancel-text",
                "entry-desk-ask-cancel-button",
            ],
            Self::Reject => [
                "entry-desk-ask-reject",
                "entry-desk-ask-reject-text",
                "entry-desk-ask-reject-button",
            ],
        }
    }
}

/// The question.
#[derive(Debug, Clone)]
pub struct EntryAskView {
    /// What is to be done.
    pub deed: Deed,
    /// With these it can be done.
    pub able: Vec<AskLine>,
    /// With these it cannot.
    pub unable: Vec<(AskLine, Why)>,
    /// How many of the chosen ones do not exist.
    pub unknown: i64,
    /// Issues in preparation that would lose something: name and address.
    pub issues: Vec<(String, String)>,
    /// Whether something changed after the question was asked.
    pub is_changed: bool,
    /// Where the answer goes.
    pub action: String,
    /// The query of the list, to come back to it; none where the page of an entry asks.
    pub back: Option<String>,
    /// Where it goes back to.
    pub cancel: String,
}

/// An entry about which the question is.
#[derive(Debug, Clone)]
pub struct AskLine {
    /// Its name in forms.
    pub uuid: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The language of the title, where that is not the page's.
    pub lang: Option<String>,
    /// What kind of entry it is.
    pub kind: Kind,
}

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is so already.
    Already,
    /// Its state does not allow it.
    State(State),
    /// It does not take place anywhere.
    NoEvent,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &EntryAskView) -> Markup {
    let t = desk.site.locale;
    let [title, text, button] = view.deed.keys();
    let count = i64::try_from(view.able.len()).unwrap_or(i64::MAX);
    let title = if view.able.is_empty() {
        t.say("entry-desk-ask-nothing")
    } else {
        t.fill(title, [("count", count.into())])
    };
    let nothing_chosen = view.able.is_empty() && view.unable.is_empty() && view.unknown == 0;
    let body = html! {
        div class="stack" {
            @if view.is_changed {
                div class="alert warning" role="alert" {
                    p class="alert-title" { (t.say("entry-desk-ask-changed-title")) }
                    p { (t.say("entry-desk-ask-changed")) }
                }
            }
            @if nothing_chosen { p { (t.say("entry-desk-ask-none")) } }
            @if !view.able.is_empty() {
                p { (t.fill(text, [("count", count.into())])) }
                ul class="rows" { @for one in &view.able { li { (line(t, one)) } } }
                (issues(t, view))
            }
            (unable(t, view))
            @if view.able.is_empty() {
                p class="actions" { a class="button quiet" href=(view.cancel) { (t.say("entry-desk-ask-back")) } }
            } @else {
                (post_form(desk, &view.action, &html! {
                    input type="hidden" name="do" value=(view.deed.name());
                    @if let Some(back) = &view.back { input type="hidden" name="back" value=(back); }
                    @for one in &view.able { input type="hidden" name="entry" value=(one.uuid); }
                    p class="actions" {
                        button class=[(view.deed != Deed::Publish).then_some("risk")] { (t.fill(button, [("count", count.into())])) }
                        a class="button plain" href=(view.cancel) { (t.say("entry-desk-ask-stop")) }
                    }
                }))
            }
        }
    };
    let page = DeskPage {
        crumbs: vec![("/newsroom/entries".to_owned(), t.say("entry-desk-title"))],
        ..DeskPage::new(title)
    };
    frame(desk, &page, &body)
}

fn line(t: Locale, line: &AskLine) -> Markup {
    html! {
        a href=(line.url) lang=[line.lang.as_deref()] { (line.title) }
        small { (words::kind(t, line.kind)) }
    }
}

fn issues(t: Locale, view: &EntryAskView) -> Markup {
    html! {
        @if !view.issues.is_empty() {
            div class="alert warning" {
                p { (t.say("entry-desk-ask-issues")) }
                ul { @for (name, url) in &view.issues { li { a href=(url) { (name) } } } }
            }
        }
    }
}

fn unable(t: Locale, view: &EntryAskView) -> Markup {
    let why = |why: Why| match why {
        Why::Already => t.say("entry-desk-why-already"),
        Why::NoEvent => t.say("entry-desk-why-no-event"),
        Why::State(state) => t.fill("entry-desk-why-state", [("state", state.word(t).into())]),
    };
    html! {
        @if !view.unable.is_empty() || view.unknown > 0 {
            section {
                h2 { (t.say("entry-desk-ask-unable")) }
                ul class="rows" {
                    @for (one, reason) in &view.unable { li { (line(t, one)) p class="note" { (why(*reason)) } } }
                    @if view.unknown > 0 { li { (t.fill("entry-desk-why-unknown", [("count", view.unknown.into())])) } }
                }
            }
        }
    }
}

impl Sample for EntryAskView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let line = |title: [&str; 4], kind| AskLine {
            uuid: "01936c1f-7a2b-7c3d-8e4f-000000000001".into(),
            url: "/newsroom/entries/01936c1f-7a2b-7c3d-8e4f-000000000001".into(),
            title: crate::sample::pick(locale, title),
            lang: None,
            kind,
        };
        let fountain = line(
            [
                "Neue Trinkwasserbrunnen",
                "New drinking fountains",
                "Nouvelles fontaines",
                "Nieuwe drinkfonteinen",
            ],
            Kind::News,
        );
        let reading = line(
            [
                "Lesung und Gespräch",
                "Reading and talk",
                "Lecture et débat",
                "Lezing en gesprek",
            ],
            Kind::Event,
        );
        let withdraw = Self {
            deed: Deed::Withdraw,
            able: vec![fountain.clone(), reading.clone()],
            unable: vec![
                (reading.clone(), Why::State(State::Draft)),
                (fountain.clone(), Why::Already),
            ],
            unknown: 1,
            issues: vec![(
                "Region aktuell 48".into(),
                "/newsroom/issues/region/48".into(),
            )],
            is_changed: false,
            action: "/newsroom/entries/bulk".into(),
            back: Some("state=published".into()),
            cancel: "/newsroom/entries?state=published".into(),
        };
        let cancel = Self {
            deed: Deed::Cancel,
            able: vec![reading],
            unable: Vec::new(),
            unknown: 0,
            issues: Vec::new(),
            is_changed: true,
            back: None,
            ..withdraw.clone()
        };
        let nothing = Self {
            deed: Deed::Publish,
            able: Vec::new(),
            unable: Vec::new(),
            unknown: 0,
            issues: Vec::new(),
            ..withdraw.clone()
        };
        vec![
            ("withdraw", withdraw),
            ("cancel", cancel),
            ("nothing", nothing),
        ]
    }
}
