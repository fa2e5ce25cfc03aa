//! The accessibility statement: the body's own, or a short one, with a way to report barriers.

use maud::{Markup, html};

use crate::site::Site;

/// What the statement is made of.
#[derive(Debug, Clone)]
pub struct AccessibilityView {
    /// The body's own statement.
    pub statement_url: Option<String>,
    /// Where barriers can be reported; without one, the address of the imprint.
    pub feedback_address: Option<String>,
    /// When this version was last checked, if known.
    pub checked_on: Option<chrono::NaiveDate>,
}

/// Renders the page.
pub fn page(site: &Site, view: &AccessibilityView) -> Markup {
    let _ = (site, view);
    html! {}
}
