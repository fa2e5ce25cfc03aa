//! The ledger: one row for every recipient of every issue. [`DeliveryState`] shows the transitions;
//! [`super::lease`] says which worker holds a row.

use super::dialect::{Dialect, both};
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// Freezes the audience of an approved issue: one row for every active subscription with content in
/// it, and the count of those without. `None` if the issue is not approved (any more); then nothing
/// was written.
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
    let trial = super::newsletter::is_in_trial(tx, newsletter).await?;
    let queued = sql!(
        tx,
        execute,
        if trial { STAFF } else { EVERYBODY },
        issue,
        newsletter,
        topics,
        for_everyone,
        now.micros()
    )?;
    let queued = i64::try_from(queued).unwrap_or(i64::MAX);
    let active = if trial {
        super::subscription::count_staff(tx, newsletter).await?
    } else {
        super::subscription::count_active(tx, newsletter).await?
    };
    let skipped = active.saturating_sub(queued);
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

/// A statement that queues the active subscriptions among these.
macro_rules! queue {
    ($among:literal) => {
        concat!(
            "INSERT INTO delivery (issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at) \
             SELECT $1, r.id, r.language, s.topics & $3, 'queued', 0, $5 FROM ",
            $among,
            " AND s.newsletter_id = $2 AND s.state = 'active' AND r.state = 'active' AND ($4 OR (s.topics & $3) <> 0) \
             ORDER BY s.subscriber_id"
        )
    };
}

const EVERYBODY: &str =
    queue!("subscription s JOIN subscriber r ON r.id = s.subscriber_id WHERE TRUE");
/// Those subscribers of a newsletter in trial who are staff. They confirmed like everybody.
const STAFF: &str = queue!(
    "staff m CROSS JOIN subscriber r CROSS JOIN subscription s \
     WHERE r.address_key = m.email_key AND s.subscriber_id = r.id AND m.state = 'active'"
);

/// What a freeze wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frozen {
    /// Recipients.
    pub queued: i64,
    /// Active subscribers without content in the issue.
    pub skipped: i64,
}

/// Cancels every delivery of an issue that was not started; those in flight finish normally. On
/// PostgreSQL, rows locked by others are skipped. Such a row is being started, or is about to be
/// queued again and then cancelled by [`super::lease::reconcile`]; nothing of a cancelled issue is
/// started.
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

/// A row of the ledger, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which one.
    pub key: DeliveryKey,
    /// The variant's language.
    pub language: Language,
    /// The variant's topics.
    pub topics: TopicSet,
    /// Its state.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed, if it did.
    pub class: Option<FailureClass>,
    /// When it is due.
    pub next_attempt_at: Timestamp,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    pub finished_at: Option<Timestamp>,
    /// The relay of the last attempt.
    pub relay: Option<String>,
    /// Its reply code.
    pub reply_code: Option<i64>,
    /// Its enhanced status code.
    pub reply_status: Option<String>,
    /// Its words.
    pub reply: Option<String>,
}

row! {
    pub(in crate::store) struct Row {
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
