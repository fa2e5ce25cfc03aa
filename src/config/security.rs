//! `[security]`: the keys behind the links in mails.

use super::keys::Keys;
use super::secret::Secret;
use crate::domain::token::Keyring;

/// `[security]`.
#[derive(Debug, Clone)]
pub struct Security {
    /// The key that links are signed with, and former ones; none until somebody sets one.
    keyring: Option<Keyring>,
}

/// There is no key, and the command needs one.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no key to sign the links in mails with. Make one with `rundbrief config key > data/key` \
     and set security.key_file = \"data/key\" in config.toml (or RUNDBRIEF__SECURITY__KEY_FILE); \
     keep a copy of it, for without it the links in mails already sent stop working"
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
                "there is no key; links in mails cannot be made, so pages are not served and nothing is sent",
                "make one with `rundbrief config key`, and set security.key_file",
            );
            return Self { keyring: None };
        };
        let keyring = Keyring::parse(key.expose(), &old).map_err(|error| {
            keys.error(
                "key",
                error.to_string(),
                "make a key with `rundbrief config key`",
            );
        });
        Self {
            keyring: keyring.ok(),
        }
    }

    /// The keys, for what cannot go on without them.
    pub fn keyring(&self) -> Result<&Keyring, NoKey> {
        self.keyring.as_ref().ok_or(NoKey)
    }

    /// Takes keys from elsewhere: the demo and tests make their own.
    pub fn set_keyring(&mut self, keyring: Keyring) {
        self.keyring = Some(keyring);
    }
}
