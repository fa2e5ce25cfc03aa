//! After the form: “look into your mailbox”. The same for everyone, known address or not.

use maud::{Markup, html};

use crate::site::Site;

/// What is said to everyone who sent the form.
#[derive(Debug, Clone)]
pub struct SubscribeSentView {
    /// How many days the link in the mail works.
    pub confirm_within_days: u32,
    /// The sender of the confirmation mail, to be found in the mailbox.
    pub sender_address: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &SubscribeSentView) -> Markup {
    let _ = (site, view);
    html! {}
}
