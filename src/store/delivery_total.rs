//! Totals of issues whose ledger rows are past their retention period.

use super::dialect::{Dialect, both, look_up_by_keys};
use super::error::unreadable;
use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;

/// Domains with fewer deliveries than this in an issue are added up under the empty domain: a
/// family's own domain identifies people.
pub const SMALLEST_DOMAIN: i64 = 10;

/// One figure of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The final state.
    pub state: DeliveryState,
    /// Why the last attempt failed, if it did.
    pub class: Option<FailureClass>,
    /// The domain of the recipients, in ASCII; none for small ones, and for people who were erased.
    pub domain: Option<String>,
    /// How many.
    pub deliveries: i64,
}

/// The totals of an issue; empty while its rows are there.
pub async fn of_issue(conn: &mut impl Connection, issue: i64) -> Result<Vec<Total>> {
    let rows = sql!(
        conn,
        all as (String, String, String, i64),
        "SELECT state, class, domain, deliveries FROM delivery_total WHERE issue_id = $1 ORDER BY state, class, domain",
        issue
    )?;
    rows.into_iter()
        .map(|(state, class, domain, deliveries)| {
            let class = Some(class).filter(|class| !class.is_empty());
            let class = class.map(|class| class.parse()).transpose();
            Ok(Total {
                state: state.parse().map_err(unreadable)?,
                class: class.map_err(unreadable)?,
                domain: Some(domain).filter(|domain| !domain.is_empty()),
                deliveries,
            })
        })
        .collect()
}

/// Whether rows of an issue were folded into totals.
pub async fn is_folded(conn: &mut impl Connection, issue: i64) -> Result<bool> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT deliveries FROM delivery_total WHERE issue_id = $1 LIMIT 1",
        issue
    )?;
    Ok(found.is_some())
}

/// Issues that ended before `before` and still have rows in the ledger.
pub async fn due(conn: &mut impl Connection, before: Timestamp) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM issue WHERE state IN ('sent', 'cancelled') AND frozen_at IS NOT NULL AND finished_at < $1 \
         AND folded_at IS NULL ORDER BY id",
        before.micros()
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Folds up to `limit` rows of an issue into totals. The issue is locked, so it cannot be sent
/// again meanwhile. Returns how many rows there were; `None` if the issue has not ended.
pub async fn fold(tx: &mut Tx, issue: i64, limit: i64) -> Result<Option<u64>> {
    const ADD: Dialect = both!(
        "INSERT INTO delivery_total (issue_id, state, class, domain, deliveries, first_at, last_at) \
         SELECT d.issue_id, d.state, COALESCE(d.class, ''), COALESCE(",
        address_domain,
        ", ''), COUNT(*), MIN(d.started_at), MAX(d.started_at) \
         FROM delivery d LEFT JOIN subscriber r ON r.id = d.subscriber_id \
         WHERE d.issue_id = $1 AND d.subscriber_id <= $2 GROUP BY 1, 2, 3, 4 \
         ON CONFLICT (issue_id, state, class, domain) DO UPDATE SET deliveries = delivery_total.deliveries + excluded.deliveries, \
         first_at = CASE WHEN excluded.first_at < delivery_total.first_at THEN excluded.first_at ELSE delivery_total.first_at END, \
         last_at = CASE WHEN excluded.last_at > delivery_total.last_at THEN excluded.last_at ELSE delivery_total.last_at END"
    );
    let ended = sql!(
        tx,
        execute,
        "UPDATE issue SET state = state WHERE id = $1 AND state IN ('sent', 'cancelled')",
        issue
    )?;
    if ended == 0 {
        return Ok(None);
    }
    look_up_by_keys(tx).await?;
    let (last,) = sql!(
        tx,
        one as (Option<i64>,),
        "SELECT MAX(subscriber_id) FROM (SELECT subscriber_id FROM delivery WHERE issue_id = $1 ORDER BY subscriber_id LIMIT $2) AS first",
        issue,
        limit
    )?;
    let Some(last) = last else {
        return Ok(Some(0));
    };
    let text = ADD.on(tx);
    sql!(tx, execute, text, issue, last)?;
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM delivery WHERE issue_id = $1 AND subscriber_id <= $2",
        issue,
        last
    )?;
    Ok(Some(removed))
}

/// Finishes folding an issue that has no rows left: adds up small domains.
pub async fn finish(tx: &mut Tx, issue: i64, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO delivery_total (issue_id, state, class, domain, deliveries, first_at, last_at) \
         SELECT issue_id, state, class, '', SUM(deliveries), MIN(first_at), MAX(last_at) FROM delivery_total \
         WHERE issue_id = $1 AND domain <> '' AND domain IN (SELECT domain FROM delivery_total WHERE issue_id = $1 \
         GROUP BY domain HAVING SUM(deliveries) < $2) GROUP BY issue_id, state, class \
         ON CONFLICT (issue_id, state, class, domain) DO UPDATE SET deliveries = delivery_total.deliveries + excluded.deliveries, \
         first_at = CASE WHEN excluded.first_at > delivery_total.first_at THEN delivery_total.first_at ELSE excluded.first_at END, \
         last_at = CASE WHEN excluded.last_at < delivery_total.last_at THEN delivery_total.last_at ELSE excluded.last_at END",
        issue,
        SMALLEST_DOMAIN
    )?;
    sql!(
        tx,
        execute,
        "DELETE FROM delivery_total WHERE issue_id = $1 AND domain <> '' AND domain IN \
         (SELECT domain FROM delivery_total WHERE issue_id = $1 GROUP BY domain HAVING SUM(deliveries) < $2)",
        issue,
        SMALLEST_DOMAIN
    )?;
    sql!(
        tx,
        execute,
        "UPDATE issue SET folded_at = $2 WHERE id = $1",
        issue,
        now.micros()
    )?;
    Ok(())
}
