//! The outbox: notices that wait to be sent, and their results.
//!
//! A row is `started` before anything is sent to the relay, and `sent` or `failed` afterwards. A
//! row that a crash left `started` is due again after [`LEASE`], with the same Message-ID. Each row
//! waits in its [`Lane`]; lanes never wait for each other.

use std::time::Duration;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::notice::{Lane, NotSent, NoticeKind, Recipient};
use crate::domain::timestamp::Timestamp;

/// How long a started notice is reserved for its sender: longer than an attempt may take.
pub const LEASE: Duration = Duration::from_mins(20);

/// A notice before it is queued.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// What it says.
    pub kind: NoticeKind,
    /// Its lane.
    pub lane: Lane,
    /// The recipient.
    pub recipient: Recipient,
    /// The sign-up it asks to confirm. It is removed with it.
    pub signup: Option<i64>,
    /// Its language.
    pub language: Language,
    /// The parameters of its text: a JSON object for the message builder.
    pub parameters: serde_json::Value,
    /// Its Message-ID without angle brackets.
    pub message_id: String,
}

/// A notice that was queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its row.
    pub id: i64,
    /// What it says.
    pub kind: NoticeKind,
    /// Its lane.
    pub lane: Lane,
    /// The recipient.
    pub recipient: Recipient,
    /// The sign-up it asks to confirm.
    pub signup: Option<i64>,
    /// Its language.
    pub language: Language,
    /// The parameters of its text.
    pub parameters: serde_json::Value,
    /// Its Message-ID without angle brackets, the same for every attempt.
    pub message_id: String,
    /// How often it was tried, including this attempt.
    pub attempts: i64,
    /// When it was queued.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: i64,
        kind: String,
        lane: String,
        subscriber_id: Option<i64>,
        address: Option<String>,
        signup_id: Option<i64>,
        language: String,
        parameters: String,
        message_id: String,
        attempts: i64,
        created_at: i64,
    }
}

impl TryFrom<Row> for Notice {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        let recipient = match (row.subscriber_id, row.address) {
            (Some(subscriber), _) => Recipient::Subscriber(subscriber),
            (None, Some(address)) => {
                Recipient::Address(Address::parse(&address).map_err(unreadable)?)
            }
            (None, None) => return Err(unreadable(format!("notice {} has no recipient", row.id))),
        };
        Ok(Self {
            id: row.id,
            kind: row.kind.parse().map_err(unreadable)?,
            lane: row.lane.parse().map_err(unreadable)?,
            recipient,
            signup: row.signup_id,
            language: row.language.parse().map_err(unreadable)?,
            parameters: serde_json::from_str(&row.parameters).map_err(unreadable)?,
            message_id: row.message_id,
            attempts: row.attempts,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

/// Queues a notice; it is due at once.
pub async fn enqueue(tx: &mut Tx, new: &NewNotice, now: Timestamp) -> Result<()> {
    let (subscriber, address) = match &new.recipient {
        Recipient::Subscriber(subscriber) => (Some(*subscriber), None),
        Recipient::Address(address) => (None, Some(address.as_str().to_owned())),
    };
    sql!(
        tx,
        execute,
        "INSERT INTO outbox (kind, lane, subscriber_id, address, signup_id, language, parameters, message_id, state, attempts, \
         next_attempt_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, $9)",
        new.kind.as_str(),
        new.lane.as_str(),
        subscriber,
        address,
        new.signup,
        new.language.as_str(),
        new.parameters.to_string(),
        new.message_id.as_str(),
        now.micros()
    )?;
    Ok(())
}

/// How many notices were queued for a subscriber since `since`.
pub async fn count_since(
    conn: &mut impl Connection,
    subscriber: i64,
    since: Timestamp,
) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM outbox WHERE subscriber_id = $1 AND created_at > $2",
        subscriber,
        since.micros()
    )?;
    Ok(count)
}

/// A stored mail to a person, whatever its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it says.
    pub kind: String,
    /// Its state.
    pub state: String,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it was sent or given up.
    pub finished_at: Option<Timestamp>,
    /// The relay's words.
    pub reply: Option<String>,
}

/// Every mail to a subscriber that is kept, oldest first.
pub async fn of_subscriber(conn: &mut impl Connection, subscriber: i64) -> Result<Vec<Kept>> {
    let rows = sql!(
        conn,
        all as (String, String, i64, Option<i64>, Option<String>),
        "SELECT kind, state, created_at, finished_at, reply FROM outbox WHERE subscriber_id = $1 ORDER BY created_at, id",
        subscriber
    )?;
    Ok(rows
        .into_iter()
        .map(|(kind, state, created, finished, reply)| Kept {
            kind,
            state,
            created_at: Timestamp::from_micros(created),
            finished_at: finished.map(Timestamp::from_micros),
            reply,
        })
        .collect())
}

