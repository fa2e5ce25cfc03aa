//! One worker, one connection: acquires a connection slot and a built message, has its delivery
//! started, sends it, and keeps the result until it is written together with the next start.

use std::sync::Arc;
use std::time::Duration;

use super::context::EngineContext;
use super::group_commit::{GroupCommit, Permission};
use super::message_builder::BuiltMessage;
use super::outcome;
use super::queue::Queue;
use super::relays::{Avoid, ConnectionSlot, Permit, SlotCheck};
use super::transport::{Connection, Envelope};
use super::transport_error::{SendError, SendResult, TransportError};
use crate::domain::delivery::DeliveryKey;
use crate::domain::timestamp::Timestamp;
use crate::store::ledger::Outcome;

/// How long an unused connection is kept before it is closed with QUIT.
const IDLE: Duration = Duration::from_secs(5);
/// The wait before permits are requested again after a database error.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// See the module docs.
pub(super) struct Worker {
    context: Arc<EngineContext>,
    queue: Arc<Queue<BuiltMessage>>,
    group_commit: GroupCommit,
    /// Without a slot, no mail is taken from the queue.
    slot: Option<ConnectionSlot>,
    /// The relay at which a connection has just failed.
    avoid: Option<Avoid>,
    connection: Option<Connection>,
    /// When the permit expires; none if the relay has no limits.
    use_by: Option<Timestamp>,
    /// The result of the last mail, until it is recorded.
    unrecorded: Option<Outcome>,
    at_work: bool,
}

impl Worker {
    pub(super) fn new(
        context: Arc<EngineContext>,
        queue: Arc<Queue<BuiltMessage>>,
        group_commit: GroupCommit,
    ) -> Self {
        Self {
            context,
            queue,
            group_commit,
            slot: None,
            avoid: None,
            connection: None,
            use_by: None,
            unrecorded: None,
            at_work: false,
        }
    }

    /// Runs until the queue is closed; then the mail in flight is finished and recorded.
    pub(super) async fn run(mut self) {
        while let Some(message) = self.next().await {
            self.deliver(message).await;
        }
        self.record().await;
        self.disconnect().await;
        self.slot = None;
    }

    async fn next(&mut self) -> Option<BuiltMessage> {
        if self.slot.is_none() {
            self.record().await;
            self.queue.rest(&mut self.at_work);
            self.acquire_slot().await?;
        }
        if let Some(message) = self.queue.take(&mut self.at_work) {
            return Some(message);
        }
        // There is no next start, so the result is written alone.
        self.record().await;
        self.queue.rest(&mut self.at_work);
        if self.connection.is_some() {
            let waited = tokio::time::timeout(IDLE, self.queue.wait(&mut self.at_work)).await;
            if let Ok(message) = waited {
                return message;
            }
            self.disconnect().await;
        }
        self.queue.wait(&mut self.at_work).await
    }

    async fn deliver(&mut self, message: BuiltMessage) {
        if self.get_ready().await.is_none() {
            return; // stopping; the lease is released with the others
        }
        let key = message.attempt.key;
        let previous = self.unrecorded.take();
        if self.group_commit.start(key, previous).await == Permission::NotAllowed {
            return;
        }
        let envelope = Envelope {
            from: &message.from,
            to: &message.to,
        };
        let permitted = self.still_permitted().await;
        let (result, relay) = match (&mut self.connection, &self.slot) {
            (Some(connection), Some(slot)) => (
                match permitted {
                    Ok(()) => connection.send(&envelope, &message.mail).await,
                    Err(error) => Err(error.into()), // nothing was sent of this mail
                },
                slot.transport().name(),
            ),
            _ => unreachable!("get_ready() said so"),
        };
        let now = self.context.clock.now();
        self.unrecorded = Some(outcome::of_attempt(
            &result,
            &message.attempt,
            &self.context.settings,
            relay,
            now,
        ));
        self.note(key, &result);
        drop(message.permit); // the next mail to this domain may be sent
    }

    /// Waits for a slot; `None` if the queue is closed first.
    async fn acquire_slot(&mut self) -> Option<()> {
        let slot = tokio::select! {
            slot = self.context.relays.slot(&self.context.clock, self.avoid.as_ref()) => slot,
            () = self.queue.closed() => return None,
        };
        self.slot = Some(slot);
        Some(())
    }

