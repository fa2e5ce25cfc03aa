//! The engine: leases deliveries of issues that are being sent, has workers hand them over, renews
//! and takes back leases, and closes issues that are done.
//!
//! `cli::serve` lets it [run](Engine::run); `issue send` and the demo [drain](Engine::drain) one
//! issue. One look is [`Session::step`]; the loops around it only wait.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::domains::Domains;
use super::health;
use super::mails::Mails;
use super::making::{Job, Made, Maker};
use super::queue::Queue;
use super::recorder::Recorder;
use super::relays::Relays;
use super::settings::Settings;
use super::shared::Shared;
use super::signing::Keychain;
use super::trouble::Trouble;
use super::verdict::Circumstances;
use super::worker::Worker;
use crate::clock::Clock;
use crate::domain::delivery::{DeliveryState, OnUncertain};
use crate::domain::issue::IssueState;
use crate::domain::newsletter::NewsletterSettings;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Keyring;
use crate::shutdown::Shutdown;
use crate::store::delivery::{Only, Recovered};
use crate::store::delivery_report::Counts;
use crate::store::issue::Issue;
use crate::store::variant::VariantKey;
use crate::store::{self, Db, StoreError};

/// How long the ledger may take at the end, after the mails on the wire are finished.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// [`Engine::drain`] gives up after so many rounds without a connection or without the database.
const DRAIN_ROUNDS: u32 = 3;
/// Finished mails that wait for a connection, at most: memory is bounded by it.
const MOST_AHEAD: usize = 64;
/// One signs while another hands its mail on and takes the next.
const MAKERS_PER_CORE: usize = 2;
/// How often [`Engine::drain`] tells how far it is.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// How often it is looked whether an issue is received well.
const HEALTH_EVERY: Duration = Duration::from_millis(250);
/// Counting takes at most one part in so many of the time.
const PROGRESS_SHARE: u32 = 50;
/// The wait after a look that failed.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// What an engine is made of.
pub struct Parts {
    /// The ledger.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Where mails go.
    pub relays: Relays,
    /// Where they come from.
    pub mails: Arc<dyn Mails>,
    /// Signs the links and derives the Message-IDs.
    pub keyring: Keyring,
    /// Signs the mails.
    pub keychain: Keychain,
    /// How.
    pub settings: Settings,
}

/// Sends issues. One per process is enough; several on one database share the work.
pub struct Engine {
    shared: Arc<Shared>,
    /// The name its leases carry. Made anew for every engine and never used again, so that nobody
    /// takes a former process's leases for their own.
    worker: Arc<str>,
    wake: Waker,
}

/// Wakes an engine of this process that waits: an issue was frozen or resumed.
#[derive(Debug, Clone, Default)]
pub struct Waker(Arc<Notify>);

impl Waker {
    /// Makes the engine look now.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Why an engine ended other than by being asked to.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A worker or the recorder came to an end by itself.
    #[error("sending has stopped because of an error in the program; please report it ({0})")]
    Broken(String),
}

/// How [`Engine::drain`] ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drained {
    /// Every delivery has reached a final state.
    Sent,
    /// The issue is no longer being sent: paused, held or cancelled.
    Stopped(IssueState),
    /// What is left waits until then to be tried again; `serve` does it.
    Waits(Timestamp),
    /// The relay takes nothing.
    RelayDown(Trouble),
    /// Somebody asked to stop.
    Asked,
    /// There is no such issue.
    NoIssue,
}

impl Engine {
    /// An engine that does nothing yet.
    pub fn new(parts: Parts) -> Self {
        let Parts {
            db,
            clock,
            relays,
            mails,
            keyring,
            keychain,
            settings,
        } = parts;
        Self {
            worker: store::new_uuid(clock.now()).into(),
            shared: Arc::new(Shared::new(
                db, clock, relays, mails, keyring, keychain, settings,
            )),
            wake: Waker::default(),
        }
    }

    /// A handle to wake it with.
    pub fn waker(&self) -> Waker {
        self.wake.clone()
    }

    /// The name its leases carry.
    pub fn worker(&self) -> &str {
        &self.worker
    }

