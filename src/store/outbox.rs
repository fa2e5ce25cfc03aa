//! Mails to one person that are no issue: confirmations and notices, waiting to be sent.
//!
//! A row is `started` before the relay hears of it and `sent` or `failed` afterwards. A row that a
//! crash left `started` is due again after [`RETRY_STARTED`] and goes out with the same Message-ID.

use std::time::Duration;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::language::Language;
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// What kind of mail waits.
    pub enum OutboxKind ("kind of mail") {
        /// Asks to confirm a sign-up.
        Confirmation = "confirmation",
        /// Tells somebody who signed up that they have the newsletter already.
        AlreadySubscribed = "already-subscribed",
    }
}

/// After how long a mail that was started and never answered is tried again: longer than any one
/// attempt may take.
pub const RETRY_STARTED: Duration = Duration::from_mins(20);

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxMail {
    /// Its row.
    pub id: i64,
    /// What it says.
    pub kind: OutboxKind,
    /// To whom.
    pub subscriber: i64,
    /// The sign-up it asks to confirm, or that it answers.
    pub signup: Option<i64>,
    /// In which language.
    pub language: Language,
    /// Its Message-ID without angle brackets, the same for every attempt.
    pub message_id: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When it was put here.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: i64,
        kind: String,
        subscriber_id: i64,
        signup_id: Option<i64>,
        language: String,
        message_id: String,
        attempts: i64,
        created_at: i64,
    }
}

impl TryFrom<Row> for OutboxMail {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind.parse().map_err(unreadable)?,
            subscriber: row.subscriber_id,
            signup: row.signup_id,
            language: row.language.parse().map_err(unreadable)?,
            message_id: row.message_id,
            attempts: row.attempts,
            created_at: Timestamp::from_micros(row.created_at),
        })
    }
}

/// Puts a mail into the outbox.
pub async fn enqueue(
    tx: &mut Tx,
    kind: OutboxKind,
    subscriber: i64,
    signup: Option<i64>,
    language: Language,
    message_id: &str,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO outbox (kind, subscriber_id, signup_id, language, message_id, state, attempts, next_attempt_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, $6)",
        kind.as_str(),
        subscriber,
        signup,
        language.as_str(),
        message_id,
        now.micros()
    )?;
    Ok(())
}

/// How many mails were put here for a subscriber since `since`.
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

/// A mail to a person as it is kept, whatever became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it says.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// When it was put here.
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

/// How many mails wait.
pub async fn count_waiting(conn: &mut impl Connection) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'started')"
    )?;
    Ok(count)
}

/// Takes the mail that has waited longest and marks it started; nobody else gets it for
/// [`RETRY_STARTED`].
pub async fn start_next(tx: &mut Tx, now: Timestamp) -> Result<Option<OutboxMail>> {
    const START: super::dialect::Dialect = super::dialect::both!(
        "UPDATE outbox SET state = 'started', attempts = attempts + 1, next_attempt_at = $2 WHERE id = \
         (SELECT id FROM outbox WHERE state IN ('queued', 'started') AND next_attempt_at <= $1 \
         ORDER BY next_attempt_at, id LIMIT 1",
        skip_locked,
        ") RETURNING id, kind, subscriber_id, signup_id, language, message_id, attempts, created_at"
    );
    let text = START.on(tx);
    let row = sql!(
        tx,
        optional as Row,
        text,
        now.micros(),
        now.plus(RETRY_STARTED).micros()
    )?;
    row.map(OutboxMail::try_from).transpose()
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Attempted {
    /// The relay took it.
    Sent,
    /// Try again at this time.
    Later(Timestamp),
    /// Refused for good, or given up.
    Failed,
}

/// Records how an attempt ended, with the relay's code and words.
pub async fn finish(
    tx: &mut Tx,
    id: i64,
    how: &Attempted,
    code: Option<u16>,
    reply: &str,
    now: Timestamp,
) -> Result<()> {
    let (state, next, finished) = match how {
        Attempted::Sent => ("sent", now, Some(now.micros())),
        Attempted::Failed => ("failed", now, Some(now.micros())),
        Attempted::Later(at) => ("queued", *at, None),
    };
    sql!(
        tx,
        execute,
        "UPDATE outbox SET state = $2, next_attempt_at = $3, finished_at = $4, reply_code = $5, reply = $6 \
         WHERE id = $1 AND state = 'started'",
        id,
        state,
        next.micros(),
        finished,
        code.map(i64::from),
        reply
    )?;
    Ok(())
}

/// Removes mails that were finished before `before`, at most `limit`; what proves consent stands in
/// the consent log.
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
