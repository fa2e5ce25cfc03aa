//! What happens when: the schedule, and one file per recurring job.
//!
//! Each job has a `step(now)` that does what is due and says what it did; tests drive it with a
//! clock of their own. [`Jobs::run`] is the loop around them all; `cli::serve` starts it. Of several
//! nodes one [leads](leader): it alone looks at schedules and tidies; notices are sent by all.

pub mod expire_signups;
pub mod leader;
mod mails;
pub mod outbox;
pub mod schedule;
pub mod send_due;
pub mod tidy;

use std::time::Duration;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config;
use crate::delivery::Waker;
use crate::digest::MailContext;
use crate::domain::timestamp::Timestamp;
use crate::shutdown::Shutdown;
use crate::store::Db;

/// How often what is old is looked for.
const CLEAN_EVERY: Duration = Duration::from_hours(1);

/// How long a notice waits at most when nobody wakes the outbox.
const LOOK_INTO_OUTBOX: Duration = Duration::from_secs(2);

/// The recurring jobs of a worker.
pub struct Jobs {
    schedule: schedule::Schedule,
    send_due: send_due::SendDue,
    expire_signups: expire_signups::ExpireSignups,
    tidy: tidy::Tidy,
    outbox: outbox::Outbox,
    every: Duration,
    lease_for: Duration,
    /// Told when an issue goes out.
    sender: Option<Waker>,
}

impl Jobs {
    /// The jobs over this database.
    pub fn new(
        db: &Db,
        mail_context: &MailContext,
        outbox: outbox::Outbox,
        config: &config::Jobs,
    ) -> Self {
        Self {
            schedule: schedule::Schedule::new(db.clone(), mail_context.clone()),
            send_due: send_due::SendDue::new(db.clone(), mail_context.clone()),
            expire_signups: expire_signups::ExpireSignups::new(db.clone()),
            tidy: tidy::Tidy::new(db.clone()),
            outbox,
            every: config.every,
            lease_for: config.lease_for,
            sender: None,
        }
    }

    /// Wakes the engine of this process when an issue goes out, which else finds it by itself.
    #[must_use]
    pub fn waking(mut self, sender: Waker) -> Self {
        self.sender = Some(sender);
        self
    }

    /// Does what is due, again and again, until one is asked to stop; a step is always finished.
    /// `posted` wakes the outbox: somebody has just filled in the form.
    pub async fn run(&self, clock: &Clock, shutdown: &Shutdown, posted: &Notify) {
        let again = Loop { clock, shutdown };
        let leader = leader::Leader::new(self.schedule.db().clone(), clock.now(), self.lease_for);
        tokio::join!(
            self.notices(clock, shutdown, posted),
            again.every(leader.every(), "leader", async |now| {
                leader.step(now).await?;
                Ok(())
            }),
            again.every(self.every, "schedule", async |now| {
                if leader.step(now).await? {
                    self.issues(now).await?;
                }
                Ok(())
            }),
            again.every(CLEAN_EVERY, "clean", async |now| {
                if leader.step(now).await? {
                    self.clean(now).await?;
                }
                Ok(())
            }),
        );
        if let Err(error) = leader.release().await {
            tracing::warn!(%error, "the lease of the schedule could not be given back; it runs out by itself");
        }
    }

    async fn notices(&self, clock: &Clock, shutdown: &Shutdown, posted: &Notify) {
        while !shutdown.is_asked() {
            match self.outbox.step(clock.now()).await {
                Ok(did) if did.len() == outbox::BATCH => continue, // there may be more
                Ok(_) => {}
                Err(error) => failed("outbox", &error),
            }
            // Also without being woken: retries, and forms that another node has answered.
            let wait = tokio::time::timeout(LOOK_INTO_OUTBOX, posted.notified());
            shutdown.unless_asked(wait).await;
        }
    }

    /// Composes what is to be composed, then lets go what is due.
    async fn issues(&self, now: Timestamp) -> anyhow::Result<()> {
        let composed = self.schedule.step(now).await;
        let sent = self.send_due.step(now).await?;
        let goes_out = |one: &send_due::Sent| matches!(one, send_due::Sent::Frozen { .. });
        if let Some(sender) = self.sender.as_ref().filter(|_| sent.iter().any(goes_out)) {
            sender.wake();
        }
        composed.map(|_| ())
    }

    async fn clean(&self, now: Timestamp) -> anyhow::Result<()> {
        let expired = self.expire_signups.step(now).await?;
        if expired.signups > 0 {
            tracing::info!(
                signups = expired.signups,
                addresses = expired.subscribers,
                "removed what nobody confirmed"
            );
        }
        self.tidy.step(now).await?;
        Ok(())
    }
}

struct Loop<'a> {
    clock: &'a Clock,
    shutdown: &'a Shutdown,
}

impl Loop<'_> {
    async fn every(
        &self,
        span: Duration,
        job: &'static str,
        step: impl AsyncFn(Timestamp) -> anyhow::Result<()>,
    ) {
        while !self.shutdown.is_asked() {
            if let Err(error) = step(self.clock.now()).await {
                failed(job, &error);
            }
            self.shutdown.unless_asked(self.clock.sleep(span)).await;
        }
    }
}

/// Whatever it was: the next step begins from what the database says.
fn failed(job: &'static str, error: &anyhow::Error) {
    tracing::error!(
        job,
        error = format!("{error:#}"),
        "a job failed and is tried again"
    );
}
