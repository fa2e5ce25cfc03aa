//! Writing entries: one editor for news and events.

mod audience;
mod content;
mod event;
mod fields;
mod opened;
mod picture;
mod preview;
mod show;
mod submit;
mod view;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::domain::user::Right::Write;
use crate::web::Routes;

/// Where a new entry is written.
pub(super) const NEW: &str = "/newsroom/entries/new";

/// The pages of the editor.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(NEW, Write, get(show::new).post(submit::new))
        .staff(audience::PATH, Write, get(audience::piece))
        .staff(
            "/newsroom/entries/{uuid}/edit",
            Write,
            get(show::edit).post(submit::edit),
        )
        .staff(
            "/newsroom/entries/{uuid}/picture",
            Write,
            get(picture::show)
                .post(picture::submit)
                .layer(DefaultBodyLimit::max(picture::MOST_BYTES)),
        )
        .staff(
            "/newsroom/entries/{uuid}/picture/remove",
            Write,
            post(picture::remove),
        )
}

/// The editor of an entry.
pub(super) fn edit_path(uuid: &str) -> String {
    format!("/newsroom/entries/{uuid}/edit")
}
