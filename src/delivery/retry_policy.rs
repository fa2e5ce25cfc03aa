//! When a delivery that was not accepted is tried again, and when it is given up.

use std::time::Duration;

use super::attempt::AttemptContext;
use super::settings::Settings;
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass, OnUncertain};
use crate::domain::timestamp::Timestamp;

/// After this many attempts without a reply, `resend` stops too: a relay that accepts mails and
/// never replies would fill the reader's mailbox.
const MOST_UNANSWERED: i64 = 3;
/// A delivery is given up after at least this many refusals, however long ago its first attempt
/// was: its issue may have been paused meanwhile.
const FEWEST_ATTEMPTS: i64 = 3;
/// Greylisting accepts a second attempt after some minutes: for this many attempts the wait does
/// not grow.
const GREY_ATTEMPTS: i64 = 3;
/// The first wait is this much longer for a full mailbox: its owner has to delete mails.
const FULL_FACTOR: u32 = 12;
/// Likewise after a policy refusal: more attempts make it worse.
const POLICY_FACTOR: u32 = 3;
/// After a transport error, a delivery waits for this share of its age: short at first, long if the
/// mail breaks every connection.
const AGE_SHARE: u32 = 20;

/// The state to record, when to try again, and whether the attempt counts (1 or 0).
pub(super) type Next = (DeliveryState, Option<Timestamp>, u8);

/// After a temporary refusal (4yz).
pub(super) fn after_refusal(
    of: &AttemptContext,
    class: FailureClass,
    settings: &Settings,
    now: Timestamp,
) -> Next {
    let attempt = of.attempts.saturating_add(1);
    let old = of
        .first_at
        .is_some_and(|first| now.since(first) >= settings.give_up_after);
    if old && attempt >= FEWEST_ATTEMPTS {
        return (DeliveryState::Failed, None, 1);
    }
    let next = now.plus(back_off(of.key, class, attempt, settings));
    (DeliveryState::Queued, Some(next), 1)
}

/// After an attempt without a reply.
pub(super) fn after_silence(of: &AttemptContext, settings: &Settings, now: Timestamp) -> Next {
    let attempt = of.attempts.saturating_add(1);
    match of.on_uncertain {
        OnUncertain::Resend if attempt < MOST_UNANSWERED => {
            let next = now.plus(back_off(
                of.key,
                FailureClass::RelayError,
                attempt,
                settings,
            ));
            (DeliveryState::Queued, Some(next), 1)
        }
        OnUncertain::Resend | OnUncertain::Hold => (DeliveryState::Uncertain, None, 1),
    }
}

/// After a transport error: the mail is not to blame, and it does not count as an attempt.
pub(super) fn soon(of: &AttemptContext, settings: &Settings, now: Timestamp) -> Timestamp {
    let share = now.since(of.since) / AGE_SHARE;
    now.plus(share.clamp(
        settings.transport_error_wait,
        settings.retry_longest.max(settings.transport_error_wait),
    ))
}

/// `retry_first`, doubled with each attempt up to `retry_longest`, plus up to a fifth, so that
/// deliveries refused together are not all retried together. The constants above say how the class
/// changes it.
fn back_off(key: DeliveryKey, class: FailureClass, attempt: i64, settings: &Settings) -> Duration {
    let (attempts_alike, factor, jitter) = match class {
        FailureClass::Greylisting => (GREY_ATTEMPTS, 1, settings.retry_first),
        FailureClass::MailboxFull => (1, FULL_FACTOR, Duration::ZERO),
        FailureClass::Policy => (1, POLICY_FACTOR, Duration::ZERO),
        _ => (1, 1, Duration::ZERO),
    };
    let doublings = u32::try_from(attempt.saturating_sub(attempts_alike))
        .unwrap_or(0)
        .min(30);
    let wait = settings
        .retry_first
        .saturating_mul(factor)
        .saturating_mul(1 << doublings)
        .min(settings.retry_longest);
    let jitter = (wait / 5).max(jitter.min(wait));
    wait + jitter * spread(key, attempt) / 1000
}

/// 0 to 999, the same for the same attempt: the spread needs no randomness, and tests can predict
/// it.
fn spread(key: DeliveryKey, attempt: i64) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15; // 2^64 divided by the golden ratio
    let mixed = [key.issue, key.subscriber, attempt]
        .into_iter()
        .fold(0_u64, |mixed, part| {
            (mixed ^ part.cast_unsigned())
                .wrapping_mul(ODD)
                .rotate_left(29)
        });
    u32::try_from(mixed % 1000).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn waits_grow_and_are_bounded(issue: i64, subscriber: i64, attempt in 1..i64::MAX) {
            let settings = Settings::default();
            let key = DeliveryKey { issue, subscriber };
            for class in FailureClass::ALL {
                let wait = back_off(key, *class, attempt, &settings);
                prop_assert!(wait >= settings.retry_first);
                prop_assert!(wait <= settings.retry_longest + settings.retry_longest / 5);
                let next = back_off(key, *class, attempt.saturating_add(1), &settings);
                prop_assert!(next >= wait / 2, "{} {:?} {:?}", class, wait, next);
            }
        }

        #[test]
        fn greylisting_is_retried_within_minutes_full_mailboxes_within_hours(issue: i64, subscriber: i64) {
            let settings = Settings::default();
            let key = DeliveryKey { issue, subscriber };
            let minutes = |class| back_off(key, class, 1, &settings).as_secs() / 60;
            prop_assert!((5..=10).contains(&minutes(FailureClass::Greylisting)));
            prop_assert!((60..=72).contains(&minutes(FailureClass::MailboxFull)));
            prop_assert!((15..=18).contains(&minutes(FailureClass::Policy)));
            prop_assert!((5..=6).contains(&minutes(FailureClass::Other)));
        }
    }
}
