//! Proposals: changes by sources that wait for a person.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, StoreError, Tx};
use crate::domain::entry::EntryContent;
use crate::domain::proposal::{Proposal, ProposalState};
use crate::domain::timestamp::Timestamp;

row! {
    struct Row {
        id: i64,
        entry_id: i64,
        content: String,
        cancelled: bool,
        state: String,
        received_at: i64,
        decided_at: Option<i64>,
        decided_by: Option<String>,
    }
}

impl Row {
    fn proposal(self) -> Result<Proposal> {
        Ok(Proposal {
            id: self.id,
            entry: self.entry_id,
            content: serde_json::from_str(&self.content)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?,
            cancelled: self.cancelled,
            state: self.state.try_into().map_err(unreadable)?,
            received_at: Timestamp::from_micros(self.received_at),
            decided_at: self.decided_at.map(Timestamp::from_micros),
            decided_by: self.decided_by,
        })
    }
}

/// A statement that reads whole proposals.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, entry_id, content, cancelled, state, received_at, decided_at, decided_by FROM proposal ",
            $rest
        )
    };
}

/// The proposal of this number.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Proposal>> {
    let row = sql!(conn, optional as Row, select!("WHERE id = $1"), id)?;
    row.map(Row::proposal).transpose()
}

/// The open proposal of an entry; there is one at most.
pub async fn open_of(conn: &mut impl Connection, entry: i64) -> Result<Option<Proposal>> {
    let row = sql!(
        conn,
        optional as Row,
        select!("WHERE entry_id = $1 AND state = 'open'"),
        entry
    )?;
    row.map(Row::proposal).transpose()
}

/// The open proposals in the order of their entries, which has an index; at most `limit`.
pub async fn list_open(conn: &mut impl Connection, limit: i64) -> Result<Vec<Proposal>> {
    let rows = sql!(
        conn,
        all as Row,
        select!("WHERE state = 'open' ORDER BY entry_id LIMIT $1"),
        limit
    )?;
    rows.into_iter().map(Row::proposal).collect()
}

/// How many proposals are open.
pub async fn count_open(conn: &mut impl Connection) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM proposal WHERE state = 'open'"
    )?;
    Ok(count)
}

/// A change to be proposed.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewProposal<'a> {
    pub(super) entry: i64,
    pub(super) content: &'a EntryContent,
    pub(super) hash: &'a str,
    pub(super) cancelled: bool,
}

/// Proposes a change, replacing the open one. False if the same change is open already or was
/// rejected.
pub(super) async fn propose(
    tx: &mut Tx,
    proposal: NewProposal<'_>,
    now: Timestamp,
) -> Result<bool> {
    let last = sql!(
        tx,
        optional as (String,),
        "SELECT state FROM proposal WHERE entry_id = $1 AND content_hash = $2 AND topics = $3 \
         AND state IN ('open', 'rejected') ORDER BY id DESC LIMIT 1",
        proposal.entry,
        proposal.hash,
        proposal.content.topics.mask()
    )?;
    let is_open = last.as_ref().is_some_and(|(state,)| state == "open");
    if !is_open {
        supersede(tx, proposal.entry, now).await?;
    }
    if last.is_some() {
        return Ok(false);
    }
    let content = serde_json::to_string(proposal.content)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    sql!(
        tx,
        execute,
        "INSERT INTO proposal (entry_id, content, content_hash, topics, cancelled, state, received_at) \
         VALUES ($1, $2, $3, $4, $5, 'open', $6)",
        proposal.entry,
        content,
        proposal.hash,
        proposal.content.topics.mask(),
        proposal.cancelled,
        now.micros()
    )?;
    Ok(true)
}

/// Supersedes the open proposal of an entry, because its source has changed again.
pub(super) async fn supersede(tx: &mut Tx, entry: i64, now: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE proposal SET state = 'superseded', decided_at = $2 WHERE entry_id = $1 AND state = 'open'",
        entry,
        now.micros()
    )?;
    Ok(())
}

/// Accepts or rejects an open proposal. False if it is not open any more.
pub async fn decide(
    tx: &mut Tx,
    id: i64,
    to: ProposalState,
    by: &str,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE proposal SET state = $2, decided_at = $3, decided_by = $4 WHERE id = $1 AND state = 'open'",
        id,
        to.as_str(),
        now.micros(),
        by
    )?;
    Ok(touched == 1)
}
