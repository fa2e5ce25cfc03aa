//! `[subscribing]`: signing up and confirming.

use std::time::Duration;

use super::keys::Keys;
use crate::domain::address::Address;

/// `[subscribing]`.
#[derive(Debug, Clone)]
pub struct Subscribing {
    /// How long a sign-up waits for its confirmation before it is deleted.
    pub confirm_within: Duration,
    /// Mails at most that one address gets within 24 hours because somebody typed it into the form.
    pub confirmations_per_day: u32,
    /// How often one client may send the form per hour.
    pub requests_per_client: u32,
    /// How often everybody together may send the form per hour.
    pub requests_in_all: u32,
    /// The time a person needs at least to fill in the form.
    pub fill_time: Duration,
    /// Whether addresses with letters outside ASCII before the `@` are taken, for which every relay
    /// must offer SMTPUTF8.
    pub international_addresses: bool,
    /// The name that confirmation mails come from; without one, the organisation's.
    pub sender_name: Option<String>,
    /// The address that confirmation mails come from; without one, the organisation's.
    pub sender_address: Option<Address>,
}

impl Subscribing {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let day = Duration::from_hours(24);
        Self {
            confirm_within: keys.duration("confirm_within", day..=14 * day),
            confirmations_per_day: keys.whole("confirmations_per_day", 1..=20),
            requests_per_client: keys.whole("requests_per_client", 1..=100_000),
            requests_in_all: keys.whole("requests_in_all", 1..=1_000_000),
            fill_time: keys.duration("fill_time", Duration::ZERO..=Duration::from_mins(1)),
            international_addresses: keys.flag("international_addresses"),
            sender_name: keys.optional_text("sender_name"),
            sender_address: keys.optional(
                "sender_address",
                "an e-mail address",
                Address::parse_ascii,
            ),
        }
    }
}
