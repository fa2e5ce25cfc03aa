//! What an answer of the relay means for a delivery: sent, refused, tried again and when.

use std::time::Duration;

use super::reply::Reply;
use super::settings::Settings;
use super::trouble::{SendError, SendResult};
use crate::domain::delivery::{DeliveryKey, DeliveryState, OnUncertain};
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::Outcome;

/// After so many attempts that ended without an answer, `resend` stops too: a relay that takes mails
/// and never says so would fill the reader's mailbox.
const MOST_UNANSWERED: i64 = 3;
/// A delivery is refused this often at least before it is given up, however old its issue is: it
/// may have been paused meanwhile.
const FEWEST_ATTEMPTS: i64 = 3;
/// The share of its age after which a delivery is tried again that met trouble not its own: soon
/// at first, seldom once a mail breaks every connection.
const AGE_SHARE: u32 = 20;

/// What the engine knows about a delivery besides its key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Circumstances {
    /// Which delivery.
    pub(super) key: DeliveryKey,
    /// Attempts before this one that counted.
    pub(super) attempts: i64,
    /// When its issue was frozen.
    pub(super) frozen_at: Timestamp,
    /// The newsletter's policy.
    pub(super) on_uncertain: OnUncertain,
}

/// The outcome to record for an attempt that ended at `now`.
pub(super) fn outcome(
    result: &SendResult,
    of: &Circumstances,
    settings: &Settings,
    relay: &str,
    now: Timestamp,
) -> Outcome {
    let (state, next, counts) = match result {
        Ok(_) => (DeliveryState::Sent, None, 1),
        Err(SendError::Refused(reply)) if reply.is_transient() => after_refusal(of, settings, now),
        Err(SendError::Refused(_)) => (DeliveryState::Failed, None, 1),
        Err(SendError::Relay(_)) => (DeliveryState::Queued, Some(soon(of, settings, now)), 0),
        Err(SendError::Unanswered(_)) => after_silence(of, settings, now),
    };
    let (reply, words) = match result {
        Ok(reply) | Err(SendError::Refused(reply)) => (Some(reply), reply.words.clone()),
        Err(error @ (SendError::Relay(trouble) | SendError::Unanswered(trouble))) => {
            (trouble.reply(), error.to_string())
        }
    };
    Outcome {
        key: of.key,
        state,
        at: now,
        next,
        counts,
        relay: relay.to_owned(),
        code: reply.map(|reply: &Reply| reply.code),
        status: reply.and_then(|reply| reply.status.clone()),
        reply: words,
    }
}

type Next = (DeliveryState, Option<Timestamp>, u8);

fn after_refusal(of: &Circumstances, settings: &Settings, now: Timestamp) -> Next {
    let attempt = of.attempts.saturating_add(1);
    let old = now.since(of.frozen_at) >= settings.give_up_after;
    if old && attempt >= FEWEST_ATTEMPTS {
        return (DeliveryState::Failed, None, 1);
    }
    let next = now.plus(back_off(of.key, attempt, settings));
    (DeliveryState::Queued, Some(next), 1)
}

fn after_silence(of: &Circumstances, settings: &Settings, now: Timestamp) -> Next {
    let attempt = of.attempts.saturating_add(1);
    match of.on_uncertain {
        OnUncertain::Resend if attempt < MOST_UNANSWERED => {
            let next = now.plus(back_off(of.key, attempt, settings));
            (DeliveryState::Queued, Some(next), 1)
        }
        OnUncertain::Resend | OnUncertain::Hold => (DeliveryState::Uncertain, None, 1),
    }
}

fn soon(of: &Circumstances, settings: &Settings, now: Timestamp) -> Timestamp {
    let share = now.since(of.frozen_at) / AGE_SHARE;
    now.plus(share.clamp(
        settings.trouble_wait,
        settings.retry_longest.max(settings.trouble_wait),
    ))
}

/// `retry_first`, doubled with each attempt up to `retry_longest`, and up to a fifth more, so that
/// those refused together do not all come back together.
fn back_off(key: DeliveryKey, attempt: i64, settings: &Settings) -> Duration {
    let doublings = u32::try_from(attempt.saturating_sub(1))
        .unwrap_or(0)
        .min(30);
    let wait = settings
        .retry_first
        .saturating_mul(1 << doublings)
        .min(settings.retry_longest);
    wait + wait * spread(key, attempt) / (5 * 1000)
}

