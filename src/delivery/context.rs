//! What all tasks of an engine share.

use std::sync::Arc;

use super::mails::Mails;
use super::relays::Relays;
use super::settings::Settings;
use super::signing::Keychain;
use crate::clock::Clock;
use crate::domain::token::{Keyring, Purpose, TokenSigner};
use crate::store::Db;

/// See the module docs.
pub(super) struct EngineContext {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) relays: Relays,
    pub(super) mails: Arc<dyn Mails>,
    pub(super) settings: Settings,
    pub(super) keyring: Keyring,
    pub(super) keychain: Keychain,
    pub(super) unsubscribe: TokenSigner,
    pub(super) preferences: TokenSigner,
}

impl EngineContext {
    pub(super) fn new(
        db: Db,
        clock: Clock,
        relays: Relays,
        mails: Arc<dyn Mails>,
        keyring: Keyring,
        keychain: Keychain,
        settings: Settings,
    ) -> Self {
        Self {
            unsubscribe: keyring.signer(Purpose::Unsubscribe),
            preferences: keyring.signer(Purpose::Preferences),
            keyring,
            keychain,
            db,
            clock,
            relays,
            mails,
            settings,
        }
    }
}
