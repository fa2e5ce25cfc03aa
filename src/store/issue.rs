//! Issues: reading them, and adding one.

use std::collections::BTreeMap;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid, row_id};
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

mod moves;
mod of_entry;
mod text;

pub use moves::{
    finish_done, lock, lock_with, note_stop_told, release, send_again, set_state, set_times,
    set_untold,
};
pub use of_entry::{IssueOfEntry, of_entry};
pub use text::{IssueText, set_text, texts};

/// An issue as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Its row.
    pub id: i64,
    /// Its name outside the installation.
    pub uuid: String,
    /// Of which newsletter.
    pub newsletter: i64,
    /// Its number, counted from 1 in each newsletter.
    pub number: i64,
    /// The local date and time of its slot (`2027-03-28T02:30`); none if composed by hand.
    pub slot: Option<String>,
    /// When it is due; none: when somebody sends it.
    pub send_at: Option<Timestamp>,
    /// Where it stands.
    pub state: IssueState,
    /// Why it is held, paused or cancelled.
    pub reason: Option<Reason>,
    /// News from when on it looked at.
    pub window_from: Option<Timestamp>,
    /// News until when it looked at.
    pub window_to: Timestamp,
    /// SHA-256 of what was released, in hexadecimal.
    pub release_hash: Option<String>,
    /// The topics of its entries, together.
    pub topics: TopicSet,
    /// Whether something in it is for every reader, whatever their topics.
    pub for_everyone: bool,
    /// When it was composed.
    pub composed_at: Timestamp,
    /// When it was released.
    pub released_at: Option<Timestamp>,
    /// When its audience was frozen.
    pub frozen_at: Option<Timestamp>,
    /// When its last delivery was finished.
    pub finished_at: Option<Timestamp>,
    /// Active subscribers who would have found nothing in it.
    pub skipped: i64,
    /// Rows of the ledger; 0 before it is frozen.
    pub recipients: i64,
    /// When a person last set its sending going again.
    pub resumed_at: Option<Timestamp>,
    /// Until when its approval can be taken back: nothing is sent before.
    pub send_not_before: Option<Timestamp>,
}

impl Issue {
    /// The time that was chosen for it; none where it goes out as soon as it is approved. Such an issue gets its
    /// time when it is approved, and loses it with the approval.
    pub fn chosen_time(&self) -> Option<Timestamp> {
        self.send_at.filter(|at| Some(*at) != self.send_not_before)
    }
}

/// An issue before it is stored.
#[derive(Debug, Clone)]
pub struct NewIssue {
    /// Of which newsletter.
    pub newsletter: i64,
    /// Its slot, if the schedule made it.
    pub slot: Option<String>,
    /// When it is due.
    pub send_at: Option<Timestamp>,
    /// Draft, in review or held.
    pub state: IssueState,
    /// Why it is held.
    pub reason: Option<Reason>,
    /// News from when on it looked at.
    pub window_from: Option<Timestamp>,
    /// The entries, in their order.
    pub entries: Vec<i64>,
    /// Its wording.
    pub texts: BTreeMap<Language, IssueText>,
}

row! {
    struct Row {
        id: i64,
        uuid: String,
        newsletter_id: i64,
        number: i64,
        slot: Option<String>,
        send_at: Option<i64>,
        state: String,
        reason: Option<String>,
        window_from: Option<i64>,
        window_to: i64,
        release_hash: Option<String>,
        topics: i64,
        for_everyone: bool,
        composed_at: i64,
        released_at: Option<i64>,
        frozen_at: Option<i64>,
        finished_at: Option<i64>,
        skipped: i64,
        recipients: i64,
        resumed_at: Option<i64>,
        send_not_before: Option<i64>,
    }
}

impl TryFrom<Row> for Issue {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        let time = |micros: Option<i64>| micros.map(Timestamp::from_micros);
        Ok(Self {
            id: row.id,
            uuid: row.uuid,
            newsletter: row.newsletter_id,
            number: row.number,
            slot: row.slot,
            send_at: time(row.send_at),
            state: row.state.parse().map_err(unreadable)?,
            reason: row.reason.as_deref().map(Reason::from_stored),
            window_from: time(row.window_from),
            window_to: Timestamp::from_micros(row.window_to),
            release_hash: row.release_hash,
            topics: TopicSet::from_mask(row.topics),
            for_everyone: row.for_everyone,
            composed_at: Timestamp::from_micros(row.composed_at),
            released_at: time(row.released_at),
            frozen_at: time(row.frozen_at),
            finished_at: time(row.finished_at),
            skipped: row.skipped,
            recipients: row.recipients,
            resumed_at: time(row.resumed_at),
            send_not_before: time(row.send_not_before),
        })
    }
}

/// A statement that reads whole issues.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, uuid, newsletter_id, number, slot, send_at, state, reason, window_from, window_to, release_hash, ",
            "topics, for_everyone, composed_at, released_at, frozen_at, finished_at, skipped, recipients, resumed_at, send_not_before FROM issue ",
            $rest
        )
    };
}

