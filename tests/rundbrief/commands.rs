//! The command line as an administrator meets it: setting up, importing, composing, approving.

use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use serde_json::{Value, json};

use crate::harness::{Database, Installation};
use crate::store::{location, subscribed};

pub const FEED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Kammer</title><link>https://kammer.example/</link><language>de</language>
<item><guid>1</guid><title>Gründerpreis ausgeschrieben</title><link>https://kammer.example/1</link><category>Wirtschaft</category>
<description>Bewerbungen sind bis März möglich.</description></item>
<item><guid>2</guid><title>Neue Ausbildungsbörse</title><link>https://kammer.example/2</link></item>
</channel></rss>"#;

pub fn installation(database: &Database) -> Installation {
    let installation = Installation::new(database);
    let key = Installation::without_database()
        .run(["config", "key"])
        .success();
    installation
        .with("security.key", key.trim())
        .with("organisation.name", "Region Maas")
        .with("organisation.address", "Markt 1,52062 Aachen")
        .with("organisation.representative", "Erika Muster")
        .with("organisation.email", "post@region.example")
        .with("relay.url", "file:mails")
}

pub fn set_up(fixture: &Installation) {
    fixture
        .run([
            "topic",
            "add",
            "economy",
            "--name",
            "de=Wirtschaft",
            "--name",
            "en=Economy",
        ])
        .success();
    fixture
        .run(["topic", "add", "culture", "--name", "de=Kultur"])
        .success();
    fixture
        .run([
            "newsletter",
            "add",
            "region",
            "--name",
            "de=Region aktuell",
            "--description",
            "de=Neues, jeden Donnerstag.",
            "--sender-name",
            "Region Maas",
            "--sender-address",
            "news@region.example",
            "--topic",
            "economy",
            "--topic",
            "culture",
            "--schedule",
            "30 2 * * *",
        ])
        .success();
}

fn titles(entries: &Value) -> Vec<String> {
    let all = entries.as_array().expect("a list");
    all.iter()
        .map(|entry| {
            entry["texts"]["de"]["title"]
                .as_str()
                .expect("a title")
                .to_owned()
        })
        .collect()
}

