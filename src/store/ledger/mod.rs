//! Writes to the ledger, for the one group-commit writer of a process: results of mails and starts
//! of the next ones, in one commit. [`super::delivery`] has the rest of the ledger.
//!
//! It runs for every mail, so each database has the cheapest implementation: see [`sqlite`] and
//! [`postgres`]. Both write the same; every test of the ledger runs on both.

mod postgres;
mod sqlite;

use std::sync::Arc;

use serde::Serialize;

use super::{Db, Result};
use crate::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use crate::domain::timestamp::Timestamp;

/// The ledger of the group-commit writer.
pub struct Ledger(Kind);

enum Kind {
    Sqlite(sqlite::Ledger),
    Postgres(postgres::Ledger),
}

/// The result of [`Ledger::record`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recorded {
    /// Results that were recorded.
    pub finished: u64,
    /// Deliveries that may be sent now. The others must not be sent.
    pub started: Vec<DeliveryKey>,
}

impl Ledger {
    /// Opens it, with a dedicated connection.
    pub async fn open(db: &Db) -> Result<Self> {
        Ok(Self(match db {
            Db::Sqlite { writer, .. } => Kind::Sqlite(sqlite::Ledger::open(writer).await?),
            Db::Postgres(pool) => Kind::Postgres(postgres::Ledger::open(pool).await?),
        }))
    }

    /// Records the `outcomes` and starts the deliveries of `starts` that `worker` may send,
    /// atomically. After an error the result is unknown; reopen the ledger.
    ///
    /// A result is accepted for a delivery that `worker` has started, even if the row was taken
    /// over meanwhile (*uncertain*, or queued again) and nobody else has claimed it. A start is
    /// checked again: `worker` holds the lease, the issue is being sent, the subscription is
    /// active.
    ///
    /// `now` must be later than in every earlier call for this worker: it identifies what this call
    /// started.
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
    /// Why the mail was not accepted, if it was not.
    pub class: Option<FailureClass>,
    /// The relay of the attempt.
    pub relay: String,
    /// Its reply code.
    pub code: Option<u16>,
    /// Its enhanced status code (RFC 3463), e.g. `5.1.1`.
    pub status: Option<String>,
    /// Its text, or ours if there was no reply.
    pub reply: String,
}
