//! What else comes in through the editor: its audience, text that deceives, too much of it, the same form
//! twice.

use rundbrief::domain::language::Language;
use rundbrief::domain::user::Role;
use rundbrief::store;

use super::Newsroom;
use super::editor::{EVENT, NEWS, base, edit, entry, field, open_new, versions, written};
use crate::harness::get;
use crate::store::{monday, subscribed};

/// Characters that turn the direction of writing or cannot be seen.
const DECEIVING: &str =
    "\u{202e}\u{202d}\u{2066}\u{2067}\u{200b}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{e0041}";

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

/// The tags of fields into which something is typed, with their names.
fn typed(page: &str) -> Vec<(&str, &str)> {
    let tags = page
        .split('<')
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag));
    let typed = tags.filter(|tag| {
        let kind = attribute(tag, "type").unwrap_or("text");
        tag.starts_with("textarea ")
            || tag.starts_with("input ") && !["hidden", "checkbox", "radio", "file"].contains(&kind)
    });
    typed
        .filter_map(|tag| Some((tag, attribute(tag, "name")?)))
        .collect()
}

on_both_databases! {
    /// A field that somebody writes into the form, and not into the list of fields, would lose what is typed,
    /// and have its name for a label.
    async fn every_field_of_the_editor_comes_back_and_has_its_words(database: &Database) {
        const TYPED: &str = "2027-01-02";
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        for kind in [NEWS, EVENT] {
            let opened = erika.get(kind).await;
            let uuid = field(&opened, "uuid");
            let names: Vec<&str> = typed(&opened.body).into_iter().map(|(_, name)| name).collect();
            assert!(names.len() > 10, "{names:?}");
            // Without a title it is not saved.
            let fields = names.iter().filter(|name| !name.starts_with("title-"));
            let mut sent: Vec<_> = fields.map(|name| (*name, TYPED)).collect();
            sent.extend([("uuid", uuid.as_str()), ("original", "de"), ("do", "publish")]);
            let reply = erika.post(kind, &sent).await;
            assert_eq!(reply.status, 422, "{}", reply.body);
            for (tag, name) in typed(&reply.body).into_iter().filter(|(_, name)| !name.starts_with("title-")) {
                let (_, after) = reply.body.split_once(tag).expect("its tag");
                // A text begins in a line of its own.
                let text = after.trim_start_matches('>').trim_start().split('<').next();
                let is_kept = attribute(tag, "value").or(text) == Some(TYPED);
                assert!(is_kept, "{name} is lost: {tag}");
                let label = reply.body.split_once(&format!("<label for=\"{name}\">")).map(|(_, after)| after);
                let label = label.unwrap_or_else(|| panic!("{name} has no label"));
                assert!(!label.starts_with(name), "{name} has no words");
            }
        }
    }

    /// A field that is read and not shown again would be emptied by whoever opens the entry and saves it.
    async fn what_is_saved_is_what_the_editor_shows_again(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        for kind in [NEWS, EVENT] {
            let opened = erika.get(kind).await;
            let uuid = field(&opened, "uuid");
            let value = |tag: &str, name: &str| match attribute(tag, "type").unwrap_or("text") {
                _ if name == "zone" => "Europe/Berlin",
                "url" => "https://region.example/seite",
                "email" => "erika@rathaus.example",
                "date" => "2027-01-02",
                "time" if name == "end-time" => "20:15",
                "time" => "19:15",
                _ => "Wort",
            };
            // How often an event takes place is asked of a new one only.
            let fields: Vec<_> = typed(&opened.body).into_iter().filter(|(_, name)| *name != "repeat-until").collect();
            let mut sent: Vec<_> = fields.iter().map(|(tag, name)| (*name, value(tag, name))).collect();
            sent.extend([("uuid", uuid.as_str()), ("original", "de"), ("attendance", "both"), ("do", "save")]);
            let reply = erika.post(kind, &sent).await;
            assert_eq!(reply.status, 303, "{}", reply.body);

            let page = erika.get(&edit(&uuid)).await.body;
            let shown = typed(&page);
            for (tag, name) in fields {
                let again = shown.iter().find(|(_, one)| *one == name).map(|(again, _)| *again);
                let again = again.unwrap_or_else(|| panic!("{name} is not there any more"));
                let (_, after) = page.split_once(again).expect("its tag");
                let text = after.trim_start_matches('>').trim_start().split('<').next();
                assert_eq!(attribute(again, "value").or(text), Some(value(tag, name)), "{name}");
            }
        }
    }

    /// The editor says how many readers an entry with these topics has; of fewer than five no number.
    async fn the_audience_of_an_entry_is_counted(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let (db, region) = (&newsroom.app.db, newsroom.service.region.id);
        for number in 0..8 {
            let (topics, language) = match number {
                0..3 => (crate::store::topics(&[0]), Language::De),
                3..7 => (crate::store::topics(&[0, 1]), Language::Nl),
                _ => (crate::store::topics(&[1]), Language::De),
            };
            subscribed(db, region, &format!("r{number}@b.example"), language, topics).await;
        }

        let piece = async |query: &str| erika.get(&format!("/newsroom/entries/audience{query}")).await.body;
        for (query, says) in [("", "8 Personen, in 3 Fassungen"), ("?topic-climate=on", "7 Personen, in 2 Fassungen"),
            ("?topic-culture=on", "5 Personen, in 2 Fassungen"), ("?topic-climate=on&topic-culture=on&title-de=x", "8 Personen, in 3 Fassungen")] {
            let body = piece(query).await;
            assert!(body.contains(says), "{query}: {body}");
            assert!(!body.contains("<html"), "a piece of a page: {body}");
        }
        let gone = subscribed(db, region, "r3@b.example", Language::Nl, crate::store::topics(&[0, 1])).await;
        let mut tx = db.begin().await.expect("begin");
        assert!(store::subscription::end(&mut tx, gone, region, monday()).await.expect("end"));
        tx.commit().await.expect("commit");
        let body = piece("?topic-culture=on").await;
        assert!(body.contains("weniger als fünf Personen") && !body.contains("Fassung"), "{body}");

        // Without a script: of the topics that are saved, and of those that are ticked in a preview.
        let uuid = written(&erika, "Neue Brunnen", "Text.").await;
        let page = erika.get(&edit(&uuid)).await.body;
        assert!(page.contains("7 Personen, in 3 Fassungen"), "{page}");
        let base = base(&erika, &uuid).await;
        let fields = [("base", base.as_str()), ("original", "de"), ("title-de", "Neue Brunnen"), ("topic-culture", "on"), ("do", "preview")];
        let page = erika.post(&edit(&uuid), &fields).await.body;
        assert!(page.contains("weniger als fünf Personen"), "{page}");
    }

    /// What turns the direction of writing, or cannot be seen, is left out of every text; what scripts and
    /// emoji are made with stays.
    async fn characters_that_deceive_are_left_out(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let dirty = |words: &str| format!("{DECEIVING}{words}{DECEIVING}");
        let family = "👩\u{200d}👧 می\u{200c}خواهم";
        let fields = [
            ("title-de", dirty(&format!("gnp.exe {family}"))), ("teaser-de", dirty("Anriss")), ("body-de", dirty(&format!("**Text** {family}"))),
            ("place", dirty("Rathaus")), ("organiser", dirty("Amt")), ("price", dirty("frei")), ("contact-name", dirty("Kim")),
            ("start-day", "2027-01-05".to_owned()), ("start-time", "18:00".to_owned()), ("uuid", uuid.clone()), ("do", "publish".to_owned()),
        ];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = erika.post(EVENT, &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let found = entry(&newsroom, &uuid).await.expect("it was saved").content;
        let text = &found.texts[&found.original];
        assert_eq!(text.title, format!("gnp.exe {family}"));
        assert_eq!(text.body, format!("<p><strong>Text</strong> {family}</p>"));
        let said = serde_json::to_string(&found).expect("JSON");
        let list = get(newsroom.service.at, "/events", &[]).await;
        assert!(list.body.contains("gnp.exe"), "{}", list.body);
        let desk = erika.get(&edit(&uuid)).await.body;
        let own = erika.get(&format!("/newsroom/entries/{uuid}")).await.body;
        for body in [said, list.body, desk, own] {
            let found = body.chars().find(|c| DECEIVING.contains(*c));
            assert_eq!(found, None, "{body}");
        }
    }

    /// 10 MB are refused before they are read; what is a little too long comes back in the form.
    async fn too_much_text_is_refused(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        let huge = "# a\n".repeat(2_500_000);
        let reply = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Viel"), ("body-de", &huge), ("do", "save")]).await;
        assert_eq!(reply.status, 413, "{}", reply.body);
        let long = format!("{}Ende", "Wort ".repeat(13_000));
        let reply = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Viel"), ("body-de", &long), ("do", "save")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("zu lang") && reply.body.contains("Wort Ende"), "the text comes back");
        // A table that would grow to millions of cells.
        let table = format!("|{}\n|{}\n{}", "x|".repeat(5_000), "-|".repeat(5_000), "y\n".repeat(19_000));
        for what in ["preview", "save"] {
            let reply = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Viel"), ("body-de", &table), ("do", what)]).await;
            assert!(matches!((what, reply.status), ("preview", 200) | ("save", 422)), "{what}: {}", reply.status);
            assert!(reply.body.len() < 1_000_000, "{}", reply.body.len());
        }
        assert!(entry(&newsroom, &uuid).await.is_none());
    }

    /// One person has an entry open in two tabs: what each tab says counts, and nothing is lost.
    async fn two_tabs_of_one_person_lose_nothing(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = written(&erika, "Brunnen", "Eins zwei drei.").await;
        let opened = base(&erika, &uuid).await;
        let save = async |title: &str, body: &str| {
            let fields = [("base", opened.as_str()), ("original", "de"), ("title-de", title), ("body-de", body), ("do", "save")];
            erika.post(&edit(&uuid), &fields).await
        };
        assert_eq!(save("Brunnen neu", "Eins zwei drei.").await.status, 303);
        let merged = save("Brunnen", "Eins zwei drei vier.").await;
        assert_eq!(merged.header("location"), Some(format!("{}?done=merged", edit(&uuid)).as_str()), "{}", merged.body);
        let found = entry(&newsroom, &uuid).await.expect("the entry");
        let text = &found.content.texts[&found.content.original];
        assert_eq!((text.title.as_str(), text.body.as_str()), ("Brunnen neu", "<p>Eins zwei drei vier.</p>"));
        // The same word in both tabs: the later one is asked.
        let asked = save("Brunnen alt", "Eins zwei drei.").await;
        assert_eq!(asked.status, 409);
        assert!(asked.body.contains("Brunnen alt") && asked.body.contains("Brunnen neu"), "{}", asked.body);
        assert_eq!(versions(&newsroom, found.id).await.len(), 3);
    }

    /// A form that is sent again long after does not bring old words back.
    async fn a_replayed_form_changes_nothing(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let uuid = written(&erika, "Brunnen", "Alt.").await;
        let first = base(&erika, &uuid).await;
        let old = [("base", first.as_str()), ("original", "de"), ("title-de", "Brunnen"), ("body-de", "Neu."), ("do", "save")];
        assert_eq!(erika.post(&edit(&uuid), &old).await.status, 303);
        let again = erika.post(&edit(&uuid), &old).await;
        assert_eq!(again.status, 303, "it says what is there: {}", again.body);
        let second = base(&jana, &uuid).await;
        let later = [("base", second.as_str()), ("original", "de"), ("title-de", "Brunnen"), ("body-de", "Neuer."), ("do", "save")];
        assert_eq!(jana.post(&edit(&uuid), &later).await.status, 303);
        let replayed = erika.post(&edit(&uuid), &old).await;
        assert_eq!(replayed.status, 409, "{}", replayed.body);
        let found = entry(&newsroom, &uuid).await.expect("the entry");
        assert_eq!(found.content.texts[&found.content.original].body, "<p>Neuer.</p>");
        assert_eq!(versions(&newsroom, found.id).await.len(), 3);
        // The form of a new entry, sent again after it was written and changed.
        let new = [("uuid", uuid.as_str()), ("original", "de"), ("title-de", "Brunnen"), ("body-de", "Alt."), ("do", "save")];
        let replayed = erika.post(NEWS, &new).await;
        assert!(matches!(replayed.status, 303 | 409), "{}", replayed.status);
        let found = entry(&newsroom, &uuid).await.expect("the entry");
        assert_eq!(found.content.texts[&found.content.original].body, "<p>Neuer.</p>");
        // Without the token of the session it is not even read.
        assert_eq!(erika.post_raw(&edit(&uuid), "base=1&title-de=x&do=save").await.status, 403);
    }
}
