//! What the pages of the newsroom cost with 5,000 entries, 200 issues and 100,000 subscribers: `cargo
//! bench --bench newsroom`, on a new SQLite file, or on an empty PostgreSQL database: `cargo bench --bench
//! newsroom -- postgres://…`.
//!
//! Each request goes through the whole service but the socket. Fails where a median is above 20 ms, or a
//! page above 100 KB.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use rundbrief::app::staff::{self, NewUser};
use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::entry::{
    Details, EntryContent, EntryKind, EntryState, EntryText, EventTime, PaperDetails,
};
use rundbrief::domain::language::Language;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::Keyring;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::store::staff_session::Step;
use rundbrief::store::{self, Db, Location};
use rundbrief::web::{self, WebState};
use tokio::sync::Notify;
use tower::ServiceExt as _;

const ENTRIES: u32 = 5_000;
const ISSUES: u32 = 200;
const SUBSCRIBERS: u32 = 100_000;
const REQUESTS: usize = 200;
const MOST: Duration = Duration::from_millis(20);
const LARGEST: usize = 100 * 1024;
/// An hour.
const HOUR: Duration = Duration::from_hours(1);

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
    println!(
        "{ENTRIES} entries, {ISSUES} issues, {SUBSCRIBERS} subscribers on {}, {REQUESTS} requests each",
        db.kind()
    );
    let mut wrong = Vec::new();
    for (what, paths) in paths(&entries) {
        let (median, bytes) = measure(&pages, &cookie, what, &paths).await;
        if median > MOST || bytes > LARGEST {
            wrong.push(what);
        }
    }
    assert!(
        wrong.is_empty(),
        "above {MOST:?} or {LARGEST} bytes: {wrong:?}"
    );
}

/// The pages, each with the addresses that are asked for in turn. Every area adds its own.
fn paths(entries: &[String]) -> Vec<(&'static str, Vec<String>)> {
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
    let opened = staff::open(&app, &user, Step::Open, "Firefox, Linux").await;
    let token = opened.expect("a session").token;
    let wake = Arc::new(Notify::new());
    let state = WebState::new(db.clone(), config, Clock::system(), wake);
    let router = web::build(state.expect("there is a key"));
    (router, format!("rundbrief={}", token.reveal()))
}

