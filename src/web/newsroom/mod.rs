//! The newsroom: the pages of the communications team. One file per page or action.
//!
//! Every route names the right it asks for ([`Routes::staff`](super::Routes::staff)); the [`guard`] holds
//! requests to it. Handlers take a [`Staff`], forms are [`StaffForm`]s, and what changes something is an
//! operation of [`app`](crate::app) with [`Staff::actor`].

mod account;
mod audit;
mod checks;
mod confirm;
mod cookie;
mod desk;
mod editor;
mod entries;
pub(super) mod guard;
mod issues;
mod login;
mod logout;
mod person;
mod planning;
mod review;
pub(super) mod sending;
mod staff;
mod start;
mod users;

use axum::routing::{get, post};

pub(super) use desk::assets;
pub use desk::desk;
pub use staff::{CSRF_FIELD, DoorForm, Staff, StaffForm};

use super::Routes;
use crate::domain::user::Right;

pub(in crate::web) use cookie::set as session_cookie;
pub(in crate::web) use desk::newsroom_site as site;
pub(in crate::web) use login::agent::in_words as agent;

/// Where the newsroom is.
pub const HOME: &str = "/newsroom";

/// Every route of the newsroom. Each area adds its own with `.merge(area::routes())`.
pub fn routes() -> Routes {
    Routes::new()
        .staff(HOME, Right::See, get(start::show))
        .staff("/newsroom/logout", Right::See, post(logout::submit))
        .merge(checks::routes())
        .merge(issues::routes())
        .merge(entries::routes())
        .merge(editor::routes())
        .merge(login::routes())
        .merge(sending::routes())
        .merge(review::routes())
        .merge(planning::routes())
        .merge(account::routes())
        .merge(audit::routes())
        .merge(confirm::routes())
        .merge(users::routes())
}
