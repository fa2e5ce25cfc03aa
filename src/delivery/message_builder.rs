//! The stage before the connections: turns leased deliveries into signed mails, a few ahead of the
//! connections, so that no connection waits for building or signing.
//!
//! ```text
//! ledger ─lease→ Queue<LeasedDelivery> ─[MessageBuilder]→ Queue<BuiltMessage> ─[Worker]→ relay
//! ```
//!
//! A built message is still only *leased*: whether it may be sent is checked when a connection
//! starts it.

use std::sync::Arc;
use std::time::Duration;

use super::attempt::AttemptContext;
use super::audit_lines::{self, Happened};
use super::context::EngineContext;
use super::domain_limits::{DomainLimits, DomainPermit};
use super::group_commit::{GroupCommit, Permission};
use super::leased::LeasedDelivery;
use super::mails::NoMail;
use super::queue::Queue;
use super::signing::{CannotSign, Signer};
use crate::domain::address::Address;
use crate::domain::audit::Action;
use crate::domain::delivery::{DeliveryKey, DeliveryState};
use crate::domain::issue::IssueState;
use crate::domain::mail::{Personal, PreparedMail};
use crate::domain::reason::Reason;
use crate::domain::token::TOKEN_LEN;
use crate::store::ledger::Outcome;
use crate::store::{self, StoreError};

/// The wait before preparing a mail again after a database error.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// A leased delivery whose mail is ready to be sent.
#[derive(Debug)]
pub(super) struct BuiltMessage {
    pub(super) attempt: AttemptContext,
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) mail: Vec<u8>,
    /// The permit of its recipient domain.
    pub(super) permit: DomainPermit,
}

/// One of the tasks that build messages.
pub(super) struct MessageBuilder {
    pub(super) context: Arc<EngineContext>,
    pub(super) leased: Arc<Queue<LeasedDelivery>>,
    pub(super) built: Arc<Queue<BuiltMessage>>,
    pub(super) domains: Arc<DomainLimits>,
    pub(super) group_commit: GroupCommit,
}

impl MessageBuilder {
    /// Runs until the queues are closed. Messages that no connection took are released with the
    /// leases.
    pub(super) async fn run(self) {
        let mut at_work = false;
        loop {
            let mut delivery = self.leased.take(&mut at_work);
            if delivery.is_none() {
                self.leased.rest(&mut at_work);
                delivery = self.leased.wait(&mut at_work).await;
            }
            let Some(delivery) = delivery else { return };
            let Some((delivery, permit)) = self.domains.acquire(delivery) else {
                continue; // it is deferred
            };
            if let Some(message) = self.make(delivery, permit).await {
                self.built.put(message).await;
            }
        }
    }

    /// The built message; `None` if it could not be built and the delivery was released.
    async fn make(&self, delivery: LeasedDelivery, permit: DomainPermit) -> Option<BuiltMessage> {
        let key = delivery.attempt.key;
        let prepared = self.prepare(&delivery).await?;
        let signer = self.signer().await?;
        let mail = self.personal(&delivery, &prepared);
        match sign(signer, mail).await {
            Ok(mail) => Some(BuiltMessage {
                attempt: delivery.attempt,
                from: self.return_path(key, &prepared),
                to: delivery.address,
                mail,
                permit,
            }),
            Err(wrong) => {
                let detail = wrong.to_string();
                self.hold(key, &Reason::MailUnusable { detail }).await;
                None
            }
        }
    }

    /// The prepared mail of the variant; `None` if there is none and the delivery was released.
    async fn prepare(&self, delivery: &LeasedDelivery) -> Option<PreparedMail> {
        loop {
            match self.context.mails.mail(delivery.variant).await {
                Ok(mail) => return Some(mail),
                Err(NoMail::Store(error)) => {
                    tracing::warn!(%error, issue = delivery.variant.issue, "a mail could not be prepared; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => {}
                        () = self.leased.closed() => return None,
                    }
                }
                Err(NoMail::Unusable(reason)) => {
                    self.hold(delivery.attempt.key, &reason).await;
                    return None;
                }
            }
        }
    }

    /// The mail of one reader.
    fn personal(&self, delivery: &LeasedDelivery, mail: &PreparedMail) -> Vec<u8> {
        let key = delivery.attempt.key;
        let (mut unsubscribe, mut preferences) = ([0; TOKEN_LEN], [0; TOKEN_LEN]);
        self.context.unsubscribe.write(key, &mut unsubscribe);
        self.context.preferences.write(key, &mut preferences);
        let domain = mail.envelope_from().domain();
        mail.personal(&Personal {
            to: &delivery.address,
            message_id: &format!("{}@{domain}", self.context.keyring.message_id(key)),
            unsubscribe: &unsubscribe,
            preferences: &preferences,
        })
    }

    /// Where a bounce of this delivery goes.
    fn return_path(&self, key: DeliveryKey, mail: &PreparedMail) -> Address {
        match &self.context.settings.return_path {
            Some(path) => path.of(&self.context.keyring, key),
            None => mail.envelope_from().clone(),
        }
    }

    /// The signing keys; `None` if the queue was closed before they could be read.
    async fn signer(&self) -> Option<Arc<Signer>> {
        loop {
            match self.context.keychain.signer().await {
                Ok(signer) => return Some(signer),
                Err(error) => {
                    tracing::warn!(%error, "the signing keys could not be read; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => {}
                        () = self.leased.closed() => return None,
                    }
                }
            }
        }
    }

    /// Holds the issue and releases the delivery.
    async fn hold(&self, key: DeliveryKey, reason: &Reason) {
        tracing::error!(
            issue = key.issue,
            %reason,
            "the issue is held: one of its mails cannot be created"
        );
        if let Err(error) = self.set_held(key.issue, reason).await {
            tracing::error!(%error, issue = key.issue, "the issue could not be held");
        }
        if self.group_commit.start(key, None).await == Permission::Started {
            // Resumed just now, or not held: another attempt may follow.
            let now = self.context.clock.now();
            self.group_commit
                .finish(Outcome {
                    key,
                    state: DeliveryState::Queued,
                    at: now,
                    next: Some(now.plus(self.context.settings.transport_error_wait)),
                    counts: 0,
                    class: None,
                    relay: String::new(),
                    code: None,
                    status: None,
                    reply: "Nothing was sent: the issue is held".to_owned(),
                })
                .await;
        }
    }

    async fn set_held(&self, issue: i64, reason: &Reason) -> Result<(), StoreError> {
        let now = self.context.clock.now();
        let mut tx = self.context.db.begin().await?;
        let (from, to) = (IssueState::Sending, IssueState::Held);
        if store::issue::set_state(&mut tx, issue, from, to, Some(reason), now).await? {
            let happened = Happened {
                action: Action::IssueHold,
                at: now,
                before: Some(from.to_string()),
                after: Some(format!("{to}: {}", reason.to_log())),
            };
            audit_lines::append(&mut tx, issue, vec![happened]).await?;
        }
        tx.commit().await
    }
}

/// The signed mail, before dot-stuffing. Signing takes a millisecond of processor time per mail, so
/// it runs outside the connections, on all cores.
async fn sign(signer: Arc<Signer>, mail: Vec<u8>) -> Result<Vec<u8>, CannotSign> {
    if signer.is_empty() {
        return Ok(mail);
    }
    let signing = tokio::task::spawn_blocking(move || signer.signed(mail));
    signing.await.unwrap_or(Err(CannotSign))
}
