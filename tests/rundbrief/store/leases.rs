//! Leases of several workers: results after a take-over, the clock, and no deadlocks.

use std::time::Duration;

use rundbrief::domain::delivery::{DeliveryKey, DeliveryState, OnUncertain};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::store::lease::{self as leases, TakenOver};
use rundbrief::store::ledger::Ledger;
use rundbrief::store::{self, Db};

use super::ledger::{approved, finish, frozen, lease, outcome, start, states};
use super::{HOUR, monday, open, settings, subscribed, topics};

/// A frozen issue of a newsletter with this policy and this many readers.
async fn issue(db: &Db, policy: OnUncertain, readers: u32) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let mut with = settings("region", topics(&[1]));
    with.on_uncertain = policy;
    let region = store::newsletter::add(&mut tx, &with, monday())
        .await
        .expect("add")
        .id;
    tx.commit().await.expect("commit");
    for n in 0..readers {
        let reader = format!("s{n}@x.example");
        subscribed(db, region, &reader, Language::De, topics(&[1])).await;
    }
    let issue = approved(db, region, topics(&[1]), false).await;
    frozen(db, issue).await;
    issue
}

async fn take_over(db: &Db, worker: &str) -> TakenOver {
    let mut tx = db.begin().await.expect("begin");
    let all = Timestamp::from_micros(i64::MAX);
    let found = leases::take_over(&mut tx, worker, all, monday())
        .await
        .expect("take over");
    tx.commit().await.expect("commit");
    found
}

async fn attempts(db: &Db, issue: i64) -> Vec<i64> {
    let mut conn = db.read().await.expect("read");
    let rows = store::delivery::of_issue(&mut conn, issue, None, 0, 100)
        .await
        .expect("rows");
    rows.iter().map(|row| row.attempts).collect()
}

