//! What an editor decided about the entries of an issue: which, in which order, how they are told.

use std::collections::BTreeMap;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::issue::Contribution;
use crate::domain::language::LanguageTag;
use crate::domain::timestamp::Timestamp;

/// A row of an issue's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The entry's row.
    pub entry: i64,
    /// Its place; it counts within its section only.
    pub position: i64,
    /// False where somebody took it out.
    pub included: bool,
    /// Whether it comes first in this issue; none where that follows the entry.
    pub pinned: Option<bool>,
    /// Who added it or took it out, as the audit log names them; none where it was selected.
    pub decided_by: Option<String>,
    /// When that was.
    pub decided_at: Option<Timestamp>,
}

row! {
    struct Row {
        entry_id: i64,
        position: i64,
        included: bool,
        pinned: Option<bool>,
        decided_by: Option<String>,
        decided_at: Option<i64>,
    }
}

/// How an entry is told in one issue, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShortText {
    /// Its title.
    pub title: String,
    /// Its teaser; empty: as the entry says it.
    pub teaser: String,
}

/// Who took part in an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contributor {
    /// The row of the member of staff.
    pub staff: i64,
    /// What they did.
    pub kind: Contribution,
    /// When they last did.
    pub at: Timestamp,
}

/// Takes the contents of an issue for this transaction and, where its entries change, counts their
/// version up. `None` where they are not of the `expected` version any more.
pub async fn take(
    tx: &mut Tx,
    issue: i64,
    expected: Option<i64>,
    changes_entries: bool,
) -> Result<Option<i64>> {
    let version = sql!(
        tx,
        optional as (i64,),
        "UPDATE issue SET contents_version = contents_version + $3 WHERE id = $1 AND ($2 < 0 OR contents_version = $2) \
         RETURNING contents_version",
        issue,
        expected.unwrap_or(-1),
        i64::from(changes_entries)
    )?;
    Ok(version.map(|(version,)| version))
}

/// The version of an issue's contents.
pub async fn version(conn: &mut impl Connection, issue: i64) -> Result<i64> {
    let row = sql!(
        conn,
        optional as (i64,),
        "SELECT contents_version FROM issue WHERE id = $1",
        issue
    )?;
    Ok(row.map_or(0, |(version,)| version))
}

/// The entries of an issue in their order, with those that were taken out.
pub async fn chosen(conn: &mut impl Connection, issue: i64) -> Result<Vec<Chosen>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT entry_id, position, included, pinned, decided_by, decided_at FROM issue_entry WHERE issue_id = $1 \
         ORDER BY position, entry_id",
        issue
    )?;
    let chosen = rows.into_iter().map(|row| Chosen {
        entry: row.entry_id,
        position: row.position,
        included: row.included,
        pinned: row.pinned,
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(Timestamp::from_micros),
    });
    Ok(chosen.collect())
}

/// Puts an entry into an issue, at the end, or takes it out of it.
pub async fn set_included(
    tx: &mut Tx,
    issue: i64,
    entry: i64,
    included: bool,
    by: &str,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO issue_entry (issue_id, entry_id, position, included, decided_by, decided_at) \
         SELECT $1, $2, COALESCE(MAX(position), -1) + 1, $3, $4, $5 FROM issue_entry WHERE issue_id = $1 \
         ON CONFLICT (issue_id, entry_id) DO UPDATE SET included = excluded.included, decided_by = excluded.decided_by, \
         decided_at = excluded.decided_at, \
         position = CASE WHEN excluded.included THEN excluded.position ELSE issue_entry.position END",
        issue,
        entry,
        included,
        by,
        now.micros()
    )?;
    Ok(())
}

/// Sets whether an entry comes first in an issue.
pub async fn set_pinned(tx: &mut Tx, issue: i64, entry: i64, pinned: bool) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE issue_entry SET pinned = $3 WHERE issue_id = $1 AND entry_id = $2",
        issue,
        entry,
        pinned
    )?;
    Ok(())
}

/// Sets the place of an entry.
pub async fn set_position(tx: &mut Tx, issue: i64, entry: i64, position: i64) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE issue_entry SET position = $3 WHERE issue_id = $1 AND entry_id = $2",
        issue,
        entry,
        position
    )?;
    Ok(())
}

/// How the entries of an issue are told in it only, by entry and language.
pub async fn texts(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<BTreeMap<(i64, LanguageTag), ShortText>> {
    let rows = sql!(
        conn,
        all as (i64, String, String, String),
        "SELECT entry_id, language, title, teaser FROM issue_entry_text WHERE issue_id = $1",
        issue
    )?;
    rows.into_iter()
        .map(|(entry, language, title, teaser)| {
            let language = language.try_into().map_err(unreadable)?;
            Ok(((entry, language), ShortText { title, teaser }))
        })
        .collect()
}

/// Sets how an entry is told in an issue, in one language; none: as the entry says it.
pub async fn set_text(
    tx: &mut Tx,
    issue: i64,
    entry: i64,
    language: &LanguageTag,
    text: Option<&ShortText>,
) -> Result<()> {
    let Some(text) = text else {
        sql!(
            tx,
            execute,
            "DELETE FROM issue_entry_text WHERE issue_id = $1 AND entry_id = $2 AND language = $3",
            issue,
            entry,
            language.as_str()
        )?;
        return Ok(());
    };
    sql!(
        tx,
        execute,
        "INSERT INTO issue_entry_text (issue_id, entry_id, language, title, teaser) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (issue_id, entry_id, language) DO UPDATE SET title = excluded.title, teaser = excluded.teaser",
        issue,
        entry,
        language.as_str(),
        text.title.as_str(),
        text.teaser.as_str()
    )?;
    Ok(())
}

/// Notes that a member of staff took part in an issue.
pub async fn contribute(
    tx: &mut Tx,
    issue: i64,
    staff: i64,
    kind: Contribution,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO issue_contribution (issue_id, staff_id, kind, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (issue_id, staff_id, kind) DO UPDATE SET at = excluded.at",
        issue,
        staff,
        kind.as_str(),
        now.micros()
    )?;
    Ok(())
}

/// Who took part in an issue, the first one first.
pub async fn contributors(conn: &mut impl Connection, issue: i64) -> Result<Vec<Contributor>> {
    let rows = sql!(
        conn,
        all as (i64, String, i64),
        "SELECT staff_id, kind, at FROM issue_contribution WHERE issue_id = $1 ORDER BY at, staff_id",
        issue
    )?;
    rows.into_iter()
        .map(|(staff, kind, at)| {
            Ok(Contributor {
                staff,
                kind: kind.parse().map_err(unreadable)?,
                at: Timestamp::from_micros(at),
            })
        })
        .collect()
}

/// Whether a user, named as in the audit log, wrote some of the text of an entry that an issue tells.
pub async fn has_author(conn: &mut impl Connection, issue: i64, user: &str) -> Result<bool> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT v.entry_id FROM issue_entry c JOIN entry_version v ON v.entry_id = c.entry_id \
         WHERE c.issue_id = $1 AND c.included AND v.actor = 'user' AND v.actor_name = $2 LIMIT 1",
        issue,
        user
    )?;
    Ok(found.is_some())
}
