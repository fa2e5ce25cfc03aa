//! Entries and their texts: reading them.

use std::collections::BTreeMap;

use super::dialect::{Dialect, both, list_of};
use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError};
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{
    Details, EntryContent, EntryKind, EntryState, EntryText, EventTime, Origin, PaperDetails,
};
use crate::domain::language::LanguageTag;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its row.
    pub id: i64,
    /// Its name outside the installation.
    pub uuid: String,
    /// Whose it is.
    pub organisation: i64,
    /// The name of that organisation.
    pub organisation_name: String,
    /// Where it stands.
    pub state: EntryState,
    /// How it came in.
    pub origin: Origin,
    /// What it says.
    pub content: EntryContent,
    /// When it was to begin before it was moved; none where readers know no other time.
    pub moved_from: Option<Timestamp>,
    /// Whether it comes before all others.
    pub pinned: bool,
    /// When it was first stored.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it became public.
    pub published_at: Option<Timestamp>,
}

impl Entry {
    /// When readers were told that it would begin, where it takes place at `when` from now on. One that is
    /// moved back was not moved, nor one that nobody knows.
    pub fn earlier_time(&self, when: &EventTime) -> Option<Timestamp> {
        self.published_at?;
        let was = self.content.when.as_ref()?;
        if when.is_moved_from(was) {
            let earlier = Some(was.starts_at);
            earlier.filter(|_| self.moved_from != Some(when.starts_at))
        } else {
            self.moved_from
        }
    }
}

/// A statement that reads whole entries.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT e.id, e.uuid, e.organisation_id, o.name AS organisation_name, e.kind, e.state, e.origin, ",
            "e.original, e.url, e.dated_at, e.starts_at, e.ends_at, e.all_day, e.zone, e.place, e.contact, e.contact_email, ",
            "e.contact_phone, e.reference, e.committee, e.attachments, e.details, e.moved_from, e.pinned, ",
            "e.topics, e.created_at, e.updated_at, e.published_at FROM entry e JOIN organisation o ON o.id = e.organisation_id ",
            $($rest),+
        )
    };
}

mod desk;
mod public;
mod write;

pub use desk::{DeskFilter, DeskRow, count_by_state, count_submitted, desk};
pub use public::{Listing, by_short_id, events, newest, running_events, span};
pub use write::{New, add, add_named, lock, lock_by_id, rewrite, set_pinned, set_state, set_time};
pub(super) use write::{content_hash, insert, update};

row! {
    struct Row {
        id: i64,
        uuid: String,
        organisation_id: i64,
        organisation_name: String,
        kind: String,
        state: String,
        origin: String,
        original: String,
        url: Option<String>,
        dated_at: Option<i64>,
        starts_at: Option<i64>,
        ends_at: Option<i64>,
        all_day: bool,
        zone: Option<String>,
        place: Option<String>,
        contact: Option<String>,
        contact_email: Option<String>,
        contact_phone: Option<String>,
        reference: Option<String>,
        committee: Option<String>,
        attachments: Option<String>,
        details: Option<String>,
        moved_from: Option<i64>,
        pinned: bool,
        topics: i64,
        created_at: i64,
        updated_at: i64,
        published_at: Option<i64>,
    }
}

impl Row {
    fn entry(self, texts: BTreeMap<LanguageTag, EntryText>) -> Result<Entry> {
        let when = match (self.starts_at, self.zone.as_deref()) {
            (Some(starts_at), Some(zone)) => Some(EventTime {
                starts_at: Timestamp::from_micros(starts_at),
                ends_at: self.ends_at.map(Timestamp::from_micros),
                all_day: self.all_day,
                zone: zone.parse().map_err(unreadable)?,
            }),
            _ => None,
        };
        let contact = contact(self.contact, self.contact_email, self.contact_phone)?;
        let attachments = self.attachments.as_deref().map(serde_json::from_str);
        let attachments = attachments
            .transpose()
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        let details = self.details.as_deref().map(serde_json::from_str);
        let details: Option<Details> = details
            .transpose()
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(Entry {
            id: self.id,
            uuid: self.uuid,
            organisation: self.organisation_id,
            organisation_name: self.organisation_name,
            state: self.state.parse().map_err(unreadable)?,
            origin: self.origin.parse().map_err(unreadable)?,
            content: EntryContent {
                kind: self.kind.parse().map_err(unreadable)?,
                original: self.original.try_into().map_err(unreadable)?,
                texts,
                url: self.url,
                dated_at: self.dated_at.map(Timestamp::from_micros),
                when,
                place: self.place,
                contact,
                reference: self.reference,
                paper: PaperDetails {
                    committee: self.committee,
                    attachments: attachments.unwrap_or_default(),
                },
                details: details.unwrap_or_default(),
                topics: TopicSet::from_mask(self.topics),
            },
            moved_from: self.moved_from.map(Timestamp::from_micros),
            pinned: self.pinned,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(self.updated_at),
            published_at: self.published_at.map(Timestamp::from_micros),
        })
    }
}

/// A contact; what was stored before it had parts is a line.
fn contact(
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
) -> Result<Option<Contact>> {
    Ok(match (name, email, phone) {
        (name, None, None) => name.as_deref().and_then(Contact::from_text),
        (name, email, phone) => Some(Contact {
            name,
            email: email
                .as_deref()
                .map(Address::parse)
                .transpose()
                .map_err(unreadable)?,
            phone,
        }),
    })
}

/// The entry of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Entry>> {
    let rows = sql!(conn, all as Row, select!("WHERE e.id = $1"), id)?;
    Ok(with_texts(conn, rows).await?.pop())
}

