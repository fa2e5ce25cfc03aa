//! Entries: writing, publishing, withdrawing, calling off; and how they are shown.

mod restore;
pub(in crate::app) mod versions;
mod write;

use std::collections::BTreeMap;

pub use write::{Saved, Written, drop_draft, keep_draft, note_open, save, version};

use super::issues::review;
use super::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::contact::Contact;
use crate::domain::entry::{
    Details, EntryContent, EntryKind, EntryState, EntryText, EventTime, Origin, PaperDetails,
    VersionReason,
};
use crate::domain::language::LanguageTag;
use crate::domain::review::Change;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::entry::Entry;
use crate::store::{self, StoreError};

pub use restore::restore;

/// Why an operation on entries was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// No entry has this name.
    #[error("there is no entry “{name}”; `rundbrief entry list` shows those that exist")]
    Unknown {
        /// The name: a row's number or a UUID.
        name: String,
    },
    /// Its state does not allow this, or was changed by somebody else in the meantime.
    #[error("entry {name} is {state} and cannot become {to}; nothing was changed")]
    State {
        /// The name of the entry.
        name: String,
        /// Its state.
        state: EntryState,
        /// The state it was to have.
        to: EntryState,
    },
    /// It is no event, so it cannot be moved.
    #[error("entry {name} has no time, so it cannot be moved; nothing was changed")]
    NoTime {
        /// The name of the entry.
        name: String,
    },
    /// It has no such version.
    #[error("entry {name} has no version {number}; nothing was changed")]
    Version {
        /// The name of the entry.
        name: String,
        /// The number of the version.
        number: i64,
    },
    /// Somebody else has changed what it says in the meantime.
    #[error("entry {name} has changed in the meantime; nothing was changed")]
    Changed {
        /// The name of the entry.
        name: String,
    },
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for EntryError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Entries that were moved to another state, as `--json` prints them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Moved {
    /// The state.
    pub state: EntryState,
    /// Those that were in another one before, by their rows.
    pub entries: Vec<i64>,
}

/// Entries that were pinned or unpinned, as `--json` prints them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pinned {
    /// Whether they come first now.
    pub pinned: bool,
    /// Those of which that was not so before, by their rows.
    pub entries: Vec<i64>,
}

/// An entry before it is stored.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Whose it is.
    pub organisation: i64,
    /// What it says.
    pub content: EntryContent,
    /// A draft, submitted or published.
    pub state: EntryState,
}

/// Adds entries, all or none. Returns their rows.
pub async fn add(app: &App, actor: &Actor, new: &[NewEntry]) -> Result<Vec<i64>, EntryError> {
    let mut op = app.begin(actor, Action::EntryAdd).await?;
    let at = op.at();
    let mut rows = Vec::new();
    for NewEntry {
        organisation,
        content,
        state,
    } in new
    {
        let row = store::entry::add(op.tx(), *organisation, content, *state, at).await?;
        versions::first(&mut op, row, content, VersionReason::Written).await?;
        let added = store::entry::by_id(op.tx(), row).await?;
        let uuid = added.map_or_else(String::new, |entry| entry.uuid);
        let after = format!("{}, {state}", content.kind);
        op.record(Subject::new(SubjectKind::Entry, uuid), None, Some(&after));
        rows.push(row);
    }
    op.commit().await?;
    Ok(rows)
}

/// Publishes entries, so that the next issue carries them: all or none. One that is published
/// already is left as it is. `names` are rows or UUIDs.
pub async fn publish(app: &App, actor: &Actor, names: &[String]) -> Result<Moved, EntryError> {
    move_to(
        app,
        actor,
        Action::EntryPublish,
        names,
        EntryState::Published,
    )
    .await
}

/// Withdraws entries: issues that are not approved yet leave them out. All or none.
pub async fn withdraw(app: &App, actor: &Actor, names: &[String]) -> Result<Moved, EntryError> {
    move_to(
        app,
        actor,
        Action::EntryWithdraw,
        names,
        EntryState::Withdrawn,
    )
    .await
}

/// Hands entries in, so that somebody decides about them. All or none.
pub async fn submit(app: &App, actor: &Actor, names: &[String]) -> Result<Moved, EntryError> {
    move_to(
        app,
        actor,
        Action::EntrySubmit,
        names,
        EntryState::Submitted,
    )
    .await
}

/// Does not accept entries that were handed in. All or none.
pub async fn reject(app: &App, actor: &Actor, names: &[String]) -> Result<Moved, EntryError> {
    move_to(app, actor, Action::EntryReject, names, EntryState::Rejected).await
}

/// Calls events off: issues that carry them say so. All or none.
pub async fn call_off(app: &App, actor: &Actor, names: &[String]) -> Result<Moved, EntryError> {
    move_to(
        app,
        actor,
        Action::EntryCancel,
        names,
        EntryState::Cancelled,
    )
    .await
}

