//! What an answer of the relay means for a delivery: sent, refused, tried again and when.

use std::time::Duration;

use super::classify;
use super::reply::Reply;
use super::settings::Settings;
use super::transport_error::{SendError, SendResult, Step};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass, OnUncertain};
use crate::domain::timestamp::Timestamp;
use crate::store::ledger::Outcome;

/// After so many attempts that ended without an answer, `resend` stops too: a relay that takes mails
/// and never says so would fill the reader's mailbox.
const MOST_UNANSWERED: i64 = 3;
/// A delivery is refused this often at least before it is given up, however long ago its first
/// attempt was: its issue may have been paused meanwhile.
const FEWEST_ATTEMPTS: i64 = 3;
/// A greylist wants a second attempt after some minutes and lets the mail in then: for so many
/// attempts the wait does not grow.
const GREY_ATTEMPTS: i64 = 3;
/// How much longer than others a delivery waits at first whose mailbox is full: somebody has to
/// tidy up.
const FULL_FACTOR: u32 = 12;
/// Likewise after a refusal on policy grounds: knocking harder makes it worse.
const POLICY_FACTOR: u32 = 3;
/// The share of its age after which a delivery is tried again whose failure was not its own fault: soon
/// at first, seldom once a mail breaks every connection.
const AGE_SHARE: u32 = 20;

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

/// The outcome to record for an attempt that ended at `now`.
pub(super) fn of_attempt(
    result: &SendResult,
    of: &AttemptContext,
    settings: &Settings,
    relay: &str,
    now: Timestamp,
) -> Outcome {
    let class = class(result);
    let (state, next, counts) = match result {
        Ok(_) => (DeliveryState::Sent, None, 1),
        Err(SendError::Refused(reply)) if reply.is_transient() => {
            after_refusal(of, class.unwrap_or(FailureClass::Other), settings, now)
        }
        Err(SendError::Refused(_)) => (DeliveryState::Failed, None, 1),
        Err(SendError::Relay(_)) => (DeliveryState::Queued, Some(soon(of, settings, now)), 0),
        Err(SendError::Unanswered(_)) => after_silence(of, settings, now),
    };
    let (reply, words) = match result {
        Ok(reply) | Err(SendError::Refused(reply)) => (Some(reply), reply.words.clone()),
        Err(error @ (SendError::Relay(cause) | SendError::Unanswered(cause))) => {
            (cause.reply(), error.to_string())
        }
    };
    Outcome {
        key: of.key,
        state,
        at: now,
        next,
        counts,
        class,
        relay: relay.to_owned(),
        code: reply.map(|reply: &Reply| reply.code),
        status: reply.and_then(|reply| reply.status.clone()),
        reply: words,
    }
}

type Next = (DeliveryState, Option<Timestamp>, u8);

/// Why a mail was not taken; `None` when it was.
fn class(result: &SendResult) -> Option<FailureClass> {
    match result {
        Ok(_) => None,
        Err(SendError::Refused(reply)) => {
            let step = reply.step.unwrap_or(Step::Recipient);
            Some(classify::class(reply, step))
        }
        Err(SendError::Relay(_) | SendError::Unanswered(_)) => Some(FailureClass::RelayTrouble),
    }
}

fn after_refusal(
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

fn after_silence(of: &AttemptContext, settings: &Settings, now: Timestamp) -> Next {
    let attempt = of.attempts.saturating_add(1);
    match of.on_uncertain {
        OnUncertain::Resend if attempt < MOST_UNANSWERED => {
            let next = now.plus(back_off(
                of.key,
                FailureClass::RelayTrouble,
                attempt,
                settings,
            ));
            (DeliveryState::Queued, Some(next), 1)
        }
        OnUncertain::Resend | OnUncertain::Hold => (DeliveryState::Uncertain, None, 1),
    }
}

fn soon(of: &AttemptContext, settings: &Settings, now: Timestamp) -> Timestamp {
    let share = now.since(of.since) / AGE_SHARE;
    now.plus(share.clamp(
        settings.transport_error_wait,
        settings.retry_longest.max(settings.transport_error_wait),
    ))
}

/// `retry_first`, doubled with each attempt up to `retry_longest`, and up to a fifth more, so that
/// those refused together do not all come back together. What the class changes stands at the
/// constants above.
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

    use super::super::transport_error::TransportError;
    use super::*;

    fn of(attempts: i64, on_uncertain: OnUncertain) -> AttemptContext {
        AttemptContext {
            key: DeliveryKey {
                issue: 1,
                subscriber: 7,
            },
            attempts,
            first_at: (attempts > 0).then(|| Timestamp::from_micros(0)),
            since: Timestamp::from_micros(0),
            on_uncertain,
        }
    }

    fn after(result: &SendResult, of: &AttemptContext, at: Duration) -> Outcome {
        let now = Timestamp::from_micros(0).plus(at);
        of_attempt(result, of, &Settings::default(), "smtp://relay:25", now)
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
    fn giving_up_counts_from_the_first_attempt() {
        let refused = Err(SendError::Refused(Reply::new(450, "busy")));
        let mut of = of(7, OnUncertain::Hold);
        let late = Duration::from_hours(90);
        assert_eq!(after(&refused, &of, late).state, DeliveryState::Failed);
        of.first_at = Some(Timestamp::from_micros(0).plus(Duration::from_hours(60)));
        assert_eq!(after(&refused, &of, late).state, DeliveryState::Queued);
    }

    #[test]
    fn every_failure_has_its_class() {
        let class = |result| after(&result, &of(0, OnUncertain::Hold), Duration::ZERO).class;
        let refused = |code, text| Err(SendError::Refused(Reply::new(code, text)));
        assert_eq!(class(Ok(Reply::new(250, "ok"))), None);
        assert_eq!(
            class(refused(550, "5.1.1 no")),
            Some(FailureClass::NoSuchMailbox)
        );
        assert_eq!(
            class(refused(451, "greylisted")),
            Some(FailureClass::Greylisting)
        );
        let sender = Reply::new(550, "no").at(Step::Sender);
        assert_eq!(
            class(Err(SendError::Refused(sender))),
            Some(FailureClass::Policy)
        );
        let lost = Err(SendError::Relay(TransportError::Closed(Step::Mail)));
        assert_eq!(class(lost), Some(FailureClass::RelayTrouble));
    }

    #[test]
    fn trouble_with_the_relay_does_not_count() {
        let lost = Err(SendError::Relay(TransportError::Closed(Step::Mail)));
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
        let silent = Err(SendError::Unanswered(TransportError::TimedOut(
            Step::Acceptance,
        )));
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
            for class in FailureClass::ALL {
                let wait = back_off(key, *class, attempt, &settings);
                prop_assert!(wait >= settings.retry_first);
                prop_assert!(wait <= settings.retry_longest + settings.retry_longest / 5);
                let next = back_off(key, *class, attempt.saturating_add(1), &settings);
                prop_assert!(next >= wait / 2, "{} {:?} {:?}", class, wait, next);
            }
        }

        #[test]
        fn a_greylist_is_tried_again_within_minutes_a_full_mailbox_within_hours(issue: i64, subscriber: i64) {
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
