//! What is approved is what is sent: everything the mails of an issue say, as it was when the issue
//! was approved, as one JSON text with its SHA-256. It can be shown years later.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::Digest as _;

use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{Details, EntryKind, EntryText, EventTime, PaperDetails};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::newsletter::{DigestSettings, NewsletterText};
use crate::domain::picture::EntryPicture;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{TopicBit, TopicSet};
use crate::store::issue::IssueText;

/// The layout of the JSON text; another layout gets another number.
const VERSION: u32 = 3;
/// The oldest layout that can be read. Layout 1 has no [`Rendering`]; layouts 1 and 2 have no
/// [`DigestSettings`] and are told as they were then: everything, in whole.
const OLDEST_VERSION: u32 = 1;

/// The approved texts of an issue.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Snapshot {
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
    /// How it was rendered; none before it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rendering: Option<Rendering>,
}

/// How a snapshot was rendered when it was approved.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rendering {
    /// What the placeholders of personal tokens are derived from.
    pub seed: String,
    /// How long its mails may become.
    pub limits: Limits,
    /// The digest of its parts in each language.
    pub parts: BTreeMap<Language, String>,
}

/// How long the encoded HTML of a mail may become, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Above this, entries are shortened.
    pub shorten: usize,
    /// Above this, no mail goes out.
    pub refuse: usize,
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
    /// The time zone of the dates of news.
    pub zone: chrono_tz::Tz,
    /// How its entries are told.
    #[serde(default = "DigestSettings::everything")]
    pub digest: DigestSettings,
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

/// Entries of one kind.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// What they are.
    pub kind: SectionKind,
    /// The entries that some reader's mail tells, in order.
    pub items: Vec<Item>,
    /// How many more there are, by their topics: a line in the mail leads to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<Rest>,
}

/// Entries that no mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rest {
    /// Their topics; none: they are for every reader.
    pub topics: TopicSet,
    /// How many.
    pub entries: usize,
}

impl Rest {
    /// Whether they are for a reader who chose `topics`.
    pub const fn is_for(&self, topics: TopicSet) -> bool {
        self.topics.is_empty() || !self.topics.and(topics).is_empty()
    }
}

impl Section {
    /// Which of its entries are the first that some reader is told, in their order.
    pub(super) fn leading(&self) -> Vec<bool> {
        let mut ahead = Ahead::nothing();
        let leading = self.items.iter().map(|item| {
            let is_first = ahead.fewest(item.topics) == 0;
            ahead.add(item.topics);
            is_first
        });
        leading.collect()
    }

    /// The section of these entries, where a mail tells `most` of them at most.
    pub(super) fn new(kind: SectionKind, mut items: Vec<Item>, most: u32) -> Self {
        items.sort_by_key(|item| !item.pinned);
        let mut rest = BTreeMap::new();
        let mut ahead = Ahead::nothing();
        items.retain(|item| {
            let is_told = ahead.fewest(item.topics) < most;
            if !is_told {
                *rest.entry(item.topics).or_insert(0) += 1;
            }
            ahead.add(item.topics);
            is_told
        });
        let rest = rest.into_iter();
        Self {
            kind,
            items,
            rest: rest
                .map(|(topics, entries)| Rest { topics, entries })
                .collect(),
        }
    }
}

/// How many entries of a section are ahead of the next one.
struct Ahead {
    for_everyone: u32,
    by_topic: [u32; TopicBit::COUNT as usize],
}

impl Ahead {
    const fn nothing() -> Self {
        Self {
            for_everyone: 0,
            by_topic: [0; TopicBit::COUNT as usize],
        }
    }

    /// How many some reader is told first at least: one who chose a single topic of these has the fewest.
    fn fewest(&self, topics: TopicSet) -> u32 {
        let chosen = bits(topics).map(|bit| self.by_topic[bit]).min();
        self.for_everyone + chosen.unwrap_or(0)
    }

    fn add(&mut self, topics: TopicSet) {
        if topics.is_empty() {
            self.for_everyone += 1;
        }
        bits(topics).for_each(|bit| self.by_topic[bit] += 1);
    }
}

fn bits(topics: TopicSet) -> impl Iterator<Item = usize> {
    let bits = (0..TopicBit::COUNT).filter(move |bit| topics.mask() & (1 << bit) != 0);
    bits.map(usize::from)
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
    pub(super) const ALL: [Self; 3] = [Self::News, Self::Events, Self::Council];

    /// The section of entries of this kind.
    pub const fn of(kind: EntryKind) -> Self {
        match kind {
            EntryKind::News => Self::News,
            EntryKind::Event => Self::Events,
            EntryKind::Paper | EntryKind::Meeting => Self::Council,
        }
    }

    /// How many of its entries a mail tells at most.
    pub const fn most(self, settings: DigestSettings) -> u32 {
        match self {
            Self::News => settings.most_news,
            Self::Events => settings.most_events,
            Self::Council => settings.most_papers,
        }
    }
}

/// An entry as it was.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Item {
    /// Its name outside the installation.
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
    pub contact: Option<Contact>,
    /// The council's file number.
    pub reference: Option<String>,
    /// A paper's committee and documents.
    #[serde(default, skip_serializing_if = "PaperDetails::is_empty")]
    pub paper: PaperDetails,
    /// What else is said of it.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
    /// When it was to begin before it was moved.
    #[serde(default)]
    pub moved_from: Option<Timestamp>,
    /// Whether it comes before all others.
    #[serde(default)]
    pub pinned: bool,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Where its own page is, below the address of the pages; none before entries had pages.
    #[serde(default)]
    pub page: Option<String>,
    /// Its picture. The hash of the texts covers what is shown and what is said of it.
    #[serde(default)]
    pub picture: Option<EntryPicture>,
}

