//! What entries said: every version of their content.
//!
//! The last version is what an entry says now. An entry has none until it is changed for the first time
//! since versions are kept; then [`keep`] stores what it said before.

use super::entry::Entry;
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, entry_version_picture};
use crate::domain::entry::{EntryContent, VersionReason};
use crate::domain::timestamp::Timestamp;

/// Versions that are kept of an entry: the first, and the latest.
const MOST: i64 = 200;

/// A version of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryVersion {
    /// Counted for each entry, from 1.
    pub number: i64,
    /// Since when the entry said so.
    pub at: Timestamp,
    /// The kind of actor who wrote it.
    pub actor: String,
    /// Which one.
    pub actor_name: String,
    /// Why.
    pub reason: VersionReason,
    /// What it said.
    pub content: EntryContent,
}

/// Who makes a version, and when.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// The kind of actor.
    pub kind: &'a str,
    /// Which one.
    pub name: &'a str,
    /// When.
    pub at: Timestamp,
}

row! {
    struct Row {
        number: i64,
        at: i64,
        actor: String,
        actor_name: String,
        reason: String,
        content: String,
    }
}

impl Row {
    fn version(self) -> Result<EntryVersion> {
        Ok(EntryVersion {
            number: self.number,
            at: Timestamp::from_micros(self.at),
            actor: self.actor,
            actor_name: self.actor_name,
            reason: self.reason.try_into().map_err(unreadable)?,
            content: serde_json::from_str(&self.content).map_err(unreadable)?,
        })
    }
}

/// Adds what an entry says now, with the picture that it shows, and returns its number. Of very many
/// versions those after the first are removed.
pub async fn add(
    tx: &mut Tx,
    entry: i64,
    content: &EntryContent,
    author: Author<'_>,
    reason: VersionReason,
) -> Result<i64> {
    let number = latest(tx, entry).await? + 1;
    let json = serde_json::to_string(content).map_err(unreadable)?;
    sql!(
        tx,
        execute,
        "INSERT INTO entry_version (entry_id, number, at, actor, actor_name, reason, content) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        entry,
        number,
        author.at.micros(),
        author.kind,
        author.name,
        reason.as_str(),
        json
    )?;
    entry_version_picture::add(tx, entry, number).await?;
    if number > MOST {
        entry_version_picture::remove_up_to(tx, entry, number - MOST, author.at).await?;
        sql!(
            tx,
            execute,
            "DELETE FROM entry_version WHERE entry_id = $1 AND number > 1 AND number <= $2",
            entry,
            number - MOST
        )?;
    }
    Ok(number)
}

/// Keeps what an entry says and shows, before its first change: nothing where it has a version. Returns
/// the number of the last version.
pub async fn keep(tx: &mut Tx, entry: &Entry) -> Result<i64> {
    let number = latest(tx, entry.id).await?;
    if number > 0 {
        return Ok(number);
    }
    let author = Author {
        kind: entry.origin.as_str(),
        name: "",
        at: entry.updated_at,
    };
    add(tx, entry.id, &entry.content, author, VersionReason::Kept).await
}

/// The number of the last version of an entry; 0 where it has none yet.
pub async fn latest(conn: &mut impl Connection, entry: i64) -> Result<i64> {
    let row = sql!(
        conn,
        optional as (i64,),
        "SELECT number FROM entry_version WHERE entry_id = $1 ORDER BY number DESC LIMIT 1",
        entry
    )?;
    Ok(row.map_or(0, |(number,)| number))
}

/// The versions of an entry, the latest first.
pub async fn list(conn: &mut impl Connection, entry: i64) -> Result<Vec<EntryVersion>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT number, at, actor, actor_name, reason, content FROM entry_version \
         WHERE entry_id = $1 ORDER BY number DESC",
        entry
    )?;
    rows.into_iter().map(Row::version).collect()
}

/// A version of an entry.
pub async fn get(
    conn: &mut impl Connection,
    entry: i64,
    number: i64,
) -> Result<Option<EntryVersion>> {
    let row = sql!(
        conn,
        optional as Row,
        "SELECT number, at, actor, actor_name, reason, content FROM entry_version \
         WHERE entry_id = $1 AND number = $2",
        entry,
        number
    )?;
    row.map(Row::version).transpose()
}
