//! The privacy notice.

use axum::extract::State;
use maud::Markup;
use templates::pages::privacy::{PrivacyView, page};

use crate::web::site::site;
use crate::web::{Reader, WebState};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Markup {
    let organisation = &state.app.config.organisation;
    let view = PrivacyView {
        data_protection_officer: organisation.data_protection_officer.clone(),
        authority: organisation.authority.clone(),
        recipients: Vec::new(),
        confirm_within_days: state.confirm_within_days(),
        delivery_log_days: None,
        general_notice_url: organisation.privacy_url.as_ref().map(ToString::to_string),
    };
    page(&site(&state, &reader), &view)
}
