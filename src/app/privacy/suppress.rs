//! Never writing to an address again.

use super::{Error, keyring};
use crate::app::{Actor, App, Operation};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::ConsentEvent;
use crate::store::subscriber::Subscriber;
use crate::store::{self, StoreError, Tx, privacy_journal::Promise};

/// What a suppression did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Suppressed {
    /// Whether the address was not suppressed before.
    pub new: bool,
    /// Running subscriptions that it ended.
    pub ended: usize,
}

/// Suppresses an address for good, whether it is known or not: its subscriptions end, waiting mails
/// are dropped, and signing up again does nothing. What is kept is a keyed hash and the reason.
pub async fn suppress(
    app: &App,
    actor: &Actor,
    address: &Address,
    reason: &str,
) -> Result<Suppressed, Error> {
    let keyring = keyring(app)?;
    let hashes = keyring.address_hashes(address);
    let mut operation = app.begin(actor, Action::SubscriberSuppress).await?;
    let new = !store::suppression::contains(operation.tx(), &hashes).await?;
    let ended = apply(
        &mut operation,
        address,
        &keyring.address_hash(address),
        reason,
    )
    .await?;
    let suppressed = Suppressed { new, ended };
    if new || ended > 0 {
        operation.promise(
            address,
            Promise::Suppressed {
                reason: reason.to_owned(),
            },
        );
        operation.commit().await?;
    }
    Ok(suppressed)
}

/// Suppresses within an operation, and records it. Returns how many subscriptions it ended.
pub(super) async fn apply(
    operation: &mut Operation,
    address: &Address,
    hash: &str,
    reason: &str,
) -> Result<usize, Error> {
    let at = operation.at();
    let tx = operation.tx();
    // The row first: whoever starts a mail or confirms a sign-up asks for it.
    let found = store::subscriber::by_address(tx, address).await?;
    if let Some(found) = &found {
        store::subscriber::lock(tx, found.id).await?;
    }
    store::suppression::add(tx, hash, reason, at).await?;
    let ended = match &found {
        Some(found) => end_all(tx, found, at).await?,
        None => 0,
    };
    let subject = found.as_ref().map_or_else(
        || Subject::new(SubjectKind::Subscriber, "unknown"),
        |found| Subject::subscriber(found.id),
    );
    let before = found.as_ref().map(|found| found.state.as_str());
    let after = format!("suppressed: {reason}");
    operation.record_as(Action::SubscriberSuppress, subject, before, Some(&after))?;
    Ok(ended)
}

/// Ends everything that could lead to a mail.
async fn end_all(tx: &mut Tx, found: &Subscriber, at: Timestamp) -> Result<usize, StoreError> {
    store::signup::remove_open(tx, found.id).await?;
    let mut ended = 0;
    for one in store::subscription::of_subscriber(tx, found.id).await? {
        if one.state == SubscriptionState::Active
            && store::subscription::end(tx, found.id, one.newsletter, at).await?
        {
            ended += 1;
            let event = ConsentEvent {
                subscriber: found.id,
                newsletter: Some(one.newsletter),
                kind: ConsentKind::Suppressed,
                method: ConsentMethod::System,
                at,
                topics: None,
                language: None,
                wording_hash: None,
                page: None,
                message_id: None,
            };
            store::consent::append(tx, &event).await?;
        }
    }
    match found.state {
        // Never confirmed anything: nothing has to be proved.
        SubscriberState::Pending => {
            store::erasure::erase(tx, found.id, at).await?;
            store::erasure::remove_erased_row(tx, found.id).await?;
        }
        from @ (SubscriberState::Active | SubscriberState::Suspended) => {
            store::subscriber::set_state(tx, found.id, from, SubscriberState::Unsubscribed).await?;
        }
        SubscriberState::Unsubscribed | SubscriberState::Erased => {}
    }
    Ok(ended)
}
