//! The lines of the audit log about what happens while an issue is sent and nobody asked for. They are
//! written in the transaction that makes it so, at the instant at which it happened.

use crate::domain::audit::{Action, JOB, SERVICE, Subject};
use crate::domain::timestamp::Timestamp;
use crate::store::audit::AuditEntry;
use crate::store::{self, Connection, StoreError, Tx};

/// The name in the log of what sends.
const NAME: &str = "sending";

/// What happened.
#[derive(Debug, Clone)]
pub(super) struct Happened {
    pub(super) action: Action,
    pub(super) at: Timestamp,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// An issue by the name it has in the log; none where it is gone.
pub(super) async fn subject(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<Option<Subject>, StoreError> {
    let Some(issue) = store::issue::by_id(conn, issue).await? else {
        return Ok(None);
    };
    let newsletter = store::newsletter::by_id(conn, issue.newsletter).await?;
    Ok(newsletter.map(|one| Subject::issue(&one.settings.key, issue.number)))
}

/// Appends lines about an issue. Call it last in a transaction, as [`store::audit::append`] says.
pub(super) async fn append(
    tx: &mut Tx,
    issue: i64,
    happened: Vec<Happened>,
) -> Result<(), StoreError> {
    let Some(subject) = subject(tx, issue).await? else {
        return Ok(());
    };
    let lines = happened.into_iter().map(|one| AuditEntry {
        at: one.at,
        actor: JOB.to_owned(),
        actor_name: NAME.to_owned(),
        entry_point: SERVICE.to_owned(),
        action: one.action.to_string(),
        subject: subject.kind.to_string(),
        subject_id: subject.id.clone(),
        before: one.before,
        after: one.after,
    });
    store::audit::append(tx, lines.collect()).await
}
