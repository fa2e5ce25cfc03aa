//! “Did they get it?”: what became of an issue for one address.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::view::class_name;
use super::words::clock;
use crate::components::{FieldError, error_summary};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, frame, post_form};
use crate::pages::newsroom::issues;
use crate::pages::newsroom::issues::head::IssueHead;
use crate::sample::{Sample, moment};

/// What became of an issue for somebody. Times are local.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FateView {
    /// The relay took it.
    Sent(NaiveDateTime),
    /// Waits for its turn.
    Waiting,
    /// Refused for now, for a class of reasons; tried so often, and again at this time.
    Deferred(Option<String>, i64, NaiveDateTime),
    /// On the way just now.
    OnTheWay,
    /// Refused for good, for a class of reasons.
    Failed(Option<NaiveDateTime>, Option<String>),
    /// Begun, and no answer is known.
    Uncertain(Option<NaiveDateTime>),
    /// They unsubscribed before their turn came.
    Left(Option<NaiveDateTime>),
    /// The issue was cancelled.
    Cancelled,
    /// The issue has not been sent yet.
    NotSentYet,
    /// Nobody knows this address.
    Unknown,
    /// Only totals are kept of this issue.
    NotKept,
    /// Never subscribed to this newsletter.
    NeverSubscribed,
    /// Subscribed only afterwards.
    SubscribedLater(NaiveDateTime),
    /// Unsubscribed before.
    LeftBefore(NaiveDateTime),
    /// Nothing in it was about their topics.
    NothingForThem,
    /// Gets no mails at present.
    Inactive,
    /// Was not among the recipients; topics or state have changed since.
    ChangedSince,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct AnswerView {
    /// The address with most of its letters hidden.
    pub masked_address: String,
    /// What became of this issue.
    pub fate: FateView,
    /// The relay's words, without addresses.
    pub said: Option<String>,
    /// Other issues that were sent to them, the newest first: name, page, fate, the relay's words.
    pub latest: Vec<(String, String, FateView, Option<String>)>,
}

/// The form, and the answer where one was asked for.
#[derive(Debug, Clone)]
pub struct FindView {
    /// The issue.
    pub head: IssueHead,
    /// Where the form posts to.
    pub action: String,
    /// What was typed.
    pub address: String,
    /// Whether that is no address.
    pub is_wrong: bool,
    /// The answer.
    pub answer: Option<AnswerView>,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &FindView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page_below(t, t.say("watch-find-title"));
    let error = FieldError {
        id: "address".to_owned(),
        text: t.say("watch-find-wrong"),
    };
    let errors: Vec<_> = view.is_wrong.then_some(error).into_iter().collect();
    page.has_errors = view.is_wrong;
    let body = html! {
        (error_summary(t, &errors))
        div class="stack narrow" {
            @if let Some(answer) = &view.answer { (found(t, answer)) }
            (form(desk, &view.action, &view.address, &errors))
        }
    };
    frame(desk, &page, &body)
}

/// The form, also for the page about sending.
pub(super) fn form(desk: &Desk, action: &str, address: &str, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let field = TextField {
        name: "address",
        kind: "email",
        label: t.say("watch-find-address"),
        hint: Some(t.say("watch-find-hint")),
        value: address,
        autocomplete: Some("off"),
        most: Some(254),
        required: true,
    };
    let inner = html! {
        (text_field(t, &field, errors))
        p class="actions" { button type="submit" class="quiet" { (t.say("watch-find-do")) } }
    };
    post_form(desk, action, &inner)
}

fn found(t: Locale, view: &AnswerView) -> Markup {
    let class = match view.fate {
        FateView::Sent(_) => "alert success",
        FateView::Failed(..) => "alert danger",
        _ => "alert",
    };
    html! {
        section aria-labelledby="answer" role="status" {
            h2 id="answer" { (t.fill("watch-find-about", [("address", view.masked_address.as_str().into())])) }
            div class=(class) {
                p class="alert-title" { (fate(t, &view.fate)) }
                @if let Some(said) = &view.said {
                    p { (t.fill("watch-relay-said", [("words", t.quote(said).into())])) }
                }
            }
        }
        @if !view.latest.is_empty() {
            section aria-labelledby="latest" {
                h2 id="latest" { (t.say("watch-find-latest")) }
                ul class="rows" {
                    @for (name, url, outcome, said) in &view.latest {
                        li {
                            a href=(url) { (name) } " – " (fate(t, outcome))
                            @if let Some(said) = said { small { (t.fill("watch-relay-said", [("words", t.quote(said).into())])) } }
                        }
                    }
                }
            }
        }
    }
}

