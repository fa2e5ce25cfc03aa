//! Looking for published entries to add to an issue.

use std::collections::BTreeSet;

use axum::extract::State;
use maud::Markup;
use templates::When;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::add::{AddRow, AddView, page};

use super::head::head;
use super::path::IssuePath;
use crate::digest::when;
use crate::domain::entry::EntryState;
use crate::domain::newsletter::Newsletter;
use crate::domain::search::Sought;
use crate::domain::topic::TopicSet;
use crate::store;
use crate::store::entry::{DeskFilter, DeskRow};
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

/// Characters of what is looked for.
const MOST_QUERY: usize = 100;
/// Entries on the page.
const ON_PAGE: usize = 40;
/// Entries that are looked at, of whatever topic.
const MOST_FOUND: i64 = 200;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let query: String = path.query("q").trim().chars().take(MOST_QUERY).collect();
    let chosen = store::issue_contents::chosen(&mut conn, issue.id).await?;
    let within: BTreeSet<_> = chosen
        .iter()
        .filter(|one| one.included)
        .map(|one| one.entry)
        .collect();
    let filter = DeskFilter {
        words: Sought::parse(&query),
        state: Some(EntryState::Published),
        ..DeskFilter::default()
    };
    let mut found = store::entry::desk(&mut conn, &filter, (0, MOST_FOUND)).await?;
    drop(conn);
    let carried = newsletter.settings.topics;
    let fits = |topics: TopicSet| {
        carried.is_empty() || topics.is_empty() || !topics.and(carried).is_empty()
    };
    found.retain(|one| fits(one.topics));
    let is_more = found.len() > ON_PAGE;
    found.truncate(ON_PAGE);
    let rows = found.into_iter().map(|one| AddRow {
        url: staff
            .reader
            .path(&format!("/newsroom/entries/{}", one.uuid)),
        facts: facts(&staff, &newsletter, &one),
        is_in: within.contains(&one.id),
        uuid: one.uuid,
        title: one.title,
    });
    let view = AddView {
        head: head(&state, &staff, &newsletter, &issue).await?,
        url: format!("{}/add", path.url()),
        entries_url: format!("{}/entries", path.url()),
        query,
        rows: rows.collect(),
        is_more,
    };
    Ok(page(&desk, &view))
}

fn facts(staff: &Staff, newsletter: &Newsletter, entry: &DeskRow) -> Vec<String> {
    let zone = newsletter.settings.zone;
    let published = entry.published_at.unwrap_or(entry.updated_at);
    let published = When::Day(published.in_zone(zone).date_naive());
    let day = entry.when.as_ref().map_or(published, when);
    vec![day.words(staff.locale()), entry.organisation.clone()]
}
