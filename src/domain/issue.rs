//! Issues: the numbered editions of a newsletter.

use super::named::named_enum;

named_enum! {
    /// Where an issue stands.
    pub enum IssueState ("state of an issue") {
        /// Composed; may still be changed.
        Draft = "draft",
        /// Shown to an approver.
        InReview = "in-review",
        /// Released: its texts are fixed and kept; goes out at its time.
        Approved = "approved",
        /// The audience is frozen and mails are going out.
        Sending = "sending",
        /// Every delivery has reached a final state. `issue retry` alone leads back to sending.
        Sent = "sent",
        /// Stopped in the middle of sending, by a person or because too much was refused (then with
        /// a reason); can be resumed.
        Paused = "paused",
        /// Not sent because something was wrong; the reason is kept; a person decides.
        Held = "held",
        /// Will not be sent (any further).
        Cancelled = "cancelled",
    }
}

impl IssueState {
    /// Whether an issue may move from this state to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use IssueState::{Approved, Cancelled, Draft, Held, InReview, Paused, Sending, Sent};
        match self {
            Draft => matches!(next, InReview | Approved | Held | Cancelled),
            InReview => matches!(next, Draft | Approved | Held | Cancelled),
            Approved => matches!(next, Draft | Sending | Held | Cancelled),
            Sending => matches!(next, Sent | Paused | Held | Cancelled),
            Paused => matches!(next, Sending | Cancelled),
            Held => matches!(next, Draft | Approved | Sending | Cancelled),
            Sent | Cancelled => false,
        }
    }
}
