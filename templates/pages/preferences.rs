//! Topics and language of a subscriber, by the link in every mail.

use maud::{Markup, html};

use crate::site::Site;
use crate::{Locale, NewsletterChoice};

/// The form with what is chosen now, or as it comes back.
///
/// Field names: `topic` (repeated, `newsletterkey.topickey`), `language`, `form`.
#[derive(Debug, Clone)]
pub struct PreferencesView {
    /// Where the form is posted to (the same URL as the page).
    pub action: String,
    /// The address, masked.
    pub masked_address: String,
    /// The newsletters this reader subscribes to, each with all its topics.
    pub newsletters: Vec<SubscribedNewsletter>,
    /// The language of the mails.
    pub language: Locale,
    /// The value of the hidden field `form`; left out when `None`.
    pub form_token: Option<String>,
    /// Whether the page says that the changes were saved.
    pub saved: bool,
    /// What has to be put right.
    pub errors: Vec<PreferencesError>,
}

/// A newsletter on the preferences page.
#[derive(Debug, Clone)]
pub struct SubscribedNewsletter {
    /// The newsletter and its topics; `chosen` and `description` are not shown.
    pub choice: NewsletterChoice,
    /// The page that ends this subscription.
    pub unsubscribe_url: Option<String>,
}

/// What may be wrong with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreferencesError {
    /// No topic is left in the newsletter with this key.
    TopicMissing(String),
    /// The language is none of those on offer.
    LanguageUnknown,
    /// The form was open for too long.
    FormExpired,
}

/// Renders the page.
pub fn page(site: &Site, view: &PreferencesView) -> Markup {
    let _ = (site, view);
    html! {}
}
