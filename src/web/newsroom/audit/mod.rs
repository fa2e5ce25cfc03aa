//! The audit log: the list with filters, the same as CSV, and the verification.

mod csv;
mod filter;
mod list;
mod verify;

use axum::routing::{get, post};

use crate::domain::user::Right::Administer;
use crate::web::Routes;

/// Where the list is.
const LIST: &str = "/newsroom/audit";

pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(LIST, Administer, get(list::show))
        .staff("/newsroom/audit/csv", Administer, get(csv::show))
        .staff("/newsroom/audit/verify", Administer, post(verify::submit))
}
