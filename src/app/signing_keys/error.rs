//! Why an operation on signing keys was not carried out.

use crate::app::installation::KeyError;
use crate::delivery::signing::{NoNewKey, UnreadableKey};
use crate::domain::dkim::KeyName;
use crate::store::StoreError;

/// Why an operation on signing keys was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum SigningKeyError {
    /// No key has this name.
    #[error("{}", unknown(.key, .known))]
    Unknown {
        /// The name.
        key: KeyName,
        /// The names that exist.
        known: Vec<KeyName>,
    },
    /// The domain has keys already.
    #[error(
        "{domain} has keys already ({}); `rundbrief dkim records {domain}` prints their records, `rundbrief dkim rotate {domain}` makes new ones to replace them",
        list(.keys, ", ")
    )]
    InUse {
        /// The domain.
        domain: String,
        /// Its keys that are not retired.
        keys: Vec<KeyName>,
    },
    /// The domain has new keys that are not used yet.
    #[error(
        "{domain} has keys that are not activated yet: {0}; activate them with `rundbrief dkim activate {0}`, or retire them with `rundbrief dkim retire {0}`",
        list(.keys, " ")
    )]
    Prepared {
        /// The domain.
        domain: String,
        /// These keys.
        keys: Vec<KeyName>,
    },
    /// The domain has no active keys.
    #[error(
        "{domain} has no keys that could be replaced; make its first with `rundbrief dkim new {domain}`"
    )]
    NothingToReplace {
        /// The domain.
        domain: String,
    },
    /// The key is active.
    #[error("{key} is active already")]
    Active {
        /// The key.
        key: KeyName,
    },
    /// The key is retired.
    #[error("{key} is retired already")]
    Retired {
        /// The key.
        key: KeyName,
    },
    /// A retired key cannot come back.
    #[error(
        "{key} is retired and its private key is gone; make new ones with `rundbrief dkim rotate {domain}` or `rundbrief dkim new {domain}`",
        domain = .key.domain
    )]
    PrivateKeyGone {
        /// The key.
        key: KeyName,
    },
    /// An Ed25519 key needs an RSA key beside it.
    #[error(
        "{key} is an Ed25519 key, which many receivers do not know; activate the RSA key of {} with it, or before",
        .key.domain
    )]
    Ed25519Alone {
        /// The key.
        key: KeyName,
    },
    /// Without this key mails have no RSA signature.
    #[error(
        "without {key} mails from {domain} have no RSA signature, and many receivers refuse them; make another key first with `rundbrief dkim rotate {domain}`, or add --unsigned",
        domain = .key.domain
    )]
    LeavesUnsigned {
        /// The key.
        key: KeyName,
    },
    /// Somebody else changed the key in the meantime.
    #[error("{key} was changed by somebody else just now; look with `rundbrief dkim list`")]
    Raced {
        /// The key.
        key: KeyName,
    },
    /// The thread that was to make a key is gone.
    #[error("the key could not be made: the program is being stopped")]
    Stopped,
    /// A key could not be made.
    #[error(transparent)]
    NotMade(#[from] NoNewKey),
    /// The private part of a key cannot be read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableKey),
    /// The keys that seal private keys cannot be used.
    #[error(transparent)]
    Keyring(#[from] KeyError),
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] crate::app::Error),
}

impl From<StoreError> for SigningKeyError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

fn list(keys: &[KeyName], between: &str) -> String {
    let names: Vec<_> = keys.iter().map(KeyName::to_string).collect();
    names.join(between)
}

fn unknown(key: &KeyName, known: &[KeyName]) -> String {
    if known.is_empty() {
        format!(
            "there is no signing key yet; make some with `rundbrief dkim new {}`",
            key.domain
        )
    } else {
        format!(
            "there is no signing key {key}; there are: {}",
            list(known, ", ")
        )
    }
}
