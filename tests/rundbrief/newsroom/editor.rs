//! Writing entries: the form, drafts, two people on one entry, hostile input.

use std::collections::BTreeSet;

use rundbrief::app::Actor;
use rundbrief::app::entries::{self, Saved, Written};
use rundbrief::domain::entry::{Attendance, EntryKind, EntryState, VersionReason};
use rundbrief::domain::user::Role;
use rundbrief::store;
use rundbrief::store::entry::Entry;

use super::{Desk, Newsroom};
use crate::harness::{Reply, get};
use crate::store::monday;

pub(super) const NEWS: &str = "/newsroom/entries/new?kind=news";
pub(super) const EVENT: &str = "/newsroom/entries/new?kind=event";

/// The value of a hidden field of a page.
pub(super) fn field(reply: &Reply, name: &str) -> String {
    let begin = format!("name=\"{name}\" value=\"");
    let (_, after) = reply
        .body
        .split_once(&begin)
        .unwrap_or_else(|| panic!("no {name} in {}", reply.body));
    after.split('"').next().unwrap_or_default().to_owned()
}

pub(super) async fn entry(newsroom: &Newsroom, uuid: &str) -> Option<Entry> {
    let mut conn = newsroom.app.read().await.expect("read");
    store::entry::by_name(&mut conn, uuid)
        .await
        .expect("an entry")
}

/// The texts of all versions, the latest first.
pub(super) async fn versions(newsroom: &Newsroom, id: i64) -> Vec<(VersionReason, String)> {
    let mut conn = newsroom.app.read().await.expect("read");
    let versions = store::entry_version::list(&mut conn, id)
        .await
        .expect("versions");
    let text = |version: &store::entry_version::EntryVersion| {
        let text = &version.content.texts[&version.content.original];
        format!("{} {}", text.title, text.body)
    };
    versions.iter().map(|one| (one.reason, text(one))).collect()
}

async fn audit(newsroom: &Newsroom) -> Vec<String> {
    let mut conn = newsroom.app.read().await.expect("read");
    let lines = store::audit::lines_after(&mut conn, 0, 500)
        .await
        .expect("lines");
    lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {}",
                line.entry.actor, line.entry.entry_point, line.entry.action
            )
        })
        .collect()
}

