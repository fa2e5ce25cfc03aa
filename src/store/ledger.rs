//! The ledger's writing end, for the one recorder of a process: the results of mails and the starts
//! of the next ones, in one commit. [`super::delivery`] has the rest of the ledger.
//!
//! It works for every mail, so it makes few round trips: SQLite takes two statements in one
//! transaction, PostgreSQL one for both, over a connection of its own that plans it once.

use std::result::Result as StdResult;

use serde::{Serialize, Serializer};
use sqlx::PgConnection;

use super::error::unreadable;
use super::sql::sql;
use super::{Db, Result};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;

/// Where a recorder writes.
pub struct Ledger(Kind);

enum Kind {
    Sqlite(Db),
    Postgres(PgConnection),
}

/// What [`Ledger::record`] has written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Results that were written down.
    pub finished: u64,
    /// Deliveries that may be sent now; nothing is to be said to the relay of the others.
    pub started: Vec<DeliveryKey>,
}

/// Results: $1 are the outcomes, $2 the worker. Only deliveries that it has started are touched (or
/// that were called uncertain meanwhile, its lease having run out).
macro_rules! finish {
    ($outcomes:expr) => {
        concat!(
            "UPDATE delivery SET state = o.state, attempts = delivery.attempts - 1 + o.counts, class = o.class, \
             first_at = CASE WHEN o.counts = 1 THEN COALESCE(delivery.first_at, delivery.started_at) ELSE delivery.first_at END, \
             next_attempt_at = COALESCE(o.next, delivery.next_attempt_at), \
             finished_at = CASE WHEN o.state = 'queued' THEN NULL ELSE o.at END, \
             lease_until = NULL, relay = o.relay, reply_code = o.code, reply_status = o.status, reply = o.reply FROM ",
            $outcomes,
            " WHERE delivery.issue_id = o.issue AND delivery.subscriber_id = o.subscriber \
             AND delivery.state IN ('started', 'uncertain') AND delivery.leased_by = $2"
        )
    };
}

/// Starts: $3 are the keys, $2 the worker, $4 is the time. The same statement checks once more that
/// each may be sent: still claimed by the worker, the issue being sent, the subscription running.
// COALESCE changes nothing but PostgreSQL's mind: it would compare every row on the way with every key.
macro_rules! start {
    ($starts:expr) => {
        concat!(
            "UPDATE delivery SET state = 'started', started_at = $4, attempts = attempts + 1 FROM ",
            $starts,
            " WHERE delivery.issue_id = o.issue AND delivery.subscriber_id = o.subscriber \
             AND COALESCE(delivery.state, '') = 'leased' AND delivery.leased_by = $2 \
             AND EXISTS (SELECT 1 FROM issue i JOIN subscription s ON s.newsletter_id = i.newsletter_id \
             JOIN subscriber r ON r.id = s.subscriber_id WHERE i.id = delivery.issue_id AND i.state = 'sending' \
             AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active') \
             RETURNING delivery.issue_id, delivery.subscriber_id"
        )
    };
}

// The LIMIT keeps SQLite from writing each JSON object anew for each of its fields.
const FINISH_SQLITE: &str = finish!(
    "(SELECT value ->> 'issue' AS issue, value ->> 'subscriber' AS subscriber, value ->> 'state' AS state, \
     value ->> 'at' AS at, value ->> 'next' AS next, value ->> 'counts' AS counts, value ->> 'class' AS class, value ->> 'relay' AS relay, \
     value ->> 'code' AS code, value ->> 'status' AS status, value ->> 'reply' AS reply FROM (SELECT value FROM json_each($1) LIMIT -1)) AS o"
);
const START_SQLITE: &str = start!(
    "(SELECT value ->> 'issue' AS issue, value ->> 'subscriber' AS subscriber FROM (SELECT value FROM json_each($3) LIMIT -1)) AS o"
);
const RECORD_POSTGRES: &str = concat!(
    "WITH finished AS (",
    finish!(
        "json_to_recordset($1::json) AS o (issue BIGINT, subscriber BIGINT, state TEXT, at BIGINT, next BIGINT, \
         counts BIGINT, class TEXT, relay TEXT, code BIGINT, status TEXT, reply TEXT)"
    ),
    " RETURNING 1), started AS (",
    start!("json_to_recordset($3::json) AS o (issue BIGINT, subscriber BIGINT)"),
    ") SELECT issue_id, subscriber_id FROM started UNION ALL SELECT NULL, COUNT(*) FROM finished"
);
/// The server does not know how few rows a list will bring; it would guess more, read whole tables,
/// and think it over for every batch.
const LOOK_UP_BY_KEYS: &str = "SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

