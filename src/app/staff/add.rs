//! Adding users.

use zeroize::Zeroizing;

use super::StaffError;
use crate::app::{Actor, App, Operation, password};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::language::Language;
use crate::domain::password::{About, Password};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Roles, UserState};
use crate::store;
use crate::store::staff::{NewStaff, StaffMember};

/// A user to be added.
#[derive(Clone)]
pub struct NewUser {
    /// How colleagues call this person.
    pub name: String,
    /// Where mails go.
    pub email: Address,
    /// The language of pages and mails.
    pub language: Language,
    /// What this person is.
    pub roles: Roles,
    /// The password; without one, this person logs in by mailed links.
    pub password: Option<Zeroizing<String>>,
}

/// Prints neither address nor password.
impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewUser")
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// A user, as `--json` prints them.
#[derive(Debug, Clone, serde::Serialize)]
pub struct UserDetails {
    /// The UUID.
    pub uuid: String,
    /// How colleagues call this person.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// What this person is.
    pub roles: Roles,
    /// Whether this person may log in.
    pub state: UserState,
    /// Whether there is a second factor.
    pub second_factor: bool,
    /// When the user was added.
    pub created_at: Timestamp,
    /// When this person was last here.
    pub last_seen_at: Option<Timestamp>,
}

impl From<&StaffMember> for UserDetails {
    fn from(member: &StaffMember) -> Self {
        Self {
            uuid: member.uuid.clone(),
            name: member.name.clone(),
            email: member.email.display(),
            roles: member.roles.clone(),
            state: member.state,
            second_factor: member.second_factor_since.is_some(),
            created_at: member.created_at,
            last_seen_at: member.last_seen_at,
        }
    }
}

/// Adds a user who may log in at once.
pub async fn add(app: &App, actor: &Actor, new: NewUser) -> Result<StaffMember, StaffError> {
    if new.roles.is_empty() {
        return Err(StaffError::NoRole);
    }
    let password = password_hash(app, &new).await?;
    let mut op = app.begin(actor, Action::UserAdd).await?;
    let member = add_user(&mut op, new, password, UserState::Active).await?;
    op.commit().await?;
    Ok(member)
}

/// The hash of a new user's password, if one is given.
pub(super) async fn password_hash(app: &App, new: &NewUser) -> Result<Option<String>, StaffError> {
    let Some(text) = &new.password else {
        return Ok(None);
    };
    let about = About {
        name: &new.name,
        address: new.email.as_str(),
        organisation: &app.config.organisation.name,
    };
    let password = Password::accept(text, about)?;
    Ok(Some(password::hash(password).await?))
}

/// Adds a user as part of an operation.
pub(super) async fn add_user(
    op: &mut Operation,
    new: NewUser,
    password: Option<String>,
    state: UserState,
) -> Result<StaffMember, StaffError> {
    let at = op.at();
    let row = NewStaff {
        name: new.name,
        email: new.email,
        language: new.language,
        roles: new.roles,
        password,
        state,
    };
    let member = store::staff::add(op.tx(), &row, at).await?;
    let after = member.roles.to_string();
    let subject = Subject::new(SubjectKind::User, &member.uuid);
    op.record(subject, None, Some(&after));
    Ok(member)
}
