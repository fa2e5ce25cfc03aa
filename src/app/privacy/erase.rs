//! Erasing a person (Art. 17 GDPR).

use super::{Error, locked};
use crate::app::{Actor, App};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::store::{self, privacy_journal::Promise};

/// What an erasure did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Erased {
    /// The number of the row that stays while the ledger's figures point to it.
    pub subscriber: i64,
    /// Whether no copy is left in SQLite's write-ahead log. Where another process was just reading,
    /// the next run of the retention job empties it.
    pub log_emptied: bool,
}

/// Removes everything personal about whoever has this address, from every table; the ledger keeps
/// figures. A suppression of the address stays: it is a keyed hash, and what the person asked for.
pub async fn erase(app: &App, actor: &Actor, address: &Address) -> Result<Erased, Error> {
    let mut operation = app.begin(actor, Action::SubscriberErase).await?;
    let at = operation.at();
    let found = locked(operation.tx(), address).await?;
    store::erasure::erase(operation.tx(), found.id, at).await?;
    operation.promise(address, Promise::Erased);
    operation.record(
        Subject::subscriber(found.id),
        Some(found.state.as_str()),
        Some("erased"),
    );
    operation.commit().await?;
    let given_back = app.db.give_back().await?;
    Ok(Erased {
        subscriber: found.id,
        log_emptied: given_back.log_emptied,
    })
}
