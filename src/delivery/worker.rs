//! One worker, one connection: takes a finished mail, has its delivery started, hands it over,
//! remembers the result until it travels to the ledger with the next start.

use std::sync::Arc;
use std::time::Duration;

use super::making::Made;
use super::queue::Queue;
use super::recorder::{Permission, Recorder};
use super::shared::Shared;
use super::transport::{Connection, Envelope};
use super::trouble::{SendError, SendResult};
use super::verdict;
use crate::domain::delivery::DeliveryKey;
use crate::store::delivery::Outcome;

/// How long an unused connection is kept before we say goodbye.
const IDLE: Duration = Duration::from_secs(5);

/// See the top of this file.
pub(super) struct Worker {
    shared: Arc<Shared>,
    queue: Arc<Queue<Made>>,
    recorder: Recorder,
    connection: Option<Connection>,
    /// The result of the last mail, until it is recorded.
    unrecorded: Option<Outcome>,
    at_work: bool,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, queue: Arc<Queue<Made>>, recorder: Recorder) -> Self {
        Self {
            shared,
            queue,
            recorder,
            connection: None,
            unrecorded: None,
            at_work: false,
        }
    }

    /// Works until the queue is closed; the mail on the wire is finished and recorded then.
    pub(super) async fn run(mut self) {
        while let Some(made) = self.next().await {
            self.deliver(made).await;
        }
        self.record().await;
        self.hang_up().await;
    }

    async fn next(&mut self) -> Option<Made> {
        if let Some(made) = self.queue.take(&mut self.at_work) {
            return Some(made);
        }
        // Nothing to travel with: the result goes alone.
        self.record().await;
        self.queue.rest(&mut self.at_work);
        if self.connection.is_some() {
            let waited = tokio::time::timeout(IDLE, self.queue.wait(&mut self.at_work)).await;
            if let Ok(made) = waited {
                return made;
            }
            self.hang_up().await;
        }
        self.queue.wait(&mut self.at_work).await
    }

    async fn deliver(&mut self, made: Made) {
        if !self.connect().await {
            return; // stopping; the lease is let go with the others
        }
        let key = made.circumstances.key;
        let previous = self.unrecorded.take();
        if self.recorder.start(key, previous).await == Permission::NotAllowed {
            return;
        }
        let envelope = Envelope {
            from: &made.from,
            to: &made.to,
        };
        let result = match &mut self.connection {
            Some(connection) => connection.send(&envelope, &made.mail).await,
            None => unreachable!("connect() returned true"),
        };
        self.note(key, &result);
        let now = self.shared.clock.now();
        self.unrecorded = Some(verdict::outcome(
            &result,
            &made.circumstances,
            &self.shared.settings,
            self.shared.transport.name(),
            now,
        ));
    }

    /// Makes sure of a connection, however long it takes; false when the queue is closed first.
    async fn connect(&mut self) -> bool {
        loop {
            if self.connection.as_mut().is_some_and(Connection::is_usable) {
                return true;
            }
            // The result does not wait for a relay that may be gone for hours.
            self.record().await;
            self.hang_up().await;
            if let Some(until) = self.shared.circuit.pause() {
                tokio::select! {
                    () = self.shared.clock.sleep_until(until) => {}
                    () = self.queue.closed() => return false,
                }
            }
            let connected = tokio::select! {
                connected = self.shared.transport.connect() => connected,
                () = self.queue.closed() => return false,
            };
            match connected {
                Ok(connection) => self.connection = Some(connection),
                Err(trouble) => self
                    .shared
                    .circuit
                    .failed(self.shared.clock.now(), &trouble),
            }
        }
    }

    /// Tells the log and the circuit. The subscriber's row stands for the address.
    fn note(&self, key: DeliveryKey, result: &SendResult) {
        let DeliveryKey { issue, subscriber } = key;
        match result {
            Ok(_) => {
                self.shared.circuit.worked();
                tracing::debug!(issue, subscriber, "a mail was handed over");
            }
            Err(SendError::Refused(reply)) => {
                self.shared.circuit.worked();
                tracing::info!(issue, subscriber, %reply, "the relay refused a mail");
            }
            Err(SendError::Relay(trouble) | SendError::Unanswered(trouble)) => {
                tracing::warn!(issue, subscriber, %trouble, "a mail was not surely handed over");
                // A relay may well close after so many mails; one that never takes any is down.
                let proved = self
                    .connection
                    .as_ref()
                    .is_some_and(Connection::has_proved_itself);
                if !proved {
                    self.shared.circuit.failed(self.shared.clock.now(), trouble);
                }
            }
        }
    }

    async fn record(&mut self) {
        if let Some(outcome) = self.unrecorded.take() {
            self.recorder.finish(outcome).await;
        }
    }

    async fn hang_up(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }
}
