//! Leaving: the page with a button for people, and one-click (RFC 8058) for their mail programs.
//! Both are a POST to the same link.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::unsubscribe::{UnsubscribeView, page as ask_page};
use templates::pages::unsubscribed::{UnsubscribedView, page as done_page};

use super::no_such_link;
use crate::app::Link;
use crate::app::subscriptions;
use crate::domain::address::Address;
use crate::domain::newsletter::Newsletter;
use crate::domain::token::Purpose;
use crate::store::subscriber;
use crate::web::form::read;
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let Ok(key) = state.keyring.open(Purpose::Unsubscribe, &token) else {
        return Ok(no_such_link(&state, &reader));
    };
    let mut conn = state.app.db.read().await?;
    let newsletters = subscriptions::ends(&mut conn, key).await?;
    let subscriber = subscriber::by_id(&mut conn, key.subscriber).await?;
    let address = subscriber.and_then(|subscriber| subscriber.address);
    let view = UnsubscribeView {
        action: reader.path(&format!("/unsubscribe/{token}")),
        newsletter: names(&state, &reader, &newsletters),
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
            let text = "This link is incomplete or not one of ours. Nothing was changed.\n";
            return Ok((StatusCode::NOT_FOUND, text).into_response());
        }
        return Ok(no_such_link(&state, &reader));
    };
    let link = if one_click {
        Link::OneClick
    } else {
        Link::Unsubscribe
    };
    let ended = subscriptions::end(&state.app, key, link).await?;
    if one_click {
        return Ok((StatusCode::OK, "You have been unsubscribed.\n").into_response());
    }
    let view = UnsubscribedView {
        newsletter: names(&state, &reader, &ended),
        subscribe_url: reader.path("/subscribe"),
    };
    Ok(done_page(&site(&state, &reader.without_switcher()), &view).into_response())
}

/// Whether a mail program sent this: `List-Unsubscribe=One-Click`, urlencoded or as a part of
/// `multipart/form-data` (RFC 8058 §3.1). Searched in the bytes, because programs are careless about
/// the rest, and only the form of the answer and the proof depend on it.
fn is_one_click(body: &[u8]) -> bool {
    let has = |word: &[u8]| {
        body.windows(word.len())
            .any(|window| window.eq_ignore_ascii_case(word))
    };
    has(b"List-Unsubscribe") && has(b"One-Click")
}

/// The names of the newsletters; where none is known any more, the body that sent them.
fn names(state: &WebState, reader: &Reader, newsletters: &[Newsletter]) -> String {
    let names: Vec<&str> = newsletters
        .iter()
        .map(|newsletter| newsletter.settings.text(reader.language).name.as_str())
        .collect();
    if names.is_empty() {
        state.app.config.organisation.name.clone()
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
