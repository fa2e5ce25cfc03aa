//! A mail that is written once for many readers.
//!
//! `digest` encodes a variant of an issue once and knows where every byte of a personal token
//! stands; `delivery` makes of it the mail of one reader: one allocation, one copy, the tokens
//! written over, and the two headers that are the reader's own in front. Nothing is encoded anew.

use super::address::Address;
use super::token::TOKEN_LEN;

/// Where one token stands: the offset of each of its letters. A soft line break of
/// quoted-printable may lie between any two of them, so one offset would not do.
pub type Place = [u32; TOKEN_LEN];

/// The places that differ from reader to reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Where the unsubscribe token goes.
    pub unsubscribe: Vec<Place>,
    /// Where the preferences token goes.
    pub preferences: Vec<Place>,
}

/// A variant as it is sent, except for what is personal. CRLF line ends, ASCII only, no
/// line over 998 octets (RFC 5322 §2.1.1).
#[derive(Clone)]
pub struct PreparedMail {
    envelope_from: Address,
    bytes: Vec<u8>,
    places: Places,
}

/// What is one reader's own in a mail.
#[derive(Debug, Clone, Copy)]
pub struct Personal<'a> {
    /// The reader's address; letters outside ASCII go into `To` as they are (RFC 6532 §3.2), and then
    /// the mail needs SMTPUTF8.
    pub to: &'a Address,
    /// The Message-ID (RFC 5322 §3.6.4), without angle brackets; the same for every attempt.
    pub message_id: &'a str,
    /// The token that ends the subscription.
    pub unsubscribe: &'a [u8; TOKEN_LEN],
    /// The token that opens the preferences.
    pub preferences: &'a [u8; TOKEN_LEN],
}

/// Bytes and places that make no mail. Nobody meets this who does not change this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadMail {
    /// The bytes must survive every relay.
    #[error("a prepared mail holds a byte outside ASCII at {0}; this is an error in the program")]
    NotAscii(usize),
    /// A place beyond the end.
    #[error("a prepared mail has a place at {0}, beyond its end; this is an error in the program")]
    Beyond(u32),
}

impl PreparedMail {
    /// A mail of these encoded bytes (all headers but `To` and `Message-ID`, and the body), from
    /// `envelope_from`.
    pub fn new(envelope_from: Address, bytes: Vec<u8>, places: Places) -> Result<Self, BadMail> {
        if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
            return Err(BadMail::NotAscii(at));
        }
        let all = places.unsubscribe.iter().chain(&places.preferences);
        if let Some(beyond) = all.flatten().find(|at| **at as usize >= bytes.len()) {
            return Err(BadMail::Beyond(*beyond));
        }
        Ok(Self {
            envelope_from,
            bytes,
            places,
        })
    }

    /// The address for `MAIL FROM`.
    pub const fn envelope_from(&self) -> &Address {
        &self.envelope_from
    }

    /// The shared bytes, with placeholders where the tokens go.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The mail of one reader, ready for `DATA` (dots at the start of lines are not doubled yet).
    pub fn personal(&self, own: &Personal<'_>) -> Vec<u8> {
        debug_assert!(
            own.message_id.bytes().all(|byte| byte.is_ascii_graphic()),
            "a Message-ID is made by this program"
        );
        let front = [
            "To: ",
            own.to.as_str(),
            "\r\nMessage-ID: <",
            own.message_id,
            ">\r\n",
        ];
        let ahead = front.iter().map(|part| part.len()).sum::<usize>();
        let mut mail = Vec::with_capacity(ahead + self.bytes.len());
        for part in front {
            mail.extend_from_slice(part.as_bytes());
        }
        mail.extend_from_slice(&self.bytes);
        let shared = &mut mail[ahead..];
        for (places, token) in [
            (&self.places.unsubscribe, own.unsubscribe),
            (&self.places.preferences, own.preferences),
        ] {
            for place in places {
                for (at, letter) in place.iter().zip(token) {
                    shared[*at as usize] = *letter;
                }
            }
        }
        mail
    }
}

/// Sizes only: the text is not for logs.
impl std::fmt::Debug for PreparedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreparedMail")
            .field("bytes", &self.bytes.len())
            .field("unsubscribe", &self.places.unsubscribe.len())
            .field("preferences", &self.places.preferences.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    #[test]
    fn bytes_and_places_are_checked() {
        let from = address("post@example.org");
        let made = |bytes: &[u8], places| PreparedMail::new(from.clone(), bytes.to_vec(), places);
        assert_eq!(
            made("Grüße".as_bytes(), Places::default()).err(),
            Some(BadMail::NotAscii(2))
        );
        let places = |at| Places {
            preferences: vec![[at; TOKEN_LEN]],
            ..Places::default()
        };
        assert_eq!(made(b"abc", places(3)).err(), Some(BadMail::Beyond(3)));
        assert!(made(b"abc", places(2)).is_ok());
    }

    #[test]
    fn debug_shows_no_text() {
        let mail = PreparedMail::new(
            address("post@example.org"),
            b"Subject: secret\r\n".to_vec(),
            Places::default(),
        );
        let shown = format!("{mail:?}");
        assert!(shown.contains("17") && !shown.contains("secret"), "{shown}");
    }

    proptest! {
        #[test]
        fn only_the_places_change(
            content in "[ -~\r\n]{200,600}",
            places in prop::sample::subsequence((0..200_u32).collect::<Vec<_>>(), TOKEN_LEN * 2),
            unsubscribe in prop::array::uniform32(b'a'..=b'z'),
        ) {
            let place = |half: &[u32]| Place::try_from(half).expect("as many places as letters");
            let (one, two) = places.split_at(TOKEN_LEN);
            let places = Places { unsubscribe: vec![place(one)], preferences: vec![place(two)] };
            let mail = PreparedMail::new(address("post@example.org"), content.clone().into_bytes(), places).expect("a mail");
            let mut first = [b'U'; TOKEN_LEN];
            first[..32].copy_from_slice(&unsubscribe);
            let second = [b'_'; TOKEN_LEN];
            let to = address("erika@example.org");
            let whole = mail.personal(&Personal { to: &to, message_id: "id@example.org", unsubscribe: &first, preferences: &second });

            let front = b"To: erika@example.org\r\nMessage-ID: <id@example.org>\r\n";
            prop_assert!(whole.starts_with(front));
            let rest = &whole[front.len()..];
            prop_assert_eq!(rest.len(), content.len());
            for (at, byte) in rest.iter().enumerate() {
                let in_place = |half: &[u32]| half.iter().position(|place| *place as usize == at);
                let expected = match (in_place(one), in_place(two)) {
                    (Some(letter), _) => first[letter],
                    (_, Some(letter)) => second[letter],
                    _ => content.as_bytes()[at],
                };
                prop_assert_eq!(*byte, expected);
            }
        }
    }
}
