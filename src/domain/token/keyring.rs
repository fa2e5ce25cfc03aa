//! The installation's keys, and the keys derived from them.

use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _};
use ring::aead::LessSafeKey;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Purpose;
use super::seal::sealing_key;

/// 256 bits, as long as the derived keys.
const SHORTEST_KEY: usize = 32;
/// Detects a file of another kind.
const LONGEST_KEY: usize = 1_024;

/// The current key and those before it. Everything is signed with the current key; tokens signed
/// with an old one are still valid.
///
/// Ids increase: a new key gets an id above all earlier ones. That order identifies the oldest key,
/// which [`Keyring::message_id`] uses.
#[derive(Clone)]
pub struct Keyring {
    /// The current key first, then the others from new to old. Never empty.
    keys: Vec<Key>,
}

/// Why a text is not a key, or a list of keys not a keyring. Never contains the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not `id:base64`.
    #[error(
        "a key is written as an id from 0 to 255, a colon, and base64, such as `1:` followed by what `openssl rand -base64 32` prints; the {place} has another form"
    )]
    Form {
        /// Which key.
        place: Place,
    },
    /// What follows the colon is not base64.
    #[error(
        "the {place} is not base64 after its colon; copy it again, whole, with no blank or line break inside"
    )]
    NotBase64 {
        /// Which key.
        place: Place,
    },
    /// Too short to be safe, or the same byte throughout.
    #[error(
        "the {place} is too weak: it needs at least {SHORTEST_KEY} random bytes (`openssl rand -base64 32` makes them)"
    )]
    Weak {
        /// Which key.
        place: Place,
    },
    /// Longer than any key.
    #[error("the {place} is too long: at most {LONGEST_KEY} bytes; is it the right file?")]
    TooLong {
        /// Which key.
        place: Place,
    },
    /// An id is used twice.
    #[error(
        "two keys have the id {id}; tokens refer to keys by id, so give the newer one a higher id"
    )]
    DoubleId {
        /// The id.
        id: u8,
    },
    /// An old key has a higher id than the current one.
    #[error(
        "the old key {old} has a higher id than the current key {current}; ids must increase, so give the current key an id above all old ones"
    )]
    NotNewest {
        /// The id of the current key.
        current: u8,
        /// The highest id among the old keys.
        old: u8,
    },
}

/// Identifies one of the configured keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The current key.
    Current,
    /// An old key, counted from 1.
    Old(usize),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Current => f.write_str("current key"),
            Self::Old(number) => write!(f, "old key no. {number}"),
        }
    }
}

/// The purpose of a derived key; the text is the `info` of HKDF (RFC 5869 §3.2) and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Unsubscribe,
    Preferences,
    MessageId,
    AddressHash,
    FormToken,
    Bounce,
    LoginDelay,
    LoginCode,
    SessionForm,
}

impl Label {
    const ALL: [Self; 9] = [
        Self::Unsubscribe,
        Self::Preferences,
        Self::MessageId,
        Self::AddressHash,
        Self::FormToken,
        Self::Bounce,
        Self::LoginDelay,
        Self::LoginCode,
        Self::SessionForm,
    ];

    const fn info(self) -> &'static [u8] {
        match self {
            Self::Unsubscribe => b"rundbrief/1/unsubscribe",
            Self::Preferences => b"rundbrief/1/preferences",
            Self::MessageId => b"rundbrief/1/message-id",
            Self::AddressHash => b"rundbrief/1/address-hash",
            Self::FormToken => b"rundbrief/1/form-token",
            Self::Bounce => b"rundbrief/1/bounce",
            Self::LoginDelay => b"rundbrief/1/login-delay",
            Self::LoginCode => b"rundbrief/1/login-code",
            Self::SessionForm => b"rundbrief/1/session-form",
        }
    }
}

impl From<Purpose> for Label {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Unsubscribe => Self::Unsubscribe,
            Purpose::Preferences => Self::Preferences,
        }
    }
}

/// One key: only the derived keys are kept.
#[derive(Clone)]
pub(super) struct Key {
    id: u8,
    fingerprint: String,
    /// In the order of [`Label::ALL`]; prepared, so that signing starts with the key already hashed.
    macs: [Hmac<Sha256>; Label::ALL.len()],
    sealing: LessSafeKey,
}

