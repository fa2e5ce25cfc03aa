//! Sends approved issues when they are due: checks once more that what is stored is what was
//! approved, and freezes the audience. From then on `delivery` sends.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::Notify;

use super::job::{Job, Report, Run};
use crate::config::units::say_duration;
use crate::delivery::Waker;
use crate::digest::MailContext;
use crate::digest::release::{self, ReleaseError};
use crate::domain::issue::IssueState;
use crate::domain::schedule::{self, Due};
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::Frozen;
use crate::store::issue::Issue;
use crate::store::{self, Db, Tx};

use super::schedule::hold_issue;

/// The job.
#[derive(Clone)]
pub struct SendDue {
    db: Db,
    mail_context: MailContext,
    every: Duration,
    /// Notified when an issue was composed that may be due at once.
    wake: Arc<Notify>,
    /// The engine of this process, woken when an issue goes out.
    engine: Option<Waker>,
}

/// What became of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Its audience is frozen and waits in the ledger.
    Frozen {
        /// Its row.
        issue: i64,
        /// For how many.
        audience: Frozen,
    },
    /// It is held, with this reason.
    Held {
        /// Its row.
        issue: i64,
        /// What is said to the team.
        reason: String,
    },
    /// It was not approved (any more); nothing was done.
    NotApproved {
        /// Its row.
        issue: i64,
    },
}

impl SendDue {
    /// The job over this database.
    pub fn new(db: Db, mail_context: MailContext) -> Self {
        Self {
            db,
            mail_context,
            every: Duration::from_secs(15),
            wake: Arc::default(),
            engine: None,
        }
    }

    /// Runs at this period.
    #[must_use]
    pub fn every(self, every: Duration) -> Self {
        Self { every, ..self }
    }

    /// Wakes this engine when an issue goes out.
    #[must_use]
    pub fn waking(self, engine: Option<Waker>) -> Self {
        Self { engine, ..self }
    }

    /// Notified, it runs at once.
    pub(super) fn woken_by(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// Sends every approved issue whose time has come. An issue that fails does not keep the others
    /// waiting; the first error is returned at the end.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Sent>> {
        let (sent, error) = self.attempt(now).await?;
        error.map_or(Ok(sent), Err)
    }

    /// What became of the issues, and the first error of one.
    async fn attempt(&self, now: Timestamp) -> anyhow::Result<(Vec<Sent>, Option<anyhow::Error>)> {
        let approved =
            store::issue::in_state(&mut self.db.read().await?, IssueState::Approved).await?;
        let mut sent = Vec::new();
        let mut first_error = None;
        for issue in approved {
            let Some(send_at) = issue.send_at.filter(|at| *at <= now) else {
                continue;
            };
            let outcome = self.send_one(&issue, send_at, now).await;
            match outcome.with_context(|| format!("issue {}", issue.id)) {
                Ok(outcome) => sent.push(outcome),
                Err(error) => {
                    first_error.get_or_insert(error);
                }
            }
        }
        Ok((sent, first_error))
    }

    /// Sends an issue that is due, or holds it if its time was missed.
    async fn send_one(
        &self,
        issue: &Issue,
        send_at: Timestamp,
        now: Timestamp,
    ) -> anyhow::Result<Sent> {
        let mut tx = self.db.begin().await?;
        // Approved late by a person, it goes out at once; forgotten by a service that stood still,
        // it is looked at first.
        let ready = issue.released_at.map_or(send_at, |at| at.max(send_at));
        let newsletter = store::newsletter::by_id(&mut tx, issue.newsletter).await?;
        let catch_up = newsletter
            .map(|one| one.settings.catch_up)
            .unwrap_or_default();
        let outcome = if schedule::due(ready, now, catch_up) == Due::Missed {
            let reason = format!(
                "its time was missed by {}, longer than the {} within which a missed slot is made up for; look at the issue, then send or cancel it",
                say_duration(now.since(ready)),
                say_duration(catch_up)
            );
            hold(&mut tx, issue, reason, now).await?
        } else {
            send(&mut tx, &self.mail_context, issue, now).await?
        };
        tx.commit().await?;
        Ok(outcome)
    }
}

impl Job for SendDue {
    fn name(&self) -> &'static str {
        "send-due"
    }

    fn about(&self) -> &'static str {
        "sends approved issues whose time has come"
    }

    fn period(&self) -> Duration {
        self.every
    }

    fn wake(&self) -> Option<Arc<Notify>> {
        Some(self.woken_by())
    }

    fn run(&self, now: Timestamp) -> Run<'_> {
        Box::pin(async move {
            let (sent, error) = self.attempt(now).await?;
            let goes_out = |one: &&Sent| matches!(one, Sent::Frozen { .. });
            let going = sent.iter().filter(goes_out).count();
            if let Some(engine) = self.engine.as_ref().filter(|_| going > 0) {
                engine.wake();
            }
            if let Some(error) = error {
                return Err(error);
            }
            let held = sent.iter().filter(|one| matches!(one, Sent::Held { .. }));
            Ok(match (going, held.count()) {
                (0, 0) => Report::nothing(),
                (going, held) => Report::did(format!("began to send {going} issues, held {held}")),
            })
        })
    }
}

/// Freezes the audience of an approved issue now, or holds it if its approval is invalidated. Also for
/// `issue send`.
pub async fn send(
    tx: &mut Tx,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) -> anyhow::Result<Sent> {
    let id = issue.id;
    // Read again in this transaction: somebody may have changed it.
    let Some(issue) = store::issue::by_id(tx, id)
        .await?
        .filter(|issue| issue.state == IssueState::Approved)
    else {
        return Ok(Sent::NotApproved { issue: id });
    };
    let missing = mail_context.missing_imprint();
    if !missing.is_empty() {
        return hold(tx, &issue, ReleaseError::Imprint(missing).to_string(), now).await;
    }
    if let Err(invalidated) = release::load(tx, &issue).await? {
        return hold(tx, &issue, invalidated.to_string(), now).await;
    }
    let Some(audience) = store::delivery::freeze(tx, id, now).await? else {
        return Ok(Sent::NotApproved { issue: id });
    };
    tracing::info!(
        issue = id,
        number = issue.number,
        recipients = audience.queued,
        nothing_in_it = audience.skipped,
        "an issue goes out"
    );
    if audience.queued == 0 {
        store::issue::finish_done(tx, now).await?; // nobody would ever finish it
    }
    Ok(Sent::Frozen {
        issue: id,
        audience,
    })
}

async fn hold(tx: &mut Tx, issue: &Issue, reason: String, now: Timestamp) -> anyhow::Result<Sent> {
    Ok(if hold_issue(tx, issue, &reason, now).await? {
        Sent::Held {
            issue: issue.id,
            reason,
        }
    } else {
        Sent::NotApproved { issue: issue.id }
    })
}
