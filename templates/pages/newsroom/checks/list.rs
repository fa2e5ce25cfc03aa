//! The findings as a list; the page of an approval shows it too.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use crate::checks::CheckWords;
use crate::locale::Locale;
use crate::pages::newsroom::frame::{Desk, csrf_field};

/// The findings, the worst first.
#[derive(Debug, Clone)]
pub struct ListView {
    /// The findings.
    pub rows: Vec<FindingRow>,
    /// Where the form posts to that accepts a finding; none where this user may not, or it is too late.
    pub accept_url: Option<String>,
    /// The page to return to; none: that of the checks.
    pub back: Option<&'static str>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It blocks the approval.
    Blocks,
    /// Somebody should look at it.
    Warns,
    /// It could be better.
    Hint,
    /// In order.
    Fine,
}

impl Mark {
    const fn sign(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Blocks => ("✕", "k bad", "check-severity-blocks"),
            Self::Warns => ("!", "k ask", "check-severity-warns"),
            Self::Hint => ("i", "k hint", "check-severity-hint"),
            Self::Fine => ("✓", "k good", "check-severity-fine"),
        }
    }
}

/// A finding.
#[derive(Debug, Clone)]
pub struct FindingRow {
    /// How bad it is.
    pub mark: Mark,
    /// What it says.
    pub words: CheckWords,
    /// Where it is mended.
    pub url: Option<String>,
    /// The preview of a mail that shows it.
    pub preview_url: Option<String>,
    /// Its key, where it may be accepted.
    pub key: Option<String>,
    /// Who accepted it, when and why.
    pub accepted: Option<AcceptedView>,
}

/// Somebody accepted a finding.
#[derive(Debug, Clone)]
pub struct AcceptedView {
    /// Their name; none: at the command line.
    pub who: Option<String>,
    /// When, in local time.
    pub at: NaiveDateTime,
    /// Why.
    pub reason: String,
}

/// The list.
pub(crate) fn list(desk: &Desk, view: &ListView) -> Markup {
    html! {
        ul class="checks" {
            @for row in &view.rows { (finding(desk, view, row)) }
        }
    }
}

fn finding(desk: &Desk, view: &ListView, row: &FindingRow) -> Markup {
    let t = desk.site.locale;
    let (sign, class, severity) = match &row.accepted {
        Some(_) => Mark::Hint.sign(),
        None => row.mark.sign(),
    };
    let is_open = row.mark != Mark::Fine;
    html! {
        li {
            span class=(class) aria-hidden="true" { (sign) }
            div {
                p {
                    span class="hidden" { (t.say(severity)) " " }
                    @if is_open { b { (row.words.title) } } @else { (row.words.title) }
                }
                @if row.words.detail.is_some() || row.url.is_some() || row.preview_url.is_some() {
                    p class="small" {
                        @if let Some(detail) = &row.words.detail { (detail) " " }
                        @if let (Some(url), Some(remedy)) = (&row.url, &row.words.remedy) {
                            a href=(url) { (remedy) }
                        }
                        @if let Some(url) = &row.preview_url {
                            " " a href=(url) { (t.say("check-preview")) span class="hidden" { ": " (row.words.title) } }
                        }
                    }
                }
                (acceptance(desk, view, row))
            }
        }
    }
}

fn acceptance(desk: &Desk, view: &ListView, row: &FindingRow) -> Markup {
    let t = desk.site.locale;
    let (url, key) = (view.accept_url.as_ref(), row.key.as_ref());
    html! {
        @if let Some(accepted) = &row.accepted {
            p class="small" { (accepted_by(t, accepted)) }
            @if let (Some(url), Some(key)) = (url, key) {
                form method="post" action=(url) class="inline" {
                    (csrf_field(desk))
                    input type="hidden" name="finding" value=(key);
                    input type="hidden" name="what" value="unaccept";
                    @if let Some(back) = view.back { input type="hidden" name="back" value=(back); }
                    button class="plain" { (t.say("check-unaccept")) span class="hidden" { ": " (row.words.title) } }
                }
            }
        } @else if let (Some(url), Some(key)) = (url, key) {
            details {
                summary { (t.say("check-accept")) span class="hidden" { ": " (row.words.title) } }
                form method="post" action=(url) {
                    (csrf_field(desk))
                    input type="hidden" name="finding" value=(key);
                    input type="hidden" name="what" value="accept";
                    @if let Some(back) = view.back { input type="hidden" name="back" value=(back); }
                    div class="field" {
                        label for={ "reason-" (key) } { (t.say("check-accept-reason")) }
                        p class="hint" id={ "reason-hint-" (key) } { (t.say("check-accept-hint")) }
                        input type="text" id={ "reason-" (key) } name="reason" maxlength="300" required
                            autocomplete="off" aria-describedby={ "reason-hint-" (key) };
                    }
                    button class="quiet" { (t.say("check-accept-do")) }
                }
            }
        }
    }
}

fn accepted_by(t: Locale, accepted: &AcceptedView) -> String {
    let who = accepted.who.clone();
    let who = who.unwrap_or_else(|| t.say("check-command-line"));
    t.fill(
        "check-accepted",
        [
            ("who", who.into()),
            ("when", t.short_moment(accepted.at).into()),
            ("reason", accepted.reason.as_str().into()),
        ],
    )
}
