//! One run of the engine: message builders, connections and the group-commit writer at work, and the polls of the ledger
//! that keep them supplied.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::context::EngineContext;
use super::domain_limits::DomainLimits;
use super::engine::{EngineError, Waker};
use super::group_commit::GroupCommit;
use super::health;
use super::message_builder::{BuiltMessage, LeasedDelivery, MessageBuilder};
use super::outcome::AttemptContext;
use super::queue::Queue;
use super::worker::Worker;
use crate::domain::delivery::OnUncertain;
use crate::domain::issue::IssueState;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::{Only, Recovered};
use crate::store::issue::Issue;
use crate::store::variant::VariantKey;
use crate::store::{self, StoreError};

/// How long the ledger may take at the end, after the mails in flight are finished.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// Finished mails that wait for a connection, at most: memory is bounded by it.
const MOST_AHEAD: usize = 64;
/// One signs while another hands its mail on and takes the next.
const BUILDERS_PER_CORE: usize = 2;
/// How often it is looked whether an issue is received well.
const HEALTH_EVERY: Duration = Duration::from_millis(250);

/// Workers and the group-commit writer. Dropping it is like a crash: what was in flight stays *started*
/// in the ledger.
pub(super) struct Dispatcher {
    context: Arc<EngineContext>,
    /// The name our leases carry.
    worker: Arc<str>,
    wake: Waker,
    /// The one issue to send, if not all.
    only: Option<i64>,
    /// To be made.
    leased: Arc<Queue<LeasedDelivery>>,
    /// To be sent.
    built: Arc<Queue<BuiltMessage>>,
    /// What waits until fewer mails are under way to its domain.
    domains: Arc<DomainLimits>,
    /// Told when there is room in [`Self::leased`], or nothing left to do.
    emptied: Arc<Notify>,
    /// Makers and connections.
    workers: JoinSet<()>,
    writer: JoinSet<()>,
    /// Issues that something was leased of.
    touched: HashSet<i64>,
    /// No two leases end at the same instant: they are told apart by it.
    last_until: Timestamp,
    renew_at: Timestamp,
    recover_at: Timestamp,
    health_at: Timestamp,
    /// Issues in quiet hours whose leases were let go.
    quieted: HashSet<i64>,
}

impl Dispatcher {
    /// Sets everything to work, for one issue or all.
    pub(super) fn begin(
        context: Arc<EngineContext>,
        worker: Arc<str>,
        wake: Waker,
        only: Option<i64>,
    ) -> Self {
        let connections = context.relays.connections();
        let emptied = Arc::new(Notify::new());
        let capacity = connections.saturating_mul(context.settings.lease_size);
        let capacity = usize::try_from(capacity).unwrap_or(1).max(1);
        let leased = Arc::new(Queue::new(capacity, Arc::clone(&emptied)));
        let domains = DomainLimits::new(context.settings.domain_connections, Arc::clone(&leased));
        let connections = usize::try_from(connections).unwrap_or(MOST_AHEAD);
        let ahead = connections.clamp(2, MOST_AHEAD);
        let built = Arc::new(Queue::new(ahead, Arc::clone(&emptied)));
        let (handle, recording) = GroupCommit::new(
            context.db.clone(),
            context.clock.clone(),
            Arc::clone(&worker),
            connections,
        );
        let mut writer = JoinSet::new();
        writer.spawn(recording);
        let mut workers = JoinSet::new();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores * BUILDERS_PER_CORE {
            let builder = MessageBuilder {
                context: Arc::clone(&context),
                leased: Arc::clone(&leased),
                domains: Arc::clone(&domains),
                built: Arc::clone(&built),
                group_commit: handle.clone(),
            };
            workers.spawn(builder.run());
        }
        for _ in 0..connections {
            let worker = Worker::new(Arc::clone(&context), Arc::clone(&built), handle.clone());
            workers.spawn(worker.run());
        }
        let now = context.clock.now();
        Self {
            last_until: now,
            renew_at: now.plus(context.settings.lease_for / 3),
            context,
            worker,
            wake,
            only,
            leased,
            built,
            domains,
            emptied,
            workers,
            writer,
            touched: HashSet::new(),
            recover_at: now,
            health_at: now,
            quieted: HashSet::new(),
        }
    }

    /// Nothing waits and nobody works. In this order: what was taken from the one queue is in the
    /// other before its builder rests.
    pub(super) fn is_idle(&self) -> bool {
        // What waited aside goes back into the first queue: looked at twice, it is seen somewhere.
        let queues = || self.domains.is_idle() && self.leased.is_idle();
        queues() && self.built.is_idle() && self.leased.is_idle() && self.domains.is_idle()
    }

    /// One look: renews and takes back leases, fetches work where there is room, closes what is
    /// done. Returns when to look again if nothing happens before.
    pub(super) async fn step(&mut self) -> Result<Timestamp, StoreError> {
        let now = self.context.clock.now();
        let third = self.context.settings.lease_for / 3;
        // In this order: our own leases are not to be taken back after a long interruption.
        if now >= self.renew_at {
            self.renew(now).await?;
            self.renew_at = now.plus(third);
        }
        if now >= self.recover_at {
            self.recover(now).await?;
            self.recover_at = now.plus(third);
        }
        if now >= self.health_at {
            for issue in self.sending().await? {
                let context = &self.context;
                health::pause_if_unhealthy(&context.db, &issue, context.settings.health, now)
                    .await?;
            }
            self.health_at = now.plus(HEALTH_EVERY);
        }
        let next_due = self.fetch(now).await?;
        let look = now.plus(self.context.settings.poll_every);
        let next = [self.renew_at, self.recover_at, look]
            .into_iter()
            .chain(next_due)
            .min();
        Ok(next.unwrap_or(look))
    }

