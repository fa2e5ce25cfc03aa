//! The sign-up form.
//!
//! Whoever sends it learns nothing about the address: known, new, suppressed or over its limit, the
//! answer is the same redirect, after [`WebState::answer_floor`] at the earliest.

mod fields;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use templates::pages::subscribe::{SubscribeView, page};
use templates::{Wording, consent_wording};

use self::fields::{Filled, read};
use super::catalogue::choice;
use crate::app::subscriptions::{self, Catalogue, Consent, Request, Requested};
use crate::digest::site::locale;
use crate::web::client::Sender;
use crate::web::site::site;
use crate::web::{Failure, Form, Reader, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    uri: Uri,
) -> Result<Response, Failure> {
    let catalogue = Catalogue::load(&mut state.app.db.read().await?).await?;
    let mut filled = Filled::empty(reader.language);
    filled.choose(&catalogue, uri.query().unwrap_or_default());
    Ok(form(&state, &reader, &catalogue, &filled).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    sender: Sender,
    form_sent: Form,
) -> Result<Response, Failure> {
    let floor = tokio::time::Instant::now() + state.answer_floor;
    let sent = Redirect::to(&reader.path("/subscribe/sent"));
    if form_sent.all("website").any(|typed| !typed.is_empty()) {
        tokio::time::sleep_until(floor).await;
        return Ok(sent.into_response());
    }
    let catalogue = Catalogue::load(&mut state.app.db.read().await?).await?;
    let filled = read(&state, &reader, &catalogue, &form_sent)?;
    let Some(address) = filled.address() else {
        let page = form(&state, &reader.without_switcher(), &catalogue, &filled);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    sender.take_mail(&state)?;
    let request = Request {
        address,
        language: filled.language,
        newsletters: &filled.wishes,
        consent: consent(&state, &reader, &catalogue),
    };
    if subscriptions::request(&state.app, &request).await? == Requested::Queued {
        state.wake.notify_one();
    }
    tokio::time::sleep_until(floor).await;
    Ok(sent.into_response())
}

fn form(state: &WebState, reader: &Reader, catalogue: &Catalogue, filled: &Filled) -> maud::Markup {
    let choices = catalogue.newsletters.iter().map(|newsletter| {
        let chosen = filled.wishes.get(&newsletter.id).copied();
        choice(catalogue, newsletter, reader.language, chosen)
    });
    let view = SubscribeView {
        action: reader.path("/subscribe"),
        newsletters: choices.collect(),
        address: filled.typed.clone(),
        language: locale(filled.language),
        form_token: state.keyring.form_token(state.app.clock.now()),
        errors: filled.errors.clone(),
    };
    page(&site(state, reader), &view)
}

/// The words of consent as the form in the reader's language shows them.
fn consent(state: &WebState, reader: &Reader, catalogue: &Catalogue) -> Consent {
    let newsletters = catalogue.newsletters.iter();
    let names: Vec<&str> = newsletters
        .map(|newsletter| newsletter.settings.text(reader.language).name.as_str())
        .collect();
    let organisation = &state.app.config.organisation.name;
    let Wording { version, text } = consent_wording(reader.locale(), organisation, &names);
    Consent {
        language: reader.language,
        version,
        text,
    }
}
