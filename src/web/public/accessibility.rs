//! The accessibility statement.

use axum::extract::State;
use maud::Markup;
use templates::pages::accessibility::{AccessibilityView, page};

use crate::web::site::site;
use crate::web::{Reader, WebState};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Markup {
    let statement = state.app.config.organisation.accessibility_url.as_ref();
    let view = AccessibilityView {
        statement_url: statement.map(ToString::to_string),
        feedback_address: None,
        checked_on: None,
    };
    page(&site(&state, &reader), &view)
}
