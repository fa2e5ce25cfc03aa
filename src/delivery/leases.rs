//! Renews an engine's own leases, and takes over those of workers that are gone.
//!
//! A worker is gone when its process has ended on this machine ([`worker_name::has_ended`]), or when
//! both are true:
//!
//! - its leases have expired by the database's clock, or end so far ahead that a clock must have
//!   been wrong, and
//! - this engine has watched them for the length of a lease and none was renewed.
//!
//! The watch restarts with the engine and after an interruption, e.g. when the database could not
//! be reached: nobody could renew then, and a live worker may hold results.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::context::EngineContext;
use super::worker_name;
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::store::lease::{self, Holder, Reconciled, TakenOver};
use crate::store::{self, StoreError, Tx};

/// No node's leases are longer: the largest value of `delivery.lease_for`.
const LONGEST_LEASE: Duration = Duration::from_hours(1);
/// Clocks of nodes may differ by this much; a wait that is longer by more was written by a wrong
/// clock.
const TOLERATED_SKEW: Duration = crate::clock::TOLERATED_SKEW;

/// The leases of one engine, and its watch over other workers' leases.
pub(super) struct Leases {
    context: Arc<EngineContext>,
    /// The worker name in our leases.
    worker: Arc<str>,
    /// No two leases end at the same instant: it identifies them.
    last_until: Timestamp,
    watch: Watch,
    /// When to renew, and when to check other workers, on [`crate::clock::Clock::elapsed`].
    renew_at: Duration,
    look_at: Duration,
}

impl Leases {
    pub(super) fn new(context: Arc<EngineContext>, worker: Arc<str>) -> Self {
        let elapsed = context.clock.elapsed();
        let lease = context.settings.lease_for;
        Self {
            last_until: Timestamp::from_micros(0),
            watch: Watch::new(lease),
            renew_at: elapsed + lease / 3,
            look_at: elapsed,
            context,
            worker,
        }
    }

    /// When [`Self::keep`] has work again.
    pub(super) fn due_at(&self) -> Duration {
        self.renew_at.min(self.look_at)
    }

    /// The ledger could not be reached.
    pub(super) fn interrupted(&mut self) {
        self.watch.forget();
    }

    /// Renews our leases and takes over those of workers that are gone, where due. `idle`: this
    /// engine holds no deliveries.
    pub(super) async fn keep(&mut self, idle: bool) -> Result<(), StoreError> {
        let elapsed = self.context.clock.elapsed();
        let third = self.context.settings.lease_for / 3;
        // Ours first: after an interruption, other nodes must see that we live.
        if elapsed >= self.renew_at {
            if !idle {
                self.renew().await?;
            }
            self.renew_at = elapsed + third;
        }
        if elapsed >= self.look_at {
            self.take_over(idle).await?;
            self.reconcile().await?;
            self.look_at = elapsed + third;
        }
        Ok(())
    }

    /// The end of a lease taken or renewed in this transaction: a unique instant on the clock that
    /// all nodes share.
    pub(super) async fn fresh_until(&mut self, tx: &mut Tx) -> Result<Timestamp, StoreError> {
        let lease = self.context.settings.lease_for;
        let until = self.shared_now(tx).await?.plus(lease);
        self.last_until = later(self.last_until, until, lease);
        Ok(self.last_until)
    }

    /// The current time of the database's clock; with SQLite, that of this machine.
    async fn shared_now(&self, tx: &mut Tx) -> Result<Timestamp, StoreError> {
        let server = store::server_time(tx).await?;
        Ok(server.unwrap_or_else(|| self.context.clock.now()))
    }

    async fn renew(&mut self) -> Result<(), StoreError> {
        let mut tx = self.context.db.begin().await?;
        let until = self.fresh_until(&mut tx).await?;
        lease::renew(&mut tx, &self.worker, until).await?;
        tx.commit().await
    }

    async fn take_over(&mut self, idle: bool) -> Result<(), StoreError> {
        let clock = &self.context.clock;
        let mut tx = self.context.db.begin().await?;
        let mut holders = lease::holders(&mut tx).await?;
        let shared_now = self.shared_now(&mut tx).await?;
        tx.commit().await?;
        // Our own rows that we lost track of are taken over too, once we are idle.
        holders.retain(|holder| idle || *holder.worker != *self.worker);
        let watched = self.watch.look(clock.elapsed(), &holders);
        for (holder, watched) in holders.into_iter().zip(watched) {
            let ended = worker_name::has_ended(&holder.worker);
            let gone = ended || (watched && has_run_out(&holder, shared_now));
            if !gone {
                continue;
            }
            // For an ended process: every lease it held, renewed since or not.
            let until = if ended {
                Timestamp::from_micros(i64::MAX)
            } else {
                holder.until
            };
            // One transaction each, so that no lock is held for long.
            let mut tx = self.context.db.begin().await?;
            let found = lease::take_over(&mut tx, &holder.worker, until, clock.now()).await?;
            tx.commit().await?;
            tell(found);
        }
        Ok(())
    }

