//! The health of an issue. Too many policy refusals mean that something is wrong with the sender,
//! and every further mail makes it worse; too many failures mean that somebody has to look at the
//! list or the relay. Either pauses the issue, with the reason.
//!
//! The engine checks a few times a second. Only the latest replies in the ledger count, so every
//! node reaches the same finding, also after a restart, and the check takes as long for a million
//! readers as for a thousand. Replies to mails started before the issue was last resumed do not
//! count.

use super::audit_lines::{self, Happened};
use super::reply::Reply;
use crate::domain::audit::Action;
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueState;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Conn, Db, StoreError};

/// Policy refusals are counted among this many of the latest replies …
const POLICY_WINDOW: usize = 100;
/// … failures among this many …
const FAILED_WINDOW: usize = 1000;
/// … once there are at least this many.
const FEWEST_RESULTS: usize = 50;

/// The limits above which an issue is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// This many policy refusals among the last hundred replies; 0: never.
    pub policy_refusals: u32,
    /// More than this share of failures among the last thousand results, in per cent; 100: never.
    pub failed_share: u32,
}

/// The answers that count, the newest first.
pub(super) async fn latest_answers(
    db: &Db,
    issue: &Issue,
) -> Result<Vec<(DeliveryState, Option<FailureClass>)>, StoreError> {
    let window = i64::try_from(FAILED_WINDOW).unwrap_or(i64::MAX);
    let mut conn = db.read().await?;
    store::delivery_report::latest_answers(&mut conn, issue.id, issue.resumed_at, window).await
}

/// Pauses an issue that exceeds a limit by its latest answers. Returns whether it is paused, by us or
/// just now by another node.
pub(super) async fn pause_if_unhealthy(
    db: &Db,
    issue: &Issue,
    answers: &[(DeliveryState, Option<FailureClass>)],
    limits: Limits,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(finding) = finding(answers, limits) else {
        return Ok(false);
    };
    let mut conn = db.read().await?;
    let reply = match finding.quote {
        Some(class) => last_reply(&mut conn, issue.id, class).await?,
        None => None,
    };
    let reason = finding.reason(limits, reply);
    drop(conn);
    let mut tx = db.begin().await?;
    let (from, to) = (IssueState::Sending, IssueState::Paused);
    let paused = store::issue::set_state(&mut tx, issue.id, from, to, Some(&reason), now).await?;
    if paused {
        let happened = Happened {
            action: Action::IssuePause,
            at: now,
            before: Some(from.to_string()),
            after: Some(format!("{to}: {}", reason.to_log())),
        };
        audit_lines::append(&mut tx, issue.id, vec![happened]).await?;
    }
    tx.commit().await?;
    if paused {
        tracing::error!(
            issue = issue.id,
            number = issue.number,
            %reason,
            "the issue is paused: fix the cause, then resume it"
        );
    }
    Ok(true)
}

/// The relay's last reply of this class. As `Display` writes it, without addresses: it is logged
/// and shown.
async fn last_reply(
    conn: &mut Conn,
    issue: i64,
    class: FailureClass,
) -> Result<Option<String>, StoreError> {
    let said = store::delivery_report::last_words(conn, issue, class).await?;
    let Some((Some(code), status, Some(words))) = said else {
        return Ok(None);
    };
    let text = format!("{} {words}", status.unwrap_or_default());
    let code = u16::try_from(code).unwrap_or_default();
    Ok(Some(Reply::new(code, text.trim()).to_string()))
}

/// What is wrong.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    what: What,
    /// The class whose replies tell more.
    quote: Option<FailureClass>,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    /// Policy refusals, and the replies they are among.
    Policy(usize, usize),
    /// Failures, the results they are among, and how many of each class.
    Failed(usize, usize, Vec<(usize, FailureClass)>),
}

impl Finding {
    fn reason(self, limits: Limits, reply: Option<String>) -> Reason {
        let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        match self.what {
            What::Policy(count, of) => Reason::PolicyRefusals {
                count: whole(count),
                of: whole(of),
                reply,
            },
            What::Failed(failed, of, classes) => Reason::Failures {
                failed: whole(failed),
                of: whole(of),
                allowed: limits.failed_share,
                classes: classes
                    .into_iter()
                    .map(|(count, class)| (class, whole(count)))
                    .collect(),
                reply,
            },
        }
    }
}

