//! Entries as the newsroom lists them: found by words and facts, what changed last first.

use std::collections::BTreeMap;

use crate::domain::entry::{EntryKind, EntryState, EventTime, Origin};
use crate::domain::search::Sought;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::Result;
use crate::store::error::unreadable;
use crate::store::sql::{Connection, row, sql};

/// Which entries the list shows. By default all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// With all of these words.
    pub words: Sought,
    /// Of this kind.
    pub kind: Option<EntryKind>,
    /// In this state.
    pub state: Option<EntryState>,
    /// Of one of these topics; none means of any.
    pub topics: TopicSet,
    /// Of this organisation.
    pub organisation: Option<i64>,
    /// That came in this way.
    pub origin: Option<Origin>,
    /// With a date at this time or later: of what takes place its beginning, else the author's date, else
    /// the publication.
    pub from: Option<Timestamp>,
    /// With a date earlier than this.
    pub until: Option<Timestamp>,
}

/// An entry in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRow {
    /// Its row.
    pub id: i64,
    /// Its name outside the installation.
    pub uuid: String,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// Where it stands.
    pub state: EntryState,
    /// How it came in.
    pub origin: Origin,
    /// The name of the organisation it belongs to.
    pub organisation: String,
    /// Its title in the language it was written in.
    pub title: String,
    /// That language, as a BCP 47 tag.
    pub original: String,
    /// In how many languages there is a text.
    pub languages: i64,
    /// When it takes place.
    pub when: Option<EventTime>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Its topics.
    pub topics: TopicSet,
    /// Whether it comes first.
    pub pinned: bool,
    /// Whether its source proposes a change.
    pub proposed: bool,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it became public.
    pub published_at: Option<Timestamp>,
}

row! {
    struct Row {
        id: i64,
        uuid: String,
        kind: String,
        state: String,
        origin: String,
        organisation: String,
        title: Option<String>,
        original: String,
        languages: i64,
        starts_at: Option<i64>,
        ends_at: Option<i64>,
        all_day: bool,
        zone: Option<String>,
        place: Option<String>,
        topics: i64,
        pinned: bool,
        proposed: bool,
        updated_at: i64,
        published_at: Option<i64>,
    }
}

impl Row {
    fn row(self) -> Result<DeskRow> {
        let when = match (self.starts_at, self.zone.as_deref()) {
            (Some(starts_at), Some(zone)) => Some(EventTime {
                starts_at: Timestamp::from_micros(starts_at),
                ends_at: self.ends_at.map(Timestamp::from_micros),
                all_day: self.all_day,
                zone: zone.parse().map_err(unreadable)?,
            }),
            _ => None,
        };
        Ok(DeskRow {
            id: self.id,
            uuid: self.uuid,
            kind: self.kind.parse().map_err(unreadable)?,
            state: self.state.parse().map_err(unreadable)?,
            origin: self.origin.parse().map_err(unreadable)?,
            organisation: self.organisation,
            title: self.title.unwrap_or_default(),
            original: self.original,
            languages: self.languages,
            when,
            place: self.place,
            topics: TopicSet::from_mask(self.topics),
            pinned: self.pinned,
            proposed: self.proposed,
            updated_at: Timestamp::from_micros(self.updated_at),
            published_at: self.published_at.map(Timestamp::from_micros),
        })
    }
}

/// A statement with the conditions of a [`DeskFilter`], its state excepted: `$1` to `$14`.
macro_rules! filtered {
    ($first:literal, $rest:literal) => {
        concat!(
            $first,
            " WHERE ($1 = '' OR e.kind = $1) AND ($2 = '' OR e.origin = $2) AND ($3 = 0 OR e.organisation_id = $3) \
             AND ($4 = 0 OR (e.topics & $4) <> 0) \
             AND COALESCE(e.starts_at, e.dated_at, e.published_at, e.created_at) >= $5 \
             AND COALESCE(e.starts_at, e.dated_at, e.published_at, e.created_at) < $6 \
             AND ($7 = '' OR e.id IN (SELECT entry_id FROM entry_word WHERE word >= $7 AND word < $8)) \
             AND ($9 = '' OR e.id IN (SELECT entry_id FROM entry_word WHERE word >= $9 AND word < $10)) \
             AND ($11 = '' OR e.id IN (SELECT entry_id FROM entry_word WHERE word >= $11 AND word < $12)) \
             AND ($13 = '' OR e.id IN (SELECT entry_id FROM entry_word WHERE word >= $13 AND word < $14))",
            $rest
        )
    };
}

