//! What holds for every page, whatever a stranger sends.

use std::time::Duration;

use rundbrief::domain::language::Language;
use rundbrief::domain::token::Purpose;
use rundbrief::store::{self, Db};

use super::Service;
use crate::harness::{Database, exchange, form, get, post};
use crate::store::{monday, subscribed, topics};

on_both_databases! {
    /// The short answer is for load balancers and stays; the full one says what waits.
    async fn the_full_answer_tells_of_notices_that_wait(database: &Database) {
        let service = Service::start(database).await;
        let full = async || {
            let answer = get(service.at, "/healthz?full", &[]).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
            serde_json::from_str::<serde_json::Value>(&answer.body).expect("JSON")
        };
        assert_eq!(full().await, serde_json::json!({ "status": "ok", "late_notices": 0, "lanes": [], "failing_jobs": [] }));
        service.sign_up_for_climate("erika@town.example").await;
        service.clock.advance(Duration::from_secs(301));
        let mut tx = service.db.begin().await.expect("begin");
        store::job_run::failed(&mut tx, "schedule", (monday(), monday()), "no luck").await.expect("kept");
        tx.commit().await.expect("commit");
        assert_eq!(full().await, serde_json::json!({
            "status": "attention",
            "late_notices": 1,
            "lanes": [{ "lane": "urgent", "waiting": 1, "late": 1, "oldest_seconds": 301 }],
            "failing_jobs": ["schedule"],
        }));
        let short = get(service.at, "/healthz", &[]).await;
        assert_eq!((short.status, short.body.as_str()), (200, "ok\n"));
    }

    /// Scanners open every link; nothing changes, and every answer carries the protecting headers.
    async fn looking_changes_nothing(database: &Database) {
        let service = Service::start(database).await;
        let reader = subscribed(&service.db, service.region.id, "reader@town.example", Language::De, topics(&[0])).await;
        service.sign_up_for_climate("erika@town.example").await;
        let confirm = service.confirmation(7).await;
        let leave = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, 0, reader));
        let change = format!("/preferences/{}", service.token(Purpose::Preferences, 0, reader));
        let before = (service.rows().await, service.running(reader).await, service.state_of(reader).await);
        for path in ["/", "/subscribe", "/subscribe/sent", "/imprint", "/privacy", "/accessibility", "/healthz", &confirm, &leave, &change, "/nothing"] {
            for method in ["GET", "HEAD", "OPTIONS"] {
                let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                let answer = exchange(service.at, request.as_bytes()).await;
                let personal = [&confirm, &leave, &change].contains(&&path.to_owned()) || path == "/nothing";
                if method == "GET" && !answer.body.is_empty() && path != "/healthz" {
                    assert!(!answer.body.contains("name=\"referrer\""), "a meta element would override the header of {path}");
                }
                assert_eq!(answer.header("x-robots-tag").is_some(), personal, "{method} {path}");
                let referrer = if personal { "no-referrer" } else { "same-origin" };
                assert_eq!(answer.header("referrer-policy"), Some(referrer), "{method} {path}");
                assert_eq!(answer.header("cache-control"), Some("no-store"), "{method} {path}");
                assert!(answer.header("content-security-policy").is_some_and(|it| it.starts_with("default-src 'none'")));
                assert!(answer.header("set-cookie").is_none());
                assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
                if method == "HEAD" {
                    assert!(answer.body.is_empty(), "{path}");
                }
                if method == "OPTIONS" && path != "/nothing" {
                    assert_eq!(answer.status, 405, "{path}");
                    assert!(answer.header("allow").is_some());
                }
            }
        }
        let after = (service.rows().await, service.running(reader).await, service.state_of(reader).await);
        assert_eq!(after, before);
    }

    /// Each kind of nonsense has its answer.
    async fn nonsense_is_answered_with_a_page(database: &Database) {
        let service = Service::start(database).await;
        let before = service.rows().await;
        assert_eq!(get(service.at, "/no/such/page", &[]).await.status, 404);
        assert_eq!(get(service.at, "/assets/none.css", &[]).await.status, 404);
        assert_eq!(post(service.at, "/imprint", &[], "").await.status, 405);
        assert_eq!(post(service.at, "/subscribe", &["Content-Type: application/json"], "{}").await.status, 415);
        assert_eq!(post(service.at, "/subscribe", &[], "address=%ff%fe").await.status, 400);
        assert_eq!(post(service.at, "/subscribe", &[], &"a=b&".repeat(300)).await.status, 413);
        let long = format!("address={}", "a".repeat(20_000));
        assert_eq!(post(service.at, "/subscribe", &[], &long).await.status, 413);
        let head = format!("GET /subscribe HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(40_000));
        assert_eq!(exchange(service.at, head.as_bytes()).await.status, 431);
        let headers = "X: y\r\n".repeat(100);
        let head = format!("GET /subscribe HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        assert_eq!(exchange(service.at, head.as_bytes()).await.status, 431);
        assert_eq!(service.rows().await, before);
    }

    /// A database that refuses: 503 and when to come back, nothing half written, and no word about it.
    async fn a_broken_database_loses_nothing(database: &Database) {
        let service = Service::start(database).await;
        let before = service.rows().await;
        service.execute("ALTER TABLE outbox RENAME TO elsewhere").await;
        let answer = service.sign_up_for_climate("erika@town.example").await;
        assert_eq!(answer.status, 503);
        assert!(answer.header("retry-after").is_some());
        assert!(!answer.body.contains("outbox") && !answer.body.contains("erika"));
        service.execute("ALTER TABLE elsewhere RENAME TO outbox").await;
        assert_eq!(service.rows().await, before);
        assert_eq!(service.sign_up_for_climate("erika@town.example").await.status, 303);
        assert_eq!(service.rows().await["outbox"], 1);
    }
}

/// Whom a page is for is decided where its route is registered, not by how its path looks.
#[tokio::test]
async fn a_parameter_alone_makes_no_page_personal() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    let issue = get(service.at, "/test/issues/14", &[]).await;
    assert_eq!((issue.status, issue.header("x-robots-tag")), (200, None));
    assert_eq!(issue.header("referrer-policy"), Some("same-origin"));
    let broken = get(service.at, "/confirm/", &[]).await;
    assert_eq!(broken.header("referrer-policy"), Some("no-referrer"));
}