/// The entry of this name, or of this row if the name is a number.
pub async fn by_name(conn: &mut impl Connection, name: &str) -> Result<Option<Entry>> {
    let row = name.parse().unwrap_or(-1);
    let rows = sql!(
        conn,
        all as Row,
        select!("WHERE e.uuid = $1 OR e.id = $2"),
        name,
        row
    )?;
    Ok(with_texts(conn, rows).await?.pop())
}

/// Entries, newest first, before the row `before`, at most `limit`; of one state or kind if given.
pub async fn list(
    conn: &mut impl Connection,
    state: Option<EntryState>,
    kind: Option<EntryKind>,
    before: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "WHERE e.id < $1 AND ($2 = '' OR e.state = $2) AND ($3 = '' OR e.kind = $3) ORDER BY e.id DESC LIMIT $4"
        ),
        before,
        state.map_or("", EntryState::as_str),
        kind.map_or("", EntryKind::as_str),
        limit
    )?;
    with_texts(conn, rows).await
}

/// What a newsletter may put into its next issue.
#[derive(Debug, Clone, Copy)]
pub struct Candidates {
    /// The newsletter.
    pub newsletter: i64,
    /// The topics it carries; none means every entry.
    pub topics: TopicSet,
    /// News and papers must have become public after this.
    pub published_after: Timestamp,
    /// When the issue goes out: events must not be over by then.
    pub at: Timestamp,
    /// Events must begin before this.
    pub until: Timestamp,
    /// At most so many.
    pub limit: i64,
}

/// Published entries that no earlier issue of the newsletter carried: news and papers that became
/// public in the window, events and meetings that lie ahead and that its mails did not tell. Entries an editor took out of an
/// issue count as carried; those of an issue cancelled before it was sent do not. An event whose
/// source has cancelled it waits until a person has decided about that.
///
/// Of each kind the first, then of each kind the second, and so on, so that many of one kind do
/// not crowd out the others at the limit; within a kind what is pinned, the latest news, and what
/// begins first.
// CROSS JOIN: SQLite begins with the few issues that an entry is in, not with all of the newsletter.
pub async fn candidates(conn: &mut impl Connection, of: Candidates) -> Result<Vec<Entry>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "WHERE e.state = 'published' AND ($2 = 0 OR e.topics = 0 OR (e.topics & $2) <> 0) \
             AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.entry_id = e.id AND p.state = 'open' AND p.cancelled) \
             AND ((e.starts_at IS NULL AND e.published_at > $3) \
               OR (e.starts_at < $5 AND COALESCE(e.ends_at, e.starts_at) > $4)) \
             AND NOT EXISTS (SELECT 1 FROM issue_entry ie CROSS JOIN issue i \
               WHERE i.id = ie.issue_id AND ie.entry_id = e.id AND ie.told AND i.newsletter_id = $1 AND NOT (i.state = 'cancelled' AND i.frozen_at IS NULL)) \
             ORDER BY ROW_NUMBER() OVER (PARTITION BY e.kind ORDER BY e.pinned DESC, COALESCE(e.starts_at, 0), \
               COALESCE(e.dated_at, e.published_at) DESC, e.id), e.kind LIMIT $6"
        ),
        of.newsletter,
        of.topics.mask(),
        of.published_after.micros(),
        of.at.micros(),
        of.until.micros(),
        of.limit
    )?;
    with_texts(conn, rows).await
}

/// The entries of an issue that were not taken out, in its order; without events whose source has
/// cancelled them and about which nobody has decided yet.
pub async fn of_issue(conn: &mut impl Connection, issue: i64) -> Result<Vec<Entry>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "JOIN issue_entry ie ON ie.entry_id = e.id WHERE ie.issue_id = $1 AND ie.included \
             AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.entry_id = e.id AND p.state = 'open' AND p.cancelled) \
             ORDER BY ie.position"
        ),
        issue
    )?;
    with_texts(conn, rows).await
}

/// The texts of the entries whose rows are listed in `$1`.
const TEXTS: Dialect = both!(
    "SELECT t.entry_id, t.language, t.title, t.teaser, t.body, t.decision, t.effects, t.translated_from FROM ",
    json_texts,
    " listed JOIN entry_text t ON t.entry_id = CAST(listed.value AS BIGINT)"
);

row! {
    struct TextRow {
        entry_id: i64,
        language: String,
        title: String,
        teaser: String,
        body: String,
        decision: String,
        effects: String,
        translated_from: Option<i64>,
    }
}

impl TextRow {
    fn text(self) -> Result<(LanguageTag, EntryText)> {
        let text = EntryText {
            title: self.title,
            teaser: self.teaser,
            body: self.body,
            decision: self.decision,
            effects: self.effects,
            translated_from: self.translated_from,
        };
        Ok((self.language.try_into().map_err(unreadable)?, text))
    }
}

async fn with_texts(conn: &mut impl Connection, rows: Vec<Row>) -> Result<Vec<Entry>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let statement = TEXTS.on(conn);
    let texts = sql!(conn, all as TextRow, statement, list_of(&ids))?;
    let mut by_entry: BTreeMap<i64, BTreeMap<LanguageTag, EntryText>> = BTreeMap::new();
    for text in texts {
        let own = by_entry.entry(text.entry_id).or_default();
        own.extend([text.text()?]);
    }
    let entries = rows.into_iter().map(|row| {
        let texts = by_entry.remove(&row.id).unwrap_or_default();
        row.entry(texts)
    });
    entries.collect()
}
