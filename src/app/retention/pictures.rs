//! Pictures that no entry and no version of one has had for a long time, and files that no picture names: a crash between
//! the files and their row has left them, or the row was removed.

use std::time::Duration;

use super::{BATCH, Class};
use crate::app::{Actor, App, Error};
use crate::domain::audit::Action;
use crate::domain::picture::PictureHash;
use crate::domain::timestamp::Timestamp;
use crate::store;
use crate::store::picture_files::PictureFiles;

/// How old a file without a picture must be: its row may still come.
const KEPT: Duration = Duration::from_hours(24);

/// Removes them. Returns how many pictures that were.
pub async fn pictures(app: &App, actor: &Actor) -> Result<u64, Error> {
    let unused = unused(app, actor).await?;
    let files = app.picture_files();
    let orphans = orphans(app, &files).await?;
    if orphans > 0 {
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let after = format!("files of {orphans} pictures removed");
        operation.record(Class::Pictures.subject(), None, Some(&after));
        operation.commit().await?;
    }
    Ok(unused.max(orphans))
}

/// Forgets pictures that no entry and no version of one has any more; their files have no picture from then on.
async fn unused(app: &App, actor: &Actor) -> Result<u64, Error> {
    let before = app.clock.now().minus(app.config.retention.pictures);
    let mut forgotten = 0;
    loop {
        let mut conn = app.read().await?;
        let due = store::picture::unused_since(&mut conn, before, BATCH).await?;
        drop(conn);
        if due.is_empty() {
            return Ok(forgotten);
        }
        let mut operation = app.begin(actor, Action::RetentionRemove).await?;
        let mut batch = 0;
        for hash in due {
            batch += u64::from(store::picture::remove_unused(operation.tx(), &hash).await?);
        }
        if batch == 0 {
            return Ok(forgotten);
        }
        super::record(&mut operation, Class::Pictures, batch);
        operation.commit().await?;
        forgotten += batch;
    }
}

/// Removes old files that no picture names.
async fn orphans(app: &App, files: &PictureFiles) -> Result<u64, Error> {
    let before = app.clock.now().minus(KEPT);
    let mut removed = 0;
    let old = files.older_than(before).await;
    for (hash, aside) in old.map_err(|error| failed(files, error))? {
        let is_known = store::picture::is_known(&mut app.read().await?, &hash).await?;
        if (aside || !is_known) && settle(app, files, &hash, before).await? {
            removed += 1;
        }
    }
    Ok(removed)
}

/// Removes the files of a picture that no row names, in two steps: somebody may add the same picture
/// at the same time, and either they find the files gone and write them again
/// ([`crate::app::pictures`]), or their row is found here and the files are put back. What a crash
/// leaves set aside is settled in the next run.
async fn settle(
    app: &App,
    files: &PictureFiles,
    hash: &PictureHash,
    before: Timestamp,
) -> Result<bool, Error> {
    let is_known = async || store::picture::is_known(&mut app.read().await?, hash).await;
    let failed = |error| failed(files, error);
    if !is_known().await? {
        files.set_aside(hash, before).await.map_err(failed)?;
    }
    if is_known().await? {
        files.put_back(hash).await.map_err(failed)?;
        return Ok(false);
    }
    files.discard(hash).await.map_err(failed)?;
    Ok(true)
}

fn failed(files: &PictureFiles, error: std::io::Error) -> Error {
    let folder = files.folder().map(std::path::PathBuf::from);
    Error::Pictures {
        folder: folder.unwrap_or_default(),
        error,
    }
}
