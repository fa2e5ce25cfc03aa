//! One-time tokens: 256 random bits, of which only the hash is stored.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest as _, Sha256};

/// The length of a confirm token in a link, in characters.
const LEN: usize = 43;

/// The secret in a confirmation link. The mail contains it; the database stores only
/// [`ConfirmToken::hash`], so that a copy of the database cannot confirm anything.
#[derive(Clone)]
pub struct ConfirmToken([u8; 32]);

/// A text that cannot be a confirm token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the link is incomplete; copy all of it from the mail")]
pub struct BadConfirmToken;

impl ConfirmToken {
    /// A new token; `entropy` comes from the system's random source.
    pub const fn from_entropy(entropy: [u8; 32]) -> Self {
        Self(entropy)
    }

    /// Reads the token in a link: 43 letters of base64url, nothing else.
    pub fn parse(text: &str) -> Result<Self, BadConfirmToken> {
        let mut bytes = [0; 32];
        if text.len() != LEN {
            return Err(BadConfirmToken);
        }
        BASE64URL_NOPAD
            .decode_mut(text.as_bytes(), &mut bytes)
            .map_err(|_| BadConfirmToken)?;
        Ok(Self(bytes))
    }

    /// The token as in the link. Write it into the mail and nowhere else.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What is stored: SHA-256 in 64 hex digits. (No salt is needed for 256 random bits, and
    /// looking a hash up in an index leaks no useful timing.)
    pub fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0))
    }
}

/// Prints no secret.
impl std::fmt::Debug for ConfirmToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConfirmToken(…)")
    }
}
