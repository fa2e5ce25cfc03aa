//! Confirmation links that were sent, stored only as hashes.

use super::sql::{Connection, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// Stores a token of a sign-up. A sign-up has several if its mail was sent again.
pub async fn add(tx: &mut Tx, hash: &str, signup: i64, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO confirm_token (hash, signup_id, created_at) VALUES ($1, $2, $3)",
        hash,
        signup,
        now.micros()
    )?;
    Ok(())
}

/// The sign-up that a token confirms.
pub async fn signup(conn: &mut impl Connection, hash: &str) -> Result<Option<i64>> {
    let row = sql!(
        conn,
        optional as (i64,),
        "SELECT signup_id FROM confirm_token WHERE hash = $1",
        hash
    )?;
    Ok(row.map(|(signup,)| signup))
}
