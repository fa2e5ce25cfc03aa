//! Behind a confirmation link that no longer works: why, and what to do.

use maud::{Markup, html};

use crate::site::Site;

/// A confirmation link that cannot be followed.
#[derive(Debug, Clone)]
pub struct ConfirmInvalidView {
    /// Why.
    pub reason: ConfirmInvalidReason,
    /// How many days such a link works.
    pub confirm_within_days: u32,
}

/// Why a confirmation link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmInvalidReason {
    /// It was not followed in time; the request has been deleted.
    Expired,
    /// It has done its work already.
    Used,
    /// It is none of ours, or not complete.
    Unknown,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmInvalidView) -> Markup {
    let _ = (site, view);
    html! {}
}
