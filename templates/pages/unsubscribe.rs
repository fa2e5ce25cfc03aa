//! Behind the unsubscribe link of a mail: the button that ends a subscription.

use maud::{Markup, html};

use crate::site::Site;

/// What is to be ended. GET changes nothing; the button POSTs.
#[derive(Debug, Clone)]
pub struct UnsubscribeView {
    /// Where the button posts to (the same URL as the page).
    pub action: String,
    /// The newsletter's name.
    pub newsletter: String,
    /// The address, masked; `None` when it is not known any more.
    pub masked_address: Option<String>,
    /// The reader's preferences page.
    pub preferences_url: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &UnsubscribeView) -> Markup {
    let _ = (site, view);
    html! {}
}
