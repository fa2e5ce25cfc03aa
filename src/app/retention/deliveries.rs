//! The ledger of issues that have ended: who got them is folded into totals.

use super::{Class, record};
use crate::app::{Actor, App, Error};
use crate::domain::audit::Action;
use crate::store;

/// Rows of the ledger that one transaction folds.
const ROWS: i64 = 5_000;

/// Folds the rows of every issue that ended before the period into totals by state, failure class
/// and domain. Returns how many rows there were.
pub async fn deliveries(app: &App, actor: &Actor) -> Result<u64, Error> {
    let before = app.clock.now().minus(app.config.retention.deliveries);
    let due = store::delivery_total::due(&mut app.db.read().await?, before).await?;
    let mut folded = 0;
    for issue in due {
        folded += fold(app, actor, issue).await?;
    }
    Ok(folded)
}

async fn fold(app: &App, actor: &Actor, issue: i64) -> Result<u64, Error> {
    let mut folded = 0;
    loop {
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let at = operation.at();
        match store::delivery_total::fold(operation.tx(), issue, ROWS).await? {
            // Somebody sends it once more: its end comes again.
            None => return Ok(folded),
            Some(0) => {
                store::delivery_total::finish(operation.tx(), issue, at).await?;
                record(&mut operation, Class::Deliveries, folded);
                operation.commit().await?;
                return Ok(folded);
            }
            Some(rows) => {
                operation.commit().await?;
                folded += rows;
            }
        }
    }
}
