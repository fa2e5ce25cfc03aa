//! Pictures and which entry shows which. Their files are in [`super::picture_files`].

use std::collections::BTreeMap;

use super::dialect::{Dialect, both, list_of};
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError, Tx};
use crate::domain::picture::{Alternative, EntryPicture, FocusPoint, PictureHash, PictureUse};
use crate::domain::timestamp::Timestamp;

row! {
    struct Row {
        entry_id: i64,
        hash: String,
        width: i64,
        height: i64,
        alternative: Option<String>,
        credit: Option<String>,
        focus_x: i64,
        focus_y: i64,
    }
}

impl Row {
    fn picture(self) -> Result<EntryPicture> {
        read(
            self.hash,
            (self.width, self.height),
            self.alternative.as_deref(),
            self.credit,
            (self.focus_x, self.focus_y),
        )
    }
}

/// A picture from the columns of a row.
pub(super) fn read(
    hash: String,
    (width, height): (i64, i64),
    alternative: Option<&str>,
    credit: Option<String>,
    (x, y): (i64, i64),
) -> Result<EntryPicture> {
    let alternative = match alternative {
        None => Alternative::Decorative,
        Some(texts) => Alternative::Texts(serde_json::from_str(texts).map_err(unreadable)?),
    };
    let per_cent = |value: i64| u8::try_from(value).map_err(unreadable);
    Ok(EntryPicture {
        hash: hash.try_into().map_err(unreadable)?,
        width: u32::try_from(width).map_err(unreadable)?,
        height: u32::try_from(height).map_err(unreadable)?,
        alternative,
        credit,
        focus: FocusPoint::new(per_cent(x)?, per_cent(y)?)
            .ok_or_else(|| StoreError::Unreadable("a focus point beyond 100 %".to_owned()))?,
    })
}

/// The pictures for the purpose `$2` of the entries whose rows are listed in `$1`.
const OF_ENTRIES: Dialect = both!(
    "SELECT u.entry_id, p.hash, p.width, p.height, u.alternative, u.credit, u.focus_x, u.focus_y FROM ",
    json_texts,
    " listed JOIN entry_picture u ON u.entry_id = CAST(listed.value AS BIGINT) JOIN picture p ON p.hash = u.hash WHERE u.purpose = $2"
);

/// The lead pictures of these entries, by entry; one without a picture is missing.
pub async fn of_entries(
    conn: &mut impl Connection,
    entries: &[i64],
) -> Result<BTreeMap<i64, EntryPicture>> {
    let statement = OF_ENTRIES.on(conn);
    let rows = sql!(
        conn,
        all as Row,
        statement,
        list_of(entries),
        PictureUse::Lead.as_str()
    )?;
    rows.into_iter()
        .map(|row| Ok((row.entry_id, row.picture()?)))
        .collect()
}

/// The picture that an entry shows for this.
pub async fn of_entry(
    conn: &mut impl Connection,
    entry: i64,
    used: PictureUse,
) -> Result<Option<EntryPicture>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT u.entry_id, p.hash, p.width, p.height, u.alternative, u.credit, u.focus_x, u.focus_y \
         FROM entry_picture u JOIN picture p ON p.hash = u.hash WHERE u.entry_id = $1 AND u.purpose = $2",
        entry,
        used.as_str()
    )?;
    row.map(Row::picture).transpose()
}

/// A picture whose files are there, or about to be.
#[derive(Debug, Clone, Copy)]
pub struct NewPicture<'a> {
    /// Its hash.
    pub hash: &'a PictureHash,
    /// Its size, turned upright.
    pub size: (u32, u32),
    /// What kind of file it was: `jpeg`, `png`, `webp` or `gif`.
    pub format: &'static str,
}

/// Adds a picture unless it is known.
pub async fn ensure(tx: &mut Tx, new: NewPicture<'_>, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO picture (hash, width, height, format, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (hash) DO UPDATE SET unused_since = NULL",
        new.hash.as_str(),
        i64::from(new.size.0),
        i64::from(new.size.1),
        new.format,
        now.micros()
    )?;
    Ok(())
}

