//! One worker, one connection: takes a leased delivery, has it started, hands it over, remembers
//! the result until it travels to the ledger with the next start.

use std::sync::Arc;
use std::time::Duration;

use super::circuit::Circuit;
use super::mails::{Mails, NoMail};
use super::queue::Queue;
use super::recorder::{Permission, Recorder};
use super::settings::Settings;
use super::transport::{Connection, Envelope, Transport};
use super::trouble::{SendError, SendResult};
use super::verdict::{self, Circumstances};
use crate::clock::Clock;
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::delivery::DeliveryState;
use crate::domain::issue::IssueState;
use crate::domain::mail::{Personal, PreparedMail};
use crate::domain::token::{Keyring, Purpose, TOKEN_LEN, TokenSigner};
use crate::store::delivery::Outcome;
use crate::store::variant::VariantKey;
use crate::store::{self, Db, StoreError};

/// How long an unused connection is kept before we say goodbye.
const IDLE: Duration = Duration::from_secs(5);
/// The wait before a mail that could not be prepared for the database's sake is asked for again.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// A leased delivery.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) circumstances: Circumstances,
    pub(super) address: Address,
    pub(super) variant: VariantKey,
}

/// What all workers of an engine share.
pub(super) struct Shared {
    pub(super) db: Db,
    pub(super) clock: Clock,
    pub(super) transport: Transport,
    pub(super) mails: Arc<dyn Mails>,
    pub(super) settings: Settings,
    pub(super) circuit: Circuit,
    keyring: Keyring,
    unsubscribe: TokenSigner,
    preferences: TokenSigner,
}

impl Shared {
    pub(super) fn new(
        db: Db,
        clock: Clock,
        transport: Transport,
        mails: Arc<dyn Mails>,
        keyring: Keyring,
        settings: Settings,
    ) -> Self {
        Self {
            unsubscribe: keyring.signer(Purpose::Unsubscribe),
            preferences: keyring.signer(Purpose::Preferences),
            keyring,
            db,
            clock,
            transport,
            mails,
            settings,
            circuit: Circuit::default(),
        }
    }

    /// The mail of one reader.
    fn personal(&self, job: &Job, mail: &PreparedMail) -> Vec<u8> {
        let key = job.circumstances.key;
        let (mut unsubscribe, mut preferences) = ([0; TOKEN_LEN], [0; TOKEN_LEN]);
        self.unsubscribe.write(key, &mut unsubscribe);
        self.preferences.write(key, &mut preferences);
        let domain = mail.envelope_from().domain();
        mail.personal(&Personal {
            to: &job.address,
            message_id: &format!("{}@{domain}", self.keyring.message_id(key)),
            unsubscribe: &unsubscribe,
            preferences: &preferences,
        })
    }
}

/// See the top of this file.
pub(super) struct Worker {
    shared: Arc<Shared>,
    queue: Arc<Queue<Job>>,
    recorder: Recorder,
    connection: Option<Connection>,
    /// The result of the last mail, until it is recorded.
    unrecorded: Option<Outcome>,
    at_work: bool,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, queue: Arc<Queue<Job>>, recorder: Recorder) -> Self {
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
        while let Some(job) = self.next().await {
            self.deliver(job).await;
        }
        self.record().await;
        self.hang_up().await;
    }

    async fn next(&mut self) -> Option<Job> {
        if let Some(job) = self.queue.take(&mut self.at_work) {
            return Some(job);
        }
        // Nothing to travel with: the result goes alone.
        self.record().await;
        self.queue.rest(&mut self.at_work);
        if self.connection.is_some() {
            let waited = tokio::time::timeout(IDLE, self.queue.wait(&mut self.at_work)).await;
            if let Ok(job) = waited {
                return job;
            }
            self.hang_up().await;
        }
        self.queue.wait(&mut self.at_work).await
    }

    async fn deliver(&mut self, job: Job) {
        let Some(mail) = self.prepare(&job).await else {
            return;
        };
        let bytes = self.shared.personal(&job, &mail);
        if !self.connect().await {
            return; // stopping; the lease is let go with the others
        }
        let key = job.circumstances.key;
        let previous = self.unrecorded.take();
        if self.recorder.start(key, previous).await == Permission::NotAllowed {
            return;
        }
        let envelope = Envelope {
            from: mail.envelope_from(),
            to: &job.address,
        };
        let result = match &mut self.connection {
            Some(connection) => connection.send(&envelope, &bytes).await,
            None => unreachable!("connect() returned true"),
        };
        self.note(&job, &result);
        let now = self.shared.clock.now();
        self.unrecorded = Some(verdict::outcome(
            &result,
            &job.circumstances,
            &self.shared.settings,
            self.shared.transport.name(),
            now,
        ));
    }

    /// The prepared mail; `None` when there is none to be had and the delivery was let go.
    async fn prepare(&mut self, job: &Job) -> Option<Arc<PreparedMail>> {
        loop {
            match self.shared.mails.mail(job.variant).await {
                Ok(mail) => return Some(mail),
                Err(NoMail::Store(error)) => {
                    tracing::warn!(%error, issue = job.variant.issue, "a mail could not be prepared; trying again");
                    self.record().await;
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => {}
                        () = self.queue.closed() => return None,
                    }
                }
                Err(NoMail::Unusable(reason)) => {
                    self.hold(job.circumstances.key, &reason).await;
                    return None;
                }
            }
        }
    }

    /// Holds the issue, and lets go of the delivery.
    async fn hold(&mut self, key: DeliveryKey, reason: &str) {
        tracing::error!(
            issue = key.issue,
            reason,
            "the issue is held: a mail of it cannot be made"
        );
        if let Err(error) = self.set_held(key.issue, reason).await {
            tracing::error!(%error, issue = key.issue, "the issue could not be held");
        }
        let previous = self.unrecorded.take();
        if self.recorder.start(key, previous).await == Permission::Started {
            // Resumed in this very moment, or not held: somebody else may try.
            let now = self.shared.clock.now();
            self.recorder
                .finish(Outcome {
                    key,
                    state: DeliveryState::Queued,
                    at: now,
                    next: Some(now.plus(self.shared.settings.trouble_wait)),
                    counts: 0,
                    relay: String::new(),
                    code: None,
                    status: None,
                    reply: format!("Nothing was sent: {reason}"),
                })
                .await;
        }
    }

    async fn set_held(&self, issue: i64, reason: &str) -> Result<(), StoreError> {
        let now = self.shared.clock.now();
        let mut tx = self.shared.db.begin().await?;
        let (from, to) = (IssueState::Sending, IssueState::Held);
        store::issue::set_state(&mut tx, issue, from, to, Some(reason), now).await?;
        tx.commit().await
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
    fn note(&self, job: &Job, result: &SendResult) {
        let DeliveryKey { issue, subscriber } = job.circumstances.key;
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
