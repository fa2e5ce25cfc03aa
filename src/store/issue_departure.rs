//! How many people an issue made leave: a number for each issue, without persons.

use super::sql::{Connection, sql};
use super::{Result, Tx};

/// Counts one more person who left by a link in a mail of this issue.
pub async fn add(tx: &mut Tx, issue: i64) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO issue_departure (issue_id, people) VALUES ($1, 1) \
         ON CONFLICT (issue_id) DO UPDATE SET people = issue_departure.people + 1",
        issue
    )?;
    Ok(())
}

/// How many people left by a link in a mail of this issue.
pub async fn of_issue(conn: &mut impl Connection, issue: i64) -> Result<i64> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT people FROM issue_departure WHERE issue_id = $1",
        issue
    )?;
    Ok(found.map_or(0, |(people,)| people))
}
