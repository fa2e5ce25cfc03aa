//! The engine: sends issues until it is asked to stop, or one issue until it is finished.
//!
//! `cli::serve` lets it [run](Engine::run); `issue send` and the demo [drain](Engine::drain) one
//! issue. The work is done in a [`Dispatcher`]; the loops here poll it and wait.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::context::EngineContext;
use super::dispatcher::Dispatcher;
use super::mails::Mails;
use super::pipeline::TaskEnded;
use super::relays::Relays;
use super::settings::Settings;
use super::signing::Keychain;
use super::transport_error::TransportError;
use super::waker::Waker;
use super::worker_name;
use crate::clock::Clock;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Keyring;
use crate::shutdown::Shutdown;
use crate::store::delivery_report::Counts;
use crate::store::{self, Db, StoreError};

/// [`Engine::drain`] gives up after this many rounds without a connection or the database.
const DRAIN_ROUNDS: u32 = 3;
/// How often [`Engine::drain`] reports progress.
const PROGRESS_EVERY: Duration = Duration::from_millis(500);
/// Counting takes at most 1 / this of the time.
const PROGRESS_SHARE: u32 = 50;
/// The wait after a failed poll.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// What an engine needs.
pub struct Parts {
    /// The ledger.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// The relays.
    pub relays: Relays,
    /// The source of mails.
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
    context: Arc<EngineContext>,
    /// The worker name in its leases. Every engine has a new one, so no engine mistakes the leases
    /// of a former process for its own.
    worker: Arc<str>,
    wake: Waker,
}

/// Why an engine ended although nobody asked it to.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The ledger.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A task of the engine ended, which is a bug.
    #[error("sending has stopped because of an error in the program; please report it ({0})")]
    Broken(#[from] TaskEnded),
}

/// How [`Engine::drain`] ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drained {
    /// Every delivery has reached a final state.
    Sent,
    /// The issue is no longer being sent: paused, held or cancelled.
    Stopped(IssueState),
    /// The remaining deliveries are retried then, by `serve`.
    Waits(Timestamp),
    /// The relay accepts nothing.
    RelayDown(TransportError),
    /// Somebody asked to stop.
    Asked,
    /// There is no such issue.
    NoIssue,
}

