//! Importing: what a feed or calendar says becomes entries and proposals. Called by `cli::import`.

use super::entries::versions;
use super::lookup::{self, LookupError};
use super::operation::Operation;
use super::{Actor, App, Error, proposals};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::entry::{EntryState, Origin, VersionReason};
use crate::domain::topic::{Topic, TopicSet};
use crate::sources::{self, Item, Reading, Refused};
use crate::store;
use crate::store::entry::Entry;
use crate::store::incoming::{Incoming, Outcome};

/// Items in one transaction: few enough that others who want to write do not wait long.
const BATCH: usize = 200;

/// How a source is imported.
#[derive(Debug, Clone)]
pub struct Import {
    /// What kind of source it is.
    pub origin: Origin,
    /// The organisation that its entries belong to; added if there is none of this name.
    pub organisation: String,
    /// The keys of the topics that every entry gets.
    pub topics: Vec<String>,
    /// Whether new entries are published at once; else they wait for approval.
    pub publish: bool,
    /// Whether the source may change entries that were approved or published; else a person decides
    /// about each change.
    pub trusted: bool,
}

/// What an import did.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Summary {
    /// Entries that were added.
    pub new: usize,
    /// Entries that say something else now.
    pub updated: usize,
    /// Entries of which nothing new is told, or only what was proposed or rejected before.
    pub unchanged: usize,
    /// Changes of approved or published entries that wait for a person.
    pub proposed: usize,
    /// The proposals among them that say that an event is cancelled, or takes place elsewhere or at
    /// another time.
    pub urgent: Vec<i64>,
    /// Items that could not be taken over.
    pub refused: Vec<Refused>,
    /// Dates before or after the time that is looked at.
    pub outside: usize,
    /// What was put right on the way.
    pub notes: Vec<String>,
}

impl Summary {
    /// How many items were taken over, whatever became of them.
    pub const fn taken(&self) -> usize {
        self.new + self.updated + self.unchanged + self.proposed
    }

    fn add(&mut self, batch: Self) {
        self.new += batch.new;
        self.updated += batch.updated;
        self.unchanged += batch.unchanged;
        self.proposed += batch.proposed;
        self.urgent.extend(batch.urgent);
    }

    /// What was changed, for the audit log; none where nothing was.
    fn line(&self) -> Option<String> {
        let Self {
            new,
            updated,
            proposed,
            ..
        } = self;
        (new + updated + proposed > 0)
            .then(|| format!("{new} new, {updated} updated, {proposed} proposed"))
    }
}

/// Why a source was not imported, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A topic does not exist. Nothing was changed.
    #[error(transparent)]
    Topic(#[from] LookupError),
    /// It may not be done, or the database could not be written. Nothing was changed.
    #[error(transparent)]
    App(#[from] Error),
    /// The database could not be written after some items.
    #[error(
        "{stored} of {all} entries were taken over and stay; import the file again for the rest"
    )]
    Interrupted {
        /// Items that were stored.
        stored: usize,
        /// Items of the source.
        all: usize,
        /// What happened.
        source: Error,
    },
}

/// Stores what was read, batch by batch; `progress` is told the number of items of each.
pub async fn import(
    app: &App,
    actor: &Actor,
    reading: Reading,
    how: &Import,
    mut progress: impl FnMut(usize),
) -> Result<Summary, ImportError> {
    let common = prepare(app, actor, how).await?;
    let mut summary = Summary {
        refused: reading.refused,
        outside: reading.outside,
        notes: reading.notes,
        ..Summary::default()
    };
    for batch in reading.items.chunks(BATCH) {
        let stored = store_batch(app, actor, batch, how, &common).await;
        let batch_summary = stored.map_err(|source| ImportError::Interrupted {
            stored: summary.taken(),
            all: reading.items.len(),
            source,
        })?;
        summary.add(batch_summary);
        progress(batch.len());
    }
    Ok(summary)
}

/// What all entries of an import have in common.
struct Common {
    organisation: i64,
    topics: Vec<Topic>,
    /// The topics that every entry gets.
    fixed: TopicSet,
}

async fn prepare(app: &App, actor: &Actor, how: &Import) -> Result<Common, ImportError> {
    let mut op = app.begin(actor, Action::EntryImport).await?;
    let topics = store::topic::list(op.tx()).await.map_err(Error::from)?;
    let fixed = lookup::topics(&topics, &how.topics)?;
    let at = op.at();
    let name = how.organisation.as_str();
    let known = store::organisation::list(op.tx())
        .await
        .map_err(Error::from)?;
    let organisation = if let Some(known) = known.into_iter().find(|one| one.name == name) {
        known
    } else {
        let added = store::organisation::ensure(op.tx(), name, at)
            .await
            .map_err(Error::from)?;
        let subject = Subject::new(SubjectKind::Organisation, &added.uuid);
        op.record_as(Action::OrganisationAdd, subject, None, Some(name))?;
        added
    };
    op.commit().await?;
    Ok(Common {
        organisation: organisation.id,
        topics,
        fixed,
    })
}

/// Keeps what a source made of an entry. What a new one says is kept when it is first changed.
async fn imported(op: &mut Operation, entry: &Entry) -> Result<(), Error> {
    versions::first(op, entry.id, &entry.content, VersionReason::Imported).await?;
    Ok(())
}

/// Stores some items in one transaction.
async fn store_batch(
    app: &App,
    actor: &Actor,
    batch: &[Item],
    how: &Import,
    common: &Common,
) -> Result<Summary, Error> {
    let mut summary = Summary::default();
    let mut op = app.begin(actor, Action::EntryImport).await?;
    let at = op.at();
    for item in batch {
        let mut content = item.content.clone();
        content.topics = sources::assign_topics(&item.categories, &common.topics, common.fixed);
        let incoming = Incoming {
            organisation: common.organisation,
            origin: how.origin,
            external_id: &item.external_id,
            content: &content,
            state: if how.publish {
                EntryState::Published
            } else {
                EntryState::Submitted
            },
            cancelled: item.cancelled,
            trusted: how.trusted,
        };
        let (entry, outcome) = store::incoming::take(op.tx(), incoming, at).await?;
        let picture_url = item.picture_url.as_deref();
        if picture_url.is_some() || outcome != Outcome::New {
            store::picture::set_enclosure(op.tx(), entry, picture_url).await?;
        }
        match outcome {
            Outcome::New => summary.new += 1,
            Outcome::Updated => {
                summary.updated += 1;
                if let Some(entry) = store::entry::by_id(op.tx(), entry).await? {
                    imported(&mut op, &entry).await?;
                }
            }
            Outcome::Replaced => {
                summary.updated += 1;
                if let Some(entry) = store::entry::by_id(op.tx(), entry).await? {
                    imported(&mut op, &entry).await?;
                    let subject = Subject::new(SubjectKind::Entry, &entry.uuid);
                    let after = format!("{}, changed by its trusted source", entry.state);
                    op.record_as(Action::EntryChange, subject, None, Some(&after))?;
                }
            }
            Outcome::Proposed => {
                summary.proposed += 1;
                summary
                    .urgent
                    .extend(proposals::urgent(op.tx(), entry).await?);
            }
            Outcome::Unchanged => summary.unchanged += 1,
        }
    }
    if let Some(line) = summary.line() {
        op.record(
            Subject::new(SubjectKind::Source, how.origin),
            None,
            Some(&line),
        );
    }
    op.commit().await?;
    Ok(summary)
}
