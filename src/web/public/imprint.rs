//! The imprint.

use axum::extract::State;
use maud::Markup;
use templates::pages::imprint::{ImprintView, page};

use crate::web::site::site;
use crate::web::{Reader, WebState};

pub(super) async fn show(State(state): State<WebState>, reader: Reader) -> Markup {
    let website = state.app.config.organisation.website.as_ref();
    let view = ImprintView {
        website: website.map(ToString::to_string),
    };
    page(&site(&state, &reader), &view)
}
