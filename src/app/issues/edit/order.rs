//! The order of entries within their section.

use super::{Edit, EditError};
use crate::app::{Actor, App};
use crate::digest::snapshot::SectionKind;
use crate::domain::audit::Action;
use crate::domain::issue::{ContentChange, IssueName};
use crate::store;
use crate::store::entry::Entry;

/// Where an entry is moved. What comes first ([`super::pin`]) stays before the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Before the one above it.
    Up,
    /// Behind the one below it.
    Down,
    /// To this place among those that come first, or among the others; from 0.
    To(usize),
}

/// Moves an entry of an issue whose contents are of this version still. Returns false where it is there
/// already.
pub async fn reorder(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    version: i64,
    entry: &str,
    to: Move,
) -> Result<bool, EditError> {
    let mut edit = Edit::begin(app, actor, Action::IssueReorder, name, Some(version)).await?;
    let moved = edit.entry_within(entry).await?;
    let issue = edit.issue.id;
    let chosen = store::issue_contents::chosen(edit.op.tx(), issue).await?;
    let entries = store::entry::of_issue(edit.op.tx(), issue).await?;
    let group = |entry: &Entry| {
        let own = chosen.iter().find(|one| one.entry == entry.id);
        let pinned = own.and_then(|one| one.pinned).unwrap_or(entry.pinned);
        (SectionKind::of(entry.content.kind), pinned)
    };
    let mut rows: Vec<_> = entries
        .iter()
        .filter(|one| group(one) == group(&moved))
        .map(|one| one.id)
        .collect();
    let places: Vec<_> = rows
        .iter()
        .filter_map(|row| chosen.iter().find(|one| one.entry == *row))
        .map(|one| one.position)
        .collect();
    let from = rows
        .iter()
        .position(|row| *row == moved.id)
        .ok_or(EditError::NoEntry)?;
    let last = rows.len() - 1;
    let to = match to {
        Move::Up => from.saturating_sub(1),
        Move::Down => (from + 1).min(last),
        Move::To(place) => place.min(last),
    };
    if from == to {
        return Ok(false);
    }
    let row = rows.remove(from);
    rows.insert(to, row);
    for (row, place) in rows.into_iter().zip(places) {
        store::issue_contents::set_position(edit.op.tx(), issue, row, place).await?;
    }
    let place = |index: usize| format!("entry {}: {}", moved.uuid, index + 1);
    edit.finish(ContentChange::Order, Some(&place(from)), Some(&place(to)))
        .await?;
    Ok(true)
}
