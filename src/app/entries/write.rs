//! Writing an entry in the newsroom: adding one, changing one, and what is not saved yet.
//!
//! Who saves says which version they began with. When the entry has moved on since, nothing is written:
//! the caller shows both texts, or merges them.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{EntryError, versions};
use crate::app::issues::review;
use crate::app::operation::Operation;
use crate::app::{Actor, App};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::{EntryContent, EntryState, EventTime, VersionReason};
use crate::domain::language::LanguageTag;
use crate::domain::review::Change;
use crate::store;
use crate::store::entry::Entry;
use crate::store::entry_draft::EntryDraft;
use crate::store::{StoreError, entry_version};

/// How long a draft that nobody touches is kept.
const DRAFTS_FOR: Duration = Duration::from_hours(24 * 30);
/// How long it is noted that somebody has opened an entry.
const OPEN_FOR: Duration = Duration::from_mins(10);

/// An entry as somebody has written it.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    /// Its UUID; of a new entry, that it is to have, so that a form that is sent twice adds one.
    pub uuid: &'a str,
    /// The version it was written from; none of a new entry.
    pub base: Option<i64>,
    /// What it says.
    pub content: EntryContent,
    /// The translations that are up to date, although they did not change.
    pub reviewed: BTreeSet<LanguageTag>,
    /// The state it is to have, if another one.
    pub state: Option<EntryState>,
    /// New events: the further times at which it takes place, each of which becomes an entry of its own.
    pub further: Vec<EventTime>,
    /// Whether it has the words of two people.
    pub merged: bool,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It was written as this version.
    As(i64),
    /// It says what it said before.
    Unchanged,
    /// Somebody else has changed it meanwhile: this is its version now. Nothing was written.
    MovedOn(i64),
}

/// Writes an entry: a new one, or another version of one.
pub async fn save(app: &App, actor: &Actor, written: Written<'_>) -> Result<Saved, EntryError> {
    let action = if written.base.is_some() {
        Action::EntryChange
    } else {
        Action::EntryAdd
    };
    let mut op = app.begin(actor, action).await?;
    let saved = match store::entry::lock(op.tx(), written.uuid).await? {
        Some(entry) => change(&mut op, &entry, &written).await?,
        None if written.base.is_none() => add(app, &mut op, &written).await?,
        None => {
            return Err(EntryError::Unknown {
                name: written.uuid.to_owned(),
            });
        }
    };
    if !matches!(saved, Saved::MovedOn(_)) {
        store::entry_draft::remove(op.tx(), &actor.name(), written.uuid).await?;
        op.commit().await?;
    }
    Ok(saved)
}

async fn add(app: &App, op: &mut Operation, written: &Written<'_>) -> Result<Saved, EntryError> {
    let at = op.at();
    let name = &app.config.organisation.name;
    let own = store::organisation::ensure(op.tx(), name, at).await?.id;
    let mut content = written.content.clone();
    note_translations(&mut content, None, &written.reviewed, 1);
    let state = written.state.unwrap_or(EntryState::Draft);
    let number = add_one(op, (own, written.uuid), &content, state).await?;
    for when in &written.further {
        let content = later(&content, when);
        add_one(op, (own, &store::new_uuid(at)), &content, state).await?;
    }
    Ok(Saved::As(number))
}

/// The same event at a later time; what ends before it ends as long before.
fn later(content: &EntryContent, when: &EventTime) -> EntryContent {
    let mut content = content.clone();
    if let Some(first) = content.when.replace(when.clone()) {
        let span = when.starts_at.since(first.starts_at);
        let until = &mut content.details.registration_until;
        *until = until.map(|until| until.plus(span));
    }
    content
}

async fn add_one(
    op: &mut Operation,
    (organisation, uuid): (i64, &str),
    content: &EntryContent,
    state: EntryState,
) -> Result<i64, EntryError> {
    let at = op.at();
    let new = store::entry::New {
        uuid,
        organisation,
        content,
        state,
    };
    let row = store::entry::add_named(op.tx(), new, at).await?;
    let number = versions::first(op, row, content, VersionReason::Written).await?;
    let after = format!("{}, {state}", content.kind);
    op.record(Subject::new(SubjectKind::Entry, uuid), None, Some(&after));
    if state == EntryState::Published {
        publish_line(op, uuid, EntryState::Draft)?;
    }
    Ok(number)
}

