//! Failed logins, counted by the keyed hash of an account or a network: all nodes agree on how long
//! to wait.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// What is known of an account or a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// Attempts that were not successful, or are under way.
    pub count: i64,
    /// When the next attempt is allowed.
    pub next_at: Timestamp,
}

/// What is known at `now`, and locked until the transaction ends.
pub async fn locked(tx: &mut Tx, who: &str, now: Timestamp) -> Result<Option<Failures>> {
    // The update comes first: it is what locks the row on PostgreSQL.
    sql!(
        tx,
        execute,
        "UPDATE login_delay SET failures = failures WHERE who = $1",
        who
    )?;
    read(tx, who, now).await
}

/// What is known at `now`.
pub async fn read(
    conn: &mut impl Connection,
    who: &str,
    now: Timestamp,
) -> Result<Option<Failures>> {
    let row = sql!(
        conn,
        optional as (i64, i64),
        "SELECT failures, next_at FROM login_delay WHERE who = $1 AND ends_at > $2",
        who,
        now.micros()
    )?;
    Ok(row.map(|(count, next_at)| Failures {
        count,
        next_at: Timestamp::from_micros(next_at),
    }))
}

/// Notes what is known from now on, to be forgotten at `ends_at`.
pub async fn set(tx: &mut Tx, who: &str, failures: Failures, ends_at: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO login_delay (who, failures, next_at, ends_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, next_at = excluded.next_at, ends_at = excluded.ends_at",
        who,
        failures.count,
        failures.next_at.micros(),
        ends_at.micros()
    )?;
    Ok(())
}

/// Forgets an account: its user has logged in.
pub async fn forget(tx: &mut Tx, who: &str) -> Result<()> {
    sql!(tx, execute, "DELETE FROM login_delay WHERE who = $1", who)?;
    Ok(())
}

/// Takes back one attempt of a network: it was successful.
pub async fn take_back(tx: &mut Tx, who: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE login_delay SET failures = failures - 1, next_at = $2 WHERE who = $1 AND failures > 0",
        who,
        now.micros()
    )?;
    Ok(())
}

/// Removes what is forgotten by `now`: at most `limit`. Returns how many.
pub async fn remove_ended(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM login_delay WHERE who IN (SELECT who FROM login_delay WHERE ends_at <= $1 LIMIT $2)",
        now.micros(),
        limit
    )
}
