//! Receiving domains that refuse many mails: what somebody has to act on.

use std::time::Duration;

use crate::domain::issue::IssueName;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::{self, DomainFigures, FEWEST_SHOWN};
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// How far back issues are looked at.
const SINCE: Duration = Duration::from_hours(30 * 24);
/// The latest issues that are looked at, in any state …
const ISSUES: i64 = 60;
/// … and of these the ones that were sent.
const SENT: usize = 5;
/// The latest answers of each issue: it takes as long for a million readers as for some thousands.
const AMONG: i64 = 2000;
/// Domains of each issue.
const DOMAINS: i64 = 100;
/// One mail in so many refused or deferred is trouble.
const ONE_IN: i64 = 10;
/// At most so many domains: more have another cause.
const MOST: usize = 5;

/// A domain that refuses or defers many mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Troubled {
    /// Its figures, added up over the issues. The last answer is that of the newest issue.
    pub figures: DomainFigures,
    /// The newest issue with such answers.
    pub issue: IssueName,
}

/// The domains with most mails refused or deferred among the latest answers of the issues sent in the
/// last thirty days, the worst first. Only where one mail in ten was, and five people are concerned:
/// fewer may be their own mailboxes' fault, and would be known by name.
pub async fn troubled(
    conn: &mut impl Connection,
    now: Timestamp,
) -> Result<Vec<Troubled>, StoreError> {
    let earliest = now.minus(SINCE);
    let is_recent = |issue: &&Issue| issue.frozen_at.is_some_and(|at| at >= earliest);
    let issues = store::issue::list(conn, None, ISSUES).await?;
    let mut sums: Vec<(DomainFigures, i64)> = Vec::new();
    for issue in issues.iter().filter(is_recent).take(SENT) {
        let figures = delivery_report::domains(conn, issue.id, AMONG, DOMAINS).await?;
        for one in figures.into_iter().filter(|one| one.domain.is_some()) {
            add(&mut sums, one, issue.id);
        }
    }
    let mut found = Vec::new();
    for (figures, issue) in worst(sums) {
        if let Some(issue) = super::issues::name_of(conn, issue).await? {
            found.push(Troubled { figures, issue });
        }
    }
    Ok(found)
}

const fn refused(one: &DomainFigures) -> i64 {
    one.deferred + one.failed
}

/// Adds the figures of an older issue.
fn add(sums: &mut Vec<(DomainFigures, i64)>, one: DomainFigures, issue: i64) {
    match sums.iter_mut().find(|(sum, _)| sum.domain == one.domain) {
        Some((sum, newest)) => {
            if refused(sum) == 0 {
                *newest = issue;
                sum.last.clone_from(&one.last);
            }
            sum.sent += one.sent;
            sum.deferred += one.deferred;
            sum.failed += one.failed;
        }
        None => sums.push((one, issue)),
    }
}

/// Those that ask for action, the worst first.
fn worst(mut sums: Vec<(DomainFigures, i64)>) -> Vec<(DomainFigures, i64)> {
    sums.retain(|(one, _)| {
        refused(one) >= FEWEST_SHOWN && refused(one) * ONE_IN >= one.sent + refused(one)
    });
    sums.sort_by_key(|(one, _)| -refused(one));
    sums.truncate(MOST);
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(domain: &str, sent: i64, deferred: i64, failed: i64) -> DomainFigures {
        DomainFigures {
            domain: Some(domain.to_owned()),
            domains: 1,
            sent,
            deferred,
            failed,
            last: None,
        }
    }

    #[test]
    fn only_what_asks_for_action_is_named() {
        let mut sums = Vec::new();
        for (one, issue) in [
            (figures("good.example", 1000, 4, 0), 9),
            (figures("full.example", 0, 0, 4), 9),
            (figures("slow.example", 10, 3, 0), 9),
            (figures("late.example", 30, 0, 0), 9),
            (figures("slow.example", 0, 3, 0), 8),
            (figures("late.example", 0, 0, 20), 8),
        ] {
            add(&mut sums, one, issue);
        }
        let found: Vec<_> = worst(sums)
            .into_iter()
            .map(|(one, issue)| (one.domain.clone().unwrap_or_default(), refused(&one), issue))
            .collect();
        let late = ("late.example".to_owned(), 20, 8);
        assert_eq!(found, [late, ("slow.example".to_owned(), 6, 9)]);
    }
}
