//! Readers of data from other systems: bytes in, items out.
//!
//! Called by the command `import`. Nothing here touches the database or the network: [`feed::read`]
//! and [`calendar::read`] take bytes and give a [`Reading`]; the store finds out what is new,
//! changed or unchanged by [`Item::external_id`].
//!
//! Any input is read in bounded time and memory. The bounds:
//!
//! | what | bound | where |
//! | --- | --- | --- |
//! | bytes of a file | `max` of the caller | [`read_bounded`] |
//! | entries of a feed, events of a calendar | `max_items` of the options | counted before anything is built |
//! | elements, depth, attributes of XML; values of JSON | constants | `feed::outline` |
//! | entity declarations | none are accepted | `feed::outline` |
//! | lines and properties of a calendar | constants | `calendar::lines` |
//! | occurrences of an event | the window of time, `max_occurrences_per_event`, steps of a rule | `calendar::recurrence` |
//! | occurrences of a calendar | `max_items` of the options | `calendar` |
//! | text | characters of a title and a teaser; of a body, `max_text` of the options | this module, [`crate::domain::text`] |

pub mod calendar;
mod decode;
pub mod dns;
pub mod feed;
pub mod link;
pub mod picture;

use std::io::Read;

use sha2::{Digest as _, Sha256};

use crate::domain::entry::EntryContent;
use crate::domain::text;
use crate::domain::topic::{Topic, TopicSet};

/// The most characters of a title.
pub const MAX_TITLE: usize = 300;
/// The most characters of a teaser.
pub const MAX_TEASER: usize = 600;
/// The most characters of an [`Item::external_id`]; longer ones are hashed.
pub const MAX_EXTERNAL_ID: usize = 500;
const MAX_CATEGORIES: usize = 50;
const MAX_CATEGORY: usize = 200;

/// One news item or date of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The source's identifier; stable, so that the item is recognised at the next import.
    pub external_id: String,
    /// What it says. Its topics are still empty: see [`assign_topics`].
    pub content: EntryContent,
    /// The source's categories: terms and labels.
    pub categories: Vec<String>,
    /// Whether the source has cancelled it.
    pub cancelled: bool,
    /// The address of the picture that the source names for it; it is not fetched.
    pub picture_url: Option<String>,
}

/// Something in a source that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refused {
    /// Its title, else its identifier, else its position.
    pub item: String,
    /// Why, for a person, with the remedy if there is one.
    pub reason: String,
}

/// The result of reading one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What can be imported.
    pub items: Vec<Item>,
    /// What cannot, each with its reason.
    pub refused: Vec<Refused>,
    /// Events and occurrences outside the requested window; nothing is wrong with them.
    pub outside: usize,
    /// What was repaired, e.g. a wrong encoding.
    pub notes: Vec<String>,
    /// The title of the source.
    pub title: Option<String>,
    /// The language of the source as it states it, if that is a language tag.
    pub language: Option<String>,
}

impl Reading {
    fn refuse(&mut self, item: impl Into<String>, reason: impl Into<String>) {
        let item = text::single_line(&item.into(), 120);
        self.refused.push(Refused {
            item,
            reason: reason.into(),
        });
    }

    /// Adds a note, unless it is there already.
    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if self.notes.len() < 100 && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is larger than the limit; what was read has been dropped.
    #[error(
        "the file has more than {} MB and was not read; pass a smaller part of it, or raise [import] max_size",
        max.div_ceil(1_000_000)
    )]
    TooLarge {
        /// The limit in bytes.
        max: usize,
    },
    /// It could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
}

/// Reads `source`, at most `max` bytes; holds no more than that in memory.
pub fn read_bounded(source: impl Read, max: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > max {
        Err(ReadError::TooLarge { max })
    } else {
        Ok(bytes)
    }
}

/// The topics of an item: the fixed ones, and every topic whose key, or whose name in any language,
/// is one of the item's categories, whatever the case.
pub fn assign_topics(categories: &[String], topics: &[Topic], fixed: TopicSet) -> TopicSet {
    let categories: Vec<String> = categories
        .iter()
        .map(|one| one.trim().to_lowercase())
        .collect();
    let named = |name: &str| categories.contains(&name.trim().to_lowercase());
    let found = topics
        .iter()
        .filter(|topic| named(&topic.key) || topic.names.values().any(|name| named(name)));
    fixed.or(found.map(|topic| topic.bit).collect())
}

/// An identifier as it is stored: cleaned, hashed if too long; none if empty.
fn external_id(written: &str) -> Option<String> {
    let id: String = written.trim().chars().filter(|c| !c.is_control()).collect();
    match id.chars().count() {
        0 => None,
        1..=MAX_EXTERNAL_ID => Some(id),
        _ => Some(hashed(&[&id])),
    }
}

/// A stable identifier for an item without one, derived from what identifies it.
fn hashed(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    format!(
        "sha256:{}",
        data_encoding::HEXLOWER.encode(&hash.finalize())
    )
}

/// Cleans categories and removes duplicates and empty ones.
fn clean_categories<'a>(written: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut categories: Vec<String> = Vec::new();
    for category in written {
        let category = text::single_line(category, MAX_CATEGORY);
        if !category.is_empty() && !categories.contains(&category) {
            categories.push(category);
        }
        if categories.len() == MAX_CATEGORIES {
            break;
        }
    }
    categories
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::language::Language;
    use crate::domain::topic::TopicBit;

    #[test]
    fn an_endless_file_stops_at_the_limit() {
        let endless = std::io::repeat(b'x');
        let error = read_bounded(endless, 1_000_000).expect_err("it is too large");
        assert_eq!(
            error.to_string(),
            "the file has more than 1 MB and was not read; pass a smaller part of it, or raise [import] max_size"
        );
        assert_eq!(read_bounded(&b"abc"[..], 3).expect("it fits"), b"abc");
    }

    #[test]
    fn topics_are_found_by_key_and_by_name_in_any_language() {
        let topic = |bit, key: &str, name: &str| Topic {
            bit: TopicBit::new(bit).expect("a bit"),
            key: key.into(),
            names: BTreeMap::from([(Language::De, name.to_owned())]),
        };
        let topics = [
            topic(0, "climate", "Klima"),
            topic(5, "culture", "Kultur"),
            topic(9, "health", "Gesundheit"),
        ];
        let found = assign_topics(
            &["KLIMA".into(), " culture ".into(), "Sport".into()],
            &topics,
            TopicSet::from_mask(1 << 40),
        );
        assert_eq!(found.mask(), 1 | 1 << 5 | 1 << 40);
        assert_eq!(
            assign_topics(&[], &topics, TopicSet::EMPTY),
            TopicSet::EMPTY
        );
    }

    #[test]
    fn long_identifiers_are_hashed() {
        assert_eq!(external_id(" a\u{0}b "), Some("ab".into()));
        assert_eq!(external_id("\n"), None);
        let long = external_id(&"ü".repeat(501)).expect("an identifier");
        assert!(long.starts_with("sha256:") && long.len() == 71);
        assert_ne!(hashed(&["ab", "c"]), hashed(&["a", "bc"]));
    }
}
