//! The versions of an entry.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use maud::Markup;
use templates::pages::newsroom::entries::versions::{EntryVersionsView, VersionLine, page};
use templates::pages::newsroom::frame::Area;

use super::{entry_of, list, words};
use crate::store::entry_version::EntryVersion;
use crate::store::{self, entry_version};
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
) -> Result<Markup, Failure> {
    let frame = desk(&state, &staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, &uuid).await?;
    let versions = entry_version::list(&mut conn, entry.id).await?;
    let names = store::staff::names(&mut conn).await?;
    let lines = versions.iter().enumerate().map(|(at, version)| {
        let before = versions.get(at + 1).map(|before| before.number);
        line(&state, &staff, &uuid, (version, before), &names)
    });
    let view = EntryVersionsView {
        title: words::title(&entry.content, staff.language).0,
        state: words::state(entry.state),
        versions: lines.collect(),
        compare: format!("{}/versions/compare", super::path_of(&uuid)),
        lang: list::lang(&staff),
        pages: words::pages(&staff, &uuid),
        now: words::local(&state, state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}

/// A version; with the number of the one before, if any.
pub(super) fn line(
    state: &WebState,
    staff: &Staff,
    uuid: &str,
    (version, before): (&EntryVersion, Option<i64>),
    names: &BTreeMap<String, String>,
) -> VersionLine {
    let compare = before.map(|before| {
        let path = format!("{}/versions/compare", super::path_of(uuid));
        let (from, to) = (before.to_string(), version.number.to_string());
        staff
            .reader
            .link(&path, [("from", from.as_str()), ("to", to.as_str())])
    });
    VersionLine {
        number: version.number,
        at: words::local(state, version.at),
        who: words::who(&version.actor, &version.actor_name, names),
        reason: words::reason(version.reason),
        compare,
    }
}
