//! Published entries that an issue does not tell: what an editor may still add.

use super::Result;
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
        told_by: Option<i64>,
        waiting: Option<i64>,
        included: Option<bool>,
        decided_by: Option<String>,
    }
}

impl TryFrom<Row> for NotChosen {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            uuid: row.uuid,
            kind: row.kind.parse().map_err(unreadable)?,
            title: row.title.unwrap_or_default(),
            starts_at: row.starts_at.map(Timestamp::from_micros),
            zone: row
                .zone
                .map(|zone| zone.parse().map_err(unreadable))
                .transpose()?,
            published_at: Timestamp::from_micros(row.published_at),
            told_by: row.told_by,
            waits: row.waiting.is_some(),
            taken_out: row.included == Some(false),
            decided_by: row.decided_by,
        })
    }
}

// CROSS JOIN: SQLite would read every issue of the newsletter for each entry; so it begins with the few issues that
// the entry is in.
macro_rules! select {
    ($time:literal) => {
        concat!(
            "SELECT e.id, e.uuid, e.kind, e.starts_at, e.zone, e.published_at, ",
            "(SELECT t.title FROM entry_text t WHERE t.entry_id = e.id AND t.language = e.original) AS title, ",
            "(SELECT MAX(i.number) FROM issue_entry ie CROSS JOIN issue i WHERE i.id = ie.issue_id AND ie.entry_id = e.id AND ie.included \
             AND ie.told AND i.newsletter_id = $1 AND i.id <> $2 AND NOT (i.state = 'cancelled' AND i.frozen_at IS NULL)) AS told_by, ",
            "(SELECT MAX(p.id) FROM proposal p WHERE p.entry_id = e.id AND p.state = 'open' AND p.cancelled) AS waiting, ",
            "own.included, own.decided_by ",
            "FROM entry e LEFT JOIN issue_entry own ON own.issue_id = $2 AND own.entry_id = e.id ",
            "WHERE e.state = 'published' AND e.published_at IS NOT NULL AND ($3 = 0 OR e.topics = 0 OR (e.topics & $3) <> 0) ",
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
            "AND e.starts_at IS NULL AND e.published_at > $4 ORDER BY e.published_at DESC, e.id DESC LIMIT $5"
        ),
        around.newsletter,
        around.issue,
        around.topics.mask(),
        published_after.micros(),
        around.limit
    )?;
    rows.into_iter().map(NotChosen::try_from).collect()
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
            "AND e.starts_at > $4 AND COALESCE(e.ends_at, e.starts_at) > $6 ORDER BY e.starts_at, e.id LIMIT $5"
        ),
        around.newsletter,
        around.issue,
        around.topics.mask(),
        began_after.micros(),
        around.limit,
        at.micros()
    )?;
    rows.into_iter().map(NotChosen::try_from).collect()
}