async fn measure(pages: &Router, cookie: &str, what: &str, paths: &[String]) -> (Duration, usize) {
    let mut times = Vec::new();
    let mut largest = 0;
    for path in paths.iter().cycle().take(REQUESTS) {
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
    times.sort_unstable();
    let (median, late) = (times[times.len() / 2], times[times.len() * 99 / 100]);
    println!("{what:18} median {median:>10.2?}  99 % {late:>10.2?}  up to {largest} bytes");
    (median, largest)
}

/// An invented word. As in German, one in twenty begins with “ver”; the others have many beginnings.
fn word(number: u32) -> String {
    let pick = |letters: &str, by: u32| {
        let count = letters.chars().count();
        letters
            .chars()
            .nth((number / by) as usize % count)
            .unwrap_or('x')
    };
    let (first, second) = (pick("bdfghklmnprstwz", 1), pick("aeiou", 15));
    let (third, end) = (pick("lmnrst", 75), pick("aeiou", 450));
    if number.is_multiple_of(20) {
        format!("ver{first}{second}{third}{end}n")
    } else {
        format!("{first}{second}{third}{end}ung")
    }
}

/// So many words that nobody has written; the number decides which.
fn prose(number: u32, count: u32) -> String {
    let at = |n: u32| {
        let spread = number
            .wrapping_mul(2_654_435_761)
            .wrapping_add(n.wrapping_mul(40_503))
            >> 8;
        // Half of a text are the same few words.
        if n.is_multiple_of(2) {
            word(spread % 60)
        } else {
            word(spread % 2_250)
        }
    };
    (0..count).map(at).collect::<Vec<_>>().join(" ")
}

fn content(number: u32, now: Timestamp) -> EntryContent {
    let text = |seed: u32| EntryText {
        title: prose(seed, 5),
        teaser: prose(seed + 1, 20),
        body: format!("<p>{}</p>", prose(seed + 2, 350)),
        ..EntryText::default()
    };
    let is_event = number.is_multiple_of(3);
    let starts_at = now.minus(number * HOUR).plus(ENTRIES / 4 * HOUR);
    EntryContent {
        kind: if is_event {
            EntryKind::Event
        } else {
            EntryKind::News
        },
        original: Language::De.into(),
        texts: BTreeMap::from([
            (Language::De.into(), text(number * 10)),
            (Language::Nl.into(), text(number * 10 + 5)),
        ]),
        url: None,
        dated_at: None,
        when: is_event.then_some(EventTime {
            starts_at,
            ends_at: None,
            all_day: false,
            zone: chrono_tz::Europe::Berlin,
        }),
        place: is_event.then(|| word(number % 90)),
        contact: None,
        reference: None,
        paper: PaperDetails::default(),
        details: Details::default(),
        topics: TopicSet::from_mask(i64::from(1 + number % 3)),
    }
}

/// Entries, issues with entries in them, subscribers; returns the UUIDs of some entries.
async fn fill(db: &Db, now: Timestamp) -> Vec<String> {
    let mut tx = db.begin().await.expect("begin");
    let mut rows = Vec::new();
    for name in 0..20 {
        let name = format!("Organisation {name}");
        let one = store::organisation::ensure(&mut tx, &name, now).await;
        rows.push(one.expect("an organisation").id);
    }
    let names = BTreeMap::from([(Language::De, "Klima".to_owned())]);
    for key in ["climate", "culture"] {
        let added = store::topic::add(&mut tx, key, &names, now).await;
        added.expect("a topic");
    }
    let mut ids = Vec::new();
    for number in 0..ENTRIES {
        let state = match number % 25 {
            0 => EntryState::Draft,
            1 => EntryState::Submitted,
            2 => EntryState::Withdrawn,
            _ => EntryState::Published,
        };
        let (organisation, at) = (rows[number as usize % rows.len()], now.minus(number * HOUR));
        let added =
            store::entry::add(&mut tx, organisation, &content(number, now), state, at).await;
        ids.push(added.expect("an entry"));
    }
    let mut uuids = Vec::new();
    for id in ids.iter().step_by(50) {
        let entry = store::entry::by_id(&mut tx, *id).await.expect("by id");
        uuids.push(entry.expect("there").uuid);
    }
    tx.commit().await.expect("commit");
    fill_the_rest(db, now).await;
    uuids
}

async fn fill_the_rest(db: &Db, now: Timestamp) {
    let now = now.micros();
    for text in [
        "INSERT INTO newsletter (id, uuid, key, sender_name, sender_address, topics, zone, compose_lead, catch_up, approval, \
         horizon, on_uncertain, slots_until, created_at) \
         VALUES (1, 'n', 'region', 'N', 'n@x.example', 3, 'Europe/Berlin', 0, 0, 'required', 0, 'hold', 0, 0)".to_owned(),
        "INSERT INTO newsletter_text (newsletter_id, language, name, description) VALUES (1, 'de', 'Region aktuell', '')".to_owned(),
        format!(
            "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {ISSUES}) \
             INSERT INTO issue (id, uuid, newsletter_id, number, state, window_to, topics, for_everyone, composed_at, frozen_at, skipped) \
             SELECT n, 'i' || n, 1, n, 'sent', n, 3, FALSE, {now} - n, {now} - n, 0 FROM series"
        ),
        format!(
            "INSERT INTO issue_entry (issue_id, entry_id, position, included) \
             SELECT i.id, e.id, e.id, TRUE FROM issue i JOIN entry e ON e.id % {ISSUES} = i.id % {ISSUES}"
        ),
        format!(
            "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {SUBSCRIBERS}) \
             INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
             SELECT n, 's' || n, 's' || n || '@x.example', 's' || n || '@x.example', 'de', 'active', n FROM series"
        ),
        format!(
            "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) \
             SELECT id, 1, 1 + id % 3, 'active', {now} FROM subscriber"
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
        let done = sqlx::raw_sql("VACUUM ANALYZE").execute(pool).await;
        done.expect("analysed");
    }
}
