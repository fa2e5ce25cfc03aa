//! The form citizens subscribe with; also the home page.

use maud::{Markup, html};

use crate::site::Site;
use crate::{Locale, NewsletterChoice};

/// The form, empty or as it comes back.
///
/// Field names: `address`, `newsletter` (repeated; not sent when there is only one newsletter),
/// `topic` (repeated, `newsletterkey.topickey`), `language`, `website` (a trap for robots: people
/// leave it empty), `form` (the token).
#[derive(Debug, Clone)]
pub struct SubscribeView {
    /// Where the form is posted to.
    pub action: String,
    /// The newsletters on offer. A topic ticked under one that is not should count as choosing it.
    pub newsletters: Vec<NewsletterChoice>,
    /// What was typed as address.
    pub address: String,
    /// The chosen language of the mails.
    pub language: Locale,
    /// The value of the hidden field `form`.
    pub form_token: String,
    /// What has to be put right; empty on the first view.
    pub errors: Vec<SubscribeError>,
}

/// What may be wrong with a filled-in form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscribeError {
    /// No address was typed.
    AddressMissing,
    /// It does not look like an address.
    AddressInvalid,
    /// It is longer than mail allows.
    AddressTooLong,
    /// The part before the @ has letters outside ASCII.
    AddressLocalPart,
    /// No newsletter was chosen.
    NewsletterMissing,
    /// No topic was chosen in the newsletter with this key.
    TopicMissing(String),
    /// The language is none of those on offer.
    LanguageUnknown,
    /// The form was open for too long, or its token is not ours.
    FormExpired,
}

/// Renders the page.
pub fn page(site: &Site, view: &SubscribeView) -> Markup {
    let _ = (site, view);
    html! {}
}
