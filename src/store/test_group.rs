//! Groups of addresses to which the team sends test mails.

use super::error::unreadable;
use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::address::Address;
use crate::domain::timestamp::Timestamp;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestGroup {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<Address>,
}

/// All groups by their names; so few that a page lists them.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<TestGroup>> {
    let rows = sql!(
        conn,
        all as (i64, String, String),
        "SELECT id, name, addresses FROM test_group ORDER BY name LIMIT 100"
    )?;
    rows.into_iter()
        .map(|(id, name, addresses)| {
            let addresses = addresses
                .lines()
                .map(|line| Address::parse(line).map_err(unreadable));
            Ok(TestGroup {
                id,
                name,
                addresses: addresses.collect::<Result<_>>()?,
            })
        })
        .collect()
}

/// Keeps a group, in place of one of the same name.
pub async fn keep(tx: &mut Tx, name: &str, addresses: &[Address], now: Timestamp) -> Result<()> {
    let lines: Vec<_> = addresses.iter().map(Address::as_str).collect();
    sql!(
        tx,
        execute,
        "INSERT INTO test_group (name, addresses, updated_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET addresses = excluded.addresses, updated_at = excluded.updated_at",
        name,
        lines.join("\n"),
        now.micros()
    )?;
    Ok(())
}

/// Removes a group. Returns false where there was none.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<bool> {
    let touched = sql!(tx, execute, "DELETE FROM test_group WHERE name = $1", name)?;
    Ok(touched == 1)
}
