//! Leases: which worker holds which deliveries of the ledger, until when, and what happens to those
//! whose worker is gone. `delivery` calls these; [`super::ledger`] starts and finishes leased
//! deliveries.
//!
//! All nodes take lease times from one clock, the database's ([`super::server_time`]), however many
//! nodes write them.
//!
//! Statements that lock several rows and wait for locks do so in the order of the primary key;
//! otherwise two of them could deadlock. Statements that do not need every row skip locked ones.

use serde::Deserialize;

use super::dialect::{Dialect, both, look_up_by_keys};
use super::error::unreadable;
use super::sql::{Connection, On, sql};
use super::{Result, Tx};
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// Whether the reader of a row of `delivery` still has the subscription that the issue is for.
macro_rules! still_subscribed {
    () => {
        "EXISTS (SELECT 1 FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id \
         JOIN issue i ON i.newsletter_id = s.newsletter_id WHERE i.id = delivery.issue_id \
         AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active')"
    };
}

/// Queues a leased row again, or moves it to *left* if its reader has unsubscribed; `$3` is now.
macro_rules! released {
    ($($condition:literal),+) => {
        concat!(
            "UPDATE delivery SET state = CASE WHEN ", still_subscribed!(), " THEN 'queued' ELSE 'left' END, \
             finished_at = CASE WHEN ", still_subscribed!(), " THEN finished_at ELSE $3 END, \
             leased_by = NULL, lease_until = NULL WHERE ", $($condition),+
        )
    };
}

/// A delivery that a worker has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Which one.
    pub key: DeliveryKey,
    /// Where to.
    pub address: Address,
    /// The variant's language.
    pub language: Language,
    /// The variant's topics.
    pub topics: TopicSet,
    /// How often it was tried before.
    pub attempts: i64,
    /// When the first attempt that counted began.
    pub first_at: Option<Timestamp>,
}

/// Claims up to `limit` deliveries of an issue that are due at `now`, for `worker`, until `until`.
/// Readers who unsubscribed since the freeze are skipped and marked as *left*. No two leases of a
/// worker end at the same instant, which identifies the claimed rows.
///
/// On PostgreSQL a worker does not claim a row that was taken over from itself while its own result
/// may still come in. (SQLite needs no such condition: nothing is taken over from a running
/// process.)
pub async fn lease(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Lease>> {
    const CLAIM: Dialect = both!(
        // Materialized: PostgreSQL may run a plain subquery once per row, and would claim more each
        // time.
        "WITH due AS MATERIALIZED (SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state = 'queued' \
         AND next_attempt_at <= $4",
        not_awaited,
        " ORDER BY next_attempt_at, subscriber_id LIMIT $5",
        skip_locked,
        ") UPDATE delivery SET state = 'leased', leased_by = $2, lease_until = $3 \
         WHERE issue_id = $1 AND subscriber_id IN (SELECT subscriber_id FROM due)"
    );
    // In one row: SQLite's thread sends each row separately and wakes us for it.
    const CLAIMED: Dialect = both!(
        "SELECT CAST(",
        json_rows,
        "(d.subscriber_id, d.language, d.topics, d.attempts, d.first_at, (SELECT r.address FROM issue i \
         JOIN subscription s ON s.newsletter_id = i.newsletter_id JOIN subscriber r ON r.id = s.subscriber_id \
         WHERE i.id = d.issue_id AND s.subscriber_id = d.subscriber_id AND s.state = 'active' AND r.state = 'active'))) AS TEXT) \
         FROM delivery d WHERE +d.issue_id = $1 AND d.leased_by = $2 AND d.state = 'leased' AND d.state IN ('leased', 'started') \
         AND d.lease_until = $3"
    );
    look_up_by_keys(tx).await?;
    let text = CLAIM.on(tx);
    sql!(
        tx,
        execute,
        text,
        issue,
        worker,
        until.micros(),
        now.micros(),
        limit
    )?;
    let text = CLAIMED.on(tx);
    let (rows,) = sql!(
        tx,
        one as (Option<String>,),
        text,
        issue,
        worker,
        until.micros()
    )?;
    let mut rows: Vec<Claimed> =
        serde_json::from_str(rows.as_deref().unwrap_or("[]")).map_err(unreadable)?;
    if rows.iter().any(|row| row.address.is_none()) {
        mark_left(tx, issue, worker, until, now).await?;
    }
    rows.sort_unstable_by_key(|row| row.subscriber_id);
    rows.into_iter()
        .filter_map(|row| row.lease(issue).transpose())
        .collect()
}

/// A row that [`lease`] has claimed, as JSON from the database.
#[derive(Deserialize)]
struct Claimed {
    subscriber_id: i64,
    language: String,
    topics: i64,
    attempts: i64,
    first_at: Option<i64>,
    /// None if its reader has unsubscribed.
    address: Option<String>,
}

impl Claimed {
    fn lease(self, issue: i64) -> Result<Option<Lease>> {
        let Some(address) = self.address else {
            return Ok(None);
        };
        Ok(Some(Lease {
            key: DeliveryKey {
                issue,
                subscriber: self.subscriber_id,
            },
            address: Address::parse(&address).map_err(unreadable)?,
            language: self.language.parse().map_err(unreadable)?,
            topics: TopicSet::from_mask(self.topics),
            attempts: self.attempts,
            first_at: self.first_at.map(Timestamp::from_micros),
        }))
    }
}

/// Marks deliveries of the lease that ends at `until` whose reader has unsubscribed. They were
/// claimed in this transaction, so there is no lock to wait for.
///
/// This applies to every query for leased rows: the repeated condition on `state` is literally that
/// of the index `delivery_on_the_way`, which SQLite requires, and the plus keeps SQLite from
/// scanning the whole issue by primary key.
async fn mark_left(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    until: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    sql!(
        tx,
        execute,
        concat!(
            "UPDATE delivery SET state = 'left', finished_at = $3, leased_by = NULL, lease_until = NULL \
             WHERE +issue_id = $1 AND leased_by = $2 AND state = 'leased' AND state IN ('leased', 'started') AND lease_until = $4 \
             AND NOT ",
            still_subscribed!()
        ),
        issue,
        worker,
        now.micros(),
        until.micros()
    )
}

/// Releases the deliveries of an issue that `worker` has claimed and not started: they are queued
/// again, or *left* if the reader has unsubscribed. Returns how many.
pub async fn release_unstarted(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    now: Timestamp,
) -> Result<u64> {
    lock_in_order(
        tx,
        "SELECT subscriber_id FROM delivery WHERE +issue_id = $1 AND leased_by = $2 AND state = 'leased' \
         AND state IN ('leased', 'started') ORDER BY issue_id, subscriber_id FOR UPDATE",
        |query| query.bind(issue).bind(worker.to_owned()),
    )
    .await?;
    sql!(
        tx,
        execute,
        released!(
            "+issue_id = $1 AND leased_by = $2 AND state = 'leased' AND state IN ('leased', 'started')"
        ),
        issue,
        worker,
        now.micros()
    )
}

/// Releases one claimed delivery that may not be started after all (see [`super::ledger`]).
pub async fn release_one(
    tx: &mut Tx,
    key: DeliveryKey,
    worker: &str,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        released!("issue_id = $1 AND leased_by = $2 AND state = 'leased' AND subscriber_id = $4"),
        key.issue,
        worker,
        now.micros(),
        key.subscriber
    )?;
    Ok(())
}

