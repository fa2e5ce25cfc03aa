//! Removes a person from every table. Only figures remain, under a row without an address.

use super::dialect::look_up_by_keys;
use super::sql::{Connection, sql};
use super::{Result, Tx, subscription_month};
use crate::domain::timestamp::Timestamp;

/// Removes everything personal about a subscriber: address, sign-ups, subscriptions, proof of
/// consent, notices, and what relays said about their mails. Their ledger rows stay as figures; a
/// mail that was not started is not sent. Returns false if there is no such row with an address.
pub async fn erase(tx: &mut Tx, id: i64, now: Timestamp) -> Result<bool> {
    look_up_by_keys(tx).await?;
    let erased = sql!(
        tx,
        execute,
        "UPDATE subscriber SET state = 'erased', address = NULL, address_key = NULL WHERE id = $1 AND state <> 'erased'",
        id
    )?;
    if erased == 0 {
        return Ok(false);
    }
    sql!(
        tx,
        execute,
        "DELETE FROM outbox WHERE subscriber_id = $1",
        id
    )?;
    sql!(
        tx,
        execute,
        "DELETE FROM signup WHERE subscriber_id = $1",
        id
    )?;
    sql!(
        tx,
        execute,
        "DELETE FROM consent_event WHERE subscriber_id = $1",
        id
    )?;
    let running = sql!(
        tx,
        all as (i64,),
        "SELECT newsletter_id FROM subscription WHERE subscriber_id = $1 AND state = 'active' ORDER BY newsletter_id",
        id
    )?;
    for (newsletter,) in running {
        subscription_month::count_ended(tx, newsletter, now).await?;
    }
    sql!(
        tx,
        execute,
        "DELETE FROM subscription WHERE subscriber_id = $1",
        id
    )?;
    sql!(
        tx,
        execute,
        "UPDATE delivery SET state = 'left', finished_at = $2, leased_by = NULL, lease_until = NULL \
         WHERE subscriber_id = $1 AND issue_id IN (SELECT id FROM issue) AND state IN ('queued', 'leased')",
        id,
        now.micros()
    )?;
    remove_words(tx, id).await?;
    Ok(true)
}

/// Removes what relays said about the mails of a subscriber: replies often contain the address.
async fn remove_words(tx: &mut Tx, id: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "UPDATE delivery SET reply = NULL WHERE subscriber_id = $1 AND issue_id IN (SELECT id FROM issue) \
         AND reply IS NOT NULL",
        id
    )
}

/// Erased rows after `after`, at most `limit`, in order.
pub async fn erased(conn: &mut impl Connection, after: i64, limit: i64) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM subscriber WHERE state = 'erased' AND id > $1 ORDER BY id LIMIT $2",
        after,
        limit
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What [`remove_erased_row`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// Nothing referred to the row any more; it was deleted.
    Removed,
    /// The ledger refers to it. Holds the number of rows whose reply came after the erasure, for a
    /// mail in flight; those replies were deleted.
    Stays(u64),
}

/// Deletes the row of an erased person once the ledger no longer refers to it.
pub async fn remove_erased_row(tx: &mut Tx, id: i64) -> Result<Shell> {
    look_up_by_keys(tx).await?;
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM subscriber WHERE id = $1 AND state = 'erased' AND NOT EXISTS (SELECT 1 FROM delivery d \
         WHERE d.subscriber_id = $1 AND d.issue_id IN (SELECT id FROM issue))",
        id
    )?;
    if removed == 1 {
        return Ok(Shell::Removed);
    }
    Ok(Shell::Stays(remove_words(tx, id).await?))
}
