//! One's own account: name and language, password, second factor, sessions.

mod password;
mod profile;
mod second_factor;
mod sessions;

use axum::routing::{get, post};
use templates::pages::newsroom::access_link::AccessProblem;
use templates::pages::newsroom::account::{AccountDone, AccountView, SessionRow, page};
use templates::pages::newsroom::frame::Area;

use super::{Staff, confirm, desk};
use crate::app::staff::is_required;
use crate::digest::mail_context::wall_clock;
use crate::digest::site::locale;
use crate::domain::user::Right::See;
use crate::store;
use crate::web::routes::Confirm;
use crate::web::{Failure, Routes, WebState};

/// Where the account page is.
pub(super) const ACCOUNT: &str = "/newsroom/account";
/// Where the second factor is set up.
pub(super) const SECOND_FACTOR: &str = "/newsroom/account/second-factor";

pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(ACCOUNT, See, get(profile::show).post(profile::submit))
        .staff("/newsroom/account/password", See, post(password::submit))
        .confirmed(
            SECOND_FACTOR,
            See,
            Confirm::Everything,
            get(second_factor::show).post(second_factor::submit),
        )
        .staff(
            "/newsroom/account/second-factor/codes",
            See,
            post(second_factor::renew),
        )
        .staff(
            "/newsroom/account/second-factor/remove",
            See,
            post(second_factor::remove),
        )
        .staff("/newsroom/account/sessions", See, post(sessions::submit))
}

/// Whether a page can be opened by somebody who must set up a second factor first.
pub(super) fn is_open_without_second_factor(path: &str) -> bool {
    [
        SECOND_FACTOR,
        "/newsroom/logout",
        confirm::PATH,
        confirm::CODE,
    ]
    .contains(&path)
}

/// What is shown beside what is stored.
#[derive(Default)]
struct Shown {
    /// What was typed as name.
    name: Option<String>,
    done: Option<AccountDone>,
    problems: Vec<AccessProblem>,
}

async fn render(state: &WebState, staff: &Staff, shown: Shown) -> Result<maud::Markup, Failure> {
    let desk = desk(state, staff, Area::Account).await?;
    let zone = state.app.config.newsroom.zone;
    let user = &staff.user;
    let mut conn = state.app.read().await?;
    let has_password = store::staff::password(&mut conn, user.id).await?.is_some();
    let codes_left = store::recovery_code::left(&mut conn, user.id).await?;
    let sessions = store::staff_session::of_staff(&mut conn, user.id).await?;
    drop(conn);
    let now = state.app.clock.now();
    let idle = state.app.config.newsroom.idle;
    let runs = |one: &&store::staff_session::StaffSession| {
        one.ends_at > now && one.used_at.plus(idle) > now
    };
    let row = |one: &store::staff_session::StaffSession| SessionRow {
        uuid: one.uuid.clone(),
        agent: one.agent.clone(),
        since: wall_clock(one.created_at, zone),
        used_at: wall_clock(one.used_at, zone),
        is_this: one.hash == staff.session.stored.hash,
    };
    let view = AccountView {
        name: shown.name.unwrap_or_else(|| user.name.clone()),
        email: user.email.display(),
        language: locale(user.language),
        has_password,
        second_factor_since: user.second_factor_since.map(|at| wall_clock(at, zone)),
        second_factor_required: is_required(&state.app, user),
        codes_left,
        sessions: sessions.iter().filter(runs).map(row).collect(),
        done: shown.done,
        problems: shown.problems,
        url: ACCOUNT.to_owned(),
    };
    Ok(page(&desk, &view))
}
