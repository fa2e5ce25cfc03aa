//! Entries as the public pages show and list them.
//!
//! Public is what has been published and not been taken back; a cancelled event stays, marked as such.

use super::{Entry, Row, with_texts};
use crate::domain::entry::EntryState;
use crate::domain::permalink::Section;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::Result;
use crate::store::sql::{Connection, sql};

impl Entry {
    /// Since when anybody may see it; none while it is not public.
    pub fn public_since(&self) -> Option<Timestamp> {
        let shown = matches!(self.state, EntryState::Published | EntryState::Cancelled);
        self.published_at.filter(|_| shown)
    }

    /// The time by which it stands in the list of its section.
    pub fn listed_at(&self) -> Timestamp {
        let published = self.content.dated_at.or(self.published_at);
        let starts = self.content.when.as_ref().map(|when| when.starts_at);
        let listed = match Section::of(self.content.kind) {
            Section::News => published,
            Section::Events | Section::Papers => starts.or(published),
        };
        listed.unwrap_or(self.created_at)
    }
}

/// The entry whose UUID ends with these twelve digits, whatever its state.
pub async fn by_short_id(conn: &mut impl Connection, short_id: &str) -> Result<Option<Entry>> {
    let rows = sql!(
        conn,
        all as Row,
        select!("WHERE substr(e.uuid, 25) = $1"),
        short_id
    )?;
    Ok(with_texts(conn, rows).await?.pop())
}

/// Which entries of a section a list shows.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// Of any of these topics; none means of all.
    pub topics: TopicSet,
    /// Listed at this time or later.
    pub from: Timestamp,
    /// Listed earlier than this.
    pub until: Timestamp,
    /// The list goes on behind this entry: its [`Entry::listed_at`] and its row.
    pub after: Option<(Timestamp, i64)>,
    /// At most so many.
    pub limit: i64,
}

impl Listing {
    /// The first entries of a whole section.
    pub fn first(limit: i64) -> Self {
        Self {
            topics: TopicSet::EMPTY,
            from: Timestamp::from_micros(i64::MIN),
            until: Timestamp::from_micros(i64::MAX),
            after: None,
            limit,
        }
    }
}

/// A statement that lists public entries of a section: the conditions of the section's index, with
/// what else is asked of the row.
macro_rules! listed {
    ($kinds:literal, $rest:literal) => {
        select!(
            "WHERE ",
            $kinds,
            " AND e.state IN ('published', 'cancelled') AND e.published_at IS NOT NULL ",
            $rest
        )
    };
}

/// The newest news, or papers and meetings, first; see [`Listing`].
pub async fn newest(
    conn: &mut impl Connection,
    section: Section,
    of: &Listing,
) -> Result<Vec<Entry>> {
    // Behind the last row before `until`.
    let (at, id) = of.after.unwrap_or((of.until, i64::MIN));
    let text = match section {
        Section::News | Section::Events => listed!(
            "e.kind = 'news'",
            "AND COALESCE(e.dated_at, e.published_at) >= $1 AND (COALESCE(e.dated_at, e.published_at), e.id) < ($2, $3) \
             AND ($4 = 0 OR (e.topics & $4) <> 0) ORDER BY COALESCE(e.dated_at, e.published_at) DESC, e.id DESC LIMIT $5"
        ),
        Section::Papers => listed!(
            "e.kind IN ('paper', 'meeting')",
            "AND COALESCE(e.starts_at, e.dated_at, e.published_at) >= $1 \
             AND (COALESCE(e.starts_at, e.dated_at, e.published_at), e.id) < ($2, $3) \
             AND ($4 = 0 OR (e.topics & $4) <> 0) \
             ORDER BY COALESCE(e.starts_at, e.dated_at, e.published_at) DESC, e.id DESC LIMIT $5"
        ),
    };
    let rows = sql!(
        conn,
        all as Row,
        text,
        of.from.micros(),
        at.micros(),
        id,
        of.topics.mask(),
        of.limit
    )?;
    with_texts(conn, rows).await
}

/// Events by their beginning, the first one first; see [`Listing`].
pub async fn events(conn: &mut impl Connection, of: &Listing) -> Result<Vec<Entry>> {
    let (at, id) = of.after.unwrap_or((of.from, i64::MIN));
    let rows = sql!(
        conn,
        all as Row,
        listed!(
            "e.kind = 'event'",
            "AND e.starts_at < $1 AND (e.starts_at, e.id) > ($2, $3) AND ($4 = 0 OR (e.topics & $4) <> 0) \
             ORDER BY e.starts_at, e.id LIMIT $5"
        ),
        of.until.micros(),
        at.micros(),
        id,
        of.topics.mask(),
        of.limit
    )?;
    with_texts(conn, rows).await
}

/// Events that began before `began_before` and are not over at `now`, the one that ends first first.
pub async fn running_events(
    conn: &mut impl Connection,
    began_before: Timestamp,
    now: Timestamp,
    topics: TopicSet,
    limit: i64,
) -> Result<Vec<Entry>> {
    let rows = sql!(
        conn,
        all as Row,
        listed!(
            "e.kind = 'event'",
            "AND e.ends_at > $1 AND e.starts_at < $2 AND ($3 = 0 OR (e.topics & $3) <> 0) \
             ORDER BY e.ends_at, e.id LIMIT $4"
        ),
        now.micros(),
        began_before.micros(),
        topics.mask(),
        limit
    )?;
    with_texts(conn, rows).await
}

/// The first of the times by which something is listed, and the last.
macro_rules! ends {
    ($time:literal, $kinds:literal) => {
        concat!(
            "SELECT (SELECT ",
            $time,
            " FROM entry WHERE ",
            $kinds,
            " AND state IN ('published', 'cancelled') AND published_at IS NOT NULL ORDER BY ",
            $time,
            " LIMIT 1), ",
            "(SELECT ",
            $time,
            " FROM entry WHERE ",
            $kinds,
            " AND state IN ('published', 'cancelled') AND published_at IS NOT NULL ORDER BY ",
            $time,
            " DESC LIMIT 1)"
        )
    };
}

/// The first and the last time by which something stands in a section; none where it is empty.
pub async fn span(
    conn: &mut impl Connection,
    section: Section,
) -> Result<Option<(Timestamp, Timestamp)>> {
    let text = match section {
        Section::News => ends!("COALESCE(dated_at, published_at)", "kind = 'news'"),
        Section::Events => ends!("starts_at", "kind = 'event'"),
        Section::Papers => ends!(
            "COALESCE(starts_at, dated_at, published_at)",
            "kind IN ('paper', 'meeting')"
        ),
    };
    let (first, last) = sql!(conn, one as (Option<i64>, Option<i64>), text)?;
    Ok(first
        .zip(last)
        .map(|(first, last)| (first.into(), last.into())))
}
