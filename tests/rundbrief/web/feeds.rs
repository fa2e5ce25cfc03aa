//! The feeds, as another program reads them, and pages of everything the corpora hold.

use std::io::Write as _;
use std::process::{Command, Stdio};

use rundbrief::domain::entry::{EntryContent, EntryState, EntryText};
use serde_json::Value;

use super::Service;
use super::entries::add;
use crate::harness::{Database, Installation, get, python};
use crate::store::{DAY, HOUR, event, monday, news, topics};

/// What Python's feedparser makes of a feed.
fn parsed(feed: &str) -> Value {
    let mut reader = Command::new(python())
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/feeds/read_feed.py"
        ))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python with tests/requirements.txt: run scripts/test");
    let mut stdin = reader.stdin.take().expect("a pipe");
    stdin.write_all(feed.as_bytes()).expect("it reads");
    drop(stdin);
    let output = reader.wait_with_output().expect("it ends");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

on_both_databases! {
    /// Both feeds tell the same, whole, in the order of the list.
    async fn feeds_tell_what_the_list_tells(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.server.public_url = "https://news.town.example".parse().expect("a URL");
            "Stadt Musterstadt".clone_into(&mut config.organisation.name);
        }).await;
        let hostile = EntryText {
            title: "A < B & </title><script>x()</script> ]]> \u{fffe}".to_owned(),
            teaser: "Eins & zwei".to_owned(),
            body: "<p>Drei &amp; <strong>vier</strong></p><script>x()</script>".to_owned(),
            ..EntryText::default()
        };
        let mut content = news("", topics(&[1]));
        content.texts.values_mut().for_each(|text| text.clone_from(&hostile));
        let (_, path) = add(&service, &content, EntryState::Published).await;
        add(&service, &EntryContent { dated_at: Some(monday().minus(DAY)), ..news("Älter", topics(&[0])) }, EntryState::Published).await;
        add(&service, &news("Entwurf", topics(&[0])), EntryState::Draft).await;

        let atom = get(service.at, "/news.atom", &[]).await;
        assert_eq!(atom.header("content-type"), Some("application/atom+xml; charset=utf-8"));
        let feed = parsed(&atom.body);
        assert_eq!((&feed["version"], &feed["bozo"]), (&"atom10".into(), &false.into()), "{}", feed["why"]);
        assert_eq!((&feed["title"], &feed["language"]), (&"Stadt Musterstadt, Neuigkeiten".into(), &"de".into()));
        let entries = feed["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), 2);
        let first = &entries[0];
        assert_eq!(first["link"], format!("https://news.town.example{path}"));
        assert!(first["id"].as_str().is_some_and(|id| id.starts_with("urn:uuid:")), "{first}");
        assert_eq!(first["title"], "A < B & </title><script>x()</script> ]]>", "{first}");
        assert_eq!(first["summary"], "Eins & zwei");
        assert_eq!(first["content"][0], "<p>Eins &amp; zwei</p><p>Drei &amp; <strong>vier</strong></p>");
        assert_eq!((&first["author"], &first["tags"][0], &first["language"]), (&"Presseamt".into(), &"Kultur".into(), &"de".into()));
        assert_eq!(entries[1]["published"].as_array().expect("a time")[..4], [2027, 1, 3, 9].map(Value::from));

        let json = get(service.at, "/news.json", &[]).await;
        assert_eq!(json.header("content-type"), Some("application/feed+json; charset=utf-8"));
        let json: Value = serde_json::from_str(&json.body).expect("JSON");
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["feed_url"], "https://news.town.example/news.json");
        let items = json["items"].as_array().expect("items");
        assert_eq!(items.len(), entries.len());
        for (item, entry) in items.iter().zip(entries) {
            assert_eq!((&item["id"], &item["url"], &item["summary"]), (&entry["id"], &entry["link"], &entry["summary"]));
            assert_eq!(item["content_html"], entry["content"][0]);
        }
    }

    /// A feed of a topic in a language; events from today on, called off ones named so.
    async fn feeds_follow_topic_and_language(database: &Database) {
        let service = Service::start(database).await;
        let now = service.clock.now();
        add(&service, &EntryContent { topics: topics(&[0]), ..event("Orgelnacht", now.plus(DAY), Some(now.plus(DAY + HOUR))) }, EntryState::Published).await;
        add(&service, &EntryContent { topics: topics(&[1]), ..event("Ausstellung", now.minus(DAY), Some(now.plus(DAY))) }, EntryState::Published).await;
        add(&service, &event("Vorbei", now.minus(2 * DAY), None), EntryState::Published).await;
        add(&service, &event("Fest", now.plus(2 * DAY), None), EntryState::Cancelled).await;
        let titles = |feed: &Value| feed["entries"].as_array().expect("entries").iter().map(|one| one["title"].to_string()).collect::<Vec<_>>();
        let feed = parsed(&get(service.at, "/events.atom", &[]).await.body);
        assert_eq!(titles(&feed), ["\"Ausstellung\"", "\"Orgelnacht\"", "\"Abgesagt: Fest\""]);
        let feed = parsed(&get(service.at, "/events.atom?topic=climate&lang=fr", &[]).await.body);
        assert_eq!(titles(&feed), ["\"Orgelnacht\""]);
        assert_eq!((&feed["language"], &feed["entries"][0]["language"]), (&"fr".into(), &"de".into()));
        let summary = feed["entries"][0]["summary"].as_str().expect("a text");
        assert!(summary.starts_with("mardi 5 janvier 2027, de 10\u{a0}h à 11\u{a0}h, Altes Kurhaus. Kurz gesagt."), "{summary}");
        assert_eq!(get(service.at, "/events.atom?topic=none", &[]).await.status, 404);
        let empty = parsed(&get(service.at, "/papers.atom", &[]).await.body);
        assert_eq!((&empty["bozo"], titles(&empty).len()), (&false.into(), 0));
        assert_eq!(get(service.at, "/news.rss", &[]).await.status, 404);
    }
}

