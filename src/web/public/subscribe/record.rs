//! Writing a sign-up down: everything or nothing, in one transaction.

use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::fields::Wish;
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::{ConsentEvent, Wording};
use crate::store::outbox::OutboxKind;
use crate::store::signup::NewSignup;
use crate::store::subscriber::Subscriber;
use crate::store::{
    self, Tx, consent, new_uuid, outbox, signup, subscriber, subscription, suppression,
};
use crate::web::WebState;

/// The page that proofs of consent name.
const PAGE: &str = "/subscribe";
const DAY: Duration = Duration::from_hours(24);

/// The words that the form showed.
pub(super) struct Consent {
    pub(super) language: Language,
    pub(super) version: &'static str,
    pub(super) text: String,
}

/// Records what somebody asked for and puts the mail into the outbox that asks them to confirm, or
/// says that they have it all already.
///
/// Nothing is written for an address that must not be mailed, or that has had its mails for today:
/// a sign-up whose link nobody was sent could never be confirmed, and would only be kept for nothing.
pub(super) async fn record(
    state: &WebState,
    wish: &Wish<'_>,
    shown: &Consent,
) -> store::Result<()> {
    let now = state.clock.now();
    let hashes = state.keyring.address_hashes(wish.address);
    let mut tx = state.db.begin().await?;
    if suppression::contains(&mut tx, &hashes).await? {
        return Ok(());
    }
    // Locks the row: two requests for one address are taken one after the other.
    let subscriber = subscriber::ensure(&mut tx, wish.address, wish.language, now).await?;
    let mailed = outbox::count_since(&mut tx, subscriber.id, now.minus(DAY)).await?;
    if mailed >= i64::from(state.config.subscribing.confirmations_per_day) {
        return Ok(());
    }
    let (kind, signup) = if has_it_all(&mut tx, &subscriber, wish).await? {
        (OutboxKind::AlreadySubscribed, None)
    } else {
        let until = now.plus(state.config.subscribing.confirm_within);
        let signup = sign_up(&mut tx, subscriber.id, wish, shown, now, until).await?;
        (OutboxKind::Confirmation, Some(signup))
    };
    let message_id = format!("{}@{}", new_uuid(now), mail_domain(state));
    outbox::enqueue(
        &mut tx,
        kind,
        subscriber.id,
        signup,
        wish.language,
        &message_id,
        now,
    )
    .await?;
    tx.commit().await?;
    state.wake.notify_one();
    Ok(())
}

/// Whether running subscriptions cover every newsletter and topic that is asked for.
async fn has_it_all(tx: &mut Tx, subscriber: &Subscriber, wish: &Wish<'_>) -> store::Result<bool> {
    if subscriber.state != SubscriberState::Active {
        return Ok(false);
    }
    let running = subscription::of_subscriber(tx, subscriber.id).await?;
    Ok(wish.newsletters.iter().all(|(newsletter, topics)| {
        running.iter().any(|one| {
            one.newsletter == *newsletter
                && one.state == SubscriptionState::Active
                && one.topics.and(*topics) == *topics
        })
    }))
}

async fn sign_up(
    tx: &mut Tx,
    subscriber: i64,
    wish: &Wish<'_>,
    shown: &Consent,
    now: Timestamp,
    until: Timestamp,
) -> store::Result<i64> {
    let wording = Wording {
        hash: HEXLOWER.encode(&Sha256::digest(shown.text.as_bytes())),
        version: shown.version.to_owned(),
        language: shown.language.to_string(),
        wording: shown.text.clone(),
    };
    consent::keep_wording(tx, &wording, now).await?;
    let newsletters: Vec<_> = wish
        .newsletters
        .iter()
        .map(|(id, topics)| (*id, *topics))
        .collect();
    for (newsletter, topics) in &newsletters {
        let event = ConsentEvent {
            subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::Requested,
            method: ConsentMethod::Web,
            at: now,
            topics: Some(*topics),
            language: Some(shown.language),
            wording_hash: Some(wording.hash.clone()),
            page: Some(PAGE.to_owned()),
            message_id: None,
        };
        consent::append(tx, &event).await?;
    }
    let new = NewSignup {
        subscriber,
        language: wish.language,
        wording_hash: wording.hash,
        page: PAGE.to_owned(),
        requested_at: now,
        expires_at: until,
        newsletters,
    };
    signup::add(tx, &new).await
}

/// The domain of Message-IDs: the sender's, as receivers expect (RFC 5322 §3.6.4).
fn mail_domain(state: &WebState) -> String {
    let sender = state.notice_sender().map(Address::domain);
    let host = || {
        state
            .config
            .server
            .public_url
            .host_str()
            .unwrap_or("localhost")
    };
    sender.unwrap_or_else(host).to_owned()
}
