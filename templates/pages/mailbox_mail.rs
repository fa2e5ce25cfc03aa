//! One mail in the mailbox of a demonstration: as HTML, as text, as source.

use maud::{Markup, html};

use super::mailbox::MailboxLine;
use crate::site::Site;

/// A mail and how it is looked at.
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

/// One of the three ways to look at a mail.
#[derive(Debug, Clone)]
pub enum Shown {
    /// The HTML part, in a sandboxed frame that is loaded from this URL.
    Html {
        /// Where the frame finds the bare HTML part.
        frame_url: String,
    },
    /// The text part.
    Text(String),
    /// The whole mail as it went over the wire.
    Source(String),
}

/// Renders the page.
pub fn page(site: &Site, view: &MailboxMailView) -> Markup {
    let _ = (site, view);
    html! {}
}
