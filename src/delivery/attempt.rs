//! What is known of a delivery when an attempt at it begins.

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
    /// Since when its issue is being sent: frozen, or set going again.
    pub(super) since: Timestamp,
    /// The newsletter's policy.
    pub(super) on_uncertain: OnUncertain,
}
