//! What somebody filled in, and what is wrong with it.

use std::time::Duration;

use templates::pages::subscribe::SubscribeError;

use crate::domain::address::{Address, BadAddress};
use crate::domain::language::Language;
use crate::domain::topic::TopicSet;
use crate::web::public::offer::{Offer, Wishes};
use crate::web::{Failure, Form, Reader, WebState};

/// How long a form may stay open; the pages are not kept by browsers, so a copy is no one's habit.
const OPEN_AT_MOST: Duration = Duration::from_hours(24);
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
    /// What has to be put right.
    pub(super) errors: Vec<SubscribeError>,
    address: Option<Address>,
}

/// What somebody asks for, with nothing wrong about it.
pub(super) struct Wish<'a> {
    pub(super) address: &'a Address,
    pub(super) language: Language,
    pub(super) newsletters: &'a Wishes,
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

    /// What to record; none while something is wrong.
    pub(super) fn wish(&self) -> Option<Wish<'_>> {
        let address = self.address.as_ref().filter(|_| self.errors.is_empty())?;
        Some(Wish {
            address,
            language: self.language,
            newsletters: &self.wishes,
        })
    }
}

/// Reads the form. [`Failure::Unprocessable`] for what no page of ours sends.
pub(super) fn read(
    state: &WebState,
    reader: &Reader,
    offer: &Offer,
    form: &Form,
) -> Result<Filled, Failure> {
    let mut filled = Filled::empty(reader.language);
    let typed = form.one("address")?;
    filled.read_address(typed, state.config.subscribing.international_addresses);
    let known = filled.read_wishes(offer, form);
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

    /// Returns whether everything chosen is on offer; something else comes from a form that was
    /// open while the offer changed, or from no form.
    fn read_wishes(&mut self, offer: &Offer, form: &Form) -> bool {
        let mut known = true;
        if let [only] = offer.newsletters.as_slice() {
            self.wishes.insert(only.id, TopicSet::EMPTY);
        }
        for key in form.all("newsletter") {
            match offer.by_key(key) {
                Some(newsletter) => {
                    self.wishes.entry(newsletter.id).or_default();
                }
                None => known = false,
            }
        }
        for value in form.all("topic") {
            match offer.topic(value) {
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
            if let Some(newsletter) = offer.by_id(*id)
                && chosen.is_empty()
                && offer.carried(newsletter).next().is_some()
            {
                let key = newsletter.settings.key.clone();
                self.errors.push(SubscribeError::TopicMissing(key));
            }
        }
        known
    }

    fn read_language(&mut self, state: &WebState, chosen: &str) {
        let offered = &state.config.languages.offered;
        match chosen.parse() {
            Ok(language) if offered.contains(&language) => self.language = language,
            Err(_) if chosen.is_empty() => {}
            _ => self.errors.push(SubscribeError::LanguageUnknown),
        }
    }
}

/// Whether the form is one of ours, not older than a day, and was not filled in faster than a
/// person could. It comes back filled in, with a new stamp, so a quick person loses a moment only.
fn is_fresh(state: &WebState, stamp: &str) -> bool {
    let Ok(made_at) = state.keyring.open_form_token(stamp) else {
        return false;
    };
    let age = state.clock.now().since(made_at);
    age >= state.config.subscribing.fill_time && age <= OPEN_AT_MOST
}
