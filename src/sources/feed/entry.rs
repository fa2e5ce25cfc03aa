//! Converts an entry of a feed to an item. Called by [`super::read`].

use std::collections::BTreeMap;

use feed_rs::model::{Entry, Feed, Text};

use super::super::{Item, MAX_TEASER, MAX_TITLE, Reading, clean_categories};
use super::FeedOptions;
use crate::domain::entry::{EntryContent, EntryText};
use crate::domain::language::LanguageTag;
use crate::domain::text;
use crate::domain::timestamp::Timestamp;

/// An entry without its identifier yet.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) teaser: String,
    pub(super) body: String,
    pub(super) url: Option<String>,
    pub(super) dated_at: Option<Timestamp>,
    pub(super) language: LanguageTag,
    pub(super) categories: Vec<String>,
    pub(super) picture_url: Option<String>,
}

impl Draft {
    pub(super) fn into_item(self, external_id: String, options: &FeedOptions) -> Item {
        let texts = EntryText {
            title: self.title,
            teaser: self.teaser,
            body: self.body,
            ..EntryText::default()
        };
        Item {
            external_id,
            categories: self.categories,
            cancelled: false,
            picture_url: self.picture_url,
            content: EntryContent {
                texts: BTreeMap::from([(self.language.clone(), texts)]),
                url: self.url,
                dated_at: self.dated_at,
                ..EntryContent::new(options.kind, self.language)
            },
        }
    }
}

/// The texts of an entry, before cleaning.
#[derive(Default)]
pub(super) struct Wording<'a> {
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    pub(super) content: &'a str,
    /// Whether `content` is plain text, not HTML.
    pub(super) content_is_plain: bool,
}

/// Title, teaser and body, cleaned; none if there is neither title nor text.
pub(super) fn wording(
    written: &Wording<'_>,
    max_text: usize,
    base: Option<&url::Url>,
) -> Option<EntryText> {
    let teaser_of = |text: &str| text::plain_paragraph(head(text), MAX_TEASER);
    let mut teaser = teaser_of(written.summary);
    if teaser.is_empty() {
        teaser = teaser_of(written.content);
    }
    let mut title = text::single_line(head(written.title), MAX_TITLE);
    if title.is_empty() {
        // Short posts have no title; their first words serve as one.
        title = text::truncate(&teaser, 80);
    }
    if title.is_empty() {
        return None;
    }
    let whole = if written.content.trim().is_empty() {
        written.summary
    } else {
        written.content
    };
    let whole = bounded(whole, max_text);
    let body = if written.content_is_plain && !written.content.trim().is_empty() {
        text::paragraphs_to_html(whole)
    } else {
        text::sanitise_html_at(whole, base)
    };
    // A body that only repeats the teaser would be read twice.
    let body = if body.matches('<').count() == 2 && text::html_to_plain(&body) == teaser {
        String::new()
    } else {
        body
    };
    Some(EntryText {
        title,
        teaser,
        body,
        ..EntryText::default()
    })
}

/// The beginning of a text, enough for a title or teaser.
fn head(text: &str) -> &str {
    bounded(text, 20 * MAX_TEASER)
}

fn bounded(text: &str, max_chars: usize) -> &str {
    text.char_indices()
        .nth(max_chars)
        .map_or(text, |(end, _)| &text[..end])
}

/// Converts a parsed feed; refuses what cannot be converted.
pub(super) fn drafts(feed: Feed, options: &FeedOptions, reading: &mut Reading) -> Vec<Draft> {
    let home = site(&feed, options);
    if reading.title.is_none() {
        reading.title = feed
            .title
            .as_ref()
            .map(|title| text::single_line(&title.content, MAX_TITLE))
            .filter(|title| !title.is_empty());
    }
    let feed_language = feed
        .language
        .as_deref()
        .and_then(|tag| LanguageTag::parse(tag).ok());
    if let Some(language) = &feed_language {
        reading.language = Some(language.to_string());
    }
    let default = feed_language.unwrap_or_else(|| options.default_language.clone());
    let mut drafts = Vec::with_capacity(feed.entries.len());
    for (index, entry) in feed.entries.into_iter().enumerate() {
        let name = if entry.id.trim().is_empty() {
            format!("entry {}", index + 1)
        } else {
            entry.id.clone()
        };
        match draft(entry, home.as_ref(), &default, options.max_text) {
            Some(draft) => drafts.push(draft),
            None => reading.refuse(name, "it has neither a title nor a text"),
        }
    }
    drafts
}

