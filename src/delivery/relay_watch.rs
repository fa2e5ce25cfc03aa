//! Notes in the history of each issue that is being sent when a relay goes down or recovers, and when
//! its limit makes mails wait for long. One line for each change, however many connections and nodes
//! meet it: what the log says already is not said again.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use super::audit_lines::{self, Happened};
use super::context::EngineContext;
use super::relays::Condition;
use crate::domain::audit::Action;
use crate::domain::outage::{LimitReached, Outage};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// Rounds of attempts that have failed before an outage is noted: most end with the second.
const ROUNDS: u32 = 2;
/// A relay that comes and goes is noted once in this time.
const APART: Duration = Duration::from_mins(5);
/// A limit that makes mails wait for less is how sending is meant to go.
const LONG_WAIT: Duration = Duration::from_mins(5);
/// Lines of an issue that are read.
const MOST: i64 = 300;

/// What the log says of the relays, by issue.
#[derive(Debug, Default)]
pub(super) struct RelayWatch(HashMap<i64, Told>);

/// What it says last, by relay.
type Told = BTreeMap<String, Last>;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Last {
    is_down: bool,
    /// When it went down or recovered.
    at: Option<Timestamp>,
    limited_until: Option<Timestamp>,
}

/// The time of day, and the steady clock at the same moment.
#[derive(Debug, Clone, Copy)]
struct Now {
    wall: Timestamp,
    steady: Timestamp,
}

impl Now {
    /// The time of day at an instant of the steady clock.
    fn wall_at(self, steady: Timestamp) -> Timestamp {
        self.wall
            .minus(self.steady.since(steady))
            .plus(steady.since(self.steady))
    }
}

impl RelayWatch {
    /// Notes what has changed, for issues that are being sent and for those that were when a relay
    /// went down.
    pub(super) async fn look(
        &mut self,
        context: &EngineContext,
        sending: &[Issue],
    ) -> Result<(), StoreError> {
        for issue in sending {
            if let Entry::Vacant(new) = self.0.entry(issue.id) {
                new.insert(told(&mut context.db.read().await?, issue.id).await?);
            }
        }
        let now = Now {
            wall: context.clock.now(),
            steady: context.clock.steady(),
        };
        let conditions = context.relays.conditions(now.steady);
        for (issue, told) in &mut self.0 {
            if !changes(told, &conditions, now).is_empty() {
                *told = note(context, *issue, &conditions, now).await?;
            }
        }
        self.0.retain(|id, told| {
            told.values().any(|one| one.is_down) || sending.iter().any(|issue| issue.id == *id)
        });
        Ok(())
    }
}

/// Writes what the log does not say yet; returns what it says then.
async fn note(
    context: &EngineContext,
    issue: i64,
    conditions: &[Condition],
    now: Now,
) -> Result<Told, StoreError> {
    let mut tx = context.db.begin().await?;
    // One node after another: what the first has noted the second finds.
    if store::issue::lock(&mut tx, issue).await?.is_none() {
        return Ok(Told::new());
    }
    let before = told(&mut tx, issue).await?;
    let changes = changes(&before, conditions, now);
    if changes.is_empty() {
        return Ok(before);
    }
    audit_lines::append(&mut tx, issue, changes).await?;
    let after = told(&mut tx, issue).await?;
    tx.commit().await?;
    Ok(after)
}

/// What the log says.
async fn told(conn: &mut impl Connection, issue: i64) -> Result<Told, StoreError> {
    let mut told = Told::new();
    let Some(subject) = audit_lines::subject(conn, issue).await? else {
        return Ok(told);
    };
    let lines = store::audit::of_subject(conn, &subject, MOST).await?;
    for line in lines.into_iter().rev() {
        let entry = line.entry;
        let after = entry.after.unwrap_or_default();
        match entry.action.parse() {
            Ok(Action::IssueRelayDown) => {
                if let Some(outage) = Outage::from_log(&after) {
                    let last = told.entry(outage.relay).or_default();
                    (last.is_down, last.at) = (true, Some(entry.at));
                }
            }
            Ok(Action::IssueRelayUp) => {
                let last = told.entry(after).or_default();
                (last.is_down, last.at) = (false, Some(entry.at));
            }
            Ok(Action::IssueRelayLimit) => {
                if let Some(limit) = LimitReached::from_log(&after) {
                    told.entry(limit.relay).or_default().limited_until = Some(limit.until);
                }
            }
            _ => {}
        }
    }
    Ok(told)
}