/// Whatever real feeds and calendars hold becomes a page: in one of the lists, with one heading, and
/// nothing that runs.
#[tokio::test]
async fn everything_of_the_corpora_has_a_page() {
    let database = Database::sqlite().await;
    let service = Service::start(&database).await;
    let installation = Installation::new(&database);
    for (folder, command) in [("feeds", "feed"), ("calendars", "calendar")] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(folder);
        for file in std::fs::read_dir(root).expect("fixtures") {
            let file = file.expect("a file").path();
            let is_text = file
                .extension()
                .is_some_and(|ending| ending == "md" || ending == "rst");
            if is_text || file.extension().is_none() {
                continue;
            }
            let path = file.display().to_string();
            let _ = installation.run([
                "import",
                command,
                &path,
                "--organisation",
                "Quelle",
                "--publish",
            ]);
        }
    }
    let mut conn = service.db.read().await.expect("read");
    let listed = rundbrief::store::entry::list(
        &mut conn,
        Some(EntryState::Published),
        None,
        i64::MAX,
        1_000,
    );
    let entries = listed.await.expect("entries");
    assert!(entries.len() > 100, "{} entries", entries.len());
    for entry in &entries {
        let since = entry.published_at.expect("it is published");
        let path = rundbrief::domain::permalink::of(&entry.content, since, &entry.uuid);
        let page = get(service.at, &path, &[]).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
        assert_eq!(page.body.matches("<script").count(), 1, "{path}");
        let (_, rest) = page.body.split_once("ld+json\">").expect("data");
        let data = rest.split("</script>").next().expect("its end");
        serde_json::from_str::<Value>(data).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    for name in ["news", "events", "papers"] {
        let list = get(service.at, &format!("/{name}"), &[]).await;
        assert_eq!(list.status, 200, "{name}");
        let atom = parsed(&get(service.at, &format!("/{name}.atom"), &[]).await.body);
        assert_eq!(atom["bozo"], false, "{name}: {}", atom["why"]);
        let json = get(service.at, &format!("/{name}.json"), &[]).await;
        serde_json::from_str::<Value>(&json.body).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