/// What became of it, as a sentence.
fn fate(t: Locale, fate: &FateView) -> String {
    let when = |at: &NaiveDateTime| format!("{}, {}", t.day(at.date()), clock(t, at.time()));
    let at = |key: &str, at: &NaiveDateTime| t.fill(key, [("at", when(at).into())]);
    let class = |class: &Option<String>| class_name(t, class.as_deref().unwrap_or("other"));
    match fate {
        FateView::Sent(sent) => at("watch-fate-sent", sent),
        FateView::Waiting => t.say("watch-fate-waiting"),
        FateView::Deferred(why, attempts, next) => t.fill(
            "watch-fate-deferred",
            [
                ("class", class(why).into()),
                ("attempts", (*attempts).into()),
                ("at", when(next).into()),
            ],
        ),
        FateView::OnTheWay => t.say("watch-fate-on-the-way"),
        FateView::Failed(Some(failed), why) => t.fill(
            "watch-fate-failed",
            [("at", when(failed).into()), ("class", class(why).into())],
        ),
        FateView::Failed(None, why) => {
            t.fill("watch-fate-failed-somewhen", [("class", class(why).into())])
        }
        FateView::Uncertain(Some(begun)) => at("watch-fate-uncertain", begun),
        FateView::Uncertain(None) => t.say("watch-fate-uncertain-somewhen"),
        FateView::Left(_) => t.say("watch-fate-left"),
        FateView::Cancelled => t.say("watch-fate-cancelled"),
        FateView::NotSentYet => t.say("watch-fate-not-sent-yet"),
        FateView::Unknown => t.say("watch-fate-unknown"),
        FateView::NotKept => t.say("watch-fate-not-kept"),
        FateView::NeverSubscribed => t.say("watch-fate-never"),
        FateView::SubscribedLater(later) => at("watch-fate-later", later),
        FateView::LeftBefore(left) => at("watch-fate-left-before", left),
        FateView::NothingForThem => t.say("watch-fate-nothing"),
        FateView::Inactive => t.say("watch-fate-inactive"),
        FateView::ChangedSince => t.say("watch-fate-changed"),
    }
}

/// An issue as the answer names it: its newsletter, and its number.
pub fn issue_name(t: Locale, newsletter: &str, number: i64) -> String {
    let issue = t.fill("issue-desk-title", [("number", number.into())]);
    format!("{newsletter}, {issue}")
}

impl Sample for FindView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            head: issues::sample::head(locale),
            action: "/newsroom/issues/town/48/sending/find".into(),
            address: String::new(),
            is_wrong: false,
            answer: None,
        };
        let wrong = Self {
            address: "m.muster@".into(),
            is_wrong: true,
            ..view.clone()
        };
        let other = |number: i64, fate, said: Option<&str>| {
            let name = issue_name(locale, "Region aktuell", number);
            let url = format!("/newsroom/issues/town/{number}/sending");
            (name, url, fate, said.map(str::to_owned))
        };
        let failed = FateView::Failed(Some(moment(26, 7, 0)), Some("no-such-mailbox".into()));
        let answer = AnswerView {
            masked_address: "m•••@p•••.example".into(),
            fate: failed,
            said: Some("550 5.1.1 no such mailbox".into()),
            latest: vec![
                other(
                    47,
                    FateView::Sent(moment(19, 7, 0)),
                    Some("250 2.0.0 accepted"),
                ),
                other(
                    46,
                    FateView::Deferred(Some("greylisting".into()), 2, moment(26, 8, 0)),
                    None,
                ),
            ],
        };
        let answered = Self {
            address: "m.muster@post.example".into(),
            answer: Some(answer),
            ..view.clone()
        };
        vec![("empty", view), ("wrong", wrong), ("answered", answered)]
    }
}
