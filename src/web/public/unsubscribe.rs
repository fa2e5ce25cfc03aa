//! Leaving: the page with a button for people, and one-click (RFC 8058) for their mail programs.
//!
//! Both are a POST to the same link, both work for years, for addresses long gone and any number of
//! times. Mails of an issue that is being sent need nothing done here: the ledger looks at the
//! subscription again before each one.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::unsubscribe::{UnsubscribeView, page as ask_page};
use templates::pages::unsubscribed::{UnsubscribedView, page as done_page};

use super::no_such_link;
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::newsletter::Newsletter;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriptionState};
use crate::domain::token::Purpose;
use crate::store::consent::ConsentEvent;
use crate::store::{self, Connection, consent, issue, newsletter, subscriber, subscription};
use crate::web::form::read;
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/unsubscribe";

/// The payload of a token that ends one newsletter without belonging to an issue: the number of the
/// newsletter, negative, stands in place of the issue's.
pub(super) const fn key_for(newsletter: i64, subscriber: i64) -> DeliveryKey {
    DeliveryKey {
        issue: -newsletter,
        subscriber,
    }
}

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let Ok(key) = state.keyring.open(Purpose::Unsubscribe, &token) else {
        return Ok(no_such_link(&state, &reader));
    };
    let mut conn = state.db.read().await?;
    let meant = meant(&mut conn, key).await?;
    let subscriber = subscriber::by_id(&mut conn, key.subscriber).await?;
    let address = subscriber.and_then(|subscriber| subscriber.address);
    let view = UnsubscribeView {
        action: reader.path(&format!("/unsubscribe/{token}")),
        newsletter: names(&state, &reader, &meant),
        masked_address: address.as_ref().map(Address::masked),
        // A link does one thing: this mail may have been forwarded.
        preferences_url: None,
    };
    Ok(ask_page(&site(&state, &reader), &view).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
    body: Body,
) -> Result<Response, Failure> {
    // The token says everything. A body that cannot be read must not keep anybody subscribed.
    let one_click = read(body, &state)
        .await
        .is_ok_and(|body| is_one_click(&body));
    let Ok(key) = state.keyring.open(Purpose::Unsubscribe, &token) else {
        if one_click {
            let text = "This link is not complete, or none of ours. Nothing was changed.\n";
            return Ok((StatusCode::NOT_FOUND, text).into_response());
        }
        return Ok(no_such_link(&state, &reader));
    };
    let method = if one_click {
        ConsentMethod::OneClick
    } else {
        ConsentMethod::Web
    };
    let meant = end(&state, key, method).await?;
    if one_click {
        return Ok((StatusCode::OK, "You have been unsubscribed.\n").into_response());
    }
    let view = UnsubscribedView {
        newsletter: names(&state, &reader, &meant),
        subscribe_url: reader.path("/subscribe"),
    };
    Ok(done_page(&site(&state, &reader.without_switcher()), &view).into_response())
}

/// Whether a mail program sent this: `List-Unsubscribe=One-Click`, urlencoded or as a part of
/// `multipart/form-data` (RFC 8058 §3.1). Looked for in the bytes, because programs are careless
/// about the rest, and all that depends on it is how the answer looks and what the proof says.
fn is_one_click(body: &[u8]) -> bool {
    let has = |word: &[u8]| {
        body.windows(word.len())
            .any(|window| window.eq_ignore_ascii_case(word))
    };
    has(b"List-Unsubscribe") && has(b"One-Click")
}

/// The newsletters a token is about: that of its issue; all, where it names none, or one that is no
/// longer known. Who holds it wants to leave, so when in doubt everything ends.
async fn meant(conn: &mut impl Connection, key: DeliveryKey) -> store::Result<Vec<Newsletter>> {
    let one = match key.issue {
        0 => None,
        issue if issue > 0 => issue::by_id(conn, issue)
            .await?
            .map(|issue| issue.newsletter),
        newsletter => newsletter.checked_neg(),
    };
    if let Some(id) = one
        && let Some(newsletter) = newsletter::by_id(conn, id).await?
    {
        return Ok(vec![newsletter]);
    }
    let running = subscription::of_subscriber(conn, key.subscriber).await?;
    let mut all = newsletter::list(conn).await?;
    all.retain(|newsletter| {
        running
            .iter()
            .any(|one| one.newsletter == newsletter.id && one.state == SubscriptionState::Active)
    });
    Ok(all)
}

/// Ends what the token is about; what has ended already, or whom nobody knows, changes nothing.
async fn end(
    state: &WebState,
    key: DeliveryKey,
    method: ConsentMethod,
) -> store::Result<Vec<Newsletter>> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    // Two newsletters left at the same time must see each other.
    subscriber::lock(&mut tx, key.subscriber).await?;
    let meant = meant(&mut tx, key).await?;
    for newsletter in &meant {
        if subscription::end(&mut tx, key.subscriber, newsletter.id, now).await? {
            let event = ConsentEvent {
                subscriber: key.subscriber,
                newsletter: Some(newsletter.id),
                kind: ConsentKind::Unsubscribed,
                method,
                at: now,
                topics: None,
                language: None,
                wording_hash: None,
                page: Some(PAGE.to_owned()),
                message_id: None,
            };
            consent::append(&mut tx, &event).await?;
        }
    }
    subscriber::follow_subscriptions(&mut tx, key.subscriber, false).await?;
    tx.commit().await?;
    Ok(meant)
}

/// What the page calls them; where nothing is known any more, the body that sent it.
fn names(state: &WebState, reader: &Reader, newsletters: &[Newsletter]) -> String {
    let names: Vec<&str> = newsletters
        .iter()
        .map(|newsletter| newsletter.settings.text(reader.language).name.as_str())
        .collect();
    if names.is_empty() {
        state.config.organisation.name.clone()
    } else {
        names.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_click;

    #[test]
    fn both_encodings_are_understood() {
        assert!(is_one_click(b"List-Unsubscribe=One-Click"));
        assert!(is_one_click(
            b"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
        ));
        assert!(!is_one_click(b""));
        assert!(!is_one_click(b"One-Click"));
    }
}
