//! Bringing an older version of an entry back.

use super::EntryError;
use super::versions::{pictured, record};
use crate::app::{Actor, App};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::VersionReason;
use crate::domain::picture::{PictureUse, VersionPicture};
use crate::domain::timestamp::Timestamp;
use crate::store::entry::Entry;
use crate::store::{self, Tx, entry_version, entry_version_picture};

/// Lets an entry say again what it said in version `number`, in all languages, and show the picture that
/// it showed; where nothing is known of that one, the picture stays. Its state stays. What it said until
/// now stays a version, so that this can be undone the same way.
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
    let has_other_words = version.content != entry.content;
    let has_other_picture = show_again(op.tx(), &entry, number, at).await?;
    if !has_other_words && !has_other_picture {
        return Ok(latest);
    }
    let made = if has_other_words {
        let when = version.content.when.as_ref();
        let moved_from = when.and_then(|when| entry.earlier_time(when));
        store::entry::rewrite(op.tx(), entry.id, (&version.content, moved_from), at).await?;
        record(&mut op, &entry, VersionReason::Restored).await?
    } else {
        pictured(&mut op, &entry, VersionReason::Restored).await?
    };
    let (before, after) = (
        format!("version {latest}"),
        format!("version {made}, as version {number}"),
    );
    let subject = Subject::new(SubjectKind::Entry, entry.uuid);
    op.record(subject, Some(&before), Some(&after));
    op.commit().await?;
    Ok(made)
}

/// Has an entry show the picture of a version. False where it shows that already, or nothing is known of
/// it.
async fn show_again(
    tx: &mut Tx,
    entry: &Entry,
    number: i64,
    at: Timestamp,
) -> Result<bool, EntryError> {
    const LEAD: PictureUse = PictureUse::Lead;
    let wanted = entry_version_picture::get(tx, entry.id, number).await?;
    let now = store::picture::of_entry(tx, entry.id, LEAD).await?;
    if !wanted.differs_from(now.as_ref()) {
        return Ok(false);
    }
    match wanted {
        VersionPicture::Shown(picture) => {
            store::picture::show(tx, entry.id, LEAD, &picture, at).await?;
        }
        VersionPicture::Without => {
            store::picture::hide(tx, entry.id, LEAD, at).await?;
        }
        VersionPicture::Unknown => {}
    }
    Ok(true)
}
