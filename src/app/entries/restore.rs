//! Bringing an older version of an entry back.

use super::EntryError;
use super::versions::record;
use crate::app::{Actor, App};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::VersionReason;
use crate::store::{self, entry_version};

/// Lets an entry say again what it said in version `number`, in all languages. Its state stays. What it
/// said until now stays a version, so that this can be undone the same way.
///
/// `latest` is the last version that the user has seen: nothing is done where there is another one.
/// Returns the number of the new version.
pub async fn restore(
    app: &App,
    actor: &Actor,
    name: &str,
    (number, latest): (i64, i64),
) -> Result<i64, EntryError> {
    let mut op = app.begin(actor, Action::EntryRestore).await?;
    let at = op.at();
    let entry = store::entry::lock(op.tx(), name).await?;
    let entry = entry.ok_or_else(|| EntryError::Unknown {
        name: name.to_owned(),
    })?;
    if entry_version::latest(op.tx(), entry.id).await? != latest {
        return Err(EntryError::Changed {
            name: name.to_owned(),
        });
    }
    let version = entry_version::get(op.tx(), entry.id, number).await?;
    let version = version.ok_or_else(|| EntryError::Version {
        name: name.to_owned(),
        number,
    })?;
    if version.content == entry.content {
        return Ok(latest);
    }
    let when = version.content.when.as_ref();
    let moved_from = when.and_then(|when| entry.earlier_time(when));
    store::entry::rewrite(op.tx(), entry.id, (&version.content, moved_from), at).await?;
    let made = record(&mut op, &entry, VersionReason::Restored).await?;
    let (before, after) = (
        format!("version {latest}"),
        format!("version {made}, as version {number}"),
    );
    let subject = Subject::new(SubjectKind::Entry, entry.uuid);
    op.record(subject, Some(&before), Some(&after));
    op.commit().await?;
    Ok(made)
}
