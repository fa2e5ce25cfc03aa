//! Users: the list, inviting, and what administrators do with one.

mod actions;
mod invite;
mod list;
mod user;

use axum::routing::{get, post};
use templates::pages::newsroom::user_invite::RoleChoice;
use templates::pages::newsroom::users::{UserRow, UserStateView};

use super::Staff;
use crate::digest::mail_context::wall_clock;
use crate::domain::user::Right::Administer;
use crate::domain::user::{Role, Roles, UserState};
use crate::store::staff::StaffMember;
use crate::web::routes::Confirm;
use crate::web::{Failure, Form, Routes, WebState};

/// Where the list is.
pub(super) const LIST: &str = "/newsroom/users";

pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(LIST, Administer, get(list::show))
        .confirmed(
            "/newsroom/users/invite",
            Administer,
            Confirm::Forms,
            get(invite::show).post(invite::submit),
        )
        .confirmed(
            "/newsroom/users/{user}",
            Administer,
            Confirm::Forms,
            get(user::show).post(user::submit),
        )
        .confirmed(
            "/newsroom/users/{user}/{action}",
            Administer,
            Confirm::Forms,
            post(actions::submit),
        )
}

fn row(state: &WebState, staff: &Staff, member: &StaffMember) -> UserRow {
    let zone = state.app.config.newsroom.zone;
    let roles = member.roles.iter().map(Role::as_str);
    UserRow {
        url: format!("{LIST}/{}", member.uuid),
        name: member.name.clone(),
        email: member.email.display(),
        roles: templates::pages::newsroom::roles(staff.locale(), roles),
        state: match member.state {
            UserState::Invited => UserStateView::Invited,
            UserState::Active => UserStateView::Active,
            UserState::Disabled => UserStateView::Disabled,
        },
        seen_at: member.last_seen_at.map(|at| wall_clock(at, zone)),
        has_second_factor: member.second_factor_since.is_some(),
    }
}

fn choices(chosen: &Roles) -> Vec<RoleChoice> {
    let choice = |role: &Role| RoleChoice {
        key: role.as_str(),
        chosen: chosen.contains(*role),
    };
    Role::ALL.iter().map(choice).collect()
}

/// The roles in a form.
fn roles(form: &Form) -> Result<Roles, Failure> {
    let names = form.all("role").map(str::parse::<Role>);
    names
        .collect::<Result<Roles, _>>()
        .map_err(|_| Failure::Unprocessable)
}
