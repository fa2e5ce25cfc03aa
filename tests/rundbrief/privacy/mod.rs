//! What is promised to the people whose addresses are kept: erasure, suppression, retention, and that
//! a restored backup breaks none of it.

mod erasing;
mod notice;
mod restored;
mod retention;
mod suppressing;

use std::path::Path;
use std::sync::Arc;

use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;
use rundbrief::domain::delivery::{DeliveryKey, DeliveryState, FailureClass};
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::{Lane, NoticeKind, Recipient};
use rundbrief::domain::subscriber::{ConsentKind, ConsentMethod};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::consent::{ConsentEvent, Wording};
use rundbrief::store::ledger::Outcome;
use rundbrief::store::outbox::{Attempted, NewNotice};
use rundbrief::store::signup::NewSignup;
use rundbrief::store::{self, Db};

use crate::harness::Database;
use crate::store::ledger::{approved, finish, frozen, lease, outcome, start};
use crate::store::{DAY, address, monday, subscribed, topics};
use crate::web::keyring;

/// The operations over a database, at an instant.
pub fn app(db: &Db, now: Timestamp) -> App {
    let mut config = crate::installation::config();
    config.security.set_keyring(keyring(1, &[]));
    App::new(db.clone(), Clock::set_at(now), Arc::new(config))
}

pub fn operator() -> Actor {
    Actor::Operator {
        user: "root".to_owned(),
    }
}

/// Somebody signs up for a newsletter. Returns the row and the sign-up.
pub async fn signs_up(db: &Db, to: i64, who: &str, now: Timestamp) -> (i64, i64) {
    let mut tx = db.begin().await.expect("begin");
    let subscriber = store::subscriber::ensure(&mut tx, &address(who), Language::Fr, now)
        .await
        .expect("ensure");
    let wording = Wording {
        hash: "ab".repeat(32),
        version: "2026-1".to_owned(),
        language: "fr".to_owned(),
        wording: "Oui, je souhaite recevoir la lettre.".to_owned(),
    };
    store::consent::keep_wording(&mut tx, &wording, now)
        .await
        .expect("keep");
    let new = NewSignup {
        subscriber: subscriber.id,
        language: Language::Fr,
        wording_hash: wording.hash.clone(),
        page: "/subscribe".to_owned(),
        requested_at: now,
        expires_at: now.plus(7 * DAY),
        newsletters: vec![(to, topics(&[1]))],
    };
    let signup = store::signup::add(&mut tx, &new).await.expect("add");
    consents(&mut tx, subscriber.id, to, ConsentKind::Requested, now).await;
    let notice = NewNotice {
        kind: NoticeKind::Confirmation,
        lane: Lane::Urgent,
        recipient: Recipient::Subscriber(subscriber.id),
        signup: Some(signup),
        language: Language::Fr,
        parameters: serde_json::json!({}),
        message_id: format!("{signup}@musterstadt.example"),
    };
    let queued = store::outbox::enqueue(&mut tx, &notice, now);
    queued.await.expect("enqueue");
    tx.commit().await.expect("commit");
    (subscriber.id, signup)
}

/// The confirmation mail goes out, and the relay repeats the address; the person confirms.
pub async fn confirms(db: &Db, to: i64, (row, signup): (i64, i64), who: &str, now: Timestamp) {
    let mut tx = db.begin().await.expect("begin");
    let mail = store::outbox::start_next(&mut tx, Lane::Urgent, now)
        .await
        .expect("start");
    let mail = mail.expect("a mail waits").id;
    let reply = format!("2.1.5 <{who}> ok");
    let said = (Some(250), Some(reply.as_str()));
    store::outbox::finish(&mut tx, (mail, 1), &Attempted::Sent, said, now)
        .await
        .expect("finish");
    assert!(
        store::signup::confirm(&mut tx, signup, now)
            .await
            .expect("confirm")
    );
    store::subscription::activate(&mut tx, row, to, topics(&[1]), now)
        .await
        .expect("activate");
    consents(&mut tx, row, to, ConsentKind::Confirmed, now).await;
    store::subscriber::follow_subscriptions(&mut tx, row, true)
        .await
        .expect("follow");
    tx.commit().await.expect("commit");
}

