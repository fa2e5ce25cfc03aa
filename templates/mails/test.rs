//! What `rundbrief mail test ADDRESS` sends.

use super::Mail;
use crate::site::Site;
use chrono::NaiveDateTime;

/// A mail that shows that sending works.
#[derive(Debug, Clone)]
pub struct TestView {
    /// When it was made, as wall-clock time of the installation.
    pub sent_at: NaiveDateTime,
    /// The relay it was handed to, without secrets, e.g. `smtp+starttls://mail.example.org:587`.
    pub relay: String,
    /// The version of Rundbrief.
    pub version: String,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &TestView) -> Mail {
    let _ = (site, view);
    Mail::default()
}
