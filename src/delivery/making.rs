//! The stage before the wire: makes of leased deliveries finished mails, a few ahead of the
//! connections, so that none waits for a mail to be written or signed.
//!
//! ```text
//! ledger ─lease→ Queue<Job> ─[Maker]→ Queue<Made> ─[Worker]→ relay
//! ```
//!
//! What is made is still only *leased*: whether it may go out is asked when a connection starts it.

use std::sync::Arc;
use std::time::Duration;

use super::domains::{Domains, Place};
use super::mails::NoMail;
use super::queue::Queue;
use super::recorder::{Permission, Recorder};
use super::shared::Shared;
use super::signing::{CannotSign, Signer};
use super::verdict::Circumstances;
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryKey, DeliveryState};
use crate::domain::issue::IssueState;
use crate::domain::mail::{Personal, PreparedMail};
use crate::domain::token::TOKEN_LEN;
use crate::store::ledger::Outcome;
use crate::store::variant::VariantKey;
use crate::store::{self, StoreError};

/// The wait before a mail that could not be prepared for the database's sake is asked for again.
const STORE_WAIT: Duration = Duration::from_secs(1);

/// A leased delivery.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) circumstances: Circumstances,
    pub(super) address: Address,
    pub(super) variant: VariantKey,
}

/// A leased delivery whose mail is ready for the wire.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) circumstances: Circumstances,
    pub(super) from: Address,
    pub(super) to: Address,
    pub(super) mail: Vec<u8>,
    /// One of the mails that its domain gets at once.
    pub(super) place: Place,
}

/// One of the tasks that make mails.
pub(super) struct Maker {
    pub(super) shared: Arc<Shared>,
    pub(super) leased: Arc<Queue<Job>>,
    pub(super) made: Arc<Queue<Made>>,
    pub(super) domains: Arc<Domains>,
    pub(super) recorder: Recorder,
}

impl Maker {
    /// Works until the queues are closed. What is made then and not taken is let go with the leases.
    pub(super) async fn run(self) {
        let mut at_work = false;
        loop {
            let mut job = self.leased.take(&mut at_work);
            if job.is_none() {
                self.leased.rest(&mut at_work);
                job = self.leased.wait(&mut at_work).await;
            }
            let Some(job) = job else { return };
            let Some((job, place)) = self.domains.enter(job) else {
                continue; // it waits aside
            };
            if let Some(made) = self.make(job, place).await {
                self.made.put(made).await;
            }
        }
    }

    /// The finished mail; `None` when there is none to be had and the delivery was let go.
    async fn make(&self, job: Job, place: Place) -> Option<Made> {
        let key = job.circumstances.key;
        let prepared = self.prepare(&job).await?;
        let signer = self.signer().await?;
        let mail = self.personal(&job, &prepared);
        match sign(signer, mail).await {
            Ok(mail) => Some(Made {
                circumstances: job.circumstances,
                from: self.return_path(key, &prepared),
                to: job.address,
                mail,
                place,
            }),
            Err(wrong) => {
                self.hold(key, &wrong.to_string()).await;
                None
            }
        }
    }

    /// The prepared mail of the variant; `None` when there is none to be had and the delivery was
    /// let go.
    async fn prepare(&self, job: &Job) -> Option<Arc<PreparedMail>> {
        loop {
            match self.shared.mails.mail(job.variant).await {
                Ok(mail) => return Some(mail),
                Err(NoMail::Store(error)) => {
                    tracing::warn!(%error, issue = job.variant.issue, "a mail could not be prepared; trying again");
                    tokio::select! {
                        () = tokio::time::sleep(STORE_WAIT) => {}
                        () = self.leased.closed() => return None,
                    }
                }
                Err(NoMail::Unusable(reason)) => {
                    self.hold(job.circumstances.key, &reason).await;
                    return None;
                }
            }
        }
    }

    /// The mail of one reader.
    fn personal(&self, job: &Job, mail: &PreparedMail) -> Vec<u8> {
        let key = job.circumstances.key;
        let (mut unsubscribe, mut preferences) = ([0; TOKEN_LEN], [0; TOKEN_LEN]);
        self.shared.unsubscribe.write(key, &mut unsubscribe);
        self.shared.preferences.write(key, &mut preferences);
        let domain = mail.envelope_from().domain();
        mail.personal(&Personal {
            to: &job.address,
            message_id: &format!("{}@{domain}", self.shared.keyring.message_id(key)),
            unsubscribe: &unsubscribe,
            preferences: &preferences,
        })
    }

    /// Where a bounce of this delivery goes.
    fn return_path(&self, key: DeliveryKey, mail: &PreparedMail) -> Address {
        match &self.shared.settings.return_path {
            Some(path) => path.of(&self.shared.keyring, key),
            None => mail.envelope_from().clone(),
        }
    }

    /// The keys that sign; `None` when the queue was closed before they could be read.
    async fn signer(&self) -> Option<Arc<Signer>> {
        loop {
            match self.shared.keychain.signer().await {
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

    /// Holds the issue, and lets go of the delivery.
    async fn hold(&self, key: DeliveryKey, reason: &str) {
        tracing::error!(
            issue = key.issue,
            reason,
            "the issue is held: a mail of it cannot be made"
        );
        if let Err(error) = self.set_held(key.issue, reason).await {
            tracing::error!(%error, issue = key.issue, "the issue could not be held");
        }
        if self.recorder.start(key, None).await == Permission::Started {
            // Resumed in this very moment, or not held: somebody else may try.
            let now = self.shared.clock.now();
            self.recorder
                .finish(Outcome {
                    key,
                    state: DeliveryState::Queued,
                    at: now,
                    next: Some(now.plus(self.shared.settings.trouble_wait)),
                    counts: 0,
                    class: None,
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
}

/// The mail with its signatures, before dots are doubled for the wire. That is a millisecond of
/// computing for each mail, so it happens beside the connections, on all cores.
async fn sign(signer: Arc<Signer>, mail: Vec<u8>) -> Result<Vec<u8>, CannotSign> {
    if signer.is_empty() {
        return Ok(mail);
    }
    let signing = tokio::task::spawn_blocking(move || signer.signed(mail));
    signing.await.unwrap_or(Err(CannotSign))
}
