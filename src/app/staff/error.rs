//! Why an operation on users was not carried out.

use crate::app;
use crate::domain::password::BadPassword;
use crate::store::StoreError;

/// Why an operation on users was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// The address belongs to another user.
    #[error("there is a user with this address already; `rundbrief user list` shows everybody")]
    Exists,
    /// Nobody has this name.
    #[error("there is no user “{0}”; `rundbrief user list` shows everybody")]
    Unknown(String),
    /// A user without a role can do nothing.
    #[error("a user needs at least one role; give --role")]
    NoRole,
    /// Without an administrator nobody could manage users.
    #[error(
        "this is the last administrator who may log in; give somebody else that role first, then try again"
    )]
    LastAdministrator,
    /// The user is there already, or disabled.
    #[error("this user does not wait for an invitation")]
    NotInvited,
    /// The role asks for a second factor.
    #[error("a role of this user asks for a second factor ([newsroom] second_factor)")]
    SecondFactorRequired,
    /// There were too many wrong codes; so many seconds are left to wait.
    #[error("there were too many wrong codes; try again in {0} seconds")]
    TooOften(u64),
    /// The password is too weak.
    #[error(transparent)]
    Password(#[from] BadPassword),
    /// The system has no random numbers.
    #[error("the system has no random numbers: {0}; nothing was changed")]
    Random(#[from] getrandom::Error),
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] app::Error),
}

impl From<StoreError> for StaffError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Exists(_) => Self::Exists,
            error => Self::Operation(error.into()),
        }
    }
}
