//! The privacy notice (Art. 13 GDPR), made from the live configuration so that it cannot go stale.

use maud::{Markup, html};

use crate::site::Site;

/// What the notice is made of; controller and contact come from [`Site::imprint`].
#[derive(Debug, Clone)]
pub struct PrivacyView {
    /// How to reach the data protection officer, line by line.
    pub data_protection_officer: Vec<String>,
    /// The supervisory authority one can complain to.
    pub authority: Option<String>,
    /// Who else handles the addresses (processors), e.g. the computing centre; empty: nobody.
    pub recipients: Vec<String>,
    /// After how many days unconfirmed sign-ups are deleted.
    pub confirm_within_days: u32,
    /// How many days the delivery log keeps who got which mail; `None`: as long as the subscription runs.
    pub delivery_log_days: Option<u32>,
    /// The body's general privacy notice.
    pub general_notice_url: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &PrivacyView) -> Markup {
    let _ = (site, view);
    html! {}
}