async fn consents(tx: &mut store::Tx, row: i64, to: i64, kind: ConsentKind, at: Timestamp) {
    let event = ConsentEvent {
        subscriber: row,
        newsletter: Some(to),
        kind,
        method: ConsentMethod::Web,
        at,
        topics: Some(topics(&[1])),
        language: Some(Language::Fr),
        wording_hash: Some("ab".repeat(32)),
        page: Some("/subscribe".to_owned()),
        message_id: None,
    };
    store::consent::append(tx, &event).await.expect("append");
}

/// Sends an issue to everybody subscribed: whose row is in `refused` gets it refused with an answer
/// that repeats the address. Returns the issue.
pub async fn sends(db: &Db, newsletter: i64, refused: &[(i64, &str)], now: Timestamp) -> i64 {
    let issue = approved(db, newsletter, topics(&[1]), false).await;
    frozen(db, issue).await;
    let keys = lease(db, issue, "w", now).await;
    start(db, &keys, "w").await;
    let outcomes: Vec<Outcome> = keys.iter().map(|key| answer(*key, refused, now)).collect();
    assert_eq!(finish(db, &outcomes, "w").await, outcomes.len() as u64);
    let mut tx = db.begin().await.expect("begin");
    store::issue::finish_done(&mut tx, now)
        .await
        .expect("finish");
    tx.commit().await.expect("commit");
    issue
}

fn answer(key: DeliveryKey, refused: &[(i64, &str)], at: Timestamp) -> Outcome {
    match refused.iter().find(|(row, _)| *row == key.subscriber) {
        None => Outcome {
            at,
            ..outcome(key, DeliveryState::Sent)
        },
        Some((_, who)) => Outcome {
            at,
            class: Some(FailureClass::NoSuchMailbox),
            reply: format!("<{who}>: Recipient address rejected"),
            ..outcome(key, DeliveryState::Failed)
        },
    }
}

/// Files of this database in which one of these texts stands, byte for byte.
pub async fn files_with(database: &Database, db: &Db, texts: &[&str]) -> Vec<String> {
    let folder = match db {
        Db::Sqlite { .. } => database.file().parent().expect("a folder").to_owned(),
        Db::Postgres(pool) => {
            sqlx::query("CHECKPOINT")
                .execute(pool)
                .await
                .expect("checkpoint");
            let base: String = sqlx::query_scalar("SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = current_database()")
                .fetch_one(pool)
                .await
                .expect("where the data is");
            base.into()
        }
    };
    let mut found = Vec::new();
    let mut seen = 0;
    for file in std::fs::read_dir(&folder).expect("a folder") {
        let file = file.expect("a file");
        if !file.file_type().expect("a type").is_file() {
            continue;
        }
        let bytes = match std::fs::read(file.path()) {
            Ok(bytes) => bytes,
            // The server removes files of tables that were rewritten.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => panic!("the test may read the database's files: {error}"),
        };
        seen += bytes.len();
        if texts.iter().any(|text| contains(&bytes, text.as_bytes())) {
            found.push(file.file_name().to_string_lossy().into_owned());
        }
    }
    assert!(
        seen > 10_000,
        "that is no database: {}",
        Path::display(&folder)
    );
    found
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window.eq_ignore_ascii_case(text))
}

/// Counts the rows that a statement finds.
pub async fn count(db: &Db, statement: &'static str) -> i64 {
    match db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(statement).fetch_one(readers).await,
        Db::Postgres(pool) => sqlx::query_scalar(statement).fetch_one(pool).await,
    }
    .expect(statement)
}

/// Readers of a newsletter at these domains, confirmed long ago.
pub async fn readers(db: &Db, newsletter: i64, domains: &[(&str, usize)]) -> Vec<(i64, String)> {
    let mut all = Vec::new();
    for (domain, number) in domains {
        for n in 0..*number {
            let who = format!("reader{n}@{domain}");
            let chosen: TopicSet = topics(&[1]);
            let row = subscribed(db, newsletter, &who, Language::De, chosen).await;
            all.push((row, who));
        }
    }
    all
}

/// The usual instant, days later.
pub fn after(days: u32) -> Timestamp {
    monday().plus(days * DAY)
}
