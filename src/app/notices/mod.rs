//! Notices: queueing one as part of an operation, what waits, and [attempts](attempt) to send one.

mod about_issue;
pub mod attempt;

pub use about_issue::{AboutIssue, enqueue_about_issue};

use std::time::Duration;

use super::{App, Operation};
use crate::clock::TOLERATED_SKEW;
use crate::domain::language::Language;
use crate::domain::notice::{Lane, NoticeKind, Recipient};
use crate::domain::timestamp::Timestamp;
use crate::store::outbox::NewNotice;
use crate::store::{self, Connection, Db};

/// A notice that waits for longer than this is told to the operator.
pub const LATE_AFTER: Duration = Duration::from_mins(5);

/// The longest wait between two attempts. No lease is longer either.
pub const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// What a notice says, and to whom.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What it says.
    pub kind: NoticeKind,
    /// To whom.
    pub recipient: Recipient,
    /// In which language.
    pub language: Language,
    /// The sign-up it asks to confirm; the notice is removed with it.
    pub signup: Option<i64>,
    /// What varies in its text: a JSON object.
    pub parameters: serde_json::Value,
}

/// Queues a notice as part of an operation, in the lane of its kind: it is sent if the operation is
/// committed, and only then.
pub async fn enqueue(app: &App, op: &mut Operation, letter: Letter) -> store::Result<()> {
    let lane = letter.kind.lane();
    enqueue_in(app, op, lane, letter).await
}

/// Queues one of many notices of a kind: in the lane for batches.
pub async fn enqueue_bulk(app: &App, op: &mut Operation, letter: Letter) -> store::Result<()> {
    enqueue_in(app, op, Lane::Bulk, letter).await
}

async fn enqueue_in(
    app: &App,
    op: &mut Operation,
    lane: Lane,
    letter: Letter,
) -> store::Result<()> {
    let at = op.at();
    // The domain of the sender, as receivers expect (RFC 5322 §3.6.4).
    let (_, sender) = app.config.system_sender();
    let new = NewNotice {
        kind: letter.kind,
        lane,
        recipient: letter.recipient,
        signup: letter.signup,
        language: letter.language,
        parameters: letter.parameters,
        message_id: format!("{}@{}", store::new_uuid(at), sender.domain()),
    };
    store::outbox::enqueue(op.tx(), &new, at).await
}

/// What waits in a lane, as `/healthz?full` shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LaneStatus {
    /// `urgent`, `normal` or `bulk`.
    pub lane: Lane,
    /// How many notices wait.
    pub waiting: i64,
    /// How many of them for longer than five minutes.
    pub late: i64,
    /// For how long the oldest has waited, in seconds.
    pub oldest_seconds: u64,
}

/// The lanes in which notices wait.
pub async fn waiting(conn: &mut impl Connection, now: Timestamp) -> store::Result<Vec<LaneStatus>> {
    let lanes = store::outbox::waiting(conn, now.minus(LATE_AFTER)).await?;
    Ok(lanes
        .into_iter()
        .map(|lane| LaneStatus {
            lane: lane.lane,
            waiting: lane.waiting,
            late: lane.late,
            oldest_seconds: now.since(lane.oldest).as_secs(),
        })
        .collect())
}

/// Makes those notices due that were put off for longer than any wait or lease lasts: by a clock that
/// was ahead. Returns how many.
pub async fn distrust_late_attempts(db: &Db, now: Timestamp) -> store::Result<u64> {
    let latest = now.plus(LONGEST_WAIT).plus(TOLERATED_SKEW);
    let mut tx = db.begin().await?;
    let put_off = store::outbox::distrust_later_than(&mut tx, latest, now).await?;
    tx.commit().await?;
    Ok(put_off)
}
