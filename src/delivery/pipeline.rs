//! The tasks of a running engine: message builders, connections and the group-commit writer, and
//! the queues between them.
//!
//! ```text
//! dispatcher → leased → message builders → built → connections
//!                 ↑ deferred ┘                       └→ group-commit writer
//! ```

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::context::EngineContext;
use super::domain_limits::DomainLimits;
use super::group_commit::GroupCommit;
use super::leased::LeasedDelivery;
use super::message_builder::{BuiltMessage, MessageBuilder};
use super::queue::Queue;
use super::worker::Worker;

/// How long the last writes to the ledger may take, after the mails in flight are finished.
pub(super) const LEDGER_TIMEOUT: Duration = Duration::from_secs(2);
/// The most built messages that wait for a connection; bounds memory.
const MOST_AHEAD: usize = 64;
/// Two, so that one signs while the other passes its message on and takes the next delivery.
const BUILDERS_PER_CORE: usize = 2;

/// Tasks and queues. Dropping it has the effect of a crash: mails in flight stay *started* in the
/// ledger.
pub(super) struct Pipeline {
    /// To be built.
    pub(super) leased: Arc<Queue<LeasedDelivery>>,
    /// To be sent.
    built: Arc<Queue<BuiltMessage>>,
    /// Deliveries that wait until fewer mails are in flight to their domain.
    domains: Arc<DomainLimits>,
    /// Notified when there is room in [`Self::leased`], or nothing left to do.
    emptied: Arc<Notify>,
    /// Message builders and connections.
    workers: JoinSet<()>,
    writer: JoinSet<()>,
}

/// A task ended, which is a bug.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TaskEnded(String);

impl Pipeline {
    /// Starts all tasks.
    pub(super) fn start(context: &Arc<EngineContext>, worker: &Arc<str>) -> Self {
        let connections = context.relays.connections();
        let emptied = Arc::new(Notify::new());
        let capacity = connections.saturating_mul(context.settings.lease_size);
        let capacity = usize::try_from(capacity).unwrap_or(1).max(1);
        let leased = Arc::new(Queue::new(capacity, Arc::clone(&emptied)));
        let domains = DomainLimits::new(context.settings.domain_connections, Arc::clone(&leased));
        let connections = usize::try_from(connections).unwrap_or(MOST_AHEAD);
        let ahead = connections.clamp(2, MOST_AHEAD);
        let built = Arc::new(Queue::new(ahead, Arc::clone(&emptied)));
        let (group_commit, writing) = GroupCommit::new(context, Arc::clone(worker), connections);
        let mut writer = JoinSet::new();
        writer.spawn(writing);
        let mut workers = JoinSet::new();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores * BUILDERS_PER_CORE {
            let builder = MessageBuilder {
                context: Arc::clone(context),
                leased: Arc::clone(&leased),
                domains: Arc::clone(&domains),
                built: Arc::clone(&built),
                group_commit: group_commit.clone(),
            };
            workers.spawn(builder.run());
        }
        for _ in 0..connections {
            let (context, built) = (Arc::clone(context), Arc::clone(&built));
            workers.spawn(Worker::new(context, built, group_commit.clone()).run());
        }
        Self {
            leased,
            built,
            domains,
            emptied,
            workers,
            writer,
        }
    }

    /// Nothing is queued and every task is idle. The order matters: an item taken from one queue is
    /// in the other before its builder reports idle.
    pub(super) fn is_idle(&self) -> bool {
        // Deferred deliveries return to the first queue; checking that queue twice finds them.
        let queues = || self.domains.is_idle() && self.leased.is_idle();
        queues() && self.built.is_idle() && self.leased.is_idle() && self.domains.is_idle()
    }

    /// How many deliveries to lease now.
    pub(super) fn room(&self) -> usize {
        if self.domains.has_room() {
            self.leased.room()
        } else {
            0
        }
    }

    /// Returns when there is room, or nothing left to do; fails when a task has ended.
    pub(super) async fn emptied(&mut self) -> Result<(), TaskEnded> {
        let ended = tokio::select! {
            () = self.emptied.notified() => return Ok(()),
            Some(ended) = self.workers.join_next() => ended,
            Some(ended) = self.writer.join_next() => ended,
        };
        Err(TaskEnded(match ended {
            Ok(()) => "a task ended".to_owned(),
            Err(error) => error.to_string(),
        }))
    }

    /// Ends in good order: mails in flight are finished within `at_most`, and results written.
    pub(super) async fn finish(&mut self, at_most: Duration) {
        self.leased.close();
        self.built.close();
        let finished = async { while self.workers.join_next().await.is_some() {} };
        if tokio::time::timeout(at_most, finished).await.is_err() {
            tracing::warn!(
                connections = self.workers.len(),
                "mails in flight did not finish in time: their connections are closed, and the mails are uncertain at the next start"
            );
        }
        // The workers drop their handles, so the writer writes what it has and ends.
        self.workers.shutdown().await;
        let written = async { while self.writer.join_next().await.is_some() {} };
        if tokio::time::timeout(LEDGER_TIMEOUT, written).await.is_err() {
            tracing::error!(
                "the last results could not be written: those mails are uncertain at the next start"
            );
        }
    }
}
