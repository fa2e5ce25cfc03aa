//! What people may ask for: to be erased, never to be written to again, to see what is kept about
//! them; and that none of it is undone by restoring a backup.

mod erase;
mod export;
mod page;
mod reapply;
mod suppress;
mod suspend;

pub use erase::{Erased, erase};
pub use export::{
    Consent, History, IssueSent, Notice, PersonalData, SignUp, Subscription, Suppression, export,
};
pub use page::page;
pub use reapply::{Reapplied, reapply};
pub use suppress::{Suppressed, suppress};
pub use suspend::{reactivate, suspend};

use crate::config::NoKey;
use crate::domain::address::Address;
use crate::domain::subscriber::SubscriberState;
use crate::domain::token::Keyring;
use crate::store::subscriber::Subscriber;
use crate::store::{self, StoreError, Tx};

use super::App;

/// Why none of this was done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody with this address.
    #[error("nobody with this address is known here; nothing was changed")]
    Unknown,
    /// Not in the state that this needs.
    #[error("this subscriber is {found}; only {wanted} ones can be {verb}. Nothing was changed")]
    State {
        /// The state they are in.
        found: SubscriberState,
        /// The state it takes.
        wanted: SubscriberState,
        /// What was to be done.
        verb: &'static str,
    },
    /// Suppressed for good.
    #[error("this address must never be mailed again (suppressed); nothing was changed")]
    Suppressed,
    /// There is no key for the hash of an address.
    #[error(transparent)]
    NoKey(#[from] NoKey),
    /// The privacy journal cannot be read.
    #[error("the privacy journal cannot be read: {0}")]
    Journal(#[from] std::io::Error),
    /// Whatever stops any operation.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

fn keyring(app: &App) -> Result<&Keyring, NoKey> {
    app.config.security.keyring()
}

/// The subscriber with this address, locked until the transaction ends.
async fn locked(tx: &mut Tx, address: &Address) -> Result<Subscriber, Error> {
    let found = store::subscriber::by_address(tx, address).await?;
    let found = found.ok_or(Error::Unknown)?;
    store::subscriber::lock(tx, found.id).await?;
    // Anything may have happened while we waited for the lock.
    let found = store::subscriber::by_address(tx, address).await?;
    found.ok_or(Error::Unknown)
}
