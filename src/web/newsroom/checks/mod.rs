//! The checks of an issue: the page, checking again, and accepting a finding as it is.

mod accept;
mod run;
mod show;
pub(in crate::web::newsroom) mod view;

use axum::routing::{get, post};

pub(in crate::web::newsroom) use view::found;

use crate::domain::user::Right::{Control, See};
use crate::web::Routes;

/// The pages of checks.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff_form(
            "/newsroom/issues/{newsletter}/{number}/checks",
            See,
            Control,
            get(show::show).post(run::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/checks/accept",
            Control,
            post(accept::submit),
        )
}