impl Engine {
    /// An engine that is not running yet.
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
            worker: worker_name::new(clock.now()).into(),
            context: Arc::new(EngineContext::new(
                db, clock, relays, mails, keyring, keychain, settings,
            )),
            wake: Waker::default(),
        }
    }

    /// A handle that wakes it.
    pub fn waker(&self) -> Waker {
        self.wake.clone()
    }

    /// The worker name in its leases.
    pub fn worker(&self) -> &str {
        &self.worker
    }

    /// Sends whatever is due until asked to stop. Then no new mail is started, mails in flight are
    /// finished and recorded, and leases are released: within [`Settings::finish_within`] plus a
    /// few seconds.
    pub async fn run(&self, shutdown: &Shutdown) -> Result<(), EngineError> {
        let mut dispatcher = self.dispatcher(None);
        let mut failing = false;
        let result = loop {
            let Some(looked) = shutdown.unless_asked(Box::pin(dispatcher.step())).await else {
                break Ok(());
            };
            let until = match looked {
                Ok(until) => {
                    failing = false;
                    until
                }
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::error!(%error, "no new mails are started: the database returned an error; trying again");
                    }
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => continue,
                        () = shutdown.asked() => break Ok(()),
                    }
                }
            };
            tokio::select! {
                () = shutdown.asked() => break Ok(()),
                waited = dispatcher.wait(until) => if let Err(ended) = waited { break Err(ended.into()) },
            }
        };
        Box::pin(dispatcher.end()).await;
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
        let mut dispatcher = self.dispatcher(Some(issue));
        // Boxed, so that the futures that await this stay small.
        let result =
            Box::pin(self.drain_with(&mut dispatcher, issue, shutdown, &mut progress)).await;
        Box::pin(dispatcher.end()).await;
        progress(&self.progress(issue).await?);
        result
    }

    async fn drain_with(
        &self,
        dispatcher: &mut Dispatcher,
        issue: i64,
        shutdown: &Shutdown,
        progress: &mut impl FnMut(&Counts),
    ) -> Result<Drained, EngineError> {
        let mut ticks = tokio::time::interval(PROGRESS_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failures = 0;
        loop {
            let Some(looked) = shutdown.unless_asked(Box::pin(dispatcher.step())).await else {
                return Ok(Drained::Asked);
            };
            let until = match looked {
                Ok(until) => until,
                // Other writers use the ledger too, so a retry may succeed.
                Err(error) if error.is_transient() && failures < DRAIN_ROUNDS => {
                    failures += 1;
                    tokio::time::sleep(STORE_WAIT).await;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            failures = 0;
            if let Some(ended) = self.drained(dispatcher, issue).await? {
                return Ok(ended);
            }
            loop {
                tokio::select! {
                    () = shutdown.asked() => return Ok(Drained::Asked),
                    waited = dispatcher.wait(until) => { waited?; break }
                    _ = ticks.tick() => {
                        let begin = Instant::now();
                        progress(&self.progress(issue).await?);
                        // Counting a million rows takes time that sending needs.
                        ticks.reset_after(PROGRESS_EVERY.max(begin.elapsed() * PROGRESS_SHARE));
                        if let Some(error) = self.context.relays.down_for(DRAIN_ROUNDS) {
                            return Ok(Drained::RelayDown(error));
                        }
                        let now = self.context.clock.now();
                        let patience = now.plus(self.context.settings.drain_max_wait);
                        let steady = self.context.clock.steady();
                        let limited = self.context.relays.limited_until(steady);
                        let limited = limited.map(|until| now.plus(until.since(steady)));
                        if let Some(until) = limited.filter(|until| *until > patience) {
                            return Ok(Drained::Waits(until));
                        }
                    }
                }
            }
        }
    }

    /// Whether nothing more can be done for an issue now.
    async fn drained(
        &self,
        dispatcher: &Dispatcher,
        issue: i64,
    ) -> Result<Option<Drained>, StoreError> {
        let mut conn = self.context.db.read().await?;
        let Some(found) = store::issue::by_id(&mut conn, issue).await? else {
            return Ok(Some(Drained::NoIssue));
        };
        match found.state {
            IssueState::Sent => return Ok(Some(Drained::Sent)),
            IssueState::Sending => {}
            other if dispatcher.is_idle() => return Ok(Some(Drained::Stopped(other))),
            _ => return Ok(None), // mails in flight, or leases to be released
        }
        if !dispatcher.is_idle() {
            return Ok(None);
        }
        let now = self.context.clock.now();
        if let Some(newsletter) = store::newsletter::by_id(&mut conn, found.newsletter).await?
            && let Some(end) = newsletter.settings.quiet_until(now)
        {
            return Ok(Some(Drained::Waits(end)));
        }
        let soon = now.plus(self.context.settings.drain_max_wait);
        let waits = store::delivery::next_due(&mut conn, issue)
            .await?
            .filter(|due| *due > soon);
        let Some(due) = waits else { return Ok(None) };
        // Another process may hold some of its deliveries, or may have crashed with some: wait for
        // them.
        let counts = store::delivery::count_by_state(&mut conn, issue).await?;
        let elsewhere = counts
            .iter()
            .any(|(state, _)| matches!(state, DeliveryState::Leased | DeliveryState::Started));
        Ok((!elsewhere).then_some(Drained::Waits(due)))
    }

    fn dispatcher(&self, only: Option<i64>) -> Dispatcher {
        let worker = Arc::clone(&self.worker);
        Dispatcher::begin(Arc::clone(&self.context), worker, self.wake.clone(), only)
    }

    async fn progress(&self, issue: i64) -> Result<Counts, StoreError> {
        let mut conn = self.context.db.read().await?;
        store::delivery_report::counts(&mut conn, issue).await
    }
}
