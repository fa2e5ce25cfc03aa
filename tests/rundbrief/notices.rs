//! Notices: who gets them, what becomes of them, and what never waits for what.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use rundbrief::app::Actor;
use rundbrief::app::retention::{self, Class, Unconfirmed};
use rundbrief::clock::Clock;
use rundbrief::config::{Config, RelayTarget, RelayTls};
use rundbrief::delivery::Transport;
use rundbrief::digest::MailContext;
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::{Lane, NotSent, NoticeKind, Recipient};
use rundbrief::domain::subscriber::ConsentKind;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::Keyring;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::notices::watch::{NoticeWatch, Watched};
use rundbrief::jobs::notices::{Did, Notices};
use rundbrief::shutdown::Shutdown;
use rundbrief::store::consent::Wording;
use rundbrief::store::outbox::{Attempted, NewNotice};
use rundbrief::store::signup::NewSignup;
use rundbrief::store::{self, Db};
use tokio::sync::Notify;

use crate::harness::{Received, Rule, SmtpSink};
use crate::installation::config;
use crate::store::{DAY, HOUR, address, monday, newsletter, open, subscribed};

const MINUTE: Duration = Duration::from_mins(1);
/// How long these stories wait for something real: a connection, a mail.
const PATIENCE: Duration = Duration::from_mins(1);

fn keyring() -> Keyring {
    let mut entropy = [7; 32];
    entropy[0] = 1;
    Keyring::parse(&Keyring::generate(entropy), &[] as &[&str]).expect("a key")
}

fn notices(db: &Db, clock: &Clock, relay: RelayTarget) -> Notices {
    let mut config: Config = config();
    config.relay.target = relay;
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    Notices::new(
        db.clone(),
        clock.clone(),
        MailContext::from_config(&config),
        keyring(),
        transport,
        config.system_sender(),
    )
}

fn smtp(port: u16) -> RelayTarget {
    RelayTarget::Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        tls: RelayTls::None,
        user: None,
    }
}

/// Waits for something that happens by itself.
async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_to(who: &'static str) -> impl Fn(&Received) -> bool {
    move |mail| mail.envelope_to.iter().any(|to| to.contains(who))
}

/// Queues so many notices to one subscriber in a lane.
async fn queue(db: &Db, lane: Lane, subscriber: i64, count: usize, now: Timestamp) {
    let mut tx = db.begin().await.expect("begin");
    for number in 0..count {
        let new = NewNotice {
            kind: NoticeKind::AlreadySubscribed,
            lane,
            recipient: Recipient::Subscriber(subscriber),
            signup: None,
            language: Language::De,
            parameters: serde_json::json!({}),
            message_id: format!("{lane}-{subscriber}-{number}@musterstadt.example"),
        };
        store::outbox::enqueue(&mut tx, &new, now)
            .await
            .expect("enqueue");
    }
    tx.commit().await.expect("commit");
}

/// Somebody fills in the form. Returns the sign-up and its subscriber.
async fn asks(db: &Db, who: &str, to: i64, now: Timestamp) -> (i64, i64) {
    let mut tx = db.begin().await.expect("begin");
    let subscriber = store::subscriber::ensure(&mut tx, &address(who), Language::Fr, now)
        .await
        .expect("ensure")
        .id;
    let wording = Wording {
        hash: "ab".repeat(32),
        version: "1".to_owned(),
        language: "fr".to_owned(),
        wording: "Oui".to_owned(),
    };
    store::consent::keep_wording(&mut tx, &wording, now)
        .await
        .expect("keep");
    let new = NewSignup {
        subscriber,
        language: Language::Fr,
        wording_hash: wording.hash,
        page: "/subscribe".to_owned(),
        requested_at: now,
        expires_at: now.plus(7 * DAY),
        newsletters: vec![(to, TopicSet::EMPTY)],
    };
    let signup = store::signup::add(&mut tx, &new).await.expect("add");
    let id = format!("{signup}@musterstadt.example");
    let notice = NewNotice {
        kind: NoticeKind::Confirmation,
        lane: NoticeKind::Confirmation.lane(),
        recipient: Recipient::Subscriber(subscriber),
        signup: Some(signup),
        language: Language::Fr,
        parameters: serde_json::json!({}),
        message_id: id,
    };
    store::outbox::enqueue(&mut tx, &notice, now)
        .await
        .expect("enqueue");
    tx.commit().await.expect("commit");
    (signup, subscriber)
}

fn mails(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "eml"))
        .map(|path| std::fs::read(path).expect("a mail"))
        .collect()
}

async fn kinds(db: &Db, subscriber: i64) -> Vec<ConsentKind> {
    let mut conn = db.read().await.expect("read");
    let proof = store::consent::of_subscriber(&mut conn, subscriber)
        .await
        .expect("the proof");
    proof.into_iter().map(|event| event.kind).collect()
}

