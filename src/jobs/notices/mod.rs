//! Sends notices: mails to one person that are not issues.
//!
//! Each [`Lane`] has its own senders, and each sender its own connection, separate from those of
//! issues. So a confirmation waits only for the confirmations before it. An [`attempt`] is: start
//! (durable before anything is sent to the relay), build, sign, send, record. After a crash a
//! notice is sent again with the same Message-ID.

mod attempt;
mod content;
mod retry;
pub mod watch;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

pub use attempt::Did;

use crate::clock::Clock;
use crate::delivery::Relays;
use crate::delivery::signing::Keychain;
use crate::digest::MailContext;
use crate::domain::address::Address;
use crate::domain::notice::Lane;
use crate::domain::token::Keyring;
use crate::shutdown::Shutdown;
use crate::store::Db;

/// How often each sender polls its lane: for retries, and for notices of other nodes.
const POLL: Duration = Duration::from_secs(1);

impl Lane {
    /// How many notices of this lane are sent concurrently.
    const fn senders(self) -> u32 {
        match self {
            Self::Urgent => 4,
            Self::Normal => 2,
            Self::Bulk => 1,
        }
    }
}

/// The sender of notices.
pub struct Notices {
    db: Db,
    clock: Clock,
    mail_context: MailContext,
    keyring: Keyring,
    relays: Relays,
    sender: (String, Address),
    keychain: Keychain,
    /// The zone of times in mails to staff.
    zone: chrono_tz::Tz,
}

impl Notices {
    /// Sends the notices of this database; `sender` is [`crate::config::Config::system_sender`].
    pub fn new(
        db: Db,
        clock: Clock,
        mail_context: MailContext,
        keyring: Keyring,
        relays: impl Into<Relays>,
        sender: (String, Address),
    ) -> Self {
        Self {
            db,
            clock,
            mail_context,
            keyring,
            relays: relays.into(),
            sender,
            keychain: Keychain::none(),
            zone: chrono_tz::Tz::Europe__Berlin,
        }
    }

    /// Signs its mails with the keys of this keychain.
    #[must_use]
    pub fn signing(self, keychain: Keychain) -> Self {
        Self { keychain, ..self }
    }

    /// Writes times in mails to staff in this zone.
    #[must_use]
    pub const fn in_zone(mut self, zone: chrono_tz::Tz) -> Self {
        self.zone = zone;
        self
    }

    /// Sends everything that is due, one after the other, urgent ones first; stops early if the
    /// relay fails. For callers that do not [`run`](Self::run).
    pub async fn send_due(&self) -> anyhow::Result<Vec<Did>> {
        let mut done = Vec::new();
        for lane in Lane::ALL {
            while let Some((did, relay_failed)) = self.attempt(*lane).await? {
                done.push(did);
                if relay_failed {
                    return Ok(done); // the others would fail too
                }
            }
        }
        Ok(done)
    }

    /// Sends notices until asked to stop; an attempt is always finished. `posted` is notified when
    /// somebody has submitted the form.
    pub async fn run(self: &Arc<Self>, shutdown: &Shutdown, posted: &Arc<Notify>) {
        let mut senders = JoinSet::new();
        for lane in Lane::ALL {
            for index in 0..lane.senders() {
                // Staggered, so that a lane is polled several times a second.
                let offset = POLL * index / lane.senders();
                let (notices, shutdown, posted) =
                    (Arc::clone(self), shutdown.clone(), Arc::clone(posted));
                senders.spawn(async move { notices.work(*lane, offset, &shutdown, &posted).await });
            }
        }
        while let Some(ended) = senders.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a sender of notices has stopped because of a bug; please report it");
            }
        }
    }

    /// One sender of a lane.
    async fn work(&self, lane: Lane, offset: Duration, shutdown: &Shutdown, posted: &Notify) {
        let mut failures = 0_u64;
        shutdown.unless_asked(self.clock.sleep(offset)).await;
        while !shutdown.is_asked() {
            match self.attempt(lane).await {
                Ok(Some((_, false))) => {
                    failures = 0;
                    continue; // there may be more
                }
                Ok(_) => failures = 0,
                Err(error) => {
                    failures += 1;
                    if failures.is_power_of_two() {
                        let error = format!("{error:#}");
                        tracing::error!(%lane, error, failures, "notices could not be sent; trying again");
                    }
                }
            }
            let pause = async {
                tokio::select! {
                    () = self.clock.sleep(POLL) => {}
                    () = posted.notified(), if lane == Lane::Urgent => {}
                }
            };
            shutdown.unless_asked(pause).await;
        }
    }
}
