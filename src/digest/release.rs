//! What is approved is what is sent: everything the mails of an issue say, as it was when the
//! issue was released, as one JSON text with its SHA-256. It can be shown years later.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::Digest as _;

use super::mail_context::{MailContext, wall_clock};
use super::variant::{self, TooLarge};
use crate::domain::address::Address;
use crate::domain::entry::{EntryKind, EntryState, EntryText, EventTime};
use crate::domain::issue::IssueState;
use crate::domain::language::{Language, LanguageTag};
use crate::domain::newsletter::{NewsletterSettings, NewsletterText};
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicBit, TopicSet};
use crate::store::entry::Entry;
use crate::store::issue::{Issue, IssueText};
use crate::store::{self, Connection, StoreError, Tx};

/// The layout of the JSON text; another layout gets another number.
const VERSION: u32 = 1;

/// The released texts of an issue.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Release {
    version: u32,
    /// The newsletter as it was.
    pub newsletter: ReleasedNewsletter,
    /// The issue's number.
    pub number: i64,
    /// The day it goes out, in the newsletter's zone.
    pub date: NaiveDate,
    /// The issue's own wording.
    pub texts: BTreeMap<Language, IssueText>,
    /// The names of its topics.
    pub topics: Vec<ReleasedTopic>,
    /// What it tells, in its order; no section is empty.
    pub sections: Vec<Section>,
}

/// What mails say of their newsletter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReleasedNewsletter {
    /// Its key.
    pub key: String,
    /// Its name and description in every language.
    pub texts: BTreeMap<Language, NewsletterText>,
    /// The name readers see as sender.
    pub sender_name: String,
    /// The address it is sent from.
    #[serde(serialize_with = "as_text")]
    pub sender_address: Address,
    /// Where answers go, if not to the sender.
    #[serde(serialize_with = "as_text_or_null")]
    pub reply_to: Option<Address>,
    /// The zone in which the dates of news are told.
    pub zone: chrono_tz::Tz,
}

/// A topic and its names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReleasedTopic {
    /// The set of this one topic.
    pub mask: TopicSet,
    /// Its short name.
    pub key: String,
    /// Its name in every language.
    pub names: BTreeMap<Language, String>,
}

/// Entries that stand together.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// What they are.
    pub kind: SectionKind,
    /// The entries, in order.
    pub items: Vec<Item>,
}

/// The sections, in their order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// News.
    News,
    /// Events ahead.
    Events,
    /// Papers and meetings of councils.
    Council,
}

impl SectionKind {
    const ALL: [Self; 3] = [Self::News, Self::Events, Self::Council];

    /// Where entries of this kind stand.
    pub const fn of(kind: EntryKind) -> Self {
        match kind {
            EntryKind::News => Self::News,
            EntryKind::Event => Self::Events,
            EntryKind::Paper | EntryKind::Meeting => Self::Council,
        }
    }
}

/// An entry as it was.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Item {
    /// Its name outside the house.
    pub uuid: String,
    /// What it tells.
    pub kind: EntryKind,
    /// Those of its topics that the newsletter carries; none: it is for every reader.
    pub topics: TopicSet,
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
    /// Where it takes place.
    pub place: Option<String>,
    /// Who tells it.
    pub organisation: String,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The council's file number.
    pub reference: Option<String>,
    /// Whether it was called off.
    pub cancelled: bool,
}

impl Item {
    /// Whether a reader who chose `topics` is told.
    pub const fn is_for(&self, topics: TopicSet) -> bool {
        self.topics.is_empty() || !self.topics.and(topics).is_empty()
    }
}

impl Release {
    /// The topics of its entries together, and whether one of them is for every reader.
    pub fn audience(&self) -> (TopicSet, bool) {
        self.items()
            .fold((TopicSet::EMPTY, false), |(topics, everyone), item| {
                (topics.or(item.topics), everyone || item.topics.is_empty())
            })
    }

