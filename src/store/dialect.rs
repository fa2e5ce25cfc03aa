//! The only place where the two databases differ.

use super::sql::{Connection, On};
use crate::domain::timestamp::Timestamp;

/// A statement that has to be spelled differently.
#[derive(Clone, Copy)]
pub(super) struct Dialect {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

impl Dialect {
    /// The text for the database of `conn`.
    pub(super) fn on(self, conn: &mut impl Connection) -> &'static str {
        match conn.on() {
            On::Sqlite(_) => self.sqlite,
            On::Postgres(_) => self.postgres,
        }
    }
}

/// Makes PostgreSQL look rows up by key for the rest of this transaction. Its planner overestimates
/// the rows of a list or a LIMIT and would scan whole tables for every batch. SQLite needs nothing.
pub(super) async fn look_up_by_keys(conn: &mut impl Connection) -> super::Result<()> {
    if let On::Postgres(conn) = conn.on() {
        sqlx::raw_sql(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off",
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// The current time of the database server, which all nodes share. `None` for SQLite: it runs in
/// this process and uses our clock.
pub async fn server_time(conn: &mut impl Connection) -> super::Result<Option<Timestamp>> {
    let On::Postgres(conn) = conn.on() else {
        return Ok(None);
    };
    let (micros,): (i64,) =
        sqlx::query_as("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)")
            .fetch_one(conn)
            .await?;
    Ok(Some(Timestamp::from_micros(micros)))
}

/// For the rest of this transaction, a statement that waits this long for a lock fails. SQLite has
/// one writer, which never waits.
pub(super) async fn wait_for_locks_at_most(
    conn: &mut impl Connection,
    within: std::time::Duration,
) -> super::Result<()> {
    if let On::Postgres(conn) = conn.on() {
        sqlx::query("SELECT set_config('lock_timeout', $1, true)")
            .bind(format!("{}ms", within.as_millis()))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Rows as a statement with `json_texts` takes them.
pub(super) fn list_of(rows: &[i64]) -> String {
    let texts: Vec<String> = rows.iter().map(|row| format!("\"{row}\"")).collect();
    format!("[{}]", texts.join(","))
}

/// Builds both texts of a statement from one, with a few placeholders that differ:
///
/// ```text
/// const LEASE: Dialect = both!("… LIMIT $3 ", skip_locked, ") RETURNING …");
/// ```
///
/// - `skip_locked`: PostgreSQL skips rows another node is leasing; SQLite has one writer
/// - `not_awaited`: PostgreSQL skips rows whose result the worker `$2` may still record
/// - `json_rows`: one JSON array of an array for each row; `(column, …))` follows
/// - `json_texts`: the texts of the JSON array `$1`, as rows with the column `value`
/// - `address_domain`: the part of `r.address_key` after the @
macro_rules! both {
    ($($part:tt),+ $(,)?) => {
        $crate::store::dialect::Dialect {
            sqlite: concat!($($crate::store::dialect::both!(@sqlite $part)),+),
            postgres: concat!($($crate::store::dialect::both!(@postgres $part)),+),
        }
    };
    (@sqlite skip_locked) => { "" };
    (@postgres skip_locked) => { " FOR UPDATE SKIP LOCKED" };
    (@sqlite not_awaited) => { "" };
    (@postgres not_awaited) => { " AND (lease_until IS NULL OR leased_by <> $2)" };
    (@sqlite json_rows) => { "json_group_array(json_array" };
    (@postgres json_rows) => { "json_agg(json_build_array" };
    (@sqlite json_texts) => { "json_each($1)" };
    (@postgres json_texts) => { "json_array_elements_text(CAST($1 AS JSON))" };
    (@sqlite address_domain) => { "substr(r.address_key, instr(r.address_key, '@') + 1)" };
    (@postgres address_domain) => { "split_part(r.address_key, '@', 2)" };
    (@sqlite $text:literal) => { $text };
    (@postgres $text:literal) => { $text };
}
pub(super) use both;
