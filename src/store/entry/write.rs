//! Writing entries: adding one, rewriting what it says, moving it on.

use sha2::Digest as _;

use super::{Entry, by_id, by_name};
use crate::domain::contact::Contact;
use crate::domain::entry::{Details, EntryContent, EntryState, EventTime, Origin, PaperDetails};
use crate::domain::timestamp::Timestamp;
use crate::store::sql::sql;
use crate::store::{Result, StoreError, Tx, entry_word, new_uuid};

/// The name, address and number of a contact.
fn parts(contact: Option<&Contact>) -> [Option<String>; 3] {
    let Some(contact) = contact else {
        return [None, None, None];
    };
    let email = contact
        .email
        .as_ref()
        .map(|email| email.as_str().to_owned());
    [contact.name.clone(), email, contact.phone.clone()]
}

/// The documents of a paper; none where it has none.
fn attachments(paper: &PaperDetails) -> Result<Option<String>> {
    if paper.attachments.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_string(&paper.attachments);
    json.map(Some)
        .map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// What else is said of an entry; none where nothing is.
fn details(details: &Details) -> Result<Option<String>> {
    if details.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_string(details);
    json.map(Some)
        .map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Adds an entry that is written here.
pub async fn add(
    tx: &mut Tx,
    organisation: i64,
    content: &EntryContent,
    state: EntryState,
    now: Timestamp,
) -> Result<i64> {
    let uuid = new_uuid(now);
    let new = New {
        uuid: &uuid,
        organisation,
        content,
        state,
    };
    add_named(tx, new, now).await
}

/// An entry that is written here, with the name that it is to have.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Its name outside the installation.
    pub uuid: &'a str,
    /// Whose it is.
    pub organisation: i64,
    /// What it says.
    pub content: &'a EntryContent,
    /// Where it stands.
    pub state: EntryState,
}

/// Adds an entry that is written here, under a name that was made before.
pub async fn add_named(tx: &mut Tx, new: New<'_>, now: Timestamp) -> Result<i64> {
    insert(tx, new, (Origin::Own, None), now).await
}

/// Adds an entry; with the name that its source has for it.
pub(in crate::store) async fn insert(
    tx: &mut Tx,
    new: New<'_>,
    (origin, external_id): (Origin, Option<&str>),
    now: Timestamp,
) -> Result<i64> {
    let New {
        uuid,
        organisation,
        content,
        state,
    } = new;
    let when = content.when.as_ref();
    let [contact, email, phone] = parts(content.contact.as_ref());
    let (id,) = sql!(
        tx,
        one as (i64,),
        "INSERT INTO entry (uuid, organisation_id, kind, state, origin, external_id, original, url, dated_at, starts_at, ends_at, \
         all_day, zone, place, contact, contact_email, contact_phone, reference, committee, attachments, pinned, topics, \
         content_hash, created_at, updated_at, published_at, details) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, FALSE, $21, $22, $23, $23, $24, $25) \
         RETURNING id",
        uuid,
        organisation,
        content.kind.as_str(),
        state.as_str(),
        origin.as_str(),
        external_id,
        content.original.as_str(),
        content.url.clone(),
        content.dated_at.map(Timestamp::micros),
        when.map(|when| when.starts_at.micros()),
        when.and_then(|when| when.ends_at).map(Timestamp::micros),
        when.is_some_and(|when| when.all_day),
        when.map(|when| when.zone.name()),
        content.place.clone(),
        contact,
        email,
        phone,
        content.reference.clone(),
        content.paper.committee.clone(),
        attachments(&content.paper)?,
        content.topics.mask(),
        content_hash(content, state == EntryState::Cancelled),
        now.micros(),
        (state == EntryState::Published).then_some(now.micros()),
        details(&content.details)?
    )?;
    insert_texts(tx, id, content).await?;
    entry_word::refresh(tx, id).await?;
    Ok(id)
}

/// Gives an entry what somebody wrote here, all of it: a translation that is not there any more is
/// removed. What its source said last stays known.
pub async fn rewrite(
    tx: &mut Tx,
    id: i64,
    (content, moved_from): (&EntryContent, Option<Timestamp>),
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "DELETE FROM entry_text WHERE entry_id = $1",
        id
    )?;
    update(tx, id, (content, moved_from), None, now).await
}

