//! The ledger: freezing, starting, recording, and the state after a crash.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use rundbrief::domain::delivery::{DeliveryKey, DeliveryState, FailureClass, OnUncertain};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::delivery::{self, Frozen};
use rundbrief::store::lease::{Holder, TakenOver};
use rundbrief::store::ledger::{Ledger, Outcome, Recorded};
use rundbrief::store::{self, Db};

use super::issues::draft;
use super::{DAY, HOUR, address, monday, newsletter, open, settings, subscribed, topics};

/// An approved issue of a newsletter about topics 1 and 2.
pub async fn approved(db: &Db, newsletter: i64, about: TopicSet, for_everyone: bool) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let issue = store::issue::add(&mut tx, &draft(newsletter, None, Vec::new()), monday())
        .await
        .expect("add")
        .expect("made")
        .id;
    assert!(
        store::issue::release(
            &mut tx,
            issue,
            IssueState::Draft,
            "{}",
            "h",
            (about, for_everyone),
            monday()
        )
        .await
        .expect("release")
    );
    tx.commit().await.expect("commit");
    issue
}

pub async fn frozen(db: &Db, issue: i64) -> Frozen {
    let mut tx = db.begin().await.expect("begin");
    let frozen = delivery::freeze(&mut tx, issue, monday())
        .await
        .expect("freeze")
        .expect("approved");
    tx.commit().await.expect("commit");
    frozen
}

pub async fn lease(db: &Db, issue: i64, worker: &str, at: Timestamp) -> Vec<DeliveryKey> {
    let mut tx = db.begin().await.expect("begin");
    let leases = store::lease::lease(&mut tx, issue, worker, at, at.plus(HOUR), 100)
        .await
        .expect("lease");
    tx.commit().await.expect("commit");
    leases.into_iter().map(|lease| lease.key).collect()
}

/// Writes as the group-commit writer does: no two batches at the same instant.
pub(super) async fn record(
    db: &Db,
    outcomes: &[Outcome],
    starts: &[DeliveryKey],
    worker: &str,
) -> Recorded {
    static BATCHES: AtomicU64 = AtomicU64::new(0);
    let now = monday().plus(Duration::from_micros(BATCHES.fetch_add(1, Relaxed)));
    let mut ledger = Ledger::open(db).await.expect("open");
    let mut recorded = ledger
        .record(&outcomes.into(), starts, worker, now)
        .await
        .expect("record");
    recorded.started.sort_unstable();
    recorded
}

pub async fn start(db: &Db, keys: &[DeliveryKey], worker: &str) -> Vec<DeliveryKey> {
    record(db, &[], keys, worker).await.started
}

pub fn outcome(key: DeliveryKey, state: DeliveryState) -> Outcome {
    Outcome {
        key,
        state,
        at: monday().plus(HOUR),
        next: (state == DeliveryState::Queued).then(|| monday().plus(2 * HOUR)),
        counts: 1,
        class: (state == DeliveryState::Failed).then_some(FailureClass::Other),
        relay: "relay.example".to_owned(),
        code: Some(250),
        status: Some("2.0.0".to_owned()),
        reply: "Grüße, “ok” \u{0}".to_owned(),
    }
}

pub async fn finish(db: &Db, outcomes: &[Outcome], worker: &str) -> u64 {
    record(db, outcomes, &[], worker).await.finished
}

pub(super) async fn states(db: &Db, issue: i64) -> Vec<(DeliveryState, i64)> {
    let mut conn = db.read().await.expect("read");
    delivery::count_by_state(&mut conn, issue)
        .await
        .expect("count")
}

