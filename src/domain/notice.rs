//! Notices: single mails that are not an issue.

use super::address::Address;
use super::named::named_enum;

named_enum! {
    /// What a notice says. A new kind needs no migration; stored names never change.
    pub enum NoticeKind ("kind of notice") {
        /// Asks to confirm a sign-up.
        Confirmation = "confirmation",
        /// Tells somebody who signed up that they have the newsletter already.
        AlreadySubscribed = "already-subscribed",

        /// One variant of an issue, as a test for the team.
        IssueTest = "issue-test",

        /// Asks somebody to set up their access to the newsroom.
        Invitation = "invitation",
        /// A link to log in to the newsroom.
        LoginLink = "login-link",
        /// A link to set a new password.
        PasswordLink = "password-link",
        /// A code with which a user proves again who they are.
        LoginCode = "login-code",
        /// Tells somebody that their password or second factor was changed.
        AccountChanged = "account-changed",
        /// Asks an approver to review an issue.
        ReviewAsked = "review-asked",
        /// An issue was returned for edit.
        IssueReturned = "issue-returned",
        /// An issue was rejected.
        IssueRejected = "issue-rejected",
        /// An issue was approved.
        IssueApproved = "issue-approved",
        /// An approved issue was changed: its approval is no longer valid.
        ApprovalInvalidated = "approval-invalidated",
        /// A code that shows whether the sender of a newsletter receives mails.
        SenderCheck = "sender-check",
        /// An issue has paused itself or is held.
        IssueStopped = "issue-stopped",
    }
}

named_enum! {
    /// A queue of notices: notices wait only for others of their lane. Each lane has its own
    /// senders and connections.
    pub enum Lane ("lane") {
        /// A person is waiting for it: confirmations, log-in links.
        Urgent = "urgent",
        /// Asks one person to do something today.
        Normal = "normal",
        /// Goes to many at once.
        Bulk = "bulk",
    }
}

named_enum! {
    /// Why a notice was not sent although the relay did not refuse it.
    pub enum NotSent ("reason") {
        /// It expired before it could be sent.
        GivenUp = "given-up",
        /// The address has been erased.
        Erased = "erased",
        /// The address must not be mailed any more.
        Suppressed = "suppressed",
        /// The user may not log in any more, or the invitation was accepted meanwhile.
        NoAccess = "no-access",
        /// The sign-up was confirmed meanwhile, or has expired.
        SignupClosed = "sign-up-closed",
    }
}

impl NoticeKind {
    /// The default lane of notices of this kind.
    pub const fn lane(self) -> Lane {
        match self {
            Self::Confirmation
            | Self::AlreadySubscribed
            | Self::IssueTest
            | Self::Invitation
            | Self::LoginLink
            | Self::PasswordLink
            | Self::LoginCode => Lane::Urgent,
            Self::AccountChanged
            | Self::ReviewAsked
            | Self::IssueReturned
            | Self::IssueRejected
            | Self::IssueApproved
            | Self::ApprovalInvalidated
            | Self::SenderCheck
            | Self::IssueStopped => Lane::Normal,
        }
    }

    /// Whether it goes to staff, for their work. What somebody decided as a reader does not stop it.
    pub const fn is_to_staff(self) -> bool {
        !matches!(self, Self::Confirmation | Self::AlreadySubscribed)
    }
}

/// The recipient of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A subscriber, at the address they have when it is sent.
    Subscriber(i64),
    /// Somebody else, such as a member of staff or of a partner, at this address.
    Address(Address),
}
