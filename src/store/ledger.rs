//! The ledger's writing end, for the one recorder of a process: the results of mails and the starts
//! of the next ones, in one commit. [`super::delivery`] has the rest of the ledger.
//!
//! It works for every mail, so it makes one round trip: results and starts are one statement, which
//! answers with nothing but a count. PostgreSQL takes it over a connection of its own that plans it once.

use std::result::Result as StdResult;

use serde::{Serialize, Serializer};
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Sqlite, SqlitePool};

use super::dialect::Dialect;
use super::error::unreadable;
use super::sql::{Connection, On, sql};
use super::{Db, Result};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;

/// Where a recorder writes.
pub struct Ledger(Kind);

enum Kind {
    /// Borrowed for each batch: leases need the one writer too.
    Sqlite(SqlitePool),
    Postgres(PgConnection),
}

enum Writer<'a> {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(&'a mut PgConnection),
}

impl Connection for Writer<'_> {
    fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(conn) => On::Sqlite(conn),
            Self::Postgres(conn) => On::Postgres(conn),
        }
    }
}

/// What [`Ledger::record`] has written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Results that were written down.
    pub finished: u64,
    /// Deliveries that may be sent now; nothing is to be said to the relay of the others.
    pub started: Vec<DeliveryKey>,
}

/// $1 are the rows, $2 is the worker, who must have claimed them. A result is taken for what was
/// started (or called uncertain meanwhile, its lease having run out). A start is checked once more:
/// the issue is being sent, the subscription runs.
macro_rules! record {
    ($rows:expr) => {
        concat!(
            "UPDATE delivery SET state = o.state, \
             attempts = delivery.attempts + CASE WHEN o.state = 'started' THEN 1 ELSE o.counts - 1 END, \
             class = CASE WHEN o.state = 'started' THEN delivery.class ELSE o.class END, \
             first_at = CASE WHEN o.counts = 1 THEN COALESCE(delivery.first_at, delivery.started_at) ELSE delivery.first_at END, \
             next_attempt_at = COALESCE(o.next, delivery.next_attempt_at), \
             lease_until = CASE WHEN o.state = 'started' THEN delivery.lease_until END, \
             started_at = CASE WHEN o.state = 'started' THEN o.at ELSE delivery.started_at END, \
             finished_at = CASE WHEN o.state NOT IN ('queued', 'started') THEN o.at END, \
             relay = CASE WHEN o.state = 'started' THEN delivery.relay ELSE o.relay END, \
             reply_code = CASE WHEN o.state = 'started' THEN delivery.reply_code ELSE o.code END, \
             reply_status = CASE WHEN o.state = 'started' THEN delivery.reply_status ELSE o.status END, \
             reply = CASE WHEN o.state = 'started' THEN delivery.reply ELSE o.reply END FROM ",
            $rows,
            " WHERE delivery.issue_id = o.issue AND delivery.subscriber_id = o.subscriber AND delivery.leased_by = $2 \
             AND CASE WHEN o.state = 'started' THEN delivery.state = 'leased' \
             AND EXISTS (SELECT 1 FROM issue i JOIN subscription s ON s.newsletter_id = i.newsletter_id \
             JOIN subscriber r ON r.id = s.subscriber_id WHERE i.id = delivery.issue_id AND i.state = 'sending' \
             AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active') \
             ELSE delivery.state IN ('started', 'uncertain') END"
        )
    };
}

const RECORD: Dialect = Dialect {
    // The LIMIT keeps SQLite from writing each JSON object anew for each of its fields.
    sqlite: record!(
        "(SELECT value ->> 'issue' AS issue, value ->> 'subscriber' AS subscriber, value ->> 'state' AS state, \
         value ->> 'at' AS at, value ->> 'next' AS next, value ->> 'counts' AS counts, value ->> 'class' AS class, value ->> 'relay' AS relay, \
         value ->> 'code' AS code, value ->> 'status' AS status, value ->> 'reply' AS reply FROM (SELECT value FROM json_each($1) LIMIT -1)) AS o"
    ),
    postgres: record!(
        "json_to_recordset($1::json) AS o (issue BIGINT, subscriber BIGINT, state TEXT, at BIGINT, next BIGINT, \
         counts BIGINT, class TEXT, relay TEXT, code BIGINT, status TEXT, reply TEXT)"
    ),
};
/// The server does not know how few rows a list will bring; it would guess more, read whole tables,
/// and think it over for every batch.
const LOOK_UP_BY_KEYS: &str = "SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

impl Ledger {
    /// Opens it. On PostgreSQL this takes a connection that belongs to nobody else.
    pub async fn open(db: &Db) -> Result<Self> {
        Ok(Self(match db {
            Db::Sqlite { writer, .. } => Kind::Sqlite(writer.clone()),
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
    ///
    /// `now` must be later than in every call before for this worker: what was started by this very
    /// call is known by it.
    pub async fn record(
        &mut self,
        outcomes: &[Outcome],
        starts: &[DeliveryKey],
        worker: &str,
        now: Timestamp,
    ) -> Result<Recorded> {
        let rows: Vec<Row> = outcomes
            .iter()
            .map(Row::Finished)
            .chain(starts.iter().map(|key| {
                Row::Started(Start {
                    key: *key,
                    state: DeliveryState::Started,
                    at: now,
                })
            }))
            .collect();
        let rows = json(&rows)?;
        let mut writer = match &mut self.0 {
            Kind::Sqlite(pool) => Writer::Sqlite(pool.acquire().await?),
            Kind::Postgres(conn) => Writer::Postgres(conn),
        };
        let text = RECORD.on(&mut writer);
        let written = sql!(&mut writer, execute, text, rows, worker)?;
        let expected = outcomes.len() + starts.len();
        let started = if usize::try_from(written) == Ok(expected) {
            starts.to_vec()
        } else {
            started_at(&mut writer, starts, worker, now).await?
        };
        Ok(Recorded {
            finished: written.saturating_sub(started.len() as u64),
            started,
        })
    }
}

/// Those of `keys` that `worker` started at that very time.
async fn started_at(
    conn: &mut impl Connection,
    keys: &[DeliveryKey],
    worker: &str,
    at: Timestamp,
) -> Result<Vec<DeliveryKey>> {
    let mut started = Vec::with_capacity(keys.len());
    for key in keys {
        let found = sql!(
            conn,
            optional as (i64,),
            "SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND subscriber_id = $2 AND leased_by = $3 \
             AND state = 'started' AND started_at = $4",
            key.issue,
            key.subscriber,
            worker,
            at.micros()
        )?;
        started.extend(found.map(|(subscriber,)| DeliveryKey { subscriber, ..*key }));
    }
    Ok(started)
}

/// A row that [`RECORD`] reads.
#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Finished(&'a Outcome),
    Started(Start),
}

#[derive(Serialize)]
struct Start {
    #[serde(flatten)]
    key: DeliveryKey,
    state: DeliveryState,
    #[serde(serialize_with = "as_micros")]
    at: Timestamp,
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
