//! The privacy notice.

use axum::extract::State;
use maud::Markup;
use templates::pages::privacy::{PrivacyView, RetentionView, page};

use crate::config::{Config, Retention};
use crate::web::site::site;
use crate::web::{Reader, WebState};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Markup {
    let organisation = &state.app.config.organisation;
    let view = PrivacyView {
        data_protection_officer: organisation.data_protection_officer.clone(),
        authority: organisation.authority.clone(),
        recipients: Vec::new(),
        retention: retention(&state.app.config),
        general_notice_url: organisation.privacy_url.as_ref().map(ToString::to_string),
    };
    page(&site(&state, &reader), &view)
}

/// The periods of the jobs in [`crate::app::retention`]; a test compares what the page says with what
/// they do.
fn retention(config: &Config) -> RetentionView {
    let kept = &config.retention;
    RetentionView {
        unconfirmed_days: Retention::days(config.subscribing.confirm_within),
        delivery_days: Retention::days(kept.deliveries),
        notice_days: Retention::days(kept.notices),
        proof_years: kept.proof_years,
        audit_days: Retention::days(kept.audit),
        journal_days: Retention::days(kept.journal),
    }
}
