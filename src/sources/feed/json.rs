//! JSON Feed 1.0 and 1.1, item by item. Called by [`super::read`].

use serde_json::{Map, Value};

use super::super::{MAX_TITLE, Reading, clean_categories};
use super::entry::{Draft, Wording, is_picture, resolve, wording};
use super::{FeedError, FeedOptions, outline};
use crate::domain::language::LanguageTag;
use crate::domain::text;
use crate::domain::timestamp::Timestamp;

/// Reads `text` as a JSON Feed.
pub(super) fn read(
    text: &str,
    options: &FeedOptions,
    reading: &mut Reading,
) -> Result<Vec<Draft>, FeedError> {
    outline::count_json(text)?;
    let value: Value = serde_json::from_str(text)
        .map_err(|error| FeedError::NoFeed(format!("its JSON is damaged ({error})")))?;
    let Value::Object(mut feed) = value else {
        return Err(FeedError::NoFeed("its JSON is no object".into()));
    };
    if !string(&feed, "version").contains("jsonfeed.org/version/1") {
        return Err(FeedError::NoFeed(
            "it is JSON, but names no version of JSON Feed".into(),
        ));
    }
    let Some(Value::Array(items)) = feed.remove("items") else {
        return Err(FeedError::NoFeed(
            "it is a JSON Feed without “items”".into(),
        ));
    };
    if items.len() > options.max_items {
        return Err(FeedError::TooManyItems {
            max: options.max_items,
        });
    }
    reading.title = Some(text::single_line(string(&feed, "title"), MAX_TITLE))
        .filter(|title| !title.is_empty());
    let language = LanguageTag::parse(string(&feed, "language")).ok();
    reading.language = language.as_ref().map(ToString::to_string);
    let default = language.unwrap_or_else(|| options.default_language.clone());
    // Bounded, because every relative link is joined to it.
    let home = text::web_address(string(&feed, "home_page_url"))
        .and_then(|home| url::Url::parse(&home).ok());
    let base = home.as_ref().or(options.base.as_ref());
    let mut drafts = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        match item
            .as_object()
            .map(|item| draft(item, base, &default, options.max_text))
        {
            Some(Ok(draft)) => drafts.push(draft),
            Some(Err(name)) => {
                let name = if name.is_empty() {
                    format!("entry {}", index + 1)
                } else {
                    name
                };
                reading.refuse(name, "it has neither a title nor a text");
            }
            None => reading.refuse(format!("entry {}", index + 1), "it is no object"),
        }
    }
    Ok(drafts)
}

fn draft(
    item: &Map<String, Value>,
    base: Option<&url::Url>,
    default: &LanguageTag,
    max_text: usize,
) -> Result<Draft, String> {
    let url = ["url", "external_url", "id"]
        .iter()
        .find_map(|key| resolve(string(item, key), base, *key != "id"));
    // Some publishers number their items.
    let id = match item.get("id") {
        Some(Value::Number(number)) => number.to_string(),
        _ => string(item, "id").to_owned(),
    };
    let html = string(item, "content_html");
    let plain = string(item, "content_text");
    let own_page = url.as_deref().and_then(|url| url::Url::parse(url).ok());
    let written = Wording {
        title: string(item, "title"),
        summary: string(item, "summary"),
        content: if html.is_empty() { plain } else { html },
        content_is_plain: html.is_empty(),
    };
    let wording =
        wording(&written, max_text, own_page.as_ref().or(base)).ok_or_else(|| id.clone())?;
    let date = |key: &str| {
        chrono::DateTime::parse_from_rfc3339(string(item, key).trim())
            .ok()
            .map(|at| Timestamp::from(at.to_utc()))
    };
    let tags = item
        .get("tags")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    Ok(Draft {
        picture_url: picture(item, base),
        id,
        title: wording.title,
        teaser: wording.teaser,
        body: wording.body,
        url,
        dated_at: date("date_published").or_else(|| date("date_modified")),
        language: LanguageTag::parse(string(item, "language")).unwrap_or_else(|_| default.clone()),
        categories: clean_categories(tags.iter().filter_map(Value::as_str)),
    })
}

/// The picture of an item: its image, its banner, or a picture among its attachments.
fn picture(item: &Map<String, Value>, base: Option<&url::Url>) -> Option<String> {
    let own = ["image", "banner_image"].map(|key| string(item, key));
    let attached = item.get("attachments").and_then(Value::as_array);
    let attached = attached
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .filter(|one| is_picture(Some(string(one, "mime_type")), ""))
        .map(|one| string(one, "url"));
    own.into_iter()
        .chain(attached)
        .find_map(|href| resolve(href, base, true))
}

fn string<'a>(object: &'a Map<String, Value>, key: &str) -> &'a str {
    object.get(key).and_then(Value::as_str).unwrap_or_default()
}
