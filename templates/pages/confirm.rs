//! Behind the link of the confirmation mail: what was asked for, and the button that confirms it.

use maud::{Markup, html};

use crate::Newsletter;
use crate::site::Site;

/// What is to be confirmed. GET changes nothing; the button POSTs.
#[derive(Debug, Clone)]
pub struct ConfirmView {
    /// Where the button posts to (the same URL as the page).
    pub action: String,
    /// The address, masked, e.g. “e…@example.org”.
    pub masked_address: String,
    /// What was asked for.
    pub newsletters: Vec<Newsletter>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmView) -> Markup {
    let _ = (site, view);
    html! {}
}
