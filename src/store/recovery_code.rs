//! Recovery codes of users, stored only as hashes.

use super::sql::{Connection, sql};
use super::{Result, Tx};

/// Gives a user these codes in place of all others.
pub async fn replace(tx: &mut Tx, staff: i64, hashes: &[String]) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM recovery_code WHERE staff_id = $1",
        staff
    )?;
    for hash in hashes {
        sql!(
            tx,
            execute,
            "INSERT INTO recovery_code (hash, staff_id) VALUES ($1, $2)",
            hash.as_str(),
            staff
        )?;
    }
    Ok(())
}

/// Uses a code. Returns whether it was there: each works once.
pub async fn take(tx: &mut Tx, staff: i64, hash: &str) -> Result<bool> {
    let taken = sql!(
        tx,
        execute,
        "DELETE FROM recovery_code WHERE hash = $1 AND staff_id = $2",
        hash,
        staff
    )?;
    Ok(taken == 1)
}

/// How many codes a user has left.
pub async fn left(conn: &mut impl Connection, staff: i64) -> Result<i64> {
    let (left,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM recovery_code WHERE staff_id = $1",
        staff
    )?;
    Ok(left)
}
