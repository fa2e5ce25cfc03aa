//! Sessions of users. The cookie holds a token; the database only its hash.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid};
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// What a session still lacks.
    pub enum Step ("step of a session") {
        /// The second factor.
        SecondFactor = "second-factor",
        /// Nothing: it opens the newsroom.
        Open = "open",
    }
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// SHA-256 of its token.
    pub hash: String,
    /// Its name in lists.
    pub uuid: String,
    /// Whose it is.
    pub staff: i64,
    /// What it still lacks.
    pub step: Step,
    /// The browser in words.
    pub agent: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Timestamp,
    /// When it ends, however busy it is.
    pub ends_at: Timestamp,
    /// When its user last proved who they are.
    pub confirmed_at: Timestamp,
    /// When a code for that was mailed; none where none is awaited.
    pub code_asked_at: Option<Timestamp>,
}

row! {
    struct Row {
        hash: String,
        uuid: String,
        staff_id: i64,
        step: String,
        agent: String,
        created_at: i64,
        used_at: i64,
        ends_at: i64,
        confirmed_at: i64,
        code_asked_at: Option<i64>,
    }
}

impl TryFrom<Row> for StaffSession {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            hash: row.hash,
            uuid: row.uuid,
            staff: row.staff_id,
            step: row.step.parse().map_err(unreadable)?,
            agent: row.agent,
            created_at: Timestamp::from_micros(row.created_at),
            used_at: Timestamp::from_micros(row.used_at),
            ends_at: Timestamp::from_micros(row.ends_at),
            confirmed_at: Timestamp::from_micros(row.confirmed_at),
            code_asked_at: row.code_asked_at.map(Timestamp::from_micros),
        })
    }
}

/// Begins a session. Returns its name in lists.
pub async fn add(
    tx: &mut Tx,
    hash: &str,
    staff: i64,
    step: Step,
    agent: &str,
    ends_at: Timestamp,
    now: Timestamp,
) -> Result<String> {
    let uuid = new_uuid(now);
    sql!(
        tx,
        execute,
        "INSERT INTO staff_session (hash, uuid, staff_id, step, agent, created_at, used_at, confirmed_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7)",
        hash,
        uuid.as_str(),
        staff,
        step.as_str(),
        agent,
        now.micros(),
        ends_at.micros()
    )?;
    Ok(uuid)
}

/// The session of a token, by its hash.
pub async fn by_hash(conn: &mut impl Connection, hash: &str) -> Result<Option<StaffSession>> {
    sql!(
        conn,
        optional as Row,
        "SELECT hash, uuid, staff_id, step, agent, created_at, used_at, ends_at, confirmed_at, code_asked_at FROM staff_session WHERE hash = $1",
        hash
    )?
    .map(StaffSession::try_from)
    .transpose()
}

/// The sessions of a user, the latest first.
pub async fn of_staff(conn: &mut impl Connection, staff: i64) -> Result<Vec<StaffSession>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT hash, uuid, staff_id, step, agent, created_at, used_at, ends_at, confirmed_at, code_asked_at FROM staff_session \
         WHERE staff_id = $1 ORDER BY created_at DESC",
        staff
    )?;
    rows.into_iter().map(StaffSession::try_from).collect()
}

/// Notes that a session was used.
pub async fn used(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff_session SET used_at = $2 WHERE hash = $1",
        hash,
        now.micros()
    )?;
    Ok(())
}

/// Ends a session. Returns whether it was there.
pub async fn end(tx: &mut Tx, hash: &str) -> Result<bool> {
    let ended = sql!(
        tx,
        execute,
        "DELETE FROM staff_session WHERE hash = $1",
        hash
    )?;
    Ok(ended > 0)
}

/// Ends all sessions of a user but the one of this hash, if given. Returns how many.
pub async fn end_others(tx: &mut Tx, staff: i64, but: Option<&str>) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM staff_session WHERE staff_id = $1 AND hash <> $2",
        staff,
        but.unwrap_or_default()
    )
}

/// Removes sessions that have ended by `now`: at most `limit`. Returns how many.
pub async fn remove_ended(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM staff_session WHERE hash IN (SELECT hash FROM staff_session WHERE ends_at <= $1 LIMIT $2)",
        now.micros(),
        limit
    )
}

/// Gives a running session another token: its user has proved who they are.
pub async fn confirm(tx: &mut Tx, hash: &str, new: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff_session SET hash = $2, confirmed_at = $3, code_asked_at = NULL WHERE hash = $1",
        hash,
        new,
        now.micros()
    )?;
    Ok(())
}

/// Notes that a code is mailed. The one before it does not count any more.
pub async fn ask_code(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE staff_session SET code_asked_at = $2 WHERE hash = $1",
        hash,
        now.micros()
    )?;
    Ok(())
}

/// Ends the session of this name, if it is this user's. Returns whether it was there.
pub async fn end_named(tx: &mut Tx, staff: i64, uuid: &str) -> Result<bool> {
    let ended = sql!(
        tx,
        execute,
        "DELETE FROM staff_session WHERE uuid = $2 AND staff_id = $1",
        staff,
        uuid
    )?;
    Ok(ended > 0)
}
