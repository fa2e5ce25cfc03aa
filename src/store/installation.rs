//! Facts about this installation: key-value rows.

use super::Result;
use super::sql::{Connection, sql};

/// The value stored under `key`.
pub async fn get(conn: &mut impl Connection, key: &str) -> Result<Option<String>> {
    let row = sql!(
        conn,
        optional as (String,),
        "SELECT value FROM installation WHERE key = $1",
        key
    )?;
    Ok(row.map(|(value,)| value))
}

/// Stores `value` under `key` unless there is a value; returns the stored one.
pub async fn get_or_set(conn: &mut super::Tx, key: &str, value: &str) -> Result<String> {
    sql!(
        conn,
        execute,
        "INSERT INTO installation (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING",
        key,
        value
    )?;
    let (kept,) = sql!(
        conn,
        one as (String,),
        "SELECT value FROM installation WHERE key = $1",
        key
    )?;
    Ok(kept)
}

/// Stores `value` under `key`, replacing any other.
pub async fn set(conn: &mut super::Tx, key: &str, value: &str) -> Result<()> {
    sql!(
        conn,
        execute,
        "INSERT INTO installation (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        value
    )?;
    Ok(())
}

/// The values whose keys begin with `prefix`, by key.
pub async fn beginning_with(
    conn: &mut impl Connection,
    prefix: &str,
) -> Result<Vec<(String, String)>> {
    sql!(
        conn,
        all as (String, String),
        "SELECT key, value FROM installation WHERE SUBSTR(key, 1, LENGTH($1)) = $1 ORDER BY key",
        prefix
    )
}
