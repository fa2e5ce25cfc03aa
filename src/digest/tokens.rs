//! Where the personal tokens are in encoded text.

use super::placeholder::placeholder;
use crate::domain::mail::{TokenOffsets, TokenPositions};
use crate::domain::token::Purpose;

/// The placeholders of an issue.
#[derive(Debug, Clone)]
pub(super) struct Placeholders {
    /// For the token that ends the subscription.
    pub(super) unsubscribe: String,
    /// For the token that opens the preferences.
    pub(super) preferences: String,
}

impl Placeholders {
    /// The placeholders that are derived from `seed`.
    pub(super) fn new(seed: &str) -> Self {
        Self {
            unsubscribe: placeholder(seed, Purpose::Unsubscribe),
            preferences: placeholder(seed, Purpose::Preferences),
        }
    }

    /// Where they are in headers or in quoted-printable.
    pub(super) fn find(&self, encoded: &[u8]) -> TokenPositions {
        let logical = Logical::of(encoded);
        TokenPositions {
            unsubscribe: logical.find(&self.unsubscribe),
            preferences: logical.find(&self.preferences),
        }
    }
}

/// The bytes as a decoder of quoted-printable sees them.
struct Logical {
    bytes: Vec<u8>,
    /// Where soft line breaks stood: before which of [`Self::bytes`].
    breaks: Vec<usize>,
}

/// A soft line break (RFC 2045 §6.7).
const SOFT_BREAK: &[u8] = b"=\r\n";

impl Logical {
    fn of(encoded: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(encoded.len());
        let mut breaks = Vec::new();
        let mut done = 0;
        for at in memchr::memmem::find_iter(encoded, SOFT_BREAK) {
            bytes.extend_from_slice(&encoded[done..at]);
            breaks.push(bytes.len());
            done = at + SOFT_BREAK.len();
        }
        bytes.extend_from_slice(&encoded[done..]);
        Self { bytes, breaks }
    }

    /// The offset of a byte in the encoded text.
    fn offset(&self, at: usize) -> u32 {
        let before = self.breaks.partition_point(|place| *place <= at);
        u32::try_from(at + before * SOFT_BREAK.len()).unwrap_or(u32::MAX)
    }

    fn find(&self, wanted: &str) -> Vec<TokenOffsets> {
        memchr::memmem::find_iter(&self.bytes, wanted)
            .map(|begin| std::array::from_fn(|letter| self.offset(begin + letter)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::digest::mime::quoted_printable;
    use crate::domain::token::TOKEN_LEN;

    proptest! {
        /// Wherever soft line breaks fall.
        #[test]
        fn tokens_replace_their_placeholders_and_nothing_else(
            pieces in prop::collection::vec("(?s)[ -~äß€=\t\n]{0,90}", 1..6),
        ) {
            let placeholders = Placeholders::new("seed");
            let text = |tokens: [&str; 2]| {
                let pieces = pieces.iter().enumerate();
                let text: String = pieces.map(|(at, piece)| piece.clone() + tokens[at % 2]).collect();
                text.replace('\n', "\r\n")
            };
            let mut encoded =
                quoted_printable(&text([&placeholders.unsubscribe, &placeholders.preferences])).into_bytes();
            let found = placeholders.find(&encoded);
            prop_assert_eq!(found.unsubscribe.len() + found.preferences.len(), pieces.len());
            for (offsets, letter) in [(&found.unsubscribe, b'1'), (&found.preferences, b'2')] {
                for at in offsets.iter().flatten() {
                    encoded[*at as usize] = letter;
                }
            }
            let decoded = ::quoted_printable::decode(&encoded, ::quoted_printable::ParseMode::Strict);
            let expected = text(["1", "2"].map(|one| one.repeat(TOKEN_LEN)).each_ref().map(String::as_str));
            prop_assert_eq!(String::from_utf8(decoded.expect("it decodes")).expect("UTF-8"), expected);
        }
    }
}
