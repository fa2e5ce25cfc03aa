//! Entries for a reader: in which language, in how many words, at what time. For the pages of entries,
//! the lists and the feeds.

use std::collections::BTreeMap;

use templates::picture::PictureView;
use templates::{Feeds, ItemView, SubscribeLink, When};

use crate::app::subscriptions::Catalogue;
use crate::digest::when;
use crate::domain::entry::EntryText;
use crate::domain::language::{Language, LanguageTag, text_for};
use crate::domain::permalink::{self, Section};
use crate::domain::picture::{EntryPicture, Variant, fit};
use crate::domain::text::{html_to_plain, plain_paragraph, truncate};
use crate::domain::topic::{Topic, TopicSet};
use crate::store::entry::Entry;
use crate::store::{self, Connection, StoreError};
use crate::web::Reader;

/// Characters of a teaser in a list, and of a description.
const TEASER: usize = 240;
/// The longer side of a picture in a list, in pixels of the layout.
const THUMBNAIL: u32 = 200;
/// Newsletters beside an entry at most.
const MOST_NEWSLETTERS: usize = 3;

/// The text of an entry for a reader.
pub(super) struct Reading<'a> {
    /// The language of the text.
    pub(super) tag: &'a LanguageTag,
    /// The text.
    pub(super) text: &'a EntryText,
    /// Whether it is in another language than the page.
    pub(super) is_foreign: bool,
}

impl<'a> Reading<'a> {
    /// The text in the reader's language, else the original.
    pub(super) fn of(entry: &'a Entry, language: Language) -> Self {
        static NONE: EntryText = EntryText {
            title: String::new(),
            teaser: String::new(),
            body: String::new(),
            decision: String::new(),
            effects: String::new(),
            translated_from: None,
        };
        let content = &entry.content;
        let found = text_for(&content.texts, &content.original, language);
        let (tag, text) = found.unwrap_or((&content.original, &NONE));
        Self {
            tag,
            text,
            is_foreign: !tag.is(language),
        }
    }

    /// The language of the text, where it has to be marked.
    pub(super) fn lang(&self) -> Option<String> {
        self.is_foreign.then(|| self.tag.as_str().to_owned())
    }

    /// A sentence or two: the teaser, or the beginning of the text.
    pub(super) fn description(&self) -> String {
        if self.text.teaser.trim().is_empty() {
            plain_paragraph(&self.text.body, TEASER)
        } else {
            truncate(&self.text.teaser, TEASER)
        }
    }

    /// The teaser, unless the text begins with the same words, as in feeds that cut one out of the
    /// other.
    pub(super) fn teaser(&self) -> &'a str {
        let teaser = self.text.teaser.trim();
        let words = teaser.trim_end_matches(['…', '.', ' ']);
        let repeated = html_to_plain(&self.text.body).starts_with(words);
        if repeated { "" } else { teaser }
    }
}

/// Path of an entry's page.
pub(super) fn path(entry: &Entry) -> String {
    let since = entry.published_at.unwrap_or(entry.created_at);
    permalink::of(&entry.content, since, &entry.uuid)
}

/// When it takes place, or its date.
pub(super) fn time(entry: &Entry) -> When {
    let since = entry.published_at.unwrap_or(entry.created_at);
    let content = &entry.content;
    content
        .when
        .as_ref()
        .map_or_else(|| When::Day(permalink::day(content, since)), when)
}

/// The lead pictures of entries, by row.
pub(super) type Pictures = BTreeMap<i64, EntryPicture>;

/// Reads the pictures of entries.
pub(super) async fn pictures<'a>(
    conn: &mut impl Connection,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<Pictures, StoreError> {
    let rows: Vec<i64> = entries.into_iter().map(|entry| entry.id).collect();
    store::picture::of_entries(conn, &rows).await
}

/// A picture of an entry in the files for the web: in this one, shown in this size at most.
pub(super) fn picture(
    entry: &Entry,
    tag: &LanguageTag,
    picture: &EntryPicture,
    (file, shown): (Variant, u32),
) -> PictureView {
    let kept = picture.web().map(|(variant, _)| variant);
    // Of a small picture there are only small files.
    let file = kept
        .filter(|one| one.longest() <= file.longest())
        .last()
        .unwrap_or(file);
    let (width, height) = fit(picture.size(file), shown);
    let alt = picture.alternative.text(tag, &entry.content.original);
    PictureView {
        src: picture.path(file),
        width,
        height,
        alt: alt.map(str::to_owned),
        credit: picture.credit.clone(),
    }
}

/// An entry in a list.
pub(super) fn item(reader: &Reader, entry: &Entry, pictures: &Pictures) -> ItemView {
    let reading = Reading::of(entry, reader.language);
    ItemView {
        href: reader.path(&path(entry)),
        title: reading.text.title.clone(),
        lang: reading.lang(),
        teaser: reading.description(),
        when: time(entry),
        place: entry.content.place.clone(),
        cancelled: is_cancelled(entry),
        moved: entry.moved_from.is_some(),
        picture: pictures
            .get(&entry.id)
            .map(|one| picture(entry, reading.tag, one, (Variant::W400, THUMBNAIL))),
    }
}

/// Whether it was called off.
pub(super) fn is_cancelled(entry: &Entry) -> bool {
    entry.state == crate::domain::entry::EntryState::Cancelled
}

/// The topics of an entry, in the order in which they were added.
pub(super) fn topics(catalogue: &Catalogue, of: TopicSet) -> impl Iterator<Item = &Topic> {
    let all = catalogue.topics().iter();
    all.filter(move |topic| of.contains(topic.bit))
}

/// Newsletters that carry any of these topics, and the form with these topics chosen; without topics
/// the first newsletters, with nothing chosen.
pub(super) fn newsletters(
    reader: &Reader,
    catalogue: &Catalogue,
    about: TopicSet,
) -> Vec<SubscribeLink> {
    let fitting = catalogue
        .newsletters
        .iter()
        .filter(|newsletter| about.is_empty() || !newsletter.settings.topics.and(about).is_empty());
    let links = fitting.take(MOST_NEWSLETTERS).map(|newsletter| {
        let key = &newsletter.settings.key;
        let chosen = catalogue
            .carried(newsletter)
            .filter(|topic| about.contains(topic.bit));
        let chosen: Vec<String> = chosen.map(|topic| format!("{key}.{}", topic.key)).collect();
        let query = chosen.iter().map(|topic| ("topic", topic.as_str()));
        let plain = chosen.is_empty().then_some(("newsletter", key.as_str()));
        SubscribeLink {
            newsletter: newsletter.settings.text(reader.language).name.clone(),
            href: reader.link("/subscribe", query.chain(plain)),
        }
    });
    links.collect()
}

/// Where the feeds of a section are, reduced to a topic if one is chosen.
pub(super) fn feeds(reader: &Reader, section: Section, topic: Option<&Topic>) -> Feeds {
    let link = |ending| {
        let query = topic.map(|topic| ("topic", topic.key.as_str()));
        reader.link(&format!("/{section}.{ending}"), query)
    };
    Feeds {
        atom: link("atom"),
        json: link("json"),
    }
}
