//! The ledger: one row for every recipient of every issue. [`DeliveryState`] shows the moves.

use serde::Deserialize;

use super::dialect::{Dialect, both, look_up_by_keys};
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// Freezes the audience of an approved issue: one row for every active subscription that finds
/// something in it, and the count of those that do not. `None` when the issue was not approved
/// (any more); nothing was written then.
pub async fn freeze(tx: &mut Tx, issue: i64, now: Timestamp) -> Result<Option<Frozen>> {
    let taken = sql!(
        tx,
        optional as (i64, i64, bool),
        "UPDATE issue SET state = 'sending', frozen_at = $2 WHERE id = $1 AND state = 'approved' \
         RETURNING newsletter_id, topics, for_everyone",
        issue,
        now.micros()
    )?;
    let Some((newsletter, topics, for_everyone)) = taken else {
        return Ok(None);
    };
    let queued = sql!(
        tx,
        execute,
        "INSERT INTO delivery (issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at) \
         SELECT $1, r.id, r.language, s.topics & $3, 'queued', 0, $5 \
         FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id \
         WHERE s.newsletter_id = $2 AND s.state = 'active' AND r.state = 'active' AND ($4 OR (s.topics & $3) <> 0) \
         ORDER BY s.subscriber_id",
        issue,
        newsletter,
        topics,
        for_everyone,
        now.micros()
    )?;
    let queued = i64::try_from(queued).unwrap_or(i64::MAX);
    let skipped = super::subscription::count_active(tx, newsletter)
        .await?
        .saturating_sub(queued);
    sql!(
        tx,
        execute,
        "UPDATE issue SET skipped = $2, recipients = $3 WHERE id = $1",
        issue,
        skipped,
        queued
    )?;
    Ok(Some(Frozen { queued, skipped }))
}

/// What a freeze wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frozen {
    /// Recipients.
    pub queued: i64,
    /// Active subscribers who would have found nothing.
    pub skipped: i64,
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

/// Claims up to `limit` deliveries of an issue that are due, for `worker`, until `until`. People
/// who have left since the freeze are passed over and marked so. No two leases of a worker end at
/// the same instant: what was claimed is known by it.
pub async fn lease(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Lease>> {
    const CLAIM: Dialect = both!(
        // Materialized: PostgreSQL may run a plain subquery once per row, and would claim ever more.
        "WITH due AS MATERIALIZED (SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state = 'queued' \
         AND next_attempt_at <= $4 ORDER BY next_attempt_at, subscriber_id LIMIT $5",
        skip_locked,
        ") UPDATE delivery SET state = 'leased', leased_by = $2, lease_until = $3 \
         WHERE issue_id = $1 AND subscriber_id IN (SELECT subscriber_id FROM due)"
    );
    // In one row: SQLite's thread hands over each row by itself, and wakes us for it.
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
        let just_these = (until.micros(), until.micros());
        mark_left(tx, issue, worker, just_these, now).await?;
    }
    rows.sort_unstable_by_key(|row| row.subscriber_id);
    rows.into_iter()
        .filter_map(|row| row.lease(issue).transpose())
        .collect()
}

/// A row that [`lease`] has claimed, as the database writes it.
#[derive(Deserialize)]
struct Claimed {
    subscriber_id: i64,
    language: String,
    topics: i64,
    attempts: i64,
    first_at: Option<i64>,
    /// None when its reader has left.
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

/// Which claimed, not started deliveries [`release_unstarted`] lets go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// Those whose subscriber has left.
    Left,
    /// All.
    All,
}

/// Lets go of deliveries that `worker` has claimed and not started: those whose subscriber has
/// left are marked so, the others wait again. Returns how many were let go.
pub async fn release_unstarted(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    now: Timestamp,
    only: Only,
) -> Result<u64> {
    let left = mark_left(tx, issue, worker, (i64::MIN, i64::MAX), now).await?;
    if only == Only::Left {
        return Ok(left);
    }
    let back = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', leased_by = NULL, lease_until = NULL \
         WHERE +issue_id = $1 AND leased_by = $2 AND state = 'leased' AND state IN ('leased', 'started') AND lease_until >= 0",
        issue,
        worker
    )?;
    Ok(left + back)
}

