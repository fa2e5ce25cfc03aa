//! Reading feeds: RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed. Called by `import feed`.
//!
//! feed-rs reads XML after [`outline`] has checked it. [`json`] reads JSON Feed item by item,
//! because feed-rs rejects a whole file for one wrong field and copies the feed's authors into
//! every item.

mod entry;
mod json;
mod outline;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::parser::Builder;

use self::entry::Draft;
use super::decode::{decode, xml_declaration};
use super::{Reading, hashed};
use crate::domain::entry::EntryKind;
use crate::domain::language::LanguageTag;
use crate::domain::text;

/// Options for reading a feed.
#[derive(Debug, Clone)]
pub struct FeedOptions {
    /// The kind of its entries; news by default.
    pub kind: EntryKind,
    /// The language of entries that do not state one.
    pub default_language: LanguageTag,
    /// The most entries of a feed; one with more is refused as a whole.
    pub max_items: usize,
    /// The most characters kept of an entry's text.
    pub max_text: usize,
    /// The URL of the feed, if known: the base of relative links.
    pub base: Option<url::Url>,
}

impl FeedOptions {
    /// News in `default_language`, at most 10,000 with at most 20,000 characters each.
    pub fn new(default_language: LanguageTag) -> Self {
        Self {
            kind: EntryKind::News,
            default_language,
            max_items: 10_000,
            max_text: 20_000,
            base: None,
        }
    }
}

/// Why a feed could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Neither XML nor JSON, or another format.
    #[error("this is not a feed: {0}; RSS (0.9x to 2.0), Atom and JSON Feed can be read")]
    NoFeed(String),
    /// More entries than accepted.
    #[error(
        "the feed has more than {max} entries and was not read; ask its publisher for a feed of the latest ones, or raise [import] max_items"
    )]
    TooManyItems {
        /// The limit.
        max: usize,
    },
    /// More of something than any valid feed has.
    #[error(
        "the feed has more than {max} {what} and was not read; no feed needs that many, so it is probably damaged or malicious"
    )]
    TooMuch {
        /// What exceeds the limit.
        what: &'static str,
        /// The limit.
        max: usize,
    },
    /// A document type with an internal subset.
    #[error(
        "the feed declares entities of its own (<!DOCTYPE … [ … ]>) and was not read, because such a file can expand without limit; ask its publisher for a feed without them"
    )]
    Entities,
}

/// Reads a feed. What cannot be read is in [`Reading::refused`], the rest in [`Reading::items`].
pub fn read(bytes: &[u8], options: &FeedOptions) -> Result<Reading, FeedError> {
    let decoded = decode(bytes, xml_declaration(bytes));
    let mut reading = Reading::default();
    if let Some(note) = decoded.note {
        reading.note(note);
    }
    let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
    let drafts = match text.chars().next() {
        Some('<') => read_xml(text, options, &mut reading)?,
        Some('{') => json::read(text, options, &mut reading)?,
        Some(_) => {
            return Err(FeedError::NoFeed(
                "it begins neither with “<” nor with “{”".into(),
            ));
        }
        None => return Err(FeedError::NoFeed("it is empty".into())),
    };
    finish(drafts, options, &mut reading);
    Ok(reading)
}

fn read_xml(
    text: &str,
    options: &FeedOptions,
    reading: &mut Reading,
) -> Result<Vec<Draft>, FeedError> {
    // The text is UTF-8 now, whatever it declares.
    let text = match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    let text = outline::without_asides(text)?;
    let text = text.as_str();
    let outline = outline::outline(text, options.max_items)?;
    match parse(text, options) {
        Ok(feed) => {
            let missing = outline.items.len().saturating_sub(feed.entries.len());
            if missing > 0 {
                reading.refuse(
                    "the feed",
                    format!("{missing} of its entries could not be recognised; they stand where no entry is expected"),
                );
            }
            Ok(entry::drafts(feed, options, reading))
        }
        Err(problem) => salvage(text, &outline, &problem, options, reading),
    }
}

/// Reads a damaged feed item by item; text between the items is lost.
fn salvage(
    text: &str,
    outline: &outline::Outline,
    problem: &str,
    options: &FeedOptions,
    reading: &mut Reading,
) -> Result<Vec<Draft>, FeedError> {
    /// The text before the first item is parsed again for each of them.
    const MAX_HEAD: usize = 20_000;
    let Some(first) = outline.items.first() else {
        return Err(FeedError::NoFeed(problem.to_owned()));
    };
    let head = &text[..first.start];
    if head.len() > MAX_HEAD {
        return Err(FeedError::NoFeed(problem.to_owned()));
    }
    let mut drafts = Vec::new();
    for (index, range) in outline.items.iter().enumerate() {
        let alone = format!("{head}{}{}", &text[range.clone()], outline.closing);
        match parse(&alone, options) {
            Ok(feed) => drafts.extend(entry::drafts(feed, options, reading)),
            Err(reason) => reading.refuse(
                format!("entry {}", index + 1),
                format!("it is damaged: {reason}"),
            ),
        }
    }
    if drafts.is_empty() && reading.refused.is_empty() {
        return Err(FeedError::NoFeed(problem.to_owned()));
    }
    reading.note(format!(
        "the feed is damaged ({problem}); its entries were read one by one, and some may be missing"
    ));
    Ok(drafts)
}

fn parse(text: &str, options: &FeedOptions) -> Result<feed_rs::model::Feed, String> {
    let parser = Builder::new()
        .base_uri(options.base.as_ref())
        .sanitize_content(false)
        // `finish` gives identifiers to entries without one; the parser would use random ones.
        .id_generator(|_, _, _| String::new())
        .build();
    // A second defence behind `outline`: a bug in the parser costs one entry or feed.
    match catch_unwind(AssertUnwindSafe(|| parser.parse(text.as_bytes()))) {
        Ok(parsed) => parsed.map_err(|error| text::single_line(&error.to_string(), 300)),
        Err(_) => Err("the parser failed on it; please report this together with the feed".into()),
    }
}

/// Gives every draft its identifier and removes duplicates.
fn finish(drafts: Vec<Draft>, options: &FeedOptions, reading: &mut Reading) {
    let mut seen: HashSet<String> = HashSet::new();
    for draft in drafts {
        let title = draft.title.clone();
        let fallback = hashed(&[
            &title,
            &draft.dated_at.map(|at| at.to_string()).unwrap_or_default(),
        ]);
        let own = super::external_id(&draft.id);
        let link = draft.url.as_deref().and_then(super::external_id);
        // Some systems give every entry the same identifier: then the link identifies it.
        let free = [own, link, Some(fallback)]
            .into_iter()
            .flatten()
            .find(|id| !seen.contains(id));
        let Some(external_id) = free else {
            reading.refuse(title, "the feed has it twice; the first one was imported");
            continue;
        };
        seen.insert(external_id.clone());
        reading.items.push(draft.into_item(external_id, options));
    }
}
