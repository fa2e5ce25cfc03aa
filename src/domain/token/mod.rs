//! Signed, stateless tokens: each lets a link do one thing for one reader, for years.
//!
//! Mails carry them (`digest` and `delivery` write them with [`Keyring::signer`]), pages verify
//! them (`web` with [`Keyring::open`]). A stateless token is
//!
//! ```text
//! version (1 byte) ‖ key id (1) ‖ payload ‖ HMAC-SHA-256 of all before, cut to 16 bytes
//! ```
//!
//! in base64url without padding. Every token of a purpose has the same length, so that prepared
//! mails keep their offsets; fields have no separator, so that no dot can begin a line. The signing
//! key is derived from the installation's key for one purpose only: an unsubscribe token is invalid
//! everywhere else.
//!
//! One-time tokens that expire are random instead: [`ConfirmToken`].

mod confirm;
mod keyring;
mod seal;

pub use confirm::{BadConfirmToken, ConfirmToken};
pub use keyring::{BadKey, Keyring, Place};
pub use seal::{BadSeal, SEAL_ENTROPY};

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::address::Address;
use super::delivery::DeliveryKey;
use super::timestamp::Timestamp;
use keyring::Label;

/// The layout in the module docs; another layout gets another number.
const VERSION: u8 = 1;
const HEAD: usize = 2;
/// 128 bits: nobody can guess one, and it keeps links short.
const MAC: usize = 16;
const DELIVERY_PAYLOAD: usize = 16;
const DELIVERY_BYTES: usize = HEAD + DELIVERY_PAYLOAD + MAC;
const STAMP_PAYLOAD: usize = 8;
const STAMP_BYTES: usize = HEAD + STAMP_PAYLOAD + MAC;

/// The length of every token for a [`Purpose`], in characters.
pub const TOKEN_LEN: usize = base64_len(DELIVERY_BYTES);
/// The length of a form's signed time stamp, in characters.
pub const FORM_TOKEN_LEN: usize = base64_len(STAMP_BYTES);
/// The length of [`Keyring::bounce_token`], in characters.
pub const BOUNCE_TOKEN_LEN: usize = (DELIVERY_BYTES * 8).div_ceil(5);
/// The length of [`Keyring::message_id`], in characters.
pub const MESSAGE_ID_LEN: usize = 26;

const fn base64_len(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// The purpose of a link in a mail. A token of one purpose is invalid for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Ends the subscription; for people and for one-click (RFC 8058).
    Unsubscribe,
    /// Opens the page where topics and language are changed.
    Preferences,
}

/// Why a token is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// Wrong length or characters: truncated, or something added.
    #[error("the link is incomplete; copy all of it from the mail")]
    Malformed,
    /// An unknown layout.
    #[error("the link was made by a newer version of this service; update the service")]
    UnknownVersion,
    /// Signed with a key that is not in the keyring.
    #[error(
        "the link was signed with a key that this service no longer has; put the former key back among the old keys"
    )]
    UnknownKey,
    /// Changed, of another purpose, or of another installation.
    #[error(
        "the link was changed, or belongs to another page or another service; use the one in the mail"
    )]
    WrongMac,
}

/// Writes the tokens of one purpose with the current key, without allocation: for the workers that
/// write two of them into each of a million mails.
#[derive(Clone)]
pub struct TokenSigner {
    key_id: u8,
    mac: Hmac<Sha256>,
}

impl TokenSigner {
    /// Writes the token of `key` into `out`: letters of base64url, all of `out`.
    pub fn write(&self, key: DeliveryKey, out: &mut [u8; TOKEN_LEN]) {
        let signed: [u8; DELIVERY_BYTES] = sign(self.key_id, &self.mac, &delivery_payload(key));
        BASE64URL_NOPAD.encode_mut(&signed, out);
    }
}

