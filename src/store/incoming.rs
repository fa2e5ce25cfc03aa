//! Stores imported items as entries. A new item adds an entry. A changed item changes its entry or,
//! if a person has decided about the entry, becomes a proposal.

use super::error::unreadable;
use super::proposal::{self, NewProposal};
use super::sql::sql;
use super::{Result, Tx, entry, entry_version, new_uuid};
use crate::domain::entry::{EntryContent, EntryState, Origin};
use crate::domain::proposal::Proposal;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// An imported item.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// Whose it is.
    pub organisation: i64,
    /// How it was imported.
    pub origin: Origin,
    /// Its source's identifier; together with the two above it identifies the entry.
    pub external_id: &'a str,
    /// What it says.
    pub content: &'a EntryContent,
    /// The state of a new entry: submitted or published.
    pub state: EntryState,
    /// Whether the source has cancelled it.
    pub cancelled: bool,
    /// Whether the source may change what a person has approved or published.
    pub trusted: bool,
}

/// The result of importing an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new entry was added.
    New,
    /// Its entry, about which nobody has decided, was changed.
    Updated,
    /// Its entry was approved or published, and a trusted source has changed it.
    Replaced,
    /// Its entry was approved or published: the change waits for a person.
    Proposed,
    /// The item is unchanged, or the change is already open or was rejected.
    Unchanged,
}

/// An entry before the import.
struct Known {
    id: i64,
    hash: String,
    state: EntryState,
    topics: TopicSet,
    was_published: bool,
}

impl Known {
    /// Whether a person has decided that readers see it.
    fn is_decided(&self) -> bool {
        match self.state {
            EntryState::Approved | EntryState::Published => true,
            EntryState::Cancelled => self.was_published,
            EntryState::Draft
            | EntryState::Submitted
            | EntryState::Rejected
            | EntryState::Withdrawn => false,
        }
    }
}

/// Stores an imported item; returns its row and the result.
///
/// Topics that editors added stay: a source can add topics but not remove them. An entry that was
/// withdrawn or rejected here stays so, whatever its source says.
pub async fn take(tx: &mut Tx, incoming: Incoming<'_>, now: Timestamp) -> Result<(i64, Outcome)> {
    let Some(known) = known(tx, &incoming).await? else {
        let state = if incoming.cancelled {
            EntryState::Cancelled
        } else {
            incoming.state
        };
        let name = (incoming.origin, Some(incoming.external_id));
        let id = entry::insert(
            tx,
            entry::New {
                uuid: &new_uuid(now),
                organisation: incoming.organisation,
                content: incoming.content,
                state,
            },
            name,
            now,
        )
        .await?;
        return Ok((id, Outcome::New));
    };
    let hash = entry::content_hash(incoming.content, incoming.cancelled);
    let content = EntryContent {
        topics: known.topics.or(incoming.content.topics),
        ..incoming.content.clone()
    };
    let outcome = if known.hash == hash && content.topics == known.topics {
        proposal::supersede(tx, known.id, now).await?;
        Outcome::Unchanged
    } else if known.is_decided() && !incoming.trusted {
        let change = NewProposal {
            entry: known.id,
            content: &content,
            hash: &hash,
            cancelled: incoming.cancelled,
        };
        if proposal::propose(tx, change, now).await? {
            Outcome::Proposed
        } else {
            Outcome::Unchanged
        }
    } else {
        proposal::supersede(tx, known.id, now).await?;
        let back = if known.is_decided() {
            EntryState::Published
        } else {
            incoming.state
        };
        replace(
            tx,
            (known.id, known.state),
            &content,
            incoming.cancelled,
            back,
            now,
        )
        .await?;
        if known.is_decided() {
            Outcome::Replaced
        } else {
            Outcome::Updated
        }
    };
    Ok((known.id, outcome))
}

async fn known(tx: &mut Tx, incoming: &Incoming<'_>) -> Result<Option<Known>> {
    let row = sql!(
        tx,
        optional as (i64, String, String, i64, Option<i64>),
        "SELECT id, content_hash, state, topics, published_at FROM entry \
         WHERE organisation_id = $1 AND origin = $2 AND external_id = $3",
        incoming.organisation,
        incoming.origin.as_str(),
        incoming.external_id
    )?;
    row.map(|(id, hash, state, topics, published_at)| {
        Ok(Known {
            id,
            hash,
            state: state.try_into().map_err(unreadable)?,
            topics: TopicSet::from_mask(topics),
            was_published: published_at.is_some(),
        })
    })
    .transpose()
}

/// Applies an open proposal to its entry.
pub async fn apply(
    tx: &mut Tx,
    state: EntryState,
    proposal: &Proposal,
    now: Timestamp,
) -> Result<()> {
    let entry = (proposal.entry, state);
    let (content, cancelled) = (&proposal.content, proposal.cancelled);
    replace(tx, entry, content, cancelled, EntryState::Published, now).await
}

/// Replaces the content of an entry. A cancelled event is cancelled here too; one that is no longer
/// cancelled returns to the state `back`.
async fn replace(
    tx: &mut Tx,
    (id, state): (i64, EntryState),
    content: &EntryContent,
    cancelled: bool,
    back: EntryState,
    now: Timestamp,
) -> Result<()> {
    let hash = entry::content_hash(content, cancelled);
    let before = entry::by_id(tx, id).await?;
    if let Some(before) = &before {
        entry_version::keep(tx, before).await?;
    }
    let mut content = content.clone();
    if let (true, Some(before)) = (content.details.is_empty(), &before) {
        // Sources say nothing of it; what was written here stays.
        content.details = before.content.details.clone();
    }
    let content = &content;
    let moved_from = before
        .zip(content.when.as_ref())
        .and_then(|(before, when)| before.earlier_time(when));
    entry::update(tx, id, (content, moved_from), Some(&hash), now).await?;
    let to = match state {
        EntryState::Cancelled if !cancelled => back,
        state if cancelled && state.may_become(EntryState::Cancelled) => EntryState::Cancelled,
        state => state,
    };
    if to != state {
        entry::set_state(tx, id, state, to, now).await?;
    }
    Ok(())
}
