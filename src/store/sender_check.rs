//! Whether the sender of a newsletter receives mails: a code was mailed there and typed back.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// The check of a newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderCheck {
    /// Where the code was mailed.
    pub address: String,
    /// SHA-256 of the code, in hexadecimal.
    pub code_hash: String,
    /// Wrong codes that were typed.
    pub failures: i64,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When the right code was typed.
    pub checked_at: Option<Timestamp>,
}

row! {
    struct Row {
        address: String,
        code_hash: String,
        failures: i64,
        requested_at: i64,
        checked_at: Option<i64>,
    }
}

/// Asks anew: what was checked before does not count any more.
pub async fn ask(
    tx: &mut Tx,
    newsletter: i64,
    address: &str,
    code_hash: &str,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO sender_check (newsletter_id, address, code_hash, failures, requested_at) VALUES ($1, $2, $3, 0, $4) \
         ON CONFLICT (newsletter_id) DO UPDATE SET address = excluded.address, code_hash = excluded.code_hash, failures = 0, \
         requested_at = excluded.requested_at, checked_at = NULL",
        newsletter,
        address,
        code_hash,
        now.micros()
    )?;
    Ok(())
}

/// The check of a newsletter, if one was asked for.
pub async fn of(conn: &mut impl Connection, newsletter: i64) -> Result<Option<SenderCheck>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT address, code_hash, failures, requested_at, checked_at FROM sender_check WHERE newsletter_id = $1",
        newsletter
    )?;
    Ok(row.map(|row| SenderCheck {
        address: row.address,
        code_hash: row.code_hash,
        failures: row.failures,
        requested_at: Timestamp::from_micros(row.requested_at),
        checked_at: row.checked_at.map(Timestamp::from_micros),
    }))
}

/// Counts a wrong code.
pub async fn fail(tx: &mut Tx, newsletter: i64) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE sender_check SET failures = failures + 1 WHERE newsletter_id = $1",
        newsletter
    )?;
    Ok(())
}

/// Notes that the right code was typed.
pub async fn confirm(tx: &mut Tx, newsletter: i64, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE sender_check SET checked_at = $2 WHERE newsletter_id = $1",
        newsletter,
        now.micros()
    )?;
    Ok(())
}
