//! Two versions of an entry, compared word by word: `?from=1&to=4`.

use axum::extract::{Path, State};
use axum::http::Uri;
use maud::Markup;
use templates::pages::newsroom::entries::compare::{EntryCompareView, Restore, page};
use templates::pages::newsroom::frame::Area;
use url::form_urlencoded;

use super::{difference, entry_of, path_of, pictures, versions, words};
use crate::domain::picture::{PictureUse, VersionPicture};
use crate::domain::user::Right;
use crate::store::{self, entry_version, entry_version_picture};
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    uri: Uri,
) -> Result<Markup, Failure> {
    let query = uri.query().unwrap_or_default().as_bytes();
    let number = |name: &str| {
        let mut pairs = form_urlencoded::parse(query);
        let (_, value) = pairs.find(|(own, _)| own == name)?;
        value.parse().ok()
    };
    let from = number("from").ok_or(Failure::NotFound)?;
    let to = number("to").ok_or(Failure::NotFound)?;
    render(&state, &staff, &uuid, (from, to), false).await
}

/// The comparison; or that nothing was brought back because the entry has changed.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    uuid: &str,
    (from, to): (i64, i64),
    is_changed: bool,
) -> Result<Markup, Failure> {
    let frame = desk(state, staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, uuid).await?;
    let old = entry_version::get(&mut conn, entry.id, from).await?;
    let old = old.ok_or(Failure::NotFound)?;
    let new = entry_version::get(&mut conn, entry.id, to).await?;
    let new = new.ok_or(Failure::NotFound)?;
    let old_picture = entry_version_picture::get(&mut conn, entry.id, from).await?;
    let new_picture = entry_version_picture::get(&mut conn, entry.id, to).await?;
    let shown = store::picture::of_entry(&mut conn, entry.id, PictureUse::Lead).await?;
    let latest = entry_version::latest(&mut conn, entry.id).await?;
    let names = store::staff::names(&mut conn).await?;
    let topics = store::topic::list(&mut conn).await?;
    let line = |version| versions::line(state, staff, uuid, (version, None), &names);
    let is_other = old.content != entry.content || old_picture.differs_from(shown.as_ref());
    let can_restore = staff.may(Right::Write) && is_other;
    let mut differences = difference::of(staff, &topics, &old.content, &new.content);
    differences.extend(pictures::words_of(staff, &old_picture, &new_picture));
    let both = [(from, &old_picture), (to, &new_picture)];
    let unknown = both
        .into_iter()
        .filter(|(_, one)| **one == VersionPicture::Unknown);
    let view = EntryCompareView {
        title: words::title(&entry.content, staff.language).0,
        from: line(&old),
        to: line(&new),
        pictures: pictures::both(&old_picture, &new_picture),
        without_record: unknown.map(|(number, _)| number).collect(),
        differences,
        restore: can_restore.then(|| Restore {
            action: format!("{}/versions/restore", path_of(uuid)),
            latest,
            picture: pictures::restored(&old_picture, shown.as_ref()),
        }),
        is_changed,
        pages: words::pages(staff, uuid),
        now: words::local(state, state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}
