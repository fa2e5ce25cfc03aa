//! Editing an issue before it goes out: which entries it tells, in which order and with which words.
//!
//! Every operation takes the contents of the issue first, so that two editors follow each other, and
//! ends in [`changed`], which voids an approval.

mod changed;
mod entries;
mod order;
mod shorten;
mod texts;
mod time;

pub use entries::{add, leave_out, pin};
pub use order::{Move, reorder};
pub use shorten::{MOST_TEASER, MOST_TITLE, shorten};
pub use texts::{MOST_INTRODUCTION, MOST_SUBJECT, write};
pub(super) use time::retime;
pub use time::{NewTime, set_time};

use super::error::IssueError;
use crate::app::lookup::LookupError;
use crate::app::{Actor, App, Operation, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{ContentChange, Contribution, IssueName, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::store;
use crate::store::StoreError;
use crate::store::entry::Entry;
use crate::store::issue::Issue;

/// Why an issue was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It is on its way already, sent or cancelled.
    #[error("{issue} is {state}; only an issue that has not been sent can be changed")]
    Closed {
        /// Which issue.
        issue: IssueName,
        /// Its state.
        state: IssueState,
    },
    /// Somebody else changed its entries since the page was shown.
    #[error("somebody else changed the entries of {issue} in the meantime; look at it again")]
    Conflict {
        /// Which issue.
        issue: IssueName,
    },
    /// There is no such entry, or not in this issue.
    #[error("there is no such entry in this issue")]
    NoEntry,
    /// The entry is not public, so no issue tells it.
    #[error("the entry is not published; publish it first")]
    NotPublished,
    /// None of its topics belongs to the newsletter: it would go to everybody.
    #[error(
        "none of the entry's topics belongs to the newsletter, so it would go to everybody; give it a fitting topic first"
    )]
    OtherTopics,
    /// A text is too long, or the title is missing.
    #[error("the text is too long, or the title is missing")]
    Text,
    /// The words were written by somebody else in the meantime, or the time was set.
    #[error("somebody else changed this in the meantime; look at both")]
    Overwritten,
    /// Events in it are over at the time that was chosen, by the titles of their originals.
    #[error("at that time these events are over: {}", .0.join(", "))]
    EventsOver(Vec<String>),
    /// As with any operation on an issue.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl From<StoreError> for EditError {
    fn from(error: StoreError) -> Self {
        Self::Issue(error.into())
    }
}

impl From<LookupError> for EditError {
    fn from(error: LookupError) -> Self {
        Self::Issue(error.into())
    }
}

impl From<crate::app::Error> for EditError {
    fn from(error: crate::app::Error) -> Self {
        Self::Issue(error.into())
    }
}

/// A change under way.
struct Edit<'a> {
    op: Operation,
    actor: &'a Actor,
    name: &'a IssueName,
    newsletter: Newsletter,
    issue: Issue,
}

impl<'a> Edit<'a> {
    /// Takes the contents of an issue that may still be changed; where a version is expected, only if
    /// it has that.
    async fn begin(
        app: &App,
        actor: &'a Actor,
        action: Action,
        name: &'a IssueName,
        expected: Option<i64>,
    ) -> Result<Self, EditError> {
        let mut op = app.begin(actor, action).await?;
        let (newsletter, issue) = lookup::issue(op.tx(), name).await?;
        let changes_entries = !matches!(
            action,
            Action::IssueWrite | Action::IssueShorten | Action::IssueSetTime
        );
        let taken =
            store::issue_contents::take(op.tx(), issue.id, expected, changes_entries).await?;
        if taken.is_none() {
            return Err(EditError::Conflict {
                issue: name.clone(),
            });
        }
        // Once more: whoever held it before may have sent it.
        let issue = store::issue::by_id(op.tx(), issue.id)
            .await?
            .unwrap_or(issue);
        if !issue.state.is_editable() || issue.frozen_at.is_some() {
            return Err(EditError::Closed {
                issue: name.clone(),
                state: issue.state,
            });
        }
        Ok(Self {
            op,
            actor,
            name,
            newsletter,
            issue,
        })
    }

    /// The entry of this name.
    async fn entry(&mut self, uuid: &str) -> Result<Entry, EditError> {
        let entry = store::entry::by_name(self.op.tx(), uuid).await?;
        entry
            .filter(|entry| entry.uuid == uuid)
            .ok_or(EditError::NoEntry)
    }

    /// The entry of this name, where the issue tells it.
    async fn entry_within(&mut self, uuid: &str) -> Result<Entry, EditError> {
        let entry = self.entry(uuid).await?;
        let chosen = store::issue_contents::chosen(self.op.tx(), self.issue.id).await?;
        let is_within = |one: &store::issue_contents::Chosen| one.entry == entry.id && one.included;
        if chosen.iter().any(is_within) {
            Ok(entry)
        } else {
            Err(EditError::NoEntry)
        }
    }

    /// Records what was done and makes it durable.
    async fn finish(
        mut self,
        change: ContentChange,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), EditError> {
        let subject = Subject::issue(&self.name.newsletter, self.name.number);
        self.op.record(subject, before, after);
        let kind = match change {
            ContentChange::Shortened | ContentChange::Texts => Contribution::Wrote,
            _ => Contribution::Chose,
        };
        if let Some(staff) = self.actor.staff_row() {
            let (issue, at) = (self.issue.id, self.op.at());
            store::issue_contents::contribute(self.op.tx(), issue, staff, kind, at).await?;
        }
        changed::changed(&mut self.op, &self.issue, change).await?;
        self.op.commit().await?;
        Ok(())
    }
}
