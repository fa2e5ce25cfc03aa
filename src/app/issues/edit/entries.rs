//! Which entries an issue tells, and which come first.

use super::{Edit, EditError};
use crate::app::{Actor, App};
use crate::domain::audit::Action;
use crate::domain::entry::EntryState;
use crate::domain::issue::{ContentChange, IssueName};
use crate::store;

/// Puts a published entry into an issue, at the end of its section.
pub async fn add(app: &App, actor: &Actor, name: &IssueName, entry: &str) -> Result<(), EditError> {
    let mut edit = Edit::begin(app, actor, Action::IssueAddEntry, name, None).await?;
    let entry = edit.entry(entry).await?;
    if entry.state != EntryState::Published {
        return Err(EditError::NotPublished);
    }
    let (own, carried) = (entry.content.topics, edit.newsletter.settings.topics);
    if !own.is_empty() && !carried.is_empty() && own.and(carried).is_empty() {
        return Err(EditError::OtherTopics);
    }
    include(&mut edit, entry.id, true).await?;
    let after = format!("entry {}", entry.uuid);
    edit.finish(ContentChange::EntryAdded, None, Some(&after))
        .await
}

/// Takes an entry out of an issue. It is not proposed for later ones.
pub async fn leave_out(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    entry: &str,
) -> Result<(), EditError> {
    let mut edit = Edit::begin(app, actor, Action::IssueLeaveOut, name, None).await?;
    let entry = edit.entry_within(entry).await?;
    include(&mut edit, entry.id, false).await?;
    let before = format!("entry {}", entry.uuid);
    edit.finish(ContentChange::EntryLeftOut, Some(&before), None)
        .await
}

async fn include(edit: &mut Edit<'_>, entry: i64, included: bool) -> Result<(), EditError> {
    let (issue, by, at) = (edit.issue.id, edit.actor.name(), edit.op.at());
    store::issue_contents::set_included(edit.op.tx(), issue, entry, included, &by, at).await?;
    Ok(())
}

/// Says whether an entry comes first in its section of an issue, whatever holds for other issues.
pub async fn pin(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    entry: &str,
    pinned: bool,
) -> Result<(), EditError> {
    let mut edit = Edit::begin(app, actor, Action::IssuePin, name, None).await?;
    let entry = edit.entry_within(entry).await?;
    let issue = edit.issue.id;
    store::issue_contents::set_pinned(edit.op.tx(), issue, entry.id, pinned).await?;
    let after = if pinned { "first" } else { "in its order" };
    let after = format!("entry {}: {after}", entry.uuid);
    edit.finish(ContentChange::Pin, None, Some(&after)).await
}
