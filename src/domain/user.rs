//! Users: people with a login, what they are, and what that lets them do.

use std::collections::BTreeSet;
use std::fmt;

use super::named::named_enum;

named_enum! {
    /// What somebody is. A person may be several things.
    pub enum Role ("role") {
        /// Manages users, newsletters and settings.
        Administrator = "administrator",
        /// Writes entries and composes issues.
        Editor = "editor",
        /// Approves issues.
        Approver = "approver",
        /// Sees everything of the newsroom and changes nothing.
        Viewer = "viewer",
    }
}

named_enum! {
    /// What a page or an operation asks for.
    pub enum Right ("right") {
        /// See the newsroom.
        See = "see",
        /// Write entries, compose issues, hand them in.
        Write = "write",
        /// Approve, return and reject issues; cancel them.
        Approve = "approve",
        /// Pause and resume sending.
        Control = "control",
        /// Set when newsletters appear.
        Schedule = "schedule",
        /// Manage users and newsletters; read the audit log.
        Administer = "administer",
    }
}

named_enum! {
    /// The state of a user.
    pub enum UserState ("state of a user") {
        /// Invited; has not logged in yet.
        Invited = "invited",
        /// May log in.
        Active = "active",
        /// May not log in any more.
        Disabled = "disabled",
    }
}

impl Role {
    /// Whether this role has a right.
    pub const fn has(self, right: Right) -> bool {
        match self {
            Self::Administrator => {
                matches!(right, Right::See | Right::Schedule | Right::Administer)
            }
            Self::Editor => matches!(
                right,
                Right::See | Right::Write | Right::Control | Right::Schedule
            ),
            Self::Approver => matches!(right, Right::See | Right::Approve | Right::Control),
            Self::Viewer => matches!(right, Right::See),
        }
    }
}

/// The roles of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

/// A text that is not a list of roles.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BadRoles(#[from] super::named::UnknownName);

impl Roles {
    /// Whether one of them has this right.
    pub fn allow(&self, right: Right) -> bool {
        self.0.iter().any(|role| role.has(right))
    }

    /// Whether this is one of them.
    pub fn contains(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Parses names separated by commas, as they are stored.
    pub fn parse(text: &str) -> Result<Self, BadRoles> {
        let names = text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        Ok(Self(names.map(str::parse).collect::<Result<_, _>>()?))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

/// The names separated by commas, as they are stored.
impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|role| role.as_str()).collect();
        f.write_str(&names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_sees_and_every_right_has_a_role() {
        for role in Role::ALL {
            assert!(role.has(Right::See), "{role}");
        }
        for right in Right::ALL {
            assert!(Role::ALL.iter().any(|role| role.has(*right)), "{right}");
        }
    }

    #[test]
    fn roles_are_stored_by_their_names() {
        let both = Roles::from_iter([Role::Approver, Role::Editor]);
        assert_eq!(both.to_string(), "editor,approver");
        assert_eq!(Roles::parse("editor, approver").ok(), Some(both));
        assert!(Roles::parse("king").is_err());
    }
}