    /// Waits for a connection and a permit to start a mail over it at once; `None` if the queue is
    /// closed first.
    async fn get_ready(&mut self) -> Option<()> {
        loop {
            let connected = self.connection.as_mut().is_some_and(Connection::is_usable);
            let now = self.context.clock.steady();
            let look = match &mut self.slot {
                Some(slot) => slot.check(now, connected),
                None => SlotCheck::Release,
            };
            if connected && look == SlotCheck::Keep {
                if self.permitted().await? {
                    return Some(());
                }
                continue;
            }
            // The result must not wait: the relay may be gone for hours.
            self.record().await;
            self.disconnect().await;
            if look == SlotCheck::Release {
                self.slot = None; // before acquiring another: it may be the same
                self.acquire_slot().await?;
            }
            self.connect().await?;
        }
    }

    /// Connects to the slot's relay; releases the slot when that fails.
    async fn connect(&mut self) -> Option<()> {
        let Some(slot) = &self.slot else {
            return Some(());
        };
        let connected = tokio::select! {
            connected = slot.transport().connect() => connected,
            () = self.queue.closed() => return None,
        };
        match connected {
            Ok(connection) => self.connection = Some(connection),
            Err(error) => {
                self.avoid = slot.failed(self.context.clock.steady(), &error);
                self.slot = None;
            }
        }
        Some(())
    }

    /// Takes a permit; false if there was none and slot and connection must be checked again.
    async fn permitted(&mut self) -> Option<bool> {
        let Some(slot) = &self.slot else {
            return Some(false);
        };
        let asked = slot.permit().await;
        let until = match asked {
            Ok(Permit::Granted(use_by)) => {
                self.use_by = use_by;
                return Some(true);
            }
            Ok(Permit::NotBefore(until)) => until,
            Err(error) => {
                tracing::warn!(%error, "the relay's permits could not be read; trying again");
                self.context.clock.steady().plus(STORE_WAIT)
            }
        };
        self.record().await;
        if until.since(self.context.clock.steady()) > IDLE {
            // Too long to keep a connection open. Another worker may take the mail.
            self.disconnect().await;
            self.slot = None;
            return Some(false);
        }
        tokio::select! {
            () = self.context.clock.sleep_until_steady(until) => Some(false),
            () = self.queue.closed() => None,
        }
    }

    /// Checks that the permit is still valid now that the start is durable, which takes long on a
    /// busy disk: a late mail could exceed the limit together with later permits. Waits briefly for
    /// a new permit; otherwise the delivery is released and retried later.
    async fn still_permitted(&mut self) -> Result<(), TransportError> {
        loop {
            let now = self.context.clock.steady();
            let Some(slot) = self
                .slot
                .as_ref()
                .filter(|_| self.use_by.is_some_and(|by| now > by))
            else {
                return Ok(());
            };
            let until = match slot.permit().await {
                Ok(Permit::Granted(use_by)) => {
                    self.use_by = use_by;
                    continue;
                }
                Ok(Permit::NotBefore(until)) => until,
                Err(error) => {
                    return Err(TransportError::Limited(format!(
                        "the limit cannot be read: {error}"
                    )));
                }
            };
            let limited =
                || TransportError::Limited(format!("it accepts the next mail at {until}"));
            if until.since(now) > IDLE {
                return Err(limited());
            }
            tokio::select! {
                () = self.context.clock.sleep_until_steady(until) => {}
                () = self.queue.closed() => return Err(limited()),
            }
        }
    }

    /// Logs the result and updates the relay's circuit breaker. The subscriber's row id stands for
    /// the address.
    fn note(&mut self, key: DeliveryKey, result: &SendResult) {
        let Some(slot) = &self.slot else {
            return;
        };
        let DeliveryKey { issue, subscriber } = key;
        let now = self.context.clock.steady();
        match result {
            Ok(_) => {
                slot.worked(now);
                tracing::debug!(issue, subscriber, "the relay accepted a mail");
            }
            Err(SendError::Refused(reply)) => {
                slot.worked(now);
                tracing::info!(issue, subscriber, %reply, "the relay refused a mail");
            }
            // Not the relay's fault: nothing was sent to it.
            Err(SendError::Relay(TransportError::Limited(_))) => {}
            Err(SendError::Relay(error) | SendError::Unanswered(error)) => {
                tracing::warn!(issue, subscriber, %error, "a mail failed or its outcome is unknown");
                // A relay may close after some mails; one that never accepts any is down.
                let proved = self
                    .connection
                    .as_ref()
                    .is_some_and(Connection::has_proved_itself);
                if !proved {
                    self.avoid = slot.failed(now, error);
                }
            }
        }
    }

    async fn record(&mut self) {
        if let Some(outcome) = self.unrecorded.take() {
            self.group_commit.finish(outcome).await;
        }
    }

    async fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }
}
