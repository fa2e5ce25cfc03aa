//! Adding users.

use zeroize::Zeroizing;

use super::StaffError;
use crate::app::{Actor, App, password};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::language::Language;
use crate::domain::password::{About, Password};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Roles, UserState};
use crate::store;
use crate::store::staff::{NewStaff, StaffMember};

/// A user to be added.
#[derive(Debug, Clone)]
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
    let password = match &new.password {
        Some(text) => {
            let about = About {
                name: &new.name,
                address: new.email.as_str(),
                organisation: &app.config.organisation.name,
            };
            Some(password::hash(Password::accept(text, about)?).await?)
        }
        None => None,
    };
    let mut op = app.begin(actor, Action::UserAdd).await?;
    let at = op.at();
    let row = NewStaff {
        name: new.name,
        email: new.email,
        language: new.language,
        roles: new.roles,
        password,
        state: UserState::Active,
    };
    let member = store::staff::add(op.tx(), &row, at).await?;
    let after = member.roles.to_string();
    let subject = Subject::new(SubjectKind::User, &member.uuid);
    op.record(subject, None, Some(&after));
    op.commit().await?;
    Ok(member)
}
