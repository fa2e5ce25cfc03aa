//! The return path of one delivery (VERP): `local+TOKEN@domain`. `delivery` sends it in MAIL FROM;
//! a reader of bounces finds the delivery by it.
//!
//! The token is signed, so that bounces cannot be forged, and survives mail systems that change
//! upper to lower case.

use super::address::Address;
use super::delivery::DeliveryKey;
use super::token::{BOUNCE_TOKEN_LEN, BadToken, Keyring};

/// RFC 5321 §4.5.3.1.1: 64 octets, less the token and its `+`.
pub const LONGEST_LOCAL_PART: usize = 64 - 1 - BOUNCE_TOKEN_LEN;
/// RFC 5321 §4.5.3.1.3: 254 octets for the whole.
const LONGEST_ADDRESS: usize = 254 - 1 - BOUNCE_TOKEN_LEN;

/// The base address of all return paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath(Address);

/// Why an address cannot be the base of return paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReturnPath {
    /// No room for the token.
    #[error(
        "there is no room for a token: at most {LONGEST_LOCAL_PART} characters before the @ (as in bounces@example.org) and {LONGEST_ADDRESS} in all"
    )]
    TooLong,
    /// A plus would be confused with the one before the token.
    #[error(
        "there is a + before the @, which is reserved for the token of each mail; leave it out"
    )]
    Plus,
}

impl ReturnPath {
    /// Return paths based on `address`, whose mail system must deliver `local+anything` to it.
    pub fn new(address: Address) -> Result<Self, BadReturnPath> {
        if address.local_part().contains('+') {
            return Err(BadReturnPath::Plus);
        }
        if address.local_part().len() > LONGEST_LOCAL_PART
            || address.as_str().len() > LONGEST_ADDRESS
        {
            return Err(BadReturnPath::TooLong);
        }
        Ok(Self(address))
    }

    /// The domain of all of them.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    /// The address for the bounces of one delivery.
    pub fn of(&self, keyring: &Keyring, key: DeliveryKey) -> Address {
        let (local, domain) = (self.0.local_part(), self.0.domain());
        let token = keyring.bounce_token(key);
        Address::parse(&format!("{local}+{token}@{domain}"))
            .expect("an address with room for the token, and letters and digits")
    }

    /// The delivery that a bounce to `recipient` is about; `None` if it is not one of these
    /// addresses.
    pub fn delivery(
        &self,
        keyring: &Keyring,
        recipient: &str,
    ) -> Option<Result<DeliveryKey, BadToken>> {
        let (local, domain) = recipient.rsplit_once('@')?;
        let (local, token) = local.split_once('+')?;
        let ours = local.eq_ignore_ascii_case(self.0.local_part())
            && domain.eq_ignore_ascii_case(self.0.domain());
        ours.then(|| keyring.open_bounce_token(token))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keyring(seed: u8) -> Keyring {
        let entropy = std::array::from_fn(|place| seed ^ u8::try_from(place).expect("below 32"));
        Keyring::parse::<&str>(&Keyring::generate(entropy), &[]).expect("a keyring")
    }

    fn path(text: &str) -> Result<ReturnPath, BadReturnPath> {
        ReturnPath::new(Address::parse(text).expect("an address"))
    }

    #[test]
    fn base_addresses_need_room_for_the_token() {
        assert!(path("bounces@news.example.org").is_ok());
        assert!(path("12345678@example.org").is_ok());
        assert_eq!(path("123456789@example.org"), Err(BadReturnPath::TooLong));
        let long = format!("b@{}.example.org", vec!["a".repeat(61); 3].join("."));
        assert_eq!(path(&long), Err(BadReturnPath::TooLong));
        assert_eq!(path("a+b@example.org"), Err(BadReturnPath::Plus));
    }

    proptest! {
        #[test]
        fn bounces_find_their_delivery_in_any_case(issue: i64, subscriber: i64, upper: bool) {
            let keys = keyring(7);
            let key = DeliveryKey { issue, subscriber };
            let bounces = path("Bounces@example.org").expect("short enough");
            let address = bounces.of(&keys, key);
            prop_assert!(address.local_part().len() <= 64);
            let mut to = address.as_str().to_owned();
            if upper {
                to.make_ascii_uppercase();
            } else {
                to.make_ascii_lowercase();
            }
            prop_assert_eq!(bounces.delivery(&keys, &to), Some(Ok(key)));
            prop_assert_eq!(bounces.delivery(&keyring(8), &to), Some(Err(BadToken::WrongMac)));
        }

        #[test]
        fn forged_bounces_are_rejected(text in "\\PC{0,40}", token in "(?i)ae[a-z2-7]{53}", place in 8_usize..63, letter in "[a-z2-7]") {
            let keys = keyring(7);
            let bounces = path("bounces@example.org").expect("short enough");
            for to in [text.clone(), format!("bounces+{text}@example.org"), format!("bounces+{token}@example.org")] {
                prop_assert!(!matches!(bounces.delivery(&keys, &to), Some(Ok(_))));
            }
            let key = DeliveryKey { issue: 3, subscriber: 4 };
            let real = bounces.of(&keys, key).as_str().to_owned();
            let mut changed = real.clone();
            changed.replace_range(place..=place, &letter);
            prop_assert_eq!(bounces.delivery(&keys, &changed) == Some(Ok(key)), changed == real);
        }
    }
}
