//! The mailbox of a demonstration: every mail that was sent, newest first.

use maud::{Markup, html};

use crate::site::Site;
use chrono::{NaiveDateTime, NaiveTime};

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
    let _ = (site, view);
    html! {}
}