on_both_databases! {
    /// Its leases expired while the database was down; it is alive and knows the results of its
    /// mails.
    async fn a_late_result_is_accepted_until_another_worker_claims_the_delivery(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Resend, 3).await;
        let keys = lease(&db, issue, "alive", monday()).await;
        assert_eq!(start(&db, &keys, "alive").await, keys);
        assert_eq!(take_over(&db, "alive").await, TakenOver { resent: 3, ..TakenOver::default() });
        assert_eq!(states(&db, issue).await, [(DeliveryState::Queued, 3)]);
        assert_eq!(finish(&db, &[outcome(keys[0], DeliveryState::Sent)], "somebody else").await, 0);
        assert_eq!(finish(&db, &[outcome(keys[0], DeliveryState::Sent)], "alive").await, 1, "nobody has it");
        // Temporary refusal: now it waits because of its own result, which is not written twice.
        let refused = [outcome(keys[1], DeliveryState::Queued)];
        assert_eq!(finish(&db, &refused, "alive").await, 1);
        assert_eq!(finish(&db, &refused, "alive").await, 0);
        assert_eq!(lease(&db, issue, "other", monday()).await, [keys[2]]);
        assert_eq!(finish(&db, &[outcome(keys[2], DeliveryState::Sent)], "alive").await, 0, "another has it");
        assert_eq!(states(&db, issue).await,
            [(DeliveryState::Leased, 1), (DeliveryState::Queued, 1), (DeliveryState::Sent, 1)]);
        assert_eq!(attempts(&db, issue).await, [1; 3]);
    }

    /// Claimed deliveries that were not started are queued at once: their worker cannot start them
    /// any more.
    async fn unstarted_deliveries_are_released_by_a_take_over(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Resend, 2).await;
        let keys = lease(&db, issue, "w", monday()).await;
        assert_eq!(take_over(&db, "w").await.requeued, 2);
        assert_eq!(start(&db, &keys, "w").await, []);
        assert_eq!(lease(&db, issue, "w", monday()).await, keys, "and it may claim them again");
    }

    /// The policy `resend` also applies to a held issue, which may be resumed later.
    async fn a_held_issue_sends_again_what_a_crash_left(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Resend, 1).await;
        let keys = lease(&db, issue, "dead", monday()).await;
        start(&db, &keys, "dead").await;
        let mut tx = db.begin().await.expect("begin");
        let (from, to) = (IssueState::Sending, IssueState::Held);
        assert!(store::issue::set_state(&mut tx, issue, from, to, None, monday()).await.expect("held"));
        tx.commit().await.expect("commit");
        assert_eq!(take_over(&db, "dead").await, TakenOver { resent: 1, ..TakenOver::default() });
    }

    /// A mail that was *uncertain* when its issue ended turns out not to have been accepted.
    async fn a_late_refusal_reopens_a_sent_issue(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Hold, 2).await;
        let keys = lease(&db, issue, "alive", monday()).await;
        start(&db, &keys, "alive").await;
        assert_eq!(take_over(&db, "alive").await.held, 2);
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::issue::finish_done(&mut tx, monday()).await.expect("finish"), [issue]);
        tx.commit().await.expect("commit");
        let late = [outcome(keys[0], DeliveryState::Sent), outcome(keys[1], DeliveryState::Queued)];
        assert_eq!(finish(&db, &late, "alive").await, 2);
        let mut tx = db.begin().await.expect("begin");
        let found = leases::reconcile(&mut tx, monday().plus(HOUR)).await.expect("reconcile");
        assert_eq!(found.reopened, [issue], "otherwise the queued one would never be sent");
        let stored = store::issue::by_id(&mut tx, issue).await.expect("by id").expect("there");
        assert_eq!((stored.state, stored.finished_at), (IssueState::Sending, None));
        assert_eq!(leases::reconcile(&mut tx, monday().plus(HOUR)).await.expect("reconcile").reopened, [] as [i64; 0]);
        tx.commit().await.expect("commit");
        let again = lease(&db, issue, "other", monday().plus(3 * HOUR)).await;
        assert_eq!(again, keys[1..]);
        start(&db, &again, "other").await;
        finish(&db, &[outcome(keys[1], DeliveryState::Sent)], "other").await;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::issue::finish_done(&mut tx, monday()).await.expect("finish"), [issue]);
        assert_eq!(leases::reconcile(&mut tx, monday().plus(HOUR)).await.expect("reconcile").reopened, [] as [i64; 0]);
    }

    /// A clock that was two days ahead has postponed a mail until then.
    async fn waits_beyond_the_longest_wait_are_ignored(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Resend, 2).await;
        let keys = lease(&db, issue, "w", monday()).await;
        start(&db, &keys, "w").await;
        let mut far = outcome(keys[0], DeliveryState::Queued);
        far.next = Some(monday().plus(48 * HOUR));
        finish(&db, &[far, outcome(keys[1], DeliveryState::Queued)], "w").await;
        let mut tx = db.begin().await.expect("begin");
        let late = leases::distrust_waits(&mut tx, issue, monday().plus(9 * HOUR), monday()).await;
        assert_eq!(late.expect("distrusted"), 1, "two hours are a normal wait");
        tx.commit().await.expect("commit");
        assert_eq!(lease(&db, issue, "w", monday()).await, keys[..1]);
    }

    /// All nodes use the server's clock; SQLite runs in the process and uses its clock.
    async fn nodes_on_one_server_share_its_clock(database: &Database) {
        let db = open(database).await;
        let mut conn = db.read().await.expect("read");
        let time = store::server_time(&mut conn).await.expect("the time");
        let here = rundbrief::clock::Clock::system().now();
        let close = time.is_some_and(|time| time.since(here).max(here.since(time)) < Duration::from_mins(1));
        assert_eq!(close, database.is_postgres(), "{time:?}");
    }

    /// Statements that lock many rows (group commit, take-over, release, cancel) use one order;
    /// otherwise they could deadlock.
    async fn statements_that_lock_many_rows_never_deadlock(database: &Database) {
        let db = open(database).await;
        let issue = issue(&db, OnUncertain::Resend, 400).await;
        let mut at = 0;
        for round in 0..12_u64 {
            let mut keys: Vec<DeliveryKey> = Vec::new();
            for part in 0..4 {
                // Claimed in parts, so that the table stores them in another order than their keys.
                let mut tx = db.begin().await.expect("begin");
                at += 1;
                let until = monday().plus(Duration::from_micros(at));
                let part = leases::lease(&mut tx, issue, "w", monday().plus(HOUR), until, 100 + part).await;
                tx.commit().await.expect("commit");
                keys.extend(part.expect("lease").into_iter().map(|one| one.key));
            }
            if round % 2 == 0 {
                keys.reverse();
            }
            let writing = {
                let (db, keys) = (db.clone(), keys.clone());
                tokio::spawn(async move {
                    let mut ledger = Ledger::open(&db).await?;
                    for (n, some) in keys.chunks(100).enumerate() {
                        let now = monday().plus(Duration::from_millis(1000 * round + n as u64 + 1));
                        let started = ledger.record(&[].into(), some, "w", now).await?.started;
                        let sent: Vec<_> = started.iter().map(|key| {
                            let mut again = outcome(*key, DeliveryState::Queued);
                            again.next = Some(monday());
                            again
                        }).collect();
                        let now = now.plus(Duration::from_micros(500));
                        ledger.record(&sent.into(), &[], "w", now).await?;
                    }
                    Ok::<_, store::StoreError>(())
                })
            };
            let others = [0, 1, 2].map(|other| {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut tx = db.begin().await?;
                    let all = Timestamp::from_micros(i64::MAX);
                    match other {
                        0 => { leases::release_unstarted(&mut tx, issue, "w", monday()).await?; }
                        1 => { leases::take_over(&mut tx, "w", all, monday()).await?; }
                        _ => { leases::reconcile(&mut tx, monday()).await?; }
                    }
                    tx.commit().await
                })
            });
            for other in others {
                other.await.expect("no panic").expect("no deadlock");
            }
            writing.await.expect("no panic").expect("no deadlock");
            take_over(&db, "w").await;
        }
        assert_eq!(states(&db, issue).await, [(DeliveryState::Queued, 400)]);
    }
}

/// A worker whose delivery was taken over while it was silent may have a mail in flight: it does
/// not claim that delivery again meanwhile.
mod a_worker_waits_for_its_own_result {
    use super::*;
    use crate::harness::Database;

    #[test]
    #[ignore = "needs a PostgreSQL server: scripts/test postgres"]
    fn postgres() {
        crate::harness::on(Database::postgres, async |database| {
            let db = open(database).await;
            let issue = issue(&db, OnUncertain::Resend, 1).await;
            let keys = lease(&db, issue, "alive", monday()).await;
            start(&db, &keys, "alive").await;
            assert_eq!(take_over(&db, "alive").await.resent, 1);
            assert_eq!(lease(&db, issue, "alive", monday()).await, []);
            assert_eq!(lease(&db, issue, "other", monday()).await, keys);
        });
    }
}
