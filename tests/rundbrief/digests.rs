//! What the mails of an issue tell, by the commands: limits, what leads, subjects.

use std::path::Path;

use serde_json::Value;

use crate::commands::{installation, set_up};
use crate::harness::Installation;

const COUNCIL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/feeds/karlsruhe-council.atom.xml"
);

const NEWS: &str = r#"<rss version="2.0"><channel><title>Kammer</title><language>de</language>
<item><guid>1</guid><title>Gründerpreis</title><pubDate>Tue, 24 Nov 2026 08:00:00 GMT</pubDate></item>
<item><guid>2</guid><title>Ausbildung</title><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate></item>
<item><guid>3</guid><title>Messe</title><pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate></item>
</channel></rss>"#;

/// The variants of an issue, as they were written into a folder.
fn preview(house: &Installation, folder: &str) -> Vec<Value> {
    let shown = house.run(["issue", "preview", "region/1", folder, "--json"]);
    let shown = shown.json();
    shown["variants"].as_array().expect("variants").clone()
}

fn written(house: &Installation, folder: &str, variant: &Value, ending: &str) -> String {
    let stem = variant["file"].as_str().expect("a file");
    let path = Path::new(folder).join(format!("{stem}.{ending}"));
    std::fs::read_to_string(house.folder().join(path)).expect("written")
}

on_both_databases! {
    /// A hundred papers at once: one mail with eight of them and a line that leads to the rest, which is
    /// not told again.
    async fn a_councils_feed_is_one_mail_that_leads_to_the_rest(database: &Database) {
        let house = installation(database);
        set_up(&house);
        let imported = house.run(["import", "feed", COUNCIL, "--kind", "paper", "--publish", "--topic", "culture", "--json"]);
        assert_eq!(imported.json()["new"], 100);
        assert_eq!(house.run(["issue", "compose", "region", "--json"]).json()["entries"], 100);
        let variants = preview(&house, "one");
        let german = variants.iter().find(|one| one["file"].as_str().is_some_and(|file| file.starts_with("de-"))).expect("German");
        assert_eq!(german["entries"], 8);
        for ending in ["html", "txt"] {
            let mail = written(&house, "one", german, ending);
            assert!(mail.contains("Und 92 weitere") && mail.contains("/papers?lang=de"), "{mail}");
        }
        let subject = german["subject"].as_str().expect("a subject");
        assert!(!subject.is_empty() && subject.chars().count() < 70, "{subject}");
        let twice = house.run(["issue", "compose", "region"]).refusal();
        assert!(twice.contains("nothing to tell") || twice.contains("nothing"), "{twice}");
    }

    /// The subject tells what leads in a mail; what is pinned leads, and the newsletter may be named.
    async fn what_leads_is_in_the_subject(database: &Database) {
        let house = installation(database);
        set_up(&house);
        let import = ["import", "feed", "-", "--publish", "--topic", "economy", "--json"];
        house.run_with_input(import, NEWS.as_bytes()).success();
        house.run(["issue", "compose", "region"]).success();
        let subject = |folder: &str| preview(&house, folder)[0]["subject"].as_str().expect("a subject").to_owned();
        assert_eq!(subject("first"), "Gründerpreis, Ausbildung und Messe");
        let entries = house.run(["entry", "list", "--json"]).json();
        let entries = entries.as_array().expect("entries");
        let fair = entries.iter().find(|entry| entry["texts"]["de"]["title"] == "Messe").expect("the fair");
        house.run(["entry", "pin", &fair["id"].to_string()]).success();
        assert_eq!(subject("pinned"), "Messe, Gründerpreis und Ausbildung");
        house.run(["newsletter", "change", "region", "--most-news", "1", "--name-in-subject", "yes"]).success();
        assert_eq!(subject("changed"), "Region aktuell: Messe und 2 weitere Meldungen");
        let unchanged = house.run(["newsletter", "change", "region"]).refusal();
        assert!(unchanged.contains("nothing to change was given"), "{unchanged}");
        let shown = house.run(["newsletter", "show", "region", "--json"]).json();
        assert_eq!((&shown["digest"]["most_news"], &shown["digest"]["texts"]), (&1.into(), &"teaser".into()));
    }
}