/// The base of relative links in a feed.
fn site(feed: &Feed, options: &FeedOptions) -> Option<url::Url> {
    let absolute = |rel: Option<&str>| {
        feed.links
            .iter()
            .filter(|link| link.rel.as_deref() == rel)
            .find_map(|link| text::web_address(&link.href))
    };
    let found = absolute(None)
        .or_else(|| absolute(Some("alternate")))
        .or_else(|| absolute(Some("self")));
    found
        .and_then(|href| url::Url::parse(&href).ok())
        .or_else(|| options.base.clone())
}

fn draft(
    entry: Entry,
    home: Option<&url::Url>,
    default: &LanguageTag,
    max_text: usize,
) -> Option<Draft> {
    let base = entry
        .base
        .as_deref()
        .and_then(|base| url::Url::parse(base).ok());
    let base = base.as_ref().or(home);
    let url = address(&entry, base);
    let own_page = url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let text_of = |text: &Option<Text>| {
        text.as_ref()
            .map(|text| text.content.clone())
            .unwrap_or_default()
    };
    let (title, summary) = (text_of(&entry.title), text_of(&entry.summary));
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref())
        .unwrap_or_default();
    let plain = entry
        .content
        .as_ref()
        .is_some_and(|content| content.content_type.essence().to_string() == "text/plain");
    let wording = wording(
        &Wording {
            title: &title,
            summary: &summary,
            content,
            content_is_plain: plain,
        },
        max_text,
        own_page.as_ref().or(base),
    )?;
    let language = entry
        .language
        .as_deref()
        .and_then(|tag| LanguageTag::parse(tag).ok());
    let categories = entry
        .categories
        .iter()
        .flat_map(|one| [Some(one.term.as_str()), one.label.as_deref()])
        .flatten();
    Some(Draft {
        categories: clean_categories(categories),
        picture_url: picture(&entry, base),
        id: entry.id,
        title: wording.title,
        teaser: wording.teaser,
        body: wording.body,
        url,
        dated_at: entry.published.or(entry.updated).map(Timestamp::from),
        language: language.unwrap_or_else(|| default.clone()),
    })
}

/// The picture of an entry: the largest picture among its media and enclosures. Thumbnails are
/// ignored, because many feeds put the author's portrait there.
fn picture(entry: &Entry, base: Option<&url::Url>) -> Option<String> {
    let media = entry.media.iter().flat_map(|media| &media.content);
    let media = media.filter_map(|content| {
        let of = content.content_type.as_ref().map(ToString::to_string);
        let url = content.url.as_ref()?.as_str();
        Some((content.width.unwrap_or(0), of, url))
    });
    let enclosed = |link: &&feed_rs::model::Link| link.rel.as_deref() == Some("enclosure");
    let links = entry.links.iter().filter(enclosed);
    let links = links.map(|link| (0, link.media_type.clone(), link.href.as_str()));
    let pictures = media
        .chain(links)
        .filter(|(_, of, url)| is_picture(of.as_deref(), url))
        .filter_map(|(width, _, url)| Some((width, resolve(url, base, true)?)));
    // The first of several of the same size.
    let larger =
        |one: (u32, String), other: (u32, String)| if other.0 > one.0 { other } else { one };
    pictures.reduce(larger).map(|(_, url)| url)
}

/// Whether something with this media type, or else this URL, is a picture.
pub(super) fn is_picture(media_type: Option<&str>, url: &str) -> bool {
    const ENDINGS: [&str; 5] = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
    if let Some(media_type) = media_type {
        return media_type.trim().to_ascii_lowercase().starts_with("image/");
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The page of an entry: its own link, else an identifier that is a URL.
fn address(entry: &Entry, base: Option<&url::Url>) -> Option<String> {
    let page = |rel: Option<&str>| rel.is_none_or(|rel| rel == "alternate");
    let links = entry
        .links
        .iter()
        .filter(|link| page(link.rel.as_deref()) && link.target.is_none());
    links
        .map(|link| link.href.as_str())
        .chain([entry.id.as_str()])
        .find_map(|href| resolve(href, base, href != entry.id))
}

/// An absolute URL for `href`; relative ones are joined to `base` if possible.
pub(super) fn resolve(
    href: &str,
    base: Option<&url::Url>,
    may_be_relative: bool,
) -> Option<String> {
    let href = href.trim();
    if href.is_empty() {
        return None;
    }
    text::web_address(href).or_else(|| {
        let relative = may_be_relative
            && url::Url::parse(href) == Err(url::ParseError::RelativeUrlWithoutBase);
        let joined = base.filter(|_| relative)?.join(href).ok()?;
        text::web_address(joined.as_str())
    })
}
