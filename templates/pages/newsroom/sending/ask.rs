//! Questions before the sending of an issue is stopped, goes on, or is ended for good.

use maud::{Markup, html};

use crate::components::{FieldError, error_summary, field_error};
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, frame, post_form};
use crate::pages::newsroom::issues;
use crate::pages::newsroom::issues::head::IssueHead;
use crate::sample::Sample;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Stop sending for a while.
    Pause,
    /// Go on sending.
    Resume,
    /// End it for good.
    Cancel,
}

impl Question {
    /// The name of the link to it, in this language.
    pub fn link(self, t: Locale) -> String {
        t.say(match self {
            Self::Pause => "watch-link-pause",
            Self::Resume => "watch-link-resume",
            Self::Cancel => "watch-link-cancel",
        })
    }
}

/// A question and what its answer means for whom.
#[derive(Debug, Clone)]
pub struct AskView {
    /// The issue.
    pub head: IssueHead,
    /// What is asked.
    pub question: Question,
    /// Where the answer goes.
    pub action: String,
    /// The page to go back to.
    pub back_url: String,
    /// How many have the issue already.
    pub sent: i64,
    /// How many do not have it yet.
    pub open: i64,
    /// Whether its sending has begun.
    pub began: bool,
    /// Why it stopped by itself, as a sentence without a full stop.
    pub reason: Option<String>,
    /// Whether the box has to be ticked and was not.
    pub unticked: bool,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &AskView) -> Markup {
    let t = desk.site.locale;
    let (title, button) = match view.question {
        Question::Pause => ("watch-ask-pause", "watch-do-pause"),
        Question::Resume => ("watch-ask-resume", "watch-do-resume"),
        Question::Cancel => ("watch-ask-cancel", "watch-do-cancel"),
    };
    let mut page = view.head.page_below(t, t.say(title));
    let errors = errors(t, view);
    page.has_errors = !errors.is_empty();
    let class = (view.question == Question::Cancel).then_some("risk");
    let form = html! {
        @if view.question == Question::Cancel { (tick(t, view, &errors)) }
        p class="actions" {
            button type="submit" class=[class] { (t.say(button)) }
            a class="button quiet" href=(view.back_url) { (t.say("watch-back")) }
        }
    };
    let body = html! {
        (error_summary(t, &errors))
        div class="stack narrow" {
            @for sentence in sentences(t, view) { p { (sentence) } }
            (post_form(desk, &view.action, &form))
        }
    };
    frame(desk, &page, &body)
}

fn errors(t: Locale, view: &AskView) -> Vec<FieldError> {
    let error = FieldError {
        id: "sure".to_owned(),
        text: t.say("watch-tick-missing"),
    };
    view.unticked.then_some(error).into_iter().collect()
}

fn tick(t: Locale, view: &AskView, errors: &[FieldError]) -> Markup {
    let words = if view.open > 0 {
        t.fill(
            "watch-tick",
            [
                ("count", view.open.into()),
                ("number", t.number(view.open).into()),
            ],
        )
    } else {
        t.say("watch-tick-none")
    };
    html! {
        div class=[view.unticked.then_some("wrong")] {
            (field_error(t, errors, "sure"))
            label class="choice" {
                input type="checkbox" id="sure" name="sure" value="yes" required
                    aria-describedby=[view.unticked.then_some("sure-error")] aria-invalid=[view.unticked.then_some("true")];
                span { (words) }
            }
        }
    }
}

/// What the answer means, for those who have the issue and for those who wait.
fn sentences(t: Locale, view: &AskView) -> Vec<String> {
    let counted = |key: &str, count: i64| {
        t.fill(
            key,
            [("count", count.into()), ("number", t.number(count).into())],
        )
    };
    let have = || counted("watch-have-it", view.sent);
    match view.question {
        Question::Pause => vec![
            have(),
            counted("watch-will-wait", view.open),
            t.say("watch-on-the-way"),
        ],
        Question::Resume => {
            let why = view.reason.as_ref().map(|reason| {
                t.fill(
                    "watch-stopped-because",
                    [("reason", reason.as_str().into())],
                )
            });
            why.into_iter()
                .chain([counted("watch-will-get-it", view.open)])
                .collect()
        }
        Question::Cancel if view.began => vec![
            have(),
            counted("watch-will-not-get-it", view.open),
            t.say("watch-cancel-final"),
        ],
        Question::Cancel => vec![t.say("watch-cancel-unsent"), t.say("watch-cancel-entries")],
    }
}

impl Sample for AskView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            head: issues::sample::head(locale),
            question: Question::Pause,
            action: "/newsroom/issues/town/48/sending/pause".into(),
            back_url: "/newsroom/issues/town/48/sending".into(),
            sent: 2968,
            open: 1323,
            began: true,
            reason: None,
            unticked: false,
        };
        let resume = Self {
            question: Question::Resume,
            reason: Some(crate::reason(
                locale,
                &crate::ReasonView::PolicyRefusals(20, 100, Some("550 5.7.1 blocked")),
            )),
            ..view.clone()
        };
        let cancel = Self {
            question: Question::Cancel,
            unticked: true,
            ..view.clone()
        };
        let unsent = Self {
            question: Question::Cancel,
            began: false,
            sent: 0,
            open: 0,
            ..view.clone()
        };
        vec![
            ("pause", view),
            ("resume", resume),
            ("cancel", cancel),
            ("cancel-unsent", unsent),
        ]
    }
}
