//! How many mails each relay was sent within its windows. They are counted here so that a relay's
//! limits hold for all nodes and across restarts. `delivery` decides what is counted for how long.

use std::time::Duration;

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

row! {
    /// The permits taken within one stretch of time.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Cell {
        /// `second`, `minute`, `hour` or `day`.
        pub span: String,
        /// Microseconds since the epoch.
        pub begins_at: i64,
        /// How many.
        pub taken: i64,
    }
}

/// Locks the counts of a relay until the transaction ends, and returns the time to count by: `now`,
/// or the latest time of another node's clock if that is ahead by at most `skew`. A clock further
/// ahead was wrong.
pub async fn lock(tx: &mut Tx, relay: &str, now: Timestamp, skew: Duration) -> Result<Timestamp> {
    let (seen,) = sql!(
        tx,
        one as (i64,),
        "INSERT INTO relay_limit (relay, seen_at) VALUES ($1, $2) ON CONFLICT (relay) DO UPDATE SET seen_at = \
         CASE WHEN relay_limit.seen_at > $2 AND relay_limit.seen_at <= $3 THEN relay_limit.seen_at ELSE $2 END \
         RETURNING seen_at",
        relay,
        now.micros(),
        now.plus(skew).micros()
    )?;
    Ok(Timestamp::from_micros(seen))
}

/// All cells of a relay, in order of time.
pub async fn cells(conn: &mut impl Connection, relay: &str) -> Result<Vec<Cell>> {
    sql!(
        conn,
        all as Cell,
        "SELECT span, begins_at, taken FROM relay_window WHERE relay = $1 ORDER BY begins_at",
        relay
    )
}

/// Adds taken permits; the relay must be [locked](lock).
pub async fn take(
    tx: &mut Tx,
    relay: &str,
    span: &str,
    begins_at: Timestamp,
    count: u32,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO relay_window (relay, span, begins_at, taken) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (relay, span, begins_at) DO UPDATE SET taken = relay_window.taken + excluded.taken",
        relay,
        span,
        begins_at.micros(),
        i64::from(count)
    )?;
    Ok(())
}

/// Deletes the cells of a span that began before `from` or after `to`. Returns how many.
pub async fn forget(
    tx: &mut Tx,
    relay: &str,
    span: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM relay_window WHERE relay = $1 AND span = $2 AND (begins_at < $3 OR begins_at > $4)",
        relay,
        span,
        from.micros(),
        to.micros()
    )
}
