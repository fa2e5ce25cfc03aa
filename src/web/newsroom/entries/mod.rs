//! Entries at a glance: the list, the page of one, its versions, and what sources propose.

mod act;
mod ask;
mod compare;
mod difference;
mod filter;
mod filters;
mod list;
mod pictures;
mod proposal;
mod proposals;
mod restore;
mod show;
mod versions;
pub(super) mod words;

use axum::routing::{get, post};

use crate::domain::user::Right;
use crate::store::Connection;
use crate::store::entry::{self, Entry};
use crate::web::{Failure, Routes};

/// Where the list is.
const LIST: &str = "/newsroom/entries";

/// The routes of entries.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(LIST, Right::See, get(list::show))
        .staff(
            "/newsroom/entries/filters",
            Right::See,
            post(filters::submit),
        )
        .staff(
            "/newsroom/entries/bulk",
            Right::Write,
            get(ask::show).post(ask::submit),
        )
        .staff("/newsroom/entries/act", Right::Write, post(act::submit))
        .staff(
            "/newsroom/entries/proposals",
            Right::See,
            get(proposals::show),
        )
        .staff("/newsroom/entries/{uuid}", Right::See, get(show::show))
        .staff_form(
            "/newsroom/entries/{uuid}/proposal",
            Right::See,
            Right::Write,
            get(proposal::show).post(proposal::submit),
        )
        .staff(
            "/newsroom/entries/{uuid}/versions",
            Right::See,
            get(versions::show),
        )
        .staff(
            "/newsroom/entries/{uuid}/versions/compare",
            Right::See,
            get(compare::show),
        )
        .staff(
            "/newsroom/entries/{uuid}/versions/restore",
            Right::Write,
            post(restore::submit),
        )
}

/// The entry of this UUID. Rows are no names outside the installation.
async fn entry_of(conn: &mut impl Connection, uuid: &str) -> Result<Entry, Failure> {
    let found = entry::by_name(conn, uuid).await?;
    found
        .filter(|entry| entry.uuid == uuid)
        .ok_or(Failure::NotFound)
}

/// The page of an entry.
fn path_of(uuid: &str) -> String {
    format!("{LIST}/{uuid}")
}
