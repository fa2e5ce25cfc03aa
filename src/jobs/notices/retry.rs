//! When a notice is retried.

use std::time::Duration;

use crate::app::notices::LONGEST_WAIT;
use crate::app::notices::attempt::GIVE_UP;
use crate::delivery::{SendError, SendResult, TransportError};
use crate::domain::notice::NotSent;
use crate::domain::timestamp::Timestamp;
use crate::store::outbox::{Attempted, Notice};

/// The wait after the first failed attempt; it doubles with each further one.
const FIRST: Duration = Duration::from_mins(1);
/// The wait while a relay is at its limit: a permit may be available soon.
const LIMITED: Duration = Duration::from_secs(2);
/// A relay that accepts mails and never replies would fill a mailbox.
const MOST_UNANSWERED: i64 = 3;

/// Decides what to do after an attempt. `result` is none where the relay did not reply in time;
/// `expires_at` is when the notice becomes useless.
pub(super) fn outcome(
    notice: &Notice,
    expires_at: Option<Timestamp>,
    result: Option<&SendResult>,
    now: Timestamp,
) -> Attempted {
    let unanswered = match result {
        Some(Ok(_)) => return Attempted::Sent,
        Some(Err(SendError::Refused(reply))) if !reply.is_transient() => return Attempted::Refused,
        Some(Err(SendError::Unanswered(_))) | None => true,
        Some(Err(_)) => false,
    };
    if unanswered && notice.attempts >= MOST_UNANSWERED {
        return Attempted::NotSent(NotSent::GivenUp);
    }
    let limited = matches!(
        result,
        Some(Err(SendError::Relay(TransportError::Limited(_))))
    );
    let wait = if limited {
        LIMITED
    } else {
        let doublings = u32::try_from(notice.attempts.saturating_sub(1))
            .unwrap_or(0)
            .min(10);
        (FIRST * 2_u32.pow(doublings)).min(LONGEST_WAIT)
    };
    let next = now.plus(wait);
    let too_late = expires_at.is_some_and(|expires_at| next >= expires_at);
    if too_late || next.since(notice.created_at) > GIVE_UP {
        Attempted::NotSent(NotSent::GivenUp)
    } else {
        Attempted::Later(next)
    }
}
