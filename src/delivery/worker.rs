//! One worker, one connection: takes a seat at a relay and a finished mail, has its delivery
//! started, hands it over, remembers the result until it travels to the ledger with the next start.

use std::sync::Arc;
use std::time::Duration;

use super::making::Made;
use super::queue::Queue;
use super::recorder::{Permission, Recorder};
use super::relays::{Avoid, Look, Permit, Seat};
use super::shared::Shared;
use super::transport::{Connection, Envelope};
use super::trouble::{SendError, SendResult, Trouble};
use super::verdict;
use crate::domain::delivery::DeliveryKey;
use crate::domain::timestamp::Timestamp;
use crate::store::ledger::Outcome;

/// How long an unused connection is kept before we say goodbye.
const IDLE: Duration = Duration::from_secs(5);
/// The wait before permits are asked for again that the database did not give.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// See the top of this file.
pub(super) struct Worker {
    shared: Arc<Shared>,
    queue: Arc<Queue<Made>>,
    recorder: Recorder,
    /// Who has none takes no mail either.
    seat: Option<Seat>,
    /// The relay at which a connection has just failed.
    avoid: Option<Avoid>,
    connection: Option<Connection>,
    /// Until when the permit in hand is good; none where the relay has no limits.
    use_by: Option<Timestamp>,
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
            seat: None,
            avoid: None,
            connection: None,
            use_by: None,
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
        self.seat = None;
    }

    async fn next(&mut self) -> Option<Made> {
        if self.seat.is_none() {
            self.record().await;
            self.queue.rest(&mut self.at_work);
            self.sit().await?;
        }
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
        if self.get_ready().await.is_none() {
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
        let permitted = self.still_permitted().await;
        let (result, relay) = match (&mut self.connection, &self.seat) {
            (Some(connection), Some(seat)) => (
                match permitted {
                    Ok(()) => connection.send(&envelope, &made.mail).await,
                    Err(trouble) => Err(trouble.into()), // nothing was said of this mail
                },
                seat.transport().name(),
            ),
            _ => unreachable!("get_ready() said so"),
        };
        let now = self.shared.clock.now();
        self.unrecorded = Some(verdict::outcome(
            &result,
            &made.circumstances,
            &self.shared.settings,
            relay,
            now,
        ));
        self.note(key, &result);
        drop(made.place); // the next one to this domain may go
    }

    /// Waits for a seat; `None` when the queue is closed first.
    async fn sit(&mut self) -> Option<()> {
        let seat = tokio::select! {
            seat = self.shared.relays.seat(&self.shared.clock, self.avoid.as_ref()) => seat,
            () = self.queue.closed() => return None,
        };
        self.seat = Some(seat);
        Some(())
    }

    /// Makes sure of a connection and a permit to start a mail over it at once, however long that
    /// takes; `None` when the queue is closed first.
    async fn get_ready(&mut self) -> Option<()> {
        loop {
            let connected = self.connection.as_mut().is_some_and(Connection::is_usable);
            let now = self.shared.clock.now();
            let look = match &mut self.seat {
                Some(seat) => seat.look(now, connected),
                None => Look::Leave,
            };
            if connected && look == Look::Stay {
                if self.permitted().await? {
                    return Some(());
                }
                continue;
            }
            // The result does not wait for a relay that may be gone for hours.
            self.record().await;
            self.hang_up().await;
            if look == Look::Leave {
                self.seat = None; // before another is asked for: it may be the same
                self.sit().await?;
            }
            self.connect().await?;
        }
    }

    /// Tries to connect where the seat is; without success the seat is left.
    async fn connect(&mut self) -> Option<()> {
        let Some(seat) = &self.seat else {
            return Some(());
        };
        let connected = tokio::select! {
            connected = seat.transport().connect() => connected,
            () = self.queue.closed() => return None,
        };
        match connected {
            Ok(connection) => self.connection = Some(connection),
            Err(trouble) => {
                self.avoid = seat.failed(self.shared.clock.now(), &trouble);
                self.seat = None;
            }
        }
        Some(())
    }

    /// Takes a permit; false when there was none and everything is to be looked at again.
    async fn permitted(&mut self) -> Option<bool> {
        let Some(seat) = &self.seat else {
            return Some(false);
        };
        let asked = seat.permit().await;
        let until = match asked {
            Ok(Permit::Granted(use_by)) => {
                self.use_by = use_by;
                return Some(true);
            }
            Ok(Permit::NotBefore(until)) => until,
            Err(error) => {
                tracing::warn!(%error, "permits of the relay could not be looked up; trying again");
                self.shared.clock.now().plus(STORE_WAIT)
            }
        };
        self.record().await;
        if until.since(self.shared.clock.now()) > IDLE {
            // Longer than the relay should keep a connection for us. Others may take the mail.
            self.hang_up().await;
            self.seat = None;
            return Some(false);
        }
        tokio::select! {
            () = self.shared.clock.sleep_until(until) => Some(false),
            () = self.queue.closed() => None,
        }
    }

    /// Makes sure that the permit holds now that the start is durable, which takes long on a busy
    /// disk: a late mail could come together with others that are permitted by then. A new permit is
    /// waited for shortly; otherwise the mail goes back and is tried again later.
    async fn still_permitted(&mut self) -> Result<(), Trouble> {
        loop {
            let now = self.shared.clock.now();
            let Some(seat) = self
                .seat
                .as_ref()
                .filter(|_| self.use_by.is_some_and(|by| now > by))
            else {
                return Ok(());
            };
            let until = match seat.permit().await {
                Ok(Permit::Granted(use_by)) => {
                    self.use_by = use_by;
                    continue;
                }
                Ok(Permit::NotBefore(until)) => until,
                Err(error) => {
                    return Err(Trouble::Limited(format!("it cannot be looked up: {error}")));
                }
            };
            let limited = || Trouble::Limited(format!("it takes the next one at {until}"));
            if until.since(now) > IDLE {
                return Err(limited());
            }
            tokio::select! {
                () = self.shared.clock.sleep_until(until) => {}
                () = self.queue.closed() => return Err(limited()),
            }
        }
    }

    /// Tells the log and the relay's circuit. The subscriber's row stands for the address.
    fn note(&mut self, key: DeliveryKey, result: &SendResult) {
        let Some(seat) = &self.seat else {
            return;
        };
        let DeliveryKey { issue, subscriber } = key;
        match result {
            Ok(_) => {
                seat.worked();
                tracing::debug!(issue, subscriber, "a mail was handed over");
            }
            Err(SendError::Refused(reply)) => {
                seat.worked();
                tracing::info!(issue, subscriber, %reply, "the relay refused a mail");
            }
            // Not the relay's fault: nothing was said to it.
            Err(SendError::Relay(Trouble::Limited(_))) => {}
            Err(SendError::Relay(trouble) | SendError::Unanswered(trouble)) => {
                tracing::warn!(issue, subscriber, %trouble, "a mail was not surely handed over");
                // A relay may well close after so many mails; one that never takes any is down.
                let proved = self
                    .connection
                    .as_ref()
                    .is_some_and(Connection::has_proved_itself);
                if !proved {
                    self.avoid = seat.failed(self.shared.clock.now(), trouble);
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
