//! The one task that writes to the ledger for all connections: group commit.
//!
//! A connection submits the result of its last mail and asks to start the next one. The writer
//! takes all requests that are waiting, writes them in one transaction, and answers. So *started*
//! is durable before the first command of a mail, a crash leaves at most one unrecorded mail per
//! connection, and all connections share one commit.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::context::EngineContext;
use crate::clock::{Clock, TOLERATED_SKEW};
use crate::domain::delivery::{DeliveryKey, DeliveryState};
use crate::domain::timestamp::Timestamp;
use crate::store::ledger::{Ledger, Outcome, Recorded};
use crate::store::{Db, StoreError, lease};

/// Requests in one transaction, at most.
const LARGEST_BATCH: usize = 512;
/// How long a commit is delayed so that more requests can join it. A commit costs disk and
/// processor the same for any number of mails.
const GATHERING: Duration = Duration::from_millis(3);
const FIRST_WAIT: Duration = Duration::from_millis(100);
/// Between two attempts to write, where leases are long enough for it.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A handle for connections.
#[derive(Clone)]
pub(super) struct GroupCommit(mpsc::Sender<Request>);

struct Request {
    finished: Option<Outcome>,
    start: Option<DeliveryKey>,
    answer: oneshot::Sender<Permission>,
}

/// The answer to a request to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permission {
    /// *Started* is durable: the mail may be sent.
    Started,
    /// The issue is paused or cancelled, the reader has left, or the lease is lost. The delivery
    /// was released; nothing is sent to the relay.
    NotAllowed,
}

impl GroupCommit {
    /// A handle for the leases of `worker` and this many connections, and the writer. Run the
    /// writer as a task of its own; it ends when every handle is dropped and everything is written.
    pub(super) fn new(
        context: &EngineContext,
        worker: Arc<str>,
        connections: usize,
    ) -> (Self, impl Future<Output = ()> + Send + use<>) {
        let (requests, waiting) = mpsc::channel(LARGEST_BATCH);
        let writer = Writer {
            db: context.db.clone(),
            last_at: context.clock.now(),
            clock: context.clock.clone(),
            longest_wait: LONGEST_WAIT.min(context.settings.lease_for / 6),
            worker,
            ledger: None,
            enough: (connections / 2).clamp(1, LARGEST_BATCH),
        };
        (Self(requests), writer.run(waiting))
    }

    /// Records `previous` and starts `key`, in one commit. Waits while nothing can be written.
    pub(super) async fn start(&self, key: DeliveryKey, previous: Option<Outcome>) -> Permission {
        self.ask(previous, Some(key)).await
    }

    /// Records an outcome.
    pub(super) async fn finish(&self, outcome: Outcome) {
        self.ask(Some(outcome), None).await;
    }

    async fn ask(&self, finished: Option<Outcome>, start: Option<DeliveryKey>) -> Permission {
        let (answer, answered) = oneshot::channel();
        let request = Request {
            finished,
            start,
            answer,
        };
        // Without a writer nothing may start.
        if self.0.send(request).await.is_err() {
            return Permission::NotAllowed;
        }
        answered.await.unwrap_or(Permission::NotAllowed)
    }
}

struct Writer {
    db: Db,
    clock: Clock,
    worker: Arc<str>,
    /// Open from the first use to the first error.
    ledger: Option<Ledger>,
    /// Requests for which a commit is not put off.
    enough: usize,
    /// No two batches have the same instant: it identifies their starts.
    last_at: Timestamp,
    /// Between two attempts to write. Much shorter than a lease: while the ledger cannot be written
    /// our leases expire, and other nodes take over after that.
    longest_wait: Duration,
}

impl Writer {
    async fn run(mut self, mut waiting: mpsc::Receiver<Request>) {
        let mut batch = Vec::new();
        // Deliveries marked as started whose start no connection has received.
        let mut unheard: Vec<DeliveryKey> = Vec::new();
        loop {
            if unheard.is_empty() {
                gather(&mut waiting, &mut batch, self.enough).await;
            } else {
                while batch.len() < LARGEST_BATCH
                    && let Ok(request) = waiting.try_recv()
                {
                    batch.push(request);
                }
            }
            if batch.is_empty() && unheard.is_empty() {
                return;
            }
            let finished: Arc<[Outcome]> = batch
                .iter_mut()
                .filter_map(|request| request.finished.take())
                .chain(unheard.drain(..).map(|key| self.untouched(key)))
                .collect();
            let (mut started, doubtful) = self.insist(&finished, &batch).await;
            unheard.extend(doubtful);
            for request in batch.drain(..) {
                // A key is started for one connection only.
                let permission = match request.start {
                    Some(key) if started.remove(&key) => Permission::Started,
                    _ => Permission::NotAllowed,
                };
                if request.answer.send(permission).is_err()
                    && permission == Permission::Started
                    && let Some(key) = request.start
                {
                    unheard.push(key);
                }
            }
        }
    }

