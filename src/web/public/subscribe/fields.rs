//! What somebody filled in, and what is wrong with it.

use std::time::Duration;

use templates::pages::subscribe::SubscribeError;
use url::form_urlencoded;

use crate::app::subscriptions::{Catalogue, Wishes};
use crate::domain::address::{Address, BadAddress};
use crate::domain::language::Language;
use crate::domain::topic::TopicSet;
use crate::web::{Failure, Form, Reader, WebState};

/// How long a form may stay open. Browsers do not keep the page, so nobody has an old copy.
const OPEN_AT_MOST: Duration = Duration::from_hours(24);
/// What a link may choose: all topics of a few newsletters.
const MOST_CHOSEN: usize = 256;
/// Characters of a wrong address that are shown again.
const SHOWN_AGAIN: usize = 320;

/// The form as it was filled in.
pub(super) struct Filled {
    /// What was typed as address.
    pub(super) typed: String,
    /// The chosen newsletters and topics.
    pub(super) wishes: Wishes,
    /// The language of the mails.
    pub(super) language: Language,
    /// What has to be corrected.
    pub(super) errors: Vec<SubscribeError>,
    address: Option<Address>,
}

impl Filled {
    pub(super) fn empty(language: Language) -> Self {
        Self {
            typed: String::new(),
            wishes: Wishes::new(),
            language,
            errors: Vec::new(),
            address: None,
        }
    }

    /// Chooses what a link to the form names: `?topic=newsletter.topic`, `?newsletter=`. Somebody
    /// pressed a button with these words, and sees the choice before they send it; what is not in the
    /// catalogue is passed over.
    pub(super) fn choose(&mut self, catalogue: &Catalogue, query: &str) {
        let pairs = form_urlencoded::parse(query.as_bytes());
        for (name, value) in pairs.take(MOST_CHOSEN) {
            match name.as_ref() {
                "newsletter" => {
                    if let Some(newsletter) = catalogue.by_key(&value) {
                        self.wishes.entry(newsletter.id).or_default();
                    }
                }
                "topic" => {
                    if let Some((newsletter, topic)) = catalogue.topic(&value) {
                        let chosen = self.wishes.entry(newsletter.id).or_default();
                        *chosen = chosen.or([topic.bit].into_iter().collect());
                    }
                }
                _ => {}
            }
        }
    }

    /// The address to sign up; none while something is wrong with the form.
    pub(super) fn address(&self) -> Option<&Address> {
        self.address.as_ref().filter(|_| self.errors.is_empty())
    }
}

/// Reads the form. [`Failure::Unprocessable`] for what none of our pages sends.
pub(super) fn read(
    state: &WebState,
    reader: &Reader,
    catalogue: &Catalogue,
    form: &Form,
) -> Result<Filled, Failure> {
    let mut filled = Filled::empty(reader.language);
    let typed = form.one("address")?;
    filled.read_address(typed, state.app.config.subscribing.international_addresses);
    let known = filled.read_wishes(catalogue, form);
    filled.read_language(state, form.one("language")?);
    if !known || !is_fresh(state, form.one("form")?) {
        filled.errors.push(SubscribeError::FormExpired);
    }
    Ok(filled)
}

impl Filled {
    fn read_address(&mut self, typed: &str, international: bool) {
        let shown = typed.chars().filter(|c| !c.is_control());
        self.typed = shown.take(SHOWN_AGAIN).collect();
        let read = if international {
            Address::parse(typed)
        } else {
            Address::parse_ascii(typed)
        };
        match read {
            Ok(address) => self.address = Some(address),
            Err(reason) => self.errors.push(match reason {
                BadAddress::Empty => SubscribeError::AddressMissing,
                BadAddress::TooLong | BadAddress::LongLocalPart | BadAddress::LongDomain => {
                    SubscribeError::AddressTooLong
                }
                BadAddress::NonAsciiLocalPart => SubscribeError::AddressLocalPart,
                _ => SubscribeError::AddressInvalid,
            }),
        }
    }

    /// Returns whether everything chosen is in the catalogue; something else comes from a form that
    /// was open while the catalogue changed, or from no form.
    fn read_wishes(&mut self, catalogue: &Catalogue, form: &Form) -> bool {
        let mut known = true;
        if let [only] = catalogue.newsletters.as_slice() {
            self.wishes.insert(only.id, TopicSet::EMPTY);
        }
        for key in form.all("newsletter") {
            match catalogue.by_key(key) {
                Some(newsletter) => {
                    self.wishes.entry(newsletter.id).or_default();
                }
                None => known = false,
            }
        }
        for value in form.all("topic") {
            match catalogue.topic(value) {
                Some((newsletter, topic)) => {
                    let chosen = self.wishes.entry(newsletter.id).or_default();
                    *chosen = chosen.or([topic.bit].into_iter().collect());
                }
                None => known = false,
            }
        }
        if self.wishes.is_empty() {
            self.errors.push(SubscribeError::NewsletterMissing);
        }
        for (id, chosen) in &self.wishes {
            if let Some(newsletter) = catalogue.by_id(*id)
                && catalogue.is_topic_missing(*id, *chosen)
            {
                let key = newsletter.settings.key.clone();
                self.errors.push(SubscribeError::TopicMissing(key));
            }
        }
        known
    }

    fn read_language(&mut self, state: &WebState, chosen: &str) {
        let offered = &state.app.config.languages.offered;
        match chosen.parse() {
            Ok(language) if offered.contains(&language) => self.language = language,
            Err(_) if chosen.is_empty() => {}
            _ => self.errors.push(SubscribeError::LanguageUnknown),
        }
    }
}

/// Whether the form is one of ours, not older than a day, and was not filled in faster than a person
/// can. It comes back filled in, with a new stamp, so a quick person loses only a moment.
fn is_fresh(state: &WebState, stamp: &str) -> bool {
    let Ok(made_at) = state.keyring.open_form_token(stamp) else {
        return false;
    };
    let age = state.app.clock.now().since(made_at);
    age >= state.app.config.subscribing.fill_time && age <= OPEN_AT_MOST
}