impl Key {
    fn parse(text: &str, place: Place) -> Result<Self, BadKey> {
        let (id, secret) = text.trim().split_once(':').ok_or(BadKey::Form { place })?;
        let id = id.parse().map_err(|_| BadKey::Form { place })?;
        if secret.len() > LONGEST_KEY * 2 {
            return Err(BadKey::TooLong { place });
        }
        // Key generators use either alphabet, with or without padding.
        let secret = secret
            .trim()
            .trim_end_matches('=')
            .replace('-', "+")
            .replace('_', "/");
        let secret = BASE64_NOPAD
            .decode(secret.as_bytes())
            .map_err(|_| BadKey::NotBase64 { place })?;
        if secret.len() < SHORTEST_KEY || secret.iter().all(|byte| *byte == secret[0]) {
            return Err(BadKey::Weak { place });
        }
        if secret.len() > LONGEST_KEY {
            return Err(BadKey::TooLong { place });
        }
        Ok(Self::derive(id, &secret))
    }

    fn derive(id: u8, secret: &[u8]) -> Self {
        let source = Hkdf::<Sha256>::new(None, secret);
        let expand = |info: &[u8], out: &mut [u8]| {
            source
                .expand(info, out)
                .expect("HKDF gives up to 255 times 32 bytes");
        };
        let macs = Label::ALL.map(|label| {
            let mut derived = [0; 32];
            expand(label.info(), &mut derived);
            Hmac::new_from_slice(&derived).expect("HMAC takes keys of any length")
        });
        let mut derived = Zeroizing::new([0; 32]);
        expand(b"rundbrief/1/seal", &mut *derived);
        let sealing = sealing_key(&derived);
        let mut fingerprint = [0; 8];
        expand(b"rundbrief/1/fingerprint", &mut fingerprint);
        Self {
            id,
            fingerprint: HEXLOWER.encode(&fingerprint),
            macs,
            sealing,
        }
    }

    pub(super) const fn id(&self) -> u8 {
        self.id
    }

    pub(super) const fn mac(&self, label: Label) -> &Hmac<Sha256> {
        &self.macs[label as usize]
    }

    pub(super) const fn sealing(&self) -> &LessSafeKey {
        &self.sealing
    }
}

impl Keyring {
    /// Parses keys from the configuration: `id:base64`, at least 32 bytes each.
    pub fn parse<S: AsRef<str>>(current: &str, old: &[S]) -> Result<Self, BadKey> {
        let mut keys = vec![Key::parse(current, Place::Current)?];
        for (index, text) in old.iter().enumerate() {
            keys.push(Key::parse(text.as_ref(), Place::Old(index + 1))?);
        }
        let current = keys[0].id;
        keys.sort_by_key(|key| std::cmp::Reverse(key.id));
        if let Some(double) = keys.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(BadKey::DoubleId { id: double[0].id });
        }
        if keys[0].id != current {
            return Err(BadKey::NotNewest {
                current,
                old: keys[0].id,
            });
        }
        Ok(Self { keys })
    }

    /// The text of a new installation's first key; `entropy` comes from the system's random source.
    pub fn generate(entropy: [u8; 32]) -> String {
        Self::key_text(1, entropy)
    }

    /// The text of a key with the given id, for a rotation.
    pub fn key_text(id: u8, entropy: [u8; 32]) -> String {
        format!("{id}:{}", BASE64.encode(&entropy))
    }

    /// Each key's id and fingerprint (16 hex digits), the current key first. A fingerprint
    /// identifies a key without revealing it: a database that stores it detects a wrong key.
    pub fn fingerprints(&self) -> Vec<(u8, &str)> {
        self.keys()
            .map(|key| (key.id, key.fingerprint.as_str()))
            .collect()
    }

    pub(super) fn current(&self) -> &Key {
        self.keys.first().expect("a keyring has a current key")
    }

    pub(super) fn oldest(&self) -> &Key {
        self.keys.last().expect("a keyring has a current key")
    }

    pub(super) fn key(&self, id: u8) -> Option<&Key> {
        self.keys().find(|key| key.id == id)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }
}

/// Ids and fingerprints only.
impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Keyring")
            .field(&self.fingerprints())
            .finish()
    }
}
