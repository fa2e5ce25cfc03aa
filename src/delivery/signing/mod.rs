//! Signatures (DKIM: RFC 6376, 8301, 8463), so that receivers can tell who a mail is from.
//!
//! [`Keychain`] holds the active keys. The engine and the sender of notices get a [`Signer`] from
//! it, which signs the finished bytes of each mail before dot-stuffing (RFC 5321 §4.5.2).
//! `cli::dkim` generates keys ([`new_key`]) and prints their [`DnsRecord`]s.
//!
//! Each mail gets one signature for every algorithm with an active key: RSA for all receivers,
//! Ed25519 for those that support it. Signing is CPU-bound for about a millisecond, so call it on a
//! blocking thread.

mod canonical;
mod der;
mod fields;
mod generate;
mod key;
mod keychain;
mod record;

pub use generate::{NoNewKey, private_key};
pub use key::{BadSigningKey, CannotSign, SigningKey};
pub use keychain::{Keychain, SigningError, UnreadableKey, new_key, open};
pub use record::DnsRecord;

use chrono::DateTime;
use data_encoding::BASE64;
use ring::digest::{SHA256, digest};

use crate::domain::dkim;
use canonical::relaxed_body;
use fields::{Head, complete};

/// The active keys. Cheap to share; signs on any thread.
#[derive(Debug, Default)]
pub struct Signer {
    /// RSA first: a receiver that checks only one signature checks the first.
    keys: Vec<SigningKey>,
}

impl Signer {
    /// Signs with these keys, one for each domain and algorithm.
    pub fn new(mut keys: Vec<SigningKey>) -> Self {
        keys.sort_by_key(SigningKey::algorithm);
        Self { keys }
    }

    /// Whether there are no keys.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys for mails from this domain: its own, or those of the nearest parent domain.
    pub fn keys_for(&self, from_domain: &str) -> impl Iterator<Item = &SigningKey> {
        let aligned = self.keys.iter().map(SigningKey::domain);
        let nearest = aligned
            .filter(|domain| dkim::is_within(from_domain, domain))
            .max_by_key(|domain| domain.len());
        self.keys
            .iter()
            .filter(move |key| Some(key.domain()) == nearest)
    }

    /// The signatures of a finished mail, as header fields to put in front of it; empty where no
    /// key signs for its `From`. They carry the mail's own date, so that a repeated mail has the
    /// same bytes.
    pub fn fields(&self, mail: &[u8]) -> Result<String, CannotSign> {
        let (head, body) = Head::split(mail);
        let from = head.author_domain().unwrap_or_default();
        let mut keys = self.keys_for(&from).peekable();
        let mut fields = String::new();
        if keys.peek().is_none() {
            return Ok(fields);
        }
        let body_hash = BASE64.encode(digest(&SHA256, &relaxed_body(body)).as_ref());
        let date = head.value("Date");
        let at = date.and_then(|date| DateTime::parse_from_rfc2822(&date).ok());
        let at = at.map(|date| date.timestamp());
        let to_sign = head.to_sign();
        for key in keys {
            let unsigned = to_sign.unsigned(key, at, &body_hash);
            let signature = key.sign(&to_sign.with(&unsigned))?;
            fields.push_str(&complete(unsigned, &signature));
        }
        Ok(fields)
    }

    /// The mail with its signatures in front.
    pub fn signed(&self, mail: Vec<u8>) -> Result<Vec<u8>, CannotSign> {
        let fields = self.fields(&mail)?;
        if fields.is_empty() {
            return Ok(mail);
        }
        let mut signed = fields.into_bytes();
        signed.reserve_exact(mail.len());
        signed.extend_from_slice(&mail);
        Ok(signed)
    }
}

#[cfg(test)]
mod tests;
