//! PostgreSQL: one statement on a dedicated connection, which plans it once. Results and starts are
//! one JSON list, and the result is only a count: one round trip per batch.

use std::result::Result as StdResult;

use serde::{Serialize, Serializer};
use sqlx::{PgConnection, PgPool};

use super::{Outcome, Recorded};
use crate::domain::delivery::{DeliveryKey, DeliveryState};
use crate::domain::timestamp::Timestamp;
use crate::store::Result;
use crate::store::error::unreadable;

/// $1 are the rows, $2 is the worker, who must have claimed them.
const RECORD: &str = "UPDATE delivery SET state = o.state, \
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
     reply = CASE WHEN o.state = 'started' THEN delivery.reply ELSE o.reply END \
     FROM json_to_recordset($1::json) AS o (issue BIGINT, subscriber BIGINT, state TEXT, at BIGINT, next BIGINT, \
     counts BIGINT, class TEXT, relay TEXT, code BIGINT, status TEXT, reply TEXT) \
     WHERE delivery.issue_id = o.issue AND delivery.subscriber_id = o.subscriber AND delivery.leased_by = $2 \
     AND CASE WHEN o.state = 'started' THEN delivery.state = 'leased' \
     AND EXISTS (SELECT 1 FROM issue i JOIN subscription s ON s.newsletter_id = i.newsletter_id \
     JOIN subscriber r ON r.id = s.subscriber_id WHERE i.id = delivery.issue_id AND i.state = 'sending' \
     AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active') \
     ELSE delivery.state IN ('started', 'uncertain') OR (delivery.state = 'queued' AND delivery.lease_until IS NOT NULL) END";

const STARTED: &str = "SELECT subscriber_id FROM delivery WHERE issue_id = $1 AND subscriber_id = $2 AND leased_by = $3 \
     AND state = 'started' AND started_at = $4";

/// The planner overestimates the rows of a list; it would scan whole tables and plan every batch
/// again.
const LOOK_UP_BY_KEYS: &str = "SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan";

pub(super) struct Ledger(PgConnection);

impl Ledger {
    pub(super) async fn open(pool: &PgPool) -> Result<Self> {
        // Detached: its session settings must not return to the pool.
        let mut conn = pool.acquire().await?.detach();
        sqlx::raw_sql(LOOK_UP_BY_KEYS).execute(&mut conn).await?;
        Ok(Self(conn))
    }

    pub(super) async fn record(
        &mut self,
        outcomes: &[Outcome],
        starts: &[DeliveryKey],
        worker: &str,
        now: Timestamp,
    ) -> Result<Recorded> {
        let rows = json(outcomes, starts, now)?;
        let query = sqlx::query(RECORD).bind(rows).bind(worker);
        let written = query.execute(&mut self.0).await?.rows_affected();
        let all = u64::try_from(outcomes.len() + starts.len()).unwrap_or(u64::MAX);
        let started = if written == all {
            starts.to_vec()
        } else {
            self.started(starts, worker, now).await?
        };
        Ok(Recorded {
            finished: written.saturating_sub(started.len() as u64),
            started,
        })
    }

    /// Those of `keys` that `worker` started at that instant.
    async fn started(
        &mut self,
        keys: &[DeliveryKey],
        worker: &str,
        at: Timestamp,
    ) -> Result<Vec<DeliveryKey>> {
        let mut started = Vec::with_capacity(keys.len());
        for key in keys {
            let found: Option<(i64,)> = sqlx::query_as(STARTED)
                .bind(key.issue)
                .bind(key.subscriber)
                .bind(worker)
                .bind(at.micros())
                .fetch_optional(&mut self.0)
                .await?;
            started.extend(found.map(|_| *key));
        }
        Ok(started)
    }
}

/// The list that [`RECORD`] reads. Its rows are locked in the order of the primary key, as by every
/// statement that waits for locks (see [`crate::store::lease`]).
fn json(outcomes: &[Outcome], starts: &[DeliveryKey], now: Timestamp) -> Result<String> {
    let starts = starts.iter().map(|key| {
        Row::Started(Start {
            key: *key,
            state: DeliveryState::Started,
            at: now,
        })
    });
    let mut rows: Vec<Row> = outcomes.iter().map(Row::Finished).chain(starts).collect();
    rows.sort_unstable_by_key(Row::key);
    let json = serde_json::to_string(&rows).map_err(unreadable)?;
    // PostgreSQL's JSON has no NUL. Replies are cleaned earlier; this is a last guard.
    Ok(json.replace("\\u0000", " "))
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Finished(&'a Outcome),
    Started(Start),
}

impl Row<'_> {
    const fn key(&self) -> DeliveryKey {
        match self {
            Self::Finished(outcome) => outcome.key,
            Self::Started(start) => start.key,
        }
    }
}

#[derive(Serialize)]
struct Start {
    #[serde(flatten)]
    key: DeliveryKey,
    state: DeliveryState,
    #[serde(serialize_with = "as_micros")]
    at: Timestamp,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(super) fn as_micros<S: Serializer>(time: &Timestamp, to: S) -> StdResult<S::Ok, S::Error> {
    to.serialize_i64(time.micros())
}

#[expect(clippy::ref_option, reason = "serde passes references")]
pub(super) fn as_micros_or_null<S: Serializer>(
    time: &Option<Timestamp>,
    to: S,
) -> StdResult<S::Ok, S::Error> {
    match time {
        Some(time) => to.serialize_some(&time.micros()),
        None => to.serialize_none(),
    }
}