    /// All entries, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The text that is kept, and its hash.
    pub fn seal(&self) -> (String, String) {
        let json =
            serde_json::to_string(self).expect("a release has text keys and no foreign types");
        let hash = hash(&json);
        (json, hash)
    }

    /// Reads a kept text, which must be the one that was approved.
    pub fn read(json: &str, expected: &str) -> Result<Self, ApprovalInvalidated> {
        if hash(json) != expected {
            return Err(ApprovalInvalidated::Changed);
        }
        let release: Self = serde_json::from_str(json)
            .map_err(|error| ApprovalInvalidated::Unreadable(error.to_string()))?;
        if release.version == VERSION {
            Ok(release)
        } else {
            Err(ApprovalInvalidated::Unreadable(format!(
                "layout {}",
                release.version
            )))
        }
    }
}

fn hash(json: &str) -> String {
    data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(json))
}

fn as_text<S: serde::Serializer>(address: &Address, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(address.as_str())
}

#[expect(clippy::ref_option, reason = "the form that serde asks for")]
fn as_text_or_null<S: serde::Serializer>(
    address: &Option<Address>,
    out: S,
) -> Result<S::Ok, S::Error> {
    match address {
        Some(address) => out.serialize_some(address.as_str()),
        None => out.serialize_none(),
    }
}

/// Why kept texts do not count as approved. The issue is held with this as its reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalInvalidated {
    /// Nothing was released.
    #[error("the issue has not been released; release it first")]
    Missing,
    /// A letter differs.
    #[error(
        "the stored texts are not those that were approved, so the approval is invalidated; look at the issue again and release it anew"
    )]
    Changed,
    /// Of another version of this program.
    #[error(
        "the stored texts cannot be read by this version ({0}); install the version that released the issue, or release it anew"
    )]
    Unreadable(String),
}

impl ApprovalInvalidated {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        match self {
            Self::Missing => Reason::ApprovalMissing,
            Self::Changed => Reason::ApprovalChanged,
            Self::Unreadable(detail) => Reason::ApprovalUnreadable {
                detail: detail.clone(),
            },
        }
    }
}

/// Why an issue is not released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The imprint is not complete.
    #[error(
        "the imprint is not complete, and no issue goes out without one (§ 5 DDG): set {} in [organisation] of the configuration, then release the issue again",
        .0.join(", ")
    )]
    Imprint(Vec<&'static str>),
    /// Nothing is left in it.
    #[error(
        "no entry is left in the issue (they were taken out or withdrawn); add some, or cancel it"
    )]
    Empty,
    /// It is under way, sent or cancelled.
    #[error("the issue is “{0}” and cannot be released; compose a new one")]
    State(IssueState),
    /// Somebody else was faster.
    #[error("the issue was changed by somebody else at the same time; look at it again")]
    Raced,
    /// It would be cut off.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
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
            Self::TooLarge(too_large) => too_large.reason(),
            Self::State(_) | Self::Raced | Self::Store(_) => Reason::MailUnusable {
                detail: self.to_string(),
            },
        }
    }
}

/// A released issue.
#[derive(Debug, Clone)]
pub struct Released {
    /// SHA-256 of its texts.
    pub hash: String,
    /// Its texts.
    pub release: Release,
    /// The size of its largest mail, where that is long enough to be warned of: bytes of HTML.
    pub long: Option<usize>,
}

