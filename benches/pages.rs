//! What the pages of entries cost with 50,000 of them: `cargo bench --bench pages`, on a new SQLite file,
//! or on an empty PostgreSQL database: `cargo bench --bench pages -- postgres://…`.
//!
//! Each request goes through the whole service but the socket. Fails where a median is above 10 ms.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::Keyring;
use rundbrief::store::{Db, Location};
use rundbrief::web::{self, WebState};
use tokio::sync::Notify;
use tower::ServiceExt as _;

const ENTRIES: u32 = 50_000;
const REQUESTS: u32 = 1_000;
const MOST: Duration = Duration::from_millis(10);
/// A day in microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let named = std::env::args().find(|argument| argument.starts_with("postgres"));
    let location = match named {
        Some(url) => Location::Postgres(url),
        None => Location::Sqlite(folder.path().join("rundbrief.db")),
    };
    let db = Db::open(&location, 4).await.expect("it opens");
    let now = Clock::system().now();
    fill(&db, now).await;
    let pages = service(&db);
    println!(
        "{ENTRIES} entries on {}, {REQUESTS} requests each",
        db.kind()
    );
    let entry = |number: u32| format!("/news/{:012}", number * 37 % ENTRIES + 1);
    let mut paths: Vec<(&str, Vec<String>)> = vec![
        ("a list", vec!["/news".to_owned(), "/papers".to_owned()]),
        ("the events ahead", vec!["/events".to_owned()]),
        (
            "a rare topic",
            vec![
                "/news?topic=rare".to_owned(),
                "/papers?topic=rare".to_owned(),
            ],
        ),
        ("a month", vec![month("news", now), month("events", now)]),
        (
            "a feed",
            vec!["/news.atom".to_owned(), "/events.json".to_owned()],
        ),
    ];
    // An address without words redirects to the right one.
    let mut entries = Vec::new();
    // One in fifty is a draft.
    for number in (0..200).filter(|number| (number * 37 + 1) % 50 != 7) {
        entries.push(target(&pages, &entry(number)).await);
    }
    paths.insert(0, ("an entry", entries));
    let mut slow = Vec::new();
    for (what, paths) in &paths {
        let median = measure(&pages, what, paths).await;
        if median > MOST {
            slow.push(*what);
        }
    }
    assert!(slow.is_empty(), "above {MOST:?}: {slow:?}");
}

fn month(section: &str, now: Timestamp) -> String {
    format!("/{section}?month={}", now.utc().format("%Y-%m"))
}

fn service(db: &Db) -> Router {
    let config = Config::from_defaults(|config| {
        let key = Keyring::key_text(1, *b"a key of thirty-two random bytes");
        config
            .security
            .set_keyring(Keyring::parse::<&str>(&key, &[]).expect("a key"));
    });
    let wake = Arc::new(Notify::new());
    let state = WebState::new(db.clone(), Arc::new(config), Clock::system(), wake);
    web::build(state.expect("there is a key"))
}

async fn get(pages: &Router, path: &str) -> axum::response::Response {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    pages.clone().oneshot(request).await.expect("an answer")
}

async fn target(pages: &Router, path: &str) -> String {
    let moved = get(pages, path).await;
    assert_eq!(moved.status(), StatusCode::MOVED_PERMANENTLY, "{path}");
    let location = moved.headers().get("location").expect("where to");
    location.to_str().expect("a path").to_owned()
}

async fn measure(pages: &Router, what: &str, paths: &[String]) -> Duration {
    let mut times = Vec::new();
    let mut bytes = 0;
    for path in paths.iter().cycle().take(REQUESTS as usize) {
        let begun = Instant::now();
        let answer = get(pages, path).await;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("a body");
        times.push(begun.elapsed());
        assert_eq!(status, StatusCode::OK, "{path}");
        bytes = bytes.max(body.len());
    }
    times.sort_unstable();
    let (median, late) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{what:18} median {median:>10.2?}  99 % {late:>10.2?}  up to {bytes} bytes");
    median
}

/// Entries of four kinds over ten years back and one ahead, in two languages, with texts of 3 KB; one
/// in a thousand has the topic `rare`.
async fn fill(db: &Db, now: Timestamp) {
    let paragraph = "<p>Im Rathaus beginnen die Gespräche über den neuen Radweg entlang der Wurm. \
        Wer dort wohnt, kann die Pläne einsehen und bis zum Monatsende dazu schreiben.</p>";
    let body = paragraph.repeat(18);
    let (first, step) = (now.micros() - 3_650 * DAY, 4_015 * DAY / i64::from(ENTRIES));
    for text in [
        "INSERT INTO organisation (id, uuid, name, created_at) VALUES (1, 'o', 'Presseamt', 0)".to_owned(),
        "INSERT INTO topic (bit, key, created_at) VALUES (0, 'climate', 0), (1, 'culture', 0), (2, 'rare', 0)".to_owned(),
        "INSERT INTO topic_name (topic_bit, language, name) VALUES (0, 'de', 'Klima'), (1, 'de', 'Kultur'), (2, 'de', 'Selten')".to_owned(),
        format!(
            "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {ENTRIES}), \
             made AS (SELECT n, CASE n % 10 WHEN 0 THEN 'paper' WHEN 1 THEN 'meeting' WHEN 2 THEN 'event' WHEN 3 THEN 'event' ELSE 'news' END AS kind, \
             {first} + n * {step} AS at FROM series) \
             INSERT INTO entry (id, uuid, organisation_id, kind, state, origin, original, dated_at, starts_at, ends_at, all_day, zone, place, \
             topics, content_hash, created_at, updated_at, published_at) \
             SELECT n, '01936c1f-7a2b-7c3d-8e4f-' || substr(CAST(1000000000000 + n AS TEXT), 2), 1, kind, \
             CASE WHEN n % 50 = 7 THEN 'draft' ELSE 'published' END, 'own', 'de', \
             CASE WHEN kind IN ('news', 'paper') THEN at END, CASE WHEN kind IN ('event', 'meeting') THEN at END, \
             CASE WHEN kind = 'event' THEN at + 7200000000 END, FALSE, CASE WHEN kind IN ('event', 'meeting') THEN 'Europe/Berlin' END, 'Rathaus', \
             CASE WHEN n % 1000 = 4 THEN 4 WHEN n % 1000 = 0 THEN 4 ELSE 1 + n % 2 END, 'x', at, at, at FROM made"
        ),
        format!(
            "INSERT INTO entry_text (entry_id, language, title, teaser, body) \
             SELECT id, language, 'Radweg an der Wurm, Nachricht ' || id, 'Die Städteregion plant einen Radweg und lädt zum Gespräch.', '{body}' \
             FROM entry CROSS JOIN (SELECT 'de' AS language UNION ALL SELECT 'nl') AS languages"
        ),
    ] {
        let text = sqlx::AssertSqlSafe(text);
        match db {
            Db::Sqlite { writer, .. } => sqlx::raw_sql(text).execute(writer).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::raw_sql(text).execute(pool).await.map(|_| ()),
        }
        .expect("rows");
    }
    if let Db::Postgres(pool) = db {
        // What autovacuum does within a minute.
        sqlx::raw_sql("VACUUM ANALYZE")
            .execute(pool)
            .await
            .expect("analysed");
    }
}
