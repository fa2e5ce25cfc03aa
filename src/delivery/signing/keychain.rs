//! The active signing keys. All nodes read them from the shared database, so an activated key signs
//! everywhere within a minute.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Signer;
use super::generate::{NoNewKey, private_key};
use super::key::{BadSigningKey, CannotSign, SigningKey};
use crate::clock::Clock;
use crate::domain::dkim::Algorithm;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::{BadSeal, Keyring, SEAL_ENTROPY};
use crate::store::dkim_key::{DkimKey, NewKey};
use crate::store::{self, Db, StoreError};

/// How long the keys are cached.
const FRESH: Duration = Duration::from_mins(1);

/// Provides signers. Clones share the cache.
#[derive(Clone, Default)]
pub struct Keychain(Option<Arc<Inner>>);

struct Inner {
    db: Db,
    clock: Clock,
    keyring: Keyring,
    read: Mutex<Option<(Timestamp, Arc<Signer>)>>,
}

/// A mail could not be signed now; a retry may succeed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The keys could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// See [`CannotSign`].
    #[error(transparent)]
    CannotSign(#[from] CannotSign),
}

/// An active key that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableKey {
    /// It cannot be decrypted.
    #[error(
        "the private key of {name} cannot be read: {why}. Mails of its domain would be sent without its signature. If the key is lost for good, retire it with `rundbrief dkim retire {name}` and generate new ones with `rundbrief dkim rotate DOMAIN`"
    )]
    Sealed {
        /// `domain/selector`.
        name: String,
        /// What is wrong.
        why: BadSeal,
    },
    /// It was decrypted, and is not a private key.
    #[error(transparent)]
    Bad(#[from] BadSigningKey),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Keychain {
    /// The keys of this database, opened with `keyring`.
    pub fn new(db: Db, clock: Clock, keyring: Keyring) -> Self {
        Self(Some(Arc::new(Inner {
            db,
            clock,
            keyring,
            read: Mutex::new(None),
        })))
    }

    /// No keys: nothing is signed.
    pub const fn none() -> Self {
        Self(None)
    }

    /// The keys that sign now; read again after a minute. While the database is unavailable, the
    /// cached keys are used.
    pub async fn signer(&self) -> Result<Arc<Signer>, StoreError> {
        let Some(inner) = &self.0 else {
            return Ok(Arc::default());
        };
        let now = inner.clock.now();
        let known = inner.known().clone();
        if let Some((at, signer)) = &known
            && now.since(*at) < FRESH
        {
            return Ok(signer.clone());
        }
        let signer = match (inner.usable().await, known) {
            (Ok(signer), _) => Arc::new(signer),
            (Err(error), Some((_, known))) => {
                tracing::warn!(%error, "the signing keys could not be refreshed; the cached keys are still used");
                known
            }
            (Err(error), None) => return Err(error),
        };
        *inner.known() = Some((now, signer.clone()));
        Ok(signer)
    }

    /// Prepends the signatures to a finished mail, on a blocking thread.
    pub async fn signed(&self, mail: Vec<u8>) -> Result<Vec<u8>, SigningError> {
        let signer = self.signer().await?;
        if signer.is_empty() {
            return Ok(mail);
        }
        let signing = tokio::task::spawn_blocking(move || signer.signed(mail));
        Ok(signing.await.unwrap_or(Err(CannotSign))?)
    }

    /// Checks that every active key can be read. Called when a sender starts.
    pub async fn check(&self) -> Result<(), UnreadableKey> {
        let Some(inner) = &self.0 else {
            return Ok(());
        };
        let mut conn = inner.db.read().await?;
        for key in store::dkim_key::signing(&mut conn).await? {
            open(&inner.keyring, &key)?;
        }
        Ok(())
    }
}

impl Inner {
    fn known(&self) -> MutexGuard<'_, Option<(Timestamp, Arc<Signer>)>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The active keys that can be read; the others are logged.
    async fn usable(&self) -> Result<Signer, StoreError> {
        let mut conn = self.db.read().await?;
        let mut keys = Vec::new();
        for key in store::dkim_key::signing(&mut conn).await? {
            match open(&self.keyring, &key) {
                Ok(key) => keys.push(key),
                Err(error) => tracing::error!(%error, "mails are sent without a signature"),
            }
        }
        Ok(Signer::new(keys))
    }
}

/// Opens a key that is not retired.
pub fn open(keyring: &Keyring, key: &DkimKey) -> Result<SigningKey, UnreadableKey> {
    let DkimKey {
        domain,
        selector,
        algorithm,
        ..
    } = key;
    let sealed = key.sealed.as_deref().unwrap_or_default();
    let private = keyring
        .open_sealed(&belongs_to(domain, selector, *algorithm), sealed)
        .map_err(|why| UnreadableKey::Sealed {
            name: format!("{domain}/{selector}"),
            why,
        })?;
    Ok(SigningKey::from_private(
        selector, domain, *algorithm, &private,
    )?)
}

/// Generates a key and seals it for storage.
pub fn new_key(
    keyring: &Keyring,
    domain: &str,
    selector: String,
    algorithm: Algorithm,
) -> Result<NewKey, NoNewKey> {
    let private = private_key(algorithm)?;
    let public = SigningKey::from_private(&selector, domain, algorithm, &private)?;
    let mut entropy = [0; SEAL_ENTROPY];
    getrandom::fill(&mut entropy).map_err(NoNewKey::NoRandomness)?;
    Ok(NewKey {
        sealed: keyring.seal(&belongs_to(domain, &selector, algorithm), &private, entropy),
        public_key: public.public_key(),
        domain: domain.to_owned(),
        selector,
        algorithm,
    })
}

/// The associated data of a sealed private key: its row's name and algorithm.
fn belongs_to(domain: &str, selector: &str, algorithm: Algorithm) -> String {
    format!("dkim {selector}._domainkey.{domain} {algorithm}")
}
