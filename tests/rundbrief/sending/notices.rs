//! Measures how long a confirmation takes from the form to the relay while a large issue is sent.

use std::time::{Duration, Instant};

use rundbrief::clock::Clock;
use rundbrief::domain::issue::IssueState;
use rundbrief::store::Db;

use super::Town;
use crate::harness::{SmtpSink, form, post};

/// Forms submitted one after the other.
const FORMS: usize = 60;

/// When each confirmation was sent, in microseconds, without waiting ones.
async fn finished(db: &Db) -> Vec<i64> {
    let text = "SELECT finished_at FROM outbox WHERE state = 'sent' ORDER BY id";
    let rows: Vec<(i64,)> = match db {
        Db::Sqlite { readers, .. } => sqlx::query_as(text).fetch_all(readers).await,
        Db::Postgres(pool) => sqlx::query_as(text).fetch_all(pool).await,
    }
    .expect("the outbox");
    rows.into_iter().map(|(at,)| at).collect()
}

/// Run by hand, because it takes minutes:
///
/// ```text
/// cargo nextest run --release -p rundbrief --run-ignored only --no-capture -E 'test(confirmations_are_quick)'
/// ```
async fn measure(database: &crate::harness::Database) {
    let readers: usize = std::env::var("RUNDBRIEF_READERS").map_or(100_000, |count| {
        count.parse().expect("RUNDBRIEF_READERS is a number")
    });
    let sink = SmtpSink::start();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|bound| bound.local_addr())
        .expect("a free port");
    let mut town = Town::new(database, sink.url(), readers, "resend").await;
    town.installation = town
        .installation
        .with("server.listen", port)
        .with("subscribing.fill_time", "0 seconds")
        .with("subscribing.requests_per_client", 100_000)
        .with("subscribing.requests_in_all", 100_000);
    let mut serve = town.installation.start(["serve"]);
    let begin = Instant::now();
    while tokio::net::TcpStream::connect(port).await.is_err() {
        assert!(
            begin.elapsed() < Duration::from_mins(1),
            "it does not listen"
        );
        serve.must_run();
    }
    town.release();
    let clock = Clock::system();
    let mut posted = Vec::new();
    for number in 0..FORMS {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let stamp = town.keyring.form_token(clock.now());
        let address = format!("new{number}@town.example");
        let fields = [
            ("address", address.as_str()),
            ("topic", "rat.council"),
            ("language", "de"),
            ("form", stamp.as_str()),
        ];
        posted.push(clock.now());
        let answer = post(port, "/subscribe", &[], &form(fields)).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
    let begin = Instant::now();
    while finished(&town.db).await.len() < FORMS {
        assert!(begin.elapsed() < Duration::from_mins(1), "some wait still");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut took: Vec<_> = finished(&town.db)
        .await
        .iter()
        .zip(&posted)
        .map(|(sent, posted)| (sent - posted.micros()) / 1000)
        .collect();
    took.sort_unstable();
    let state = town.status()["state"].clone();
    #[expect(
        clippy::print_stderr,
        reason = "the result of a manual run is printed for a person"
    )]
    {
        eprintln!(
            "form to relay in ms: median {}, 95 % {}, longest {}; {readers} readers, the issue was {state} then, {} mails had arrived",
            took[FORMS / 2],
            took[FORMS * 95 / 100],
            took[FORMS - 1],
            sink.received().len(),
        );
    }
    assert_eq!(
        state,
        IssueState::Sending.as_str(),
        "it was sent too fast to prove anything"
    );
    assert!(took[FORMS / 2] < 2_000);
}

mod confirmations_are_quick_while_an_issue_is_sent {
    use super::measure;
    use crate::harness::{Database, on};

    #[test]
    #[ignore = "takes minutes: run it by hand, see `measure`"]
    fn on_sqlite() {
        on(Database::sqlite, measure);
    }

    #[test]
    #[ignore = "takes minutes, and needs a PostgreSQL server: scripts/postgres-for-tests"]
    fn on_postgresql() {
        on(Database::postgres, measure);
    }
}