impl std::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSigner")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// A token that lets its holder do one thing for this delivery's subscriber. An `issue` of 0
    /// means a mail that is not an issue, such as a notice.
    pub fn issue_token(&self, purpose: Purpose, key: DeliveryKey) -> String {
        let mut out = [0; TOKEN_LEN];
        self.signer(purpose).write(key, &mut out);
        out.iter().copied().map(char::from).collect()
    }

    /// A signer for many tokens of one purpose.
    pub fn signer(&self, purpose: Purpose) -> TokenSigner {
        let current = self.current();
        TokenSigner {
            key_id: current.id(),
            mac: current.mac(purpose.into()).clone(),
        }
    }

    /// The delivery a token was made for, if it was made here, for this purpose.
    pub fn open(&self, purpose: Purpose, token: &str) -> Result<DeliveryKey, BadToken> {
        let bytes: [u8; DELIVERY_BYTES] = decode(token, TOKEN_LEN)?;
        self.delivery_of(purpose.into(), &bytes)
    }

    fn delivery_of(
        &self,
        label: Label,
        bytes: &[u8; DELIVERY_BYTES],
    ) -> Result<DeliveryKey, BadToken> {
        let payload: [u8; DELIVERY_PAYLOAD] = self.verified(label, bytes)?;
        let (issue, subscriber) = payload.split_at(8);
        Ok(DeliveryKey {
            issue: big_endian(issue),
            subscriber: big_endian(subscriber),
        })
    }

    /// The token in the return path of a delivery: 55 lower-case letters and digits (base32),
    /// because mail systems may change the case of an address.
    pub fn bounce_token(&self, key: DeliveryKey) -> String {
        let current = self.current();
        let signed: [u8; DELIVERY_BYTES] = sign(
            current.id(),
            current.mac(Label::Bounce),
            &delivery_payload(key),
        );
        BASE32_NOPAD.encode(&signed).to_ascii_lowercase()
    }

    /// The delivery of a return path, in any case.
    pub fn open_bounce_token(&self, token: &str) -> Result<DeliveryKey, BadToken> {
        let mut bytes = [0; DELIVERY_BYTES];
        if token.len() != BOUNCE_TOKEN_LEN {
            return Err(BadToken::Malformed);
        }
        BASE32_NOPAD
            .decode_mut(token.to_ascii_uppercase().as_bytes(), &mut bytes)
            .map_err(|_| BadToken::Malformed)?;
        self.delivery_of(Label::Bounce, &bytes)
    }

    /// The left part of the Message-ID of a delivery: 26 letters and digits, the same for every
    /// attempt, so that a receiver can drop a duplicate (RFC 5322 §3.6.4).
    ///
    /// Derived with the *oldest* key of the keyring: a repeat after a new key was added must not
    /// get a new Message-ID. It changes only when the oldest key is dropped, which an operator does
    /// long after the last mail signed with it. It proves nothing, so a leaked key does no harm
    /// here.
    pub fn message_id(&self, key: DeliveryKey) -> String {
        let mac = self
            .oldest()
            .mac(Label::MessageId)
            .clone()
            .chain_update(delivery_payload(key))
            .finalize()
            .into_bytes();
        BASE32_NOPAD.encode(&mac[..MAC]).to_ascii_lowercase()
    }

    /// The keyed hash under which an address is suppressed from now on: 64 hex digits over
    /// [`Address::key`]. Without the key, addresses cannot be tested against it.
    pub fn address_hash(&self, address: &Address) -> String {
        address_hash(self.current(), address)
    }

    /// Every hash under which this address may have been suppressed, the current one first: one for
    /// each key. A look-up checks all of them.
    pub fn address_hashes(&self, address: &Address) -> Vec<String> {
        self.keys().map(|key| address_hash(key, address)).collect()
    }

    /// The keyed hash under which failed logins of an account or a network are counted.
    pub fn login_hash(&self, who: &str) -> String {
        let mac = self.current().mac(Label::LoginDelay).clone();
        HEXLOWER.encode(&mac.chain_update(who.as_bytes()).finalize().into_bytes())
    }

    /// The code of eight digits that was mailed to the user of a session, asked for at this time.
    pub fn login_code(&self, session: &str, asked_at: Timestamp) -> String {
        let mac = self.current().mac(Label::LoginCode).clone();
        let text = format!("{} {session}", asked_at.micros());
        let bytes = mac.chain_update(text.as_bytes()).finalize().into_bytes();
        let number = bytes
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:08}", number % 100_000_000)
    }

    /// The token in the forms of a session of the newsroom.
    pub fn session_form_token(&self, session: &str) -> String {
        let mac = self.current().mac(Label::SessionForm).clone();
        let bytes = mac.chain_update(session.as_bytes()).finalize().into_bytes();
        BASE64URL_NOPAD.encode(&bytes[..MAC])
    }

    /// The signed time stamp in a public form: holds the time of the page, so that a form submitted
    /// within a second, or the next day, is recognised without a session.
    pub fn form_token(&self, made_at: Timestamp) -> String {
        let current = self.current();
        let signed: [u8; STAMP_BYTES] = sign(
            current.id(),
            current.mac(Label::FormToken),
            &made_at.micros().to_be_bytes(),
        );
        BASE64URL_NOPAD.encode(&signed)
    }

    /// When the form with this time stamp was rendered. The caller decides how old it may be.
    pub fn open_form_token(&self, token: &str) -> Result<Timestamp, BadToken> {
        let bytes: [u8; STAMP_BYTES] = decode(token, FORM_TOKEN_LEN)?;
        let payload: [u8; STAMP_PAYLOAD] = self.verified(Label::FormToken, &bytes)?;
        Ok(Timestamp::from_micros(i64::from_be_bytes(payload)))
    }

    /// The payload of a signed token, after checking version, key and MAC.
    fn verified<const N: usize>(&self, label: Label, bytes: &[u8]) -> Result<[u8; N], BadToken> {
        let (signed, mac) = bytes.split_at(bytes.len() - MAC);
        if signed[0] != VERSION {
            return Err(BadToken::UnknownVersion);
        }
        let key = self.key(signed[1]).ok_or(BadToken::UnknownKey)?;
        // Compares in constant time.
        key.mac(label)
            .clone()
            .chain_update(signed)
            .verify_truncated_left(mac)
            .map_err(|_| BadToken::WrongMac)?;
        signed[HEAD..].try_into().map_err(|_| BadToken::Malformed)
    }
}

