//! Facts about this installation: the keys it was used with.

use super::{Actor, App};
use crate::config::NoKey;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::token::Keyring;
use crate::store::{self, StoreError};

/// What the fingerprints of keys are stored under: `key.1`.
const PREFIX: &str = "key.";

/// Why the configured keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// There is none.
    #[error("the configuration is not complete: {0}")]
    Missing(#[from] NoKey),
    /// A key has the number of another one that this database knows.
    #[error(
        "key {id} is not the one this database was used with: links in mails already sent would stop working. \
         Configure the former key (security.key), or give the new one a higher number (`rundbrief config key`)"
    )]
    Other {
        /// The number of the key.
        id: u8,
    },
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for KeyError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// The keys that links are signed with, after making sure that they are those of this database: with
/// others, every link in mails already sent would be dead. Keys that it does not know yet are
/// remembered by their fingerprints.
pub async fn keyring(app: &App, actor: &Actor) -> Result<Keyring, KeyError> {
    let keyring = app.config.security.keyring()?.clone();
    let mut conn = app.read().await?;
    let known = store::installation::beginning_with(&mut conn, PREFIX).await?;
    drop(conn);
    let is_known = |(id, fingerprint): &(u8, &str)| {
        let name = format!("{PREFIX}{id}");
        known
            .iter()
            .any(|(key, value)| *key == name && value == fingerprint)
    };
    if !keyring.fingerprints().iter().all(is_known) {
        remember(app, actor, &keyring).await?;
    }
    Ok(keyring)
}

async fn remember(app: &App, actor: &Actor, keyring: &Keyring) -> Result<(), KeyError> {
    let mut op = app.begin(actor, Action::InstallationKey).await?;
    for (id, fingerprint) in keyring.fingerprints() {
        let name = format!("{PREFIX}{id}");
        let before = store::installation::get(op.tx(), &name).await?;
        let kept = store::installation::get_or_set(op.tx(), &name, fingerprint).await?;
        if kept != fingerprint {
            return Err(KeyError::Other { id });
        }
        if before.is_none() {
            let subject = Subject::new(SubjectKind::Installation, name);
            op.record(subject, None, Some(fingerprint));
        }
    }
    Ok(op.commit().await?)
}

/// The numbers of former keys of this database that are not configured: links that were signed with
/// them do not work.
pub async fn missing_keys(app: &App) -> Result<Vec<String>, KeyError> {
    let keyring = app.config.security.keyring()?;
    let mut conn = app.read().await?;
    let known = store::installation::beginning_with(&mut conn, PREFIX).await?;
    let configured = keyring.fingerprints();
    let numbers = known
        .into_iter()
        .map(|(name, _)| name.trim_start_matches(PREFIX).to_owned());
    Ok(numbers
        .filter(|number| !configured.iter().any(|(id, _)| id.to_string() == *number))
        .collect())
}

/// A test mail that the relay has accepted, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct TestMail {
    /// The relay.
    pub relay: String,
    /// The code of its answer.
    pub code: u16,
    /// The enhanced status code (RFC 3463).
    pub status: Option<String>,
    /// The text of its answer.
    pub reply: String,
    /// The signing keys that signed it.
    pub signed_by: Vec<String>,
}
