//! The entries of an issue as its page shows them.

use std::collections::{BTreeMap, BTreeSet};

use templates::When;
use templates::pages::newsroom::issues::contents::{ItemRow, Kind, Note, SectionView};

use super::path::IssuePath;
use crate::digest::audience::Audience;
use crate::digest::site::locale;
use crate::digest::snapshot::{SectionKind, Snapshot};
use crate::digest::when;
use crate::domain::entry::EntryState;
use crate::domain::language::{self, Language, LanguageTag};
use crate::domain::newsletter::Newsletter;
use crate::domain::picture::{EntryPicture, Variant};
use crate::domain::topic::{Topic, TopicSet};
use crate::store::entry::Entry;
use crate::store::issue::Issue;
use crate::store::issue_contents::{self, Chosen, ShortText};
use crate::store::{self, Conn};
use crate::web::Failure;
use crate::web::newsroom::Staff;

/// Entries of a section on the page, unless all are asked for: more than mails usually tell, and with three
/// sections still a page of less than 100 KB.
const ON_PAGE: usize = 15;

/// What rows are made of.
pub(super) struct Rows<'a> {
    pub(super) staff: &'a Staff,
    pub(super) path: &'a IssuePath,
    pub(super) newsletter: &'a Newsletter,
    pub(super) snapshot: &'a Snapshot,
    pub(super) audience: &'a Audience,
    pub(super) names: &'a BTreeMap<String, String>,
    /// The year that times need not name.
    pub(super) this_year: i32,
}

/// What is read of the issue.
struct Read {
    topics: Vec<Topic>,
    chosen: BTreeMap<i64, Chosen>,
    texts: BTreeMap<(i64, LanguageTag), ShortText>,
    pictures: BTreeMap<i64, EntryPicture>,
    /// The UUIDs of the entries that some mail tells.
    told: BTreeSet<String>,
}

