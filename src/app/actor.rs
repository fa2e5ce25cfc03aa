//! Who does something, and through which entry point.

use crate::domain::audit::{Action, JOB, SERVICE};
use crate::domain::named::named_enum;
use crate::domain::user::{Right, Roles};

named_enum! {
    /// By which link or form a reader acts. Readers have no account: holding the link is the right.
    pub enum Link ("link") {
        /// The sign-up form; anybody may fill it in.
        Form = "form",
        /// The link of a confirmation mail.
        Confirmation = "confirmation-link",
        /// The unsubscribe page, by the link in a mail.
        Unsubscribe = "unsubscribe-link",
        /// One-click unsubscribe (RFC 8058), sent by a mail program.
        OneClick = "one-click",
        /// The preferences page, by the link in a mail.
        Preferences = "preferences-link",
    }
}

named_enum! {
    /// Where somebody without a session acts on the way into the newsroom.
    pub enum Door ("door") {
        /// The login page; anybody may ask for a link.
        LoginPage = "login-page",
        /// The link that `serve` prints while there is no administrator.
        FirstAdministrator = "first-administrator-link",
    }
}

/// Who does something. Every operation takes one, and the audit log names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody at the command line of the server.
    Operator {
        /// The system user's name.
        user: String,
    },
    /// A recurring job of the service.
    Job(&'static str),
    /// Somebody who is logged in to the newsroom.
    User {
        /// The row.
        id: i64,
        /// The name in the audit log.
        uuid: String,
        /// What this person is.
        roles: Roles,
    },
    /// Somebody on the way into the newsroom, of whom nothing is known yet.
    Guest(Door),
    /// A subscriber, or somebody who wants to become one.
    Reader {
        /// The subscriber's row; 0 while nobody knows who it is.
        subscriber: i64,
        /// Through which link.
        link: Link,
    },
}

impl Actor {
    /// The operator at this command line.
    pub fn operator() -> Self {
        // `sudo` names who ran it. Everybody else is who the system says, not who the environment says.
        let sudo = std::env::var("SUDO_USER")
            .ok()
            .filter(|user| !user.is_empty());
        let user = sudo.or_else(|| whoami::username().ok());
        Self::Operator {
            user: user.unwrap_or_else(|| "unknown".to_owned()),
        }
    }

    /// Somebody who fills in the sign-up form. [`Operation`](super::Operation) learns from the
    /// address whose row it is.
    pub const fn visitor() -> Self {
        Self::Reader {
            subscriber: 0,
            link: Link::Form,
        }
    }

