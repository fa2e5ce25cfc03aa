//! Proposals: what a source says now of an entry that was approved or published. A person accepts or
//! rejects each; until then readers see the entry as it was.

use std::collections::BTreeMap;

use super::entries::versions;
use super::{Actor, App, Error, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::contact::Contact;
use crate::domain::entry::{
    Details, EntryContent, EntryKind, EntryText, EventTime, PaperDetails, VersionReason,
};
use crate::domain::language::LanguageTag;
use crate::domain::proposal::{Change, Proposal, ProposalState};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::entry::Entry;
use crate::store::{self, Connection, StoreError};

/// Why a decision was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    /// There is no such proposal.
    #[error("there is no proposal {0}; `rundbrief entry proposals` lists the open ones")]
    Unknown(i64),
    /// Somebody has decided, or the source says something else now.
    #[error("proposal {id} is {state} already; `rundbrief entry proposals` lists the open ones")]
    Closed {
        /// Its number.
        id: i64,
        /// What became of it.
        state: ProposalState,
    },
    /// It may not be done, or the database could not be read or written.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<StoreError> for ProposalError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// A proposal, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProposalDetails {
    /// Its number.
    pub id: i64,
    /// The row of its entry.
    pub entry: i64,
    /// The name of its entry outside the installation.
    pub entry_uuid: String,
    /// The title of its entry, as readers see it.
    pub title: String,
    /// What became of it.
    pub state: ProposalState,
    /// What it changes.
    pub changes: Vec<Change>,
    /// Whether the event is cancelled, or takes place elsewhere or at another time.
    pub urgent: bool,
    /// Whether the source has cancelled the event.
    pub cancelled: bool,
    /// What the entry would say.
    pub content: ProposedContent,
    /// When the source first said it.
    pub received_at: Timestamp,
    /// When it was decided about.
    pub decided_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by: Option<String>,
}

/// What an entry would say.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ProposedContent {
    /// What it tells.
    pub kind: EntryKind,
    /// The language it was written in.
    pub original: LanguageTag,
    /// Its text in every language that the source brings.
    pub texts: BTreeMap<LanguageTag, EntryText>,
    /// Where to read more.
    pub url: Option<String>,
    /// The date its author gave it.
    pub dated_at: Option<Timestamp>,
    /// When it takes place.
    pub when: Option<EventTime>,
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
    /// The keys of its topics.
    pub topics: Vec<String>,
}

impl ProposedContent {
    fn new(content: EntryContent, topics: &[Topic]) -> Self {
        Self {
            kind: content.kind,
            original: content.original,
            texts: content.texts,
            url: content.url,
            dated_at: content.dated_at,
            when: content.when,
            place: content.place,
            contact: content.contact,
            reference: content.reference,
            paper: content.paper,
            details: content.details,
            topics: lookup::topic_keys(topics, content.topics),
        }
    }
}

impl ProposalDetails {
    /// A proposal, seen beside its entry.
    pub fn new(proposal: Proposal, entry: &Entry, topics: &[Topic]) -> Self {
        let changes = proposal.changes(&entry.content, entry.state);
        Self {
            id: proposal.id,
            entry: entry.id,
            entry_uuid: entry.uuid.clone(),
            title: title(&entry.content).to_owned(),
            state: proposal.state,
            urgent: changes.iter().any(|change| change.is_urgent()),
            changes,
            cancelled: proposal.cancelled,
            content: ProposedContent::new(proposal.content, topics),
            received_at: proposal.received_at,
            decided_at: proposal.decided_at,
            decided_by: proposal.decided_by,
        }
    }
}

/// The title in the language an entry was written in.
fn title(content: &EntryContent) -> &str {
    let text = content.texts.get(&content.original);
    let text = text.or_else(|| content.texts.values().next());
    text.map_or("", |text| text.title.as_str())
}

/// The open proposals, the urgent ones first, then the oldest; at most `limit`.
pub async fn list(
    conn: &mut impl Connection,
    limit: u32,
) -> Result<Vec<ProposalDetails>, StoreError> {
    let topics = store::topic::list(conn).await?;
    let mut found = Vec::new();
    for proposal in store::proposal::list_open(conn, limit.into()).await? {
        if let Some(entry) = store::entry::by_id(conn, proposal.entry).await? {
            found.push(ProposalDetails::new(proposal, &entry, &topics));
        }
    }
    found.sort_by_key(|proposal| (!proposal.urgent, proposal.id));
    Ok(found)
}

/// The open proposal of an entry.
pub async fn of_entry(
    conn: &mut impl Connection,
    entry: &Entry,
    topics: &[Topic],
) -> Result<Option<ProposalDetails>, StoreError> {
    let proposal = store::proposal::open_of(conn, entry.id).await?;
    Ok(proposal.map(|proposal| ProposalDetails::new(proposal, entry, topics)))
}

/// The number of an entry's open proposal, where that is urgent.
pub(super) async fn urgent(
    conn: &mut impl Connection,
    entry: i64,
) -> Result<Option<i64>, StoreError> {
    let Some(entry) = store::entry::by_id(conn, entry).await? else {
        return Ok(None);
    };
    let proposal = of_entry(conn, &entry, &[]).await?;
    Ok(proposal.filter(|one| one.urgent).map(|one| one.id))
}

/// Accepts proposals, all or none: their entries say what the source says. An issue that was
/// approved before is sent as it was approved.
pub async fn accept(app: &App, actor: &Actor, ids: &[i64]) -> Result<(), ProposalError> {
    decide(app, actor, ids, ProposalState::Accepted).await
}

/// Rejects proposals, all or none: their entries stay as they are.
pub async fn reject(app: &App, actor: &Actor, ids: &[i64]) -> Result<(), ProposalError> {
    decide(app, actor, ids, ProposalState::Rejected).await
}

async fn decide(
    app: &App,
    actor: &Actor,
    ids: &[i64],
    to: ProposalState,
) -> Result<(), ProposalError> {
    let action = match to {
        ProposalState::Accepted => Action::ProposalAccept,
        _ => Action::ProposalReject,
    };
    let mut op = app.begin(actor, action).await?;
    let (at, by) = (op.at(), actor.name());
    for id in ids {
        let proposal = store::proposal::by_id(op.tx(), *id).await?;
        let proposal = proposal.ok_or(ProposalError::Unknown(*id))?;
        if !store::proposal::decide(op.tx(), *id, to, &by, at).await? {
            let now = store::proposal::by_id(op.tx(), *id).await?;
            let state = now.map_or(proposal.state, |now| now.state);
            return Err(ProposalError::Closed { id: *id, state });
        }
        let entry = store::entry::lock_by_id(op.tx(), proposal.entry).await?;
        let entry = entry.ok_or(ProposalError::Unknown(*id))?;
        let changes = proposal.changes(&entry.content, entry.state);
        if to == ProposalState::Accepted {
            store::incoming::apply(op.tx(), entry.state, &proposal, at).await?;
            versions::record(&mut op, &entry, VersionReason::Accepted).await?;
        }
        let names: Vec<_> = changes.iter().map(|change| change.as_str()).collect();
        let after = format!("{to}: {} of entry {}", names.join(", "), entry.uuid);
        let subject = Subject::new(SubjectKind::Proposal, id);
        op.record(subject, Some(proposal.state.as_str()), Some(&after));
    }
    op.commit().await?;
    Ok(())
}
