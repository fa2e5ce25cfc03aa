//! The pictures of the versions of entries.
//!
//! A picture that a version has is not removed. A version without a row knows nothing of its picture.

use super::error::unreadable;
use super::picture::{self, mark_unused};
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::picture::{PictureHash, VersionPicture};
use crate::domain::timestamp::Timestamp;

row! {
    struct Row {
        hash: Option<String>,
        width: Option<i64>,
        height: Option<i64>,
        alternative: Option<String>,
        credit: Option<String>,
        focus_x: Option<i64>,
        focus_y: Option<i64>,
    }
}

/// Gives a version the picture that its entry shows now.
pub(super) async fn add(tx: &mut Tx, entry: i64, number: i64) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO entry_version_picture (entry_id, number, hash, alternative, credit, focus_x, focus_y) \
         SELECT e.id, $2, p.hash, p.alternative, p.credit, p.focus_x, p.focus_y \
         FROM entry e LEFT JOIN entry_picture p ON p.entry_id = e.id AND p.purpose = 'lead' WHERE e.id = $1",
        entry,
        number
    )?;
    Ok(())
}

/// The picture of a version.
pub async fn get(conn: &mut impl Connection, entry: i64, number: i64) -> Result<VersionPicture> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT v.hash, p.width, p.height, v.alternative, v.credit, v.focus_x, v.focus_y \
         FROM entry_version_picture v LEFT JOIN picture p ON p.hash = v.hash WHERE v.entry_id = $1 AND v.number = $2",
        entry,
        number
    )?;
    let Some(row) = row else {
        return Ok(VersionPicture::Unknown);
    };
    let Some(hash) = row.hash else {
        return Ok(VersionPicture::Without);
    };
    let missing = || unreadable("a picture without a size or a focus point");
    let size = row.width.zip(row.height).ok_or_else(missing)?;
    let focus = row.focus_x.zip(row.focus_y).ok_or_else(missing)?;
    let shown = picture::read(hash, size, row.alternative.as_deref(), row.credit, focus)?;
    Ok(VersionPicture::Shown(shown))
}

/// Takes the pictures from the versions of an entry after the first, up to `last`: those versions are
/// about to be removed.
pub(super) async fn remove_up_to(tx: &mut Tx, entry: i64, last: i64, now: Timestamp) -> Result<()> {
    let removed = sql!(
        tx,
        all as (Option<String>,),
        "DELETE FROM entry_version_picture WHERE entry_id = $1 AND number > 1 AND number <= $2 RETURNING hash",
        entry,
        last
    )?;
    for (hash,) in removed {
        if let Some(hash) = hash {
            mark_unused(tx, &hash, now).await?;
        }
    }
    Ok(())
}

/// Takes a picture from all versions, unless an entry shows it: nothing is known of their picture from
/// then on.
pub async fn forget(tx: &mut Tx, hash: &PictureHash) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM entry_version_picture WHERE hash = $1 \
         AND NOT EXISTS (SELECT 1 FROM entry_picture WHERE hash = $1)",
        hash.as_str()
    )?;
    Ok(())
}

/// The pictures that versions of this entry have and no entry shows now.
pub async fn earlier(conn: &mut impl Connection, entry: i64) -> Result<Vec<PictureHash>> {
    let rows = sql!(
        conn,
        all as (String,),
        "SELECT DISTINCT v.hash FROM entry_version_picture v WHERE v.entry_id = $1 AND v.hash IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM entry_picture p WHERE p.hash = v.hash)",
        entry
    )?;
    rows.into_iter()
        .map(|(hash,)| hash.try_into().map_err(unreadable))
        .collect()
}
