//! Behind the link of the confirmation mail: a page with a button, and what the button does.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::confirm::{ConfirmView, page as confirm_page};
use templates::pages::confirm_invalid::{
    ConfirmInvalidReason, ConfirmInvalidView, page as invalid_page,
};
use templates::pages::confirmed::{ConfirmedView, page as confirmed_page};

use super::offer::Offer;
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriptionState};
use crate::domain::token::{ConfirmToken, Purpose};
use crate::store::consent::ConsentEvent;
use crate::store::signup::Signup;
use crate::store::{
    self, Connection, Tx, confirm_token, consent, signup, subscriber, subscription, suppression,
};
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/confirm";

/// What a token leads to.
enum Found {
    /// A sign-up that can be confirmed.
    Open(Signup, Address),
    /// One that has been.
    Used(Signup),
    /// One that ran out and was not cleared away yet.
    Expired,
    /// Nothing, or nothing that we may speak about.
    Unknown,
}

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let mut conn = state.db.read().await?;
    let (signup, address) = match find(&mut conn, &state, &token).await? {
        Found::Open(signup, address) => (signup, address),
        Found::Used(_) => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Used)),
        Found::Expired => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Expired)),
        Found::Unknown => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Unknown)),
    };
    let offer = Offer::load(&mut conn).await?;
    let view = ConfirmView {
        action: reader.path(&format!("/confirm/{token}")),
        masked_address: address.masked(),
        newsletters: offer.named(&signup.newsletters, reader.language),
    };
    Ok(confirm_page(&site(&state, &reader), &view).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let mut found = find(&mut state.db.read().await?, &state, &token).await?;
    let mut preferences_url = None;
    if let Found::Open(signup, _) = &found {
        let subscriber = signup.subscriber;
        let mut tx = state.db.begin().await?;
        // Another press of the button may be at work: wait for it, then look again.
        subscriber::lock(&mut tx, subscriber).await?;
        found = find(&mut tx, &state, &token).await?;
        if let Found::Open(signup, _) = &found {
            confirm(&mut tx, &state, signup).await?;
            tx.commit().await?;
            let key = DeliveryKey {
                issue: 0,
                subscriber,
            };
            let token = state.keyring.issue_token(Purpose::Preferences, key);
            preferences_url = Some(reader.path(&format!("/preferences/{token}")));
        }
    }
    let mut conn = state.db.read().await?;
    let signup = match found {
        Found::Open(signup, _) => signup,
        // The second press of an impatient finger sees what the first did. But a link that was used
        // opens nothing more: the mail may have been forwarded since.
        Found::Used(signup) if all_run(&mut conn, &signup).await? => signup,
        Found::Used(_) => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Used)),
        Found::Expired => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Expired)),
        Found::Unknown => return Ok(invalid(&state, &reader, ConfirmInvalidReason::Unknown)),
    };
    let offer = Offer::load(&mut conn).await?;
    let view = ConfirmedView {
        newsletters: offer.named(&signup.newsletters, reader.language),
        preferences_url,
    };
    Ok(confirmed_page(&site(&state, &reader.without_switcher()), &view).into_response())
}

async fn find(conn: &mut impl Connection, state: &WebState, token: &str) -> store::Result<Found> {
    let Ok(token) = ConfirmToken::parse(token) else {
        return Ok(Found::Unknown);
    };
    let Some(id) = confirm_token::signup(conn, &token.hash()).await? else {
        return Ok(Found::Unknown);
    };
    let Some(signup) = signup::by_id(conn, id).await? else {
        return Ok(Found::Unknown);
    };
    let subscriber = subscriber::by_id(conn, signup.subscriber).await?;
    // Erased meanwhile, or suppressed: there is nothing to say about that person.
    let Some(address) = subscriber.and_then(|subscriber| subscriber.address) else {
        return Ok(Found::Unknown);
    };
    if suppression::contains(conn, &state.keyring.address_hashes(&address)).await? {
        return Ok(Found::Unknown);
    }
    Ok(if signup.confirmed_at.is_some() {
        Found::Used(signup)
    } else if signup.expires_at <= state.clock.now() {
        Found::Expired
    } else {
        Found::Open(signup, address)
    })
}

/// Whether every newsletter of a confirmed sign-up still comes.
async fn all_run(conn: &mut impl Connection, signup: &Signup) -> store::Result<bool> {
    let subscriptions = subscription::of_subscriber(conn, signup.subscriber).await?;
    Ok(signup.newsletters.iter().all(|(newsletter, _)| {
        subscriptions
            .iter()
            .any(|one| one.newsletter == *newsletter && one.state == SubscriptionState::Active)
    }))
}

/// Starts exactly what was asked for. The subscriber is locked.
async fn confirm(tx: &mut Tx, state: &WebState, signup: &Signup) -> store::Result<()> {
    let now = state.clock.now();
    if !signup::confirm(tx, signup.id, now).await? {
        return Ok(());
    }
    for (newsletter, topics) in &signup.newsletters {
        subscription::activate(tx, signup.subscriber, *newsletter, *topics, now).await?;
        let event = ConsentEvent {
            subscriber: signup.subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::Confirmed,
            method: ConsentMethod::Web,
            at: now,
            topics: Some(*topics),
            language: Some(signup.language),
            wording_hash: Some(signup.wording_hash.clone()),
            page: Some(PAGE.to_owned()),
            message_id: None,
        };
        consent::append(tx, &event).await?;
    }
    subscriber::set_language(tx, signup.subscriber, signup.language).await?;
    subscriber::follow_subscriptions(tx, signup.subscriber, true).await
}

fn invalid(state: &WebState, reader: &Reader, reason: ConfirmInvalidReason) -> Response {
    let status = match reason {
        ConfirmInvalidReason::Used => StatusCode::OK,
        ConfirmInvalidReason::Expired => StatusCode::GONE,
        ConfirmInvalidReason::Unknown => StatusCode::NOT_FOUND,
    };
    let view = ConfirmInvalidView {
        reason,
        confirm_within_days: state.confirm_within_days(),
    };
    (
        status,
        invalid_page(&site(state, &reader.without_switcher()), &view),
    )
        .into_response()
}