/// Every route says whom it is for; the pages behind a token are those of the link's holder.
#[test]
fn routes_with_a_token_are_for_its_holder() {
    use rundbrief::web::{Audience, public};
    let routes = public::routes();
    let table = routes.table();
    assert!(table.len() > 9, "{table:?}");
    for (route, audience) in table {
        let holds_token = route.contains("{token}");
        let expected = if holds_token {
            Audience::LinkHolder
        } else {
            Audience::Everybody
        };
        assert_eq!(*audience, expected, "{route}");
    }
}

/// The disk is full: SQLite says so when its file may not grow.
#[tokio::test]
async fn a_full_disk_loses_nothing() {
    let database = Database::sqlite().await;
    let service = Service::start_with(&database, |config| {
        config.subscribing.requests_per_client = 1000;
    })
    .await;
    let Db::Sqlite { writer, .. } = &service.db else {
        panic!("this is SQLite");
    };
    let full = "PRAGMA max_page_count = 1";
    sqlx::query(full).execute(writer).await.expect("a pragma");
    let before = service.rows().await;
    let stamp = service.keyring.form_token(service.clock.now());
    // Free room in the last pages holds some sign-ups yet.
    let mut statuses = Vec::new();
    for number in 0..200 {
        let who = format!("reader-{number}@town.example");
        let fields = [
            ("address", who.as_str()),
            ("topic", "region.climate"),
            ("form", &stamp),
        ];
        let answer = post(service.at, "/subscribe", &[], &form(fields)).await;
        statuses.push(answer.status);
        if answer.status != 303 {
            break;
        }
    }
    assert_eq!(statuses.pop(), Some(503));
    let after = service.rows().await;
    let taken = i64::try_from(statuses.len()).expect("a small number");
    for table in ["subscriber", "signup", "consent_event", "outbox"] {
        assert_eq!(after[table] - before[table], taken, "{table}");
    }
}

/// A language that was asked for goes through every link of the page.
#[tokio::test]
async fn the_language_is_the_visitors() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    let home = get(service.at, "/?lang=fr", &[]).await;
    assert_eq!(
        (home.status, home.header("location")),
        (303, Some("/subscribe?lang=fr"))
    );
    assert_eq!(
        get(service.at, "/", &[]).await.header("location"),
        Some("/subscribe")
    );
    let page = get(service.at, "/subscribe", &["Accept-Language: nl"]).await;
    assert_eq!(page.header("vary"), Some("accept-language"));
}

/// A page that panics or hangs is answered like any other failure, and the service lives on.
#[tokio::test]
async fn pages_that_go_wrong_are_answered() {
    let database = Database::sqlite().await;
    let service = Service::start_with(&database, |config| {
        config.server.request_timeout = std::time::Duration::from_millis(100);
        config.server.public_url = "https://news.town.example".parse().expect("a URL");
    })
    .await;
    let panicked = get(service.at, "/test/panic", &[]).await;
    assert_eq!(panicked.status, 500);
    assert!(!panicked.body.contains("this page panics"));
    let slow = get(service.at, "/test/slow", &[]).await;
    assert_eq!((slow.status, slow.header("retry-after")), (503, Some("60")));
    let healthy = get(service.at, "/healthz", &[]).await;
    assert_eq!((healthy.status, healthy.body.as_str()), (200, "ok\n"));
    assert!(healthy.header("strict-transport-security").is_some());
}

/// Connections on which nothing is under way do not keep the service from stopping.
#[tokio::test]
async fn stopping_does_not_wait_for_idle_connections() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let database = Database::sqlite().await;
    let mut service = Service::start(&database).await;
    let silent = tokio::net::TcpStream::connect(service.at).await;
    let mut kept = tokio::net::TcpStream::connect(service.at)
        .await
        .expect("it listens");
    kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    assert!(kept.read(&mut [0; 1024]).await.expect("an answer") > 0);
    service.shutdown.ask();
    let stopped = tokio::time::timeout(std::time::Duration::from_secs(5), &mut service.serving);
    assert!(stopped.await.is_ok());
    drop(silent);
}
