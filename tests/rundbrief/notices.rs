//! Mails that ask to confirm, and what becomes of who does not.

use std::path::Path;

use mail_parser::MessageParser;
use rundbrief::app::Actor;
use rundbrief::app::retention::{self, Class, Unconfirmed};
use rundbrief::config::{Config, RelayTarget};
use rundbrief::delivery::Transport;
use rundbrief::digest::MailContext;
use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::ConsentKind;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::Keyring;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::outbox::{Did, Outbox};
use rundbrief::store::consent::Wording;
use rundbrief::store::outbox::OutboxKind;
use rundbrief::store::signup::NewSignup;
use rundbrief::store::{self, Db};

use crate::installation::config;
use crate::store::{DAY, HOUR, address, monday, newsletter, open, subscribed};

fn keyring() -> Keyring {
    let mut entropy = [7; 32];
    entropy[0] = 1;
    Keyring::parse(&Keyring::generate(entropy), &[] as &[&str]).expect("a key")
}

fn outbox(db: &Db, relay: RelayTarget) -> Outbox {
    let mut config: Config = config();
    config.relay.target = relay;
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    Outbox::new(
        db.clone(),
        MailContext::from_config(&config),
        keyring(),
        transport,
        config.system_sender(),
    )
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
    store::outbox::enqueue(
        &mut tx,
        OutboxKind::Confirmation,
        subscriber,
        Some(signup),
        Language::Fr,
        &id,
        now,
    )
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
        let job = outbox(&db, RelayTarget::File(folder.path().to_owned()));
        assert_eq!(job.step(monday()).await.expect("a step"), [Did::Sent]);
        assert_eq!(job.step(monday().plus(DAY)).await.expect("a step"), []);
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
        let job = outbox(&db, RelayTarget::Smtp {
            host: "127.0.0.1".to_owned(),
            port: closed.port(),
            tls: rundbrief::config::RelayTls::None,
            user: None,
        });
        let (mut now, mut tries) = (monday(), 0);
        loop {
            match job.step(now).await.expect("a step").as_slice() {
                [Did::Later] => tries += 1,
                [] => {}
                [Did::Failed(reason)] => {
                    assert!(reason.contains("relay"), "{reason}");
                    break;
                }
                other => panic!("{other:?}"),
            }
            now = now.plus(HOUR / 4);
            assert!(now < monday().plus(3 * DAY), "never given up");
        }
        assert!((20..=60).contains(&tries), "{tries}");
        assert!(now > monday().plus(46 * HOUR));
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
        let did = outbox(&db, RelayTarget::File(folder.path().to_owned())).step(monday()).await.expect("a step");
        assert!(matches!(did.as_slice(), [Did::Failed(_), Did::Failed(_)]), "{did:?}");
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
        outbox(&db, RelayTarget::File(folder.path().to_owned())).step(monday()).await.expect("a step");
        let app = crate::privacy::app(&db, monday().plus(30 * DAY));
        let job = Actor::Job("notice-retention");
        assert_eq!(retention::remove(&app, &job, Class::Notices).await.expect("a step"), 0);
        app.clock.set(monday().plus(30 * DAY + HOUR));
        assert_eq!(retention::remove(&app, &job, Class::Notices).await.expect("a step"), 1);
        assert_eq!(kinds(&db, subscriber).await, [ConsentKind::ConfirmationSent]);
    }
}
