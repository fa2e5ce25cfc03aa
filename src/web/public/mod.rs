//! The pages for everybody: one file per page.

mod accessibility;
mod assets;
pub(in crate::web) mod catalogue;
mod confirm;
mod entries;
pub(in crate::web) mod entry;
mod feed;
mod health;
mod home;
mod imprint;
mod picture;
mod preferences;
mod privacy;
mod reading;
mod selection;
mod subscribe;
mod subscribe_sent;
mod unsubscribe;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use templates::pages::link_invalid::{LinkInvalidView, page as link_invalid};

use super::site::site;
use super::{Reader, Routes, WebState};
use crate::domain::address::Address;

/// Every public route. Links in mails already sent lead to them: they never change.
pub fn routes() -> Routes {
    Routes::new()
        .everybody("/", get(home::show))
        .everybody("/subscribe", get(subscribe::show).post(subscribe::submit))
        .everybody("/subscribe/sent", get(subscribe_sent::show))
        .link_holder("/confirm/{token}", get(confirm::show).post(confirm::submit))
        .link_holder(
            "/unsubscribe/{token}",
            get(unsubscribe::show).post(unsubscribe::submit),
        )
        .link_holder(
            "/preferences/{token}",
            get(preferences::show).post(preferences::submit),
        )
        .everybody("/news", get(entries::news))
        .everybody("/news.atom", get(feed::show))
        .everybody("/news.json", get(feed::show))
        .everybody("/news/{name}", get(entry::show))
        .everybody("/events", get(entries::events))
        .everybody("/events.atom", get(feed::show))
        .everybody("/events.json", get(feed::show))
        .everybody("/events/{name}", get(entry::show))
        .everybody("/papers", get(entries::papers))
        .everybody("/papers.atom", get(feed::show))
        .everybody("/papers.json", get(feed::show))
        .everybody("/papers/{name}", get(entry::show))
        .everybody("/imprint", get(imprint::show))
        .everybody("/privacy", get(privacy::show))
        .everybody("/accessibility", get(accessibility::show))
        .everybody("/assets/{name}", get(assets::show))
        .everybody("/pictures/{name}", get(picture::show))
        .everybody("/healthz", get(health::show))
}

/// The page behind a personal link that is not complete or none of ours.
fn no_such_link(state: &WebState, reader: &Reader) -> Response {
    let contact = state.app.config.organisation.email.as_ref();
    let view = LinkInvalidView {
        contact: contact.map(Address::display),
    };
    let page = link_invalid(&site(state, &reader.without_switcher()), &view);
    (StatusCode::NOT_FOUND, page).into_response()
}