/// Has an entry show a picture, in place of the one it showed for this.
pub async fn show(
    tx: &mut Tx,
    entry: i64,
    used: PictureUse,
    picture: &EntryPicture,
    now: Timestamp,
) -> Result<()> {
    hide(tx, entry, used, now).await?;
    let alternative = match &picture.alternative {
        Alternative::Decorative => None,
        Alternative::Texts(texts) => Some(serde_json::to_string(texts).map_err(unreadable)?),
    };
    sql!(
        tx,
        execute,
        "INSERT INTO entry_picture (entry_id, purpose, hash, alternative, credit, focus_x, focus_y) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        entry,
        used.as_str(),
        picture.hash.as_str(),
        alternative,
        picture.credit.clone(),
        i64::from(picture.focus.x),
        i64::from(picture.focus.y)
    )?;
    sql!(
        tx,
        execute,
        "UPDATE picture SET unused_since = NULL WHERE hash = $1",
        picture.hash.as_str()
    )?;
    touch(tx, entry, now).await
}

/// Takes the picture from an entry. False where it shows none. A picture that neither an entry nor a
/// version of one has any more is marked as unused.
pub async fn hide(tx: &mut Tx, entry: i64, used: PictureUse, now: Timestamp) -> Result<bool> {
    let hidden = sql!(
        tx,
        optional as (String,),
        "DELETE FROM entry_picture WHERE entry_id = $1 AND purpose = $2 RETURNING hash",
        entry,
        used.as_str()
    )?;
    let Some((hash,)) = hidden else {
        return Ok(false);
    };
    mark_unused(tx, &hash, now).await?;
    touch(tx, entry, now).await?;
    Ok(true)
}

/// Marks a picture as unused, unless an entry or a version of one still has it.
pub(super) async fn mark_unused(tx: &mut Tx, hash: &str, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE picture SET unused_since = $2 WHERE hash = $1 \
         AND NOT EXISTS (SELECT 1 FROM entry_picture WHERE hash = $1) \
         AND NOT EXISTS (SELECT 1 FROM entry_version_picture WHERE hash = $1)",
        hash,
        now.micros()
    )?;
    Ok(())
}

/// What an entry shows has changed.
async fn touch(tx: &mut Tx, entry: i64, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE entry SET updated_at = $2 WHERE id = $1",
        entry,
        now.micros()
    )?;
    Ok(())
}

/// Whether this picture is known: only then its files are kept.
pub async fn is_known(conn: &mut impl Connection, hash: &PictureHash) -> Result<bool> {
    let row = sql!(
        conn,
        optional as (i64,),
        "SELECT created_at FROM picture WHERE hash = $1",
        hash.as_str()
    )?;
    Ok(row.is_some())
}

/// Removes a picture that neither an entry nor a version of one has. False where one does, or it is not
/// known.
pub async fn remove_unused(tx: &mut Tx, hash: &PictureHash) -> Result<bool> {
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM picture WHERE hash = $1 \
         AND NOT EXISTS (SELECT 1 FROM entry_picture WHERE hash = $1) \
         AND NOT EXISTS (SELECT 1 FROM entry_version_picture WHERE hash = $1)",
        hash.as_str()
    )?;
    Ok(removed == 1)
}

/// Pictures that no entry and no version has had since `before`, at most `limit`.
pub async fn unused_since(
    conn: &mut impl Connection,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<PictureHash>> {
    let rows = sql!(
        conn,
        all as (String,),
        "SELECT hash FROM picture WHERE unused_since < $1 ORDER BY unused_since LIMIT $2",
        before.micros(),
        limit
    )?;
    rows.into_iter()
        .map(|(hash,)| hash.try_into().map_err(unreadable))
        .collect()
}

/// Remembers the picture that a source names for an entry; none: that it names none any more.
pub async fn set_enclosure(tx: &mut Tx, entry: i64, url: Option<&str>) -> Result<()> {
    match url {
        Some(url) => sql!(
            tx,
            execute,
            "INSERT INTO entry_enclosure (entry_id, url) VALUES ($1, $2) \
             ON CONFLICT (entry_id) DO UPDATE SET url = excluded.url",
            entry,
            url
        )?,
        None => sql!(
            tx,
            execute,
            "DELETE FROM entry_enclosure WHERE entry_id = $1",
            entry
        )?,
    };
    Ok(())
}

/// The address of the picture that a source names for an entry.
pub async fn enclosure(conn: &mut impl Connection, entry: i64) -> Result<Option<String>> {
    let row = sql!(
        conn,
        optional as (String,),
        "SELECT url FROM entry_enclosure WHERE entry_id = $1",
        entry
    )?;
    Ok(row.map(|(url,)| url))
}