async fn change(
    op: &mut Operation,
    entry: &Entry,
    written: &Written<'_>,
) -> Result<Saved, EntryError> {
    let at = op.at();
    let latest = entry_version::keep(op.tx(), entry).await?;
    let mut content = written.content.clone();
    note_translations(
        &mut content,
        Some(&entry.content),
        &written.reviewed,
        latest + 1,
    );
    let is_same = content == entry.content;
    let to = written.state.filter(|to| *to != entry.state);
    if !is_same && !began_with_it(op, entry, written.base, latest).await? {
        return Ok(Saved::MovedOn(latest));
    }
    let mut saved = Saved::Unchanged;
    if !is_same {
        let when = content.when.as_ref();
        let moved_from = when.and_then(|when| entry.earlier_time(when));
        store::entry::rewrite(op.tx(), entry.id, (&content, moved_from), at).await?;
        let reason = if written.merged {
            VersionReason::Merged
        } else {
            VersionReason::Written
        };
        saved = Saved::As(versions::record(op, entry, reason).await?);
        let after = format!("version {}", latest + 1);
        let subject = Subject::new(SubjectKind::Entry, &entry.uuid);
        op.record_as(Action::EntryChange, subject, None, Some(&after))?;
    }
    if let Some(to) = to {
        become_state(op, entry, to).await?;
        saved = Saved::As(latest + i64::from(!is_same));
    }
    Ok(saved)
}

/// Whether a form that began with version `base` began with what the entry says now: a version since may
/// have another picture only.
async fn began_with_it(
    op: &mut Operation,
    entry: &Entry,
    base: Option<i64>,
    latest: i64,
) -> Result<bool, StoreError> {
    let Some(base) = base else { return Ok(false) };
    // Entries that were never changed have no version yet where a form began with them.
    let base = base.max(1);
    if base == latest {
        return Ok(true);
    }
    let began = entry_version::get(op.tx(), entry.id, base).await?;
    Ok(began.is_some_and(|version| version.content == entry.content))
}

async fn become_state(op: &mut Operation, entry: &Entry, to: EntryState) -> Result<(), EntryError> {
    let at = op.at();
    let from = entry.state;
    if !from.may_become(to) || !store::entry::set_state(op.tx(), entry.id, from, to, at).await? {
        return Err(EntryError::State {
            name: entry.uuid.clone(),
            state: from,
            to,
        });
    }
    review::entry_changed(op, entry, |title| Change::EntryState { title }).await?;
    if to == EntryState::Published {
        return publish_line(op, &entry.uuid, from);
    }
    let subject = Subject::new(SubjectKind::Entry, &entry.uuid);
    op.record(subject, Some(from.as_str()), Some(to.as_str()));
    Ok(())
}

fn publish_line(op: &mut Operation, uuid: &str, from: EntryState) -> Result<(), EntryError> {
    let subject = Subject::new(SubjectKind::Entry, uuid);
    let to = EntryState::Published.as_str();
    op.record_as(Action::EntryPublish, subject, Some(from.as_str()), Some(to))?;
    Ok(())
}

/// Notes of each translation that somebody wrote or reviewed which version's original it translates.
fn note_translations(
    content: &mut EntryContent,
    before: Option<&EntryContent>,
    reviewed: &BTreeSet<LanguageTag>,
    version: i64,
) {
    let original = content.original.clone();
    for (language, text) in &mut content.texts {
        let old = before.and_then(|before| before.texts.get(language));
        let said = |text: &crate::domain::entry::EntryText| {
            (text.title.clone(), text.teaser.clone(), text.body.clone())
        };
        let is_touched = old.is_none_or(|old| said(old) != said(text));
        text.translated_from = if *language == original {
            None
        } else if is_touched || reviewed.contains(language) {
            Some(version)
        } else {
            old.and_then(|old| old.translated_from)
        };
    }
}

/// Keeps what somebody is writing, for their own eyes: no line in the audit log, because nothing that
/// anybody else sees has changed.
pub async fn keep_draft(
    app: &App,
    actor: &Actor,
    (entry, base): (&str, Option<i64>),
    fields: String,
) -> Result<(), EntryError> {
    let mut op = app.begin(actor, Action::EntryChange).await?;
    let at = op.at();
    let draft = EntryDraft {
        entry: entry.to_owned(),
        base_version: base,
        fields,
        at: at.micros(),
    };
    store::entry_draft::keep(op.tx(), &actor.name(), &draft).await?;
    store::entry_draft::remove_before(op.tx(), at.minus(DRAFTS_FOR), 20).await?;
    Ok(op.commit().await?)
}

/// Notes that somebody has an entry open, so that others are told; no line in the audit log either.
pub async fn note_open(app: &App, actor: &Actor, entry: &str, base: i64) -> Result<(), EntryError> {
    let mut op = app.begin(actor, Action::EntryChange).await?;
    let at = op.at();
    let times = (at, at.minus(OPEN_FOR));
    store::entry_draft::note_open(op.tx(), &actor.name(), (entry, base), times).await?;
    Ok(op.commit().await?)
}

/// Forgets a draft.
pub async fn drop_draft(app: &App, actor: &Actor, entry: &str) -> Result<(), EntryError> {
    let mut op = app.begin(actor, Action::EntryChange).await?;
    store::entry_draft::remove(op.tx(), &actor.name(), entry).await?;
    Ok(op.commit().await?)
}

/// The version an editor begins with: its number, and 0 where none is kept yet.
pub async fn version(
    conn: &mut impl store::Connection,
    entry: &Entry,
    number: i64,
) -> Result<Option<EntryContent>, StoreError> {
    let kept = entry_version::get(conn, entry.id, number.max(1)).await?;
    Ok(kept.map(|version| version.content))
}
