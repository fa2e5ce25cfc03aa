//! Organisations: the publishers of entries.

use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid};
use crate::domain::timestamp::Timestamp;

row! {
    /// An organisation as it is stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Organisation {
        /// Its row.
        pub id: i64,
        /// Its name outside the installation.
        pub uuid: String,
        /// Its name as readers see it; unique.
        pub name: String,
    }
}

/// Adds an organisation unless there is one of this name; returns whether it was added.
pub async fn add_missing(tx: &mut Tx, name: &str, now: Timestamp) -> Result<bool> {
    let added = sql!(
        tx,
        execute,
        "INSERT INTO organisation (uuid, name, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
        new_uuid(now),
        name,
        now.micros()
    )?;
    Ok(added == 1)
}

/// The organisation of this name, created if there is none.
pub async fn ensure(tx: &mut Tx, name: &str, now: Timestamp) -> Result<Organisation> {
    add_missing(tx, name, now).await?;
    sql!(
        tx,
        one as Organisation,
        "SELECT id, uuid, name FROM organisation WHERE name = $1",
        name
    )
}

/// Every organisation, by name.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<Organisation>> {
    sql!(
        conn,
        all as Organisation,
        "SELECT id, uuid, name FROM organisation ORDER BY name"
    )
}
