//! What a change of the contents does to an issue that was handed in or approved.

use super::EditError;
use crate::app::Operation;
use crate::app::issues::review;
use crate::domain::issue::ContentChange;
use crate::domain::review::Change;
use crate::store::issue::Issue;

/// Takes back what was decided about an issue: one that was approved, or shown to an approver, is a
/// draft again. Called once by each operation that changes its contents, in its transaction.
pub(super) async fn changed(
    op: &mut Operation,
    issue: &Issue,
    change: ContentChange,
) -> Result<(), EditError> {
    let change = match change {
        ContentChange::EntryAdded | ContentChange::EntryLeftOut => Change::Entries,
        ContentChange::Order | ContentChange::Pin | ContentChange::Shortened => Change::Arrangement,
        ContentChange::Texts => Change::Text { language: None },
    };
    review::changed(op, issue, change).await?;
    Ok(())
}