/// Gives an entry another content. One that was moved was to begin at `moved_from`.
pub(in crate::store) async fn update(
    tx: &mut Tx,
    id: i64,
    (content, moved_from): (&EntryContent, Option<Timestamp>),
    hash: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let when = content.when.as_ref();
    let [contact, email, phone] = parts(content.contact.as_ref());
    sql!(
        tx,
        execute,
        "UPDATE entry SET kind = $2, original = $3, url = $4, dated_at = $5, starts_at = $6, ends_at = $7, all_day = $8, \
         zone = $9, place = $10, contact = $11, contact_email = $12, contact_phone = $13, reference = $14, committee = $15, \
         attachments = $16, moved_from = $17, topics = $18, content_hash = COALESCE($19, content_hash), updated_at = $20, details = $21 WHERE id = $1",
        id,
        content.kind.as_str(),
        content.original.as_str(),
        content.url.clone(),
        content.dated_at.map(Timestamp::micros),
        when.map(|when| when.starts_at.micros()),
        when.and_then(|when| when.ends_at).map(Timestamp::micros),
        when.is_some_and(|when| when.all_day),
        when.map(|when| when.zone.name()),
        content.place.clone(),
        contact,
        email,
        phone,
        content.reference.clone(),
        content.paper.committee.clone(),
        attachments(&content.paper)?,
        moved_from.map(Timestamp::micros),
        content.topics.mask(),
        hash,
        now.micros(),
        details(&content.details)?
    )?;
    // A source speaks for the languages it brings; translations made here stay.
    for language in content.texts.keys() {
        sql!(
            tx,
            execute,
            "DELETE FROM entry_text WHERE entry_id = $1 AND language = $2",
            id,
            language.as_str()
        )?;
    }
    insert_texts(tx, id, content).await?;
    entry_word::refresh(tx, id).await
}

async fn insert_texts(tx: &mut Tx, id: i64, content: &EntryContent) -> Result<()> {
    for (language, text) in &content.texts {
        sql!(
            tx,
            execute,
            "INSERT INTO entry_text (entry_id, language, title, teaser, body, decision, effects, translated_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            id,
            language.as_str(),
            text.title.as_str(),
            text.teaser.as_str(),
            text.body.as_str(),
            text.decision.as_str(),
            text.effects.as_str(),
            text.translated_from
        )?;
    }
    Ok(())
}

/// SHA-256 over everything a source says of an entry, topics excepted: those may be edited here. What
/// entries have not always had counts only where it is said, so that old hashes stay.
pub(in crate::store) fn content_hash(content: &EntryContent, cancelled: bool) -> String {
    let mut said = serde_json::json!([
        content.kind,
        content.original,
        content.texts,
        content.url,
        content.dated_at,
        content.when,
        content.place,
        content.contact.as_ref().map(Contact::line),
        content.reference,
        cancelled
    ]);
    if let (false, Some(said)) = (content.paper.is_empty(), said.as_array_mut()) {
        said.push(serde_json::json!(content.paper));
    }
    if let (false, Some(said)) = (content.details.is_empty(), said.as_array_mut()) {
        said.push(serde_json::json!(content.details));
    }
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(said.to_string()))
}

/// Moves an entry from one state to another. Returns false when it was not in `from` any more.
/// The time of becoming public is set with every publication.
pub async fn set_state(
    tx: &mut Tx,
    id: i64,
    from: EntryState,
    to: EntryState,
    now: Timestamp,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE entry SET state = $3, updated_at = $4, \
         published_at = CASE WHEN $3 = 'published' THEN $4 ELSE published_at END WHERE id = $1 AND state = $2",
        id,
        from.as_str(),
        to.as_str(),
        now.micros()
    )?;
    Ok(touched == 1)
}

/// Sets when an event takes place, and when it was to begin before.
pub async fn set_time(
    tx: &mut Tx,
    id: i64,
    when: &EventTime,
    moved_from: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE entry SET starts_at = $2, ends_at = $3, all_day = $4, zone = $5, moved_from = $6, updated_at = $7 WHERE id = $1",
        id,
        when.starts_at.micros(),
        when.ends_at.map(Timestamp::micros),
        when.all_day,
        when.zone.name(),
        moved_from.map(Timestamp::micros),
        now.micros()
    )?;
    Ok(())
}

/// Pins an entry, or ends that. Returns false where nothing had to be changed.
pub async fn set_pinned(tx: &mut Tx, id: i64, pinned: bool, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE entry SET pinned = $2, updated_at = $3 WHERE id = $1 AND pinned <> $2",
        id,
        pinned,
        now.micros()
    )?;
    Ok(touched == 1)
}

/// The entry of this row or UUID, taken for the transaction: nobody else changes it until the commit. An
/// operation that changes an entry by what it has read of it begins with this.
pub async fn lock(tx: &mut Tx, name: &str) -> Result<Option<Entry>> {
    match by_name(tx, name).await? {
        Some(found) => lock_by_id(tx, found.id).await,
        None => Ok(None),
    }
}

/// As [`lock`], by its row.
pub async fn lock_by_id(tx: &mut Tx, id: i64) -> Result<Option<Entry>> {
    sql!(
        tx,
        execute,
        "UPDATE entry SET state = state WHERE id = $1",
        id
    )?;
    by_id(tx, id).await
}
