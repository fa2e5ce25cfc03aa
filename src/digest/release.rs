//! What an approval fixes: the texts of an issue and their rendering. `app` stores it.

use std::collections::BTreeMap;

use super::headers::MessageHeaders;
use super::mail_context::{MailContext, wall_clock};
use super::parts::{LanguageParts, PartError};
use super::snapshot::{
    ApprovalInvalidated, Item, ReleasedNewsletter, ReleasedTopic, Rendering, Section, SectionKind,
    Snapshot,
};
use super::variant::{JoinError, LanguageMails, TooLarge, VariantError};
use crate::domain::entry::{EntryState, EntryText};
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::permalink;
use crate::domain::picture::EntryPicture;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicBit, TopicSet};
use crate::store::entry::Entry;
use crate::store::issue::{Issue, IssueText};
use crate::store::issue_contents::ShortText;
use crate::store::{self, Connection, StoreError};

/// Why an issue is not approved.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The imprint is not complete.
    #[error(
        "the imprint is not complete, and no issue goes out without one (§ 5 DDG): set {} in [organisation] of the configuration, then approve the issue again",
        .0.join(", ")
    )]
    Imprint(Vec<&'static str>),
    /// Nothing is left in it.
    #[error(
        "no entry is left in the issue (they were taken out or withdrawn); add some, or cancel it"
    )]
    Empty,
    /// It is under way, sent or cancelled.
    #[error("the issue is “{0}” and cannot be approved; compose a new one")]
    State(IssueState),
    /// Its checks found what would harm readers.
    #[error(
        "the checks found what would harm readers:\n  {}\nmend it; `rundbrief issue check` says how, and what a person may accept",
        .0.join("\n  ")
    )]
    Blocked(Vec<String>),
    /// Somebody else was faster.
    #[error("the issue was changed by somebody else at the same time; look at it again")]
    Raced,
    /// It would be cut off.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// It cannot be rendered.
    #[error(transparent)]
    Part(#[from] PartError),
    /// Its mails cannot be joined.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReleaseError {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Imprint(missing) => Reason::ImprintIncomplete {
                missing: missing.iter().map(|key| (*key).to_owned()).collect(),
            },
            Self::Empty => Reason::Empty,
            Self::Blocked(findings) => Reason::ChecksBlock {
                findings: findings.len(),
            },
            Self::TooLarge(too_large) => too_large.reason(),
            Self::State(_) | Self::Raced | Self::Part(_) | Self::Join(_) | Self::Store(_) => {
                Reason::MailUnusable {
                    detail: self.to_string(),
                }
            }
        }
    }
}

impl From<VariantError> for ReleaseError {
    fn from(error: VariantError) -> Self {
        match error {
            VariantError::TooLarge(error) => Self::TooLarge(error),
            VariantError::Join(error) => Self::Join(error),
        }
    }
}

/// What an approval fixes: texts and what they were rendered to. Nothing of it is stored yet.
#[derive(Debug)]
pub struct Prepared {
    /// The texts, with the digests of their parts.
    pub snapshot: Snapshot,
    /// The parts in every language.
    pub parts: Vec<(Language, LanguageParts)>,
    /// The size of the HTML in the mail of a reader of all topics, in bytes.
    pub largest: usize,
    /// The rows of the events that no mail tells. They lie ahead still: the next issue may announce
    /// them.
    pub untold: Vec<i64>,
}

/// Fixes the texts of an issue and renders their parts in every language. No variant is rendered: the
/// sizes of all follow from those of the parts.
pub async fn prepare(
    conn: &mut impl Connection,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) -> Result<Prepared, ReleaseError> {
    if !issue.state.may_become(IssueState::Approved) {
        return Err(ReleaseError::State(issue.state));
    }
    let missing = mail_context.missing_imprint();
    if !missing.is_empty() {
        return Err(ReleaseError::Imprint(missing));
    }
    let (snapshot, events) = snapshot_and_events(conn, issue, now).await?;
    if snapshot.sections.is_empty() {
        return Err(ReleaseError::Empty);
    }
    let is_told = |uuid: &String| snapshot.items().any(|item| item.uuid == *uuid);
    let untold = events.into_iter().filter(|(_, uuid)| !is_told(uuid));
    let untold = untold.map(|(row, _)| row).collect();
    render(mail_context, snapshot, untold, now)
}

