//! The imprint, from the configuration. Everything it says is in [`Site::imprint`].

use maud::{Markup, html};

use crate::site::Site;

/// The imprint needs nothing but the [`Site`].
#[derive(Debug, Clone)]
pub struct ImprintView {
    /// The body's own website.
    pub website: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ImprintView) -> Markup {
    let _ = (site, view);
    html! {}
}
