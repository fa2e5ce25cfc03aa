//! Retention: each class of records about people has a period, and one function that removes what is
//! older, in bounded steps. `jobs` calls them; the privacy notice states the same periods.
//!
//! Each returns how many records it removed, and leaves an audit line where there were any.

mod deliveries;
mod erased;
mod pictures;
mod proofs;
mod unconfirmed;

use std::time::Duration;

pub use deliveries::deliveries;
pub use erased::erased;
pub use pictures::pictures;
pub use proofs::proofs;
pub use unconfirmed::{Unconfirmed, unconfirmed};

use super::{Actor, App, Error};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::named::named_enum;
use crate::store;
use crate::store::space::Compacted;

/// Records that one transaction removes at most, so that others can write in between.
const BATCH: i64 = 500;

named_enum! {
    /// A class of records with a period of retention.
    pub enum Class ("class of records") {
        /// Sign-ups that nobody confirmed, and addresses of which nothing else is known.
        Unconfirmed = "unconfirmed",
        /// Rows of the ledger of issues that have ended: folded into totals.
        Deliveries = "deliveries",
        /// Proofs of consent for subscriptions that have ended.
        Proofs = "proofs",
        /// Confirmations and other notices.
        Notices = "notices",
        /// What a sent issue needed only for sending.
        Rendered = "rendered",
        /// Pictures that no entry and no version of one has any more, and files without a picture.
        Pictures = "pictures",
        /// Lines of the audit log.
        Audit = "audit",
        /// Rows of erased people to which nothing points any more.
        Erased = "erased",
        /// Lines of the privacy journal.
        Journal = "journal",
    }
}

impl Class {
    fn subject(self) -> Subject {
        Subject::new(SubjectKind::Retention, self)
    }
}

/// Removes what is past its period in one class. Returns how many records that were.
pub async fn remove(app: &App, actor: &Actor, class: Class) -> Result<u64, Error> {
    match class {
        Class::Unconfirmed => unconfirmed(app, actor)
            .await
            .map(|removed| removed.sign_ups),
        Class::Deliveries => deliveries(app, actor).await,
        Class::Proofs => proofs(app, actor).await,
        Class::Notices => lines(app, actor, class, app.config.retention.notices).await,
        Class::Rendered => rendered(app, actor).await,
        Class::Pictures => pictures(app, actor).await,
        Class::Audit => lines(app, actor, class, app.config.retention.audit).await,
        Class::Erased => erased(app, actor).await,
        Class::Journal => journal(app, actor).await,
    }
}

/// Gives back the space of what was removed. Returns what that was.
pub async fn give_back(app: &App) -> Result<Compacted, Error> {
    Ok(app.db.give_back().await?)
}

/// Removes the rendered texts of issues that have ended; what was approved stays with the issue.
async fn rendered(app: &App, actor: &Actor) -> Result<u64, Error> {
    let before = app.clock.now().minus(app.config.retention.rendered);
    let due = store::part::of_ended(&mut app.db.read().await?, before).await?;
    let mut removed = 0;
    for issue in due {
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let texts = store::part::remove_of(operation.tx(), issue).await?;
        record(&mut operation, Class::Rendered, texts);
        operation.commit().await?;
        removed += texts;
    }
    Ok(removed)
}

/// Removes lines of the privacy journal that no backup is older than.
async fn journal(app: &App, actor: &Actor) -> Result<u64, Error> {
    let before = app.clock.now().minus(app.config.retention.journal);
    let removed = app.privacy_journal().prune(before).await;
    let removed = removed.map_err(Error::Journal)?;
    if removed > 0 {
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        record(&mut operation, Class::Journal, removed);
        operation.commit().await?;
    }
    Ok(removed)
}

/// Removes notices that were sent or given up, or lines of the audit log (its chain keeps the last of
/// them as its anchor), batch by batch until nothing is left.
async fn lines(app: &App, actor: &Actor, class: Class, kept: Duration) -> Result<u64, Error> {
    let before = app.clock.now().minus(kept);
    let mut removed = 0;
    loop {
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let tx = operation.tx();
        let batch = match class {
            Class::Audit => store::audit::remove_before(tx, before, BATCH).await?,
            _ => store::outbox::remove_finished(tx, before, BATCH).await?,
        };
        if batch == 0 {
            return Ok(removed);
        }
        record(&mut operation, class, batch);
        operation.commit().await?;
        removed += batch;
    }
}

fn record(operation: &mut super::Operation, class: Class, removed: u64) {
    let after = format!("{removed} removed");
    operation.record(class.subject(), None, Some(&after));
}