    async fn renew(&mut self, now: Timestamp) -> Result<(), StoreError> {
        if self.is_idle() {
            return Ok(());
        }
        let until = self.fresh_until(now);
        let mut tx = self.context.db.begin().await?;
        store::delivery::renew(&mut tx, &self.worker, until).await?;
        tx.commit().await
    }

    async fn recover(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.context.db.begin().await?;
        let found = store::delivery::recover(&mut tx, now).await?;
        tx.commit().await?;
        let Recovered {
            requeued,
            resent,
            held,
        } = found;
        if found != Recovered::default() {
            tracing::warn!(
                requeued,
                resent,
                held,
                "took over deliveries of a worker that is gone: not begun, begun and sent again, begun and left for a person"
            );
        }
        Ok(())
    }

    /// Leases what is due, the same share of every issue. Returns when to look again: the next
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
        let room = self.leased.room();
        // More would be leased for nothing while no relay takes any, or too much waits aside.
        let limited = self.context.relays.limited_until(now);
        look_again.extend(limited);
        let next_due = look_again.into_iter().min();
        if room == 0 || limited.is_some() || !self.domains.has_room() || due.is_empty() {
            // With work that waits for room, the queue wakes us.
            return Ok(next_due);
        }
        let share = room.div_ceil(due.len());
        let mut fetched = Vec::with_capacity(due.len());
        for (issue, newsletter) in &due {
            let leased = self.lease(issue, *newsletter, share, now).await?;
            fetched.push(leased.into_iter());
        }
        // One of each in turn, so that a short issue does not wait for a long one.
        let mut batch = Vec::new();
        loop {
            let before = batch.len();
            batch.extend(fetched.iter_mut().filter_map(Iterator::next));
            if batch.len() == before {
                break;
            }
        }
        self.leased.fill(batch);
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

    /// In quiet hours lets go, once, of what is leased and not begun, and returns when they end.
    /// Outside of them notes when to look again.
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
            // Makers and connections still have some in hand: they may not start them any more.
            let worker = &self.worker;
            let mut tx = self.context.db.begin().await?;
            store::delivery::release_unstarted(&mut tx, issue.id, worker, now, Only::All).await?;
            tx.commit().await?;
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
        let until = self.fresh_until(now);
        let limit = i64::try_from(share).unwrap_or(i64::MAX);
        self.touched.insert(issue.id);
        let mut tx = self.context.db.begin().await?;
        let worker = &self.worker;
        let leases = store::delivery::lease(&mut tx, issue.id, worker, now, until, limit).await?;
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
        tx.commit().await?;
        for issue in done {
            tracing::info!(issue, "the issue is sent: every delivery has its result");
        }
        Ok(())
    }

    fn fresh_until(&mut self, now: Timestamp) -> Timestamp {
        let until = now.plus(self.context.settings.lease_for);
        let after_last = self.last_until.plus(Duration::from_micros(1));
        self.last_until = until.max(after_last);
        self.last_until
    }

    /// Waits for a reason to look again; fails when a task has ended, which none does by itself.
    pub(super) async fn wait(&mut self, until: Timestamp) -> Result<(), EngineError> {
        let ended = tokio::select! {
            () = self.wake.woken() => return Ok(()),
            () = self.emptied.notified() => return Ok(()),
            () = self.context.clock.sleep_until(until) => return Ok(()),
            Some(ended) = self.workers.join_next() => ended,
            Some(ended) = self.writer.join_next() => ended,
        };
        Err(EngineError::Broken(match ended {
            Ok(()) => "a task ended".to_owned(),
            Err(error) => error.to_string(),
        }))
    }

    /// Ends in good order: mails in flight are finished, results written, leases released.
    pub(super) async fn end(mut self) {
        self.leased.close();
        self.built.close();
        let finish = self.context.settings.finish_within;
        let finished = async { while self.workers.join_next().await.is_some() {} };
        if tokio::time::timeout(finish, finished).await.is_err() {
            tracing::warn!(
                connections = self.workers.len(),
                "mails in flight did not end in time: their connections are cut; at the next start they are uncertain"
            );
        }
        // With the workers go the group-commit handles; the writer writes what it has and ends.
        self.workers.shutdown().await;
        let written = async { while self.writer.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_WORDS, written).await.is_err() {
            tracing::error!(
                "the last results could not be written: those mails are uncertain at the next start"
            );
        }
        let released = tokio::time::timeout(LAST_WORDS, self.release()).await;
        if !matches!(released, Ok(Ok(()))) {
            tracing::warn!("leases could not be let go; they run out by themselves");
        }
    }

    async fn release(&self) -> Result<(), StoreError> {
        let now = self.context.clock.now();
        for issue in &self.touched {
            let mut tx = self.context.db.begin().await?;
            let worker = &self.worker;
            store::delivery::release_unstarted(&mut tx, *issue, worker, now, Only::All).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