/// How many notices wait in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The lane.
    pub lane: Lane,
    /// How many wait: queued, or started and not finished.
    pub waiting: i64,
    /// How many of them were queued before the given instant.
    pub late: i64,
    /// When the oldest of them was queued.
    pub oldest: Timestamp,
}

/// The waiting notices of each lane that is not empty; `late` counts those queued before `before`.
pub async fn waiting(conn: &mut impl Connection, before: Timestamp) -> Result<Vec<Waiting>> {
    let rows = sql!(
        conn,
        all as (String, i64, i64, i64),
        "SELECT lane, COUNT(*), COUNT(CASE WHEN created_at < $1 THEN 1 END), MIN(created_at) FROM outbox \
         WHERE state IN ('queued', 'started') GROUP BY lane ORDER BY lane",
        before.micros()
    )?;
    rows.into_iter()
        .map(|(lane, waiting, late, oldest)| {
            Ok(Waiting {
                lane: lane.parse().map_err(unreadable)?,
                waiting,
                late,
                oldest: Timestamp::from_micros(oldest),
            })
        })
        .collect()
}

/// How many notices wait.
pub async fn count_waiting(conn: &mut impl Connection) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'started')"
    )?;
    Ok(count)
}

/// Whether a notice of this lane is due. Asked before [`start_next`], so that an empty lane costs no
/// writing transaction.
pub async fn is_due(conn: &mut impl Connection, lane: Lane, now: Timestamp) -> Result<bool> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT id FROM outbox WHERE state IN ('queued', 'started') AND lane = $1 AND next_attempt_at <= $2 LIMIT 1",
        lane.as_str(),
        now.micros()
    )?;
    Ok(found.is_some())
}

/// Takes the notice of a lane that has been due longest and marks it as started; nobody else gets
/// it for [`LEASE`] from `now`, which must be the current time.
pub async fn start_next(tx: &mut Tx, lane: Lane, now: Timestamp) -> Result<Option<Notice>> {
    const START: super::dialect::Dialect = super::dialect::both!(
        "UPDATE outbox SET state = 'started', attempts = attempts + 1, next_attempt_at = $3 WHERE id = \
         (SELECT id FROM outbox WHERE state IN ('queued', 'started') AND lane = $1 AND next_attempt_at <= $2 \
         ORDER BY next_attempt_at, id LIMIT 1",
        skip_locked,
        ") RETURNING id, kind, lane, subscriber_id, address, signup_id, language, parameters, message_id, attempts, created_at"
    );
    let text = START.on(tx);
    let row = sql!(
        tx,
        optional as Row,
        text,
        lane.as_str(),
        now.micros(),
        now.plus(LEASE).micros()
    )?;
    row.map(Notice::try_from).transpose()
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempted {
    /// The relay accepted it.
    Sent,
    /// Try again at this time.
    Later(Timestamp),
    /// The relay refused it permanently.
    Refused,
    /// It was not sent, for this reason.
    NotSent(NotSent),
}

/// Records the result of an attempt, with the relay's code and reply if there was one. If the
/// attempt was abandoned and repeated meanwhile, its result counts only if the notice was sent.
pub async fn finish(
    tx: &mut Tx,
    (id, attempt): (i64, i64),
    how: &Attempted,
    (code, reply): (Option<u16>, Option<&str>),
    now: Timestamp,
) -> Result<()> {
    let (state, next, reason) = match how {
        Attempted::Sent => ("sent", now, None),
        Attempted::Refused => ("failed", now, None),
        Attempted::NotSent(reason) => ("failed", now, Some(reason.as_str())),
        Attempted::Later(at) => ("queued", *at, None),
    };
    let finished = (state != "queued").then(|| now.micros());
    sql!(
        tx,
        execute,
        "UPDATE outbox SET state = $3, next_attempt_at = $4, finished_at = $5, reason = $6, reply_code = $7, \
         reply = COALESCE($8, reply) WHERE id = $1 \
         AND ((state = 'started' AND attempts = $2) OR ($3 = 'sent' AND state IN ('queued', 'started')))",
        id,
        attempt,
        state,
        next.micros(),
        finished,
        reason,
        code.map(i64::from),
        reply
    )?;
    Ok(())
}

/// Makes notices due whose next attempt is after `latest`: no wait or lease is that long, so a
/// clock that was ahead has set it. Returns how many.
pub async fn distrust_later_than(tx: &mut Tx, latest: Timestamp, now: Timestamp) -> Result<u64> {
    sql!(
        tx,
        execute,
        "UPDATE outbox SET next_attempt_at = $2 WHERE state IN ('queued', 'started') AND next_attempt_at > $1",
        latest.micros(),
        now.micros()
    )
}

/// Removes mails that were finished before `before`, at most `limit`. The proof of consent is kept
/// separately.
pub async fn remove_finished(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN ('sent', 'failed') AND finished_at < $1 \
         ORDER BY finished_at LIMIT $2)",
        before.micros(),
        limit
    )
}
