//! What issues say of themselves: subject and introduction, in each language.

use std::collections::BTreeMap;

use crate::domain::language::Language;
use crate::store::error::unreadable;
use crate::store::sql::{Connection, sql};
use crate::store::{Result, Tx};

/// An issue's own wording in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct IssueText {
    /// The subject of its mail.
    pub subject: String,
    /// A few paragraphs above the entries, plain text; may be empty.
    pub introduction: String,
}

/// Sets the wording of an issue in one language.
pub async fn set_text(tx: &mut Tx, issue: i64, language: Language, text: &IssueText) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO issue_text (issue_id, language, subject, introduction) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (issue_id, language) DO UPDATE SET subject = excluded.subject, introduction = excluded.introduction",
        issue,
        language.as_str(),
        text.subject.as_str(),
        text.introduction.as_str()
    )?;
    Ok(())
}

/// The wording of an issue.
pub async fn texts(
    conn: &mut impl Connection,
    issue: i64,
) -> Result<BTreeMap<Language, IssueText>> {
    let rows = sql!(
        conn,
        all as (String, String, String),
        "SELECT language, subject, introduction FROM issue_text WHERE issue_id = $1",
        issue
    )?;
    rows.into_iter()
        .map(|(language, subject, introduction)| {
            Ok((
                language.parse().map_err(unreadable)?,
                IssueText {
                    subject,
                    introduction,
                },
            ))
        })
        .collect()
}
