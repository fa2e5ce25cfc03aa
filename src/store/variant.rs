//! Variants: what an issue reads like for one language and one set of topics.

use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

row! {
    /// The rendered parts of a variant, with the placeholders of the personal tokens in them.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct StoredVariant {
        /// The subject.
        pub subject: String,
        /// The HTML part.
        pub html: String,
        /// The text part.
        pub text: String,
    }
}

/// Which variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariantKey {
    /// Of which issue.
    pub issue: i64,
    /// In which language.
    pub language: Language,
    /// For which topics: the subscription's and the issue's.
    pub topics: TopicSet,
}

/// The variant, if it has been rendered.
pub async fn get(conn: &mut impl Connection, key: VariantKey) -> Result<Option<StoredVariant>> {
    sql!(
        conn,
        optional as StoredVariant,
        "SELECT subject, html, text FROM variant WHERE issue_id = $1 AND language = $2 AND topics = $3",
        key.issue,
        key.language.as_str(),
        key.topics.mask()
    )
}

/// Keeps a variant; the first one rendered stays, and is returned, so that every node and every
/// attempt sends the same text.
pub async fn keep(tx: &mut Tx, key: VariantKey, rendered: &StoredVariant) -> Result<StoredVariant> {
    sql!(
        tx,
        execute,
        "INSERT INTO variant (issue_id, language, topics, subject, html, text) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (issue_id, language, topics) DO NOTHING",
        key.issue,
        key.language.as_str(),
        key.topics.mask(),
        rendered.subject.as_str(),
        rendered.html.as_str(),
        rendered.text.as_str()
    )?;
    sql!(
        tx,
        one as StoredVariant,
        "SELECT subject, html, text FROM variant WHERE issue_id = $1 AND language = $2 AND topics = $3",
        key.issue,
        key.language.as_str(),
        key.topics.mask()
    )
}

/// Forgets what was rendered of an issue: it was released anew.
pub async fn remove_of(tx: &mut Tx, issue: i64) -> Result<u64> {
    sql!(
        tx,
        execute,
        "DELETE FROM variant WHERE issue_id = $1",
        issue
    )
}

/// Issues that ended before `before` and of which rendered texts are kept.
pub async fn of_ended(conn: &mut impl Connection, before: Timestamp) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT id FROM issue WHERE state IN ('sent', 'cancelled') AND finished_at < $1 \
         AND EXISTS (SELECT 1 FROM variant WHERE variant.issue_id = issue.id) ORDER BY id",
        before.micros()
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