impl Item {
    /// Whether a reader who chose `topics` gets it.
    pub const fn is_for(&self, topics: TopicSet) -> bool {
        self.topics.is_empty() || !self.topics.and(topics).is_empty()
    }
}

impl Snapshot {
    /// The snapshot of these contents, not rendered yet. Its topics have no names yet.
    pub(super) const fn new(
        newsletter: ReleasedNewsletter,
        number: i64,
        date: NaiveDate,
        texts: BTreeMap<Language, IssueText>,
        sections: Vec<Section>,
    ) -> Self {
        Self {
            version: VERSION,
            newsletter,
            number,
            date,
            texts,
            topics: Vec::new(),
            sections,
            rendering: None,
        }
    }

    /// What the placeholders of personal tokens are derived from: the hash of the texts.
    pub fn seed(&self) -> String {
        match &self.rendering {
            Some(rendering) => rendering.seed.clone(),
            None => self.seal().1,
        }
    }

    /// How long its mails may become: as it was when it was approved, else as it is configured.
    pub fn limits(&self, configured: Limits) -> Limits {
        let rendering = self.rendering.as_ref();
        rendering.map_or(configured, |rendering| rendering.limits)
    }

    /// The topics of its entries together, and whether one of them is for every reader.
    pub fn audience(&self) -> (TopicSet, bool) {
        let items = self.items().map(|item| item.topics);
        let rest = self.sections.iter().flat_map(|section| &section.rest);
        items
            .chain(rest.map(|rest| rest.topics))
            .fold((TopicSet::EMPTY, false), |(all, everyone), topics| {
                (all.or(topics), everyone || topics.is_empty())
            })
    }

    /// Whether the parts that were rendered of it can be joined by this version. Before layout 3 every
    /// variant had the same subject.
    pub const fn has_joinable_parts(&self) -> bool {
        self.version >= 3 && self.rendering.is_some()
    }

    /// All entries that are told, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The text that is kept, and its hash.
    pub fn seal(&self) -> (String, String) {
        let json =
            serde_json::to_string(self).expect("a snapshot has text keys and no foreign types");
        let hash = hash(&json);
        (json, hash)
    }

    /// Reads a kept text, which must be the one that was approved.
    pub fn read(json: &str, expected: &str) -> Result<Self, ApprovalInvalidated> {
        if hash(json) != expected {
            return Err(ApprovalInvalidated::Changed);
        }
        let unreadable = |reason: String| ApprovalInvalidated::Unreadable(reason);
        let snapshot: Self =
            serde_json::from_str(json).map_err(|error| unreadable(error.to_string()))?;
        if (OLDEST_VERSION..=VERSION).contains(&snapshot.version) {
            Ok(snapshot)
        } else {
            Err(unreadable(format!("layout {}", snapshot.version)))
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

/// Why an approval is invalidated. The issue is held with this as its reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalInvalidated {
    /// Nothing was released.
    #[error("the issue has not been approved; approve it first")]
    Missing,
    /// A letter differs.
    #[error(
        "the stored texts are not those that were approved: the approval is invalidated, and nothing more is sent. Look at the issue, then approve it again; if mails have gone out already, cancel it"
    )]
    Changed,
    /// Of another version of this program.
    #[error(
        "the approved texts cannot be read by this version ({0}): the approval is invalidated, and nothing more is sent. Install the version in which the issue was approved, or approve it again"
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(version: u32, newsletter: &str, contact: &str) -> Snapshot {
        let json = format!(
            r#"{{"version":{version},"newsletter":{{"key":"region","texts":{{}},"sender_name":"Region","sender_address":"region@example.org","reply_to":null,"zone":"Europe/Berlin"{newsletter}}},
            "number":1,"date":"2026-11-22","texts":{{"de":{{"subject":"Region, Ausgabe 1","introduction":""}}}},"topics":[],
            "sections":[{{"kind":"news","items":[{{"uuid":"0","kind":"news","topics":0,"original":"de","texts":{{"de":{{"title":"Eins","teaser":"","body":""}}}},
            "url":null,"dated_at":null,"when":null,"place":null,"organisation":"Amt","contact":{contact},"reference":null,"cancelled":false}}]}}]}}"#
        );
        Snapshot::read(&json, &hash(&json)).expect("a snapshot")
    }

    #[test]
    fn older_layouts_are_read_and_told_as_they_were() {
        for version in [1, 2] {
            let old = read(version, "", r#""Büro, amt@example.org""#);
            assert_eq!(old.newsletter.digest, DigestSettings::everything());
            let item = old.items().next().expect("an entry");
            let contact = item.contact.clone().expect("a contact");
            assert_eq!(contact.line(), "Büro, amt@example.org");
            assert_eq!((item.moved_from, item.pinned), (None, false));
        }
        let json = r#"{"name":"Büro","email":null,"phone":"0241 123456"}"#;
        let digest = r#","digest":{"texts":"teaser","most_news":3,"most_events":4,"most_papers":5,"name_in_subject":true}"#;
        let new = read(3, digest, json);
        assert_eq!(new.newsletter.digest.most_news, 3);
        let (json, hash) = new.seal();
        assert_eq!(Snapshot::read(&json, &hash), Ok(new));
    }

    #[test]
    fn a_later_layout_is_refused() {
        let json = read(3, "", "null")
            .seal()
            .0
            .replacen("\"version\":3", "\"version\":4", 1);
        let refused = Snapshot::read(&json, &hash(&json));
        assert_eq!(
            refused,
            Err(ApprovalInvalidated::Unreadable("layout 4".to_owned()))
        );
    }
}
