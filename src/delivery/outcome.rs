//! Maps a relay's reply to the outcome of a delivery: sent, refused, or retried and when.

use super::attempt::AttemptContext;
use super::classify;
use super::reply::Reply;
use super::retry_policy::{after_refusal, after_silence, soon};
use super::settings::Settings;
use super::step::Step;
use super::transport_error::{SendError, SendResult};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;
use crate::store::ledger::Outcome;

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

/// Why a mail was not accepted; `None` if it was.
fn class(result: &SendResult) -> Option<FailureClass> {
    match result {
        Ok(_) => None,
        Err(SendError::Refused(reply)) => {
            let step = reply.step.unwrap_or(Step::Recipient);
            Some(classify::class(reply, step))
        }
        Err(SendError::Relay(_) | SendError::Unanswered(_)) => Some(FailureClass::RelayError),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::transport_error::TransportError;
    use super::*;
    use crate::domain::delivery::{DeliveryKey, OnUncertain};

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
    fn temporary_refusals_are_retried_and_finally_given_up() {
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
    fn permanent_refusals_keep_the_relays_reply() {
        let refused = Err(SendError::Refused(Reply::new(550, "5.1.1 no such mailbox")));
        let outcome = after(&refused, &of(0, OnUncertain::Hold), Duration::ZERO);
        assert_eq!(outcome.state, DeliveryState::Failed);
        assert_eq!(outcome.reply, "no such mailbox");
    }

    #[test]
    fn give_up_after_counts_from_the_first_attempt() {
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
        assert_eq!(class(lost), Some(FailureClass::RelayError));
    }

    #[test]
    fn errors_of_the_relay_do_not_count_as_attempts() {
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
}
