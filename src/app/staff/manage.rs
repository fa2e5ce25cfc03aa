//! What administrators do with other users.

use super::session;
use super::{AboutStaff, NewUser, StaffError, add_user, links, second_factor};
use crate::app::{Actor, App, Operation};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::notice::NoticeKind;
use crate::domain::user::{Role, Roles, UserState};
use crate::store;
use crate::store::staff::StaffMember;

impl StaffMember {
    /// Whether this is an administrator who may log in.
    pub fn is_administrator(&self) -> bool {
        self.state == UserState::Active && self.roles.contains(Role::Administrator)
    }
}

/// Invites somebody: a mail with a link, which works for two days. `by` is the name of the colleague
/// who invites.
pub async fn invite(
    app: &App,
    actor: &Actor,
    new: NewUser,
    by: Option<String>,
) -> Result<StaffMember, StaffError> {
    if new.roles.is_empty() {
        return Err(StaffError::NoRole);
    }
    let mut op = app.begin(actor, Action::UserInvite).await?;
    let user = add_user(&mut op, new, None, UserState::Invited).await?;
    let about = AboutStaff {
        by,
        ..AboutStaff::default()
    };
    links::enqueue(app, &mut op, NoticeKind::Invitation, &user, about).await?;
    op.commit().await?;
    Ok(user)
}

/// Sends an invitation again.
pub async fn invite_again(
    app: &App,
    actor: &Actor,
    user: &StaffMember,
    by: Option<String>,
) -> Result<(), StaffError> {
    if user.state != UserState::Invited {
        return Err(StaffError::NotInvited);
    }
    let mut op = app.begin(actor, Action::UserInvite).await?;
    let about = AboutStaff {
        by,
        ..AboutStaff::default()
    };
    links::enqueue(app, &mut op, NoticeKind::Invitation, user, about).await?;
    op.record(subject(user), Some("invited"), Some("invited again"));
    op.commit().await?;
    Ok(())
}

/// Changes what a user is, and ends their sessions: the rights of a session never change.
pub async fn change_roles(
    app: &App,
    actor: &Actor,
    user: &StaffMember,
    roles: &Roles,
) -> Result<(), StaffError> {
    if roles.is_empty() {
        return Err(StaffError::NoRole);
    }
    if *roles == user.roles {
        return Ok(());
    }
    let mut op = app.begin(actor, Action::UserChange).await?;
    if !roles.contains(Role::Administrator) {
        keep_an_administrator(&mut op, user).await?;
    }
    store::staff::set_roles(op.tx(), user.id, roles).await?;
    session::end_all(&mut op, user.id).await?;
    let (before, after) = (user.roles.to_string(), roles.to_string());
    op.record(subject(user), Some(&before), Some(&after));
    op.commit().await?;
    Ok(())
}

/// A user may not log in any more: ends their sessions and links.
pub async fn disable(app: &App, actor: &Actor, user: &StaffMember) -> Result<(), StaffError> {
    if user.state == UserState::Disabled {
        return Ok(());
    }
    let mut op = app.begin(actor, Action::UserDisable).await?;
    keep_an_administrator(&mut op, user).await?;
    store::staff::set_state(op.tx(), user.id, UserState::Disabled).await?;
    store::staff_link::remove_of_staff(op.tx(), user.id).await?;
    session::end_all(&mut op, user.id).await?;
    op.record(subject(user), Some(user.state.as_str()), Some("disabled"));
    op.commit().await?;
    Ok(())
}

/// A user may log in again.
pub async fn enable(app: &App, actor: &Actor, user: &StaffMember) -> Result<(), StaffError> {
    if user.state != UserState::Disabled {
        return Ok(());
    }
    let mut op = app.begin(actor, Action::UserEnable).await?;
    store::staff::set_state(op.tx(), user.id, UserState::Active).await?;
    op.record(subject(user), Some("disabled"), Some("active"));
    op.commit().await?;
    Ok(())
}

/// Removes the second factor of somebody who has lost it.
pub async fn reset_second_factor(
    app: &App,
    actor: &Actor,
    user: &StaffMember,
) -> Result<(), StaffError> {
    if user.second_factor_since.is_none() {
        return Ok(());
    }
    second_factor::reset(app, actor, user).await
}

/// Fails if `user` is the only administrator who may log in.
async fn keep_an_administrator(op: &mut Operation, user: &StaffMember) -> Result<(), StaffError> {
    store::staff::lock(op.tx()).await?;
    let users = store::staff::list(op.tx()).await?;
    let is_administrator = users
        .iter()
        .any(|one| one.id == user.id && one.is_administrator());
    let others = users
        .iter()
        .any(|one| one.id != user.id && one.is_administrator());
    if is_administrator && !others {
        return Err(StaffError::LastAdministrator);
    }
    Ok(())
}

fn subject(user: &StaffMember) -> Subject {
    Subject::new(SubjectKind::User, &user.uuid)
}