/// Moves the end of every lease of `worker` to `until`. On PostgreSQL, rows that the group-commit
/// writer has locked are skipped: a row is started and finished only once, so the next renewal,
/// long before the lease ends, finds it.
pub async fn renew(tx: &mut Tx, worker: &str, until: Timestamp) -> Result<u64> {
    const RENEW: Dialect = both!(
        "WITH mine AS MATERIALIZED (SELECT issue_id, subscriber_id FROM delivery \
         WHERE state IN ('leased', 'started') AND leased_by = $1",
        skip_locked,
        ") UPDATE delivery SET lease_until = $2 WHERE (issue_id, subscriber_id) IN (SELECT issue_id, subscriber_id FROM mine)"
    );
    look_up_by_keys(tx).await?;
    let text = RENEW.on(tx);
    sql!(tx, execute, text, worker, until.micros())
}

/// A worker that holds leases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its name.
    pub worker: String,
    /// When the last of its leases ends.
    pub until: Timestamp,
}

/// All workers that hold leases, by name.
pub async fn holders(conn: &mut impl Connection) -> Result<Vec<Holder>> {
    let rows = sql!(
        conn,
        all as (String, i64),
        "SELECT leased_by, MAX(lease_until) FROM delivery WHERE state IN ('leased', 'started') AND leased_by IS NOT NULL \
         GROUP BY leased_by ORDER BY leased_by"
    )?;
    let holder = |(worker, until)| Holder {
        worker,
        until: Timestamp::from_micros(until),
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// The result of [`take_over`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TakenOver {
    /// Claimed, never started: queued again.
    pub requeued: u64,
    /// Started without a reply: queued again under the policy `resend`.
    pub resent: u64,
    /// Started without a reply: left for a person under the policy `hold`.
    pub held: u64,
}

/// Takes over the rows of `worker`, which is gone, whose leases end at `seen_until` or before: a
/// later one would mean that it is alive.
///
/// A started row keeps the worker's name. If the worker is alive after all, its result is accepted
/// until another worker claims the row (see [`super::ledger::Ledger::record`]).
pub async fn take_over(
    tx: &mut Tx,
    worker: &str,
    seen_until: Timestamp,
    now: Timestamp,
) -> Result<TakenOver> {
    let until = seen_until.micros();
    look_up_by_keys(tx).await?;
    lock_in_order(
        tx,
        "SELECT subscriber_id FROM delivery WHERE leased_by = $1 AND state IN ('leased', 'started') AND lease_until <= $2 \
         ORDER BY issue_id, subscriber_id FOR UPDATE",
        |query| query.bind(worker.to_owned()).bind(until),
    )
    .await?;
    let requeued = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', leased_by = NULL, lease_until = NULL \
         WHERE leased_by = $1 AND state = 'leased' AND state IN ('leased', 'started') AND lease_until <= $2",
        worker,
        until
    )?;
    // `lease_until` stays as well: it distinguishes this row from one queued by its own result.
    let resent = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', next_attempt_at = $3 \
         WHERE leased_by = $1 AND state = 'started' AND state IN ('leased', 'started') AND lease_until <= $2 \
         AND EXISTS (SELECT 1 FROM issue i JOIN newsletter n ON n.id = i.newsletter_id \
         WHERE i.id = delivery.issue_id AND n.on_uncertain = 'resend' AND i.state IN ('sending', 'paused', 'held'))",
        worker,
        until,
        now.micros()
    )?;
    let held = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'uncertain', lease_until = NULL, finished_at = $3 \
         WHERE leased_by = $1 AND state = 'started' AND state IN ('leased', 'started') AND lease_until <= $2",
        worker,
        until,
        now.micros()
    )?;
    Ok(TakenOver {
        requeued,
        resent,
        held,
    })
}

