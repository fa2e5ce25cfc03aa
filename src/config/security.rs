//! `[security]`: the keys behind the links in mails.

use super::keys::Keys;
use super::secret::Secret;

/// The fewest characters a key may have.
const SHORTEST: usize = 32;

/// `[security]`.
#[derive(Debug, Clone)]
pub struct Security {
    /// The key that links are signed with; what is derived from it is told apart by purpose.
    pub key: Option<Secret>,
    /// Keys of former times, the latest first; links signed with them still work.
    pub old_keys: Vec<Secret>,
}

/// There is no key, and the command needs one.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no key to sign the links in mails with; make one with `rundbrief config key > data/key` and set security.key_file = \"data/key\" (keep a copy: without it, links in mails already sent stop working)"
)]
pub struct NoKey;

impl Security {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let key = keys.secret("key");
        let old = keys.secret("old_keys");
        let split = |secret: Secret| {
            let parts = secret
                .expose()
                .split(|c: char| c == ',' || c.is_whitespace());
            parts
                .filter(|part| !part.is_empty())
                .map(Secret::new)
                .collect::<Vec<_>>()
        };
        let security = Self {
            key,
            old_keys: old.map(split).unwrap_or_default(),
        };
        let long_enough = |key: &Secret| key.expose().len() >= SHORTEST;
        let remedy = "make one with `rundbrief config key`";
        match &security.key {
            None => keys.warn("key", "there is no key; links in mails cannot be made, so serve and issue refuse to start", format!("{remedy}, and set security.key_file")),
            Some(key) if !long_enough(key) => keys.error("key", format!("shorter than {SHORTEST} characters"), remedy),
            Some(key) if security.old_keys.contains(key) => keys.error("old_keys", "holds the present key too", "list former keys only"),
            Some(_) => {}
        }
        if !security.old_keys.iter().all(long_enough) {
            keys.error(
                "old_keys",
                format!("one of them is shorter than {SHORTEST} characters"),
                "list whole keys, separated by commas or white space",
            );
        }
        security
    }

    /// The key, for what cannot go on without it.
    pub fn key(&self) -> Result<&Secret, NoKey> {
        self.key.as_ref().ok_or(NoKey)
    }
}