    /// The kind of actor, as the audit log names it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Operator { .. } => "operator",
            Self::Job(_) => JOB,
            Self::User { .. } => "user",
            Self::Guest(_) => "guest",
            Self::Reader { .. } => "reader",
        }
    }

    /// Which one: the system user, the job, the user's UUID, the subscriber's row. Never an address.
    pub fn name(&self) -> String {
        match self {
            Self::Operator { user } => user.clone(),
            Self::Job(name) => (*name).to_owned(),
            Self::User { uuid, .. } => uuid.clone(),
            Self::Guest(_) => "unknown".to_owned(),
            Self::Reader { subscriber, .. } => subscriber.to_string(),
        }
    }

    /// The row of the member of staff who acts, if it is one.
    pub const fn staff_row(&self) -> Option<i64> {
        match self {
            Self::User { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Through which entry point they act.
    pub const fn entry_point(&self) -> &'static str {
        match self {
            Self::Operator { .. } => "command-line",
            Self::Job(_) => SERVICE,
            Self::User { .. } => "newsroom",
            Self::Guest(door) => door.as_str(),
            Self::Reader { link, .. } => link.as_str(),
        }
    }

    /// Whether this actor may do this at all. Whether to this very thing is for the operation to
    /// say: a link acts on its own subscriber only.
    pub fn may(&self, action: Action) -> bool {
        match self {
            // Whoever may run commands on the server can read and change its database anyway.
            Self::Operator { .. } => true,
            Self::Job(_) => !matches!(
                action,
                Action::SubscriberExport
                    | Action::SubscriberSuspend
                    | Action::SubscriberReactivate
                    | Action::ProposalAccept
                    | Action::ProposalReject
                    | Action::IssueAddEntry
                    | Action::IssueLeaveOut
                    | Action::IssueReorder
                    | Action::IssuePin
                    | Action::IssueShorten
                    | Action::IssueWrite
                    | Action::IssueSetTime
                    | Action::IssueViewAs
                    | Action::IssueTest
                    | Action::TestGroupChange
                    | Action::IssueAcceptFinding
                    | Action::IssueUnacceptFinding
                    | Action::UserAdd
                    | Action::UserInvite
                    | Action::UserChange
                    | Action::UserEnable
                    | Action::UserPassword
                    | Action::UserConfirm
                    | Action::SigningKeyAdd
                    | Action::SigningKeyActivate
                    | Action::SigningKeyRetire
            ),
            Self::User { roles, .. } => right_to(action).is_some_and(|right| roles.allow(right)),
            Self::Guest(door) => matches!(
                (door, action),
                (Door::LoginPage, Action::UserLink) | (Door::FirstAdministrator, Action::UserAdd)
            ),
            // A link does one thing.
            Self::Reader { link, .. } => matches!(
                (link, action),
                (Link::Form, Action::SubscriptionRequest)
                    | (Link::Confirmation, Action::SubscriptionConfirm)
                    | (Link::Unsubscribe | Link::OneClick, Action::SubscriptionEnd)
                    | (Link::Preferences, Action::SubscriptionChange)
            ),
        }
    }
}

/// The right that a user needs for an action; `None`: no user may do it.
pub const fn right_to(action: Action) -> Option<Right> {
    use Action as A;
    Some(match action {
        // An approval that does not count any more follows from another action, which was allowed.
        A::FilterKeep
        | A::IssueInvalidate
        | A::UserLogIn
        | A::UserLogOut
        | A::UserConfirm
        | A::UserLink
        | A::UserProfile
        | A::UserPassword
        | A::UserSecondFactor
        | A::UserEndSession => Right::See,
        A::EntryAdd
        | A::EntryChange
        | A::EntryPublish
        | A::EntryWithdraw
        | A::EntryPin
        | A::EntryUnpin
        | A::EntrySubmit
        | A::EntryReject
        | A::EntryRestore
        | A::EntryCancel
        | A::PictureAdd
        | A::PictureRemove
        | A::ProposalAccept
        | A::ProposalReject
        | A::IssueCompose
        | A::IssueAddEntry
        | A::IssueLeaveOut
        | A::IssueReorder
        | A::IssuePin
        | A::IssueShorten
        | A::IssueWrite
        | A::IssueSetTime
        | A::IssueViewAs
        | A::IssueHandIn => Right::Write,
        A::IssueApprove
        | A::IssueReturn
        | A::IssueReject
        | A::IssueTakeBack
        | A::IssueSend
        | A::IssueCancel
        | A::IssueRetry
        | A::DeputyAdd
        | A::DeputyEnd => Right::Approve,
        A::IssuePause
        | A::DeliveryFind
        | A::IssueResume
        | A::IssueHold
        | A::IssueCheck
        | A::IssueTest
        | A::TestGroupChange
        | A::IssueAcceptFinding
        | A::IssueUnacceptFinding => Right::Control,
        A::TopicAdd
        | A::OrganisationAdd
        | A::NewsletterAdd
        | A::NewsletterChange
        | A::SenderCheck
        | A::SenderLookUp
        | A::UserAdd
        | A::UserInvite
        | A::UserChange
        | A::UserDisable
        | A::UserEnable
        | A::UserResetSecondFactor => Right::Administer,
        A::ScheduleChange | A::SchedulePause | A::ScheduleResume => Right::Schedule,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_does_one_thing() {
        for link in Link::ALL {
            let reader = Actor::Reader {
                subscriber: 1,
                link: *link,
            };
            let allowed = Action::ALL
                .iter()
                .filter(|action| reader.may(**action))
                .count();
            assert_eq!(allowed, 1, "{link}");
        }
    }
}
