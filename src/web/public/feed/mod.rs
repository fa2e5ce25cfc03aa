//! The lists of entries for feed readers and other websites: `/news.atom`, `/news.json`, and so on,
//! all of a section or of one topic.

mod atom;
mod json;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use chrono::{DateTime, Utc};
use templates::pages::entries::{ListKind, feed_title, item_title};

use super::reading::{self, Reading};
use super::selection::{Selection, today};
use crate::app::subscriptions::Catalogue;
use crate::domain::permalink::Section;
use crate::domain::text::sanitise_html;
use crate::store::entry::{self, Entry};
use crate::web::conditional;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// Entries in a feed.
const MOST: i64 = 30;

/// A list as feeds tell it.
struct Feed {
    title: String,
    language: &'static str,
    /// The name and the address of the body that runs the installation.
    author: String,
    origin: String,
    /// The list as a page, and the feed itself.
    page: String,
    own: String,
    updated: DateTime<Utc>,
    items: Vec<Item>,
}

/// An entry in it. Its texts hold no character that XML cannot.
struct Item {
    uuid: String,
    address: String,
    title: String,
    language: String,
    summary: String,
    html: String,
    author: String,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
    topics: Vec<String>,
}

/// Answers a request for the feed that the path names.
pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let name = uri.path().trim_start_matches('/');
    let (section, ending) = name.split_once('.').ok_or(Failure::NotFound)?;
    let section = section.parse().map_err(|_| Failure::NotFound)?;
    let feed = read(&state, &reader, section, &uri).await?;
    let (content_type, text) = match ending {
        "atom" => ("application/atom+xml; charset=utf-8", atom::write(&feed)),
        _ => ("application/feed+json; charset=utf-8", json::write(&feed)),
    };
    Ok(conditional::answer(&headers, content_type, text))
}

async fn read(
    state: &WebState,
    reader: &Reader,
    section: Section,
    uri: &Uri,
) -> Result<Feed, Failure> {
    let now = state.app.clock.now();
    let mut conn = state.app.db.read().await?;
    let catalogue = Catalogue::load(&mut conn).await?;
    let read = Selection::read(&mut conn, &catalogue, section, uri).await?;
    // A feed tells what is new, or what comes next; months are for people.
    let selection = Selection {
        month: None,
        after: None,
        ..read
    };
    let mut entries = Vec::new();
    if section == Section::Events {
        let topics = selection.topics();
        entries = entry::running_events(&mut conn, today(now), now, topics, MOST).await?;
    }
    let listing = selection.listing(now, MOST);
    entries.extend(selection.entries(&mut conn, &listing).await?);
    let link = |path: &str| state.app.config.server.link(path);
    let kind = match section {
        Section::News => ListKind::News,
        Section::Events => ListKind::Events,
        Section::Papers => ListKind::Papers,
    };
    let topic = selection.topic.map(|topic| topic.name(reader.language));
    let query = selection.topic.map(|topic| ("topic", topic.key.as_str()));
    let items: Vec<Item> = entries
        .iter()
        .map(|entry| item(state, reader, &catalogue, entry))
        .collect();
    Ok(Feed {
        title: clean(&feed_title(&site(state, reader), kind, topic)),
        language: reader.language.as_str(),
        author: clean(&state.app.config.organisation.name),
        origin: link("/"),
        page: link(&reader.link(&format!("/{section}"), query)),
        own: link(&reader.link(uri.path(), query)),
        // An empty feed has always been so.
        updated: items
            .iter()
            .map(|item| item.updated)
            .max()
            .unwrap_or_default(),
        items,
    })
}

fn item(state: &WebState, reader: &Reader, catalogue: &Catalogue, entry: &Entry) -> Item {
    let reading = Reading::of(entry, reader.language);
    let since = entry.published_at.unwrap_or(entry.created_at);
    let content = &entry.content;
    let when = content.when.is_some().then(|| {
        let words = reading::time(entry).words(reader.locale());
        let place = content.place.as_ref().map(|place| format!(", {place}"));
        clean(&format!("{words}{}", place.unwrap_or_default()))
    });
    let description = clean(&reading.description());
    let mut html = when.as_ref().map_or_else(String::new, |when| {
        maud::html! { p { strong { (when) } } }.into_string()
    });
    let teaser = clean(reading.teaser());
    if !teaser.is_empty() {
        html.push_str(&maud::html! { p { (teaser) } }.into_string());
    }
    html.push_str(&clean(&sanitise_html(&reading.text.body)));
    let summary: Vec<String> = when.into_iter().chain([description]).collect();
    let title = item_title(
        reader.locale(),
        &reading.text.title,
        reading::is_cancelled(entry),
    );
    let topics = reading::topics(catalogue, content.topics);
    Item {
        uuid: entry.uuid.clone(),
        address: state
            .app
            .config
            .server
            .link(&reader.path(&reading::path(entry))),
        title: clean(&title),
        language: reading.tag.as_str().to_owned(),
        summary: summary.join(". "),
        html,
        author: clean(&entry.organisation_name),
        published: content.dated_at.unwrap_or(since).utc(),
        updated: entry.updated_at.max(since).utc(),
        topics: topics
            .map(|topic| clean(topic.name(reader.language)))
            .collect(),
    }
}

/// The text without characters that XML 1.0 cannot hold (§2.2), not even escaped.
fn clean(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(fits).collect()
}
