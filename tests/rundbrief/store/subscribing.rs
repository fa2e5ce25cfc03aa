//! Topics, newsletters, subscribers, sign-ups, consent, suppression, outbox.

use std::collections::BTreeMap;

use rundbrief::domain::language::Language;
use rundbrief::domain::notice::{Lane, NotSent, NoticeKind, Recipient};
use rundbrief::domain::subscriber::{
    ConsentKind, ConsentMethod, SubscriberState, SubscriptionState,
};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::consent::{ConsentEvent, Wording};
use rundbrief::store::outbox::{Attempted, LEASE, NewNotice};
use rundbrief::store::signup::NewSignup;
use rundbrief::store::{self, Db, StoreError};

use super::{DAY, HOUR, address, monday, newsletter, open, settings, subscribed, topics};

fn wording() -> Wording {
    Wording {
        hash: "abc".to_owned(),
        version: "1".to_owned(),
        language: "de".to_owned(),
        wording: "Ja, ich möchte …".to_owned(),
    }
}

async fn signed_up(db: &Db, newsletter: i64, who: &str) -> (i64, i64) {
    let mut tx = db.begin().await.expect("begin");
    let row = store::subscriber::ensure(&mut tx, &address(who), Language::Nl, monday())
        .await
        .expect("ensure")
        .id;
    store::consent::keep_wording(&mut tx, &wording(), monday())
        .await
        .expect("wording");
    let new = NewSignup {
        subscriber: row,
        language: Language::Nl,
        wording_hash: "abc".to_owned(),
        page: "/subscribe".to_owned(),
        requested_at: monday(),
        expires_at: monday().plus(7 * DAY),
        newsletters: vec![(newsletter, topics(&[1, 3]))],
    };
    let signup = store::signup::add(&mut tx, &new).await.expect("signup");
    tx.commit().await.expect("commit");
    (row, signup)
}

