//! Deliveries: one issue to one subscriber.

use super::named::named_enum;

named_enum! {
    /// The state of a delivery. The ledger's states and transitions:
    ///
    /// ```text
    /// queued → leased → started → sent | failed | uncertain ↑        │         │ └────────┘
    /// └→ queued (4xx: retried later; or nothing was sent) queued → left | cancelled uncertain →
    /// queued (policy `resend`)
    /// ```
    pub enum DeliveryState ("state of a delivery") {
        /// Waits for a worker, not before `next_attempt_at`.
        Queued = "queued",
        /// Claimed by a worker until `lease_until`; nothing was sent to the relay yet.
        Leased = "leased",
        /// Durable before the first command to the relay, which may have the mail from here on.
        Started = "started",
        /// The relay accepted it: 250 after the end of data. Final.
        Sent = "sent",
        /// Refused permanently, or given up. Final.
        Failed = "failed",
        /// Started, and no reply was recorded. Final under the policy `hold`.
        Uncertain = "uncertain",
        /// The subscriber unsubscribed between freeze and sending. Final.
        Left = "left",
        /// The issue was cancelled first. Final.
        Cancelled = "cancelled",
    }
}

named_enum! {
    /// The policy for a delivery with an unknown outcome.
    pub enum OnUncertain ("policy for uncertain deliveries") {
        /// Send again with the same Message-ID: at least once.
        Resend = "resend",
        /// Leave it for a person: at most once.
        Hold = "hold",
    }
}

named_enum! {
    /// Why a mail was not accepted, judging by the relay's reply. Decides how soon it is retried,
    /// what an operator sees, and what `issue retry` sends again.
    pub enum FailureClass ("class of failures") {
        /// The mailbox or its domain does not exist.
        NoSuchMailbox = "no-such-mailbox",
        /// The mailbox is full.
        MailboxFull = "mailbox-full",
        /// The sender, the content or the way of sending is refused: our fault, not the reader's.
        Policy = "policy",
        /// Unknown senders must retry later.
        Greylisting = "greylisting",
        /// The relay, or the connection to it, failed.
        RelayError = "relay-trouble",
        /// None of these, or the relay did not say.
        Other = "other",
    }
}

/// A delivery's key: one issue × one subscriber.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct DeliveryKey {
    /// The issue's row.
    pub issue: i64,
    /// The subscriber's row.
    pub subscriber: i64,
}
