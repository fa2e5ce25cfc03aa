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
            sender_name: keys.optional_text("sender_name"),
            sender_address: keys.optional("sender_address", "an e-mail address", Address::parse),
        }
    }
}
