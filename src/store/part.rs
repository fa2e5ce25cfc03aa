//! Parts: the encoded pieces that the mails of an issue are joined from. They belong to its
//! approved texts.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

row! {
    /// A part, in quoted-printable, with placeholders for the personal tokens.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct StoredPart {
        /// Its name, e.g. `foot` or `entry-0003-full`.
        pub name: String,
        /// As HTML.
        pub html: String,
        /// As text.
        pub text: String,
    }
}

/// Stores the parts of an issue in one language.
pub async fn add(tx: &mut Tx, issue: i64, language: Language, parts: &[StoredPart]) -> Result<()> {
    for part in parts {
        sql!(
            tx,
            execute,
            "INSERT INTO part (issue_id, language, name, html, text) VALUES ($1, $2, $3, $4, $5)",
            issue,
            language.as_str(),
            part.name.as_str(),
            part.html.as_str(),
            part.text.as_str()
        )?;
    }
    Ok(())
}

/// The parts of an issue in one language, unordered; empty if none are stored.
pub async fn of_language(
    conn: &mut impl Connection,
    issue: i64,
    language: Language,
) -> Result<Vec<StoredPart>> {
    sql!(
        conn,
        all as StoredPart,
        "SELECT name, html, text FROM part WHERE issue_id = $1 AND language = $2",
        issue,
        language.as_str()
    )
}

/// Removes the parts of an issue, in all languages. Returns how many there were.
pub async fn remove_of(tx: &mut Tx, issue: i64) -> Result<u64> {
    sql!(tx, execute, "DELETE FROM part WHERE issue_id = $1", issue)
}

/// Issues that ended before `before` and still have parts.
pub async fn of_ended(conn: &mut impl Connection, before: Timestamp) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM issue WHERE state IN ('sent', 'cancelled') AND finished_at < $1 \
         AND EXISTS (SELECT 1 FROM part WHERE part.issue_id = issue.id) ORDER BY id",
        before.micros()
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
