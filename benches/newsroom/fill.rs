//! What the pages are measured with: entries of invented words, issues that told most of them, readers, and two
//! ledgers.

use std::collections::BTreeMap;
use std::time::Duration;

use rundbrief::domain::entry::{
    Details, EntryContent, EntryKind, EntryState, EntryText, EventTime, PaperDetails,
};
use rundbrief::domain::language::Language;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::{self, Db};

pub const ENTRIES: u32 = 5_000;
pub const ISSUES: u32 = 200;
pub const SUBSCRIBERS: u32 = 100_000;
/// The issue that is being sent: half of its readers have it.
pub const SENDING: u32 = ISSUES;
/// The last issue that was sent to the end, with a ledger still.
pub const REPORTED: u32 = ISSUES - 1;
/// The latest entries, which no issue has told.
const UNTOLD: u32 = 60;
const TOPICS: u32 = 6;
/// An hour.
const HOUR: Duration = Duration::from_hours(1);

/// An invented word. As in German, one in twenty begins with “ver”; the others have many beginnings.
pub fn word(number: u32) -> String {
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
        topics: TopicSet::from_mask(1 << (number % TOPICS)),
    }
}

/// Entries, issues with entries in them, subscribers; returns the UUIDs of some entries.
pub async fn fill(db: &Db, now: Timestamp) -> Vec<String> {
    let mut tx = db.begin().await.expect("begin");
    let mut rows = Vec::new();
    for name in 0..20 {
        let name = format!("Organisation {name}");
        let one = store::organisation::ensure(&mut tx, &name, now).await;
        rows.push(one.expect("an organisation").id);
    }
    let names = BTreeMap::from([(Language::De, "Klima".to_owned())]);
    for key in 0..TOPICS {
        let added = store::topic::add(&mut tx, &format!("topic-{key}"), &names, now).await;
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

/// The newsletter, its issues and its readers.
async fn fill_the_rest(db: &Db, now: Timestamp) {
    let told_before = now.minus(UNTOLD * HOUR).micros();
    let (now, day) = (now.micros(), 86_400_000_000_i64);
    let horizon = 60 * day;
    let all_topics = (1 << TOPICS) - 1;
    let mut statements = vec![
        format!(
            "INSERT INTO newsletter (id, uuid, key, sender_name, sender_address, topics, schedule, zone, compose_lead, catch_up, approval, \
             horizon, on_uncertain, slots_until, created_at) \
             VALUES (1, 'n', 'region', 'N', 'n@x.example', {all_topics}, '0 7 * * 4', 'Europe/Berlin', 0, 3600000000, 'required', {horizon}, 'hold', {now}, 0)"
        ),
        "INSERT INTO newsletter_text (newsletter_id, language, name, description) VALUES (1, 'de', 'Region aktuell', '')".to_owned(),
        format!(
            "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {ISSUES}) \
             INSERT INTO issue (id, uuid, newsletter_id, number, state, window_to, topics, for_everyone, composed_at, frozen_at, skipped, recipients) \
             SELECT n, 'i' || n, 1, n, CASE WHEN n = {SENDING} THEN 'sending' ELSE 'sent' END, {now} - ({ISSUES} - n) * 7 * {day} - 100 * 3600000000, {all_topics}, FALSE, \
             {now} - ({ISSUES} - n) * 7 * {day}, {now} - ({ISSUES} - n) * 7 * {day} - 60000000, 0, {SUBSCRIBERS} FROM series"
        ),
        format!(
            "INSERT INTO issue_entry (issue_id, entry_id, position, included) \
             SELECT i.id, e.id, e.id, TRUE FROM issue i JOIN entry e ON e.id % {ISSUES} = i.id % {ISSUES} WHERE e.updated_at < {told_before}"
        ),
        format!(
            "WITH RECURSIVE series (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {SUBSCRIBERS}) \
             INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
             SELECT n, 's' || n, 's' || n || '@x' || (n % 50) || '.example', 's' || n || '@x' || (n % 50) || '.example', \
             CASE WHEN n % 20 = 0 THEN 'fr' WHEN n % 20 = 1 THEN 'nl' WHEN n % 10 = 2 THEN 'en' ELSE 'de' END, 'active', n FROM series"
        ),
        // Each reader has two topics or three.
        format!(
            "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) \
             SELECT id, 1, (CAST(1 AS BIGINT) << CAST(id % {TOPICS} AS INTEGER)) | (CAST(1 AS BIGINT) << CAST(id / 7 % {TOPICS} AS INTEGER)) \
             | (CAST(1 AS BIGINT) << CAST(id / 11 % {TOPICS} AS INTEGER)), 'active', {now} FROM subscriber"
        ),
        format!("INSERT INTO subscription_month (newsletter_id, month, started, ended) VALUES (1, '2026-01', {SUBSCRIBERS}, 0)"),
    ];
    for (issue, sent) in [(REPORTED, SUBSCRIBERS), (SENDING, SUBSCRIBERS / 2)] {
        statements.push(ledger(issue, sent, now));
    }
    for text in statements {
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

/// The ledger of an issue of which so many mails were accepted, a thousand in a second until now; one in two
/// hundred was refused.
fn ledger(issue: u32, sent: u32, now: i64) -> String {
    format!(
        "INSERT INTO delivery (issue_id, subscriber_id, language, topics, state, attempts, next_attempt_at, started_at, finished_at, first_at, relay, reply_code, reply_status, reply, class) \
         SELECT {issue}, id, language, 1, CASE WHEN id > {sent} THEN 'queued' WHEN id % 200 = 0 THEN 'failed' ELSE 'sent' END, \
         CASE WHEN id > {sent} THEN 0 ELSE 1 END, {now}, \
         CASE WHEN id <= {sent} THEN {now} - ({sent} - id) * 1000 END, CASE WHEN id <= {sent} THEN {now} - ({sent} - id) * 1000 END, \
         CASE WHEN id <= {sent} THEN {now} - ({sent} - id) * 1000 END, CASE WHEN id <= {sent} THEN 'relay.example' END, \
         CASE WHEN id > {sent} THEN NULL WHEN id % 200 = 0 THEN 550 ELSE 250 END, CASE WHEN id <= {sent} THEN '2.0.0' END, \
         CASE WHEN id <= {sent} THEN 'Ok' END, CASE WHEN id <= {sent} AND id % 200 = 0 THEN 'no-such-mailbox' END FROM subscriber"
    )
}
