//! `[bounces]`: where bounces are sent.

use super::keys::Keys;
use crate::domain::address::Address;
use crate::domain::return_path::ReturnPath;

/// `[bounces]`.
#[derive(Debug, Clone)]
pub struct Bounces {
    /// The base of each mail's return path; without it, bounces go to the sender of the newsletter.
    pub return_path: Option<ReturnPath>,
}

impl Bounces {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        Self {
            return_path: keys.optional("address", "an e-mail address", |text| {
                let address = Address::parse_ascii(text).map_err(|error| error.to_string())?;
                ReturnPath::new(address).map_err(|error| error.to_string())
            }),
        }
    }
}
