//! Behind the link of the confirmation mail: a page with a button, and what the button does.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::confirm::{
    ConfirmView, LanguageQuestion, TopicChoice, TopicQuestion, page as confirm_page,
};
use templates::pages::confirm_invalid::{
    ConfirmInvalidReason, ConfirmInvalidView, page as invalid_page,
};
use templates::pages::confirmed::{ConfirmedView, page as confirmed_page};

use super::catalogue::{named, topic_names};
use crate::app::subscriptions::{
    self, Catalogue, Closed, Confirmed, Decisions, OpenSignup, TopicDecision, Wishes,
};
use crate::digest::site::locale;
use crate::domain::delivery::DeliveryKey;
use crate::domain::token::Purpose;
use crate::web::link_token::LinkToken;
use crate::web::site::site;
use crate::web::{Failure, Form, Reader, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
) -> Result<Response, Failure> {
    let mut conn = state.app.db.read().await?;
    let open = match subscriptions::open_signup(&mut conn, &state.app, &token).await? {
        Ok(open) => open,
        Err(closed) => return Ok(invalid(&state, &reader, closed)),
    };
    let catalogue = Catalogue::load(&mut conn).await?;
    let action = reader.path(&format!("/confirm/{token}"));
    let view = view(&reader, &catalogue, &open, action);
    Ok(confirm_page(&site(&state, &reader), &view).into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    reader: Reader,
    LinkToken(token): LinkToken,
    form: Form,
) -> Result<Response, Failure> {
    let catalogue = Catalogue::load(&mut state.app.db.read().await?).await?;
    let decisions = decisions(&catalogue, &form)?;
    let (newsletters, preferences_url) =
        match subscriptions::confirm(&state.app, &token, &decisions).await? {
            Confirmed::Now {
                subscriber,
                newsletters,
            } => (newsletters, Some(preferences(&state, &reader, subscriber))),
            // The second press of an impatient finger sees what the first did.
            Confirmed::Before { newsletters } => (newsletters, None),
            Confirmed::Not(closed) => return Ok(invalid(&state, &reader, closed)),
        };
    let view = ConfirmedView {
        newsletters: named(&catalogue, &newsletters, reader.language),
        preferences_url,
    };
    Ok(confirmed_page(&site(&state, &reader.without_switcher()), &view).into_response())
}

/// What the reader decided: `topics.KEY` for each newsletter, and `language`. What is not asked, or
/// not answered, has its default.
fn decisions(catalogue: &Catalogue, form: &Form) -> Result<Decisions, Failure> {
    let mut decisions = Decisions::default();
    for newsletter in &catalogue.newsletters {
        let field = format!("topics.{}", newsletter.settings.key);
        let answer = form.one(&field)?;
        if !answer.is_empty() {
            let decision = answer.parse().map_err(|_| Failure::Unprocessable)?;
            decisions.topics.insert(newsletter.id, decision);
        }
    }
    let answer = form.one("language")?;
    if !answer.is_empty() {
        decisions.language = answer.parse().map_err(|_| Failure::Unprocessable)?;
    }
    Ok(decisions)
}

fn view(reader: &Reader, catalogue: &Catalogue, open: &OpenSignup, action: String) -> ConfirmView {
    let differences = open.differences();
    let mut started: Wishes = open.signup.newsletters.iter().copied().collect();
    let questions = differences.iter().filter_map(|difference| {
        started.remove(&difference.newsletter);
        let newsletter = catalogue.by_id(difference.newsletter)?;
        let names = |topics| topic_names(catalogue, newsletter, topics, reader.language);
        let choices = difference.choices().into_iter().map(|decision| {
            let names = names(difference.topics(decision));
            match decision {
                TopicDecision::Both => TopicChoice::Both(names),
                TopicDecision::Asked => TopicChoice::Asked(names),
                TopicDecision::Present => TopicChoice::Present(names),
            }
        });
        Some(TopicQuestion {
            field: format!("topics.{}", newsletter.settings.key),
            newsletter: newsletter.settings.text(reader.language).name.clone(),
            choices: choices.collect(),
        })
    });
    let questions: Vec<_> = questions.collect();
    let asked: Wishes = open.signup.newsletters.iter().copied().collect();
    let mut others = open.running.clone();
    others.retain(|newsletter, _| !asked.contains_key(newsletter));
    ConfirmView {
        action,
        masked_address: open.address.masked(),
        newsletters: named(catalogue, &started, reader.language),
        questions,
        language: open.other_language().map(|present| LanguageQuestion {
            present: locale(present),
            asked: locale(open.signup.language),
        }),
        others: named(catalogue, &others, reader.language)
            .into_iter()
            .map(|newsletter| newsletter.name)
            .collect(),
        is_known: !open.running.is_empty(),
    }
}

/// The link to the preferences of the subscriber who has just confirmed.
fn preferences(state: &WebState, reader: &Reader, subscriber: i64) -> String {
    let key = DeliveryKey {
        issue: 0,
        subscriber,
    };
    let token = state.keyring.issue_token(Purpose::Preferences, key);
    reader.path(&format!("/preferences/{token}"))
}

fn invalid(state: &WebState, reader: &Reader, closed: Closed) -> Response {
    let (status, reason) = match closed {
        Closed::Used => (StatusCode::OK, ConfirmInvalidReason::Used),
        Closed::Expired => (StatusCode::GONE, ConfirmInvalidReason::Expired),
        Closed::Unknown => (StatusCode::NOT_FOUND, ConfirmInvalidReason::Unknown),
    };
    let view = ConfirmInvalidView {
        reason,
        confirm_within_days: state.confirm_within_days(),
    };
    let page = invalid_page(&site(state, &reader.without_switcher()), &view);
    (status, page).into_response()
}
