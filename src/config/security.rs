//! `[security]`: the keys behind the links in mails.

use super::keys::Keys;
use super::secret::Secret;
use crate::domain::token::Keyring;

/// `[security]`.
#[derive(Debug, Clone)]
pub struct Security {
    /// The key that signs links, and former ones; none until one is set.
    keyring: Option<Keyring>,
}

/// The command needs a key, and none is configured.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no key to sign the links in mails with. Generate one with `rundbrief config key > data/key` \
     and set security.key_file = \"data/key\" in config.toml (or RUNDBRIEF__SECURITY__KEY_FILE); \
     keep a copy of it: without it the links in mails already sent stop working"
)]
pub struct NoKey;

impl Security {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let (key, old) = (keys.secret("key"), keys.secret("old_keys"));
        let old = old.as_ref().map_or("", Secret::expose);
        let old: Vec<_> = old
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        let Some(key) = key else {
            keys.warn(
                "key",
                "there is no key, so links in mails cannot be signed; no pages are served and nothing is sent",
                "generate one with `rundbrief config key` and set security.key_file",
            );
            return Self { keyring: None };
        };
        let keyring = Keyring::parse(key.expose(), &old).map_err(|error| {
            keys.error(
                "key",
                error.to_string(),
                "generate a key with `rundbrief config key`",
            );
        });
        Self {
            keyring: keyring.ok(),
        }
    }

    /// The keys; an error if there are none.
    pub fn keyring(&self) -> Result<&Keyring, NoKey> {
        self.keyring.as_ref().ok_or(NoKey)
    }

    /// Sets keys from elsewhere: the demo and tests generate their own.
    pub fn set_keyring(&mut self, keyring: Keyring) {
        self.keyring = Some(keyring);
    }
}