/// `answers` by state and class, the newest first.
fn finding(answers: &[(DeliveryState, Option<FailureClass>)], limits: Limits) -> Option<Finding> {
    let latest = &answers[..answers.len().min(POLICY_WINDOW)];
    let policy = latest
        .iter()
        .filter(|(_, class)| *class == Some(FailureClass::Policy))
        .count();
    if limits.policy_refusals > 0 && policy >= usize::try_from(limits.policy_refusals).ok()? {
        return Some(Finding {
            what: What::Policy(policy, latest.len()),
            quote: Some(FailureClass::Policy),
        });
    }
    let of = |state| answers.iter().filter(move |(one, _)| *one == state);
    let failed = of(DeliveryState::Failed).count();
    let results = failed + of(DeliveryState::Sent).count();
    let share = usize::try_from(limits.failed_share).ok()?;
    if results < FEWEST_RESULTS || failed * 100 <= share * results {
        return None;
    }
    let by_class = |class: &FailureClass| {
        let count = of(DeliveryState::Failed)
            .filter(|(_, one)| *one == Some(*class))
            .count();
        (count, *class)
    };
    let mut classes: Vec<_> = FailureClass::ALL.iter().map(by_class).collect();
    classes.retain(|(count, _)| *count > 0);
    classes.sort_unstable_by(|one, other| other.cmp(one));
    let quote = classes.first().map(|(_, class)| *class);
    Some(Finding {
        what: What::Failed(failed, results, classes),
        quote,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits {
        policy_refusals: 20,
        failed_share: 10,
    };
    const SENT: (DeliveryState, Option<FailureClass>) = (DeliveryState::Sent, None);

    fn failed(class: FailureClass) -> (DeliveryState, Option<FailureClass>) {
        (DeliveryState::Failed, Some(class))
    }

    fn what(answers: &[(DeliveryState, Option<FailureClass>)]) -> Option<What> {
        finding(answers, LIMITS).map(|finding| finding.what)
    }

    #[test]
    fn a_spike_of_policy_refusals_pauses_at_any_time() {
        let policy = failed(FailureClass::Policy);
        let later = (DeliveryState::Queued, Some(FailureClass::Policy));
        let mut answers = vec![later; 10];
        answers.extend(vec![policy; 10]);
        answers.extend(vec![SENT; 900]);
        assert_eq!(what(&answers), Some(What::Policy(20, 100)));
        assert_eq!(what(&answers[1..]), None, "nineteen");
        // The same number spread over the whole issue is normal.
        let spread: Vec<_> = (0..1000)
            .map(|n| if n % 20 == 0 { policy } else { SENT })
            .collect();
        assert_eq!(what(&spread), None);
    }

    #[test]
    fn a_share_of_failures_pauses_once_there_are_enough_results() {
        let gone = failed(FailureClass::NoSuchMailbox);
        let of = |failures: usize, sent: usize| {
            let mut answers = vec![gone; failures];
            answers.extend(vec![SENT; sent]);
            what(&answers)
        };
        assert_eq!(of(49, 0), None);
        let all = vec![(50, FailureClass::NoSuchMailbox)];
        assert_eq!(of(50, 0), Some(What::Failed(50, 50, all)));
        assert_eq!(of(10, 90), None, "exactly the share");
        assert!(of(11, 89).is_some());
        let waiting = (DeliveryState::Queued, Some(FailureClass::Greylisting));
        assert_eq!(what(&[waiting; 1000]), None, "nobody has failed");
    }

    #[test]
    fn both_can_be_switched_off() {
        let never = Limits {
            policy_refusals: 0,
            failed_share: 100,
        };
        assert_eq!(finding(&[failed(FailureClass::Policy); 1000], never), None);
    }

    proptest! {
        #[test]
        fn limits_hold_for_any_sequence(kinds in prop::collection::vec(0_u8..4, 0..1200)) {
            let answers: Vec<_> = kinds.iter().map(|kind| match kind {
                0 => SENT,
                1 => failed(FailureClass::Policy),
                2 => failed(FailureClass::MailboxFull),
                _ => (DeliveryState::Queued, Some(FailureClass::Greylisting)),
            }).collect();
            let found = finding(&answers, LIMITS);
            let policy = answers.iter().take(100).filter(|one| **one == failed(FailureClass::Policy)).count();
            let bad = answers.iter().filter(|(state, _)| *state == DeliveryState::Failed).count();
            let good = answers.iter().filter(|one| **one == SENT).count();
            let ill = policy >= 20 || (bad + good >= 50 && bad * 10 > bad + good);
            prop_assert_eq!(found.is_some(), ill);
        }
    }
}
