//! The ledger's writing end, for the one group-commit writer of a process: the results of mails and the starts
//! of the next ones, in one commit. [`super::delivery`] has the rest of the ledger.
//!
//! It works for every mail, so each database is spoken to in the way that costs it least: see
//! [`sqlite`] and [`postgres`]. Both write the same; every story of the ledger runs on both.

mod postgres;
mod sqlite;

use std::sync::Arc;

use serde::Serialize;

use super::{Db, Result};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;

/// Where the group-commit writer writes.
pub struct Ledger(Kind);

enum Kind {
    Sqlite(sqlite::Ledger),
    Postgres(postgres::Ledger),
}

/// What [`Ledger::record`] has written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Results that were written down.
    pub finished: u64,
    /// Deliveries that may be sent now; nothing is to be said to the relay of the others.
    pub started: Vec<DeliveryKey>,
}

impl Ledger {
    /// Opens it, over a connection that belongs to nobody else.
    pub async fn open(db: &Db) -> Result<Self> {
        Ok(Self(match db {
            Db::Sqlite { writer, .. } => Kind::Sqlite(sqlite::Ledger::open(writer).await?),
            Db::Postgres(pool) => Kind::Postgres(postgres::Ledger::open(pool).await?),
        }))
    }

    /// Writes down the `outcomes` and starts the deliveries of `starts` that `worker` may send, all
    /// or nothing. After an error nobody can tell which; the ledger is to be opened anew.
    ///
    /// A result is accepted for what `worker` has started, also when the row was taken back meanwhile,
    /// *uncertain* or queued again, and nobody else has claimed it. A start is checked once more: `worker` holds the lease, the issue is
    /// being sent, the subscription runs.
    ///
    /// `now` must be later than in every call before for this worker: what was started by this very
    /// call is known by it.
    pub async fn record(
        &mut self,
        outcomes: &Arc<[Outcome]>,
        starts: &[DeliveryKey],
        worker: &str,
        now: Timestamp,
    ) -> Result<Recorded> {
        match &mut self.0 {
            Kind::Sqlite(ledger) => ledger.record(outcomes, starts, worker, now).await,
            Kind::Postgres(ledger) => ledger.record(outcomes, starts, worker, now).await,
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
    #[serde(serialize_with = "postgres::as_micros")]
    pub at: Timestamp,
    /// When to try again, if queued.
    #[serde(serialize_with = "postgres::as_micros_or_null")]
    pub next: Option<Timestamp>,
    /// 1 when the attempt counts against the recipient, 0 when the relay or the connection failed.
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
