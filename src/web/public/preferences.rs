//! Topics and language, by the link in every mail.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::preferences::{
    PreferencesError, PreferencesView, SubscribedNewsletter, page,
};

use super::catalogue::choice;
use super::no_such_link;
use crate::app::subscriptions::{self, Catalogue, Changed, Preferences, Wanted, Wishes};
use crate::digest::site::locale;
use crate::domain::token::Purpose;
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Form, Reader, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let Ok(key) = state.keyring.open(Purpose::Preferences, &token) else {
        return Ok(no_such_link(&state, &reader));
    };
    let mut conn = state.app.db.read().await?;
    let Some(present) = subscriptions::preferences(&mut conn, key.subscriber).await? else {
        return Ok(no_such_link(&state, &reader));
    };
    let catalogue = Catalogue::load(&mut conn).await?;
    let shown = Shown {
        token: &token,
        saved: false,
        errors: Vec::new(),
    };
    Ok(shown
        .page(&state, &reader, &catalogue, &present)
        .into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
    form: Form,
) -> Result<Response, Failure> {
    let Ok(key) = state.keyring.open(Purpose::Preferences, &token) else {
        return Ok(no_such_link(&state, &reader));
    };
    let catalogue = Catalogue::load(&mut state.app.db.read().await?).await?;
    let (wanted, mut errors) = wanted(&state, &catalogue, &form)?;
    let changed = if errors.is_empty() {
        subscriptions::change(&state.app, key.subscriber, &wanted).await?
    } else {
        let mut conn = state.app.db.read().await?;
        let present = subscriptions::preferences(&mut conn, key.subscriber).await?;
        present.map_or(Changed::Gone, |one| {
            Changed::TopicMissing(one.with(&wanted))
        })
    };
    let (saved, after) = match changed {
        Changed::Saved(after) => (true, after),
        Changed::TopicMissing(after) => (false, after),
        Changed::Gone => return Ok(no_such_link(&state, &reader)),
    };
    let missing = after.without_topic(&catalogue);
    let missing = missing.filter_map(|id| Some(catalogue.by_id(id)?.settings.key.clone()));
    errors.extend(missing.map(PreferencesError::TopicMissing));
    let status = if saved {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = Shown {
        token: &token,
        saved,
        errors,
    };
    let page = shown.page(&state, &reader.without_switcher(), &catalogue, &after);
    Ok((status, page).into_response())
}

/// What the form asks for, and what is wrong with it.
fn wanted(
    state: &WebState,
    catalogue: &Catalogue,
    form: &Form,
) -> Result<(Wanted, Vec<PreferencesError>), Failure> {
    let mut topics = Wishes::new();
    for value in form.all("topic") {
        let Some((newsletter, topic)) = catalogue.topic(value) else {
            return Err(Failure::Unprocessable);
        };
        let chosen = topics.entry(newsletter.id).or_default();
        *chosen = chosen.or([topic.bit].into_iter().collect());
    }
    let mut errors = Vec::new();
    let typed = form.one("language")?;
    let language = match typed.parse() {
        Ok(language) if state.app.config.languages.offered.contains(&language) => Some(language),
        // Where only one is offered, the form does not ask.
        Err(_) if typed.is_empty() => None,
        _ => {
            errors.push(PreferencesError::LanguageUnknown);
            None
        }
    };
    Ok((Wanted { language, topics }, errors))
}

/// How the form is shown.
struct Shown<'a> {
    token: &'a str,
    saved: bool,
    errors: Vec<PreferencesError>,
}

impl Shown<'_> {
    fn page(
        self,
        state: &WebState,
        reader: &Reader,
        catalogue: &Catalogue,
        present: &Preferences,
    ) -> maud::Markup {
        let newsletters = present.running.iter().filter_map(|(id, topics)| {
            let newsletter = catalogue.by_id(*id)?;
            let key = subscriptions::key_for_newsletter(*id, present.subscriber);
            let leave = state.keyring.issue_token(Purpose::Unsubscribe, key);
            Some(SubscribedNewsletter {
                choice: choice(catalogue, newsletter, reader.language, Some(*topics)),
                unsubscribe_url: Some(reader.path(&format!("/unsubscribe/{leave}"))),
            })
        });
        let view = PreferencesView {
            action: reader.path(&format!("/preferences/{}", self.token)),
            masked_address: present.address.masked(),
            newsletters: newsletters.collect(),
            language: locale(present.language),
            // The token in the link is what lets somebody change this; nothing else is needed.
            form_token: None,
            saved: self.saved,
            errors: self.errors,
        };
        page(&site(state, reader), &view)
    }
}
