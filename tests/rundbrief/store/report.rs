//! Reports from the ledger, and sending again.

use std::time::Duration;

use rundbrief::domain::delivery::DeliveryState::{Failed, Queued, Sent, Uncertain};
use rundbrief::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store::delivery;
use rundbrief::store::delivery_report::{self as report, Again, Fate, Filter};
use rundbrief::store::ledger::{Ledger, Outcome};
use rundbrief::store::{self, Db};

use super::ledger::{approved, finish, frozen, lease, outcome, start, states};
use super::{DAY, HOUR, address, monday, newsletter, open, subscribed, topics};

fn refused(key: DeliveryKey, state: DeliveryState, class: FailureClass) -> Outcome {
    Outcome {
        class: Some(class),
        ..outcome(key, state)
    }
}

/// Ten readers: one sent, two queued after a refusal, two failed, one uncertain, one started, two
/// leased, one unsubscribed.
async fn mixed(db: &Db) -> (i64, i64, Vec<DeliveryKey>) {
    let region = newsletter(db, "region", topics(&[1])).await.id;
    for n in 0..10 {
        let domain = if n % 2 == 0 {
            "slow.example"
        } else {
            "quick.example"
        };
        subscribed(
            db,
            region,
            &format!("s{n}@{domain}"),
            Language::De,
            topics(&[1]),
        )
        .await;
    }
    let issue = approved(db, region, topics(&[1]), false).await;
    frozen(db, issue).await;
    let mut tx = db.begin().await.expect("begin");
    let rows = delivery::of_issue(&mut tx, issue, None, 0, 100)
        .await
        .expect("rows");
    store::subscription::end(&mut tx, rows[9].key.subscriber, region, monday())
        .await
        .expect("end");
    tx.commit().await.expect("commit");
    let keys = lease(db, issue, "w", monday()).await;
    assert_eq!(keys.len(), 9, "one has left");
    start(db, &keys[..7], "w").await;
    let ends = [
        outcome(keys[0], Sent),
        refused(keys[1], Queued, FailureClass::Greylisting),
        refused(keys[2], Queued, FailureClass::MailboxFull),
        refused(keys[3], Failed, FailureClass::NoSuchMailbox),
        refused(keys[4], Failed, FailureClass::Policy),
        refused(keys[5], Uncertain, FailureClass::RelayError),
    ];
    assert_eq!(finish(db, &ends, "w").await, 6);
    (region, issue, keys)
}

