//! Reviews: approving an issue, and its history.

pub(in crate::web::newsroom) mod approve;
mod deputies;
mod dns;
pub(in crate::web::newsroom) mod events;
mod history;
mod settings;
mod submit;

use axum::routing::get;

use crate::domain::user::Right::{Administer, Approve, See};
use crate::web::Routes;

/// The pages of reviews. Who may take which step is for the operations to say: deputies approve for a
/// time.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(
            "/newsroom/issues/{newsletter}/{number}/approve",
            See,
            get(approve::show).post(submit::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/history",
            See,
            get(history::show),
        )
        .staff_form(
            deputies::PAGE,
            See,
            Approve,
            get(deputies::show).post(deputies::submit),
        )
        .staff(
            "/newsroom/newsletters/{newsletter}/release",
            Administer,
            get(settings::show).post(settings::submit),
        )
}