    /// Writes a batch, however long it takes: an accepted mail must not be forgotten. Returns what
    /// was started, and what may have been: after a failed commit that is unknown.
    async fn insist(
        &mut self,
        finished: &Arc<[Outcome]>,
        batch: &[Request],
    ) -> (HashSet<DeliveryKey>, Vec<DeliveryKey>) {
        let mut wait = FIRST_WAIT;
        let mut failed = false;
        loop {
            let keys: Vec<DeliveryKey> = batch
                .iter()
                .filter(|request| !request.answer.is_closed()) // its connection is gone
                .filter_map(|request| request.start)
                .collect();
            match self.write(finished, &keys).await {
                Ok(Recorded {
                    finished: written,
                    started,
                }) => {
                    let started: HashSet<_> = started.into_iter().collect();
                    if failed {
                        tracing::info!(results = written, "the ledger can be written again");
                    }
                    if usize::try_from(written).is_ok_and(|written| written < finished.len()) {
                        self.tell_lost(finished).await;
                    }
                    let doubtful = batch
                        .iter()
                        .filter_map(|request| request.start)
                        .filter(|key| failed && !started.contains(key))
                        .collect();
                    return (started, doubtful);
                }
                Err(error) => {
                    self.ledger = None;
                    if !failed {
                        tracing::error!(%error, results = finished.len(), "the ledger cannot be written: no mail is started until it can; results are kept in memory");
                    }
                    failed = true;
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(self.longest_wait);
                }
            }
        }
    }

    async fn write(
        &mut self,
        finished: &Arc<[Outcome]>,
        starts: &[DeliveryKey],
    ) -> Result<Recorded, StoreError> {
        let now = self.clock.now();
        let after_last = self.last_at.plus(Duration::from_micros(1));
        // A clock that was far ahead is ignored. No delivery is started twice at the same instant
        // this way.
        self.last_at = if self.last_at.since(now) > TOLERATED_SKEW {
            now
        } else {
            now.max(after_last)
        };
        let ledger = match &mut self.ledger {
            Some(ledger) => ledger,
            none => none.insert(Ledger::open(&self.db).await?),
        };
        let recorded = ledger
            .record(finished, starts, &self.worker, self.last_at)
            .await?;
        if recorded.started.len() < starts.len() {
            let started: HashSet<_> = recorded.started.iter().collect();
            let refused = starts.iter().filter(|key| !started.contains(key));
            self.release(refused).await?;
        }
        Ok(recorded)
    }

    /// Logs how many of these results came too late, because another worker has claimed the
    /// delivery. (Rows written by a commit that seemed to fail carry our name and are not counted.)
    async fn tell_lost(&mut self, finished: &[Outcome]) {
        let lost = async {
            let mut conn = self.db.read().await?;
            let mut lost = 0_u32;
            for outcome in finished {
                let worker = lease::worker_of(&mut conn, outcome.key).await?;
                lost += u32::from(worker.as_deref() != Some(&*self.worker));
            }
            Ok::<_, StoreError>(lost)
        };
        match lost.await {
            Ok(0) => {}
            Ok(results) => tracing::warn!(
                results,
                "results came too late: another worker has taken over these deliveries and may send them again"
            ),
            Err(error) => {
                tracing::warn!(%error, "some results may have come too late; the check failed");
            }
        }
    }

    /// Releases deliveries that must not start. If this fails, the whole batch is written again:
    /// starts it wrote are undone first, and nothing else changes twice.
    async fn release(
        &mut self,
        refused: impl Iterator<Item = &DeliveryKey>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        for key in refused {
            lease::release_one(&mut tx, *key, &self.worker, now).await?;
        }
        tx.commit().await
    }

    /// Started, but nothing was sent to the relay.
    fn untouched(&self, key: DeliveryKey) -> Outcome {
        let now = self.clock.now();
        Outcome {
            key,
            state: DeliveryState::Queued,
            at: now,
            next: Some(now),
            counts: 0,
            class: None,
            relay: String::new(),
            code: None,
            status: None,
            reply: "Nothing was sent: the connection ended before its turn.".to_owned(),
        }
    }
}

/// Waits for a request, then briefly for more, until `enough` have come. That is half of the
/// connections: the other half transmits during the commit. One or two connections never wait.
async fn gather(waiting: &mut mpsc::Receiver<Request>, batch: &mut Vec<Request>, enough: usize) {
    waiting.recv_many(batch, LARGEST_BATCH).await;
    let until = Instant::now() + GATHERING;
    while !batch.is_empty() && batch.len() < enough {
        let more = waiting.recv_many(batch, LARGEST_BATCH - batch.len());
        if !matches!(timeout_at(until, more).await, Ok(1..)) {
            return;
        }
    }
}