/// Stores a new issue under the newsletter's next number. `None` when the slot has its issue
/// already: one slot, one issue, whoever comes first. Call [`super::newsletter::lock`] before.
pub async fn add(tx: &mut Tx, new: &NewIssue, now: Timestamp) -> Result<Option<Issue>> {
    let made = sql!(
        tx,
        optional as (i64,),
        "INSERT INTO issue (id, uuid, newsletter_id, number, slot, send_at, state, reason, window_from, window_to, topics, \
         for_everyone, composed_at, skipped) \
         SELECT $9, $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, $7, $8, 0, FALSE, $8, 0 FROM issue WHERE newsletter_id = $2 \
         ON CONFLICT (newsletter_id, slot) DO NOTHING RETURNING id",
        new_uuid(now),
        new.newsletter,
        new.slot.clone(),
        new.send_at.map(Timestamp::micros),
        new.state.as_str(),
        new.reason.as_ref().map(Reason::to_stored),
        new.window_from.map(Timestamp::micros),
        now.micros(),
        row_id::new(now)
    )?;
    let Some((id,)) = made else { return Ok(None) };
    for (position, entry) in (0_i64..).zip(&new.entries) {
        sql!(
            tx,
            execute,
            "INSERT INTO issue_entry (issue_id, entry_id, position, included) VALUES ($1, $2, $3, TRUE)",
            id,
            *entry,
            position
        )?;
    }
    for (language, text) in &new.texts {
        set_text(tx, id, *language, text).await?;
    }
    by_id(tx, id).await
}

/// The issue of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Issue>> {
    sql!(conn, optional as Row, select!("WHERE id = $1"), id)?
        .map(Issue::try_from)
        .transpose()
}

/// The issue of this number.
pub async fn by_number(
    conn: &mut impl Connection,
    newsletter: i64,
    number: i64,
) -> Result<Option<Issue>> {
    sql!(
        conn,
        optional as Row,
        select!("WHERE newsletter_id = $1 AND number = $2"),
        newsletter,
        number
    )?
    .map(Issue::try_from)
    .transpose()
}

/// The newest issues, of one newsletter if given, at most `limit`.
pub async fn list(
    conn: &mut impl Connection,
    newsletter: Option<i64>,
    limit: i64,
) -> Result<Vec<Issue>> {
    list_before(conn, newsletter, i64::MAX, limit).await
}

/// The newest issues before the row `before`, likewise.
pub async fn list_before(
    conn: &mut impl Connection,
    newsletter: Option<i64>,
    before: i64,
    limit: i64,
) -> Result<Vec<Issue>> {
    let rows = sql!(
        conn,
        all as Row,
        select!("WHERE id < $3 AND ($1 = 0 OR newsletter_id = $1) ORDER BY id DESC LIMIT $2"),
        newsletter.unwrap_or(0),
        limit,
        before
    )?;
    rows.into_iter().map(Issue::try_from).collect()
}

/// Issues that go out or went out from `from` on and before `until`, at most `limit`, oldest first.
pub async fn between(
    conn: &mut impl Connection,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Issue>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "WHERE COALESCE(frozen_at, send_at) >= $1 AND COALESCE(frozen_at, send_at) < $2 ORDER BY id LIMIT $3"
        ),
        from.micros(),
        until.micros(),
        limit
    )?;
    rows.into_iter().map(Issue::try_from).collect()
}

/// Issues in one state, oldest first.
pub async fn in_state(conn: &mut impl Connection, state: IssueState) -> Result<Vec<Issue>> {
    let rows = sql!(
        conn,
        all as Row,
        select!("WHERE state = $1 ORDER BY id"),
        state.as_str()
    )?;
    rows.into_iter().map(Issue::try_from).collect()
}

/// Whether the slot of a newsletter has its issue.
pub async fn has_slot(conn: &mut impl Connection, newsletter: i64, slot: &str) -> Result<bool> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT id FROM issue WHERE newsletter_id = $1 AND slot = $2",
        newsletter,
        slot
    )?;
    Ok(found.is_some())
}

/// Until when the last issue of a newsletter looked at news. Issues that were cancelled before they
/// were sent do not count, nor do windows that end after `latest`: a clock that was ahead made them,
/// and what is published until then would be told by no issue.
pub async fn last_window(
    conn: &mut impl Connection,
    newsletter: i64,
    latest: Timestamp,
) -> Result<Option<Timestamp>> {
    let (last,) = sql!(
        conn,
        one as (Option<i64>,),
        "SELECT MAX(window_to) FROM issue WHERE newsletter_id = $1 AND window_to <= $2 AND NOT (state = 'cancelled' AND frozen_at IS NULL)",
        newsletter,
        latest.micros()
    )?;
    Ok(last.map(Timestamp::from_micros))
}

/// The released texts as they were.
pub async fn released(conn: &mut impl Connection, id: i64) -> Result<Option<String>> {
    let row = sql!(
        conn,
        optional as (Option<String>,),
        "SELECT release FROM issue WHERE id = $1",
        id
    )?;
    Ok(row.and_then(|(release,)| release))
}

/// Issues that stopped by themselves and of which nobody was told, oldest first.
pub async fn stopped_untold(conn: &mut impl Connection) -> Result<Vec<Issue>> {
    let rows = sql!(
        conn,
        all as Row,
        select!(
            "WHERE state IN ('paused', 'held') AND reason IS NOT NULL AND stop_told = FALSE ORDER BY id"
        )
    )?;
    rows.into_iter().map(Issue::try_from).collect()
}