/// What there is to note.
fn changes(told: &Told, conditions: &[Condition], now: Now) -> Vec<Happened> {
    let mut changes = Vec::new();
    let mut note = |action, at, after| {
        changes.push(Happened {
            action,
            at,
            before: None,
            after: Some(after),
        });
    };
    for condition in conditions {
        let relay = condition.relay.clone();
        let last = told.get(&relay).copied().unwrap_or_default();
        match &condition.state {
            Err(down) => {
                let is_soon = last.at.is_some_and(|at| now.wall.since(at) < APART);
                if !last.is_down && !is_soon && down.rounds >= ROUNDS {
                    let outage = Outage {
                        relay: relay.clone(),
                        cause: down.error.cause(),
                        reply: down.error.reply().map(ToString::to_string),
                    };
                    let at = now.wall_at(down.since);
                    note(Action::IssueRelayDown, at, outage.to_log());
                }
            }
            Ok(Some(since)) if last.is_down => {
                note(Action::IssueRelayUp, now.wall_at(*since), relay.clone());
            }
            Ok(_) => {}
        }
        let Some(until) = condition.limited_until.map(|at| now.wall_at(at)) else {
            continue;
        };
        let is_told = last.limited_until.is_some_and(|at| at > now.wall);
        if !is_told && until.since(now.wall) >= LONG_WAIT {
            let limit = LimitReached { relay, until };
            note(Action::IssueRelayLimit, now.wall, limit.to_log());
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::super::circuit_breaker::CircuitBreaker;
    use super::super::reply::Reply;
    use super::super::transport_error::TransportError;
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_micros(0).plus(Duration::from_secs(seconds))
    }

    /// The steady clock is an hour behind.
    fn now(seconds: u64) -> Now {
        Now {
            wall: at(3600 + seconds),
            steady: at(seconds),
        }
    }

    fn condition(breaker: &CircuitBreaker, limited_until: Option<Timestamp>) -> [Condition; 1] {
        [Condition {
            relay: "smtp://mail:25".to_owned(),
            state: breaker.condition(),
            limited_until,
        }]
    }

    fn said(told: &Told, conditions: &[Condition], now: Now) -> Vec<(Action, Timestamp, String)> {
        let all = changes(told, conditions, now).into_iter();
        all.map(|one| (one.action, one.at, one.after.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn an_outage_is_noted_once_with_the_time_at_which_it_began() {
        let breaker = CircuitBreaker::new("main");
        let error = TransportError::AuthenticationFailed(Reply::new(535, "5.7.8 not you"));
        let told = |last| Told::from([("smtp://mail:25".to_owned(), last)]);
        breaker.failed(at(10), &error);
        assert_eq!(said(&Told::new(), &condition(&breaker, None), now(10)), []);
        breaker.failed(at(11), &error);
        let down = condition(&breaker, None);
        let words = "smtp://mail:25: authentication, 535 5.7.8 not you".to_owned();
        let expected = [(Action::IssueRelayDown, at(3610), words)];
        assert_eq!(said(&Told::new(), &down, now(11)), expected);
        let is_down = Last {
            is_down: true,
            at: Some(at(3610)),
            limited_until: None,
        };
        assert_eq!(said(&told(is_down), &down, now(12)), []);
        breaker.worked(at(20));
        let up = condition(&breaker, None);
        let expected = [(Action::IssueRelayUp, at(3620), "smtp://mail:25".to_owned())];
        assert_eq!(said(&told(is_down), &up, now(21)), expected);
        assert_eq!(said(&Told::new(), &up, now(21)), []);
        // It comes and goes.
        breaker.failed(at(30), &error);
        breaker.failed(at(31), &error);
        let again = condition(&breaker, None);
        let was_down = Last {
            is_down: false,
            at: Some(at(3620)),
            limited_until: None,
        };
        assert_eq!(said(&told(was_down), &again, now(31)), []);
        let late = said(&told(was_down), &again, now(320));
        assert_eq!(late.first().map(|one| one.1), Some(at(3630)), "{late:?}");
    }

    #[test]
    fn a_relay_that_has_not_answered_since_the_start_is_not_up() {
        let breaker = CircuitBreaker::new("main");
        let is_down = Last {
            is_down: true,
            at: Some(at(0)),
            limited_until: None,
        };
        let told = Told::from([("smtp://mail:25".to_owned(), is_down)]);
        assert_eq!(said(&told, &condition(&breaker, None), now(5)), []);
    }

    #[test]
    fn a_long_wait_at_a_limit_is_noted_once() {
        let breaker = CircuitBreaker::new("main");
        let short = condition(&breaker, Some(at(60)));
        assert_eq!(said(&Told::new(), &short, now(0)), []);
        let long = condition(&breaker, Some(at(1800)));
        let noted = said(&Told::new(), &long, now(0));
        let words = "smtp://mail:25: until 1970-01-01T01:30:00Z".to_owned();
        assert_eq!(noted, [(Action::IssueRelayLimit, at(3600), words)]);
        let last = Last {
            limited_until: Some(at(5400)),
            ..Last::default()
        };
        let told = Told::from([("smtp://mail:25".to_owned(), last)]);
        assert_eq!(said(&told, &long, now(100)), []);
    }
}
