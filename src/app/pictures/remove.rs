//! Taking pictures away: from an entry, and from what it said earlier.

use super::lock;
use crate::app::entries::{EntryError, versions};
use crate::app::{Actor, App};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::VersionReason;
use crate::domain::picture::{PictureHash, PictureUse};
use crate::store::{self, Tx, entry_version, entry_version_picture};

/// What becomes of the files of a picture that is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// They stay as long as a version of an entry has the picture, and mails may show it
    /// (`retention.pictures`).
    Keep,
    /// They are removed now, unless another entry shows the picture: mails that were sent show its
    /// alternative text from then on, and versions forget it.
    Delete,
}

/// What was taken away.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Removed {
    /// The row of the entry.
    pub entry: i64,
    /// Whether it showed a picture.
    pub removed: bool,
    /// Whether the files of the picture were deleted.
    pub deleted: bool,
}

/// Takes the picture from an entry. `name` is its row or UUID.
pub async fn remove(
    app: &App,
    actor: &Actor,
    name: &str,
    used: PictureUse,
    files: Files,
) -> Result<Removed, EntryError> {
    let mut op = app.begin(actor, Action::PictureRemove).await?;
    let at = op.at();
    let entry = lock(op.tx(), name).await?;
    let Some(before) = store::picture::of_entry(op.tx(), entry.id, used).await? else {
        return Ok(Removed {
            entry: entry.id,
            removed: false,
            deleted: false,
        });
    };
    entry_version::keep(op.tx(), &entry).await?;
    store::picture::hide(op.tx(), entry.id, used, at).await?;
    versions::pictured(&mut op, &entry, VersionReason::Pictured).await?;
    let deleted = files == Files::Delete && forget(op.tx(), &before.hash).await?;
    let said = format!("{used}: {}", before.hash);
    let after = deleted.then_some("files deleted");
    op.record(
        Subject::new(SubjectKind::Entry, &entry.uuid),
        Some(&said),
        after,
    );
    op.commit().await?;
    if deleted {
        delete(app, &before.hash).await;
    }
    Ok(Removed {
        entry: entry.id,
        removed: true,
        deleted,
    })
}

/// Deletes the pictures that versions of an entry have and no entry shows any more. Returns how many.
pub async fn remove_earlier(app: &App, actor: &Actor, name: &str) -> Result<usize, EntryError> {
    let mut op = app.begin(actor, Action::PictureRemove).await?;
    let entry = lock(op.tx(), name).await?;
    let mut deleted = Vec::new();
    for hash in entry_version_picture::earlier(op.tx(), entry.id).await? {
        if forget(op.tx(), &hash).await? {
            let subject = Subject::new(SubjectKind::Entry, &entry.uuid);
            let before = format!("of earlier versions: {hash}");
            op.record(subject, Some(&before), Some("files deleted"));
            deleted.push(hash);
        }
    }
    op.commit().await?;
    for hash in &deleted {
        delete(app, hash).await;
    }
    Ok(deleted.len())
}

/// Removes a picture from the versions of entries and from what is known, unless an entry shows it.
async fn forget(tx: &mut Tx, hash: &PictureHash) -> store::Result<bool> {
    entry_version_picture::forget(tx, hash).await?;
    store::picture::remove_unused(tx, hash).await
}

async fn delete(app: &App, hash: &PictureHash) {
    if let Err(error) = app.picture_files().remove(hash).await {
        // The row is gone: the job that removes files without a picture tries again.
        tracing::warn!(%error, %hash, "the files of a picture could not be deleted yet");
    }
}