on_both_databases! {
    async fn a_confirmation_mail_is_sent_once_and_proved(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let (signup, subscriber) = asks(&db, "erika@example.org", of.id, monday()).await;
        let clock = Clock::set_at(monday());
        let notices = notices(&db, &clock, RelayTarget::File(folder.path().to_owned()));
        assert_eq!(notices.send_due().await.expect("sent"), [Did::Sent]);
        clock.advance(DAY);
        assert_eq!(notices.send_due().await.expect("sent"), []);
        let mails = mails(folder.path());
        let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
        let read = MessageParser::default().parse(mail).expect("a mail");
        assert_eq!(read.message_id(), Some(format!("{signup}@musterstadt.example").as_str()));
        for (name, value) in [
            ("To", "erika@example.org"),
            ("Auto-Submitted", "auto-generated"),
            ("Form-Sub", "v=1; hd=news.musterstadt.example"),
            ("Content-Language", "fr"),
        ] {
            assert_eq!(read.header_raw(name).map(str::trim), Some(value));
        }
        assert!(read.header_raw("List-Unsubscribe").is_none() && read.header_raw("Precedence").is_none());
        assert_eq!(kinds(&db, subscriber).await, [ConsentKind::ConfirmationSent]);
    }

    async fn a_relay_that_is_not_there_is_tried_again_and_given_up(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let (_, subscriber) = asks(&db, "erika@example.org", of.id, monday()).await;
        let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|bound| bound.local_addr()).expect("a free port");
        let clock = Clock::set_at(monday());
        let notices = notices(&db, &clock, smtp(closed.port()));
        let mut tries = 0;
        loop {
            match notices.send_due().await.expect("tried").as_slice() {
                [Did::Later] => tries += 1,
                [] => {}
                [Did::NotSent(reason)] => {
                    assert_eq!(*reason, NotSent::GivenUp);
                    break;
                }
                other => panic!("{other:?}"),
            }
            clock.advance(HOUR / 4);
            assert!(clock.now() < monday().plus(3 * DAY), "never given up");
        }
        assert!((20..=60).contains(&tries), "{tries}");
        assert!(clock.now() > monday().plus(46 * HOUR));
        assert_eq!(kinds(&db, subscriber).await, []);
    }

    async fn who_must_not_be_mailed_is_not(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        asks(&db, "erika@example.org", of.id, monday()).await;
        asks(&db, "late@example.org", of.id, monday().minus(8 * DAY)).await;
        let mut tx = db.begin().await.expect("begin");
        let hash = keyring().address_hash(&address("erika@example.org"));
        store::suppression::add(&mut tx, &hash, "complaint", monday()).await.expect("suppress");
        tx.commit().await.expect("commit");
        let notices = notices(&db, &Clock::set_at(monday()), RelayTarget::File(folder.path().to_owned()));
        let did = notices.send_due().await.expect("done");
        assert_eq!(did, [Did::NotSent(NotSent::SignupClosed), Did::NotSent(NotSent::Suppressed)]);
        assert!(mails(folder.path()).is_empty());
    }

    async fn what_nobody_confirms_is_forgotten(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let other = newsletter(&db, "two", TopicSet::EMPTY).await;
        let (_, stranger) = asks(&db, "stranger@example.org", of.id, monday()).await;
        let reader = subscribed(&db, other.id, "reader@example.org", Language::De, TopicSet::EMPTY).await;
        asks(&db, "reader@example.org", of.id, monday()).await;
        let app = crate::privacy::app(&db, monday().plus(6 * DAY));
        let job = Actor::Job("expire-signups");
        assert_eq!(retention::unconfirmed(&app, &job).await.expect("a step"), Unconfirmed::default());
        app.clock.set(monday().plus(7 * DAY));
        assert_eq!(retention::unconfirmed(&app, &job).await.expect("a step"), Unconfirmed { sign_ups: 2, subscribers: 1 });
        let mut conn = db.read().await.expect("read");
        assert_eq!(store::subscriber::by_id(&mut conn, stranger).await.expect("by id"), None);
        assert_eq!(store::outbox::count_waiting(&mut conn).await.expect("count"), 0);
        drop(conn);
        assert_eq!(kinds(&db, reader).await, [ConsentKind::Expired]);
    }

    async fn old_notices_are_removed(database: &Database) {
        let db = open(database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let (_, subscriber) = asks(&db, "erika@example.org", of.id, monday()).await;
        let clock = Clock::set_at(monday());
        notices(&db, &clock, RelayTarget::File(folder.path().to_owned())).send_due().await.expect("sent");
        let app = crate::privacy::app(&db, monday().plus(30 * DAY));
        let job = Actor::Job("notice-retention");
        assert_eq!(retention::remove(&app, &job, Class::Notices).await.expect("a step"), 0);
        app.clock.set(monday().plus(30 * DAY + HOUR));
        assert_eq!(retention::remove(&app, &job, Class::Notices).await.expect("a step"), 1);
        assert_eq!(kinds(&db, subscriber).await, [ConsentKind::ConfirmationSent]);
    }

    /// Sending took so long that a lease from the beginning of the batch would be over: another
    /// worker does not get what was started late.
    async fn two_workers_send_a_notice_once(database: &Database) {
        let db = open(database).await;
        let slow = Rule::at("dot", "*").delay(Duration::from_secs(1));
        let sink = SmtpSink::misbehaving(&[slow]);
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let reader = subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let clock = Clock::set_at(monday());
        queue(&db, Lane::Normal, reader, 2, clock.now()).await;
        let one = notices(&db, &clock, smtp(sink.port()));
        let two = notices(&db, &clock, smtp(sink.port()));
        let batch = tokio::spawn(async move { one.send_due().await.expect("sent") });
        let started = async |count: i64| {
            until("an attempt", async || (attempts(&db).await == count).then_some(())).await;
        };
        started(1).await;
        clock.advance(store::outbox::LEASE + MINUTE); // the relay is that slow
        started(2).await;
        assert_eq!(two.send_due().await.expect("nothing to do"), [], "the second has just been started");
        assert_eq!(batch.await.expect("no panic"), [Did::Sent, Did::Sent]);
        assert_eq!(sink.received().len(), 2);
    }

    /// A thousand other notices wait, and each takes the relay seconds.
    async fn a_confirmation_overtakes_a_thousand_others(database: &Database) {
        let db = open(database).await;
        let slow = Rule::at("dot", "staff@*").delay(Duration::from_secs(20));
        let sink = SmtpSink::misbehaving(&[slow]);
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let staff = subscribed(&db, of.id, "staff@example.org", Language::De, TopicSet::EMPTY).await;
        queue(&db, Lane::Normal, staff, 500, monday().minus(HOUR)).await;
        queue(&db, Lane::Bulk, staff, 500, monday().minus(HOUR)).await;
        let notices = Arc::new(notices(&db, &Clock::set_at(monday()), smtp(sink.port())));
        let posted = Arc::new(Notify::new());
        let running = tokio::spawn({
            let posted = Arc::clone(&posted);
            async move { notices.run(&Shutdown::new(), &posted).await }
        });
        // Both other lanes are busy, then somebody fills in the form.
        until("a start", async || (attempts(&db).await >= 2).then_some(())).await;
        asks(&db, "erika@example.org", of.id, monday()).await;
        posted.notify_one();
        let all = until("the confirmation", async || Some(sink.received()).filter(|all| all.iter().any(is_to("erika@")))).await;
        assert_eq!(all.iter().filter(|mail| is_to("staff@")(mail)).count(), 0);
        running.abort();
    }

    async fn who_waits_for_long_is_told_once_an_hour(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let reader = subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let clock = Clock::set_at(monday());
        let watch = NoticeWatch::new(db.clone(), clock.clone());
        let look = async || watch.step(clock.now()).await.expect("a step");
        queue(&db, Lane::Urgent, reader, 2, clock.now()).await;
        clock.advance(5 * MINUTE);
        assert_eq!(look().await, Watched::default());
        clock.advance(Duration::from_secs(1));
        assert_eq!(look().await, Watched { late: 2, told: true, put_off: 0 });
        clock.advance(59 * MINUTE);
        assert_eq!(look().await, Watched { late: 2, told: false, put_off: 0 });
        clock.advance(MINUTE);
        assert_eq!(look().await, Watched { late: 2, told: true, put_off: 0 });
        let folder = tempfile::tempdir().expect("a folder");
        let sent = notices(&db, &clock, RelayTarget::File(folder.path().to_owned())).send_due().await;
        assert_eq!(sent.expect("sent").len(), 2);
        assert_eq!(look().await, Watched::default());
        // Told again at once when it comes back.
        queue(&db, Lane::Normal, reader, 1, clock.now().minus(HOUR)).await;
        assert_eq!(look().await, Watched { late: 1, told: true, put_off: 0 });
    }

    async fn a_clock_that_was_ahead_puts_no_notice_off(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let reader = subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let clock = Clock::set_at(monday().plus(7 * DAY));
        queue(&db, Lane::Urgent, reader, 1, monday()).await;
        let mut tx = db.begin().await.expect("begin");
        let started = store::outbox::start_next(&mut tx, Lane::Urgent, clock.now()).await.expect("start").expect("due");
        let later = Attempted::Later(clock.now().plus(HOUR));
        store::outbox::finish(&mut tx, (started.id, 1), &later, (None, None), clock.now()).await.expect("finish");
        tx.commit().await.expect("commit");
        clock.correct(monday());
        let folder = tempfile::tempdir().expect("a folder");
        let notices = notices(&db, &clock, RelayTarget::File(folder.path().to_owned()));
        assert_eq!(notices.send_due().await.expect("nothing is due"), []);
        let watched = NoticeWatch::new(db.clone(), clock.clone()).step(clock.now()).await.expect("a step");
        assert_eq!(watched.put_off, 1);
        assert_eq!(notices.send_due().await.expect("sent"), [Did::Sent]);
    }
}

/// How many attempts were started in all.
async fn attempts(db: &Db) -> i64 {
    let text = "SELECT CAST(COALESCE(SUM(attempts), 0) AS BIGINT) FROM outbox";
    let (sum,): (i64,) = match db {
        Db::Sqlite { readers, .. } => sqlx::query_as(text).fetch_one(readers).await,
        Db::Postgres(pool) => sqlx::query_as(text).fetch_one(pool).await,
    }
    .expect("a sum");
    sum
}