on_both_databases! {
    /// Rows of an ended issue become totals by domain; the figures stay.
    async fn folded_rows_become_totals(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        for n in 0..12 {
            subscribed(&db, region, &format!("r{n}@large.example"), Language::De, topics(&[1])).await;
        }
        subscribed(&db, region, "erika@own.example", Language::De, topics(&[1])).await;
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        start(&db, &keys, "w").await;
        let ends: Vec<Outcome> = keys.iter().map(|key| outcome(*key, Sent)).collect();
        assert_eq!(finish(&db, &ends, "w").await, 13);
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::delivery_total::fold(&mut tx, issue, 5).await.expect("fold"), None, "it has not ended");
        store::issue::finish_done(&mut tx, monday()).await.expect("done");
        let before = report::counts(&mut tx, issue).await.expect("counts");
        for rows in [5, 5, 3, 0] {
            assert_eq!(store::delivery_total::fold(&mut tx, issue, 5).await.expect("fold"), Some(rows));
        }
        store::delivery_total::finish(&mut tx, issue, monday()).await.expect("finish");
        assert_eq!(report::counts(&mut tx, issue).await.expect("counts"), before);
        let totals = store::delivery_total::of_issue(&mut tx, issue).await.expect("totals");
        let totals: Vec<_> = totals.into_iter().map(|total| (total.domain, total.deliveries)).collect();
        assert_eq!(totals, [(None, 1), (Some("large.example".to_owned()), 12)]);
    }

    async fn every_delivery_is_counted_once(database: &Database) {
        let db = open(database).await;
        let (_, issue, _) = mixed(&db).await;
        let mut conn = db.read().await.expect("read");
        let counts = report::counts(&mut conn, issue).await.expect("counts");
        let whole: Vec<_> = states(&db, issue).await;
        let listed: Vec<_> = counts.states.clone().into_iter().filter(|(_, count)| *count > 0).collect();
        let mut expected = whole.clone();
        expected.sort_unstable();
        assert_eq!(listed, expected, "as counted row by row");
        assert_eq!((counts.recipients, counts.finished(), counts.open()), (10, 5, 5));
        let classes: Vec<_> = counts.classes.into_iter().collect();
        assert_eq!(classes, [
            ((Queued, FailureClass::MailboxFull), 1),
            ((Queued, FailureClass::Greylisting), 1),
            ((Failed, FailureClass::NoSuchMailbox), 1),
            ((Failed, FailureClass::Policy), 1),
            ((Uncertain, FailureClass::RelayError), 1),
        ]);
        let none = report::counts(&mut conn, 999).await.expect("counts");
        assert_eq!((none.recipients, none.open()), (0, 0));
    }

    async fn pace_slow_domains_and_latest_answers(database: &Database) {
        let db = open(database).await;
        let (_, issue, keys) = mixed(&db).await;
        let mut conn = db.read().await.expect("read");
        let before = monday().minus(HOUR);
        let pace = report::pace(&mut conn, issue, before, monday()).await.expect("pace");
        assert_eq!((pace.sent_since, pace.first, pace.last), (1, Some(monday()), Some(monday())));
        assert_eq!((pace.due, pace.last_due), (0, Some(monday().plus(2 * HOUR))));
        let pace = report::pace(&mut conn, issue, monday(), monday().plus(3 * HOUR)).await.expect("pace");
        assert_eq!((pace.sent_since, pace.due), (0, 2));
        let slow = report::slow_domains(&mut conn, issue, 1, 10).await.expect("slow");
        let slow: Vec<_> = slow.into_iter().map(|one| (one.domain, one.waiting, one.attempts, one.since)).collect();
        assert_eq!(slow, [
            ("quick.example".to_owned(), 1, 1, Some(monday())),
            ("slow.example".to_owned(), 1, 1, Some(monday())),
        ]);
        assert_eq!(report::slow_domains(&mut conn, issue, 1, 1).await.expect("slow").len(), 1);
        assert_eq!(report::slow_domains(&mut conn, issue, 2, 10).await.expect("slow"), [], "few would be known by their domain");
        let answers = report::latest_answers(&mut conn, issue, None, 100).await.expect("answers");
        assert_eq!(answers.len(), 6, "the started one has none");
        assert_eq!(answers.iter().filter(|(_, class)| *class == Some(FailureClass::Policy)).count(), 1);
        assert_eq!(report::latest_answers(&mut conn, issue, None, 4).await.expect("answers").len(), 4);
        assert_eq!(report::latest_answers(&mut conn, issue, Some(monday()), 9).await.expect("answers"), [], "begun before");
        let words = report::last_words(&mut conn, issue, FailureClass::Policy).await.expect("words").expect("there are");
        assert_eq!(words.0, Some(250));
        assert!(report::last_words(&mut conn, issue, FailureClass::Other).await.expect("words").is_none());
        drop(conn);
        let mut tx = db.begin().await.expect("begin");
        let again = store::lease::lease(&mut tx, issue, "v", monday().plus(3 * HOUR), monday().plus(4 * HOUR), 10).await.expect("lease");
        tx.commit().await.expect("commit");
        let first: Vec<_> = again.iter().map(|lease| (lease.key, lease.first_at)).collect();
        assert_eq!(first, [(keys[1], Some(monday())), (keys[2], Some(monday()))], "the first attempt is remembered");
    }

    async fn deliveries_are_listed_page_by_page(database: &Database) {
        let db = open(database).await;
        let (_, issue, _) = mixed(&db).await;
        let mut conn = db.read().await.expect("read");
        let mut all = 0;
        for state in DeliveryState::ALL {
            let expected = delivery::of_issue(&mut conn, issue, Some(*state), 0, 100).await.expect("rows");
            let filter = Filter { state: Some(*state), ..Filter::default() };
            let found = report::list(&mut conn, issue, &filter, 0, 100).await.expect("list");
            let rows: Vec<_> = found.into_iter().map(|(row, _)| row).collect();
            assert_eq!(rows, expected, "{state}");
            all += rows.len();
        }
        assert_eq!(all, 10);
        let mut seen = Vec::new();
        let mut after = 0;
        loop {
            let page = report::list(&mut conn, issue, &Filter::default(), after, 3).await.expect("list");
            let Some((last, _)) = page.last() else { break };
            after = last.key.subscriber;
            seen.extend(page.into_iter().map(|(_, address)| address.expect("an address").as_str().to_owned()));
        }
        assert_eq!(seen.len(), 10);
        let of = async |conn: &mut store::Conn, filter: Filter| report::list(conn, issue, &filter, 0, 100).await.expect("list").len();
        let domain = Some("slow.example".to_owned());
        assert_eq!(of(&mut conn, Filter { domain: domain.clone(), ..Filter::default() }).await, 5);
        assert_eq!(of(&mut conn, Filter { domain: Some("w.example".to_owned()), ..Filter::default() }).await, 0);
        assert_eq!(of(&mut conn, Filter { class: Some(FailureClass::Policy), ..Filter::default() }).await, 1);
        let queued = Some(DeliveryState::Queued);
        assert_eq!(of(&mut conn, Filter { state: queued, class: Some(FailureClass::Greylisting), domain: None }).await, 1);
        assert_eq!(of(&mut conn, Filter { state: queued, class: Some(FailureClass::Greylisting), domain }).await, 0);
    }

    /// Retries a class of failed deliveries from the first attempt, without readers who
    /// unsubscribed.
    async fn failed_deliveries_are_queued_again(database: &Database) {
        let db = open(database).await;
        let (region, issue, keys) = mixed(&db).await;
        let retry = async |what, classes: &[FailureClass]| {
            let mut tx = db.begin().await.expect("begin");
            let count = report::retry(&mut tx, issue, what, classes, None, monday().plus(DAY)).await.expect("retry");
            tx.commit().await.expect("commit");
            count
        };
        assert_eq!(retry(Again::Failed, &[FailureClass::MailboxFull, FailureClass::Other]).await, 0, "they are queued already");
        assert_eq!(retry(Again::Failed, &[FailureClass::Policy, FailureClass::Other]).await, 1);
        assert_eq!(retry(Again::Failed, &[FailureClass::Policy]).await, 0, "once");
        let mut tx = db.begin().await.expect("begin");
        let row = report::one(&mut tx, keys[4]).await.expect("one").expect("there");
        assert_eq!((row.state, row.attempts, row.class, row.next_attempt_at), (DeliveryState::Queued, 0, None, monday().plus(DAY)));
        assert_eq!(row.finished_at, None);
        store::subscription::end(&mut tx, keys[3].subscriber, region, monday()).await.expect("end");
        tx.commit().await.expect("commit");
        assert_eq!(retry(Again::Failed, &[]).await, 0, "unsubscribed readers are left out");
        assert_eq!(retry(Again::Uncertain, &[FailureClass::Policy]).await, 0);
        assert_eq!(retry(Again::Uncertain, &[]).await, 1);
        let mut tx = db.begin().await.expect("begin");
        assert!(store::issue::send_again(&mut tx, issue, monday()).await.expect("again"), "it is being sent");
        for (state, goes) in [(IssueState::Paused, false), (IssueState::Sent, true)] {
            let from = store::issue::by_id(&mut tx, issue).await.expect("issue").expect("there").state;
            assert!(store::issue::set_state(&mut tx, issue, from, state, None, monday()).await.expect("set"));
            assert_eq!(store::issue::send_again(&mut tx, issue, monday().plus(DAY)).await.expect("again"), goes, "{state}");
        }
        let again = store::issue::by_id(&mut tx, issue).await.expect("issue").expect("there");
        assert_eq!((again.state, again.finished_at, again.resumed_at), (IssueState::Sending, None, Some(monday().plus(DAY))));
    }

    /// Domains with few answers are added up, whatever their rank.
    async fn answers_are_counted_by_domain(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let addresses = ["large"; 8].into_iter().chain(["middle"; 6]).chain(["few"; 3]).enumerate();
        for (n, domain) in addresses.chain([(90, "own"), (91, "other")]) {
            subscribed(&db, region, &format!("r{n}@{domain}.example"), Language::De, topics(&[1])).await;
        }
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        start(&db, &keys, "w").await;
        let ends: Vec<_> = keys.iter().enumerate().map(|(n, key)| match n {
            0 | 8 | 14 => refused(*key, Queued, FailureClass::Greylisting),
            1 => refused(*key, Failed, FailureClass::MailboxFull),
            2 => refused(*key, Uncertain, FailureClass::RelayError),
            _ => outcome(*key, Sent),
        }).collect();
        assert_eq!(finish(&db, &ends, "w").await, 19);
        let mut conn = db.read().await.expect("read");
        let mut by_domain = async |among, limit| {
            let found = report::domains(&mut conn, issue, among, limit).await.expect("domains");
            found.into_iter().map(|one| {
                assert_eq!(one.last.is_some(), one.domain.is_some());
                (one.domain.unwrap_or_default(), one.domains, one.sent, one.deferred, one.failed)
            }).collect::<Vec<_>>()
        };
        let large = ("large.example".to_owned(), 1, 5, 1, 2);
        let middle = ("middle.example".to_owned(), 1, 5, 1, 0);
        assert_eq!(by_domain(100, 10).await, [large.clone(), middle, (String::new(), 3, 4, 1, 0)]);
        assert_eq!(by_domain(100, 1).await, [large, (String::new(), 4, 9, 2, 0)]);
        let looked_at: i64 = by_domain(7, 10).await.iter().map(|(_, _, sent, deferred, failed)| sent + deferred + failed).sum();
        assert_eq!(looked_at, 7);
        assert_eq!(report::domains(&mut conn, 999, 100, 10).await.expect("domains"), []);
        let relays = report::relays(&mut conn, issue, 100).await.expect("relays");
        let relays: Vec<_> = relays.into_iter().map(|one| (one.sent, one.refused)).collect();
        assert_eq!(relays, [(14, 5)]);
    }

    async fn answers_are_counted_over_time(database: &Database) {
        let db = open(database).await;
        let (_, issue, _) = mixed(&db).await;
        let mut conn = db.read().await.expect("read");
        let minute = Duration::from_mins(1);
        let mut over = async |from, until| {
            let found = report::over_time(&mut conn, issue, (from, until), minute).await.expect("over time");
            found.iter().map(|one| (one.span, one.sent, one.refused)).collect::<Vec<_>>()
        };
        assert_eq!(over(monday().minus(2 * minute), monday().plus(HOUR)).await, [(2, 1, 5)]);
        assert_eq!(over(monday(), monday()).await, [(0, 1, 5)]);
        assert_eq!(over(monday().plus(minute), monday().plus(HOUR)).await, []);
    }

    /// What is counted as repeatable is what a retry queues, by class and domain.
    async fn what_can_be_sent_again_is_counted_before(database: &Database) {
        let db = open(database).await;
        let (region, issue, keys) = mixed(&db).await;
        let of = async |what| {
            let mut conn = db.read().await.expect("read");
            let found = report::repeatable(&mut conn, issue, what, 9).await.expect("repeatable");
            found.into_iter().map(|one| (one.class, one.domain, one.deliveries)).collect::<Vec<_>>()
        };
        let gone = (Some(FailureClass::NoSuchMailbox), "quick.example".to_owned(), 1);
        let policy = (Some(FailureClass::Policy), "slow.example".to_owned(), 1);
        assert_eq!(of(Again::Failed).await, [gone, policy.clone()]);
        assert_eq!(of(Again::Uncertain).await, [(Some(FailureClass::RelayError), "quick.example".to_owned(), 1)]);
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, keys[3].subscriber, region, monday()).await.expect("end");
        tx.commit().await.expect("commit");
        assert_eq!(of(Again::Failed).await, [policy]);
        for (domain, queued) in [("quick.example", 0), ("slow.example", 1)] {
            let mut tx = db.begin().await.expect("begin");
            let again = report::retry(&mut tx, issue, Again::Failed, &[], Some(domain), monday()).await.expect("retry");
            tx.commit().await.expect("commit");
            assert_eq!(again, queued, "{domain}");
        }
        assert_eq!(of(Again::Failed).await, []);
    }

    async fn departures_are_a_number(database: &Database) {
        let db = open(database).await;
        let (_, issue, _) = mixed(&db).await;
        let mut tx = db.begin().await.expect("begin");
        for people in 0..3 {
            assert_eq!(store::issue_departure::of_issue(&mut tx, issue).await.expect("departures"), people);
            store::issue_departure::add(&mut tx, issue).await.expect("add");
        }
    }

    /// A stop is told once; another stop of the same issue is another one.
    async fn an_issue_that_stopped_is_told_once(database: &Database) {
        use IssueState::{Cancelled, Paused, Sending};
        let db = open(database).await;
        let (_, issue, _) = mixed(&db).await;
        let mut tx = db.begin().await.expect("begin");
        let reason = rundbrief::domain::reason::Reason::Empty;
        for _ in 0..2 {
            assert_eq!(store::issue::stopped_untold(&mut tx).await.expect("stopped"), []);
            assert!(!store::issue::note_stop_told(&mut tx, issue).await.expect("note"), "it is being sent");
            assert!(store::issue::set_state(&mut tx, issue, Sending, Paused, Some(&reason), monday()).await.expect("pause"));
            assert_eq!(store::issue::stopped_untold(&mut tx).await.expect("stopped").len(), 1);
            assert!(store::issue::note_stop_told(&mut tx, issue).await.expect("note"));
            assert!(!store::issue::note_stop_told(&mut tx, issue).await.expect("note"));
            assert_eq!(store::issue::stopped_untold(&mut tx).await.expect("stopped"), []);
            assert!(store::issue::set_state(&mut tx, issue, Paused, Sending, None, monday()).await.expect("resume"));
        }
        assert!(store::issue::set_state(&mut tx, issue, Sending, Paused, None, monday()).await.expect("pause"));
        assert_eq!(store::issue::stopped_untold(&mut tx).await.expect("stopped"), [], "a person paused it");
        assert!(store::issue::set_state(&mut tx, issue, Paused, Cancelled, None, monday()).await.expect("cancel"));
    }

    /// Why somebody has no row in the ledger.
    async fn the_reason_for_a_missing_row_is_found(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1, 2])).await.id;
        let other = newsletter(&db, "other", topics(&[1])).await.id;
        let got = subscribed(&db, region, "got@x.example", Language::De, topics(&[1])).await;
        let nothing = subscribed(&db, region, "nothing@x.example", Language::De, topics(&[2])).await;
        subscribed(&db, other, "elsewhere@x.example", Language::De, topics(&[1])).await;
        let left = subscribed(&db, region, "left@x.example", Language::De, topics(&[1])).await;
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, left, region, monday().minus(HOUR)).await.expect("end");
        tx.commit().await.expect("commit");
        let issue = approved(&db, region, topics(&[1]), false).await;
        let fate = async |who: &str| {
            let mut conn = db.read().await.expect("read");
            let issue = store::issue::by_id(&mut conn, issue).await.expect("issue").expect("there");
            report::fate(&mut conn, &address(who), &issue).await.expect("fate")
        };
        assert_eq!(fate("got@x.example").await, Fate::NotFrozen);
        frozen(&db, issue).await;
        let mut tx = db.begin().await.expect("begin");
        let late = store::subscriber::ensure(&mut tx, &address("late@x.example"), Language::De, monday()).await.expect("ensure").id;
        store::subscription::activate(&mut tx, late, region, topics(&[1]), monday().plus(HOUR)).await.expect("activate");
        tx.commit().await.expect("commit");
        let Fate::InLedger(row) = fate("Got@X.example").await else { panic!("it is in the ledger") };
        assert_eq!((row.key.subscriber, row.state), (got, DeliveryState::Queued));
        assert_eq!(fate("nobody@x.example").await, Fate::Unknown);
        assert_eq!(fate("elsewhere@x.example").await, Fate::NeverSubscribed);
        assert_eq!(fate("late@x.example").await, Fate::SubscribedLater(monday().plus(HOUR)));
        assert_eq!(fate("left@x.example").await, Fate::LeftBefore(monday().minus(HOUR)));
        assert_eq!(fate("nothing@x.example").await, Fate::NothingForThem);
        let mut tx = db.begin().await.expect("begin");
        store::subscription::set_topics(&mut tx, nothing, region, topics(&[1])).await.expect("topics");
        tx.commit().await.expect("commit");
        assert_eq!(fate("nothing@x.example").await, Fate::ChangedSince);
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, nothing, region, monday().plus(HOUR)).await.expect("end");
        store::subscriber::follow_subscriptions(&mut tx, nothing, false).await.expect("follow");
        tx.commit().await.expect("commit");
        assert_eq!(fate("nothing@x.example").await, Fate::Inactive(SubscriberState::Unsubscribed));
    }

    /// The group-commit writer, workers and a cancellation each lock many rows, in different
    /// orders.
    async fn cancelling_while_mails_are_started_never_hangs(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut tx = db.begin().await.expect("begin");
        for n in 0..300 {
            let row = store::subscriber::ensure(&mut tx, &address(&format!("s{n}@x.example")), Language::De, monday()).await.expect("ensure").id;
            store::subscription::activate(&mut tx, row, region, topics(&[1]), monday()).await.expect("activate");
            store::subscriber::follow_subscriptions(&mut tx, row, true).await.expect("follow");
        }
        tx.commit().await.expect("commit");
        for _ in 0..10 {
            let issue = approved(&db, region, topics(&[1]), false).await;
            frozen(&db, issue).await;
            let mut keys = lease(&db, issue, "w", monday()).await;
            keys.reverse(); // against the order in which a cancel finds them
            let starting = {
                let db = db.clone();
                tokio::spawn(async move {
                    let mut started = 0;
                    let mut ledger = Ledger::open(&db).await.expect("open");
                    for batch in keys.chunks(30) {
                        let recorded = ledger.record(&[].into(), batch, "w", monday()).await.expect("no deadlock");
                        started += i64::try_from(recorded.started.len()).expect("few");
                    }
                    started
                })
            };
            let cancelling = {
                let db = db.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    let mut tx = db.begin().await.expect("begin");
                    store::issue::set_state(&mut tx, issue, IssueState::Sending, IssueState::Cancelled, None, monday()).await.expect("set");
                    delivery::cancel_waiting(&mut tx, issue, monday()).await.expect("no deadlock");
                    tx.commit().await.expect("commit");
                })
            };
            let started = starting.await.expect("no panic");
            cancelling.await.expect("no panic");
            let mut tx = db.begin().await.expect("begin");
            store::lease::release_unstarted(&mut tx, issue, "w", monday()).await.expect("release");
            delivery::cancel_waiting(&mut tx, issue, monday()).await.expect("cancel");
            tx.commit().await.expect("commit");
            let mut conn = db.read().await.expect("read");
            let counts = report::counts(&mut conn, issue).await.expect("counts");
            assert_eq!(counts.of(DeliveryState::Started), started, "started mails continue");
            assert_eq!(counts.of(DeliveryState::Cancelled), counts.recipients - started);
        }
    }
}
