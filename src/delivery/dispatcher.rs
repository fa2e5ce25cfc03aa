//! Supplies the pipeline of an engine: polls the ledger, leases what is due, closes finished
//! issues.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::attempt::AttemptContext;
use super::audit_lines::{self, Happened};
use super::context::EngineContext;
use super::deferrals::DeferralWatch;
use super::health;
use super::leased::LeasedDelivery;
use super::leases::Leases;
use super::pipeline::{LEDGER_TIMEOUT, Pipeline, TaskEnded};
use super::relay_watch::RelayWatch;
use super::waker::Waker;
use crate::domain::audit::Action;
use crate::domain::delivery::OnUncertain;
use crate::domain::issue::IssueState;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::timestamp::Timestamp;
use crate::domain::variant::VariantKey;
use crate::store::issue::Issue;
use crate::store::{self, StoreError};

/// How often the health of an issue is checked.
const HEALTH_EVERY: Duration = Duration::from_millis(250);

/// One run of an engine. Dropping it has the effect of a crash.
pub(super) struct Dispatcher {
    context: Arc<EngineContext>,
    /// The worker name in our leases.
    worker: Arc<str>,
    wake: Waker,
    /// The one issue to send, if not all.
    only: Option<i64>,
    pipeline: Pipeline,
    leases: Leases,
    /// Issues with leased deliveries.
    touched: HashSet<i64>,
    /// When to check the health again, on [`crate::clock::Clock::elapsed`].
    health_at: Duration,
    /// Issues in quiet hours whose leases were released.
    quieted: HashSet<i64>,
    relay_watch: RelayWatch,
    deferral_watch: DeferralWatch,
}

impl Dispatcher {
    /// Starts all tasks, for one issue or all.
    pub(super) fn begin(
        context: Arc<EngineContext>,
        worker: Arc<str>,
        wake: Waker,
        only: Option<i64>,
    ) -> Self {
        Self {
            pipeline: Pipeline::start(&context, &worker),
            leases: Leases::new(Arc::clone(&context), Arc::clone(&worker)),
            health_at: context.clock.elapsed(),
            context,
            worker,
            wake,
            only,
            touched: HashSet::new(),
            quieted: HashSet::new(),
            relay_watch: RelayWatch::default(),
            deferral_watch: DeferralWatch::default(),
        }
    }

    /// Nothing is queued and every task is idle.
    pub(super) fn is_idle(&self) -> bool {
        self.pipeline.is_idle()
    }

    /// One poll: renews leases, leases more where there is room, closes finished issues. Returns
    /// when to poll again if nothing happens before, on [`crate::clock::Clock::elapsed`].
    pub(super) async fn step(&mut self) -> Result<Duration, StoreError> {
        let stepped = self.poll().await;
        if stepped.is_err() {
            self.leases.interrupted();
        }
        stepped
    }

    async fn poll(&mut self) -> Result<Duration, StoreError> {
        self.leases.keep(self.pipeline.is_idle()).await?;
        let (now, elapsed) = (self.context.clock.now(), self.context.clock.elapsed());
        if elapsed >= self.health_at {
            let sending = self.sending().await?;
            self.relay_watch.look(&self.context, &sending).await?;
            self.deferral_watch.keep(&sending);
            for issue in &sending {
                let context = &self.context;
                let limits = context.settings.health;
                let answers = health::latest_answers(&context.db, issue).await?;
                self.deferral_watch
                    .look(context, issue, &answers, now)
                    .await?;
                health::pause_if_unhealthy(&context.db, issue, &answers, limits, now).await?;
            }
            self.health_at = elapsed + HEALTH_EVERY;
        }
        let next_due = self.fetch(now).await?.map(|due| elapsed + due.since(now));
        let poll = elapsed + self.context.settings.poll_every;
        let next = [self.leases.due_at(), poll].into_iter().chain(next_due);
        Ok(next.min().unwrap_or(poll))
    }

    /// Leases what is due, the same share of every issue. Returns when to poll again: when the next
    /// delivery is due, or quiet hours begin or end.
    async fn fetch(&mut self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let mut look_again = Vec::new();
        let mut due = Vec::new();
        let newsletters = self.newsletters().await?;
        for issue in self.sending().await? {
            let mut conn = self.context.db.read().await?;
            let next = store::delivery::next_due(&mut conn, issue.id).await?;
            drop(conn);
            let newsletter = newsletters.get(&issue.newsletter);
            let quiet_until = self
                .apply_quiet_hours(&issue, newsletter, now, &mut look_again)
                .await?;
            match (next, quiet_until) {
                (None, _) => self.finish_if_done(now).await?,
                (Some(_), Some(end)) => look_again.push(end),
                (Some(at), None) if at <= now => due.push((issue, newsletter)),
                (Some(at), None) => look_again.push(at),
            }
        }
        let room = self.pipeline.room();
        // While no relay accepts mail, there is no use in leasing more.
        let steady = self.context.clock.steady();
        let limited = self.context.relays.limited_until(steady);
        look_again.extend(limited.map(|until| now.plus(until.since(steady))));
        let next_due = look_again.into_iter().min();
        if room == 0 || limited.is_some() || due.is_empty() {
            // If work waits for room, the queue wakes us.
            return Ok(next_due);
        }
        let share = room.div_ceil(due.len());
        let mut fetched = Vec::with_capacity(due.len());
        for (issue, newsletter) in &due {
            let leased = self.lease(issue, *newsletter, share, now).await?;
            fetched.push(leased.into_iter());
        }
        // Issues take turns, so a short issue does not wait for a long one.
        let mut batch = Vec::new();
        loop {
            let before = batch.len();
            batch.extend(fetched.iter_mut().filter_map(Iterator::next));
            if batch.len() == before {
                break;
            }
        }
        self.pipeline.leased.fill(batch);
        Ok(next_due)
    }