/// Marks claimed deliveries whose subscriber has left, of leases that end between two instants.
///
/// Here and wherever claimed rows are looked for: the doubled condition on `state` is word for word
/// that of the index of what is on the way, without which SQLite does not use it, and the plus
/// keeps it from going through the whole issue instead.
async fn mark_left(
    tx: &mut Tx,
    issue: i64,
    worker: &str,
    (from, to): (i64, i64),
    now: Timestamp,
) -> Result<u64> {
    sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'left', finished_at = $3, leased_by = NULL, lease_until = NULL \
         WHERE +issue_id = $1 AND leased_by = $2 AND state = 'leased' AND state IN ('leased', 'started') AND lease_until BETWEEN $4 AND $5 \
         AND NOT EXISTS (SELECT 1 FROM subscription s \
         JOIN subscriber r ON r.id = s.subscriber_id JOIN issue i ON i.newsletter_id = s.newsletter_id \
         WHERE i.id = delivery.issue_id AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active')",
        issue,
        worker,
        now.micros(),
        from,
        to
    )
}

/// Lets go of one claimed delivery that may not be started after all (see [`super::ledger`]).
pub async fn release_one(
    tx: &mut Tx,
    key: DeliveryKey,
    worker: &str,
    now: Timestamp,
) -> Result<()> {
    release_unstarted(tx, key.issue, worker, now, Only::Left).await?;
    sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', leased_by = NULL, lease_until = NULL \
         WHERE issue_id = $1 AND subscriber_id = $2 AND leased_by = $3 AND state = 'leased'",
        key.issue,
        key.subscriber,
        worker
    )?;
    Ok(())
}

/// Moves the end of every lease of `worker` to `until`. Rows that the group-commit writer is just writing are
/// passed over on PostgreSQL: both lock many rows, and would wait for each other for ever. Such a
/// row is started or finished once, so the next renewal, long before its lease ends, finds it.
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

/// What a look at leases that ran out has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Claimed, never started: wait again.
    pub requeued: u64,
    /// Started, never answered: sent again under the policy `resend`.
    pub resent: u64,
    /// Started, never answered: left for a person under the policy `hold`.
    pub held: u64,
}

/// Takes back deliveries whose worker is gone: its lease ran out before `now`.
pub async fn recover(tx: &mut Tx, now: Timestamp) -> Result<Recovered> {
    let requeued = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', leased_by = NULL, lease_until = NULL WHERE state = 'leased' AND state IN ('leased', 'started') AND lease_until <= $1",
        now.micros()
    )?;
    let resent = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'queued', leased_by = NULL, lease_until = NULL, next_attempt_at = $1 \
         WHERE state = 'started' AND state IN ('leased', 'started') AND lease_until <= $1 AND EXISTS (SELECT 1 FROM issue i JOIN newsletter n ON n.id = i.newsletter_id \
         WHERE i.id = delivery.issue_id AND n.on_uncertain = 'resend' AND i.state IN ('sending', 'paused'))",
        now.micros()
    )?;
    let held = sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'uncertain', lease_until = NULL, finished_at = $1 WHERE state = 'started' AND state IN ('leased', 'started') AND lease_until <= $1",
        now.micros()
    )?;
    // What came back to an issue that was cancelled meanwhile.
    sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'cancelled', finished_at = $1 WHERE state = 'queued' \
         AND issue_id IN (SELECT id FROM issue WHERE state = 'cancelled')",
        now.micros()
    )?;
    Ok(Recovered {
        requeued,
        resent,
        held,
    })
}

/// Ends every delivery of an issue that was not started; those in flight finish by themselves.
/// Rows that the group-commit writer or a worker is just writing are passed over on PostgreSQL: both lock many
/// rows, and would wait for each other for ever. Such a row is being started, or waits again in a
/// moment and is ended by [`recover`]; nothing of a cancelled issue is started.
pub async fn cancel_waiting(tx: &mut Tx, issue: i64, now: Timestamp) -> Result<u64> {
    const CANCEL: Dialect = both!(
        "WITH waiting AS MATERIALIZED (SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND state IN ('queued', 'leased')",
        skip_locked,
        ") UPDATE delivery SET state = 'cancelled', finished_at = $2, leased_by = NULL, lease_until = NULL \
         WHERE issue_id = $1 AND subscriber_id IN (SELECT subscriber_id FROM waiting)"
    );
    let text = CANCEL.on(tx);
    sql!(tx, execute, text, issue, now.micros())
}

