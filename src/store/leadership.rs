//! Leadership: a row says which node leads, and until when.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// The instants of a lease.
#[derive(Debug, Clone, Copy)]
pub struct Lease {
    /// The present.
    pub now: Timestamp,
    /// The end of the lease.
    pub until: Timestamp,
    /// No valid lease ends later than this: one that does was written by a clock that was ahead,
    /// and is ignored.
    pub longest: Timestamp,
}

/// Acquires or renews the lease `name`; false while another holder has it.
pub async fn hold(tx: &mut Tx, name: &str, holder: &str, lease: Lease) -> Result<bool> {
    let held = sql!(
        tx,
        execute,
        "INSERT INTO leadership (name, holder, held_until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE \
         SET holder = excluded.holder, held_until = excluded.held_until \
         WHERE leadership.holder = excluded.holder OR leadership.held_until <= $4 OR leadership.held_until > $5",
        name,
        holder,
        lease.until.micros(),
        lease.now.micros(),
        lease.longest.micros()
    )?;
    Ok(held == 1)
}

/// Ends the lease of `holder` now, so that nobody has to wait for its expiry.
pub async fn resign(tx: &mut Tx, name: &str, holder: &str) -> Result<()> {
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
