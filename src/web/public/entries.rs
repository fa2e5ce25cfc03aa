//! The lists of entries: `/news`, `/events`, `/papers`, by topic and month.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use templates::pages::entries::{EntriesView, ListKind, TopicOption, page};

use super::reading;
use super::selection::{self, Selection, today};
use crate::app::subscriptions::Catalogue;
use crate::domain::permalink::Section;
use crate::domain::timestamp::Timestamp;
use crate::store::Connection;
use crate::store::entry::{self, Entry};
use crate::web::conditional;
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// Entries on a page.
const ON_A_PAGE: usize = 20;
/// Events that have been running for days, before those ahead.
const RUNNING: i64 = 10;

pub(super) async fn news(
    state: State<WebState>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    show(state.0, reader, Section::News, uri, headers).await
}

pub(super) async fn events(
    state: State<WebState>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    show(state.0, reader, Section::Events, uri, headers).await
}

pub(super) async fn papers(
    state: State<WebState>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    show(state.0, reader, Section::Papers, uri, headers).await
}

async fn show(
    state: WebState,
    reader: Reader,
    section: Section,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let now = state.app.clock.now();
    let mut conn = state.app.db.read().await?;
    let catalogue = Catalogue::load(&mut conn).await?;
    let selection = Selection::read(&mut conn, &catalogue, section, &uri).await?;
    let listing = selection.listing(now, i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX));
    let mut entries = selection.entries(&mut conn, &listing).await?;
    let goes_on = entries.len() > ON_A_PAGE;
    entries.truncate(ON_A_PAGE);
    let running = running(&mut conn, &selection, now).await?;
    let span = entry::span(&mut conn, section).await?;
    let next = entries.last().filter(|_| goes_on);
    let pictures = reading::pictures(&mut conn, entries.iter().chain(&running)).await?;
    let items = |entries: &[Entry]| {
        let items = entries.iter();
        items
            .map(|entry| reading::item(&reader, entry, &pictures))
            .collect()
    };
    let view = EntriesView {
        running: items(&running),
        items: items(&entries),
        months: selection::months(span, now),
        next: next.map(|last| link(&reader, &selection, selection::behind(last))),
        ..empty(&reader, &catalogue, &selection)
    };
    let page = page(&site(&state, &reader), &view).into_string();
    Ok(conditional::answer(
        &headers,
        "text/html; charset=utf-8",
        page,
    ))
}

/// The list without its entries.
fn empty(reader: &Reader, catalogue: &Catalogue, selection: &Selection<'_>) -> EntriesView {
    let topics = catalogue.topics().iter().map(|topic| TopicOption {
        key: topic.key.clone(),
        name: topic.name(reader.language).to_owned(),
        chosen: selection
            .topic
            .is_some_and(|chosen| chosen.bit == topic.bit),
    });
    let topic = selection.topic;
    EntriesView {
        kind: match selection.section {
            Section::News => ListKind::News,
            Section::Events => ListKind::Events,
            Section::Papers => ListKind::Papers,
        },
        path: format!("/{}", selection.section),
        first: link(reader, selection, ""),
        chosen_language: reader.chosen().map(|language| language.to_string()),
        topic: topic.map(|topic| topic.name(reader.language).to_owned()),
        month: selection.month,
        topics: topics.collect(),
        months: Vec::new(),
        running: Vec::new(),
        items: Vec::new(),
        next: None,
        is_continued: selection.after.is_some(),
        newsletters: reading::newsletters(reader, catalogue, selection.topics()),
        feeds: reading::feeds(reader, selection.section, topic),
    }
}

/// Events that began before today, at the head of what lies ahead.
async fn running(
    conn: &mut impl Connection,
    selection: &Selection<'_>,
    now: Timestamp,
) -> Result<Vec<Entry>, Failure> {
    let is_head = selection.month.is_none() && selection.after.is_none();
    if selection.section != Section::Events || !is_head {
        return Ok(Vec::new());
    }
    let topics = selection.topics();
    Ok(entry::running_events(conn, today(now), now, topics, RUNNING).await?)
}

/// The same list, from its beginning or behind an entry.
fn link(reader: &Reader, selection: &Selection<'_>, after: &str) -> String {
    let month = selection
        .month
        .map(|month| month.format("%Y-%m").to_string());
    let topic = selection.topic.map(|topic| ("topic", topic.key.as_str()));
    let month = month.as_deref().map(|month| ("month", month));
    let after = Some(("after", after)).filter(|(_, after)| !after.is_empty());
    let query = topic.into_iter().chain(month).chain(after);
    reader.link(&format!("/{}", selection.section), query)
}
