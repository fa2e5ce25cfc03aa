//! `[subscribing]`: signing up and confirming.

use std::time::Duration;

use super::keys::Keys;
use crate::domain::address::Address;

/// `[subscribing]`.
#[derive(Debug, Clone)]
pub struct Subscribing {
    /// How long a sign-up waits for its confirmation before it is deleted.
    pub confirm_within: Duration,
    /// The most mails to one address within 24 hours because of the form.
    pub confirmations_per_day: u32,
    /// Submissions per hour by one client, valid or not.
    pub requests_per_client: u32,
    /// Valid submissions per hour in total.
    pub requests_in_all: u32,
    /// The shortest time in which a person can fill in the form.
    pub fill_time: Duration,
    /// Whether addresses with non-ASCII characters before the `@` are accepted; every relay must
    /// then support SMTPUTF8.
    pub international_addresses: bool,
    /// The name that confirmation mails come from; without one, the organisation's.
    pub sender_name: Option<String>,
    /// The address that confirmation mails come from; without one, the organisation's.
    pub sender_address: Option<Address>,
}

impl Subscribing {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let day = Duration::from_hours(24);
        let subscribing = Self {
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
        };
        if subscribing.requests_per_client > subscribing.requests_in_all / 4 {
            keys.warn(
                "requests_per_client",
                "a few clients could use up requests_in_all and so close the form for everybody"
                    .to_owned(),
                "set requests_in_all to at least four times requests_per_client",
            );
        }
        subscribing
    }
}
