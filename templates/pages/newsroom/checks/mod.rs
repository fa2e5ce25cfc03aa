//! The checks of an issue: what would harm readers, what to do about it, and what is in order.

pub mod list;
pub(super) mod sample;

use chrono::NaiveDateTime;
use maud::{Markup, html};

use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, frame, post_form};
use crate::pages::newsroom::issues::head::{IssueHead, Part};
use crate::pages::newsroom::unsaved::{Unsaved, unsaved};
use crate::sample::Sample;
use list::ListView;

/// The page.
#[derive(Debug, Clone)]
pub struct ChecksView {
    /// The head of the issue's pages.
    pub head: IssueHead,
    /// What was just done.
    pub done: Option<Done>,
    /// What was just refused.
    pub problem: Option<Problem>,
    /// The reason that was typed and could not be stored.
    pub unsaved: Vec<Unsaved>,
    /// The findings; none where the issue was approved before there were checks.
    pub list: Option<ListView>,
    /// How many variants were checked.
    pub variants: usize,
    /// How many findings block the approval.
    pub blocks: usize,
    /// When it was approved with these findings; none while it may still be changed.
    pub approved_at: Option<NaiveDateTime>,
    /// Where the form posts to that checks again; none where there is nothing to check, or this user may
    /// not.
    pub check_url: Option<String>,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The issue was checked.
    Checked,
    /// A finding was accepted.
    Accepted,
    /// A finding is open again.
    Unaccepted,
}

impl Done {
    /// By its code in the address.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "checked" => Some(Self::Checked),
            "accepted" => Some(Self::Accepted),
            "unaccepted" => Some(Self::Unaccepted),
            _ => None,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Checked => "check-done-checked",
            Self::Accepted => "check-done-accepted",
            Self::Unaccepted => "check-done-unaccepted",
        }
    }
}

/// What was just refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No reason was given.
    NoReason,
    /// The finding is not there any more.
    Changed,
    /// Only approvers may.
    NotApprover,
}

impl Problem {
    /// By its code in the address.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "reason" => Some(Self::NoReason),
            "changed" => Some(Self::Changed),
            "approver" => Some(Self::NotApprover),
            _ => None,
        }
    }

    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::NoReason => "check-problem-reason",
            Self::Changed => "check-problem-changed",
            Self::NotApprover => "check-problem-approver",
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &ChecksView) -> Markup {
    let t = desk.site.locale;
    let mut page = view.head.page(t, Part::Checks);
    page.done = view.done.map(|done| t.say(done.key()));
    let body = html! {
        @if let Some(problem) = view.problem {
            div class="alert danger" role="alert" { p { (t.say(problem.key())) } }
        }
        (unsaved(t, &view.unsaved))
        section aria-labelledby="checks" {
            h2 id="checks" { (t.say("check-page-title")) }
            p { (state(t, view)) }
            @if let Some(list) = &view.list { (list::list(desk, list)) }
            @if let Some(url) = &view.check_url {
                div class="actions" {
                    (post_form(desk, url, &html! {
                        button class="quiet" aria-describedby="again-hint" { (t.say("check-page-again")) }
                    }))
                    p class="hint" id="again-hint" { (t.say("check-page-again-hint")) }
                }
            }
        }
    };
    frame(desk, &page, &body)
}

fn state(t: Locale, view: &ChecksView) -> Markup {
    let moment = |at| t.short_moment(at);
    html! {
        @if view.list.is_none() {
            (t.say("check-page-none"))
        } @else if let Some(at) = view.approved_at {
            (t.fill("check-page-evidence", [("when", moment(at).into())]))
        } @else {
            b { (t.fill("check-page-state", [("blocks", view.blocks.into())])) }
            " "
            span class="muted" { (t.fill("check-page-live", [("variants", view.variants.into())])) }
        }
    }
}

impl Sample for ChecksView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        sample::samples(locale)
    }
}