/// The result of [`reconcile`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// Cancelled deliveries that were queued again in an issue cancelled meanwhile.
    pub cancelled: u64,
    /// Issues that were *sent* and are sending again, because a late result queued a delivery.
    pub reopened: Vec<i64>,
}

/// Makes issues and deliveries consistent after late results: a result may come in after its issue
/// was cancelled, or, for an *uncertain* delivery, after its issue was *sent*.
pub async fn reconcile(tx: &mut Tx, now: Timestamp) -> Result<Reconciled> {
    const CANCEL: Dialect = both!(
        "WITH waiting AS MATERIALIZED (SELECT issue_id, subscriber_id FROM delivery WHERE state = 'queued' \
         AND issue_id IN (SELECT id FROM issue WHERE state = 'cancelled')",
        skip_locked,
        ") UPDATE delivery SET state = 'cancelled', finished_at = $1, leased_by = NULL, lease_until = NULL \
         WHERE (issue_id, subscriber_id) IN (SELECT issue_id, subscriber_id FROM waiting)"
    );
    let text = CANCEL.on(tx);
    let cancelled = sql!(tx, execute, text, now.micros())?;
    let reopened = sql!(
        tx,
        all as (i64,),
        "UPDATE issue SET state = 'sending', finished_at = NULL, resumed_at = $1 WHERE state = 'sent' \
         AND EXISTS (SELECT 1 FROM delivery d WHERE d.issue_id = issue.id AND d.state = 'queued') RETURNING id",
        now.micros()
    )?;
    Ok(Reconciled {
        cancelled,
        reopened: reopened.into_iter().map(|(id,)| id).collect(),
    })
}

/// Makes deliveries of an issue due at `now` that wait until after `latest`, which a clock that was
/// ahead has written. Returns how many.
pub async fn distrust_waits(
    tx: &mut Tx,
    issue: i64,
    latest: Timestamp,
    now: Timestamp,
) -> Result<u64> {
    const PULL: Dialect = both!(
        "WITH late AS MATERIALIZED (SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state = 'queued' \
         AND next_attempt_at > $2",
        skip_locked,
        ") UPDATE delivery SET next_attempt_at = $3 WHERE issue_id = $1 AND subscriber_id IN (SELECT subscriber_id FROM late)"
    );
    look_up_by_keys(tx).await?;
    let text = PULL.on(tx);
    sql!(tx, execute, text, issue, latest.micros(), now.micros())
}

/// The worker that a row names, if any.
pub async fn worker_of(conn: &mut impl Connection, key: DeliveryKey) -> Result<Option<String>> {
    let row = sql!(
        conn,
        optional as (Option<String>,),
        "SELECT leased_by FROM delivery WHERE issue_id = $1 AND subscriber_id = $2",
        key.issue,
        key.subscriber
    )?;
    Ok(row.and_then(|(worker,)| worker))
}

type PgQuery = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

/// Locks rows of the ledger on PostgreSQL in the statement's order, before statements without an
/// order change them. SQLite has one writer and nothing to lock.
async fn lock_in_order(
    tx: &mut Tx,
    statement: &'static str,
    bind: impl FnOnce(PgQuery) -> PgQuery,
) -> Result<()> {
    if let On::Postgres(conn) = tx.on() {
        bind(sqlx::query(statement)).execute(conn).await?;
    }
    Ok(())
}