    /// Sends whatever is to be sent until asked to stop. Then nothing new begins, mails on the wire
    /// are finished and recorded, leases are let go: within [`Settings::finish_within`] and a few
    /// seconds more.
    pub async fn run(&self, shutdown: &Shutdown) -> Result<(), EngineError> {
        let mut session = Session::begin(self, None);
        let mut failing = false;
        let result = loop {
            let Some(looked) = shutdown.unless_asked(Box::pin(session.step())).await else {
                break Ok(());
            };
            let until = match looked {
                Ok(until) => {
                    failing = false;
                    until
                }
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::error!(%error, "no new mails are begun: the database does not answer as it should; trying again");
                    }
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => continue,
                        () = shutdown.asked() => break Ok(()),
                    }
                }
            };
            tokio::select! {
                () = shutdown.asked() => break Ok(()),
                waited = session.wait(until) => if let Err(broken) = waited { break Err(broken) },
            }
        };
        Box::pin(session.end()).await;
        result
    }

    /// Sends one issue until it is finished or nothing of it is due soon. `progress` is called about
    /// twice a second and at the end.
    pub async fn drain(
        &self,
        issue: i64,
        shutdown: &Shutdown,
        mut progress: impl FnMut(&Counts),
    ) -> Result<Drained, EngineError> {
        let mut session = Session::begin(self, Some(issue));
        // Boxed, so that those who await this stay small.
        let result =
            Box::pin(self.drain_session(&mut session, issue, shutdown, &mut progress)).await;
        Box::pin(session.end()).await;
        progress(&self.progress(issue).await?);
        result
    }

    async fn drain_session(
        &self,
        session: &mut Session<'_>,
        issue: i64,
        shutdown: &Shutdown,
        progress: &mut impl FnMut(&Counts),
    ) -> Result<Drained, EngineError> {
        let mut ticks = tokio::time::interval(PROGRESS_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failures = 0;
        loop {
            let Some(looked) = shutdown.unless_asked(Box::pin(session.step())).await else {
                return Ok(Drained::Asked);
            };
            let until = match looked {
                Ok(until) => until,
                // Others write to the ledger as well: a moment later it may answer.
                Err(error) if error.is_transient() && failures < DRAIN_ROUNDS => {
                    failures += 1;
                    tokio::time::sleep(STORE_WAIT).await;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            failures = 0;
            if let Some(ended) = self.drained(session, issue).await? {
                return Ok(ended);
            }
            loop {
                tokio::select! {
                    () = shutdown.asked() => return Ok(Drained::Asked),
                    waited = session.wait(until) => { waited?; break }
                    _ = ticks.tick() => {
                        let begin = Instant::now();
                        progress(&self.progress(issue).await?);
                        // Counting a million rows takes a while, and is not what we are here for.
                        ticks.reset_after(PROGRESS_EVERY.max(begin.elapsed() * PROGRESS_SHARE));
                        if let Some(trouble) = self.shared.relays.down_for(DRAIN_ROUNDS) {
                            return Ok(Drained::RelayDown(trouble));
                        }
                        let now = self.shared.clock.now();
                        let patience = now.plus(self.shared.settings.drain_patience);
                        let limited = self.shared.relays.limited_until(now);
                        if let Some(until) = limited.filter(|until| *until > patience) {
                            return Ok(Drained::Waits(until));
                        }
                    }
                }
            }
        }
    }

    /// Whether there is nothing more to do here for an issue.
    async fn drained(
        &self,
        session: &Session<'_>,
        issue: i64,
    ) -> Result<Option<Drained>, StoreError> {
        let mut conn = self.shared.db.read().await?;
        let Some(found) = store::issue::by_id(&mut conn, issue).await? else {
            return Ok(Some(Drained::NoIssue));
        };
        match found.state {
            IssueState::Sent => return Ok(Some(Drained::Sent)),
            IssueState::Sending => {}
            other if session.is_idle() => return Ok(Some(Drained::Stopped(other))),
            _ => return Ok(None), // mails on the wire, or leases to be let go
        }
        if !session.is_idle() {
            return Ok(None);
        }
        let now = self.shared.clock.now();
        if let Some(newsletter) = store::newsletter::by_id(&mut conn, found.newsletter).await?
            && let Some(end) = newsletter.settings.quiet_until(now)
        {
            return Ok(Some(Drained::Waits(end)));
        }
        let soon = now.plus(self.shared.settings.drain_patience);
        let waits = store::delivery::next_due(&mut conn, issue)
            .await?
            .filter(|due| *due > soon);
        let Some(due) = waits else { return Ok(None) };
        // Another process may have some of it, or have left some behind: that is worth waiting for.
        let counts = store::delivery::count_by_state(&mut conn, issue).await?;
        let elsewhere = counts
            .iter()
            .any(|(state, _)| matches!(state, DeliveryState::Leased | DeliveryState::Started));
        Ok((!elsewhere).then_some(Drained::Waits(due)))
    }

    async fn progress(&self, issue: i64) -> Result<Counts, StoreError> {
        let mut conn = self.shared.db.read().await?;
        store::delivery_report::counts(&mut conn, issue).await
    }
}

/// Workers and recorder at work. Dropping it is like a crash: what was on the wire stays *started*
/// in the ledger.
struct Session<'a> {
    engine: &'a Engine,
    /// The one issue to send, if not all.
    only: Option<i64>,
    /// To be made.
    leased: Arc<Queue<Job>>,
    /// To be sent.
    made: Arc<Queue<Made>>,
    /// What waits until fewer mails are under way to its domain.
    domains: Arc<Domains>,
    /// Told when there is room in [`Self::leased`], or nothing left to do.
    emptied: Arc<Notify>,
    /// Makers and connections.
    workers: JoinSet<()>,
    recorder: JoinSet<()>,
    /// Issues that something was leased of.
    touched: HashSet<i64>,
    /// No two leases end at the same instant: they are told apart by it.
    last_until: Timestamp,
    renew_at: Timestamp,
    recover_at: Timestamp,
    health_at: Timestamp,
    /// Issues in quiet hours whose leases were let go.
    hushed: HashSet<i64>,
}

impl<'a> Session<'a> {
    fn begin(engine: &'a Engine, only: Option<i64>) -> Self {
        let shared = &engine.shared;
        let connections = shared.relays.connections();
        let emptied = Arc::new(Notify::new());
        let capacity = connections.saturating_mul(shared.settings.lease_size);
        let capacity = usize::try_from(capacity).unwrap_or(1).max(1);
        let leased = Arc::new(Queue::new(capacity, Arc::clone(&emptied)));
        let domains = Domains::new(shared.settings.domain_connections, Arc::clone(&leased));
        let connections = usize::try_from(connections).unwrap_or(MOST_AHEAD);
        let ahead = connections.clamp(2, MOST_AHEAD);
        let made = Arc::new(Queue::new(ahead, Arc::clone(&emptied)));
        let (handle, recording) = Recorder::new(
            shared.db.clone(),
            shared.clock.clone(),
            Arc::clone(&engine.worker),
            connections,
        );
        let mut recorder = JoinSet::new();
        recorder.spawn(recording);
        let mut workers = JoinSet::new();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores * MAKERS_PER_CORE {
            let maker = Maker {
                shared: Arc::clone(shared),
                leased: Arc::clone(&leased),
                domains: Arc::clone(&domains),
                made: Arc::clone(&made),
                recorder: handle.clone(),
            };
            workers.spawn(maker.run());
        }
        for _ in 0..connections {
            let worker = Worker::new(Arc::clone(shared), Arc::clone(&made), handle.clone());
            workers.spawn(worker.run());
        }
        let now = shared.clock.now();
        Self {
            engine,
            only,
            leased,
            made,
            domains,
            emptied,
            workers,
            recorder,
            touched: HashSet::new(),
            last_until: now,
            renew_at: now.plus(shared.settings.lease_for / 3),
            recover_at: now,
            health_at: now,
            hushed: HashSet::new(),
        }
    }

    /// Nothing waits and nobody works. In this order: what was taken from the one queue is in the
    /// other before its maker rests.
    fn is_idle(&self) -> bool {
        // What waited aside goes back into the first queue: looked at twice, it is seen somewhere.
        let queues = || self.domains.is_idle() && self.leased.is_idle();
        queues() && self.made.is_idle() && self.leased.is_idle() && self.domains.is_idle()
    }

    /// One look: renews and takes back leases, fetches work where there is room, closes what is
    /// done. Returns when to look again if nothing happens before.
    async fn step(&mut self) -> Result<Timestamp, StoreError> {
        let now = self.engine.shared.clock.now();
        let third = self.engine.shared.settings.lease_for / 3;
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
                let shared = &self.engine.shared;
                health::pause_if_ill(&shared.db, &issue, shared.settings.health, now).await?;
            }
            self.health_at = now.plus(HEALTH_EVERY);
        }
        let next_due = self.fetch(now).await?;
        let look = now.plus(self.engine.shared.settings.look_every);
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
        let mut tx = self.engine.shared.db.begin().await?;
        store::delivery::renew(&mut tx, &self.engine.worker, until).await?;
        tx.commit().await
    }

    async fn recover(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.engine.shared.db.begin().await?;
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
            let mut conn = self.engine.shared.db.read().await?;
            let next = store::delivery::next_due(&mut conn, issue.id).await?;
            drop(conn);
            let newsletter = newsletters.get(&issue.newsletter);
            let quiet_until = self.hush(&issue, newsletter, now, &mut look_again).await?;
            match (next, quiet_until) {
                (None, _) => self.finish_if_done(now).await?,
                (Some(_), Some(end)) => look_again.push(end),
                (Some(at), None) if at <= now => due.push((issue, newsletter)),
                (Some(at), None) => look_again.push(at),
            }
        }
        let room = self.leased.room();
        // More would be leased for nothing while no relay takes any, or too much waits aside.
        let limited = self.engine.shared.relays.limited_until(now);
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
        let mut jobs = Vec::new();
        loop {
            let before = jobs.len();
            jobs.extend(fetched.iter_mut().filter_map(Iterator::next));
            if jobs.len() == before {
                break;
            }
        }
        self.leased.fill(jobs);
        Ok(next_due)
    }

    async fn sending(&self) -> Result<Vec<Issue>, StoreError> {
        let mut conn = self.engine.shared.db.read().await?;
        let mut issues = store::issue::in_state(&mut conn, IssueState::Sending).await?;
        issues.retain(|issue| self.only.is_none_or(|only| issue.id == only));
        Ok(issues)
    }

    async fn newsletters(&self) -> Result<HashMap<i64, NewsletterSettings>, StoreError> {
        let mut conn = self.engine.shared.db.read().await?;
        let all = store::newsletter::list(&mut conn).await?;
        Ok(all.into_iter().map(|one| (one.id, one.settings)).collect())
    }

    /// In quiet hours lets go, once, of what is leased and not begun, and returns when they end.
    /// Outside of them notes when to look again.
    async fn hush(
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
            self.hushed.remove(&issue.id);
            look_again.extend(quiet.next_begin(zone, now));
            return Ok(None);
        };
        if !self.hushed.contains(&issue.id) {
            // Makers and connections still have some in hand: they may not start them any more.
            let worker = &self.engine.worker;
            let mut tx = self.engine.shared.db.begin().await?;
            store::delivery::release_unstarted(&mut tx, issue.id, worker, now, Only::All).await?;
            tx.commit().await?;
            self.hushed.insert(issue.id);
        }
        Ok(Some(end))
    }

    async fn lease(
        &mut self,
        issue: &Issue,
        newsletter: Option<&NewsletterSettings>,
        share: usize,
        now: Timestamp,
    ) -> Result<Vec<Job>, StoreError> {
        let until = self.fresh_until(now);
        let limit = i64::try_from(share).unwrap_or(i64::MAX);
        self.touched.insert(issue.id);
        let mut tx = self.engine.shared.db.begin().await?;
        let worker = &self.engine.worker;
        let leases = store::delivery::lease(&mut tx, issue.id, worker, now, until, limit).await?;
        tx.commit().await?;
        let on_uncertain = newsletter.map_or(OnUncertain::Hold, |one| one.on_uncertain);
        Ok(leases
            .into_iter()
            .map(|lease| Job {
                circumstances: Circumstances {
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
        let mut tx = self.engine.shared.db.begin().await?;
        let done = store::issue::finish_done(&mut tx, now).await?;
        tx.commit().await?;
        for issue in done {
            tracing::info!(issue, "the issue is sent: every delivery has its result");
        }
        Ok(())
    }

    fn fresh_until(&mut self, now: Timestamp) -> Timestamp {
        let until = now.plus(self.engine.shared.settings.lease_for);
        let after_last = self.last_until.plus(Duration::from_micros(1));
        self.last_until = until.max(after_last);
        self.last_until
    }

    /// Waits for a reason to look again; fails when a task has ended, which none does by itself.
    async fn wait(&mut self, until: Timestamp) -> Result<(), EngineError> {
        let ended = tokio::select! {
            () = self.engine.wake.0.notified() => return Ok(()),
            () = self.emptied.notified() => return Ok(()),
            () = self.engine.shared.clock.sleep_until(until) => return Ok(()),
            Some(ended) = self.workers.join_next() => ended,
            Some(ended) = self.recorder.join_next() => ended,
        };
        Err(EngineError::Broken(match ended {
            Ok(()) => "a task ended".to_owned(),
            Err(error) => error.to_string(),
        }))
    }

    /// Ends in good order: mails on the wire are finished, results written, leases let go.
    async fn end(mut self) {
        self.leased.close();
        self.made.close();
        let finish = self.engine.shared.settings.finish_within;
        let finished = async { while self.workers.join_next().await.is_some() {} };
        if tokio::time::timeout(finish, finished).await.is_err() {
            tracing::warn!(
                connections = self.workers.len(),
                "mails on the wire did not end in time: their connections are cut; at the next start they are uncertain"
            );
        }
        // With the workers go the recorder's handles; it writes what it has and ends.
        self.workers.shutdown().await;
        let written = async { while self.recorder.join_next().await.is_some() {} };
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
        let now = self.engine.shared.clock.now();
        for issue in &self.touched {
            let mut tx = self.engine.shared.db.begin().await?;
            let worker = &self.engine.worker;
            store::delivery::release_unstarted(&mut tx, *issue, worker, now, Only::All).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
