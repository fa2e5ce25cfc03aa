//! Notices: single mails that are not an issue.

use super::address::Address;
use super::named::named_enum;

named_enum! {
    /// What a notice says. A new kind needs no change of the database; a name that was once used stays.
    pub enum NoticeKind ("kind of notice") {
        /// Asks to confirm a sign-up.
        Confirmation = "confirmation",
        /// Tells somebody who signed up that they have the newsletter already.
        AlreadySubscribed = "already-subscribed",
    }
}

named_enum! {
    /// Which notices wait for which: only those of one lane queue up behind each other. Each lane has
    /// senders and connections of its own.
    pub enum Lane ("lane") {
        /// Somebody sits in front of the screen and waits for it: confirmations, log-in links.
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
        /// It could not be sent for so long that nobody waits for it any more.
        GivenUp = "given-up",
        /// The address has been erased.
        Erased = "erased",
        /// The address must not be mailed any more.
        Suppressed = "suppressed",
        /// The sign-up was confirmed meanwhile, or has expired.
        SignupClosed = "sign-up-closed",
    }
}

impl NoticeKind {
    /// The lane of notices of this kind, unless whoever sends one says otherwise.
    pub const fn lane(self) -> Lane {
        match self {
            Self::Confirmation | Self::AlreadySubscribed => Lane::Urgent,
        }
    }
}

/// Whom a notice goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A subscriber, at the address they have when it is sent.
    Subscriber(i64),
    /// Somebody else, such as a member of staff or of a partner, at this address.
    Address(Address),
}