/// Fixes the texts of an issue and approves it: from here on exactly these are sent.
pub async fn release(
    tx: &mut Tx,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) -> Result<Released, ReleaseError> {
    if !issue.state.may_become(IssueState::Approved) {
        return Err(ReleaseError::State(issue.state));
    }
    let missing = mail_context.missing_imprint();
    if !missing.is_empty() {
        return Err(ReleaseError::Imprint(missing));
    }
    let release = build(tx, issue, now).await?;
    if release.sections.is_empty() {
        return Err(ReleaseError::Empty);
    }
    let (json, hash) = release.seal();
    let (topics, for_everyone) = release.audience();
    // Nobody's mail is larger than that of a reader of all topics.
    let mut largest = 0;
    for language in mail_context.languages() {
        let rendered = variant::render(mail_context, &release, &hash, *language, topics)?;
        largest = largest.max(rendered.variant.html_bytes());
    }
    // What an earlier release of this issue rendered is not what was approved now.
    store::variant::remove_of(tx, issue.id).await?;
    if !store::issue::release(
        tx,
        issue.id,
        issue.state,
        &json,
        &hash,
        (topics, for_everyone),
        now,
    )
    .await?
    {
        return Err(ReleaseError::Raced);
    }
    Ok(Released {
        hash,
        release,
        long: Some(largest).filter(|bytes| *bytes > mail_context.html_warn()),
    })
}

/// What would be released now; for previews of an issue that is not released yet.
pub async fn build(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<Release, StoreError> {
    let newsletter = store::newsletter::by_id(conn, issue.newsletter)
        .await?
        .ok_or_else(|| StoreError::Unreadable(format!("newsletter {}", issue.newsletter)))?;
    let texts = store::issue::texts(conn, issue.id).await?;
    let entries = store::entry::of_issue(conn, issue.id).await?;
    let topics = store::topic::list(conn).await?;
    let at = issue.send_at.map_or(now, |at| at.max(now));
    let settings = newsletter.settings;
    Ok(assemble(settings, issue.number, at, texts, entries, topics))
}

/// The release of these entries.
pub(super) fn assemble(
    settings: NewsletterSettings,
    number: i64,
    at: Timestamp,
    texts: BTreeMap<Language, IssueText>,
    entries: Vec<Entry>,
    topics: Vec<Topic>,
) -> Release {
    let sections = sections(entries, settings.topics);
    let release = Release {
        version: VERSION,
        number,
        date: wall_clock(at, settings.zone).date(),
        texts,
        topics: Vec::new(),
        sections,
        newsletter: ReleasedNewsletter {
            key: settings.key,
            texts: settings.texts,
            sender_name: settings.sender_name,
            sender_address: settings.sender_address,
            reply_to: settings.reply_to,
            zone: settings.zone,
        },
    };
    let (used, _) = release.audience();
    Release {
        topics: topics
            .into_iter()
            .filter(|topic| used.contains(topic.bit))
            .map(released_topic)
            .collect(),
        ..release
    }
}

/// The released texts of an issue, checked against the hash of what was approved.
pub async fn load(
    conn: &mut impl Connection,
    issue: &Issue,
) -> Result<Result<Release, ApprovalInvalidated>, StoreError> {
    let json = store::issue::released(conn, issue.id).await?;
    Ok(match (json, &issue.release_hash) {
        (Some(json), Some(hash)) => Release::read(&json, hash),
        _ => Err(ApprovalInvalidated::Missing),
    })
}

/// An entry that was taken back after the issue was composed is not told; one that was called off is.
fn sections(entries: Vec<Entry>, carried: TopicSet) -> Vec<Section> {
    let items = entries
        .into_iter()
        .filter(|entry| matches!(entry.state, EntryState::Published | EntryState::Cancelled))
        .map(|entry| item(entry, carried))
        .collect::<Vec<_>>();
    SectionKind::ALL
        .into_iter()
        .map(|kind| Section {
            kind,
            items: items
                .iter()
                .filter(|item| SectionKind::of(item.kind) == kind)
                .cloned()
                .collect(),
        })
        .filter(|section| !section.items.is_empty())
        .collect()
}

fn item(entry: Entry, carried: TopicSet) -> Item {
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
        cancelled: entry.state == EntryState::Cancelled,
    }
}

fn released_topic(topic: Topic) -> ReleasedTopic {
    ReleasedTopic {
        mask: std::iter::once::<TopicBit>(topic.bit).collect(),
        key: topic.key,
        names: topic.names,
    }
}
