//! Signing up: everything or nothing, in one transaction.

use std::time::Duration;

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{Catalogue, Wishes, running};
use crate::app::notices::{self, Letter};
use crate::app::{Actor, App, Error, Operation};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject};
use crate::domain::language::Language;
use crate::domain::notice::{NoticeKind, Recipient};
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriberState};
use crate::domain::timestamp::Timestamp;
use crate::store::consent::{ConsentEvent, Wording};
use crate::store::signup::NewSignup;
use crate::store::subscriber::Subscriber;
use crate::store::{self, consent, outbox, signup, subscriber, suppression};

/// The page that proofs of consent name.
const PAGE: &str = "/subscribe";
const DAY: Duration = Duration::from_hours(24);

/// What somebody asks for.
pub struct Request<'a> {
    /// The address that was typed in.
    pub address: &'a Address,
    /// The language of the mails.
    pub language: Language,
    /// At least one newsletter, and the topics of each.
    pub newsletters: &'a Wishes,
    /// The words of consent that the form showed.
    pub consent: Consent,
}

/// The words that the form showed.
pub struct Consent {
    /// Their language.
    pub language: Language,
    /// The version that they carry in the product.
    pub version: &'static str,
    /// The words.
    pub text: String,
}

/// What came of a request. Whoever sent the form must not learn it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// A mail was queued: it asks to confirm, or says that they have it all already.
    Queued,
    /// The address must not be mailed, or has had its mails for today. Nothing was written: a
    /// sign-up whose link nobody was sent could never be confirmed, and would be kept for nothing.
    NotMailed,
}

/// Records what somebody asked for, and queues the mail to the address they typed in.
pub async fn request(app: &App, request: &Request<'_>) -> Result<Requested, Error> {
    let hashes = app
        .config
        .security
        .keyring()?
        .address_hashes(request.address);
    let actor = Actor::visitor();
    let mut operation = app.begin(&actor, Action::SubscriptionRequest).await?;
    let now = operation.at();
    if suppression::contains(operation.tx(), &hashes).await? {
        return Ok(Requested::NotMailed);
    }
    // Locks the row: two requests for one address are taken one after the other.
    let subscriber =
        subscriber::ensure(operation.tx(), request.address, request.language, now).await?;
    operation.identify(subscriber.id);
    let mailed = outbox::count_since(operation.tx(), subscriber.id, now.minus(DAY)).await?;
    if mailed >= i64::from(app.config.subscribing.confirmations_per_day) {
        return Ok(Requested::NotMailed);
    }
    let (kind, signup) = if has_it_all(&mut operation, &subscriber, request).await? {
        (NoticeKind::AlreadySubscribed, None)
    } else {
        let until = now.plus(app.config.subscribing.confirm_within);
        let signup = sign_up(&mut operation, subscriber.id, request, until).await?;
        (NoticeKind::Confirmation, Some(signup))
    };
    let letter = Letter {
        kind,
        recipient: Recipient::Subscriber(subscriber.id),
        language: request.language,
        signup,
        parameters: serde_json::json!({}),
    };
    notices::enqueue(app, &mut operation, letter).await?;
    let asked = Catalogue::load(operation.tx())
        .await?
        .words(request.newsletters);
    let after = format!("{kind}: {asked}; {}", request.language);
    operation.record(Subject::subscriber(subscriber.id), None, Some(&after));
    operation.commit().await?;
    Ok(Requested::Queued)
}

/// Whether running subscriptions cover every newsletter and topic that is asked for.
async fn has_it_all(
    operation: &mut Operation,
    subscriber: &Subscriber,
    request: &Request<'_>,
) -> store::Result<bool> {
    if subscriber.state != SubscriberState::Active {
        return Ok(false);
    }
    let running = running(operation.tx(), subscriber.id).await?;
    Ok(request.newsletters.iter().all(|(newsletter, topics)| {
        running
            .get(newsletter)
            .is_some_and(|present| present.and(*topics) == *topics)
    }))
}

async fn sign_up(
    operation: &mut Operation,
    subscriber: i64,
    request: &Request<'_>,
    until: Timestamp,
) -> store::Result<i64> {
    let now = operation.at();
    let shown = &request.consent;
    let wording = Wording {
        hash: HEXLOWER.encode(&Sha256::digest(shown.text.as_bytes())),
        version: shown.version.to_owned(),
        language: shown.language.to_string(),
        wording: shown.text.clone(),
    };
    consent::keep_wording(operation.tx(), &wording, now).await?;
    let newsletters: Vec<_> = request
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
        consent::append(operation.tx(), &event).await?;
    }
    let new = NewSignup {
        subscriber,
        language: request.language,
        wording_hash: wording.hash,
        page: PAGE.to_owned(),
        requested_at: now,
        expires_at: until,
        newsletters,
    };
    signup::add(operation.tx(), &new).await
}
