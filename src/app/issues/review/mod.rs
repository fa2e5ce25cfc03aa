//! Reviewing: handing in, approving by a second person, returning, rejecting, taking back, and what a
//! change does to an approval.
//!
//! Approving itself is [`super::approve()`]; it asks [`four_eyes`] first.

mod changed;
pub(super) mod deputies;
pub(super) mod four_eyes;
mod hand_in;
mod history;
pub(super) mod mails;
mod returned;
mod take_back;

pub use changed::{changed, entry_changed};
pub use deputies::{DeputyError, end_deputy, may_approve, name_deputy};
pub use four_eyes::{four_eyes_apply, involvements, needs_four_eyes};
pub use hand_in::hand_in;
pub use history::{HistoryLine, history};
pub use returned::{reject, return_for_edit};
pub use take_back::take_back;

use crate::app::Operation;
use crate::domain::review::StepKind;
use crate::store;
use crate::store::review_step::ReviewStep;

/// Adds a step to the review of an issue, as a part of an operation.
pub(super) async fn step(
    op: &mut Operation,
    issue: i64,
    kind: StepKind,
    message: Option<&str>,
    on_behalf: Option<&str>,
) -> store::Result<()> {
    let step = ReviewStep {
        kind,
        actor: op.actor().kind().to_owned(),
        actor_name: op.actor().name(),
        on_behalf: on_behalf.map(str::to_owned),
        at: op.at(),
        message: message.map(str::to_owned),
    };
    store::review_step::add(op.tx(), issue, &step).await
}
