//! One mail in the mailbox of a demonstration: as HTML, as text, as source.

use maud::{Markup, html};

use super::mailbox::MailboxLine;
use crate::components;
use crate::layout::{self, Page};
use crate::link;
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// A mail, and which view of it.
#[derive(Debug, Clone)]
pub struct MailboxMailView {
    /// Its line in the list; `url` is not used.
    pub mail: MailboxLine,
    /// The list.
    pub mailbox_url: String,
    /// The page that shows it as HTML.
    pub html_url: String,
    /// The page that shows its text part.
    pub text_url: String,
    /// The page that shows its source.
    pub source_url: String,
    /// What is shown.
    pub shown: Shown,
}

/// The three views of a mail.
#[derive(Debug, Clone)]
pub enum Shown {
    /// The HTML part, in a sandboxed frame that is loaded from this URL.
    Html {
        /// The URL of the bare HTML part.
        frame_url: String,
    },
    /// The text part.
    Text(String),
    /// The whole mail as it was sent.
    Source(String),
}

/// Renders the page.
pub fn page(site: &Site, view: &MailboxMailView) -> Markup {
    let t = site.locale;
    let mail = &view.mail;
    let views = [
        (
            "mailbox-view-html",
            &view.html_url,
            matches!(view.shown, Shown::Html { .. }),
        ),
        (
            "mailbox-view-text",
            &view.text_url,
            matches!(view.shown, Shown::Text(_)),
        ),
        (
            "mailbox-view-source",
            &view.source_url,
            matches!(view.shown, Shown::Source(_)),
        ),
    ];
    let body = html! {
        dl class="facts" {
            div { dt { (t.say("mailbox-from")) } dd { (mail.from) } }
            div { dt { (t.say("mailbox-to")) } dd { (mail.to) } }
            div { dt { (t.say("mailbox-sent")) } dd { (t.moment(mail.sent)) } }
        }
        nav class="tabs" aria-label=(t.say("mailbox-views")) {
            ul {
                @for (key, url, current) in views {
                    @if let Some(href) = link::on_page(url) {
                        li { a href=(href) aria-current=[current.then_some("page")] { (t.say(key)) } }
                    }
                }
            }
        }
        @match &view.shown {
            Shown::Html { frame_url } => {
                @if let Some(src) = link::on_page(frame_url) {
                    // Links open beside the frame; nothing else is allowed in it.
                    iframe class="mail" title=(t.say("mailbox-frame")) src=(src)
                        sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
            }
            Shown::Text(text) | Shown::Source(text) => {
                pre class="mail" tabindex="0" role="region" aria-label=(t.say("mailbox-frame")) { (text) }
            }
        }
        p { (components::paragraph_link(&view.mailbox_url, &t.say("mailbox-back"))) }
    };
    layout::frame(site, &Page::personal(mail.subject.as_str()), &body)
}

impl Sample for MailboxMailView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let view = |shown| Self {
            mail: MailboxLine::sample(29, &locale.say("confirmation-subject"), "erika@example.org"),
            mailbox_url: "/mailbox".into(),
            html_url: "/mailbox/29".into(),
            text_url: "/mailbox/29/text".into(),
            source_url: "/mailbox/29/source".into(),
            shown,
        };
        let text = "Guten Tag,\n\nbitte bestätigen Sie Ihre Anmeldung:\n\nhttps://rundbrief.musterstadt.example/confirm/Zx81QmVpc3BpZWw\n";
        let source = "From: Stadt Musterstadt <rundbrief@musterstadt.example>\r\nSubject: =?utf-8?Q?Bitte_best=C3=A4tigen?=\r\n\r\n<p>&</p>\r\n";
        vec![
            (
                "html",
                view(Shown::Html {
                    frame_url: "/mailbox/29/frame".into(),
                }),
            ),
            ("text", view(Shown::Text(text.into()))),
            ("source", view(Shown::Source(source.into()))),
        ]
    }
}
