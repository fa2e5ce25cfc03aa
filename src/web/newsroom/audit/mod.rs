//! The audit log: the list with filters, the same as CSV, and the verification.

mod csv;
mod filter;
mod list;
mod said;
mod subjects;
mod verify;

use axum::routing::{get, post};

use crate::domain::user::Right::Administer;
use crate::web::Routes;
use crate::web::routes::Confirm;

/// Where the list is.
pub(super) const LIST: &str = "/newsroom/audit";

/// Where the file is.
pub(super) const CSV: &str = "/newsroom/audit/csv";
/// What the list is asked for when the file may now be loaded.
pub(super) const CONFIRMED: &str = "confirmed";

pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(LIST, Administer, get(list::show))
        .confirmed(CSV, Administer, Confirm::Everything, get(csv::show))
        .staff("/newsroom/audit/verify", Administer, post(verify::submit))
}
