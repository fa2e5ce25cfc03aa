//! Users: adding and inviting them, logging in and out, the second factor, links in mails, sessions.

mod account;
mod add;
mod confirm;
mod delay;
mod error;
mod links;
mod log_in;
mod manage;
mod second_factor;
mod session;
mod tidy;

pub use account::{
    PasswordChange, change_password, change_profile, end_other_sessions, end_session,
};
pub use add::{NewUser, UserDetails, add};
pub use confirm::{
    CODE_VALID_FOR, Confirm, Given, Needed, ask_code, confirm, is_confirmed, needed,
};
pub use error::StaffError;
pub use links::{
    AboutStaff, Changed, Found, LinkToken, add_first_administrator, ask, find, first_administrator,
    log_in_by_link, set_password_by_link,
};
pub use log_in::{From, LogIn, log_in, second_step};
pub use manage::{change_roles, disable, enable, invite, invite_again, reset_second_factor};
pub use second_factor::{
    NewCodes, Offered, SetUp, is_required, offer, offered, remove, renew_codes, set_up,
};
pub use session::{Opened, Session, SessionToken, end, open, resume};
pub use tidy::remove_ended;

use add::add_user;

use super::{Actor, App, Operation};
use crate::domain::notice::NoticeKind;
use crate::store::staff::StaffMember;

/// A user as an actor, who has proved who they are by a link or a password.
fn person(user: &StaffMember) -> Actor {
    Actor::User {
        id: user.id,
        uuid: user.uuid.clone(),
        roles: user.roles.clone(),
    }
}

/// Tells a user by mail that their password or second factor was changed.
async fn notify_change(
    app: &App,
    op: &mut Operation,
    user: &StaffMember,
    changed: Changed,
) -> Result<(), StaffError> {
    let about = AboutStaff {
        changed: Some(changed),
        ..AboutStaff::default()
    };
    links::enqueue(app, op, NoticeKind::AccountChanged, user, about).await
}
