//! What the pages of the newsroom cost with 5,000 entries, 200 issues and 100,000 subscribers: `cargo
//! bench --bench newsroom`, on a new SQLite file, or on an empty PostgreSQL database: `cargo bench --bench
//! newsroom -- postgres://…`. A number asks for so many requests of each page, `table` for rows of
//! docs/benchmarks.md; `scripts/bench pages` does both, on both databases.
//!
//! Each request goes through the whole service but the socket. The first of each page is told apart: what it
//! counts is kept for half a minute. Fails where a median is above 20 ms, or a page above 100 KB.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod fill;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rundbrief::app::staff::{self, NewUser};
use rundbrief::app::{Actor, App, issues};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::language::Language;
use rundbrief::domain::token::Keyring;
use rundbrief::domain::user::Role;
use rundbrief::store::staff_session::Step;
use rundbrief::store::{Db, Location};
use rundbrief::web::{self, WebState};
use tokio::sync::Notify;
use tower::ServiceExt as _;

use self::fill::{ENTRIES, ISSUES, REPORTED, SENDING, SUBSCRIBERS, fill, word};

const REQUESTS: usize = 200;
const MOST: Duration = Duration::from_millis(20);
const LARGEST: usize = 100 * 1024;

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
    let entries = fill(&db, now).await;
    let (pages, cookie) = service(&db).await;
    let number = std::env::args().find_map(|argument| argument.parse().ok());
    let requests = number.unwrap_or(REQUESTS).max(1);
    let is_table = std::env::args().any(|argument| argument == "table");
    println!(
        "{ENTRIES} entries, {ISSUES} issues, {SUBSCRIBERS} subscribers on {}, {requests} requests each",
        db.kind()
    );
    let mut wrong = Vec::new();
    let all = entry_paths(&entries).into_iter().chain(issue_paths());
    for (what, paths) in all {
        let figures = measure(&pages, &cookie, &paths, requests).await;
        println!("{}", figures.line(what, is_table));
        if figures.median > MOST || figures.largest > LARGEST {
            wrong.push(what);
        }
    }
    assert!(
        wrong.is_empty(),
        "above {MOST:?} or {LARGEST} bytes: {wrong:?}"
    );
}

/// The pages of entries, each with the addresses that are asked for in turn.
fn entry_paths(entries: &[String]) -> Vec<(&'static str, Vec<String>)> {
    let list = |query: &str| format!("/newsroom/entries?{query}");
    let pages = |numbers: std::ops::Range<u32>| numbers.map(|n| list(&format!("page={n}")));
    let word = |number: u32| list(&format!("words={}", word(number)));
    let beginning = |number: u32| {
        let beginning: String = self::word(number).chars().take(3).collect();
        list(&format!("words={beginning}"))
    };
    let several = |number: u32| {
        let (one, other) = (self::word(number), self::word(number * 7 + 1));
        list(&format!("words={one}+{other}&state=published"))
    };
    let entry = |uuid: &String| format!("/newsroom/entries/{uuid}");
    vec![
        ("entries", pages(1..20).collect()),
        ("a word", (0..50).map(word).collect()),
        ("three letters", (0..50).map(beginning).collect()),
        ("several words", (0..50).map(several).collect()),
        ("what waits", vec![list("state=submitted&kind=event")]),
        ("an entry", entries.iter().take(100).map(entry).collect()),
        ("proposals", vec!["/newsroom/entries/proposals".to_owned()]),
    ]
}