/// Opens the editor for a new entry; its name.
pub(super) async fn open_new(desk: &Desk, path: &str) -> String {
    let page = desk.get(path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    field(&page, "uuid")
}

/// Writes a news item; its name.
pub(super) async fn written(desk: &Desk, title: &str, body: &str) -> String {
    let uuid = open_new(desk, NEWS).await;
    let reply = desk
        .post(
            NEWS,
            &[
                ("uuid", &uuid),
                ("original", "de"),
                ("title-de", title),
                ("body-de", body),
                ("do", "save"),
            ],
        )
        .await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    uuid
}

pub(super) fn edit(uuid: &str) -> String {
    format!("/newsroom/entries/{uuid}/edit")
}

pub(super) async fn base(desk: &Desk, uuid: &str) -> String {
    field(&desk.get(&edit(uuid)).await, "base")
}

on_both_databases! {
    /// A news item is written in Markdown, saved, published, and read by everybody.
    async fn news_are_written_and_published(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        let fields = [
            ("uuid", uuid.as_str()), ("original", "de"), ("title-de", "Neue Brunnen"), ("teaser-de", "Zwölf Orte."),
            ("body-de", "Der **Ausschuss** hat beschlossen.\r\n\r\n## Wo\r\n\r\n- Markt\r\n- Bibliothek"),
            ("title-nl", "Nieuwe fonteinen"), ("url", "https://region.example/brunnen"), ("contact-name", "Kim Muster"),
            ("contact-email", "kim@region.example"), ("topic-climate", "on"), ("do", "save"),
        ];
        let reply = erika.post(NEWS, &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(reply.header("location"), Some(format!("{}?done=saved", edit(&uuid)).as_str()));
        let found = entry(&newsroom, &uuid).await.expect("it was saved");
        assert_eq!((found.state, found.content.kind), (EntryState::Draft, EntryKind::News));
        let text = &found.content.texts[&found.content.original];
        assert_eq!(text.body, "<p>Der <strong>Ausschuss</strong> hat beschlossen.</p><h3>Wo</h3><ul><li>Markt</li><li>Bibliothek</li></ul>");
        assert_eq!(found.content.texts.len(), 2);
        assert_eq!(found.content.topics, crate::store::topics(&[0]));

        // Sent twice: one entry.
        let again = erika.post(NEWS, &fields).await;
        assert_eq!(again.header("location"), Some(format!("{}?done=unchanged", edit(&uuid)).as_str()));

        let page = erika.get(&edit(&uuid)).await;
        assert!(page.body.contains("## Wo") && page.body.contains("**Ausschuss**"), "{}", page.body);
        let base = field(&page, "base");
        let mut changed: Vec<_> = fields.into_iter().filter(|(name, _)| !["do", "uuid"].contains(name)).collect();
        changed.extend([("base", base.as_str()), ("do", "publish")]);
        let reply = erika.post(&edit(&uuid), &changed).await;
        assert_eq!(reply.header("location"), Some(format!("{}?done=published", edit(&uuid)).as_str()), "{}", reply.body);
        let found = entry(&newsroom, &uuid).await.expect("the entry");
        assert_eq!(found.state, EntryState::Published);
        let public = get(newsroom.service.at, "/news", &[]).await;
        assert!(public.body.contains("Neue Brunnen"), "{}", public.body);
        assert_eq!(versions(&newsroom, found.id).await.len(), 1, "publishing is no new version");
        let lines = audit(&newsroom).await;
        assert!(lines.contains(&"user newsroom entry.add".to_owned()), "{lines:?}");
        assert!(lines.contains(&"user newsroom entry.publish".to_owned()), "{lines:?}");
    }

    /// An event has its time by the clock of its place, and says how one takes part.
    async fn events_are_written(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let fields = [
            ("uuid", uuid.as_str()), ("original", "de"), ("title-de", "Lange Nacht"), ("start-day", "2027-07-01"), ("start-time", "18:00"),
            ("end-day", "2027-07-02"), ("end-time", "01:00"), ("zone", "Europe/Berlin"), ("attendance", "both"), ("place", "Kurhaus"),
            ("online-url", "https://live.example/"), ("registration-url", "https://region.example/anmelden"), ("registration-day", "2027-06-30"),
            ("price", "5 €"), ("status", "full"), ("accessibility-wheelchair", "on"), ("do", "hand-in"),
        ];
        let reply = erika.post(EVENT, &fields).await;
        assert_eq!(reply.header("location"), Some(format!("{}?done=handed-in", edit(&uuid)).as_str()), "{}", reply.body);
        let found = entry(&newsroom, &uuid).await.expect("it was saved");
        assert_eq!(found.state, EntryState::Submitted);
        let when = found.content.when.as_ref().expect("a time");
        assert_eq!(when.starts_at.to_string(), "2027-07-01T16:00:00Z");
        assert_eq!(when.ends_at.expect("an end").to_string(), "2027-07-01T23:00:00Z");
        let details = &found.content.details;
        assert_eq!(details.attendance, Attendance::Both);
        assert_eq!(details.registration_until.expect("a deadline").to_string(), "2027-06-30T21:59:00Z");
        // Opened and saved again, nothing changes.
        let page = erika.get(&edit(&uuid)).await;
        assert!(page.body.contains("value=\"2027-07-02\""), "{}", page.body);
        let mut same: Vec<_> = fields.into_iter().filter(|(name, _)| !["do", "uuid"].contains(name)).collect();
        let base = field(&page, "base");
        same.extend([("base", base.as_str()), ("registration-time", "23:59"), ("do", "save")]);
        let reply = erika.post(&edit(&uuid), &same).await;
        assert_eq!(reply.header("location"), Some(format!("{}?done=unchanged", edit(&uuid)).as_str()), "{}", reply.body);
        // Published, everybody reads how to take part.
        let mut fields = same;
        fields.retain(|(name, _)| *name != "do");
        fields.push(("do", "publish"));
        assert_eq!(erika.post(&edit(&uuid), &fields).await.status, 303);
        let found = entry(&newsroom, &uuid).await.expect("the entry");
        let path = rundbrief::domain::permalink::of(&found.content, found.published_at.unwrap_or(found.created_at), &found.uuid);
        let page = get(newsroom.service.at, &path, &[]).await;
        for words in ["Ausgebucht", "https://live.example/", "https://region.example/anmelden", "5 €", "mit Rollstuhl", "MixedEventAttendanceMode", "VirtualLocation"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
    }

    /// An event that is repeated: its dates are told first, then each becomes an entry of its own.
    async fn a_repeated_event_is_one_entry_for_each_date(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let mut fields = vec![
            ("uuid", uuid.as_str()), ("title-de", "Sprechstunde"), ("start-day", "2027-03-18"), ("start-time", "18:00"), ("end-time", "19:00"),
            ("zone", "Europe/Berlin"), ("repeat", "week"), ("repeat-until", "2027-04-01"), ("registration-day", "2027-03-17"), ("do", "save"),
        ];
        let asked = erika.post(EVENT, &fields).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("Das werden 3 Termine") && asked.body.contains("25. März 2027"), "{}", asked.body);
        assert!(entry(&newsroom, &uuid).await.is_none());
        fields.push(("confirmed", "3"));
        assert_eq!(erika.post(EVENT, &fields).await.status, 303);
        assert_eq!(erika.post(EVENT, &fields).await.status, 303, "sent twice");
        let mut conn = newsroom.app.read().await.expect("read");
        let all = store::entry::list(&mut conn, None, Some(EntryKind::Event), i64::MAX, 10).await.expect("entries");
        let mut starts: Vec<_> = all.iter().filter_map(|one| one.content.when.as_ref()).map(|when| when.starts_at.to_string()).collect();
        starts.sort();
        // The clocks change on 28 March; it stays at six in the evening.
        assert_eq!(starts, ["2027-03-18T17:00:00Z", "2027-03-25T17:00:00Z", "2027-04-01T16:00:00Z"]);
        drop(conn);
        assert_eq!(audit(&newsroom).await.iter().filter(|line| line.ends_with("entry.add")).count(), 3);
        let many = open_new(&erika, EVENT).await;
        let too_many = [("uuid", many.as_str()), ("title-de", "x"), ("start-day", "2027-01-01"), ("start-time", "18:00"), ("repeat", "week"), ("repeat-until", "2028-06-01"), ("do", "save")];
        let reply = erika.post(EVENT, &too_many).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("Höchstens 52 Termine"), "{}", reply.body);
    }

    /// What is wrong is told beside the field, and everything comes back filled in.
    async fn a_wrong_form_comes_back_filled_in(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let reply = erika.post(EVENT, &[
            ("uuid", &uuid), ("original", "de"), ("title-de", "\u{202e}"), ("body-de", "Ein langer Text"), ("url", "javascript:alert(1)"),
            ("start-day", "2027-07-02"), ("start-time", "18:00"), ("end-day", "2027-07-01"), ("end-time", "17:00"), ("contact-email", "niemand"),
            ("attendance", "online"), ("do", "publish"),
        ]).await;
        assert_eq!(reply.status, 422, "{}", reply.body);
        for name in ["title-de", "url", "end-day", "contact-email", "online-url"] {
            assert!(reply.body.contains(&format!("href=\"#{name}\"")), "{name}: {}", reply.body);
            assert!(reply.body.contains(&format!("id=\"{name}-error\"")), "{name}: {}", reply.body);
        }
        assert!(reply.body.contains("Ein langer Text") && reply.body.contains("value=\"niemand\""), "{}", reply.body);
        assert_eq!(field(&reply, "uuid"), uuid);
        assert!(entry(&newsroom, &uuid).await.is_none());
    }

    /// Stored markup, script links, a title that turns the direction of writing, a long text: harmless, or
    /// refused with a sentence.
    async fn hostile_text_is_harmless(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](data:text/html,x)";
        let uuid = open_new(&erika, NEWS).await;
        let title = "Rechnung \u{202e}fdp.exe <b onmouseover=x>fett</b>";
        let reply = erika.post(NEWS, &[("uuid", &uuid), ("title-de", title), ("teaser-de", hostile), ("body-de", hostile), ("do", "publish")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let found = entry(&newsroom, &uuid).await.expect("it was saved");
        let text = &found.content.texts[&found.content.original];
        assert_eq!(text.title, "Rechnung fdp.exe fett");
        let path = rundbrief::domain::permalink::of(&found.content, found.published_at.unwrap_or(found.created_at), &found.uuid);
        for page in [erika.get(&edit(&uuid)).await, get(newsroom.service.at, &path, &[]).await] {
            assert_eq!(page.status, 200, "{path}");
            for evil in ["<script>alert", "<img src=x", "\"javascript:", "\"data:text", "\u{202e}"] {
                assert!(!page.body.contains(evil), "{evil} in {}", page.body);
            }
        }
        let long = "Wort ".repeat(13_000);
        let reply = erika.post(&edit(&uuid), &[("base", "1"), ("title-de", "Lang"), ("body-de", &long), ("do", "save")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("href=\"#body-de\"") && reply.body.contains(&long[..1000]));
        let huge = "a".repeat(10_000_000);
        let reply = erika.post(&edit(&uuid), &[("base", "1"), ("title-de", "Lang"), ("body-de", &huge), ("do", "save")]).await;
        assert_eq!(reply.status, 413, "{}", reply.body);
    }

    /// Two people change different places: both are in it, whoever saves first.
    async fn changes_of_two_people_merge(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        for (first, second) in [(&erika, &jana), (&jana, &erika)] {
            let uuid = written(&erika, "Brunnen", "Der Brunnen kommt an den Markt.\n\nEr kostet 84.000 Euro.").await;
            let began = base(first, &uuid).await;
            let reply = first.post(&edit(&uuid), &[("base", &began), ("title-de", "Brunnen"), ("body-de", "Der neue Brunnen kommt an den Markt.\n\nEr kostet 84.000 Euro."), ("do", "save")]).await;
            assert_eq!(reply.status, 303, "{}", reply.body);
            let reply = second.post(&edit(&uuid), &[("base", &began), ("title-de", "Brunnen für alle"), ("body-de", "Der Brunnen kommt an den Markt.\n\nEr kostet 90.000 Euro."), ("do", "save")]).await;
            assert_eq!(reply.header("location"), Some(format!("{}?done=merged", edit(&uuid)).as_str()), "{}", reply.body);
            let id = entry(&newsroom, &uuid).await.expect("the entry").id;
            let versions = versions(&newsroom, id).await;
            let both = "Brunnen für alle <p>Der neue Brunnen kommt an den Markt.</p><p>Er kostet 90.000 Euro.</p>";
            assert_eq!(versions[0], (VersionReason::Merged, both.to_owned()));
            assert_eq!(versions.len(), 3);
        }
    }

    /// Two people change the same place: the later one sees both and decides. No word is lost, in whatever
    /// order they save.
    async fn the_same_place_is_decided_by_the_later_one(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let uuid = written(&erika, "Brunnen", "Der Brunnen kommt an den Markt.").await;
        let began = base(&erika, &uuid).await;
        let mine = "Der Brunnen kommt vor das Rathaus.";
        let theirs = "Der Brunnen kommt an den Bahnhof.";
        jana.post(&edit(&uuid), &[("base", &began), ("title-de", "Brunnen"), ("body-de", theirs), ("do", "save")]).await;
        let reply = erika.post(&edit(&uuid), &[("base", &began), ("title-de", "Brunnen"), ("body-de", mine), ("do", "save")]).await;
        assert_eq!(reply.status, 409, "{}", reply.body);
        for words in ["Jana Kern hat diesen Beitrag inzwischen gespeichert", theirs, mine, "Ihr Text"] {
            assert!(reply.body.contains(words), "{words}: {}", reply.body);
        }
        let proposal = reply.body.split("name=\"body-de\"").nth(1).and_then(|rest| rest.split("</textarea>").next()).unwrap_or_default().to_owned();
        assert!(proposal.contains("Bahnhof") && proposal.contains("Rathaus"), "{proposal}");
        // Who closes the window finds the text again.
        let draft = erika.get(&format!("{}?draft=open", edit(&uuid))).await;
        assert!(draft.body.contains(mine), "{}", draft.body);
        let (next, merged) = (field(&reply, "base"), field(&reply, "merged"));
        assert_eq!(merged, "1");
        // Jana saves once more before Erika has decided.
        jana.post(&edit(&uuid), &[("base", &next), ("title-de", "Brunnen am Bahnhof"), ("body-de", theirs), ("do", "save")]).await;
        let decided = "Der Brunnen kommt an den Bahnhof oder vor das Rathaus.";
        let reply = erika.post(&edit(&uuid), &[("base", &next), ("merged", "1"), ("title-de", "Brunnen"), ("body-de", decided), ("do", "save")]).await;
        assert_eq!(reply.header("location"), Some(format!("{}?done=merged", edit(&uuid)).as_str()), "{}", reply.body);
        let id = entry(&newsroom, &uuid).await.expect("the entry").id;
        let versions = versions(&newsroom, id).await;
        let texts: Vec<&str> = versions.iter().map(|(_, text)| text.as_str()).collect();
        let wrapped = |title: &str, body: &str| format!("{title} <p>{body}</p>");
        assert_eq!(texts, [
            wrapped("Brunnen am Bahnhof", decided), wrapped("Brunnen am Bahnhof", theirs), wrapped("Brunnen", theirs),
            wrapped("Brunnen", "Der Brunnen kommt an den Markt."),
        ]);
    }

    /// Two people press the button in the same moment, on nodes of their own: one of them is told.
    async fn of_two_who_save_at_once_one_is_told(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = written(&erika, "Titel", "Anfang.").await;
        let actor = Actor::operator();
        for round in 1..=20 {
            let content = entry(&newsroom, &uuid).await.expect("there").content;
            let says = |who: &str| {
                let mut content = content.clone();
                for text in content.texts.values_mut() {
                    text.title = format!("{who} {round}");
                }
                Written {
                    uuid: &uuid,
                    base: Some(round),
                    content,
                    reviewed: BTreeSet::new(),
                    state: None,
                    further: Vec::new(),
                    merged: false,
                }
            };
            let (one, other) = tokio::join!(
                entries::save(&newsroom.app, &actor, says("Erika")),
                entries::save(&newsroom.app, &actor, says("Jana")),
            );
            let both = [one.expect("answered"), other.expect("answered")];
            let (saved, told) = (Saved::As(round + 1), Saved::MovedOn(round + 1));
            assert!(both == [saved, told] || both == [told, saved], "round {round}: {both:?}");
        }
    }

    /// What is being written is kept, offered again to its author only, told to others, and forgotten when it
    /// is saved or dropped.
    async fn drafts_are_kept(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        let kept = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Halb geschr"), ("do", "keep")]).await;
        assert_eq!(kept.status, 204, "{}", kept.body);
        assert!(entry(&newsroom, &uuid).await.is_none());
        assert!(erika.get(NEWS).await.body.contains("Halb geschr"));
        assert!(!jana.get(NEWS).await.body.contains("Halb geschr"));
        let open = format!("{NEWS}&draft={uuid}");
        assert!(erika.get(&open).await.body.contains("value=\"Halb geschr\""));
        assert_eq!(jana.get(&open).await.status, 404);
        assert!(!audit(&newsroom).await.iter().any(|line| line.contains("entry.")), "nobody else sees a draft");
        let saved = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Ganz geschrieben"), ("do", "save")]).await;
        assert_eq!(saved.status, 303);
        assert!(!erika.get(NEWS).await.body.contains("Halb geschr"), "a draft that was saved is forgotten");

        let began = base(&erika, &uuid).await;
        erika.post(&edit(&uuid), &[("base", &began), ("title-de", "Noch in Arbeit"), ("do", "keep")]).await;
        let seen = jana.get(&edit(&uuid)).await;
        assert!(seen.body.contains("Erika Beispiel hat diesen Beitrag gerade auch geöffnet"), "{}", seen.body);
        assert!(!seen.body.contains("Noch in Arbeit"));
        let back = erika.get(&edit(&uuid)).await;
        assert!(back.body.contains("Noch in Arbeit") && back.body.contains("Ganz geschrieben"), "{}", back.body);
        newsroom.service.clock.set(monday().plus(crate::store::HOUR / 10));
        assert!(!jana.get(&edit(&uuid)).await.body.contains("gerade auch geöffnet"));
        let dropped = erika.post(&edit(&uuid), &[("uuid", &uuid), ("do", "drop")]).await;
        assert_eq!(dropped.status, 303);
        assert!(!erika.get(&edit(&uuid)).await.body.contains("Noch in Arbeit"));
    }

    /// The database fails while an entry is saved: the form comes back with the text.
    async fn a_failing_database_loses_no_text(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        database.execute("ALTER TABLE entry_version RENAME TO gone").await;
        let fields = [("uuid", uuid.as_str()), ("title-de", "Mühsam geschrieben"), ("body-de", "Jedes Wort zählt."), ("do", "save")];
        let reply = erika.post(NEWS, &fields).await;
        assert_eq!(reply.status, 503, "{}", reply.body);
        for words in ["Es wurde nichts gespeichert", "Mühsam geschrieben", "Jedes Wort zählt."] {
            assert!(reply.body.contains(words), "{words}: {}", reply.body);
        }
        assert!(entry(&newsroom, &uuid).await.is_none());
        database.execute("ALTER TABLE gone RENAME TO entry_version").await;
        assert_eq!(erika.post(NEWS, &fields).await.status, 303);
    }

    /// A translation is marked when its original has changed since, until somebody looked at it.
    async fn translations_are_marked_when_the_original_changes(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        let both = [("original", "de"), ("title-de", "Brunnen"), ("title-nl", "Fonteinen")];
        let save = async |base: Option<&str>, body: &str, reviewed: bool| {
            let mut fields = both.to_vec();
            fields.extend([("uuid", uuid.as_str()), ("body-de", body), ("do", "save")]);
            if reviewed {
                fields.push(("reviewed-nl", "on"));
            }
            match base {
                Some(base) => {
                    fields.push(("base", base));
                    erika.post(&edit(&uuid), &fields).await
                }
                None => erika.post(NEWS, &fields).await,
            }
        };
        save(None, "Eins.", false).await;
        let mark = "Original seither geändert";
        let page = erika.get(&edit(&uuid)).await;
        assert!(!page.body.contains(mark), "{}", page.body);
        save(Some("1"), "Eins. Zwei Euro.", false).await;
        let page = erika.get(&edit(&uuid)).await;
        assert!(page.body.contains(mark) && page.body.contains("<ins>Zwei Euro.</ins>"), "{}", page.body);
        save(Some("2"), "Eins. Zwei Euro.", true).await;
        let page = erika.get(&edit(&uuid)).await;
        assert!(!page.body.contains(mark), "{}", page.body);
    }

    /// Who may not write sees no editor; an entry that is not there has none.
    async fn the_editor_is_for_editors(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = written(&erika, "Brunnen", "").await;
        for role in [Role::Viewer, Role::Approver, Role::Administrator] {
            let other = newsroom.user(role.as_str(), &[role]).await;
            for path in [NEWS, &edit(&uuid)] {
                assert_eq!(other.get(path).await.status, 403, "{role} {path}");
                assert_eq!(other.post(path, &[("uuid", &uuid), ("title-de", "x"), ("do", "save")]).await.status, 403, "{role} {path}");
            }
        }
        let unknown = "0190163d-8694-739b-aea5-966c26f8ad90";
        for name in [unknown, "1", "x"] {
            assert_eq!(erika.get(&edit(name)).await.status, 404, "{name}");
            assert_eq!(erika.post(&edit(name), &[("base", "1"), ("title-de", "x"), ("do", "save")]).await.status, 404, "{name}");
        }
        for bad in ["", "1", "x", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(erika.post(NEWS, &[("uuid", bad), ("title-de", "x"), ("do", "save")]).await.status, 422, "{bad}");
        }
        assert_eq!(erika.get("/newsroom/entries/new?kind=paper").await.status, 404);
    }

    /// The preview shows the text as readers would see it, and changes nothing.
    async fn a_preview_changes_nothing(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, NEWS).await;
        let reply = erika.post(NEWS, &[("uuid", &uuid), ("title-de", "Brunnen"), ("body-de", "**fett** <u>nicht</u>"), ("do", "preview")]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert!(reply.body.contains("<strong>fett</strong> &lt;u&gt;nicht&lt;/u&gt;"), "{}", reply.body);
        assert!(entry(&newsroom, &uuid).await.is_none());
    }
}
