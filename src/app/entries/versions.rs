//! Keeping what entries said. Every operation that changes what an entry says calls [`record`].

use crate::app::Error;
use crate::app::issues::review;
use crate::app::operation::Operation;
use crate::domain::entry::{EntryContent, VersionReason};
use crate::domain::review::Change;
use crate::store::entry::Entry;
use crate::store::entry_version::{self, Author};
use crate::store::{self, Result};

/// Stores the first version of an entry that was just added.
pub(in crate::app) async fn first(
    op: &mut Operation,
    entry: i64,
    content: &EntryContent,
    reason: VersionReason,
) -> Result<i64> {
    let (kind, name, at) = (op.actor().kind(), op.actor().name(), op.at());
    let author = Author {
        kind,
        name: &name,
        at,
    };
    entry_version::add(op.tx(), entry, content, author, reason).await
}

/// Stores that an entry shows another picture now, or says something else about it. The caller has kept
/// what it showed before ([`entry_version::keep`]). Approved issues that carry it become drafts again.
/// Returns the number of the version.
pub(in crate::app) async fn pictured(
    op: &mut Operation,
    entry: &Entry,
    reason: VersionReason,
) -> std::result::Result<i64, Error> {
    review::entry_changed(op, entry, |title| Change::Picture { title }).await?;
    Ok(first(op, entry.id, &entry.content, reason).await?)
}

/// Stores what an entry says now as a version, and `before` too where that is none yet. Nothing where it
/// says the same. Approved issues that carry it become drafts again. Returns the number of the last
/// version.
pub(in crate::app) async fn record(
    op: &mut Operation,
    before: &Entry,
    reason: VersionReason,
) -> std::result::Result<i64, Error> {
    let number = entry_version::keep(op.tx(), before).await?;
    let Some(after) = store::entry::by_id(op.tx(), before.id).await? else {
        return Ok(number);
    };
    if after.content == before.content {
        return Ok(number);
    }
    review::entry_changed(op, before, |title| Change::Entry { title }).await?;
    Ok(first(op, before.id, &after.content, reason).await?)
}