/// The other pages: an issue in draft, one that is being sent, one that was sent.
fn issue_paths() -> Vec<(&'static str, Vec<String>)> {
    const LIST: &str = "/newsroom/issues";
    let draft = ISSUES + 1;
    let page = |number: u32, page: &str| vec![format!("{LIST}/region/{number}{page}")];
    let variant = |topics: u32| format!("{LIST}/region/{draft}/mail?language=de&topics={topics}");
    let one = |path: &str| vec![path.to_owned()];
    vec![
        ("the start page", one("/newsroom")),
        ("the calendar", one("/newsroom/calendar")),
        ("the newsletters", one("/newsroom/newsletters")),
        ("a schedule", one("/newsroom/newsletters/region/schedule")),
        ("the issues", one(LIST)),
        ("an issue", page(draft, "")),
        ("its entries to add", page(draft, "/add")),
        ("its checks", page(draft, "/checks")),
        ("its variants", page(draft, "/variants")),
        ("a variant", (1..64).map(variant).collect()),
        ("its time", page(draft, "/time")),
        ("its approval", page(draft, "/approve")),
        ("its history", page(draft, "/history")),
        ("an issue being sent", page(SENDING, "/sending")),
        ("a report", page(REPORTED, "/sending")),
        ("users", one("/newsroom/users")),
        ("the audit log", one("/newsroom/audit")),
        ("the account", one("/newsroom/account")),
    ]
}

/// The service, and the cookie of somebody who is logged in.
async fn service(db: &Db) -> (Router, String) {
    let config = Arc::new(Config::from_defaults(|config| {
        let key = Keyring::key_text(1, *b"a key of thirty-two random bytes");
        config
            .security
            .set_keyring(Keyring::parse::<&str>(&key, &[]).expect("a key"));
    }));
    let app = App::new(db.clone(), Clock::system(), Arc::clone(&config));
    let new = NewUser {
        name: "Erika Beispiel".to_owned(),
        email: "erika@rathaus.example".parse().expect("an address"),
        language: Language::De,
        roles: Role::ALL.iter().copied().collect(),
        password: None,
    };
    let user = staff::add(&app, &Actor::operator(), new).await;
    let user = user.expect("a user");
    let composed = issues::compose(&app, &Actor::operator(), "region").await;
    let composed = composed.expect("there is something to tell");
    assert_eq!(composed.issue.number, i64::from(ISSUES) + 1);
    let opened = staff::open(&app, &user, Step::Open, "Firefox, Linux").await;
    let token = opened.expect("a session").token;
    let wake = Arc::new(Notify::new());
    let state = WebState::new(db.clone(), config, Clock::system(), wake);
    let router = web::build(state.expect("there is a key"));
    (router, format!("rundbrief={}", token.reveal()))
}

/// What one page cost.
struct Figures {
    /// The first request: nothing was counted before.
    first: Duration,
    median: Duration,
    late: Duration,
    /// The size of the largest answer.
    largest: usize,
}

impl Figures {
    fn line(&self, what: &str, is_table: bool) -> String {
        let Self {
            first,
            median,
            late,
            largest,
        } = self;
        if is_table {
            let [first, median, late] =
                [first, median, late].map(|time| format!("{:.1}", time.as_secs_f64() * 1_000.0));
            let kilobytes = largest.div_ceil(1_000);
            format!("| {what} | {median} | {late} | {first} | {kilobytes} |")
        } else {
            format!(
                "{what:20} median {median:>10.2?}  99 % {late:>10.2?}  first {first:>10.2?}  up to {largest} bytes"
            )
        }
    }
}

async fn measure(pages: &Router, cookie: &str, paths: &[String], requests: usize) -> Figures {
    let mut times = Vec::new();
    let mut largest = 0;
    for path in paths.iter().cycle().take(requests + 1) {
        let begun = Instant::now();
        let request = Request::get(path).header("cookie", cookie);
        let request = request.body(Body::empty()).expect("a request");
        let answer = pages.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await;
        let bytes = body.expect("a body").len();
        times.push(begun.elapsed());
        assert_eq!(status, StatusCode::OK, "{path}");
        largest = largest.max(bytes);
    }
    let first = times.remove(0);
    times.sort_unstable();
    Figures {
        first,
        median: times[times.len() / 2],
        late: times[times.len() * 99 / 100],
        largest,
    }
}
