//! The editor of the demonstration publishes entries whenever somebody has subscribed since the last
//! issue, so that a visitor does not wait for the next day's news.
//!
//! The editor only publishes. The schedule then composes an issue for the next slot, and it is sent, as
//! in every installation.

use std::collections::BTreeMap;
use std::time::Duration;

use super::content::{BATCHES, Content, ZONE};
use super::newsroom::{Newsroom, Retold};
use crate::app::{Actor, App, entries};
use crate::domain::issue::IssueState;
use crate::shutdown::Shutdown;
use crate::store;

/// How often the editor polls for new subscriptions.
const POLL_EVERY: Duration = Duration::from_millis(500);

/// The newest issues that are read: more than can be in progress at once.
const RECENT: i64 = 20;

/// The editor, with the remaining drafts.
pub(super) struct Editor<'a> {
    app: App,
    content: &'a Content,
    newsroom: &'a Newsroom,
    drafts: BTreeMap<u8, Vec<i64>>,
    /// How many batches were published.
    told: usize,
}

impl<'a> Editor<'a> {
    /// An editor with these drafts, by the issue they come with.
    pub(super) const fn new(
        app: App,
        content: &'a Content,
        newsroom: &'a Newsroom,
        drafts: BTreeMap<u8, Vec<i64>>,
    ) -> Self {
        Self {
            app,
            content,
            newsroom,
            drafts,
            told: 0,
        }
    }

    /// Runs until asked to stop.
    pub(super) async fn run(&mut self, shutdown: &Shutdown) {
        while !shutdown.is_asked() {
            if let Err(error) = self.step().await {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the demonstration's editor failed; trying again"
                );
            }
            shutdown
                .unless_asked(self.app.clock.sleep(POLL_EVERY))
                .await;
        }
    }

    /// Publishes the next batch if a new subscriber waits for it.
    pub(super) async fn step(&mut self) -> anyhow::Result<bool> {
        for newsletter in self.newsroom.newsletters.values() {
            if self.somebody_waits(newsletter.id).await? {
                self.tell().await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether somebody has subscribed since the last issue, and no issue is in preparation.
    async fn somebody_waits(&self, newsletter: i64) -> anyhow::Result<bool> {
        let mut conn = self.app.read().await?;
        let Some(confirmed) = store::subscription::last_confirmed(&mut conn, newsletter).await?
        else {
            return Ok(false);
        };
        let recent = store::issue::list(&mut conn, Some(newsletter), RECENT).await?;
        let on_its_way = recent.iter().any(|issue| {
            matches!(
                issue.state,
                IssueState::Draft | IssueState::InReview | IssueState::Approved
            )
        });
        let last = recent.iter().filter_map(|issue| issue.frozen_at).max();
        Ok(!on_its_way && last.is_none_or(|last| confirmed > last))
    }

    /// Publishes the next batch: first the drafts, then the same entries again with a new title.
    /// Each batch has content for every topic.
    pub(super) async fn tell(&mut self) -> anyhow::Result<()> {
        let batch = BATCHES[self.told % BATCHES.len()];
        self.told += 1;
        if let Some(rows) = self.drafts.remove(&batch) {
            let names: Vec<_> = rows.iter().map(ToString::to_string).collect();
            entries::publish(&self.app, &Actor::operator(), &names).await?;
            return Ok(());
        }
        let retold = Retold {
            time: self
                .app
                .clock
                .now()
                .in_zone(ZONE)
                .format("%H:%M")
                .to_string(),
        };
        self.newsroom
            .publish(&self.app, self.content, batch, Some(&retold))
            .await?;
        Ok(())
    }
}
