//! SQLite: a prepared statement per row, in one transaction, on a dedicated connection and thread.
//! Through sqlx every statement would be a message to another thread and back; one statement for
//! the whole batch, with the rows as JSON, costs SQLite twice as much.
//!
//! The connection is rusqlite's: the same SQLite in the same process, through the crate that sqlx
//! binds too.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, OpenFlags, TransactionBehavior, params};
use sqlx::SqlitePool;

use super::{Outcome, Recorded};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;
use crate::store::connect::PATIENCE;
use crate::store::{Result, StoreError};

const FINISH: &str = "UPDATE delivery SET state = ?4, attempts = attempts - 1 + ?5, class = ?6, \
     first_at = CASE WHEN ?5 = 1 THEN COALESCE(first_at, started_at) ELSE first_at END, \
     next_attempt_at = COALESCE(?7, next_attempt_at), lease_until = NULL, finished_at = ?8, \
     relay = ?9, reply_code = ?10, reply_status = ?11, reply = ?12 \
     WHERE issue_id = ?1 AND subscriber_id = ?2 AND leased_by = ?3 \
     AND (state IN ('started', 'uncertain') OR (state = 'queued' AND lease_until IS NOT NULL))";

const START: &str = "UPDATE delivery SET state = 'started', attempts = attempts + 1, started_at = ?4, finished_at = NULL \
     WHERE issue_id = ?1 AND subscriber_id = ?2 AND leased_by = ?3 AND state = 'leased' \
     AND EXISTS (SELECT 1 FROM issue i JOIN subscription s ON s.newsletter_id = i.newsletter_id \
     JOIN subscriber r ON r.id = s.subscriber_id WHERE i.id = delivery.issue_id AND i.state = 'sending' \
     AND s.subscriber_id = delivery.subscriber_id AND s.state = 'active' AND r.state = 'active')";

/// Checkpoint the write-ahead log after this many pages of 4 KB. With SQLite's default of 1000, a
/// fast send did so twelve times a second.
const CHECKPOINT: u32 = 4_000;

pub(super) struct Ledger {
    /// Its one connection is held while we write: writers of this process queue here instead of
    /// sleeping and retrying at SQLite's lock.
    writers: SqlitePool,
    /// None while a batch is written, and for good if that future was dropped.
    conn: Option<Connection>,
}

impl Ledger {
    pub(super) async fn open(writers: &SqlitePool) -> Result<Self> {
        let path: PathBuf = writers.connect_options().get_filename().to_path_buf();
        // As durable as the other connections: FULL, unless a benchmark asked for less.
        let (synchronous,): (i64,) = sqlx::query_as("PRAGMA synchronous")
            .fetch_one(writers)
            .await?;
        let conn = beside(move || connect(&path, synchronous)).await?;
        Ok(Self {
            writers: writers.clone(),
            conn: Some(conn),
        })
    }

    pub(super) async fn record(
        &mut self,
        outcomes: &Arc<[Outcome]>,
        starts: &[DeliveryKey],
        worker: &str,
        now: Timestamp,
    ) -> Result<Recorded> {
        let turn = self.writers.acquire().await?;
        let gone = || StoreError::Unreachable("writing the ledger was interrupted".to_owned());
        let mut conn = self.conn.take().ok_or_else(gone)?;
        let (outcomes, starts, worker) = (Arc::clone(outcomes), starts.to_vec(), worker.to_owned());
        let (conn, recorded) = beside(move || {
            let recorded = record(&mut conn, &outcomes, &starts, &worker, now)?;
            drop(turn);
            Ok((conn, recorded))
        })
        .await?;
        self.conn = Some(conn);
        Ok(recorded)
    }
}

/// Runs blocking file access on a blocking thread.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StoreError::Refused(error.to_string()))?
}

fn connect(path: &Path, synchronous: i64) -> Result<Connection> {
    // Never created here: an empty file would not be our database.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    conn.pragma_update(None, "synchronous", synchronous)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
    Ok(conn)
}

fn record(
    conn: &mut Connection,
    outcomes: &[Outcome],
    starts: &[DeliveryKey],
    worker: &str,
    now: Timestamp,
) -> Result<Recorded> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut finished = 0;
    let mut started = Vec::with_capacity(starts.len());
    {
        let mut statement = tx.prepare_cached(FINISH)?;
        for outcome in outcomes {
            finished += u64::try_from(finish(&mut statement, outcome, worker)?).unwrap_or(0);
        }
        let mut statement = tx.prepare_cached(START)?;
        for key in starts {
            let row = params![key.issue, key.subscriber, worker, now.micros()];
            if statement.execute(row)? == 1 {
                started.push(*key);
            }
        }
    }
    tx.commit()?;
    Ok(Recorded { finished, started })
}

fn finish(
    statement: &mut CachedStatement<'_>,
    outcome: &Outcome,
    worker: &str,
) -> rusqlite::Result<usize> {
    let finished = (outcome.state != DeliveryState::Queued).then_some(outcome.at.micros());
    statement.execute(params![
        outcome.key.issue,
        outcome.key.subscriber,
        worker,
        outcome.state.as_str(),
        outcome.counts,
        outcome.class.map(FailureClass::as_str),
        outcome.next.map(Timestamp::micros),
        finished,
        outcome.relay,
        outcome.code,
        outcome.status,
        outcome.reply,
    ])
}
