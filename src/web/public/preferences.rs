//! Topics and language, by the link in every mail.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::preferences::{
    PreferencesError, PreferencesView, SubscribedNewsletter, page,
};

use super::offer::{Offer, Wishes};
use super::{no_such_link, unsubscribe};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriptionState};
use crate::domain::token::Purpose;
use crate::domain::topic::TopicSet;
use crate::store::consent::ConsentEvent;
use crate::store::{self, Connection, Tx, consent, subscriber, subscription};
use crate::web::language::locale;
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Form, Reader, WebState};

/// The page that proofs of consent name: the route, without the token.
const PAGE: &str = "/preferences";

/// What a subscriber has now.
struct Present {
    subscriber: i64,
    address: Address,
    language: Language,
    /// Running subscriptions only.
    running: Wishes,
}

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let mut conn = state.db.read().await?;
    let Some(present) = open(&mut conn, &state, &token).await? else {
        return Ok(no_such_link(&state, &reader));
    };
    let offer = Offer::load(&mut conn).await?;
    let form = Shown {
        token: &token,
        saved: false,
        errors: Vec::new(),
    };
    Ok(form.page(&state, &reader, &offer, &present).into_response())
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
    let mut tx = state.db.begin().await?;
    // Another window may be saving, or the reader leaving.
    subscriber::lock(&mut tx, key.subscriber).await?;
    let Some(before) = open(&mut tx, &state, &token).await? else {
        return Ok(no_such_link(&state, &reader));
    };
    let offer = Offer::load(&mut tx).await?;
    let (after, errors) = chosen(&state, &offer, &before, &form)?;
    let reader = reader.without_switcher();
    let status = if errors.is_empty() {
        save(&mut tx, &state, &before, &after).await?;
        tx.commit().await?;
        StatusCode::OK
    } else {
        drop(tx);
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shown = Shown {
        token: &token,
        saved: errors.is_empty(),
        errors,
    };
    Ok((status, shown.page(&state, &reader, &offer, &after)).into_response())
}

/// The subscriber that a token belongs to; none where it is no token or the address is gone.
async fn open(
    conn: &mut impl Connection,
    state: &WebState,
    token: &str,
) -> store::Result<Option<Present>> {
    let Ok(key) = state.keyring.open(Purpose::Preferences, token) else {
        return Ok(None);
    };
    let Some(subscriber) = subscriber::by_id(conn, key.subscriber).await? else {
        return Ok(None);
    };
    let Some(address) = subscriber.address else {
        return Ok(None);
    };
    let subscriptions = subscription::of_subscriber(conn, subscriber.id).await?;
    let running = subscriptions
        .into_iter()
        .filter(|one| one.state == SubscriptionState::Active);
    Ok(Some(Present {
        subscriber: subscriber.id,
        address,
        language: subscriber.language,
        running: running.map(|one| (one.newsletter, one.topics)).collect(),
    }))
}

/// What the form asks for. Topics of newsletters that the reader does not have (any more) are
/// passed over: this page starts no subscription.
fn chosen(
    state: &WebState,
    offer: &Offer,
    before: &Present,
    form: &Form,
) -> Result<(Present, Vec<PreferencesError>), Failure> {
    let mut errors = Vec::new();
    let mut after = Present {
        subscriber: before.subscriber,
        address: before.address.clone(),
        language: before.language,
        running: before
            .running
            .keys()
            .map(|id| (*id, TopicSet::EMPTY))
            .collect(),
    };
    for value in form.all("topic") {
        let Some((newsletter, topic)) = offer.topic(value) else {
            return Err(Failure::Unprocessable);
        };
        if let Some(topics) = after.running.get_mut(&newsletter.id) {
            *topics = topics.or([topic.bit].into_iter().collect());
        }
    }
    for (id, topics) in &after.running {
        if let Some(newsletter) = offer.by_id(*id)
            && topics.is_empty()
            && offer.carried(newsletter).next().is_some()
        {
            errors.push(PreferencesError::TopicMissing(
                newsletter.settings.key.clone(),
            ));
        }
    }
    match form.one("language")?.parse() {
        // Where only one is offered, the form does not ask.
        Err(_) if form.one("language")?.is_empty() => {}
        Ok(language) if state.config.languages.offered.contains(&language) => {
            after.language = language;
        }
        _ => errors.push(PreferencesError::LanguageUnknown),
    }
    Ok((after, errors))
}

/// Writes down what is different, and the proof of it.
async fn save(
    tx: &mut Tx,
    state: &WebState,
    before: &Present,
    after: &Present,
) -> store::Result<()> {
    let mut event = ConsentEvent {
        subscriber: before.subscriber,
        newsletter: None,
        kind: ConsentKind::Changed,
        method: ConsentMethod::Web,
        at: state.clock.now(),
        topics: None,
        language: Some(after.language),
        wording_hash: None,
        page: Some(PAGE.to_owned()),
        message_id: None,
    };
    if before.language != after.language {
        subscriber::set_language(tx, before.subscriber, after.language).await?;
        consent::append(tx, &event).await?;
    }
    for (newsletter, topics) in &after.running {
        if before.running.get(newsletter) != Some(topics) {
            subscription::set_topics(tx, before.subscriber, *newsletter, *topics).await?;
            event.newsletter = Some(*newsletter);
            event.topics = Some(*topics);
            consent::append(tx, &event).await?;
        }
    }
    Ok(())
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
        offer: &Offer,
        present: &Present,
    ) -> maud::Markup {
        let newsletters = present.running.iter().filter_map(|(id, topics)| {
            let newsletter = offer.by_id(*id)?;
            let key = unsubscribe::key_for(*id, present.subscriber);
            let leave = state.keyring.issue_token(Purpose::Unsubscribe, key);
            Some(SubscribedNewsletter {
                choice: offer.choice(newsletter, reader.language, Some(*topics)),
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
