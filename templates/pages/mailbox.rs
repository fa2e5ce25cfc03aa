//! The mailbox of a demonstration: every mail that was sent, newest first.

use chrono::{NaiveDateTime, NaiveTime};
use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::link;
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// The list of mails.
#[derive(Debug, Clone)]
pub struct MailboxView {
    /// The mails, newest first.
    pub mails: Vec<MailboxLine>,
    /// When the next issue goes out, as wall-clock time.
    pub next_issue: Option<NaiveTime>,
}

/// A mail in the list.
#[derive(Debug, Clone)]
pub struct MailboxLine {
    /// The page that shows it.
    pub url: String,
    /// Its subject.
    pub subject: String,
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// When it was sent, as wall-clock time.
    pub sent: NaiveDateTime,
}

/// Renders the page.
pub fn page(site: &Site, view: &MailboxView) -> Markup {
    let t = site.locale;
    let count = u32::try_from(view.mails.len()).unwrap_or(u32::MAX);
    let body = html! {
        p class="lead" { (t.say("mailbox-lead")) }
        @if let Some(time) = view.next_issue {
            // With seconds, because a visitor sits and waits for it.
            p class="next" { (t.fill("mailbox-next", [("time", time.format("%H:%M:%S").to_string().into())])) }
        }
        @if view.mails.is_empty() {
            h2 { (t.say("mailbox-empty-title")) }
            p { (t.say("mailbox-empty")) }
            (components::button_link(&site.links.home, &t.say("mailbox-empty-link")))
        } @else {
            p class="bar" {
                span { (t.fill("mailbox-count", [("count", count.into())])) }
                // An empty link reloads the page.
                a href="" { (t.say("mailbox-reload")) }
            }
            ul class="mails" { @for mail in &view.mails { (line(t, mail)) } }
        }
    };
    layout::frame(site, &Page::personal(t.say("mailbox-title")), &body)
}

fn line(t: Locale, mail: &MailboxLine) -> Markup {
    html! {
        li {
            @match link::on_page(&mail.url) {
                Some(href) => { a class="subject" href=(href) { (mail.subject) } }
                None => { span class="subject" { (mail.subject) } }
            }
            span class="small muted" {
                (t.say("mailbox-to")) " " (mail.to) " · "
                time datetime=(mail.sent.format("%Y-%m-%dT%H:%M:%S")) { (mail.sent.format("%H:%M:%S")) }
            }
        }
    }
}

impl MailboxLine {
    pub(crate) fn sample(at: u32, subject: &str, to: &str) -> Self {
        Self {
            url: format!("/mailbox/{at}"),
            subject: subject.to_owned(),
            from: "Stadt Musterstadt <rundbrief@musterstadt.example>".into(),
            to: to.to_owned(),
            sent: sample::moment(22, 14, at),
        }
    }
}

impl Sample for MailboxView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let next_issue = NaiveTime::from_hms_opt(14, 32, 0);
        let full = Self {
            mails: vec![
                MailboxLine::sample(
                    31,
                    &sample::newsletters(locale)[0].name,
                    "erika@example.org",
                ),
                MailboxLine::sample(29, &locale.say("confirmation-subject"), "erika@example.org"),
                MailboxLine::sample(
                    12,
                    &locale.say("already-subject"),
                    "a.very.long.address.of.somebody@department.example.org",
                ),
            ],
            next_issue,
        };
        vec![
            ("full", full),
            (
                "empty",
                Self {
                    mails: Vec::new(),
                    next_issue,
                },
            ),
        ]
    }
}
