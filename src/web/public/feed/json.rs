//! A feed as JSON Feed 1.1 (jsonfeed.org).

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use super::{Feed, Item};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    authors: [Author<'a>; 1],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    language: &'a str,
}

/// The feed as a document.
pub(super) fn write(feed: &Feed) -> String {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.own,
        language: feed.language,
        authors: [Author {
            name: &feed.author,
            url: Some(&feed.origin),
        }],
        items: feed.items.iter().map(entry).collect(),
    };
    serde_json::to_string(&document).expect("invariant: plain texts")
}

fn entry(item: &Item) -> Entry<'_> {
    Entry {
        id: format!("urn:uuid:{}", item.uuid),
        url: &item.address,
        title: &item.title,
        summary: &item.summary,
        content_html: &item.html,
        date_published: time(item.published),
        date_modified: time(item.updated),
        authors: [Author {
            name: &item.author,
            url: None,
        }],
        tags: &item.topics,
        language: &item.language,
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
