//! Behind a personal link (unsubscribe, preferences) that is not complete or none of ours.

use maud::{Markup, html};

use crate::site::Site;

/// A personal link that cannot be read.
#[derive(Debug, Clone)]
pub struct LinkInvalidView {
    /// Whom to write to who cannot get on, e.g. the organisation's address.
    pub contact: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &LinkInvalidView) -> Markup {
    let _ = (site, view);
    html! {}
}