/// Moves an event to another time. Issues and pages say what the earlier one was, where readers knew it.
pub async fn reschedule(
    app: &App,
    actor: &Actor,
    name: &str,
    when: &EventTime,
) -> Result<(), EntryError> {
    let mut op = app.begin(actor, Action::EntryChange).await?;
    let at = op.at();
    let entry = store::entry::lock(op.tx(), name).await?;
    let entry = entry.ok_or_else(|| EntryError::Unknown {
        name: name.to_owned(),
    })?;
    let Some(was) = entry.content.when.as_ref() else {
        return Err(EntryError::NoTime {
            name: name.to_owned(),
        });
    };
    if was == when {
        return Ok(());
    }
    let moved_from = entry.earlier_time(when);
    store::entry::set_time(op.tx(), entry.id, when, moved_from, at).await?;
    versions::record(&mut op, &entry, VersionReason::Moved).await?;
    let words = |when: &EventTime| format!("begins {}", when.starts_at);
    let (before, after) = (words(was), words(when));
    op.record(
        Subject::new(SubjectKind::Entry, entry.uuid),
        Some(&before),
        Some(&after),
    );
    Ok(op.commit().await?)
}

/// Pins entries, so that they come first in every issue and list, or ends that: all or none. Issues
/// that are approved already stay as they are.
pub async fn pin(
    app: &App,
    actor: &Actor,
    names: &[String],
    pinned: bool,
) -> Result<Pinned, EntryError> {
    let word = |pinned| if pinned { "pinned" } else { "not pinned" };
    let action = if pinned {
        Action::EntryPin
    } else {
        Action::EntryUnpin
    };
    let mut op = app.begin(actor, action).await?;
    let at = op.at();
    let mut entries = Vec::new();
    for name in names {
        let entry = store::entry::lock(op.tx(), name).await?;
        let entry = entry.ok_or_else(|| EntryError::Unknown { name: name.clone() })?;
        if store::entry::set_pinned(op.tx(), entry.id, pinned, at).await? {
            review::entry_changed(&mut op, &entry, |_| Change::Arrangement).await?;
            let subject = Subject::new(SubjectKind::Entry, entry.uuid);
            op.record(subject, Some(word(!pinned)), Some(word(pinned)));
            entries.push(entry.id);
        }
    }
    op.commit().await?;
    Ok(Pinned { pinned, entries })
}

async fn move_to(
    app: &App,
    actor: &Actor,
    action: Action,
    names: &[String],
    to: EntryState,
) -> Result<Moved, EntryError> {
    let mut op = app.begin(actor, action).await?;
    let at = op.at();
    let mut moved = Moved {
        state: to,
        entries: Vec::new(),
    };
    for name in names {
        let entry = store::entry::lock(op.tx(), name).await?;
        let entry = entry.ok_or_else(|| EntryError::Unknown { name: name.clone() })?;
        let from = entry.state;
        if from == to {
            continue;
        }
        if !from.may_become(to) || !store::entry::set_state(op.tx(), entry.id, from, to, at).await?
        {
            return Err(EntryError::State {
                name: name.clone(),
                state: from,
                to,
            });
        }
        review::entry_changed(&mut op, &entry, |title| Change::EntryState { title }).await?;
        op.record(
            Subject::new(SubjectKind::Entry, entry.uuid),
            Some(from.as_str()),
            Some(to.as_str()),
        );
        moved.entries.push(entry.id);
    }
    op.commit().await?;
    Ok(moved)
}

/// An entry, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct EntryDetails {
    /// Its row.
    pub id: i64,
    /// Its UUID.
    pub uuid: String,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// Its state.
    pub state: EntryState,
    /// How it came in.
    pub origin: Origin,
    /// The name of the organisation it belongs to.
    pub organisation: String,
    /// The language it was written in.
    pub original: LanguageTag,
    /// Its text in every language.
    pub texts: BTreeMap<LanguageTag, EntryText>,
    /// Where to read more.
    pub url: Option<String>,
    /// The date its author gave it.
    pub dated_at: Option<Timestamp>,
    /// When it takes place.
    pub when: Option<EventTime>,
    /// When it was to begin before it was moved.
    pub moved_from: Option<Timestamp>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The council's file number.
    pub reference: Option<String>,
    /// A paper's committee and documents.
    pub paper: PaperDetails,
    /// What else is said of it.
    pub details: Details,
    /// Whether it comes first.
    pub pinned: bool,
    /// The keys of its topics.
    pub topics: Vec<String>,
    /// When it was first stored.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it became public.
    pub published_at: Option<Timestamp>,
}

impl EntryDetails {
    /// This entry; `topics` are those of the installation.
    pub fn new(entry: &Entry, topics: &[Topic]) -> Self {
        let content = entry.content.clone();
        Self {
            id: entry.id,
            uuid: entry.uuid.clone(),
            kind: content.kind,
            state: entry.state,
            origin: entry.origin,
            organisation: entry.organisation_name.clone(),
            original: content.original,
            texts: content.texts,
            url: content.url,
            dated_at: content.dated_at,
            when: content.when,
            moved_from: entry.moved_from,
            place: content.place,
            contact: content.contact,
            reference: content.reference,
            paper: content.paper,
            details: content.details,
            pinned: entry.pinned,
            topics: lookup::topic_keys(topics, content.topics),
            created_at: entry.created_at,
            updated_at: entry.updated_at,
            published_at: entry.published_at,
        }
    }
}