fn sign<const N: usize>(key_id: u8, mac: &Hmac<Sha256>, payload: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    let (signed, tag) = bytes.split_at_mut(N - MAC);
    signed[0] = VERSION;
    signed[1] = key_id;
    signed[HEAD..].copy_from_slice(payload);
    tag.copy_from_slice(&mac.clone().chain_update(&*signed).finalize().into_bytes()[..MAC]);
    bytes
}

/// Strict: the exact length, no other characters, and no unused bits at the end (two texts must not
/// be the same token).
fn decode<const N: usize>(token: &str, length: usize) -> Result<[u8; N], BadToken> {
    let mut bytes = [0; N];
    if token.len() != length {
        return Err(BadToken::Malformed);
    }
    BASE64URL_NOPAD
        .decode_mut(token.as_bytes(), &mut bytes)
        .map_err(|_| BadToken::Malformed)?;
    Ok(bytes)
}

fn delivery_payload(key: DeliveryKey) -> [u8; DELIVERY_PAYLOAD] {
    let mut payload = [0; DELIVERY_PAYLOAD];
    payload[..8].copy_from_slice(&key.issue.to_be_bytes());
    payload[8..].copy_from_slice(&key.subscriber.to_be_bytes());
    payload
}

fn big_endian(bytes: &[u8]) -> i64 {
    i64::from_be_bytes(
        bytes
            .try_into()
            .expect("a payload's halves are eight bytes each"),
    )
}

fn address_hash(key: &keyring::Key, address: &Address) -> String {
    let mac = key
        .mac(Label::AddressHash)
        .clone()
        .chain_update(address.key().as_bytes());
    HEXLOWER.encode(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests;
