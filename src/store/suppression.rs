//! Addresses that must never be mailed again, stored only as keyed hashes.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// Whether any of the hashes (one for every known key) is suppressed.
pub async fn contains(conn: &mut impl Connection, hashes: &[String]) -> Result<bool> {
    for hash in hashes {
        let found = sql!(
            conn,
            optional as (i64,),
            "SELECT created_at FROM suppression WHERE address_hash = $1",
            hash.as_str()
        )?;
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Why an address is suppressed, and since when.
pub async fn reason(
    conn: &mut impl Connection,
    hashes: &[String],
) -> Result<Option<(String, Timestamp)>> {
    for hash in hashes {
        let found = sql!(
            conn,
            optional as (String, i64),
            "SELECT reason, created_at FROM suppression WHERE address_hash = $1",
            hash.as_str()
        )?;
        if let Some((reason, since)) = found {
            return Ok(Some((reason, Timestamp::from_micros(since))));
        }
    }
    Ok(None)
}

/// Suppresses an address; the first reason stays.
pub async fn add(tx: &mut Tx, hash: &str, reason: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO suppression (address_hash, reason, created_at) VALUES ($1, $2, $3) ON CONFLICT (address_hash) DO NOTHING",
        hash,
        reason,
        now.micros()
    )?;
    Ok(())
}
