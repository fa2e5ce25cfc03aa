//! What a source changes about an entry that a person has approved or published.

use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use serde_json::{Value, json};

use crate::commands::{FEED, installation, set_up};
use crate::harness::{Database, Installation};
use crate::store::{location, subscribed};

const CHANGED: (&str, &str) = ("Neue Ausbildungsbörse", "Börse abgesagt, klicken Sie hier");

fn calendar(place: &str, status: &str) -> String {
    let day = (rundbrief::clock::Clock::system().now().utc() + chrono::TimeDelta::days(3))
        .format("%Y%m%d");
    format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:orgel-1\r\nSUMMARY:Orgelnacht\r\nLOCATION:{place}\r\n{status}\
         DTSTART;TZID=Europe/Berlin:{day}T190000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn import(fixture: &Installation, what: &[&str], input: &str) -> Value {
    let arguments = [&["import"], what, &["-", "--json"]].concat();
    fixture.run_with_input(arguments, input.as_bytes()).json()
}

async fn reader(database: &Database) {
    let db = rundbrief::store::Db::open(&location(database), 2)
        .await
        .expect("open");
    let mut conn = db.read().await.expect("read");
    let region = rundbrief::store::newsletter::by_key(&mut conn, "region")
        .await
        .expect("by key");
    drop(conn);
    let region = region.expect("there").id;
    subscribed(
        &db,
        region,
        "erika@leser.example",
        Language::De,
        TopicSet::from_mask(1),
    )
    .await;
    db.close().await;
}

on_both_databases! {
    /// An approval covers the letter that was seen, whatever a source says afterwards.
    async fn a_source_changes_no_approved_letter(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        reader(database).await;
        assert_eq!(import(&fixture, &["feed", "--publish"], FEED)["new"], 2);
        fixture.run(["issue", "compose", "region"]).success();
        let approved = fixture.run(["issue", "approve", "region/1", "--json"]).json();
        let changed = FEED.replace(CHANGED.0, CHANGED.1);
        let said = import(&fixture, &["feed", "--publish"], &changed);
        assert_eq!((&said["proposed"], &said["updated"], &said["urgent"]), (&json!(1), &json!(0), &json!([])));
        assert_eq!(import(&fixture, &["feed", "--publish"], &changed)["unchanged"], 2, "it waits already");

        let proposals = fixture.run(["entry", "proposals", "--json"]).json();
        assert_eq!((&proposals[0]["changes"], &proposals[0]["title"]), (&json!(["title"]), &json!(CHANGED.0)));
        let (id, entry) = (proposals[0]["id"].to_string(), proposals[0]["entry"].to_string());
        let shown = fixture.run(["entry", "show", &entry, "--json"]).json();
        assert_eq!(shown["texts"]["de"]["title"], CHANGED.0);
        assert_eq!(shown["proposal"]["content"]["texts"]["de"]["title"], CHANGED.1);
        let words = fixture.run(["entry", "show", &entry]).success();
        assert!(words.contains(&format!("entry accept {id}")) && words.contains(CHANGED.1), "{words}");
        let sent = fixture.run(["issue", "send", "region/1", "--json"]).json();
        assert_eq!(sent["release_hash"], approved["release_hash"]);
        let mails = fixture.folder().join("mails");
        let mail = std::fs::read_dir(mails).expect("mails").next().expect("one").expect("a file").path();
        let mail = mail_parser::MessageParser::default().parse(&std::fs::read(mail).expect("readable")).expect("a mail").into_owned();
        let text = mail.body_text(0).expect("a text");
        assert!(text.contains(CHANGED.0) && !text.contains(CHANGED.1), "{text}");

        fixture.run(["entry", "accept", &id]).success();
        assert_eq!(fixture.run(["entry", "show", &entry, "--json"]).json()["texts"]["de"]["title"], CHANGED.1);
        let twice = fixture.run(["entry", "reject", &id]).refusal();
        assert!(twice.contains("is accepted already"), "{twice}");
        let lines = fixture.run(["audit", "list", "--json"]).json().to_string();
        assert!(lines.contains("proposal.accept") && lines.contains("1 proposed"), "{lines}");
    }

    /// A trusted source changes entries at once, but no letter that was approved before.
    async fn a_trusted_source_changes_entries(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        reader(database).await;
        import(&fixture, &["feed", "--publish"], FEED);
        fixture.run(["issue", "compose", "region"]).success();
        let approved = fixture.run(["issue", "approve", "region/1", "--json"]).json();
        let said = import(&fixture, &["feed", "--trusted"], &FEED.replace(CHANGED.0, CHANGED.1));
        assert_eq!((&said["proposed"], &said["updated"]), (&json!(0), &json!(1)));
        let published = fixture.run(["entry", "list", "--json"]).json().to_string();
        assert!(published.contains(CHANGED.1) && !published.contains(CHANGED.0), "{published}");
        let sent = fixture.run(["issue", "send", "region/1", "--json"]).json();
        assert_eq!(sent["release_hash"], approved["release_hash"]);
        let lines = fixture.run(["audit", "list", "--json"]).json().to_string();
        assert!(lines.contains("entry.change") && lines.contains("trusted source"), "{lines}");
    }

    /// A cancellation is proposed as urgent. Until somebody has decided, no letter announces the event.
    async fn a_cancelled_event_is_not_announced(database: &Database) {
        let fixture = installation(database);
        set_up(&fixture);
        reader(database).await;
        import(&fixture, &["feed", "--publish"], FEED);
        import(&fixture, &["calendar", "--publish", "--topic", "economy"], &calendar("Kurhaus", ""));
        fixture.run(["issue", "compose", "region"]).success();
        let preview = |folder: &str| {
            fixture.run(["issue", "preview", "region/1", folder]).success();
            std::fs::read_to_string(fixture.folder().join(folder).join("de-economy.html")).expect("written")
        };
        assert!(preview("first").contains("Orgelnacht"));

        let moved = import(&fixture, &["calendar"], &calendar("Rathaus", ""));
        assert_eq!(moved["urgent"].as_array().map(Vec::len), Some(1), "{moved}");
        let place = preview("moved");
        assert!(place.contains("Kurhaus") && !place.contains("Rathaus"), "{place}");
        let cancelled = import(&fixture, &["calendar"], &calendar("Kurhaus", "STATUS:CANCELLED\r\n"));
        let id = cancelled["urgent"][0].to_string();
        let open = fixture.run(["entry", "proposals"]).success();
        assert!(open.contains("urgent: cancelled") && open.contains("Orgelnacht") && open.lines().count() == 2, "{open}");
        assert!(!preview("waiting").contains("Orgelnacht"));

        fixture.run(["entry", "accept", &id]).success();
        let html = preview("accepted");
        assert!(html.contains("Orgelnacht") && html.contains("Abgesagt"), "{html}");
    }
}