/// How many deliveries of an issue are in each state.
pub async fn count_by_state(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<Vec<(DeliveryState, i64)>> {
    let rows = sql!(
        conn,
        all as (String, i64),
        "SELECT state, COUNT(*) FROM delivery WHERE issue_id = $1 GROUP BY state ORDER BY state",
        issue
    )?;
    rows.into_iter()
        .map(|(state, count)| Ok((state.parse().map_err(unreadable)?, count)))
        .collect()
}

/// When the earliest waiting delivery of an issue is due.
pub async fn next_due(conn: &mut impl Connection, issue: i64) -> Result<Option<Timestamp>> {
    let (next,) = sql!(
        conn,
        one as (Option<i64>,),
        "SELECT MIN(next_attempt_at) FROM delivery WHERE issue_id = $1 AND state = 'queued'",
        issue
    )?;
    Ok(next.map(Timestamp::from_micros))
}

/// A line of the ledger as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which one.
    pub key: DeliveryKey,
    /// The variant's language.
    pub language: Language,
    /// The variant's topics.
    pub topics: TopicSet,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed, if it did.
    pub class: Option<FailureClass>,
    /// When it waits for.
    pub next_attempt_at: Timestamp,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    pub finished_at: Option<Timestamp>,
    /// The relay that was last spoken to.
    pub relay: Option<String>,
    /// Its reply code.
    pub reply_code: Option<i64>,
    /// Its enhanced status code.
    pub reply_status: Option<String>,
    /// Its words.
    pub reply: Option<String>,
}

row! {
    pub(super) struct Row {
        issue_id: i64,
        subscriber_id: i64,
        language: String,
        topics: i64,
        state: String,
        attempts: i64,
        class: Option<String>,
        next_attempt_at: i64,
        started_at: Option<i64>,
        finished_at: Option<i64>,
        relay: Option<String>,
        reply_code: Option<i64>,
        reply_status: Option<String>,
        reply: Option<String>,
    }
}

impl TryFrom<Row> for Delivery {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            key: DeliveryKey {
                issue: row.issue_id,
                subscriber: row.subscriber_id,
            },
            language: row.language.parse().map_err(unreadable)?,
            topics: TopicSet::from_mask(row.topics),
            state: row.state.parse().map_err(unreadable)?,
            attempts: row.attempts,
            class: row
                .class
                .as_deref()
                .map(str::parse)
                .transpose()
                .map_err(unreadable)?,
            next_attempt_at: Timestamp::from_micros(row.next_attempt_at),
            started_at: row.started_at.map(Timestamp::from_micros),
            finished_at: row.finished_at.map(Timestamp::from_micros),
            relay: row.relay,
            reply_code: row.reply_code,
            reply_status: row.reply_status,
            reply: row.reply,
        })
    }
}

/// Deliveries of an issue in the order of their subscribers, `after` one, at most `limit`; in one
/// state if given.
pub async fn of_issue(
    conn: &mut impl Connection,
    issue: i64,
    state: Option<DeliveryState>,
    after: i64,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT issue_id, subscriber_id, language, topics, state, attempts, class, next_attempt_at, started_at, finished_at, relay, \
         reply_code, reply_status, reply FROM delivery WHERE issue_id = $1 AND subscriber_id > $2 AND ($3 = '' OR state = $3) \
         ORDER BY subscriber_id LIMIT $4",
        issue,
        after,
        state.map_or("", DeliveryState::as_str),
        limit
    )?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// Every delivery to a subscriber, newest issue first, at most `limit`.
pub async fn of_subscriber(
    conn: &mut impl Connection,
    subscriber: i64,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT d.issue_id, d.subscriber_id, d.language, d.topics, d.state, d.attempts, d.class, d.next_attempt_at, d.started_at, d.finished_at, d.relay, \
         d.reply_code, d.reply_status, d.reply FROM issue i CROSS JOIN delivery d WHERE d.issue_id = i.id AND d.subscriber_id = $1 \
         ORDER BY i.id DESC LIMIT $2",
        subscriber,
        limit
    )?;
    rows.into_iter().map(Delivery::try_from).collect()
}
