//! Sending nothing to somebody for the time being.

use super::{Error, keyring, locked};
use crate::app::{Actor, App};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::subscriber::SubscriberState;
use crate::store;

/// Suspends an active subscriber: subscriptions and their proof stay, nothing is sent.
pub async fn suspend(
    app: &App,
    actor: &Actor,
    address: &Address,
    reason: Option<&str>,
) -> Result<(), Error> {
    let mut operation = app.begin(actor, Action::SubscriberSuspend).await?;
    let found = locked(operation.tx(), address).await?;
    let (from, to) = (SubscriberState::Active, SubscriberState::Suspended);
    if !store::subscriber::set_state(operation.tx(), found.id, from, to).await? {
        return Err(Error::State {
            found: found.state,
            wanted: from,
            verb: "suspended",
        });
    }
    let after = reason.map_or_else(|| to.to_string(), |reason| format!("{to}: {reason}"));
    operation.record(
        Subject::subscriber(found.id),
        Some(from.as_str()),
        Some(&after),
    );
    Ok(operation.commit().await?)
}

/// Lets a suspended subscriber get mails again. Returns the state they are in then: unsubscribed
/// where every subscription has ended meanwhile.
pub async fn reactivate(
    app: &App,
    actor: &Actor,
    address: &Address,
) -> Result<SubscriberState, Error> {
    let hashes = keyring(app)?.address_hashes(address);
    let mut operation = app.begin(actor, Action::SubscriberReactivate).await?;
    let found = locked(operation.tx(), address).await?;
    if found.state != SubscriberState::Suspended {
        return Err(Error::State {
            found: found.state,
            wanted: SubscriberState::Suspended,
            verb: "reactivated",
        });
    }
    if store::suppression::contains(operation.tx(), &hashes).await? {
        return Err(Error::Suppressed);
    }
    store::subscriber::follow_subscriptions(operation.tx(), found.id, true).await?;
    let now = store::subscriber::by_id(operation.tx(), found.id).await?;
    let state = now.map_or(found.state, |now| now.state);
    operation.record(
        Subject::subscriber(found.id),
        Some(found.state.as_str()),
        Some(state.as_str()),
    );
    operation.commit().await?;
    Ok(state)
}