    /// Closes or reopens issues after late results, and makes deliveries due that a fast clock
    /// postponed too far.
    async fn reconcile(&self) -> Result<(), StoreError> {
        let settings = &self.context.settings;
        let now = self.context.clock.now();
        let mut tx = self.context.db.begin().await?;
        let Reconciled { reopened, .. } = lease::reconcile(&mut tx, now).await?;
        tx.commit().await?;
        for issue in reopened {
            tracing::warn!(
                issue,
                "the issue is sending again: a mail that was uncertain turned out not to have been accepted"
            );
        }
        // Twice the longest wait, because of the random spread added to waits.
        let longest = 2 * settings.retry_longest.max(settings.transport_error_wait);
        let latest = now.plus(longest + TOLERATED_SKEW);
        let mut conn = self.context.db.read().await?;
        let sending = store::issue::in_state(&mut conn, IssueState::Sending).await?;
        drop(conn);
        for issue in sending {
            let mut tx = self.context.db.begin().await?;
            let mails = lease::distrust_waits(&mut tx, issue.id, latest, now).await?;
            tx.commit().await?;
            if mails > 0 {
                tracing::warn!(
                    issue = issue.id,
                    mails,
                    "mails were postponed further than the longest wait, by a clock that was ahead; they are due now. Check that clocks are synchronised"
                );
            }
        }
        Ok(())
    }
}

/// Whether the leases of a worker have expired, or end so far ahead that a clock must have been
/// wrong.
fn has_run_out(holder: &Holder, shared_now: Timestamp) -> bool {
    let too_far = holder.until > shared_now.plus(LONGEST_LEASE + TOLERATED_SKEW);
    if too_far {
        tracing::warn!(
            until = %holder.until,
            "leases end further ahead than the longest lease: the clock of the database or of this machine was wrong; check that clocks are synchronised"
        );
    }
    too_far || holder.until <= shared_now
}

/// `until`, or just after `last`, so that they differ. A `last` that is a lease further ahead came
/// from a wrong clock and is ignored.
fn later(last: Timestamp, until: Timestamp, lease: Duration) -> Timestamp {
    if last > until.plus(lease) {
        return until;
    }
    until.max(last.plus(Duration::from_micros(1)))
}

fn tell(found: TakenOver) {
    if found == TakenOver::default() {
        return;
    }
    let TakenOver {
        requeued,
        resent,
        held,
    } = found;
    tracing::warn!(
        requeued,
        resent,
        held,
        "took over deliveries of a worker that is gone: not started, started and sent again, started and left for a person"
    );
}

/// Since when each worker's leases have been unchanged, on a monotonic clock.
struct Watch {
    /// How long a lease is.
    lease: Duration,
    seen: HashMap<String, (Timestamp, Duration)>,
    /// The last check.
    last: Option<Duration>,
}

impl Watch {
    fn new(lease: Duration) -> Self {
        Self {
            lease,
            seen: HashMap::new(),
            last: None,
        }
    }

    /// Restarts the watch for every worker.
    fn forget(&mut self) {
        self.seen.clear();
    }

    /// For each holder at `elapsed`, whether its leases have been unchanged for the length of a
    /// lease. Checks are a third of a lease apart; one that is another third late follows an
    /// interruption.
    fn look(&mut self, elapsed: Duration, holders: &[Holder]) -> Vec<bool> {
        let gap = elapsed.saturating_sub(self.last.unwrap_or(elapsed));
        if gap > self.lease * 2 / 3 {
            self.forget();
        }
        self.last = Some(elapsed);
        let seen = std::mem::take(&mut self.seen);
        holders
            .iter()
            .map(|holder| {
                let before = seen.get(&holder.worker);
                let unchanged = before.filter(|(until, _)| *until == holder.until);
                let since = unchanged.map_or(elapsed, |(_, since)| *since);
                self.seen
                    .insert(holder.worker.clone(), (holder.until, since));
                elapsed.saturating_sub(since) >= self.lease
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEASE: Duration = Duration::from_mins(2);

    fn secs(secs: u64) -> Duration {
        Duration::from_secs(secs)
    }

    fn holder(until: i64) -> [Holder; 1] {
        [Holder {
            worker: "w".to_owned(),
            until: Timestamp::from_micros(until),
        }]
    }

    #[test]
    fn a_worker_that_does_not_renew_is_gone_after_a_lease() {
        let mut watch = Watch::new(LEASE);
        let looks: Vec<_> = [0, 40, 80, 119, 120]
            .map(|at| watch.look(secs(at), &holder(7))[0])
            .into();
        assert_eq!(looks, [false, false, false, false, true]);
        assert_eq!(watch.look(secs(121), &holder(8)), [false], "renewed");
        assert_eq!(watch.look(secs(160), &holder(8)), [false]);
    }

    #[test]
    fn the_watch_restarts_after_an_interruption() {
        let mut watch = Watch::new(LEASE);
        for at in [0, 40, 80] {
            watch.look(secs(at), &holder(7));
        }
        // The database was away for five minutes: nobody could renew.
        assert_eq!(watch.look(secs(380), &holder(7)), [false]);
        assert_eq!(watch.look(secs(420), &holder(7)), [false]);
        watch.look(secs(460), &holder(7));
        watch.forget(); // it failed at once, several times
        assert_eq!(watch.look(secs(500), &holder(7)), [false]);
        assert_eq!(watch.look(secs(540), &holder(7)), [false]);
        assert_eq!(watch.look(secs(580), &holder(7)), [false]);
        assert_eq!(watch.look(secs(620), &holder(7)), [true]);
    }

    #[test]
    fn lease_ends_follow_a_corrected_clock() {
        let at = |secs| Timestamp::from_micros(0).plus(Duration::from_secs(secs));
        let micro = Duration::from_micros(1);
        assert_eq!(later(at(0), at(120), LEASE), at(120));
        assert_eq!(later(at(120), at(120), LEASE), at(120).plus(micro));
        assert_eq!(later(at(125), at(120), LEASE), at(125).plus(micro));
        assert_eq!(
            later(at(3720), at(120), LEASE),
            at(120),
            "it was an hour ahead"
        );
    }
}