impl Rows<'_> {
    /// The sections in their order; none is empty.
    pub(super) async fn sections(
        &self,
        conn: &mut Conn,
        issue: &Issue,
    ) -> Result<Vec<SectionView>, Failure> {
        let entries = store::entry::of_issue(conn, issue.id).await?;
        let chosen = issue_contents::chosen(conn, issue.id).await?;
        let rows: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        let read = Read {
            topics: store::topic::list(conn).await?,
            chosen: chosen.into_iter().map(|one| (one.entry, one)).collect(),
            texts: issue_contents::texts(conn, issue.id).await?,
            pictures: store::picture::of_entries(conn, &rows).await?,
            told: self
                .snapshot
                .items()
                .map(|item| item.uuid.clone())
                .collect(),
        };
        let kinds = [
            (SectionKind::News, Kind::News),
            (SectionKind::Events, Kind::Events),
            (SectionKind::Council, Kind::Council),
        ];
        let is_all = !self.path.query("all").is_empty();
        let most = if is_all { usize::MAX } else { ON_PAGE };
        let sections = kinds.into_iter().map(|(kind, shown)| {
            let own = entries
                .iter()
                .filter(|entry| SectionKind::of(entry.content.kind) == kind);
            let mut items: Vec<_> = own.map(|entry| self.row(&read, entry)).collect();
            items.sort_by_key(|item| !item.pinned);
            let further = items.len().saturating_sub(most);
            items.truncate(most);
            SectionView {
                further,
                kind: shown,
                most: kind.most(self.newsletter.settings.digest),
                items,
            }
        });
        Ok(sections
            .filter(|section| !section.items.is_empty())
            .collect())
    }

    fn row(&self, read: &Read, entry: &Entry) -> ItemRow {
        let content = &entry.content;
        let (tag, title) = self.title(read, entry);
        let chosen = read.chosen.get(&entry.id);
        let is_own = |(of, _): &&(i64, LanguageTag)| *of == entry.id;
        let picture = read.pictures.get(&entry.id);
        ItemRow {
            uuid: entry.uuid.clone(),
            title,
            lang: (!tag.is(self.staff.language)).then(|| tag.as_str().to_owned()),
            url: self.entry_url(&entry.uuid),
            picture: picture.map(|picture| picture.path(Variant::W400)),
            facts: self.facts(read, entry),
            notes: self.notes(
                read,
                entry,
                chosen,
                read.texts.keys().any(|key| is_own(&key)),
            ),
            pinned: chosen.and_then(|one| one.pinned).unwrap_or(entry.pinned),
            people: self.people(content.topics.and(self.carried())),
            shorten_url: self.staff.reader.path(&format!(
                "{}/entries/{}/shorten",
                self.path.url(),
                entry.uuid
            )),
        }
    }

    /// The title as the issue tells it, and its language.
    fn title<'a>(&self, read: &Read, entry: &'a Entry) -> (&'a LanguageTag, String) {
        let content = &entry.content;
        let found = language::text_for(&content.texts, &content.original, self.staff.language);
        let Some((tag, text)) = found else {
            return (&content.original, String::new());
        };
        let own = read.texts.get(&(entry.id, tag.clone()));
        (tag, own.map_or(&text.title, |own| &own.title).clone())
    }

    fn facts(&self, read: &Read, entry: &Entry) -> Vec<String> {
        let content = &entry.content;
        let topics = read
            .topics
            .iter()
            .filter(|topic| content.topics.contains(topic.bit));
        let topics: Vec<_> = topics
            .map(|topic| topic.name(self.staff.language))
            .collect();
        let zone = self.newsletter.settings.zone;
        let dated = content.dated_at.or(entry.published_at);
        let dated = dated.map(|at| When::Day(at.in_zone(zone).date_naive()));
        let time = content.when.as_ref().map(when).or(dated);
        let facts = [
            Some(topics.join(", ")),
            time.map(|when| when.short_words(self.staff.locale(), self.this_year)),
            content.place.clone(),
            Some(entry.organisation_name.clone()),
        ];
        facts
            .into_iter()
            .flatten()
            .filter(|fact| !fact.is_empty())
            .collect()
    }

    fn notes(
        &self,
        read: &Read,
        entry: &Entry,
        chosen: Option<&Chosen>,
        is_short: bool,
    ) -> Vec<Note> {
        let is_public = matches!(entry.state, EntryState::Published | EntryState::Cancelled);
        let mut notes = Vec::new();
        if !is_public {
            notes.push(Note::Withdrawn);
        } else if !read.told.contains(&entry.uuid) {
            notes.push(Note::OnlyLinked);
        }
        if entry.state == EntryState::Cancelled {
            notes.push(Note::Cancelled);
        }
        if is_short {
            notes.push(Note::Shortened);
        }
        if let Some(by) = chosen.and_then(|one| one.decided_by.as_deref()) {
            notes.push(Note::Added(self.name(by)));
        }
        let missing = self.missing(entry);
        if !missing.is_empty() {
            notes.push(Note::Missing(missing.into_iter().map(locale).collect()));
        }
        notes
    }

    /// Languages in which somebody would read the issue and the entry has no text.
    fn missing(&self, entry: &Entry) -> BTreeSet<Language> {
        let read_in = self.audience.variants.iter().map(|one| one.language);
        let has = |language: &Language| entry.content.texts.keys().any(|tag| tag.is(*language));
        read_in.filter(|language| !has(language)).collect()
    }

    /// For how many readers something with these topics is; with none it is for all.
    fn people(&self, topics: TopicSet) -> i64 {
        let variants = self.audience.variants.iter();
        let own = variants.filter(|one| topics.is_empty() || !one.topics.and(topics).is_empty());
        let readers: i64 = own.map(|one| one.readers).sum();
        if topics.is_empty() {
            readers + self.audience.nothing
        } else {
            readers
        }
    }

    /// The topics of the newsletter; all where it names none.
    const fn carried(&self) -> TopicSet {
        self.newsletter.settings.topics
    }

    /// The name of who acted, as the audit log names them.
    pub(super) fn name(&self, by: &str) -> String {
        self.names.get(by).map_or(by, String::as_str).to_owned()
    }

    /// The page of an entry.
    pub(super) fn entry_url(&self, uuid: &str) -> String {
        self.staff.reader.path(&format!("/newsroom/entries/{uuid}"))
    }
}
