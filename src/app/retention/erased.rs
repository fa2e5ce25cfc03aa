//! Rows of people who were erased: they go once no row of the ledger points to them.

use super::{Class, record};
use crate::app::{Actor, App, Error};
use crate::domain::audit::Action;
use crate::store;
use crate::store::erasure::Shell;

/// Rows looked at in one transaction.
const ROWS: i64 = 200;

/// Removes rows of erased people to which nothing points any more, and words that a relay said about
/// a mail that was on its way when its reader was erased. Returns how many rows were removed.
pub async fn erased(app: &App, actor: &Actor) -> Result<u64, Error> {
    let (mut removed, mut after) = (0, i64::MIN);
    loop {
        let rows = store::erasure::erased(&mut app.db.read().await?, after, ROWS).await?;
        let Some(last) = rows.last() else {
            return Ok(removed);
        };
        after = *last;
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let (mut batch, mut words) = (0, 0);
        for row in rows {
            match store::erasure::remove_erased_row(operation.tx(), row).await? {
                Shell::Removed => batch += 1,
                Shell::Stays(late) => words += late,
            }
        }
        if batch > 0 {
            record(&mut operation, Class::Erased, batch);
        }
        if batch + words > 0 {
            operation.commit().await?;
        }
        removed += batch;
    }
}
