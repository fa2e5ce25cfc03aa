//! Published entries that an issue does not tell: what an editor may still add.

use std::collections::BTreeMap;

use super::Result;
use super::dialect::{Dialect, both, list_of};
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use crate::domain::entry::EntryKind;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// An entry that an issue does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChosen {
    /// Its row.
    pub id: i64,
    /// Its name outside the installation.
    pub uuid: String,
    /// What it tells.
    pub kind: EntryKind,
    /// Its title in the language it was written in.
    pub title: String,
    /// When it takes place.
    pub starts_at: Option<Timestamp>,
    /// The zone of that.
    pub zone: Option<chrono_tz::Tz>,
    /// When it became public.
    pub published_at: Timestamp,
    /// The latest other issue of the newsletter that told it.
    pub told_by: Option<i64>,
    /// Whether its source has cancelled it, and nobody has decided about that.
    pub waits: bool,
    /// Whether somebody took it out of this issue.
    pub taken_out: bool,
    /// Who did, as the audit log names them.
    pub decided_by: Option<String>,
}

/// For which issue entries are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// Its newsletter.
    pub newsletter: i64,
    /// Its row.
    pub issue: i64,
    /// The topics of the newsletter; none means every entry.
    pub topics: TopicSet,
    /// At most so many.
    pub limit: i64,
}

row! {
    struct Row {
        id: i64,
        uuid: String,
        kind: String,
        title: Option<String>,
        starts_at: Option<i64>,
        zone: Option<String>,
        published_at: i64,
        waiting: Option<i64>,
        included: Option<bool>,
        decided_by: Option<String>,
    }
}

impl Row {
    fn not_chosen(self, told_by: Option<i64>) -> Result<NotChosen> {
        Ok(NotChosen {
            id: self.id,
            uuid: self.uuid,
            kind: self.kind.parse().map_err(unreadable)?,
            title: self.title.unwrap_or_default(),
            starts_at: self.starts_at.map(Timestamp::from_micros),
            zone: self
                .zone
                .map(|zone| zone.parse().map_err(unreadable))
                .transpose()?,
            published_at: Timestamp::from_micros(self.published_at),
            told_by,
            waits: self.waiting.is_some(),
            taken_out: self.included == Some(false),
            decided_by: self.decided_by,
        })
    }
}

/// The latest other issue of newsletter `$2` than `$3` that told each of the entries listed in `$1`. CROSS JOIN:
/// SQLite would begin with all issues of the newsletter, for each entry again.
const TOLD_BY: Dialect = both!(
    "SELECT ie.entry_id, MAX(i.number) FROM ",
    json_texts,
    " listed CROSS JOIN issue_entry ie CROSS JOIN issue i WHERE ie.entry_id = CAST(listed.value AS BIGINT) \
     AND i.id = ie.issue_id AND ie.included AND ie.told AND i.newsletter_id = $2 AND i.id <> $3 \
     AND NOT (i.state = 'cancelled' AND i.frozen_at IS NULL) GROUP BY ie.entry_id"
);

async fn with_told_by(
    conn: &mut impl Connection,
    around: Around,
    rows: Vec<Row>,
) -> Result<Vec<NotChosen>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let statement = TOLD_BY.on(conn);
    let told = sql!(
        conn,
        all as (i64, i64),
        statement,
        list_of(&ids),
        around.newsletter,
        around.issue
    )?;
    let told: BTreeMap<i64, i64> = told.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let told_by = told.get(&row.id).copied();
            row.not_chosen(told_by)
        })
        .collect()
}

macro_rules! select {
    ($time:literal) => {
        concat!(
            "SELECT e.id, e.uuid, e.kind, e.starts_at, e.zone, e.published_at, ",
            "(SELECT t.title FROM entry_text t WHERE t.entry_id = e.id AND t.language = e.original) AS title, ",
            "(SELECT MAX(p.id) FROM proposal p WHERE p.entry_id = e.id AND p.state = 'open' AND p.cancelled) AS waiting, ",
            "own.included, own.decided_by ",
            "FROM entry e LEFT JOIN issue_entry own ON own.issue_id = $1 AND own.entry_id = e.id ",
            "WHERE e.state = 'published' AND e.published_at IS NOT NULL AND ($2 = 0 OR e.topics = 0 OR (e.topics & $2) <> 0) ",
            "AND (own.entry_id IS NULL OR NOT own.included OR EXISTS (SELECT 1 FROM proposal p WHERE p.entry_id = e.id ",
            "AND p.state = 'open' AND p.cancelled)) ",
            $time
        )
    };
}

/// News and papers that became public after `published_after`, the latest first.
pub async fn news(
    conn: &mut impl Connection,
    around: Around,
    published_after: Timestamp,
) -> Result<Vec<NotChosen>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "AND e.starts_at IS NULL AND e.published_at > $3 ORDER BY e.published_at DESC, e.id DESC LIMIT $4"
        ),
        around.issue,
        around.topics.mask(),
        published_after.micros(),
        around.limit
    )?;
    with_told_by(conn, around, rows).await
}

/// Events and meetings that begin after `began_after` and are not over at `at`, the first one first.
pub async fn events(
    conn: &mut impl Connection,
    around: Around,
    began_after: Timestamp,
    at: Timestamp,
) -> Result<Vec<NotChosen>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "AND e.starts_at > $3 AND COALESCE(e.ends_at, e.starts_at) > $5 ORDER BY e.starts_at, e.id LIMIT $4"
        ),
        around.issue,
        around.topics.mask(),
        began_after.micros(),
        around.limit,
        at.micros()
    )?;
    with_told_by(conn, around, rows).await
}
