//! Links in mails to staff: stored only as hashes, each used once.

use super::error::unreadable;
use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

named_enum! {
    /// What a link is for.
    pub enum LinkPurpose ("purpose of a link") {
        /// Setting up an access.
        Invitation = "invitation",
        /// Logging in.
        Login = "login",
        /// Setting a new password.
        Password = "password",
        /// Making the first administrator.
        FirstAdministrator = "first-administrator",
    }
}

/// A link as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLink {
    /// Whose it is; none for the first administrator, who is not there yet.
    pub staff: Option<i64>,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Until when it works.
    pub expires_at: Timestamp,
}

type Row = (Option<i64>, String, i64);

fn read((staff, purpose, expires_at): Row) -> Result<StaffLink> {
    Ok(StaffLink {
        staff,
        purpose: purpose.parse().map_err(unreadable)?,
        expires_at: Timestamp::from_micros(expires_at),
    })
}

/// Stores a link.
pub async fn add(tx: &mut Tx, hash: &str, link: &StaffLink, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO staff_link (hash, staff_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        hash,
        link.staff,
        link.purpose.as_str(),
        now.micros(),
        link.expires_at.micros()
    )?;
    Ok(())
}

/// The link of a token, by its hash, unless it has expired.
pub async fn by_hash(
    conn: &mut impl Connection,
    hash: &str,
    now: Timestamp,
) -> Result<Option<StaffLink>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT staff_id, purpose, expires_at FROM staff_link WHERE hash = $1 AND expires_at > $2",
        hash,
        now.micros()
    )?;
    row.map(read).transpose()
}

/// Uses a link: nobody gets it a second time.
pub async fn take(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<Option<StaffLink>> {
    let row = sql!(
        tx,
        optional as Row,
        "DELETE FROM staff_link WHERE hash = $1 AND expires_at > $2 RETURNING staff_id, purpose, expires_at",
        hash,
        now.micros()
    )?;
    row.map(read).transpose()
}

/// Removes all links of a user.
pub async fn remove_of_staff(tx: &mut Tx, staff: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM staff_link WHERE staff_id = $1",
        staff
    )
}

/// Removes the links that make the first administrator.
pub async fn remove_first_administrator(tx: &mut Tx) -> Result<u64> {
    sql!(tx, execute, "DELETE FROM staff_link WHERE staff_id IS NULL")
}

/// Removes links that have expired by `now`: at most `limit`. Returns how many.
pub async fn remove_expired(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM staff_link WHERE hash IN (SELECT hash FROM staff_link WHERE expires_at <= $1 LIMIT $2)",
        now.micros(),
        limit
    )
}