/// 0 to 999, the same for the same attempt: spread needs no randomness, and tests can tell it.
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

    use super::super::trouble::{Step, Trouble};
    use super::*;

    fn of(attempts: i64, on_uncertain: OnUncertain) -> Circumstances {
        Circumstances {
            key: DeliveryKey {
                issue: 1,
                subscriber: 7,
            },
            attempts,
            frozen_at: Timestamp::from_micros(0),
            on_uncertain,
        }
    }

    fn after(result: &SendResult, of: &Circumstances, at: Duration) -> Outcome {
        let now = Timestamp::from_micros(0).plus(at);
        outcome(result, of, &Settings::default(), "smtp://relay:25", now)
    }

    #[test]
    fn a_refusal_for_now_is_tried_again_and_given_up_in_the_end() {
        let refused = Err(SendError::Refused(Reply::new(450, "4.2.1 busy")));
        let mut at = Duration::ZERO;
        let mut waits = Vec::new();
        for attempts in 0.. {
            let outcome = after(&refused, &of(attempts, OnUncertain::Hold), at);
            assert_eq!((outcome.counts, outcome.code), (1, Some(450)));
            assert_eq!(outcome.status.as_deref(), Some("4.2.1"));
            let Some(next) = outcome.next else {
                assert_eq!(outcome.state, DeliveryState::Failed);
                break;
            };
            let wait = next.since(Timestamp::from_micros(0).plus(at));
            waits.push(wait.as_secs() / 60);
            at += wait;
        }
        assert!(
            at >= Duration::from_hours(48) && at < Duration::from_hours(54),
            "{at:?}"
        );
        assert!(waits[0] >= 5 && waits[0] <= 6, "{waits:?}");
        assert!(waits[1] >= 10 && waits[1] <= 12, "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= 288), "{waits:?}");
    }

    #[test]
    fn an_issue_that_was_paused_for_days_is_still_tried() {
        let refused = Err(SendError::Refused(Reply::new(450, "busy")));
        let late = Duration::from_hours(90);
        let outcome = after(&refused, &of(0, OnUncertain::Hold), late);
        assert_eq!(outcome.state, DeliveryState::Queued);
    }

    #[test]
    fn a_refusal_for_good_keeps_the_words_of_the_relay() {
        let refused = Err(SendError::Refused(Reply::new(550, "5.1.1 no such mailbox")));
        let outcome = after(&refused, &of(0, OnUncertain::Hold), Duration::ZERO);
        assert_eq!(outcome.state, DeliveryState::Failed);
        assert_eq!(outcome.reply, "no such mailbox");
    }

    #[test]
    fn trouble_with_the_relay_does_not_count() {
        let lost = Err(SendError::Relay(Trouble::Closed(Step::Mail)));
        for (age, wait) in [
            (0, 15),
            (3_600, 180),
            (864_000, 14_400), // ten days: at the longest wait, and never given up
        ] {
            let outcome = after(&lost, &of(9, OnUncertain::Hold), Duration::from_secs(age));
            assert_eq!((outcome.state, outcome.counts), (DeliveryState::Queued, 0));
            let waited = outcome.next.expect("later").since(outcome.at);
            assert_eq!(waited.as_secs(), wait, "after {age} s");
        }
    }

    #[test]
    fn without_an_answer_the_policy_decides() {
        let silent = Err(SendError::Unanswered(Trouble::TimedOut(Step::Acceptance)));
        let state = |attempts, policy| after(&silent, &of(attempts, policy), Duration::ZERO).state;
        assert_eq!(state(0, OnUncertain::Resend), DeliveryState::Queued);
        assert_eq!(state(1, OnUncertain::Resend), DeliveryState::Queued);
        assert_eq!(state(2, OnUncertain::Resend), DeliveryState::Uncertain);
        assert_eq!(state(0, OnUncertain::Hold), DeliveryState::Uncertain);
    }

    proptest! {
        #[test]
        fn waits_grow_and_are_bounded(issue: i64, subscriber: i64, attempt in 1..i64::MAX) {
            let settings = Settings::default();
            let key = DeliveryKey { issue, subscriber };
            let wait = back_off(key, attempt, &settings);
            prop_assert!(wait >= settings.retry_first);
            prop_assert!(wait <= settings.retry_longest + settings.retry_longest / 5);
        }
    }
}
