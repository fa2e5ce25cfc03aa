//! Filters of the list of entries that users keep.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

row! {
    /// A filter.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct KeptFilter {
        /// What its user calls it.
        pub name: String,
        /// The query of the list's address.
        pub query: String,
    }
}

/// Keeps a filter; one of the same name is replaced.
pub async fn keep(tx: &mut Tx, staff: i64, filter: &KeptFilter, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO kept_filter (staff_id, name, query, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (staff_id, name) DO UPDATE SET query = excluded.query",
        staff,
        filter.name.as_str(),
        filter.query.as_str(),
        now.micros()
    )?;
    Ok(())
}

/// Forgets a filter. False where there is none of this name.
pub async fn forget(tx: &mut Tx, staff: i64, name: &str) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "DELETE FROM kept_filter WHERE staff_id = $1 AND name = $2",
        staff,
        name
    )?;
    Ok(touched == 1)
}

/// The filters of a user, by name.
pub async fn of(conn: &mut impl Connection, staff: i64) -> Result<Vec<KeptFilter>> {
    sql!(
        conn,
        all as KeptFilter,
        "SELECT name, query FROM kept_filter WHERE staff_id = $1 ORDER BY name",
        staff
    )
}
