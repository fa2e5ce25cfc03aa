//! Deliveries: one issue on its way to one subscriber.

use super::named::named_enum;

named_enum! {
    /// Where a delivery stands. The ledger's states and the moves between them:
    ///
    /// ```text
    /// queued → leased → started → sent | failed | uncertain
    ///    ↑        │         │
    ///    └────────┘         └→ queued (4xx: tried again later; or nothing was handed over)
    /// queued → left | cancelled
    /// uncertain → queued (policy `resend`)
    /// ```
    pub enum DeliveryState ("state of a delivery") {
        /// Waits for a worker, not before `next_attempt_at`.
        Queued = "queued",
        /// Claimed by a worker until `lease_until`; nothing was said to the relay yet.
        Leased = "leased",
        /// Durable before the first word to the relay: it may have the mail from here on.
        Started = "started",
        /// The relay took it: 250 after the final dot. Final.
        Sent = "sent",
        /// Refused for good, or given up. Final.
        Failed = "failed",
        /// Started, and no answer was ever recorded. Final under the policy `hold`.
        Uncertain = "uncertain",
        /// The subscriber left between freeze and sending. Final.
        Left = "left",
        /// The issue was cancelled first. Final.
        Cancelled = "cancelled",
    }
}

named_enum! {
    /// What is done with a delivery of which nobody knows whether the relay has it.
    pub enum OnUncertain ("policy for uncertain deliveries") {
        /// Send again with the same Message-ID: at least once.
        Resend = "resend",
        /// Leave it for a person: at most once.
        Hold = "hold",
    }
}

named_enum! {
    /// Why a mail was not taken, as far as the relay's words tell. Decides how soon it is tried
    /// again, what an operator is told, and what `issue retry` sends again.
    pub enum FailureClass ("class of failures") {
        /// The mailbox or its domain does not exist.
        NoSuchMailbox = "no-such-mailbox",
        /// It exists and has no room.
        MailboxFull = "mailbox-full",
        /// The sender, the content or the way it is sent is not wanted: our fault, not the reader's.
        Policy = "policy",
        /// Unknown senders are asked to come back.
        Greylisting = "greylisting",
        /// The relay, or the connection to it, failed.
        RelayTrouble = "relay-trouble",
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