impl Ledger {
    /// Opens it. On PostgreSQL this takes a connection that belongs to nobody else.
    pub async fn open(db: &Db) -> Result<Self> {
        Ok(Self(match db {
            Db::Sqlite { .. } => Kind::Sqlite(db.clone()),
            Db::Postgres(pool) => {
                // Detached: what is set for it must not come back to the pool.
                let mut conn = pool.acquire().await?.detach();
                sqlx::raw_sql(LOOK_UP_BY_KEYS).execute(&mut conn).await?;
                Kind::Postgres(conn)
            }
        }))
    }

    /// Writes down the `outcomes` and starts the deliveries of `starts` that `worker` may send, all
    /// or nothing. After an error nobody can tell which; the ledger is to be opened anew.
    pub async fn record(
        &mut self,
        outcomes: &[Outcome],
        starts: &[DeliveryKey],
        worker: &str,
        now: Timestamp,
    ) -> Result<Recorded> {
        let key = |(issue, subscriber)| DeliveryKey { issue, subscriber };
        let rows = (json(outcomes)?, json(starts)?);
        match &mut self.0 {
            Kind::Sqlite(db) => {
                let mut tx = db.begin().await?;
                let mut recorded = Recorded::default();
                if !outcomes.is_empty() {
                    recorded.finished = sql!(&mut tx, execute, FINISH_SQLITE, &rows.0, worker)?;
                }
                if !starts.is_empty() {
                    let started = sql!(
                        &mut tx,
                        all as (i64, i64),
                        START_SQLITE,
                        "",
                        worker,
                        &rows.1,
                        now.micros()
                    )?;
                    recorded.started = started.into_iter().map(key).collect();
                }
                tx.commit().await?;
                Ok(recorded)
            }
            Kind::Postgres(conn) => {
                let rows: Vec<(Option<i64>, i64)> = sqlx::query_as(RECORD_POSTGRES)
                    .bind(&rows.0)
                    .bind(worker)
                    .bind(&rows.1)
                    .bind(now.micros())
                    .fetch_all(conn)
                    .await?;
                let mut recorded = Recorded::default();
                for (issue, value) in rows {
                    match issue {
                        Some(issue) => recorded.started.push(key((issue, value))),
                        None => recorded.finished = value.unsigned_abs(),
                    }
                }
                Ok(recorded)
            }
        }
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Which delivery.
    #[serde(flatten)]
    pub key: DeliveryKey,
    /// Sent, failed, queued (again) or uncertain.
    pub state: DeliveryState,
    /// When.
    #[serde(serialize_with = "as_micros")]
    pub at: Timestamp,
    /// When to try again, if queued.
    #[serde(serialize_with = "as_micros_or_null")]
    pub next: Option<Timestamp>,
    /// 1 when the attempt counts against the recipient, 0 when it was the relay's trouble.
    pub counts: u8,
    /// Why the mail was not taken, if it was not.
    pub class: Option<FailureClass>,
    /// The relay that was spoken to.
    pub relay: String,
    /// Its reply code.
    pub code: Option<u16>,
    /// Its enhanced status code (RFC 3463), e.g. `5.1.1`.
    pub status: Option<String>,
    /// Its words, or ours where it said none.
    pub reply: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
fn as_micros<S: Serializer>(time: &Timestamp, to: S) -> StdResult<S::Ok, S::Error> {
    to.serialize_i64(time.micros())
}

#[expect(clippy::ref_option, reason = "serde hands over references")]
fn as_micros_or_null<S: Serializer>(time: &Option<Timestamp>, to: S) -> StdResult<S::Ok, S::Error> {
    match time {
        Some(time) => to.serialize_some(&time.micros()),
        None => to.serialize_none(),
    }
}

fn json(rows: &(impl Serialize + ?Sized)) -> Result<String> {
    // PostgreSQL's JSON knows no NUL; a relay's words are cleaned long before, this is the last guard.
    Ok(serde_json::to_string(rows)
        .map_err(unreadable)?
        .replace("\\u0000", " "))
}