on_both_databases! {
    /// PostgreSQL notes at every start that the table of migrations exists.
    async fn a_command_that_succeeds_logs_nothing(database: &Database) {
        let installation = installation(database);
        installation.run(["topic", "list"]).success();
        let again = installation.run(["topic", "list"]);
        assert_eq!((again.code, again.stderr.as_str()), (Some(0), ""));
    }

    /// What was set up is listed, and what is wrong is said with what would have been right.
    async fn setting_up(database: &Database) {
        let fixture = installation(database);
        assert!(fixture.run(["newsletter", "list"]).success().contains("no newsletter yet"));
        set_up(&fixture);
        let topics = fixture.run(["topic", "list", "--json"]).json();
        assert_eq!(topics[0], json!({ "bit": 0, "key": "economy", "names": { "de": "Wirtschaft", "en": "Economy" } }));
        let region = fixture.run(["newsletter", "show", "region", "--json"]).json();
        assert_eq!((&region["topics"], &region["zone"], &region["subscribers"]), (&json!(["economy", "culture"]), &json!("Europe/Berlin"), &json!(0)));
        let taken = fixture.run(["topic", "add", "culture", "--name", "de=Kultur"]).refusal();
        assert!(taken.contains("“culture” already"), "{taken}");
        let unknown = fixture.run(["newsletter", "show", "regoin"]).refusal();
        assert!(unknown.contains("there are: region"), "{unknown}");
        let topic = fixture.run(["newsletter", "add", "two", "--name", "de=Zwei", "--description", "de=x", "--sender-name", "x",
            "--sender-address", "x@region.example", "--topic", "sport"]).refusal();
        assert!(topic.contains("there are: economy, culture"), "{topic}");
        let never = fixture.run(["newsletter", "add", "two", "--name", "de=Zwei", "--description", "de=x", "--sender-name", "x",
            "--sender-address", "x@region.example", "--schedule", "0 7 30 2 *"]).refusal();
        assert!(never.contains("never"), "{never}");
        assert_eq!(fixture.run(["newsletter", "list", "--json"]).json().as_array().expect("a list").len(), 1, "nothing of it was kept");
    }

    /// Both nights of the year in which the clock changes, as an editor sees them ahead.
    async fn the_schedule_marks_the_changes_of_the_clock(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        let slots = fixture.run(["newsletter", "schedule", "region", "--count", "1000", "--json"]).json();
        let slots = slots["slots"].as_array().expect("slots").clone();
        let of = |day: &str| slots.iter().filter(|slot| slot["slot"].as_str().expect("a slot").starts_with(day)).cloned().collect::<Vec<_>>();
        let marked: Vec<_> = slots.iter().filter(|slot| !slot["clock_change"].is_null()).collect();
        assert!(marked.len() >= 4, "two a year");
        let (spring, autumn) = (of("2027-03-28"), of("2027-10-31"));
        assert_eq!((spring.len(), autumn.len()), (1, 1), "every local slot once");
        assert_eq!(spring[0]["at"], "2027-03-28T01:00:00Z", "the first instant after the gap");
        assert_eq!(autumn[0]["at"], "2027-10-31T00:30:00Z", "the first of the two");
        let words = fixture.run(["newsletter", "schedule", "region"]).success();
        assert!(words.starts_with("region: every day at 02:30 (Europe/Berlin)") && words.lines().count() == 11, "{words}");
    }

    /// A file is taken over once, entries wait for approval unless told otherwise.
    async fn importing_and_publishing(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        fixture.file("feed.xml", FEED);
        let first = fixture.run(["import", "feed", "feed.xml", "--organisation", "Kammer", "--json"]).json();
        assert_eq!((&first["new"], &first["refused"]), (&json!(2), &json!([])));
        let again = fixture.run_with_input(["import", "feed", "-", "--organisation", "Kammer", "--json"], FEED.as_bytes()).json();
        assert_eq!((&again["new"], &again["unchanged"]), (&json!(0), &json!(2)));
        let changed = FEED.replace("Neue Ausbildungsbörse", "Ausbildungsbörse verschoben");
        let third = fixture.run_with_input(["import", "feed", "-", "--organisation", "Kammer", "--json"], changed.as_bytes()).json();
        assert_eq!((&third["updated"], &third["unchanged"]), (&json!(1), &json!(1)));
        let waiting = fixture.run(["entry", "list", "--state", "submitted", "--json"]).json();
        assert_eq!(titles(&waiting), ["Ausbildungsbörse verschoben", "Gründerpreis ausgeschrieben"]);
        assert_eq!(waiting[1]["topics"], json!(["economy"]), "the feed's category is the name of a topic");
        assert_eq!(titles(&fixture.run(["entry", "list", "--topic", "economy", "--json"]).json()), ["Gründerpreis ausgeschrieben"]);
        let (one, two) = (waiting[0]["id"].to_string(), waiting[1]["uuid"].as_str().expect("uuid").to_owned());
        let none = fixture.run(["entry", "publish", &one, "4711"]).refusal();
        assert!(none.contains("no entry “4711”"), "{none}");
        assert_eq!(fixture.run(["entry", "list", "--state", "published", "--json"]).json(), json!([]), "all or none");
        fixture.run(["entry", "publish", &one, &two]).success();
        fixture.run(["entry", "withdraw", &one]).success();
        assert_eq!(fixture.run(["entry", "show", &one, "--json"]).json()["state"], "withdrawn");
        let text = fixture.run(["entry", "show", &two]).success();
        assert!(text.contains("Gründerpreis ausgeschrieben") && text.contains("Kammer"), "{text}");
        let file = fixture.run(["import", "calendar", "missing.ics"]).refusal();
        assert!(file.contains("missing.ics"), "{file}");
    }

    /// From published entries to an approved issue, seen before it goes out.
    async fn composing_and_approving(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        let nothing = fixture.run(["issue", "compose", "region"]).refusal();
        assert!(nothing.contains("nothing to tell"), "{nothing}");
        fixture.run_with_input(["import", "feed", "-", "--publish"], FEED.as_bytes()).success();
        let db = rundbrief::store::Db::open(&location(database), 2).await.expect("open");
        let region = rundbrief::store::newsletter::by_key(&mut db.read().await.expect("read"), "region").await.expect("by key").expect("there").id;
        subscribed(&db, region, "erika@leser.example", Language::De, TopicSet::from_mask(1)).await;
        db.close().await;
        let composed = fixture.run(["issue", "compose", "region", "--json"]).json();
        assert_eq!((&composed["issue"], &composed["state"], &composed["entries"]), (&json!("region/1"), &json!("in-review"), &json!(2)));
        let preview = fixture.run(["issue", "preview", "region/1", "preview", "--json"]).json();
        assert_eq!((&preview["variants"][0]["file"], &preview["variants"][0]["readers"]), (&json!("de-economy"), &json!(1)));
        let html = std::fs::read_to_string(fixture.folder().join("preview/de-economy.html")).expect("written");
        assert!(html.contains("Gründerpreis ausgeschrieben") && html.contains("Neue Ausbildungsbörse"), "{html}");
        let shown = fixture.run(["issue", "show", "region/1"]).success();
        assert!(shown.contains("1 readers in 1 variants; 0 would find nothing"), "{shown}");
        for (at, says) in [("2026-01-07 07:00", "this time has passed"), ("tomorrow", "--at")] {
            let refused = fixture.run(["issue", "approve", "region/1", "--at", at]).refusal();
            assert!(refused.contains(says), "{at}: {refused}");
        }
        let approved = fixture.run(["issue", "approve", "region/1", "--json"]).json();
        assert_eq!(approved["state"], "approved");
        assert!(approved["release_hash"].as_str().is_some_and(|hash| hash.len() == 64));
        let twice = fixture.run(["issue", "approve", "region/1"]).refusal();
        assert!(twice.contains("approved"), "{twice}");
        let sent = fixture.run(["issue", "send", "region/1", "--json"]).json();
        assert_eq!((&sent["state"], &sent["deliveries"]["sent"], &sent["recipients"]), (&json!("sent"), &json!(1), &json!(1)));
        assert_eq!(std::fs::read_dir(fixture.folder().join("mails")).expect("mails").count(), 1);
        let again = fixture.run(["issue", "send", "region/1"]).refusal();
        assert!(again.contains("is sent, which is final"), "{again}");
        let cancel = fixture.run(["issue", "cancel", "region/1"]).refusal();
        assert!(cancel.contains("cannot become cancelled"), "{cancel}");
        let who = fixture.run(["subscriber", "show", "erika@leser.example", "--json"]).json();
        assert_eq!((&who["deliveries"][0]["issue"], &who["deliveries"][0]["state"]), (&json!("region/1"), &json!("sent")));
        let masked = fixture.run(["subscriber", "list"]).success();
        assert!(!masked.contains("erika@") && masked.contains("active"), "{masked}");
    }

    /// Other texts than the approved ones are never shown in their place.
    async fn approved_texts_that_were_changed_are_an_error(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        fixture.run_with_input(["import", "feed", "-", "--publish"], FEED.as_bytes()).success();
        fixture.run(["issue", "compose", "region"]).success();
        let now = rundbrief::clock::Clock::system().now();
        let soon = now.plus(std::time::Duration::from_hours(30 * 24)).utc();
        let at = soon.format("%Y-%m-%d 12:30").to_string();
        let approved = fixture.run(["issue", "approve", "region/1", "--at", &at]).success();
        assert!(approved.contains(&soon.format("%B %Y, 12:30 C").to_string()), "{approved}");
        fixture.run(["issue", "preview", "region/1", "preview"]).success();
        database.execute("UPDATE issue SET release = REPLACE(release, 'Ausbildung', 'Einbildung')").await;
        for command in ["show", "preview"] {
            let arguments = ["issue", command, "region/1", "again"];
            let arguments = if command == "show" { &arguments[..3] } else { &arguments[..] };
            let refused = fixture.run(arguments).refusal();
            assert!(refused.contains("region/1: the stored texts are not those that were approved"), "{command}: {refused}");
        }
        let status = fixture.run(["issue", "status", "region/1", "--json"]).json();
        assert_eq!(status["state"], "approved");
    }

    /// With another key every link already sent would be dead: it is refused, before anything is sent.
    async fn another_key_is_refused(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        fixture.run_with_input(["import", "feed", "-", "--publish"], FEED.as_bytes()).success();
        fixture.run(["issue", "compose", "region"]).success();
        fixture.run(["issue", "send", "region/1"]).success();
        fixture.run_with_input(["import", "feed", "-", "--publish", "--organisation", "Andere"], FEED.as_bytes()).success();
        fixture.run(["issue", "compose", "region"]).success();
        let other = installation(database);
        let refused = other.run(["issue", "send", "region/2"]).refusal();
        assert!(refused.contains("key 1 is not the one this database was used with"), "{refused}");
        assert_eq!(fixture.run(["issue", "show", "region/2", "--json"]).json()["state"], "in-review");
        fixture.run(["issue", "send", "region/2"]).success();
    }

    /// An imprint that is not complete stops an issue before anybody gets it.
    async fn an_issue_without_imprint_is_not_sent(database: &Database) {
        let fixture = installation(database).with("organisation.representative", "");
        set_up(&fixture);
        fixture.run_with_input(["import", "feed", "-", "--publish"], FEED.as_bytes()).success();
        fixture.run(["issue", "compose", "region"]).success();
        let refused = fixture.run(["issue", "send", "region/1"]).refusal();
        assert!(refused.contains("imprint") && refused.contains("representative"), "{refused}");
        assert_eq!(fixture.run(["issue", "status", "region/1", "--json"]).json()["recipients"], 0);
    }

    /// One mail to see whether the relay works.
    async fn trying_out_the_relay(database: &Database) {
        let fixture = installation(database);
        let took = fixture.run(["mail", "test", "probe@leser.example", "--json"]).json();
        assert_eq!(took["code"], 250);
        let mail = std::fs::read_dir(fixture.folder().join("mails")).expect("mails").next().expect("one").expect("readable");
        let mail = std::fs::read_to_string(mail.path()).expect("a mail");
        assert!(mail.contains("To: probe@leser.example") && mail.contains("Auto-Submitted: auto-generated"), "{mail}");
        let nobody = fixture.with("relay.url", "smtp://127.0.0.1:9").with("relay.connect_timeout", "2 seconds");
        let refused = nobody.run(["mail", "test", "probe@leser.example"]).refusal();
        assert!(refused.contains("relay.url") && !refused.contains("probe@"), "{refused}");
    }
}
