//! The newsletters: when each appears, and the ways to change that.

use maud::{Markup, html};

use super::sample;
use super::slots::SlotView;
use crate::locale::Locale;
use crate::pages::newsroom::components::{Tone, badge};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame};
use crate::rhythm::Rhythm;
use crate::sample::Sample;

/// The newsletters.
#[derive(Debug, Clone)]
pub struct NewslettersView {
    /// Each of them.
    pub rows: Vec<NewsletterRow>,
}

/// A newsletter.
#[derive(Debug, Clone)]
pub struct NewsletterRow {
    /// Its name.
    pub name: String,
    /// Its schedule's page.
    pub schedule_url: String,
    /// Who releases its issues and whether it is tried out, for those who may change that.
    pub release_url: Option<String>,
    /// Its issues.
    pub issues_url: String,
    /// When it appears.
    pub appears: Appears,
    /// Its next date.
    pub next: Option<SlotView>,
    /// How many subscriptions it has.
    pub subscriptions: i64,
    /// Whether it is tried out: only staff get its mails.
    pub is_trial: bool,
    /// Why it pauses at present.
    pub pauses: Option<String>,
}

/// When a newsletter appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appears {
    /// In a rhythm.
    Rhythm(Rhythm),
    /// By a cron line that says more.
    Line(String),
    /// When somebody sends it.
    ByHand,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &NewslettersView) -> Markup {
    let t = desk.site.locale;
    let page = DeskPage::new(t.say("planning-newsletters-title"));
    let body = html! {
        @if view.rows.is_empty() {
            p { (t.say("planning-no-newsletter")) }
        } @else {
            ul class="rows" { @for row in &view.rows { (item(t, row)) } }
        }
    };
    frame(desk, &page, &body)
}

fn item(t: Locale, row: &NewsletterRow) -> Markup {
    html! {
        li class="between" {
            div {
                h2 { (row.name) }
                p {
                    @match &row.appears {
                        Appears::Rhythm(rhythm) => (t.fill("planning-appears", [("rhythm", rhythm.words(t).into())])),
                        Appears::Line(line) => (t.fill("planning-appears-line", [("line", line.as_str().into())])),
                        Appears::ByHand => (t.say("planning-appears-by-hand")),
                    }
                    @if row.is_trial { " " (badge(Tone::Ask, &t.say("review-settings-trial"))) }
                    @if row.pauses.is_some() { " " (badge(Tone::Ask, &t.say("planning-state-paused"))) }
                }
                @if let Some(reason) = &row.pauses { p class="small muted" { (reason) } }
                @if let Some(next) = &row.next {
                    p { (t.fill("planning-next-date", [("when", t.moment(next.at).into())])) }
                    @for remark in next.remarks(t) { p class="small muted" { (remark) } }
                }
                p class="small muted" { (t.fill("planning-subscriptions", [("count", row.subscriptions.into()), ("number", t.number(row.subscriptions).into())])) }
            }
            div class="acts" {
                a class="button quiet" href=(row.schedule_url) { (t.say("planning-schedule")) span class="hidden" { " " (row.name) } }
                @if let Some(url) = &row.release_url {
                    a class="button quiet" href=(url) { (t.say("review-settings")) span class="hidden" { " " (row.name) } }
                }
                a class="button plain" href=(row.issues_url) { (t.say("planning-issues")) span class="hidden" { " " (row.name) } }
            }
        }
    }
}

impl Sample for NewslettersView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let rows = sample::newsletter_rows(locale);
        vec![
            ("usual", Self { rows }),
            ("empty", Self { rows: Vec::new() }),
        ]
    }
}
