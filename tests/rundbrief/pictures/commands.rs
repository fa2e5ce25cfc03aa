//! `rundbrief entry picture`.

use rundbrief::domain::picture::PictureHash;
use serde_json::{Value, json};

use super::{default_folder, jpeg, names, png};
use crate::commands::{FEED, installation};
use crate::harness::{Database, Installation};

/// An installation with two published entries.
fn fixture(database: &Database) -> Installation {
    let fixture = installation(database);
    let fixture = if database.is_postgres() {
        fixture.with("pictures.folder", "pictures")
    } else {
        fixture
    };
    let feed = ["import", "feed", "-", "--publish"];
    fixture.run_with_input(feed, FEED.as_bytes()).success();
    fixture
}

fn shown(fixture: &Installation, entry: &str) -> Value {
    fixture.run(["entry", "show", entry, "--json"]).json()
}

const ADD: [&str; 4] = ["entry", "picture", "add", "1"];
const ALT: [&str; 2] = ["--alt", "de=Zwei Kinder trinken an einem Brunnen"];

on_both_databases! {
    /// From a file to `entry show`; the same again changes nothing, another one replaces it.
    async fn an_entry_gets_a_picture(database: &Database) {
        let fixture = fixture(database);
        let folder = default_folder(database, fixture.folder());
        let first = jpeg(1000, 600, 1);
        fixture.file("brunnen.jpg", &first);
        let all = [&ADD[..], &["brunnen.jpg"], &ALT, &["--alt", "en=Two children drink", "--credit", "Foto: Erika Beispiel", "--focus", "40,30"]].concat();
        let said = fixture.run(&all).success();
        let hash = PictureHash::of(&first);
        assert_eq!(said, format!("added: {hash} (1000 × 600)\n"));
        let files = ["400", "800", "1600", "mail"].map(|variant| format!("{hash}-{variant}.jpg"));
        let mut sorted = files.clone();
        sorted.sort();
        assert_eq!(names(&folder), sorted);

        let picture = &shown(&fixture, "1")["picture"];
        assert_eq!(picture, &json!({
            "use": "lead", "hash": hash, "width": 1000, "height": 600, "decorative": false,
            "alt": { "de": "Zwei Kinder trinken an einem Brunnen", "en": "Two children drink" },
            "credit": "Foto: Erika Beispiel", "focus": { "x": 40, "y": 30 },
            "files": { "mail": format!("/pictures/{}", files[3]), "400": format!("/pictures/{}", files[0]),
                "800": format!("/pictures/{}", files[1]), "1600": format!("/pictures/{}", files[2]) },
        }));
        let words = fixture.run(["entry", "show", "1"]).success();
        assert!(words.contains("[de] Zwei Kinder trinken an einem Brunnen [en] Two children drink; Foto: Erika Beispiel; 1000 × 600"), "{words}");
        assert_eq!(shown(&fixture, "2")["picture"], Value::Null);

        assert!(fixture.run(&all).success().starts_with("unchanged: "));
        let decorative = [&ADD[..], &["brunnen.jpg", "--decorative", "--json"]].concat();
        let details = fixture.run(&decorative).json();
        assert_eq!((&details["decorative"], &details["alt"], &details["credit"]), (&json!(true), &json!({}), &Value::Null));

        fixture.file("foto.JPG", png(300, 200, 2));
        let other = fixture.run([&ADD[..], &["foto.JPG", "--alt", "fr=Une fontaine"]].concat()).success();
        assert!(other.contains("ends in .JPG and is png") && other.contains("no alternative text in de"), "{other}");
        assert_eq!(shown(&fixture, "1")["picture"]["width"], 300);
        let log = fixture.run(["audit", "list", "--action", "picture.add", "--json"]).json();
        assert_eq!(log.as_array().map(Vec::len), Some(3));
        assert_eq!(log[0]["before"], format!("lead: {hash}"));
    }

    /// Mails that were sent keep the picture, unless somebody says that it must go.
    async fn a_picture_is_removed(database: &Database) {
        let fixture = fixture(database);
        let folder = default_folder(database, fixture.folder());
        fixture.file("brunnen.jpg", jpeg(300, 200, 1));
        for entry in ["1", "2"] {
            fixture.run([&["entry", "picture", "add", entry, "brunnen.jpg"], &ALT[..]].concat()).success();
        }
        assert_eq!(names(&folder).len(), 2);
        let remove = ["entry", "picture", "remove"];
        let shared = fixture.run([&remove[..], &["1", "--delete"]].concat()).success();
        assert!(shared.contains("another entry shows it"), "{shared}");
        assert_eq!(shown(&fixture, "1")["picture"], Value::Null);
        assert_eq!(names(&folder).len(), 2);
        let kept = fixture.run([&remove[..], &["2", "--json"]].concat()).json();
        assert_eq!(kept, json!({ "entry": 2, "removed": true, "deleted": false }));
        assert_eq!(names(&folder).len(), 2);
        assert!(fixture.run([&remove[..], &["2"]].concat()).success().starts_with("unchanged"));

        fixture.run([&ADD[..], &["brunnen.jpg"], &ALT].concat()).success();
        let gone = fixture.run([&remove[..], &["1", "--delete"]].concat()).success();
        assert!(gone.contains("files deleted"), "{gone}");
        assert_eq!(names(&folder), [""; 0]);

        // What only earlier versions have is deleted apart from what the entry shows.
        for (file, picture) in [("1.jpg", jpeg(300, 200, 1)), ("2.jpg", jpeg(300, 200, 2)), ("3.jpg", jpeg(300, 200, 3))] {
            fixture.file(file, picture);
            fixture.run([&ADD[..], &[file], &ALT].concat()).success();
        }
        let shown_now = shown(&fixture, "1")["picture"].clone();
        assert_eq!(names(&folder).len(), 6);
        let deleted = fixture.run([&remove[..], &["1", "--earlier", "--json"]].concat()).json();
        assert_eq!(deleted, json!({ "deleted": 2 }));
        assert_eq!((names(&folder).len(), &shown(&fixture, "1")["picture"]), (2, &shown_now));
        assert_eq!(fixture.run([&remove[..], &["1", "--earlier"]].concat()).success(), "deleted: 0\n");
        let log = fixture.run(["audit", "list", "--action", "picture.remove", "--json"]).json();
        assert_eq!(log[0]["after"], "files deleted");
        assert!(log[0]["before"].as_str().is_some_and(|before| before.starts_with("of earlier versions: ")), "{log}");
        assert!(fixture.run([&remove[..], &["77"]].concat()).refusal().contains("there is no entry “77”"));
    }

    /// Each refusal says what to do, and leaves nothing.
    async fn what_is_no_picture_is_refused(database: &Database) {
        let fixture = fixture(database);
        let folder = default_folder(database, fixture.folder());
        let refusal = |name: &str, file: &[u8], more: &[&str]| {
            fixture.file(name, file);
            fixture.run([&ADD[..], &[name], more].concat()).refusal()
        };
        let svg = refusal("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", &ALT);
        assert!(svg.contains("logo.png: this is an SVG drawing") && svg.contains("save it as PNG"), "{svg}");
        let jpeg = jpeg(300, 200, 1);
        let cut = refusal("cut.jpg", &jpeg[..jpeg.len() / 2], &ALT);
        assert!(cut.contains("the end of the file is missing"), "{cut}");
        let mut large = b"GIF89a\x90\x01\x90\x01\x00\x00\x00".to_vec();
        large.resize(50_000_000, 0);
        let large = refusal("large.gif", &large, &ALT);
        assert!(large.contains("more than 20 MB") && large.contains("[pictures] max_size"), "{large}");
        let focus = refusal("good.jpg", &jpeg, &["--decorative", "--focus", "101,5"]);
        assert!(focus.contains("two numbers from 0 to 100"), "{focus}");
        let silent = refusal("good.jpg", &jpeg, &[]);
        assert!(silent.contains("--alt"), "{silent}");
        let long = format!("de={}", "Brunnen ".repeat(60));
        let long = refusal("good.jpg", &jpeg, &["--alt", &long]);
        assert!(long.contains("the alternative text (de)") && long.contains("300 characters"), "{long}");
        let missing = fixture.run([&ADD[..], &["nowhere.jpg"], &ALT].concat()).refusal();
        assert!(missing.contains("nowhere.jpg cannot be opened"), "{missing}");
        assert_eq!(names(&folder), [""; 0]);
        assert_eq!(shown(&fixture, "1")["picture"], Value::Null);
        let lines = fixture.run(["audit", "list", "--action", "picture.add", "--json"]).json();
        assert_eq!(lines, json!([]));
    }

    /// With several nodes a folder must be named; with one file it is beside the database.
    async fn a_database_server_has_no_folder_by_itself(database: &Database) {
        let fixture = installation(database);
        fixture.run_with_input(["import", "feed", "-"], FEED.as_bytes()).success();
        fixture.file("brunnen.jpg", jpeg(300, 200, 1));
        let all = [&ADD[..], &["brunnen.jpg"], &ALT].concat();
        let warned = fixture.run(["config", "check"]).success();
        assert_eq!(warned.contains("no folder for pictures"), database.is_postgres(), "{warned}");
        if database.is_postgres() {
            let refused = fixture.run(&all).refusal();
            assert!(refused.contains("set [pictures] folder"), "{refused}");
        } else {
            fixture.run(&all).success();
        }
    }

    /// The picture that a feed names is remembered, and not fetched.
    async fn a_feed_names_a_picture(database: &Database) {
        let fixture = installation(database);
        let feed = |picture: &str| format!(
            r#"<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Kammer</title><link>https://kammer.example/</link><language>de</language>
            <item><guid>1</guid><title>Brunnen</title>{picture}</item></channel></rss>"#);
        let import = |picture: &str| fixture.run_with_input(["import", "feed", "-", "--json"], feed(picture).as_bytes()).json();
        let enclosure = r#"<enclosure url="https://kammer.example/brunnen.jpg" type="image/jpeg" length="1"/>"#;
        assert_eq!(import(enclosure)["new"], 1);
        assert_eq!(shown(&fixture, "1")["picture_url"], "https://kammer.example/brunnen.jpg");
        let words = fixture.run(["entry", "show", "1"]).success();
        assert!(words.contains("picture URL   https://kammer.example/brunnen.jpg"), "{words}");
        assert_eq!(import(r#"<enclosure url="https://kammer.example/other.png" type="image/png" length="1"/>"#)["unchanged"], 1);
        assert_eq!(shown(&fixture, "1")["picture_url"], "https://kammer.example/other.png");
        import("");
        assert_eq!(shown(&fixture, "1")["picture_url"], Value::Null);
    }
}
