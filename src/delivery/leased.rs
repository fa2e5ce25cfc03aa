//! A delivery on its way through the engine, from its lease to its connection.

use super::attempt::AttemptContext;
use crate::domain::address::Address;
use crate::domain::variant::VariantKey;

/// A leased delivery.
#[derive(Debug)]
pub(super) struct LeasedDelivery {
    pub(super) attempt: AttemptContext,
    pub(super) address: Address,
    pub(super) variant: VariantKey,
}
