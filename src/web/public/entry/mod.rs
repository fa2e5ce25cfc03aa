//! The page of an entry: `/news/…`, `/events/…`, `/papers/…`.
//!
//! Its short id finds it ([`permalink`]); another date or other words before that redirect to the
//! right address. What is not public looks like what is not there; only of what was public and was
//! withdrawn is said that it is gone.

mod view;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use templates::pages::entry::{EntryView, page};
use templates::pages::entry_withdrawn::{EntryWithdrawnView, page as withdrawn_page};

use super::reading;
use super::selection::today;
use crate::app::subscriptions::Catalogue;
use crate::domain::entry::EntryState;
use crate::domain::permalink::{self, Section};
use crate::store::Connection;
use crate::store::entry::{self, Entry, Listing};
use crate::web::conditional::{self, FOR_A_MINUTE};
use crate::web::site::site;
use crate::web::{Failure, Reader, WebState};

/// Further entries beside it.
const FURTHER: usize = 3;
/// News older than this are not offered beside an entry.
const RECENT: std::time::Duration = std::time::Duration::from_hours(24 * 365);

pub(super) async fn show(
    State(state): State<WebState>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let short_id = permalink::read_short_id(name).ok_or(Failure::NotFound)?;
    let mut conn = state.app.db.read().await?;
    let found = entry::by_short_id(&mut conn, &short_id).await?;
    let entry = found.ok_or(Failure::NotFound)?;
    if entry.state == EntryState::Withdrawn && entry.published_at.is_some() {
        return Ok(withdrawn(&state, &reader, &entry));
    }
    entry.public_since().ok_or(Failure::NotFound)?;
    let path = reading::path(&entry);
    if path != uri.path() {
        return Ok(moved(&reader.path(&path)));
    }
    let catalogue = Catalogue::load(&mut conn).await?;
    let further = further(&mut conn, &state, &entry).await?;
    let pictures = reading::pictures(&mut conn, further.iter().chain([&entry])).await?;
    let shown = view::Shown {
        entry: &entry,
        further: &further,
        pictures: &pictures,
    };
    let view = view::view(&state, &reader, &catalogue, &shown);
    let page = page(&site(&state, &reader), &view).into_string();
    Ok(conditional::answer(
        &headers,
        "text/html; charset=utf-8",
        page,
    ))
}

/// What the page of an entry says, or would say, whatever its state: for those who work on it.
pub(in crate::web) async fn preview(
    conn: &mut impl Connection,
    state: &WebState,
    reader: &Reader,
    entry: &Entry,
) -> Result<EntryView, Failure> {
    let catalogue = Catalogue::load(conn).await?;
    let pictures = reading::pictures(conn, [entry]).await?;
    let shown = view::Shown {
        entry,
        further: &[],
        pictures: &pictures,
    };
    Ok(view::view(state, reader, &catalogue, &shown))
}

/// Where the page of an entry is, where anybody may see it.
pub(in crate::web) fn public_path(entry: &Entry) -> Option<String> {
    entry.public_since().map(|_| reading::path(entry))
}

fn moved(to: &str) -> Response {
    let headers = [(LOCATION, to), (CACHE_CONTROL, FOR_A_MINUTE)];
    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
}

fn withdrawn(state: &WebState, reader: &Reader, entry: &Entry) -> Response {
    let section = Section::of(entry.content.kind);
    let view = EntryWithdrawnView {
        list: reader.path(&format!("/{section}")),
    };
    let page = withdrawn_page(&site(state, reader), &view);
    (StatusCode::GONE, page).into_response()
}

/// The newest of the same topics, or the next events; without topics, of its section.
async fn further(
    conn: &mut impl Connection,
    state: &WebState,
    entry: &Entry,
) -> Result<Vec<Entry>, Failure> {
    let now = state.app.clock.now();
    let section = Section::of(entry.content.kind);
    let listing = Listing {
        topics: entry.content.topics,
        from: now.minus(RECENT),
        ..Listing::first(i64::try_from(FURTHER + 1).unwrap_or(i64::MAX))
    };
    let mut found = match section {
        Section::Events => {
            let from = today(now);
            entry::events(conn, &Listing { from, ..listing }).await?
        }
        section => entry::newest(conn, section, &listing).await?,
    };
    found.retain(|one| one.id != entry.id);
    found.truncate(FURTHER);
    Ok(found)
}
