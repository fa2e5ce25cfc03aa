//! What only one node does at a time: a row says which one, and until when.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// Takes or keeps what is called `name` until then; false when another holder's time is not up.
pub async fn hold(
    tx: &mut Tx,
    name: &str,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let held = sql!(
        tx,
        execute,
        "INSERT INTO leadership (name, holder, held_until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE \
         SET holder = excluded.holder, held_until = excluded.held_until \
         WHERE leadership.holder = excluded.holder OR leadership.held_until <= $4",
        name,
        holder,
        until.micros(),
        now.micros()
    )?;
    Ok(held == 1)
}

/// Gives back what `holder` holds, so that another one need not wait.
pub async fn release(tx: &mut Tx, name: &str, holder: &str) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM leadership WHERE name = $1 AND holder = $2",
        name,
        holder
    )?;
    Ok(())
}

/// Who holds it, and until when.
pub async fn holder(conn: &mut impl Connection, name: &str) -> Result<Option<(String, Timestamp)>> {
    let row = sql!(
        conn,
        optional as (String, i64),
        "SELECT holder, held_until FROM leadership WHERE name = $1",
        name
    )?;
    Ok(row.map(|(holder, until)| (holder, Timestamp::from_micros(until))))
}