on_both_databases! {
    /// Only active subscriptions of active subscribers with content get a row; the others are
    /// counted.
    async fn freezing_selects_active_subscribers_with_content(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1, 2, 3])).await.id;
        let other = newsletter(&db, "other", topics(&[1])).await.id;
        let both = subscribed(&db, region, "both@x.example", Language::Fr, topics(&[1, 2, 3])).await;
        let one = subscribed(&db, region, "one@x.example", Language::De, topics(&[2])).await;
        subscribed(&db, region, "none@x.example", Language::De, topics(&[3])).await;
        subscribed(&db, other, "elsewhere@x.example", Language::De, topics(&[1])).await;
        let gone = subscribed(&db, region, "gone@x.example", Language::De, topics(&[1])).await;
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, gone, region, monday()).await.expect("end");
        // Never confirmed: a subscription row alone does not make an active subscriber.
        let pending = store::subscriber::ensure(&mut tx, &address("pending@x.example"), Language::De, monday()).await.expect("ensure").id;
        store::subscription::activate(&mut tx, pending, region, topics(&[1]), monday()).await.expect("activate");
        tx.commit().await.expect("commit");
        let issue = approved(&db, region, topics(&[1, 2]), false).await;
        assert_eq!(frozen(&db, issue).await, Frozen { queued: 2, skipped: 1 });
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(delivery::freeze(&mut tx, issue, monday()).await.expect("freeze"), None, "an audience is frozen once");
        let rows = delivery::of_issue(&mut tx, issue, None, 0, 10).await.expect("of issue");
        assert_eq!(rows.iter().map(|row| (row.key.subscriber, row.language, row.topics)).collect::<Vec<_>>(),
            [(both, Language::Fr, topics(&[1, 2])), (one, Language::De, topics(&[2]))]);
        let stored = store::issue::by_id(&mut tx, issue).await.expect("by id").expect("there");
        assert_eq!((stored.state, stored.skipped, stored.frozen_at), (IssueState::Sending, 1, Some(monday())));
        drop(tx);
        let everyone = approved(&db, region, TopicSet::EMPTY, true).await;
        assert_eq!(frozen(&db, everyone).await, Frozen { queued: 3, skipped: 0 });
    }

    /// Two workers never hold the same delivery.
    async fn a_delivery_is_leased_once(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        for n in 0..20 {
            subscribed(&db, region, &format!("s{n}@x.example"), Language::De, topics(&[1])).await;
        }
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let tasks: Vec<_> = (0..4).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for turn in 0..4 {
                    let mut tx = db.begin().await.expect("begin");
                    let worker = format!("w{n}");
                    let until = monday().plus(HOUR).plus(Duration::from_micros(turn));
                    mine.extend(store::lease::lease(&mut tx, issue, &worker, monday(), until, 2).await.expect("lease").into_iter().map(|l| l.key));
                    tx.commit().await.expect("commit");
                }
                mine
            })
        }).collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await.expect("no panic"));
        }
        let (count, unique) = (all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len());
        assert_eq!(count, unique, "a delivery was leased twice");
        assert_eq!(count, 20, "each is leased");
    }

    /// A mail may be started only while claimed, the issue is being sent and the consent stands.
    async fn starting_checks_claim_issue_and_consent(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut rows = Vec::new();
        for n in 0..3 {
            rows.push(subscribed(&db, region, &format!("s{n}@x.example"), Language::De, topics(&[1])).await);
        }
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        assert_eq!(keys.len(), 3);
        assert_eq!(start(&db, &keys, "somebody else").await, []);
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, rows[0], region, monday()).await.expect("end");
        tx.commit().await.expect("commit");
        let mut tx = db.begin().await.expect("begin");
        store::issue::set_state(&mut tx, issue, IssueState::Sending, IssueState::Paused, None, monday()).await.expect("pause");
        tx.commit().await.expect("commit");
        assert_eq!(start(&db, &keys, "w").await, [], "paused");
        let mut tx = db.begin().await.expect("begin");
        store::issue::set_state(&mut tx, issue, IssueState::Paused, IssueState::Sending, None, monday()).await.expect("resume");
        tx.commit().await.expect("commit");
        assert_eq!(start(&db, &keys, "w").await, keys[1..], "the first has left");
        assert_eq!(start(&db, &keys, "w").await, [], "what is started is not started again");
        let mut tx = db.begin().await.expect("begin");
        store::lease::release_one(&mut tx, keys[0], "w", monday()).await.expect("release");
        tx.commit().await.expect("commit");
        assert_eq!(states(&db, issue).await, [(DeliveryState::Left, 1), (DeliveryState::Started, 2)]);
    }

    /// Readers who unsubscribe between freeze and lease are skipped; released deliveries are queued
    /// again.
    async fn leaving_after_the_freeze_is_respected(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let gone = subscribed(&db, region, "gone@x.example", Language::De, topics(&[1])).await;
        let stays = subscribed(&db, region, "stays@x.example", Language::De, topics(&[1])).await;
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, gone, region, monday()).await.expect("end");
        tx.commit().await.expect("commit");
        assert_eq!(lease(&db, issue, "w", monday()).await, [DeliveryKey { issue, subscriber: stays }]);
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::lease::release_unstarted(&mut tx, issue, "w", monday()).await.expect("release"), 1);
        tx.commit().await.expect("commit");
        assert_eq!(states(&db, issue).await, [(DeliveryState::Left, 1), (DeliveryState::Queued, 1)]);
        assert_eq!(lease(&db, issue, "w2", monday()).await.len(), 1);
    }

    /// Outcomes are recorded with the relay's reply; only the worker that started a delivery may
    /// record.
    async fn outcomes_are_recorded_once(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        for n in 0..4 {
            subscribed(&db, region, &format!("s{n}@x.example"), Language::De, topics(&[1])).await;
        }
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        start(&db, &keys, "w").await;
        assert_eq!(finish(&db, &[outcome(keys[0], DeliveryState::Sent)], "stranger").await, 0);
        let mut relay_error = outcome(keys[2], DeliveryState::Queued);
        relay_error.counts = 0;
        let all = [outcome(keys[0], DeliveryState::Sent), outcome(keys[1], DeliveryState::Failed), relay_error, outcome(keys[3], DeliveryState::Queued)];
        assert_eq!(finish(&db, &all, "w").await, 4);
        assert_eq!(finish(&db, &[outcome(keys[0], DeliveryState::Failed)], "w").await, 0, "a final state stays");
        let mut tx = db.begin().await.expect("begin");
        let rows = delivery::of_issue(&mut tx, issue, None, 0, 10).await.expect("of issue");
        assert_eq!(rows.iter().map(|row| row.attempts).collect::<Vec<_>>(), [1, 1, 0, 1], "errors of the relay do not count");
        assert_eq!((rows[0].reply_code, rows[0].reply_status.as_deref(), rows[0].relay.as_deref()), (Some(250), Some("2.0.0"), Some("relay.example")));
        assert!(rows[0].reply.as_deref().expect("words").starts_with("Grüße, “ok”"));
        assert_eq!((rows[0].started_at, rows[0].finished_at), (Some(monday()), Some(monday().plus(HOUR))));
        assert_eq!(rows[2].finished_at, None);
        assert_eq!(delivery::next_due(&mut tx, issue).await.expect("next"), Some(monday().plus(2 * HOUR)));
        assert_eq!(store::issue::finish_done(&mut tx, monday()).await.expect("finish"), [] as [i64; 0], "two wait");
        let one = delivery::of_issue(&mut tx, issue, Some(DeliveryState::Failed), 0, 10).await.expect("of issue");
        assert_eq!(one.len(), 1);
        assert_eq!(delivery::of_subscriber(&mut tx, keys[1].subscriber, 10).await.expect("of subscriber"), one);
        tx.commit().await.expect("commit");
        assert_eq!(lease(&db, issue, "w", monday().plus(HOUR)).await, [], "not due yet");
        let again = lease(&db, issue, "w", monday().plus(2 * HOUR)).await;
        assert_eq!(again, [keys[2], keys[3]]);
        // In one batch: a late result, two starts, and a start of a finished delivery.
        let mixed = record(&db, &[outcome(keys[0], DeliveryState::Failed)], &[keys[1], keys[2], keys[3]], "w").await;
        assert_eq!(mixed, Recorded { finished: 0, started: again });
        finish(&db, &[outcome(keys[2], DeliveryState::Sent), outcome(keys[3], DeliveryState::Sent)], "w").await;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::issue::finish_done(&mut tx, monday()).await.expect("finish"), [issue]);
        assert_eq!(store::issue::by_id(&mut tx, issue).await.expect("by id").expect("there").state, IssueState::Sent);
    }

    /// After a crash, claimed deliveries are queued again; started ones are sent again or held, by
    /// the newsletter's policy.
    async fn every_delivery_is_accounted_for_after_a_crash(database: &Database) {
        let db = open(database).await;
        for (key, policy) in [("resend", OnUncertain::Resend), ("hold", OnUncertain::Hold)] {
            let mut tx = db.begin().await.expect("begin");
            let mut with = settings(key, topics(&[1]));
            with.on_uncertain = policy;
            let id = store::newsletter::add(&mut tx, &with, monday()).await.expect("add").id;
            tx.commit().await.expect("commit");
            for n in 0..3 {
                subscribed(&db, id, &format!("s{n}@x.example"), Language::De, topics(&[1])).await;
            }
            let issue = approved(&db, id, topics(&[1]), false).await;
            frozen(&db, issue).await;
            let keys = lease(&db, issue, "dead", monday()).await;
            start(&db, &keys[..1], "dead").await;
            let mut tx = db.begin().await.expect("begin");
            let dead = |until| vec![Holder { worker: "dead".to_owned(), until }];
            assert_eq!(store::lease::holders(&mut tx).await.expect("holders"), dead(monday().plus(HOUR)));
            assert_eq!(store::lease::renew(&mut tx, "dead", monday().plus(2 * HOUR)).await.expect("renew"), 3);
            let too_late = store::lease::take_over(&mut tx, "dead", monday().plus(HOUR), monday()).await.expect("take over");
            assert_eq!(too_late, TakenOver::default(), "it was renewed since the check");
            assert_eq!(store::lease::holders(&mut tx).await.expect("holders"), dead(monday().plus(2 * HOUR)));
            let found = store::lease::take_over(&mut tx, "dead", monday().plus(2 * HOUR), monday().plus(2 * HOUR)).await.expect("take over");
            assert_eq!(store::lease::holders(&mut tx).await.expect("holders"), []);
            tx.commit().await.expect("commit");
            assert_eq!(found.requeued, 2);
            if policy == OnUncertain::Resend {
                assert_eq!((found.resent, found.held), (1, 0));
                assert_eq!(states(&db, issue).await, [(DeliveryState::Queued, 3)]);
            } else {
                assert_eq!((found.resent, found.held), (0, 1));
                assert_eq!(states(&db, issue).await, [(DeliveryState::Queued, 2), (DeliveryState::Uncertain, 1)]);
                assert_eq!(finish(&db, &[outcome(keys[0], DeliveryState::Sent)], "dead").await, 1, "a late reply settles it");
                assert_eq!(states(&db, issue).await, [(DeliveryState::Queued, 2), (DeliveryState::Sent, 1)]);
            }
        }
    }

    /// Cancelling ends waiting deliveries, lets mails in flight finish, and records later results.
    async fn cancelling_loses_nothing(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        for n in 0..4 {
            subscribed(&db, region, &format!("s{n}@x.example"), Language::De, topics(&[1])).await;
        }
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        start(&db, &keys[..2], "w").await;
        let mut tx = db.begin().await.expect("begin");
        assert!(store::issue::set_state(&mut tx, issue, IssueState::Sending, IssueState::Cancelled, Some(&rundbrief::domain::reason::Reason::Empty), monday()).await.expect("set"));
        assert_eq!(delivery::cancel_waiting(&mut tx, issue, monday()).await.expect("cancel"), 2);
        tx.commit().await.expect("commit");
        assert_eq!(start(&db, &keys[2..], "w").await, []);
        finish(&db, &[outcome(keys[0], DeliveryState::Sent), outcome(keys[1], DeliveryState::Queued)], "w").await;
        let mut tx = db.begin().await.expect("begin");
        store::lease::reconcile(&mut tx, monday().plus(DAY)).await.expect("reconcile");
        tx.commit().await.expect("commit");
        assert_eq!(states(&db, issue).await, [(DeliveryState::Cancelled, 3), (DeliveryState::Sent, 1)]);
    }
}
