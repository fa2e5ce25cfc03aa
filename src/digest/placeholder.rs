//! Placeholders in rendered parts, which each reader's tokens replace.

use data_encoding::BASE64URL_NOPAD;
use sha2::Digest as _;

use crate::domain::token::{Purpose, TOKEN_LEN};

/// Bytes that make a text of [`TOKEN_LEN`] letters.
const BYTES: usize = TOKEN_LEN * 3 / 4;

/// The placeholder for tokens of this purpose in the mails of a release: as long as a token and of
/// the same letters, so nothing has to be escaped in HTML, in a URL or in quoted-printable.
///
/// It follows from the hash of the released texts; no text can hold it, for it would have to be
/// written after its own hash was known.
pub fn placeholder(release_hash: &str, purpose: Purpose) -> String {
    let purpose = match purpose {
        Purpose::Unsubscribe => "unsubscribe",
        Purpose::Preferences => "preferences",
    };
    let hash = sha2::Sha512::digest(format!("rundbrief/placeholder/{purpose}/{release_hash}"));
    BASE64URL_NOPAD.encode(&hash[..BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_look_like_tokens() {
        let one = placeholder("ab", Purpose::Unsubscribe);
        assert_eq!(one.len(), TOKEN_LEN);
        assert!(
            one.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        assert_ne!(one, placeholder("ab", Purpose::Preferences));
        assert_ne!(one, placeholder("ac", Purpose::Unsubscribe));
    }
}
