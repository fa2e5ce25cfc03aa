//! How many subscriptions began and ended in each month: totals, so that no page counts subscribers.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

row! {
    /// The subscriptions of a newsletter in one month.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SubscriptionMonth {
        /// The row of the newsletter.
        pub newsletter_id: i64,
        /// The month (UTC), e.g. `2026-11`.
        pub month: String,
        /// How many began.
        pub started: i64,
        /// How many ended.
        pub ended: i64,
    }
}

/// The name of the month of an instant.
pub fn month_of(at: Timestamp) -> String {
    at.utc().format("%Y-%m").to_string()
}

/// Counts a subscription that began.
pub(super) async fn count_started(tx: &mut Tx, newsletter: i64, at: Timestamp) -> Result<()> {
    count(tx, newsletter, at, (1, 0)).await
}

/// Counts a subscription that ended.
pub(super) async fn count_ended(tx: &mut Tx, newsletter: i64, at: Timestamp) -> Result<()> {
    count(tx, newsletter, at, (0, 1)).await
}

/// Callers count the newsletters of one subscriber in the order of their rows, so that two
/// transactions never wait for each other.
async fn count(
    tx: &mut Tx,
    newsletter: i64,
    at: Timestamp,
    (started, ended): (i64, i64),
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO subscription_month (newsletter_id, month, started, ended) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (newsletter_id, month) DO UPDATE SET started = subscription_month.started + excluded.started, \
         ended = subscription_month.ended + excluded.ended",
        newsletter,
        month_of(at),
        started,
        ended
    )?;
    Ok(())
}

/// Every month of every newsletter, the earliest first. Few rows: one for each month since the
/// installation began.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<SubscriptionMonth>> {
    sql!(
        conn,
        all as SubscriptionMonth,
        "SELECT newsletter_id, month, started, ended FROM subscription_month ORDER BY month, newsletter_id"
    )
}
