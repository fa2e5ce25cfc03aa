//! Removing what has ended: sessions, links, delays.

use crate::app::App;
use crate::store;

/// Records that one transaction removes at most.
const BATCH: i64 = 500;

/// Removes sessions, links and delays that have ended. Nothing in them is evidence: logging in and out
/// stands in the audit log. Returns how many there were.
pub async fn remove_ended(app: &App) -> store::Result<u64> {
    let mut removed = 0;
    loop {
        let mut tx = app.db.begin().await?;
        let now = app.clock.now();
        let batch = store::staff_session::remove_ended(&mut tx, now, BATCH).await?
            + store::staff_link::remove_expired(&mut tx, now, BATCH).await?
            + store::login_delay::remove_ended(&mut tx, now, BATCH).await?;
        tx.commit().await?;
        removed += batch;
        if batch == 0 {
            return Ok(removed);
        }
    }
}
