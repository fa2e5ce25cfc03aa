//! What the editor's page says around its form: what was not saved, who else has it open, where the entry
//! stands, how it would look, what two people wrote.

use rundbrief::domain::entry::EntryState;
use rundbrief::domain::user::Role;

use super::Newsroom;
use super::editor::{EVENT, NEWS, base, edit, entry, open_new, written};

on_both_databases! {
    /// A form that comes back without being saved is kept too, and what says nothing new is not offered.
    async fn what_comes_back_unsaved_is_kept(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        for (title, body, what) in [("", "Ohne Überschrift geschrieben", "save"), ("Nur angesehen", "", "preview")] {
            let uuid = open_new(&erika, NEWS).await;
            erika.post(NEWS, &[("uuid", &uuid), ("title-de", title), ("body-de", body), ("do", what)]).await;
            let draft = erika.get(&format!("{NEWS}&draft={uuid}")).await;
            assert!(draft.body.contains(title) && draft.body.contains(body), "{what}: {}", draft.body);
        }
        // A browser sends it when the page is left, which may be after it was saved.
        let uuid = written(&erika, "Brunnen", "Text.").await;
        let began = base(&erika, &uuid).await;
        let same = [("base", began.as_str()), ("original", "de"), ("title-de", "Brunnen"), ("body-de", "Text."), ("do", "keep")];
        assert_eq!(erika.post(&edit(&uuid), &same).await.status, 204);
        let page = erika.get(&edit(&uuid)).await;
        assert!(!page.body.contains("nicht gespeichert"), "{}", page.body);
    }

    /// Who opens an entry is told to who had it open before, with the next thing that is kept; looking at a
    /// page alone changes nothing.
    async fn both_are_told_of_each_other(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let uuid = written(&erika, "Brunnen", "Text.").await;
        let began = base(&erika, &uuid).await;
        let fields = |what| [("base", began.as_str()), ("title-de", "Brunnen für alle"), ("body-de", "Text."), ("do", what)];
        assert_eq!(erika.post(&edit(&uuid), &fields("here")).await.status, 204, "nobody else");
        jana.get(&edit(&uuid)).await;
        assert_eq!(erika.post(&edit(&uuid), &fields("keep")).await.status, 204, "a GET tells nothing");
        let told = jana.post(&edit(&uuid), &fields("here")).await;
        assert!(told.status == 200 && told.body.contains("Erika Beispiel hat diesen Beitrag gerade auch geöffnet."), "{}", told.body);
        let told = erika.post(&edit(&uuid), &fields("keep")).await;
        assert!(told.status == 200 && told.body.contains("Jana Kern hat diesen Beitrag gerade auch geöffnet."), "{}", told.body);
        assert!(!told.body.contains("<html"), "a piece of a page: {}", told.body);
        // Opening it again keeps what was written; having it open is no draft.
        erika.post(&edit(&uuid), &fields("here")).await;
        assert!(erika.get(&edit(&uuid)).await.body.contains("„Brunnen für alle“ geschrieben und nicht gespeichert"));
        assert!(!jana.get(&edit(&uuid)).await.body.contains("nicht gespeichert"));
        // Without a script, the preview tells it.
        let seen = erika.post(&edit(&uuid), &fields("preview")).await;
        assert!(seen.body.contains("Jana Kern hat diesen Beitrag"), "{}", seen.body);
    }

    /// The editor says where the entry stands and leads to its other pages; its button is called by what it does.
    async fn the_editor_says_where_the_entry_stands(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let new = erika.get(EVENT).await.body;
        assert!(new.contains("Ein Bild können Sie hinzufügen, sobald"), "{new}");
        let uuid = open_new(&erika, EVENT).await;
        let mut fields = vec![("uuid", uuid.as_str()), ("title-de", "Fest"), ("start-day", "2027-01-05"), ("start-time", "18:00"), ("do", "save")];
        let saved = erika.post(EVENT, &fields).await;
        let page = erika.get(saved.header("location").expect("the editor")).await.body;
        for words in ["Gespeichert. <a href=\"", "Bild hinzufügen", "class=\"state\">Entwurf", "/versions\">", "Als Entwurf speichern", "sagen Sie ihn auf seiner Seite ab"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        fields.retain(|(name, _)| *name != "do" && *name != "uuid");
        fields.extend([("base", "1"), ("do", "hand-in")]);
        erika.post(&edit(&uuid), &fields).await;
        assert_eq!(entry(&newsroom, &uuid).await.map(|one| one.state), Some(EntryState::Submitted));
        let page = erika.get(&edit(&uuid)).await.body;
        assert!(page.contains("eingereicht") && page.contains(">Speichern</button>") && !page.contains("Als Entwurf speichern"), "{page}");
    }

    /// The preview shows every language that something is written in, with when and where.
    async fn the_preview_shows_all_languages(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let reply = erika.post(EVENT, &[
            ("uuid", &uuid), ("original", "de"), ("title-de", "Lange Nacht"), ("title-en", "Long night"), ("body-en", "Come **all**."),
            ("start-day", "2027-07-01"), ("start-time", "18:00"), ("zone", "Europe/Berlin"), ("place", "Kurhaus"), ("do", "preview"),
        ]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let (_, preview) = reply.body.split_once("id=\"preview\"").expect("a preview");
        for words in ["Lange Nacht", "Long night", "<strong>all</strong>", "Donnerstag, 1. Juli 2027, 18:00 Uhr", "Thursday 1 July 2027, 18:00", "Kurhaus"] {
            assert!(preview.contains(words), "{words}: {preview}");
        }
        assert!(!preview.contains("lang=\"fr\""), "nothing is written in French: {preview}");
        assert!(reply.body.contains("#preview\""), "{}", reply.body);
    }

    /// Choices and days that two people changed are told in words, and whose value the form holds.
    async fn conflicts_are_told_in_words(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let uuid = open_new(&erika, EVENT).await;
        let fields = |status, day, teaser| [("original", "de"), ("title-de", "Fest"), ("teaser-de", teaser), ("start-day", day), ("start-time", "18:00"), ("zone", "Europe/Berlin"), ("status", status)];
        let with = |further: [(&'static str, &'static str); 2], all: [(&'static str, &'static str); 7]| [all.to_vec(), further.to_vec()].concat();
        let first = with([("do", "save"), ("repeat", "none")], fields("planned", "2027-01-05", "Mit Musik."));
        let first: Vec<_> = first.into_iter().chain([("uuid", uuid.as_str())]).collect();
        assert_eq!(erika.post(EVENT, &first).await.status, 303);
        let save = |all| with([("base", "1"), ("do", "save")], all);
        assert_eq!(jana.post(&edit(&uuid), &save(fields("full", "2027-01-06", "Mit Tanz."))).await.status, 303);
        let reply = erika.post(&edit(&uuid), &save(fields("postponed", "2027-01-07", "Mit Chor."))).await;
        assert_eq!(reply.status, 409, "{}", reply.body);
        for words in ["Ausgebucht", "Verschoben, neuer Tag noch offen", "Mittwoch, 6. Januar 2027", "Donnerstag, 7. Januar 2027", "Im Formular steht Ihre Angabe", "lang=\"de\">Deutsch</span>"] {
            assert!(reply.body.contains(words), "{words}: {}", reply.body);
        }
        assert!(!reply.body.contains(">postponed<") && !reply.body.contains(">2027-01-06<"), "{}", reply.body);
    }
}