/// Renders a snapshot, and checks that every variant of it can be sent.
fn render(
    mail_context: &MailContext,
    mut snapshot: Snapshot,
    untold: Vec<i64>,
    now: Timestamp,
) -> Result<Prepared, ReleaseError> {
    let limits = mail_context.limits();
    let headers = MessageHeaders::new(&snapshot, mail_context.public_url(), now);
    let (topics, _) = snapshot.audience();
    let (mut rendered, mut digests) = (Vec::new(), BTreeMap::new());
    let mut largest = 0;
    for language in Language::ALL {
        let parts = LanguageParts::render(mail_context, &snapshot, limits, *language)?;
        let mails = LanguageMails::new(&snapshot, &parts, &headers, limits, *language)?;
        mails.check_size()?;
        largest = largest.max(mails.variant(topics)?.html_bytes);
        digests.insert(*language, parts.digest());
        rendered.push((*language, parts));
    }
    snapshot.rendering = Some(Rendering {
        seed: snapshot.seed(),
        limits,
        parts: digests,
    });
    Ok(Prepared {
        snapshot,
        parts: rendered,
        largest,
        untold,
    })
}

/// What would be approved now; for previews of an issue that is not approved yet.
pub async fn build(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<Snapshot, StoreError> {
    let (snapshot, _) = snapshot_and_events(conn, issue, now).await?;
    Ok(snapshot)
}

/// The snapshot, and the rows and UUIDs of all events that the issue carries.
async fn snapshot_and_events(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<(Snapshot, Vec<(i64, String)>), StoreError> {
    let newsletter = store::newsletter::by_id(conn, issue.newsletter)
        .await?
        .ok_or_else(|| StoreError::Unreadable(format!("newsletter {}", issue.newsletter)))?;
    let texts = store::issue::texts(conn, issue.id).await?;
    let mut entries = store::entry::of_issue(conn, issue.id).await?;
    decided(conn, issue.id, &mut entries).await?;
    let rows: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let pictures = store::picture::of_entries(conn, &rows).await?;
    let topics = store::topic::list(conn).await?;
    let at = issue.send_at.map_or(now, |at| at.max(now));
    let settings = newsletter.settings;
    let events = entries.iter().filter(|entry| entry.content.when.is_some());
    let events = events.map(|entry| (entry.id, entry.uuid.clone())).collect();
    let entries = Entries { entries, pictures };
    let snapshot = assemble(settings, issue.number, at, texts, entries, topics);
    Ok((snapshot, events))
}

/// What an editor decided about the entries of this issue only: which come first, and how they are
/// told.
async fn decided(
    conn: &mut impl Connection,
    issue: i64,
    entries: &mut [Entry],
) -> Result<(), StoreError> {
    let chosen = store::issue_contents::chosen(conn, issue).await?;
    let pins = chosen
        .into_iter()
        .filter_map(|one| Some((one.entry, one.pinned?)));
    let pins: BTreeMap<_, _> = pins.collect();
    let mut texts = store::issue_contents::texts(conn, issue).await?;
    for entry in entries {
        entry.pinned = pins.get(&entry.id).copied().unwrap_or(entry.pinned);
        for (language, text) in &mut entry.content.texts {
            if let Some(own) = texts.remove(&(entry.id, language.clone())) {
                shorten(text, own);
            }
        }
    }
    Ok(())
}

/// Tells an entry as this issue does. Where it has a teaser of its own, that is all it tells.
fn shorten(text: &mut EntryText, own: ShortText) {
    text.title = own.title;
    if !own.teaser.is_empty() {
        text.teaser = own.teaser;
        text.body = String::new();
    }
}

/// What an issue carries.
struct Entries {
    entries: Vec<Entry>,
    /// Their pictures, by their rows.
    pictures: BTreeMap<i64, EntryPicture>,
}

/// The snapshot of these entries.
fn assemble(
    settings: NewsletterSettings,
    number: i64,
    at: Timestamp,
    texts: BTreeMap<Language, IssueText>,
    entries: Entries,
    topics: Vec<Topic>,
) -> Snapshot {
    let sections = sections(entries, &settings);
    let date = wall_clock(at, settings.zone).date();
    let newsletter = ReleasedNewsletter {
        key: settings.key,
        texts: settings.texts,
        sender_name: settings.sender_name,
        sender_address: settings.sender_address,
        reply_to: settings.reply_to,
        zone: settings.zone,
        digest: settings.digest,
    };
    let mut snapshot = Snapshot::new(newsletter, number, date, texts, sections);
    let (used, _) = snapshot.audience();
    let used = topics.into_iter().filter(|topic| used.contains(topic.bit));
    snapshot.topics = used.map(released_topic).collect();
    snapshot
}

/// The approved texts of an issue, checked against the hash of what was approved, and the parts
/// that are kept of them against theirs.
pub async fn load(
    conn: &mut impl Connection,
    issue: &Issue,
) -> Result<Result<Snapshot, ApprovalInvalidated>, StoreError> {
    let snapshot = match texts(conn, issue).await? {
        Ok(snapshot) => snapshot,
        Err(invalidated) => return Ok(Err(invalidated)),
    };
    for language in Language::ALL {
        if let Err(invalidated) = parts(conn, issue, &snapshot, *language).await? {
            return Ok(Err(invalidated));
        }
    }
    Ok(Ok(snapshot))
}

/// The approved texts alone.
pub(super) async fn texts(
    conn: &mut impl Connection,
    issue: &Issue,
) -> Result<Result<Snapshot, ApprovalInvalidated>, StoreError> {
    let json = store::issue::released(conn, issue.id).await?;
    Ok(match (json, &issue.release_hash) {
        (Some(json), Some(hash)) => Snapshot::read(&json, hash),
        _ => Err(ApprovalInvalidated::Missing),
    })
}

/// The parts in one language. None where none are kept: the issue was approved by a version that joined
/// its mails in another way, or ended so long ago that they were removed. They can be rendered from the
/// approved texts.
pub(super) async fn parts(
    conn: &mut impl Connection,
    issue: &Issue,
    snapshot: &Snapshot,
    language: Language,
) -> Result<Result<Option<LanguageParts>, ApprovalInvalidated>, StoreError> {
    let rendering = snapshot.rendering.as_ref();
    let Some(rendering) = rendering.filter(|_| snapshot.has_joinable_parts()) else {
        return Ok(Ok(None));
    };
    let stored = store::part::of_language(conn, issue.id, language).await?;
    if stored.is_empty() {
        return Ok(Ok(None));
    }
    let parts = LanguageParts::from_stored(stored);
    Ok(if rendering.parts.get(&language) == Some(&parts.digest()) {
        Ok(Some(parts))
    } else {
        Err(ApprovalInvalidated::Changed)
    })
}

/// Entries that were withdrawn after the issue was composed are left out; cancelled ones are shown.
fn sections(carried: Entries, settings: &NewsletterSettings) -> Vec<Section> {
    let Entries {
        entries,
        mut pictures,
    } = carried;
    let items = entries
        .into_iter()
        .filter(|entry| matches!(entry.state, EntryState::Published | EntryState::Cancelled))
        .map(|entry| {
            let picture = pictures.remove(&entry.id);
            item(entry, settings.topics, picture)
        })
        .collect::<Vec<_>>();
    SectionKind::ALL
        .into_iter()
        .map(|kind| {
            let items = items.iter();
            let own = items.filter(|item| SectionKind::of(item.kind) == kind);
            Section::new(kind, own.cloned().collect(), kind.most(settings.digest))
        })
        .filter(|section| !section.items.is_empty())
        .collect()
}

fn item(entry: Entry, carried: TopicSet, picture: Option<EntryPicture>) -> Item {
    let published_at = entry.published_at.unwrap_or(entry.created_at);
    let page = permalink::of(&entry.content, published_at, &entry.uuid);
    let content = entry.content;
    Item {
        uuid: entry.uuid,
        kind: content.kind,
        topics: content.topics.and(carried),
        original: content.original,
        texts: content.texts,
        url: content.url,
        dated_at: content.dated_at,
        when: content.when,
        place: content.place,
        organisation: entry.organisation_name,
        contact: content.contact,
        reference: content.reference,
        paper: content.paper,
        details: content.details,
        moved_from: entry.moved_from,
        pinned: entry.pinned,
        cancelled: entry.state == EntryState::Cancelled,
        page: Some(page),
        picture,
    }
}

fn released_topic(topic: Topic) -> ReleasedTopic {
    ReleasedTopic {
        mask: std::iter::once::<TopicBit>(topic.bit).collect(),
        key: topic.key,
        names: topic.names,
    }
}
