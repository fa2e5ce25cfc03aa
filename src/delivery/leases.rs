//! Keeps an engine's own leases, and takes over those of workers that are gone.
//!
//! A worker is gone when its process has ended on this machine ([`worker_name::has_ended`]), or when
//! both are true:
//!
//! - its leases have run out by the clock of the database, or end so far ahead that a clock must
//!   have been wrong, and
//! - this engine has watched them for the length of a lease and saw none renewed.
//!
//! The watch begins anew with the engine, and after an interruption, e.g. a database that could not be
//! reached: meanwhile nobody could renew, and a worker that lives may have results in hand.

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
/// Clocks of nodes may differ by so much; a wait that is longer by more was written by a clock that
/// was wrong.
const TOLERATED_SKEW: Duration = crate::clock::TOLERATED_SKEW;

/// The leases of one engine, and the watch over those of others.
pub(super) struct Leases {
    context: Arc<EngineContext>,
    /// The name our leases carry.
    worker: Arc<str>,
    /// No two leases end at the same instant: they are told apart by it.
    last_until: Timestamp,
    watch: Watch,
    /// When to renew, and when to look after others, on [`crate::clock::Clock::elapsed`].
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

    /// When [`Self::keep`] has something to do again.
    pub(super) fn due_at(&self) -> Duration {
        self.renew_at.min(self.look_at)
    }

    /// The ledger could not be reached.
    pub(super) fn interrupted(&mut self) {
        self.watch.forget();
    }

    /// Renews our leases and takes over those of workers that are gone, where that is due. `idle` is
    /// whether this engine has none in hand.
    pub(super) async fn keep(&mut self, idle: bool) -> Result<(), StoreError> {
        let elapsed = self.context.clock.elapsed();
        let third = self.context.settings.lease_for / 3;
        // Ours first: after an interruption others are to see that we live.
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

    /// When a lease ends that is taken or renewed in this transaction: by the clock that all nodes
    /// share, at an instant of its own.
    pub(super) async fn fresh_until(&mut self, tx: &mut Tx) -> Result<Timestamp, StoreError> {
        let lease = self.context.settings.lease_for;
        let until = self.shared_now(tx).await?.plus(lease);
        self.last_until = later(self.last_until, until, lease);
        Ok(self.last_until)
    }

    /// The present by the database's clock. SQLite's is that of this machine.
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
        // What we hold and have forgotten is taken over as well, once we are idle.
        holders.retain(|holder| idle || *holder.worker != *self.worker);
        let watched = self.watch.look(clock.elapsed(), &holders);
        for (holder, watched) in holders.into_iter().zip(watched) {
            let ended = worker_name::has_ended(&holder.worker);
            let gone = ended || (watched && has_run_out(&holder, shared_now));
            if !gone {
                continue;
            }
            // Of a process that has ended, whatever it was seen to hold and has renewed since.
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

    /// Ends and reopens what a late result has left behind, and makes due what a clock that was
    /// ahead has put off too far.
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
        // Twice the longest wait, for what is added so that not all come back together.
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
                    "mails waited longer than any wait is: a clock was ahead when they were put off; they are due now. Check that clocks are synchronised"
                );
            }
        }
        Ok(())
    }
}

/// Whether the leases of a worker have run out, or end so far ahead that a clock must have been wrong.
fn has_run_out(holder: &Holder, shared_now: Timestamp) -> bool {
    let too_far = holder.until > shared_now.plus(LONGEST_LEASE + TOLERATED_SKEW);
    if too_far {
        tracing::warn!(
            until = %holder.until,
            "leases end further ahead than any lease is long: the clock of the database, or of this machine, was wrong; check that clocks are synchronised"
        );
    }
    too_far || holder.until <= shared_now
}

/// `until`, or just after `last`, so that both differ. A `last` that lies a lease further ahead comes
/// from a clock that was wrong, and is not followed.
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
        "took over deliveries of a worker that is gone: not begun, begun and sent again, begun and left for a person"
    );
}

/// Since when the leases of each worker were seen unchanged, on a clock that does not jump.
struct Watch {
    /// How long a lease is.
    lease: Duration,
    seen: HashMap<String, (Timestamp, Duration)>,
    /// The last look.
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

    /// Begins anew with everybody.
    fn forget(&mut self) {
        self.seen.clear();
    }

    /// For each of the holders at `elapsed`, whether its leases were seen unchanged for the length
    /// of a lease. Looks are a third of a lease apart; one that is later by as much again comes after
    /// an interruption.
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
    fn after_an_interruption_the_watch_begins_anew() {
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
    fn the_end_of_a_lease_follows_a_clock_that_is_put_right() {
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
