//! Notes in the history of an issue when many of its mails are deferred, as receiving servers do that are
//! asked for too much, and when few are again: one line for each change.

use std::collections::HashMap;
use std::time::Duration;

use super::audit_lines::{self, Happened};
use super::context::EngineContext;
use crate::domain::audit::Action;
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::outage::Deferrals;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// Deferrals are counted among this many of the latest answers …
const WINDOW: usize = 100;
/// … once there are at least this many.
const FEWEST: usize = 20;
/// Many are one in so many …
const MANY_IN: usize = 2;
/// … and few are one in so many.
const FEW_IN: usize = 10;
/// Two beginnings are so far apart at least.
const APART: Duration = Duration::from_mins(30);
/// Lines of an issue that are read.
const MOST: i64 = 300;

/// An answer: the state after it, and why the mail was not accepted.
type Answer = (DeliveryState, Option<FailureClass>);

/// What the log says, by issue.
#[derive(Debug, Default)]
pub(super) struct DeferralWatch(HashMap<i64, Last>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Last {
    are_many: bool,
    began_at: Option<Timestamp>,
}

impl DeferralWatch {
    /// Notes what has changed by the latest answers of an issue, the newest first.
    pub(super) async fn look(
        &mut self,
        context: &EngineContext,
        issue: &Issue,
        answers: &[Answer],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let last = match self.0.get(&issue.id) {
            Some(last) => *last,
            None => told(&mut context.db.read().await?, issue.id).await?,
        };
        let last = match change(last, answers, now) {
            Some(_) => note(context, issue.id, answers, now).await?,
            None => last,
        };
        self.0.insert(issue.id, last);
        Ok(())
    }

    /// Forgets issues that are not being sent.
    pub(super) fn keep(&mut self, sending: &[Issue]) {
        self.0
            .retain(|id, _| sending.iter().any(|issue| issue.id == *id));
    }
}

/// Writes what the log does not say yet; returns what it says then.
async fn note(
    context: &EngineContext,
    issue: i64,
    answers: &[Answer],
    now: Timestamp,
) -> Result<Last, StoreError> {
    let mut tx = context.db.begin().await?;
    // One node after another: what the first has noted the second finds.
    if store::issue::lock(&mut tx, issue).await?.is_none() {
        return Ok(Last::default());
    }
    let before = told(&mut tx, issue).await?;
    let Some(change) = change(before, answers, now) else {
        return Ok(before);
    };
    audit_lines::append(&mut tx, issue, vec![change]).await?;
    let after = told(&mut tx, issue).await?;
    tx.commit().await?;
    Ok(after)
}

/// What the log says.
async fn told(conn: &mut impl Connection, issue: i64) -> Result<Last, StoreError> {
    let Some(subject) = audit_lines::subject(conn, issue).await? else {
        return Ok(Last::default());
    };
    let lines = store::audit::of_subject(conn, &subject, MOST).await?;
    let mut last = Last::default();
    for line in lines.into_iter().rev() {
        match line.entry.action.parse() {
            Ok(Action::IssueDeferralsBegin) => {
                last = Last {
                    are_many: true,
                    began_at: Some(line.entry.at),
                };
            }
            Ok(Action::IssueDeferralsEnd) => last.are_many = false,
            _ => {}
        }
    }
    Ok(last)
}

/// What there is to note.
fn change(last: Last, answers: &[Answer], now: Timestamp) -> Option<Happened> {
    let latest = &answers[..answers.len().min(WINDOW)];
    if latest.len() < FEWEST {
        return None;
    }
    // What the connection to the relay broke off is not the receivers' doing.
    let is_deferred = |answer: &&Answer| match answer {
        (DeliveryState::Queued | DeliveryState::Leased, Some(class)) => {
            *class != FailureClass::RelayError
        }
        _ => false,
    };
    let deferred = latest.iter().filter(is_deferred).count();
    let (action, after) = if last.are_many {
        if deferred * FEW_IN > latest.len() {
            return None;
        }
        (Action::IssueDeferralsEnd, None)
    } else {
        let is_soon = last.began_at.is_some_and(|at| now.since(at) < APART);
        if deferred * MANY_IN < latest.len() || is_soon {
            return None;
        }
        let deferrals = Deferrals {
            count: deferred,
            of: latest.len(),
        };
        (Action::IssueDeferralsBegin, Some(deferrals.to_log()))
    };
    Some(Happened {
        action,
        at: now,
        before: None,
        after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: Answer = (DeliveryState::Sent, None);
    const DEFERRED: Answer = (DeliveryState::Queued, Some(FailureClass::Policy));
    const BROKEN: Answer = (DeliveryState::Queued, Some(FailureClass::RelayError));

    fn said(last: Last, answers: &[Answer]) -> Option<(Action, Option<String>)> {
        let change = change(last, answers, Timestamp::from_micros(0))?;
        Some((change.action, change.after))
    }

    #[test]
    fn many_deferrals_are_noted_and_few_again() {
        let none = Last::default();
        let of =
            |deferred: usize, sent: usize| [vec![DEFERRED; deferred], vec![SENT; sent]].concat();
        assert_eq!(said(none, &of(19, 0)), None, "too few answers");
        assert_eq!(said(none, &of(49, 951)), None);
        let begun = Some((Action::IssueDeferralsBegin, Some("50 of 100".to_owned())));
        assert_eq!(said(none, &of(50, 50)), begun);
        assert_eq!(
            said(none, &[BROKEN; 100]),
            None,
            "an outage is noted as one"
        );
        let many = Last {
            are_many: true,
            began_at: Some(Timestamp::from_micros(0)),
        };
        assert_eq!(said(many, &of(50, 50)), None, "it is noted");
        assert_eq!(said(many, &of(11, 89)), None);
        let ended = Some((Action::IssueDeferralsEnd, None));
        assert_eq!(said(many, &of(10, 90)), ended);
        let again = Last {
            are_many: false,
            ..many
        };
        assert_eq!(said(again, &of(100, 0)), None, "it comes and goes");
    }
}
