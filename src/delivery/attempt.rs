//! What the engine knows about a delivery when an attempt begins.

use crate::domain::delivery::{DeliveryKey, OnUncertain};
use crate::domain::timestamp::Timestamp;

/// What the engine knows about a delivery besides its key.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptContext {
    /// Which delivery.
    pub(super) key: DeliveryKey,
    /// Attempts before this one that counted.
    pub(super) attempts: i64,
    /// When the first attempt that counted began; `None` before.
    pub(super) first_at: Option<Timestamp>,
    /// When sending of its issue began: when it was frozen, or last resumed.
    pub(super) since: Timestamp,
    /// The newsletter's policy.
    pub(super) on_uncertain: OnUncertain,
}
