//! After the button: the subscription runs.

use maud::{Markup, html};

use crate::Newsletter;
use crate::site::Site;

/// What now runs.
#[derive(Debug, Clone)]
pub struct ConfirmedView {
    /// The newsletters that were confirmed.
    pub newsletters: Vec<Newsletter>,
    /// The reader's preferences page.
    pub preferences_url: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmedView) -> Markup {
    let _ = (site, view);
    html! {}
}
