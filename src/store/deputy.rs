//! Who may approve in place of an approver, and when.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::review::Deputy;
use crate::domain::timestamp::Timestamp;

row! {
    struct Row {
        id: i64,
        approver: String,
        deputy: String,
        from_at: i64,
        until_at: i64,
    }
}

impl From<Row> for Deputy {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            approver: row.approver,
            deputy: row.deputy,
            from: Timestamp::from_micros(row.from_at),
            until: Timestamp::from_micros(row.until_at),
        }
    }
}

/// Names a deputy. Returns the row.
pub async fn add(
    tx: &mut Tx,
    (approver, deputy): (&str, &str),
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<i64> {
    let (id,) = sql!(
        tx,
        one as (i64,),
        "INSERT INTO deputy (approver, deputy, from_at, until_at, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        approver,
        deputy,
        from.micros(),
        until.micros(),
        now.micros()
    )?;
    Ok(id)
}

/// Ends a time as deputy that has begun, or removes one that has not. Returns whether there was one.
pub async fn end(tx: &mut Tx, id: i64, approver: &str, now: Timestamp) -> Result<bool> {
    let ended = sql!(
        tx,
        execute,
        "UPDATE deputy SET until_at = $3 WHERE id = $1 AND approver = $2 AND from_at < $3 AND until_at > $3",
        id,
        approver,
        now.micros()
    )?;
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM deputy WHERE id = $1 AND approver = $2 AND from_at >= $3",
        id,
        approver,
        now.micros()
    )?;
    Ok(ended + removed > 0)
}

/// For whom somebody is the deputy at `now`.
pub async fn of_deputy(
    conn: &mut impl Connection,
    deputy: &str,
    now: Timestamp,
) -> Result<Vec<Deputy>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, approver, deputy, from_at, until_at FROM deputy WHERE deputy = $1 AND until_at > $2 AND from_at <= $2 ORDER BY id",
        deputy,
        now.micros()
    )?;
    Ok(rows.into_iter().map(Deputy::from).collect())
}

/// Everybody's deputies from `now` on, those that begin first in front; at most `limit`.
pub async fn current(
    conn: &mut impl Connection,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Deputy>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, approver, deputy, from_at, until_at FROM deputy WHERE until_at > $1 ORDER BY from_at, id LIMIT $2",
        now.micros(),
        limit
    )?;
    Ok(rows.into_iter().map(Deputy::from).collect())
}
