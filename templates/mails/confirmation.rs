//! The confirmation mail of a sign-up: neutral, one link, no offers (the sender cannot know yet that it is welcome).

use chrono::NaiveDateTime;

use super::Mail;
use crate::Newsletter;
use crate::site::Site;

/// Somebody typed this address into the form.
#[derive(Debug, Clone)]
pub struct ConfirmationView {
    /// The newsletters that were asked for.
    pub newsletters: Vec<Newsletter>,
    /// When the form was sent, as wall-clock time of the installation.
    pub requested_at: NaiveDateTime,
    /// The page that confirms.
    pub confirm_url: String,
    /// Until when it works, as wall-clock time of the installation.
    pub expires_at: NaiveDateTime,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &ConfirmationView) -> Mail {
    let _ = (site, view);
    Mail::default()
}
