//! After the button: the subscription has ended.

use maud::{Markup, html};

use crate::site::Site;

/// What has ended.
#[derive(Debug, Clone)]
pub struct UnsubscribedView {
    /// The newsletter's name.
    pub newsletter: String,
    /// Where one can subscribe again.
    pub subscribe_url: String,
}

/// Renders the page.
pub fn page(site: &Site, view: &UnsubscribedView) -> Markup {
    let _ = (site, view);
    html! {}
}
