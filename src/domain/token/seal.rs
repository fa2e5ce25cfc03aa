//! Encryption at rest: secrets in the database that a copy of it (e.g. a backup) must not reveal.
//! `cli` seals the private signing keys, `delivery` opens them.
//!
//! ```text
//! version (1 byte) ‖ key id (1) ‖ nonce (12) ‖ ChaCha20-Poly1305 of the secret ‖ tag (16)
//! ```
//!
//! in base64. The key is derived from the installation's key for this purpose only; the owner of
//! the secret is authenticated with it, so that a secret cannot be moved to another row.

use data_encoding::BASE64;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::Keyring;

const VERSION: u8 = 1;
const HEAD: usize = 2;

/// The length of the random number that [`Keyring::seal`] needs, in bytes.
pub const SEAL_ENTROPY: usize = NONCE_LEN;

/// Why a sealed secret cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSeal {
    /// Not of the form in the module docs.
    #[error("it is not a sealed secret of this version of Rundbrief")]
    Malformed,
    /// Sealed with a key that is not in the keyring.
    #[error(
        "it was sealed with key {0} of [security], which is not configured any more; put that key back among security.old_keys"
    )]
    UnknownKey(u8),
    /// Changed, moved from another row, or sealed with another key of the same number.
    #[error(
        "it was changed, or sealed with another key {0} than the one configured in [security]; put the former key back"
    )]
    Wrong(u8),
}

/// The key of one keyring entry for sealing.
pub(super) fn sealing_key(derived: &[u8; 32]) -> LessSafeKey {
    let key = UnboundKey::new(&CHACHA20_POLY1305, derived).expect("the algorithm takes 32 bytes");
    LessSafeKey::new(key)
}

impl Keyring {
    /// Seals `secret` with the current key for the owner named by `belongs_to`. `entropy` comes
    /// from the system's random source and is never used twice.
    pub fn seal(&self, belongs_to: &str, secret: &[u8], entropy: [u8; SEAL_ENTROPY]) -> String {
        let current = self.current();
        let mut sealed = vec![VERSION, current.id()];
        sealed.extend_from_slice(&entropy);
        let mut content = Zeroizing::new(secret.to_vec());
        let nonce = Nonce::assume_unique_for_key(entropy);
        let tag = current
            .sealing()
            .seal_in_place_separate_tag(nonce, Aad::from(belongs_to), &mut content)
            .expect("a secret is far shorter than the algorithm's bound");
        sealed.extend_from_slice(&content);
        sealed.extend_from_slice(tag.as_ref());
        BASE64.encode(&sealed)
    }

    /// Opens a secret that [`Keyring::seal`] sealed for the same `belongs_to`, with the current or
    /// a former key.
    pub fn open_sealed(
        &self,
        belongs_to: &str,
        sealed: &str,
    ) -> Result<Zeroizing<Vec<u8>>, BadSeal> {
        let mut bytes = BASE64
            .decode(sealed.as_bytes())
            .map_err(|_| BadSeal::Malformed)?;
        let (head, rest) = bytes
            .split_at_mut_checked(HEAD + NONCE_LEN)
            .ok_or(BadSeal::Malformed)?;
        if head[0] != VERSION {
            return Err(BadSeal::Malformed);
        }
        let id = head[1];
        let key = self.key(id).ok_or(BadSeal::UnknownKey(id))?;
        let nonce =
            Nonce::try_assume_unique_for_key(&head[HEAD..]).map_err(|_| BadSeal::Malformed)?;
        let opened = key
            .sealing()
            .open_in_place(nonce, Aad::from(belongs_to), rest)
            .map_err(|_| BadSeal::Wrong(id))?;
        let secret = Zeroizing::new(opened.to_vec());
        zeroize::Zeroize::zeroize(&mut bytes);
        Ok(secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: u8, fill: u8) -> String {
        let mut entropy = [fill; 32];
        entropy[0] = 1;
        Keyring::key_text(id, entropy)
    }

    fn keyring(current: &str, old: &[String]) -> Keyring {
        Keyring::parse(current, old).expect("keys")
    }

    #[test]
    fn former_keys_open_sealed_secrets() {
        let first = keyring(&key(1, 7), &[]);
        let sealed = first.seal("row 1", b"geheim", [3; SEAL_ENTROPY]);
        assert!(!sealed.contains("geheim"));
        let opened = first.open_sealed("row 1", &sealed).expect("it opens");
        assert_eq!(&opened[..], b"geheim");

        let later = keyring(&key(2, 9), &[key(1, 7)]);
        assert_eq!(
            &later.open_sealed("row 1", &sealed).expect("it opens")[..],
            b"geheim"
        );
        let dropped = keyring(&key(2, 9), &[]);
        assert_eq!(
            dropped.open_sealed("row 1", &sealed),
            Err(BadSeal::UnknownKey(1))
        );
        let other = keyring(&key(1, 8), &[]);
        assert_eq!(other.open_sealed("row 1", &sealed), Err(BadSeal::Wrong(1)));
    }

    #[test]
    fn other_keys_and_owners_open_nothing() {
        let keyring = keyring(&key(1, 7), &[]);
        let sealed = keyring.seal("row 1", b"geheim", [3; SEAL_ENTROPY]);
        assert_eq!(
            keyring.open_sealed("row 2", &sealed),
            Err(BadSeal::Wrong(1))
        );
        let bytes = BASE64.decode(sealed.as_bytes()).expect("base64");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(
                keyring
                    .open_sealed("row 1", &BASE64.encode(&changed))
                    .is_err(),
                "{at}"
            );
            assert!(
                keyring
                    .open_sealed("row 1", &BASE64.encode(&bytes[..at]))
                    .is_err(),
                "{at}"
            );
        }
        assert_eq!(keyring.open_sealed("row 1", "?"), Err(BadSeal::Malformed));
    }
}
