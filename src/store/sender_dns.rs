//! What the DNS said about the sender of a newsletter when somebody looked it up.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::sender_dns::Looked;
use crate::domain::timestamp::Timestamp;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderDns {
    /// The records.
    pub records: Vec<Looked>,
    /// When they were looked up.
    pub at: Timestamp,
}

row! {
    struct Row {
        records: String,
        looked_at: i64,
    }
}

/// Keeps what was found, in place of what was found before.
pub async fn keep(tx: &mut Tx, newsletter: i64, records: &[Looked], now: Timestamp) -> Result<()> {
    let json = serde_json::to_string(records).map_err(unreadable)?;
    sql!(
        tx,
        execute,
        "INSERT INTO sender_dns (newsletter_id, records, looked_at) VALUES ($1, $2, $3) \
         ON CONFLICT (newsletter_id) DO UPDATE SET records = excluded.records, looked_at = excluded.looked_at",
        newsletter,
        json,
        now.micros()
    )?;
    Ok(())
}

/// What was found for a newsletter, if somebody looked.
pub async fn of(conn: &mut impl Connection, newsletter: i64) -> Result<Option<SenderDns>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT records, looked_at FROM sender_dns WHERE newsletter_id = $1",
        newsletter
    )?;
    row.map(|row| {
        Ok(SenderDns {
            records: serde_json::from_str(&row.records).map_err(unreadable)?,
            at: Timestamp::from_micros(row.looked_at),
        })
    })
    .transpose()
}
