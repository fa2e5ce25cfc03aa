//! What people are writing and have not saved, and what they have open.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::timestamp::Timestamp;

/// Drafts of one person; of more the oldest are removed.
const MOST: i64 = 50;
/// The fields of a draft without any: somebody has the entry open and has written nothing.
const NOTHING: &str = "{}";

row! {
    /// A draft.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct EntryDraft {
        /// The UUID of the entry; of a new one, that it will have.
        pub entry: String,
        /// The version that it began with; none of a new entry.
        pub base_version: Option<i64>,
        /// The fields of the form, as JSON.
        pub fields: String,
        /// When it was last kept, in microseconds.
        pub at: i64,
    }
}

/// Keeps a draft, in place of an earlier one of this entry.
pub async fn keep(tx: &mut Tx, staff: &str, draft: &EntryDraft) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO entry_draft (staff, entry, base_version, fields, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (staff, entry) DO UPDATE SET base_version = excluded.base_version, fields = excluded.fields, at = excluded.at",
        staff,
        draft.entry.as_str(),
        draft.base_version,
        draft.fields.as_str(),
        draft.at
    )?;
    let surplus = sql!(
        tx,
        all as (String,),
        "SELECT entry FROM entry_draft WHERE staff = $1 ORDER BY at DESC LIMIT 10 OFFSET $2",
        staff,
        MOST
    )?;
    for (entry,) in surplus {
        remove(tx, staff, &entry).await?;
    }
    Ok(())
}

/// Notes that somebody has an entry open; what they write on it stays as it is. Of the others that they
/// had open, and wrote nothing on, those are forgotten that were noted before `stale`.
pub async fn note_open(
    tx: &mut Tx,
    staff: &str,
    (entry, base): (&str, i64),
    (at, stale): (Timestamp, Timestamp),
) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM entry_draft WHERE staff = $1 AND fields = $2 AND at < $3",
        staff,
        NOTHING,
        stale.micros()
    )?;
    sql!(
        tx,
        execute,
        "INSERT INTO entry_draft (staff, entry, base_version, fields, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (staff, entry) DO UPDATE SET at = excluded.at WHERE entry_draft.fields = excluded.fields",
        staff,
        entry,
        base,
        NOTHING,
        at.micros()
    )?;
    Ok(())
}

/// The draft of an entry.
pub async fn get(
    conn: &mut impl Connection,
    staff: &str,
    entry: &str,
) -> Result<Option<EntryDraft>> {
    sql!(
        conn,
        optional as EntryDraft,
        "SELECT entry, base_version, fields, at FROM entry_draft WHERE staff = $1 AND entry = $2 AND fields <> $3",
        staff,
        entry,
        NOTHING
    )
}

/// The drafts of new entries of one person, the latest first.
pub async fn of_new_entries(conn: &mut impl Connection, staff: &str) -> Result<Vec<EntryDraft>> {
    sql!(
        conn,
        all as EntryDraft,
        "SELECT entry, base_version, fields, at FROM entry_draft WHERE staff = $1 AND base_version IS NULL \
         ORDER BY at DESC LIMIT 10",
        staff
    )
}

/// Who else has opened an entry or written on it since then, by their UUIDs.
pub async fn others(
    conn: &mut impl Connection,
    staff: &str,
    entry: &str,
    since: Timestamp,
) -> Result<Vec<String>> {
    let rows = sql!(
        conn,
        all as (String,),
        "SELECT staff FROM entry_draft WHERE entry = $1 AND at >= $2 AND staff <> $3 ORDER BY at DESC LIMIT 10",
        entry,
        since.micros(),
        staff
    )?;
    Ok(rows.into_iter().map(|(staff,)| staff).collect())
}

/// Removes the draft of an entry.
pub async fn remove(tx: &mut Tx, staff: &str, entry: &str) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM entry_draft WHERE staff = $1 AND entry = $2",
        staff,
        entry
    )?;
    Ok(())
}

/// Removes drafts that nobody has touched since then, at most `limit`.
pub async fn remove_before(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM entry_draft WHERE (staff, entry) IN \
         (SELECT staff, entry FROM entry_draft WHERE at < $1 ORDER BY at LIMIT $2)",
        before.micros(),
        limit
    )
}