on_both_databases! {
    /// Bits increase from 0, keys are unique, and the sixty-fourth topic is refused.
    async fn topic_bits_are_never_reused(database: &Database) {
        let db = open(database).await;
        let names = BTreeMap::from([(Language::De, "Klima".to_owned()), (Language::Fr, "Climat".to_owned())]);
        let mut tx = db.begin().await.expect("begin");
        let first = store::topic::add(&mut tx, "t0", &names, monday()).await.expect("add");
        assert_eq!(first.bit.number(), 0);
        tx.commit().await.expect("commit");
        let mut tx = db.begin().await.expect("begin");
        let taken = store::topic::add(&mut tx, "t0", &names, monday()).await.expect_err("taken");
        assert!(matches!(taken, StoreError::Exists(_)), "{taken}");
        drop(tx);
        let mut tx = db.begin().await.expect("begin");
        for n in 1..63 {
            store::topic::add(&mut tx, &format!("t{n}"), &BTreeMap::new(), monday()).await.expect("add");
        }
        let full = store::topic::add(&mut tx, "one-too-many", &names, monday()).await.expect_err("full");
        assert!(full.to_string().contains("63 topics"), "{full}");
        let all = store::topic::list(&mut tx).await.expect("list");
        assert_eq!(all.len(), 63);
        assert_eq!(all[0].name(Language::Fr), "Climat");
        assert_eq!(all[0].name(Language::Nl), "Klima");
        assert_eq!(all[62].bit.number(), 62);
    }

    /// The settings of a newsletter round-trip, including the largest set of topics.
    async fn newsletters_round_trip(database: &Database) {
        let db = open(database).await;
        let every = TopicSet::from_mask(i64::MAX);
        let made = newsletter(&db, "region", every).await;
        let mut conn = db.read().await.expect("read");
        assert_eq!(store::newsletter::by_key(&mut conn, "region").await.expect("by key"), Some(made.clone()));
        assert_eq!(store::newsletter::by_id(&mut conn, made.id).await.expect("by id"), Some(made.clone()));
        assert_eq!(store::newsletter::by_key(&mut conn, "other").await.expect("by key"), None);
        assert_eq!(made.settings, settings("region", every));
        assert_eq!(store::newsletter::slots_until(&mut conn, made.id).await.expect("until"), monday());
        drop(conn);
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::newsletter::lock(&mut tx, made.id).await.expect("lock"), monday());
        store::newsletter::slots_done(&mut tx, made.id, monday().plus(HOUR)).await.expect("done");
        store::newsletter::slots_done(&mut tx, made.id, monday()).await.expect("done");
        assert_eq!(store::newsletter::lock(&mut tx, made.id).await.expect("lock"), monday().plus(HOUR), "never moves back");
        assert_eq!(store::newsletter::slots_until(&mut tx, made.id).await.expect("until"), monday().plus(HOUR));
        tx.commit().await.expect("commit");
        let mut tx = db.begin().await.expect("begin");
        let taken = store::newsletter::add(&mut tx, &settings("region", every), monday()).await.expect_err("taken");
        assert!(matches!(taken, StoreError::Exists(_)), "{taken}");
    }

    /// One address is one subscriber, in any case.
    async fn an_address_is_one_subscriber(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let first = store::subscriber::ensure(&mut tx, &address("Erika.M@Bücher.example"), Language::De, monday()).await.expect("ensure");
        let again = store::subscriber::ensure(&mut tx, &address("erika.m@bücher.EXAMPLE"), Language::Fr, monday().plus(DAY)).await.expect("ensure");
        assert_eq!(first, again, "the first spelling and language stay");
        assert_eq!(first.state, SubscriberState::Pending);
        assert_eq!(first.address.as_ref().expect("address").as_str(), "Erika.M@xn--bcher-kva.example");
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let found = store::subscriber::by_address(&mut conn, &address("ERIKA.M@bücher.example")).await.expect("by address");
        assert_eq!(found, Some(first.clone()));
        assert_eq!(store::subscriber::by_id(&mut conn, first.id).await.expect("by id"), Some(first.clone()));
        assert_eq!(store::subscriber::by_id(&mut conn, first.id + 1).await.expect("by id"), None);
        assert_eq!(store::subscriber::count_by_state(&mut conn).await.expect("count"), [(SubscriberState::Pending, 1)]);
        assert_eq!(store::subscriber::list(&mut conn, Some(SubscriberState::Active), 0, 10).await.expect("list"), []);
        let all = store::subscriber::list(&mut conn, None, 0, 10).await.expect("list");
        assert_eq!(all.as_slice(), std::slice::from_ref(&first));
        assert_eq!(store::subscriber::list(&mut conn, None, first.id, 10).await.expect("list"), []);
    }

    /// Changes to a subscriber lock the row first: the second sees the first's effect.
    async fn decisions_about_a_subscriber_wait_for_each_other(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let row = subscribed(&db, region, "a@b.example", Language::De, TopicSet::EMPTY).await;
        let mut tx = db.begin().await.expect("begin");
        assert!(store::subscriber::lock(&mut tx, row).await.expect("lock"));
        assert!(!store::subscriber::lock(&mut tx, row + 1).await.expect("lock"), "there is nobody");
        let second = tokio::spawn({
            let db = db.clone();
            async move {
                let mut tx = db.begin().await.expect("begin");
                assert!(store::subscriber::lock(&mut tx, row).await.expect("lock"));
                store::subscription::end(&mut tx, row, region, monday()).await.expect("end")
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert!(!second.is_finished(), "it waits");
        assert!(store::subscription::end(&mut tx, row, region, monday()).await.expect("end"));
        store::subscriber::follow_subscriptions(&mut tx, row, false).await.expect("follow");
        tx.commit().await.expect("commit");
        assert!(!second.await.expect("no panic"), "it had ended");
        let mut conn = db.read().await.expect("read");
        let left = store::subscriber::by_id(&mut conn, row).await.expect("by id").expect("there");
        assert_eq!(left.state, SubscriberState::Unsubscribed);
    }

    /// Readers are counted by variant: language, and topics in common.
    async fn readers_are_counted_by_variant(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", topics(&[0, 1, 62])).await.id, newsletter(&db, "two", topics(&[1])).await.id);
        for (who, to, language, chosen) in [
            ("a@b.example", one, Language::De, &[0, 62][..]),
            ("b@b.example", one, Language::De, &[62]),
            ("c@b.example", one, Language::Fr, &[62, 1]),
            ("d@b.example", one, Language::De, &[1]),
            ("e@b.example", two, Language::De, &[1]),
        ] {
            subscribed(&db, to, who, language, topics(chosen)).await;
        }
        let gone = subscribed(&db, one, "gone@b.example", Language::De, topics(&[62])).await;
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, gone, one, monday()).await.expect("end");
        store::subscriber::ensure(&mut tx, &address("pending@b.example"), Language::De, monday()).await.expect("ensure");
        let of = store::subscription::readers_by_variant(&mut tx, one, topics(&[62])).await.expect("readers");
        assert_eq!(of, [(Language::De, topics(&[62]), 2), (Language::De, TopicSet::EMPTY, 1), (Language::Fr, topics(&[62]), 1)]);
        let for_all = store::subscription::readers_by_variant(&mut tx, two, TopicSet::EMPTY).await.expect("readers");
        assert_eq!(for_all, [(Language::De, TopicSet::EMPTY, 1)]);
        // All choices of topics apart: those of one entry, and of one for everybody.
        for (newsletter, topics, counted) in [(one, topics(&[62]), (3, 3)), (one, TopicSet::EMPTY, (4, 4)), (two, topics(&[62]), (0, 0))] {
            assert_eq!(store::subscription::count_readers(&mut tx, newsletter, topics).await.expect("counted"), counted);
        }
    }

    /// Two concurrent requests for one new address create one subscriber.
    async fn two_requests_for_one_address_make_one_subscriber(database: &Database) {
        let db = open(database).await;
        let tasks: Vec<_> = (0..6).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await?;
                let row = store::subscriber::ensure(&mut tx, &address("a@b.example"), Language::De, monday()).await?;
                tx.commit().await?;
                Ok::<_, StoreError>(row.id)
            })
        }).collect();
        let mut rows = Vec::new();
        for task in tasks {
            rows.push(task.await.expect("no panic").expect("no error"));
        }
        rows.dedup();
        assert_eq!(rows.len(), 1);
    }

    /// A sign-up is confirmed once, in time, by its token.
    async fn a_signup_is_confirmed_once(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1, 3])).await.id;
        let (row, signup) = signed_up(&db, region, "a@b.example").await;
        let mut tx = db.begin().await.expect("begin");
        store::confirm_token::add(&mut tx, "h1", signup, monday()).await.expect("token");
        store::confirm_token::add(&mut tx, "h2", signup, monday()).await.expect("a second mail, a second token");
        assert_eq!(store::confirm_token::signup(&mut tx, "h2").await.expect("signup"), Some(signup));
        assert_eq!(store::confirm_token::signup(&mut tx, "h3").await.expect("signup"), None);
        let stored = store::signup::by_id(&mut tx, signup).await.expect("by id").expect("it is there");
        assert_eq!((stored.subscriber, stored.language, stored.newsletters.as_slice()), (row, Language::Nl, [(region, topics(&[1, 3]))].as_slice()));
        assert!(!store::signup::confirm(&mut tx, signup, stored.expires_at).await.expect("confirm"), "too late");
        assert!(store::signup::confirm(&mut tx, signup, monday().plus(HOUR)).await.expect("confirm"));
        assert!(!store::signup::confirm(&mut tx, signup, monday().plus(HOUR)).await.expect("confirm"), "only once");
        store::subscription::activate(&mut tx, row, region, topics(&[1]), monday()).await.expect("activate");
        store::subscriber::follow_subscriptions(&mut tx, row, true).await.expect("follow");
        let state = store::subscriber::by_id(&mut tx, row).await.expect("by id").expect("it is there").state;
        assert_eq!(state, SubscriberState::Active);
        assert_eq!(store::signup::expired(&mut tx, monday().plus(30 * DAY), 10).await.expect("expired"), [] as [i64; 0]);
        assert!(!store::signup::remove_unconfirmed(&mut tx, signup).await.expect("remove"), "confirmed ones stay");
    }

    /// An unconfirmed sign-up is removed completely; a subscriber with another confirmation stays.
    async fn an_unconfirmed_signup_leaves_nothing(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1, 3])).await.id;
        let (row, signup) = signed_up(&db, region, "a@b.example").await;
        let mut tx = db.begin().await.expect("begin");
        store::confirm_token::add(&mut tx, "h1", signup, monday()).await.expect("token");
        store::outbox::enqueue(&mut tx, &NewNotice { signup: Some(signup), language: Language::De, ..notice(NoticeKind::Confirmation, row, "m1@x") }, monday()).await.expect("enqueue");
        store::consent::append(&mut tx, &requested(row, region)).await.expect("append");
        assert!(!store::subscriber::remove_if_unconfirmed(&mut tx, row).await.expect("remove"), "its sign-up is open");
        assert_eq!(store::signup::expired(&mut tx, monday().plus(6 * DAY), 10).await.expect("expired"), [] as [i64; 0]);
        assert_eq!(store::signup::expired(&mut tx, monday().plus(7 * DAY), 10).await.expect("expired"), [signup]);
        assert!(store::signup::remove_unconfirmed(&mut tx, signup).await.expect("remove"));
        assert_eq!(store::confirm_token::signup(&mut tx, "h1").await.expect("signup"), None);
        assert_eq!(store::outbox::count_waiting(&mut tx).await.expect("count"), 0);
        assert!(store::subscriber::remove_if_unconfirmed(&mut tx, row).await.expect("remove"));
        assert_eq!(store::consent::of_subscriber(&mut tx, row).await.expect("events"), []);
        tx.commit().await.expect("commit");
        let active = subscribed(&db, region, "c@d.example", Language::De, topics(&[1])).await;
        let mut tx = db.begin().await.expect("begin");
        assert!(!store::subscriber::remove_if_unconfirmed(&mut tx, active).await.expect("remove"));
        assert!(store::subscriber::by_id(&mut tx, active).await.expect("by id").is_some());
    }

    /// Unsubscribing ends one subscription; after the last one the subscriber is *unsubscribed*.
    async fn unsubscribing_ends_active_subscriptions(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", topics(&[1])).await.id, newsletter(&db, "two", topics(&[2])).await.id);
        let row = subscribed(&db, one, "a@b.example", Language::De, topics(&[1])).await;
        let mut tx = db.begin().await.expect("begin");
        store::subscription::activate(&mut tx, row, two, topics(&[2]), monday()).await.expect("activate");
        assert!(store::subscription::set_topics(&mut tx, row, two, topics(&[2, 5])).await.expect("set"));
        assert!(store::subscription::end(&mut tx, row, one, monday().plus(HOUR)).await.expect("end"));
        assert!(!store::subscription::end(&mut tx, row, one, monday().plus(DAY)).await.expect("end"), "it had ended");
        assert!(!store::subscription::set_topics(&mut tx, row, one, topics(&[7])).await.expect("set"), "it had ended");
        store::subscriber::follow_subscriptions(&mut tx, row, false).await.expect("follow");
        assert_eq!(store::subscriber::by_id(&mut tx, row).await.expect("by id").expect("there").state, SubscriberState::Active);
        let all = store::subscription::of_subscriber(&mut tx, row).await.expect("of subscriber");
        assert_eq!(all.iter().map(|s| (s.newsletter, s.state, s.topics)).collect::<Vec<_>>(),
            [(one, SubscriptionState::Ended, topics(&[1])), (two, SubscriptionState::Active, topics(&[2, 5]))]);
        assert_eq!(all[0].ended_at, Some(monday().plus(HOUR)));
        assert_eq!(store::subscription::count_active(&mut tx, one).await.expect("count"), 0);
        assert_eq!(store::subscription::last_confirmed(&mut tx, one).await.expect("last"), None);
        assert_eq!(store::subscription::last_confirmed(&mut tx, two).await.expect("last"), Some(monday()));
        assert_eq!(store::subscription::count_active(&mut tx, two).await.expect("count"), 1);
        assert!(store::subscription::end(&mut tx, row, two, monday()).await.expect("end"));
        store::subscriber::follow_subscriptions(&mut tx, row, false).await.expect("follow");
        assert_eq!(store::subscriber::by_id(&mut tx, row).await.expect("by id").expect("there").state, SubscriberState::Unsubscribed);
        store::subscriber::set_language(&mut tx, row, Language::En).await.expect("language");
        assert_eq!(store::subscriber::by_id(&mut tx, row).await.expect("by id").expect("there").language, Language::En);
    }

    /// Without a confirmation nobody becomes active: a pending or suspended subscriber stays so.
    async fn only_a_confirmation_makes_active(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut tx = db.begin().await.expect("begin");
        let row = store::subscriber::ensure(&mut tx, &address("a@b.example"), Language::De, monday()).await.expect("ensure").id;
        store::subscription::activate(&mut tx, row, region, topics(&[1]), monday()).await.expect("activate");
        store::subscriber::follow_subscriptions(&mut tx, row, false).await.expect("follow");
        assert_eq!(store::subscriber::by_id(&mut tx, row).await.expect("by id").expect("there").state, SubscriberState::Pending);
    }

    /// The proof can be appended and read, never rewritten; a wording is stored once.
    async fn the_proof_is_append_only(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let row = subscribed(&db, region, "a@b.example", Language::De, topics(&[1])).await;
        let mut tx = db.begin().await.expect("begin");
        store::consent::keep_wording(&mut tx, &wording(), monday()).await.expect("keep");
        store::consent::keep_wording(&mut tx, &wording(), monday().plus(DAY)).await.expect("keep");
        assert_eq!(store::consent::wording(&mut tx, "abc").await.expect("wording"), Some(wording()));
        assert_eq!(store::consent::wording(&mut tx, "xyz").await.expect("wording"), None);
        store::consent::append(&mut tx, &requested(row, region)).await.expect("append");
        let confirmed = ConsentEvent { kind: ConsentKind::Confirmed, message_id: None, at: monday().plus(HOUR), ..requested(row, region) };
        store::consent::append(&mut tx, &confirmed).await.expect("append");
        assert_eq!(store::consent::of_subscriber(&mut tx, row).await.expect("events"), [requested(row, region), confirmed]);
        tx.commit().await.expect("commit");
        let rewrite = "UPDATE consent_event SET at = 0";
        let refused = match &db {
            Db::Sqlite { writer, .. } => sqlx::query(rewrite).execute(writer).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query(rewrite).execute(pool).await.map(|_| ()),
        };
        assert!(refused.expect_err("rewriting is refused").to_string().contains("append-only"));
    }

    /// A suppressed address is found by any of its hashes; the first reason stays.
    async fn suppression_is_known_by_hash(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        store::suppression::add(&mut tx, "old-key-hash", "complaint", monday()).await.expect("add");
        store::suppression::add(&mut tx, "old-key-hash", "other", monday()).await.expect("add");
        let hashes = ["new-key-hash".to_owned(), "old-key-hash".to_owned()];
        assert!(store::suppression::contains(&mut tx, &hashes).await.expect("contains"));
        assert!(!store::suppression::contains(&mut tx, &hashes[..1]).await.expect("contains"));
        assert!(!store::suppression::contains(&mut tx, &[]).await.expect("contains"));
    }

    /// A mail is taken once, comes back when nothing was recorded, and keeps its Message-ID.
    async fn the_outbox_loses_no_mail(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let (row, signup) = signed_up(&db, region, "a@b.example").await;
        let mut tx = db.begin().await.expect("begin");
        store::outbox::enqueue(&mut tx, &NewNotice { signup: Some(signup), language: Language::De, ..notice(NoticeKind::Confirmation, row, "m1@x") }, monday()).await.expect("enqueue");
        store::outbox::enqueue(&mut tx, &NewNotice { signup: None, language: Language::Fr, ..notice(NoticeKind::AlreadySubscribed, row, "m2@x") }, monday().plus(HOUR)).await.expect("enqueue");
        assert_eq!(store::outbox::count_since(&mut tx, row, monday()).await.expect("count"), 1);
        assert_eq!(store::outbox::count_since(&mut tx, row, monday().minus(HOUR)).await.expect("count"), 2);
        let first = start(&mut tx, monday()).await.expect("due");
        assert_eq!((first.message_id.as_str(), first.kind, first.attempts, first.signup), ("m1@x", NoticeKind::Confirmation, 1, Some(signup)));
        assert_eq!(start(&mut tx, monday()).await, None, "taken, and the other is not due");
        let crashed = monday().plus(LEASE);
        let again = start(&mut tx, crashed).await.expect("nobody recorded an answer");
        assert_eq!((again.message_id.as_str(), again.attempts), ("m1@x", 2));
        let none = (None, None);
        store::outbox::finish(&mut tx, (first.id, 1), &Attempted::NotSent(NotSent::GivenUp), none, crashed).await.expect("finish");
        assert_eq!(store::outbox::count_waiting(&mut tx).await.expect("count"), 2, "the first attempt was given up and has no say any more");
        store::outbox::finish(&mut tx, (again.id, 2), &Attempted::Later(crashed.plus(DAY)), (Some(451), Some("later")), crashed).await.expect("finish");
        let second = start(&mut tx, crashed.plus(HOUR)).await.expect("due");
        assert_eq!((second.message_id.as_str(), second.language), ("m2@x", Language::Fr));
        store::outbox::finish(&mut tx, (second.id, 1), &Attempted::Sent, (Some(250), Some("ok")), crashed).await.expect("finish");
        store::outbox::finish(&mut tx, (second.id, 1), &Attempted::Refused, (Some(550), Some("late answer")), crashed).await.expect("finish");
        assert_eq!(store::outbox::count_waiting(&mut tx).await.expect("count"), 1, "a finished notice stays finished");
        assert_eq!(store::outbox::remove_finished(&mut tx, crashed.plus(DAY), 10).await.expect("remove"), 1);
        let third = start(&mut tx, crashed.plus(DAY)).await.expect("due");
        assert_eq!(third.attempts, 3);
        // That one of the earlier attempts was received after all is never forgotten.
        store::outbox::finish(&mut tx, (third.id, 2), &Attempted::Sent, (Some(250), Some("ok")), crashed.plus(DAY)).await.expect("finish");
        assert_eq!(store::outbox::count_waiting(&mut tx).await.expect("count"), 0);
    }

    /// A notice goes to anybody, waits in its lane only, and leaves with its recipient.
    async fn lanes_do_not_wait_for_each_other(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let (row, signup) = signed_up(&db, region, "a@b.example").await;
        let mut tx = db.begin().await.expect("begin");
        let staff = Recipient::Address(address("presse@town.example"));
        let of_staff = NewNotice { recipient: staff.clone(), lane: Lane::Bulk, parameters: serde_json::json!({ "issue": "region/14" }), ..notice(NoticeKind::AlreadySubscribed, row, "s@x") };
        store::outbox::enqueue(&mut tx, &of_staff, monday()).await.expect("enqueue");
        let later = monday().plus(10 * HOUR);
        store::outbox::enqueue(&mut tx, &NewNotice { signup: Some(signup), ..notice(NoticeKind::Confirmation, row, "c@x") }, later).await.expect("enqueue");
        let waiting = store::outbox::waiting(&mut tx, later).await.expect("waiting");
        let seen: Vec<_> = waiting.iter().map(|lane| (lane.lane, lane.waiting, lane.late, lane.oldest)).collect();
        assert_eq!(seen, [(Lane::Bulk, 1, 1, monday()), (Lane::Urgent, 1, 0, later)]);
        assert!(!store::outbox::is_due(&mut tx, Lane::Urgent, monday()).await.expect("due"));
        assert!(store::outbox::is_due(&mut tx, Lane::Bulk, monday()).await.expect("due"));
        assert!(!store::outbox::is_due(&mut tx, Lane::Normal, later).await.expect("due"));
        assert_eq!(start(&mut tx, later).await.map(|one| one.message_id).as_deref(), Some("c@x"));
        let other = store::outbox::start_next(&mut tx, Lane::Bulk, later).await.expect("start").expect("due");
        assert_eq!((other.recipient, other.parameters["issue"].as_str()), (staff, Some("region/14")));
        // A clock that was ahead has put it off until next week.
        store::outbox::finish(&mut tx, (other.id, 1), &Attempted::Later(later.plus(7 * DAY)), (None, None), later).await.expect("finish");
        assert_eq!(store::outbox::distrust_later_than(&mut tx, later.plus(DAY), later).await.expect("distrust"), 1);
        assert!(store::outbox::start_next(&mut tx, Lane::Bulk, later).await.expect("start").is_some());
        store::signup::remove_unconfirmed(&mut tx, signup).await.expect("remove");
        assert_eq!(store::outbox::count_waiting(&mut tx).await.expect("count"), 1, "the confirmation went with its sign-up");
    }
}

fn notice(kind: NoticeKind, subscriber: i64, message_id: &str) -> NewNotice {
    NewNotice {
        kind,
        lane: Lane::Urgent,
        recipient: Recipient::Subscriber(subscriber),
        signup: None,
        language: Language::De,
        parameters: serde_json::json!({}),
        message_id: message_id.to_owned(),
    }
}

async fn start(tx: &mut store::Tx, now: Timestamp) -> Option<store::outbox::Notice> {
    store::outbox::start_next(tx, Lane::Urgent, now)
        .await
        .expect("start")
}

fn requested(subscriber: i64, newsletter: i64) -> ConsentEvent {
    ConsentEvent {
        subscriber,
        newsletter: Some(newsletter),
        kind: ConsentKind::Requested,
        method: ConsentMethod::Web,
        at: monday(),
        topics: Some(topics(&[1])),
        language: Some(Language::De),
        wording_hash: None,
        page: Some("/subscribe".to_owned()),
        message_id: Some("m1@x".to_owned()),
    }
}