/// Runs a statement of [`filtered!`] with the values of a filter, and those given.
macro_rules! run {
    ($conn:ident, $row:ty, $filter:ident, $text:expr $(, $bind:expr)*) => {{
        let range = |at| $filter.words.range(at);
        let ((first, first_end), (second, second_end)) = (range(0), range(1));
        let ((third, third_end), (fourth, fourth_end)) = (range(2), range(3));
        sql!(
            $conn,
            all as $row,
            $text,
            $filter.kind.map_or("", EntryKind::as_str),
            $filter.origin.map_or("", Origin::as_str),
            $filter.organisation.unwrap_or(0),
            $filter.topics.mask(),
            $filter.from.map_or(i64::MIN, Timestamp::micros),
            $filter.until.map_or(i64::MAX, Timestamp::micros),
            first.as_str(),
            first_end.as_str(),
            second.as_str(),
            second_end.as_str(),
            third.as_str(),
            third_end.as_str(),
            fourth.as_str(),
            fourth_end.as_str()
            $(, $bind)*
        )
    }};
}

/// Entries of the list, what changed last first: at most `limit`, after so many that are left out.
pub async fn desk(
    conn: &mut impl Connection,
    filter: &DeskFilter,
    (left_out, limit): (i64, i64),
) -> Result<Vec<DeskRow>> {
    let rows = run!(
        conn,
        Row,
        filter,
        // The page is chosen before anything is joined to it: PostgreSQL takes the conditions for so narrow that
        // it would join all entries first.
        filtered!(
            "SELECT e.id, e.uuid, e.kind, e.state, e.origin, o.name AS organisation, t.title, e.original, \
             (SELECT COUNT(*) FROM entry_text x WHERE x.entry_id = e.id) AS languages, \
             e.starts_at, e.ends_at, e.all_day, e.zone, e.place, e.topics, e.pinned, \
             EXISTS (SELECT 1 FROM proposal p WHERE p.entry_id = e.id AND p.state = 'open') AS proposed, \
             e.updated_at, e.published_at FROM (SELECT * FROM entry e",
            " AND ($15 = '' OR e.state = $15) ORDER BY e.updated_at DESC, e.id DESC LIMIT $16 OFFSET $17) e \
             JOIN organisation o ON o.id = e.organisation_id \
             LEFT JOIN entry_text t ON t.entry_id = e.id AND t.language = e.original ORDER BY e.updated_at DESC, e.id DESC"
        ),
        filter.state.map_or("", EntryState::as_str),
        limit,
        left_out
    )?;
    rows.into_iter().map(Row::row).collect()
}

/// How many entries of each state the filter finds, whatever state it asks for.
pub async fn count_by_state(
    conn: &mut impl Connection,
    filter: &DeskFilter,
) -> Result<BTreeMap<EntryState, i64>> {
    let rows = run!(
        conn,
        (String, i64),
        filter,
        filtered!("SELECT e.state, COUNT(*) FROM entry e", " GROUP BY e.state")
    )?;
    let counts = rows.into_iter().map(|(state, count)| {
        let state: EntryState = state.try_into().map_err(unreadable)?;
        Ok((state, count))
    });
    counts.collect()
}

/// How many entries wait for a decision.
pub async fn count_submitted(conn: &mut impl Connection) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM entry WHERE state = 'submitted'"
    )?;
    Ok(count)
}