    async fn sending(&self) -> Result<Vec<Issue>, StoreError> {
        let mut conn = self.context.db.read().await?;
        let mut issues = store::issue::in_state(&mut conn, IssueState::Sending).await?;
        issues.retain(|issue| self.only.is_none_or(|only| issue.id == only));
        Ok(issues)
    }

    async fn newsletters(&self) -> Result<HashMap<i64, NewsletterSettings>, StoreError> {
        let mut conn = self.context.db.read().await?;
        let all = store::newsletter::list(&mut conn).await?;
        Ok(all.into_iter().map(|one| (one.id, one.settings)).collect())
    }

    /// In quiet hours, releases leased deliveries that are not started, once, and returns when the
    /// hours end. Outside of them, notes when to check again.
    async fn apply_quiet_hours(
        &mut self,
        issue: &Issue,
        newsletter: Option<&NewsletterSettings>,
        now: Timestamp,
        look_again: &mut Vec<Timestamp>,
    ) -> Result<Option<Timestamp>, StoreError> {
        let Some((quiet, zone)) = newsletter.and_then(|one| Some((one.quiet?, one.zone))) else {
            return Ok(None);
        };
        let Some(end) = quiet.end(zone, now) else {
            self.quieted.remove(&issue.id);
            look_again.extend(quiet.next_begin(zone, now));
            return Ok(None);
        };
        if !self.quieted.contains(&issue.id) {
            // Builders and connections still hold some; those can no longer be started.
            self.release(issue.id).await?;
            self.quieted.insert(issue.id);
        }
        Ok(Some(end))
    }

    async fn lease(
        &mut self,
        issue: &Issue,
        newsletter: Option<&NewsletterSettings>,
        share: usize,
        now: Timestamp,
    ) -> Result<Vec<LeasedDelivery>, StoreError> {
        let limit = i64::try_from(share).unwrap_or(i64::MAX);
        self.touched.insert(issue.id);
        let mut tx = self.context.db.begin().await?;
        let until = self.leases.fresh_until(&mut tx).await?;
        let worker = &self.worker;
        let leases = store::lease::lease(&mut tx, issue.id, worker, now, until, limit).await?;
        tx.commit().await?;
        let on_uncertain = newsletter.map_or(OnUncertain::Hold, |one| one.on_uncertain);
        Ok(leases
            .into_iter()
            .map(|lease| LeasedDelivery {
                attempt: AttemptContext {
                    key: lease.key,
                    attempts: lease.attempts,
                    first_at: lease.first_at,
                    since: issue.resumed_at.or(issue.frozen_at).unwrap_or(now),
                    on_uncertain,
                },
                address: lease.address,
                variant: VariantKey {
                    issue: lease.key.issue,
                    language: lease.language,
                    topics: lease.topics,
                },
            })
            .collect())
    }

    async fn finish_if_done(&self, now: Timestamp) -> Result<(), StoreError> {
        if !self.is_idle() {
            return Ok(());
        }
        let mut tx = self.context.db.begin().await?;
        let done = store::issue::finish_done(&mut tx, now).await?;
        for issue in &done {
            let finished = Happened {
                action: Action::IssueFinish,
                at: now,
                before: Some(IssueState::Sending.to_string()),
                after: Some(IssueState::Sent.to_string()),
            };
            audit_lines::append(&mut tx, *issue, vec![finished]).await?;
        }
        tx.commit().await?;
        for issue in done {
            tracing::info!(issue, "the issue is sent: every delivery has a result");
        }
        Ok(())
    }

    /// Waits for a reason to poll again, at most until the clock reads `until`; fails when a task
    /// has ended, which is always a bug.
    pub(super) async fn wait(&mut self, until: Duration) -> Result<(), TaskEnded> {
        let clock = &self.context.clock;
        tokio::select! {
            () = self.wake.woken() => Ok(()),
            () = clock.sleep(until.saturating_sub(clock.elapsed())) => Ok(()),
            emptied = self.pipeline.emptied() => emptied,
        }
    }

    /// Stops gracefully: mails in flight are finished, results written, leases released.
    pub(super) async fn end(mut self) {
        let finish_within = self.context.settings.finish_within;
        self.pipeline.finish(finish_within).await;
        let released = async {
            for issue in &self.touched {
                self.release(*issue).await?;
            }
            let sending = self.sending().await?;
            self.relay_watch.look(&self.context, &sending).await
        };
        let released = tokio::time::timeout(LEDGER_TIMEOUT, released).await;
        if !matches!(released, Ok(Ok(()))) {
            tracing::warn!("the last was not written: leases that were not released will expire");
        }
    }

    async fn release(&self, issue: i64) -> Result<(), StoreError> {
        let now = self.context.clock.now();
        let mut tx = self.context.db.begin().await?;
        store::lease::release_unstarted(&mut tx, issue, &self.worker, now).await?;
        tx.commit().await
    }
}
