//! Entries at a glance: found, published and withdrawn together, compared and brought back.

use rundbrief::app::entries::{self, NewEntry};
use rundbrief::app::{Actor, organisations};
use rundbrief::domain::entry::{EntryContent, EntryState, EntryText, Origin};
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::store;
use rundbrief::store::incoming::Incoming;

use super::Newsroom;
use super::editor::{EVENT, base, edit, open_new};
use crate::harness::form;
use crate::store::{DAY, event, monday, news, topics};

impl Newsroom {
    /// Adds an entry and returns its UUID.
    pub(super) async fn entry(&self, content: EntryContent, state: EntryState) -> String {
        let actor = Actor::operator();
        let town = organisations::ensure(&self.app, &actor, "Stadt Musterstadt")
            .await
            .expect("an organisation");
        let new = NewEntry {
            organisation: town.id,
            content,
            state,
        };
        let rows = entries::add(&self.app, &actor, &[new])
            .await
            .expect("an entry");
        let mut conn = self.app.read().await.expect("read");
        let entry = store::entry::by_id(&mut conn, rows[0])
            .await
            .expect("by id");
        entry.expect("there").uuid
    }

    async fn state(&self, uuid: &str) -> EntryState {
        let mut conn = self.app.read().await.expect("read");
        let entry = store::entry::by_name(&mut conn, uuid)
            .await
            .expect("by name");
        entry.expect("there").state
    }

    /// The lines of the audit log with this action: kind of actor and subject.
    async fn lines(&self, action: &str) -> Vec<(String, String)> {
        let mut conn = self.app.read().await.expect("read");
        let filter = store::audit::Filter {
            action: Some(action.parse().expect("an action")),
            ..store::audit::Filter::default()
        };
        let lines = store::audit::latest(&mut conn, &filter, 100)
            .await
            .expect("lines");
        lines
            .into_iter()
            .map(|line| (line.entry.actor, line.entry.subject_id))
            .collect()
    }
}

fn position(page: &str, text: &str) -> Option<usize> {
    page.find(text)
}

on_both_databases! {
    /// The list is filtered by words and facts, counts what is in each state, and links stay filtered.
    async fn the_list_finds_entries(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let fountain = newsroom.entry(news("Neue Trinkwasserbrunnen", topics(&[0])), EntryState::Published).await;
        newsroom.entry(event("Orgelnacht <b>im Dom</b>", monday().plus(DAY), None), EntryState::Submitted).await;
        newsroom.entry(news("Haushalt", TopicSet::EMPTY), EntryState::Draft).await;

        let page = desk.get("/newsroom/entries").await;
        assert_eq!(page.status, 200);
        for text in ["3 Beiträge", "Neue Trinkwasserbrunnen", "Orgelnacht &lt;b&gt;im Dom&lt;/b&gt;", "Haushalt", "Zu entscheiden", &fountain] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        assert!(position(&page.body, "Haushalt") < position(&page.body, "Neue Trinkwasserbrunnen"), "what changed last comes first");

        for (query, found) in [
            ("words=brunnen", false),
            ("words=TRINK", true),
            ("words=musterstadt+trinkwasser", true),
            ("topic=climate", true),
            ("topic=culture", false),
            ("topic=gone", true),
            ("kind=event", false),
            ("state=published&kind=news", true),
            ("from=2027-01-05&until=2027-01-05", false),
            ("until=gestern", true),
            ("page=900000", true),
        ] {
            let page = desk.get(&format!("/newsroom/entries?{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            assert_eq!(page.body.contains("Neue Trinkwasserbrunnen"), found, "{query}");
        }
        let page = desk.get("/newsroom/entries?words=trink&state=published").await;
        assert!(page.body.contains("?words=trink&amp;state=draft"), "tabs keep the words: {}", page.body);
        let wrong = desk.get("/newsroom/entries?until=gestern").await;
        assert!(wrong.body.contains("Bitte geben Sie ein Datum an"));

        let viewer = newsroom.user("Vera Schau", &[Role::Viewer]).await;
        let page = viewer.get("/newsroom/entries").await;
        assert!(page.body.contains("Haushalt") && !page.body.contains(r#"type="checkbox""#), "who only looks ticks nothing");
    }

    /// Ticked entries are asked about; what cannot be done is told with its reason, the rest is done.
    async fn ticked_entries_are_published_together(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let draft = newsroom.entry(news("Entwurf", TopicSet::EMPTY), EntryState::Draft).await;
        let waiting = newsroom.entry(news("Wartet", TopicSet::EMPTY), EntryState::Submitted).await;
        let public = newsroom.entry(news("Schon da", TopicSet::EMPTY), EntryState::Published).await;

        let ticked = format!("do=publish&entry={draft}&entry={waiting}&entry={public}&entry=unbekannt&back=state%3Ddraft");
        let page = desk.get(&format!("/newsroom/entries/bulk?{ticked}")).await;
        assert_eq!(page.status, 200);
        for text in ["2 Beiträge veröffentlichen?", "Das ist schon so.", "Ein ausgewählter Beitrag ist nicht mehr da."] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
        assert_eq!(newsroom.state(&draft).await, EntryState::Draft, "a question changes nothing");

        let fields = [("do", "publish"), ("entry", draft.as_str()), ("entry", &waiting), ("back", "state=draft")];
        let done = desk.post("/newsroom/entries/bulk", &fields).await;
        assert_eq!((done.status, done.header("location")), (303, Some("/newsroom/entries?state=draft&done=publish&n=2")));
        assert_eq!((newsroom.state(&draft).await, newsroom.state(&waiting).await), (EntryState::Published, EntryState::Published));
        let page = desk.get("/newsroom/entries?state=draft&done=publish&n=2").await;
        assert!(page.body.contains("2 Beiträge sind jetzt veröffentlicht."));
        assert_eq!(newsroom.lines("entry.publish").await.len(), 2);

        // News are not called off, and two who are at it at once do not get in each other's way.
        let page = desk.get(&format!("/newsroom/entries/bulk?do=cancel&entry={draft}")).await;
        assert!(page.body.contains("Absagen lässt sich nur"), "{}", page.body);
        let withdraw = [("do", "withdraw"), ("entry", draft.as_str())];
        assert_eq!(desk.post("/newsroom/entries/bulk", &withdraw).await.status, 303);
        let reject = [("do", "reject"), ("entry", draft.as_str()), ("entry", &public)];
        let late = desk.post("/newsroom/entries/bulk", &reject).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("Inzwischen hat sich etwas geändert"));
        assert_eq!(newsroom.state(&public).await, EntryState::Published);

        for path in ["/newsroom/entries/bulk", "/newsroom/entries/bulk?do=nonsense"] {
            assert_eq!(desk.get(path).await.status, 422, "{path}");
        }
        let viewer = newsroom.user("Vera Schau", &[Role::Viewer]).await;
        assert_eq!(viewer.post("/newsroom/entries/bulk", &withdraw).await.status, 403);
        let foreign = desk.post_raw("/newsroom/entries/bulk", &form(withdraw)).await;
        assert_eq!(foreign.status, 403, "a form without the token of the session");
    }

    /// An entry's page says what readers see, where it stands, and what can be done.
    async fn an_entry_goes_its_way_from_its_page(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let mut content = event("Orgelnacht", monday().plus(DAY), None);
        content.texts.values_mut().for_each(|text| "<p>Mit <script>alert(1)</script>Wasser.</p>".clone_into(&mut text.body));
        let uuid = newsroom.entry(content, EntryState::Draft).await;
        let path = format!("/newsroom/entries/{uuid}");
        let page = desk.get(&path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Altes Kurhaus") && page.body.contains("Entwurf") && !page.body.contains("<script>alert"));
        assert!(page.body.contains("Bisher in keiner Ausgabe"));

        for (what, state, sentence) in [
            ("submit", EntryState::Submitted, "Der Beitrag ist eingereicht."),
            ("publish", EntryState::Published, "Der Beitrag ist jetzt veröffentlicht."),
            ("pin", EntryState::Published, "steht jetzt an erster Stelle"),
        ] {
            let done = desk.post("/newsroom/entries/act", &[("entry", &uuid), ("do", what)]).await;
            assert_eq!((done.status, done.header("location")), (303, Some(format!("{path}?done={what}").as_str())), "{what}");
            assert_eq!(newsroom.state(&uuid).await, state);
            assert!(desk.get(&format!("{path}?done={what}")).await.body.contains(sentence), "{what}");
        }
        assert_eq!(newsroom.lines("entry.submit").await, [("user".to_owned(), uuid.clone())]);
        let late = desk.post("/newsroom/entries/act", &[("entry", &uuid), ("do", "submit")]).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("Es wurde nichts getan"));
        let cancelled = desk.post("/newsroom/entries/bulk", &[("do", "cancel"), ("entry", &uuid)]).await;
        assert_eq!(cancelled.header("location"), Some(format!("{path}?done=cancel").as_str()));
        assert!(desk.get(&path).await.body.contains("Diese Veranstaltung findet nicht statt"));

        let row = "/newsroom/entries/1";
        for foreign in ["/newsroom/entries/0190a", row, "/newsroom/entries/1/versions", "/newsroom/entries/x/proposal"] {
            assert_eq!(desk.get(foreign).await.status, 404, "{foreign}");
        }
        let nothing = [("entry", "x"), ("do", "publish")];
        assert_eq!(desk.post("/newsroom/entries/act", &nothing).await.status, 404);
    }

    /// Versions are compared word by word, and an older one is brought back; nobody's change is lost.
    async fn an_older_version_is_brought_back(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let mut content = news("Neue Brunnen", TopicSet::EMPTY);
        content.texts.insert(Language::Nl.into(), EntryText { title: "Nieuwe fonteinen".to_owned(), ..EntryText::default() });
        let uuid = newsroom.entry(content.clone(), EntryState::Published).await;
        content.texts.remove(&Language::Nl.into());
        content.texts.values_mut().for_each(|text| "Alte Brunnen".clone_into(&mut text.title));
        let written = entries::Written { uuid: &uuid, base: Some(1), content, reviewed: std::collections::BTreeSet::default(), further: Vec::new(), state: None, merged: false };
        let saved = entries::save(&newsroom.app, &Actor::operator(), written).await.expect("saved");
        assert_eq!(saved, entries::Saved::As(2));

        let path = format!("/newsroom/entries/{uuid}/versions");
        let page = desk.get(&path).await;
        assert!(page.body.contains("Fassung 2") && page.body.contains("versions/compare?from=1&amp;to=2"), "{}", page.body);
        let compared = desk.get(&format!("{path}/compare?from=1&to=2")).await;
        assert_eq!(compared.status, 200);
        for text in ["<del>", "Neue", "<ins>", "Alte", "Nieuwe fonteinen", r#"lang="nl""#, "[weggefallen:"] {
            assert!(compared.body.contains(text), "{text}: {}", compared.body);
        }
        for query in ["", "?from=1", "?from=1&to=9", "?from=x&to=2"] {
            assert_eq!(desk.get(&format!("{path}/compare{query}")).await.status, 404, "{query}");
        }

        let restore = format!("{path}/restore");
        let early = desk.post(&restore, &[("number", "1"), ("latest", "1")]).await;
        assert_eq!(early.status, 409, "somebody has changed it since");
        assert!(early.body.contains("Es wurde nichts zurückgeholt"));
        let done = desk.post(&restore, &[("number", "1"), ("latest", "2")]).await;
        assert_eq!(done.status, 303);
        let mut conn = newsroom.app.read().await.expect("read");
        let now = store::entry::by_name(&mut conn, &uuid).await.expect("by name").expect("there");
        assert_eq!(now.content.texts[&Language::De.into()].title, "Neue Brunnen");
        assert_eq!(now.content.texts[&Language::Nl.into()].title, "Nieuwe fonteinen");
        assert_eq!(store::entry_version::latest(&mut conn, now.id).await.expect("latest"), 3);
        drop(conn);
        assert_eq!(newsroom.lines("entry.restore").await, [("user".to_owned(), uuid.clone())]);
        assert!(desk.get("/newsroom/entries?words=nieuwe").await.body.contains("Neue Brunnen"), "it is found by its words again");
        let viewer = newsroom.user("Vera Schau", &[Role::Viewer]).await;
        assert_eq!(viewer.post(&restore, &[("number", "2"), ("latest", "3")]).await.status, 403);
    }

    /// What else is said of an event is compared in the words of the editor, not in those of the database.
    async fn details_are_compared_in_words(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = open_new(&desk, EVENT).await;
        let event = [("uuid", uuid.as_str()), ("original", "de"), ("title-de", "Orgelnacht"), ("start-day", "2027-07-01"), ("start-time", "18:00"),
            ("place", "Dom"), ("price", "5 €"), ("accessibility-wheelchair", "on"), ("do", "save")];
        assert_eq!(desk.post(EVENT, &event).await.status, 303);
        let base = base(&desk, &uuid).await;
        let changed = [("base", base.as_str()), ("original", "de"), ("title-de", "Orgelnacht"), ("start-day", "2027-07-01"), ("start-time", "18:00"),
            ("place", "Dom"), ("attendance", "both"), ("online-url", "https://dom.example/live"), ("price", "6 €"), ("status", "full"),
            ("registration-day", "2027-06-30"), ("registration-time", "12:00"), ("accessibility-wheelchair", "on"), ("accessibility-hearing-loop", "on"), ("do", "save")];
        let reply = desk.post(&edit(&uuid), &changed).await;
        assert_eq!(reply.status, 303, "{}", reply.body);

        let page = desk.get(&format!("/newsroom/entries/{uuid}/versions/compare?from=1&to=2")).await.body;
        let (_, said) = page.split_once("Weitere Angaben").expect("the details");
        let (said, _) = said.split_once("</section>").expect("its end");
        for words in ["Eintritt", "Anmeldeschluss: Mittwoch", "Ausgebucht", "mit Rollstuhl zugänglich", "Höranlage", "https://dom.example/live"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        for code in ["full", "hearing-loop", "registration", "attendance", "both", "[&quot;", "[\""] {
            assert!(!said.contains(code), "{code}: {said}");
        }
    }

    /// What a source proposes is shown as a difference, and accepted or left.
    async fn proposals_are_decided(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = newsroom.import(&event("Orgelnacht", monday().plus(DAY), None)).await;
        assert_eq!(desk.post("/newsroom/entries/act", &[("entry", &uuid), ("do", "publish")]).await.status, 303);
        assert!(desk.get("/newsroom/entries/proposals").await.body.contains("Keine Quelle sagt etwas anderes"));
        let mut moved = event("Orgelnacht", monday().plus(DAY), None);
        moved.place = Some("Neues Kurhaus".to_owned());
        newsroom.import(&moved).await;

        assert!(desk.get("/newsroom/entries").await.body.contains("Geänderte Quellen"));
        let list = desk.get("/newsroom/entries/proposals").await;
        assert!(list.body.contains("Orgelnacht") && list.body.contains("dringend"), "{}", list.body);
        let path = format!("/newsroom/entries/{uuid}/proposal");
        let page = desk.get(&path).await;
        assert!(page.body.contains("Altes") && page.body.contains("Neues") && page.body.contains("<del>"), "{}", page.body);
        let id = page.body.split(r#"name="id" value=""#).nth(1).and_then(|rest| rest.split('"').next()).expect("a form").to_owned();
        let viewer = newsroom.user("Vera Schau", &[Role::Viewer]).await;
        assert!(!viewer.get(&path).await.body.contains(r#"name="do""#));
        assert_eq!(viewer.post(&path, &[("id", &id), ("do", "accept")]).await.status, 403);
        let other = newsroom.entry(news("Anderes", TopicSet::EMPTY), EntryState::Draft).await;
        let elsewhere = format!("/newsroom/entries/{other}/proposal");
        assert_eq!(desk.post(&elsewhere, &[("id", &id), ("do", "accept")]).await.status, 404);

        let done = desk.post(&path, &[("id", &id), ("do", "accept")]).await;
        assert_eq!(done.status, 303);
        assert!(desk.get(&format!("/newsroom/entries/{uuid}")).await.body.contains("Neues Kurhaus"));
        let late = desk.post(&path, &[("id", &id), ("do", "leave")]).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("Darüber ist schon entschieden"));
        assert_eq!(newsroom.lines("proposal.accept").await, [("user".to_owned(), id)]);
    }

    /// A filter is kept by its user and for its user, and forgotten.
    async fn filters_are_kept(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let path = "/newsroom/entries/filters";
        let query = "topic=climate&state=draft&done=evil&page=3";
        let done = desk.post(path, &[("do", "keep"), ("name", " Klima  <b> "), ("query", query)]).await;
        assert_eq!((done.status, done.header("location")), (303, Some("/newsroom/entries?state=draft&topic=climate&done=keep")));
        let page = desk.get("/newsroom/entries").await;
        assert!(page.body.contains(r#"<a href="/newsroom/entries?state=draft&amp;topic=climate">Klima</a>"#), "{}", page.body);
        let other = newsroom.user("Jana Kern", &[Role::Editor]).await;
        assert!(!other.get("/newsroom/entries").await.body.contains("Klima</a>"));
        let nameless = desk.post(path, &[("do", "keep"), ("name", " "), ("query", query)]).await;
        assert_eq!(nameless.status, 422);
        assert!(nameless.body.contains("Bitte geben Sie dem Filter einen Namen") && nameless.body.contains("state=draft"));
        assert_eq!(newsroom.lines("filter.keep").await, [("user".to_owned(), desk.user.uuid.clone())]);
        let done = desk.post(path, &[("do", "forget"), ("name", "Klima")]).await;
        assert_eq!(done.status, 303);
        assert!(!desk.get("/newsroom/entries").await.body.contains("Klima</a>"));
    }
}

impl Newsroom {
    /// Imports an item under the name `orgel`; returns the UUID of its entry.
    async fn import(&self, content: &EntryContent) -> String {
        let mut tx = self.app.db.begin().await.expect("begin");
        let town = store::organisation::ensure(&mut tx, "Stadt Musterstadt", monday())
            .await
            .expect("ensure");
        let incoming = Incoming {
            organisation: town.id,
            origin: Origin::Calendar,
            external_id: "orgel",
            content,
            state: EntryState::Submitted,
            cancelled: false,
            trusted: false,
        };
        let (row, _) = store::incoming::take(&mut tx, incoming, monday())
            .await
            .expect("take");
        let entry = store::entry::by_id(&mut tx, row).await.expect("by id");
        tx.commit().await.expect("commit");
        entry.expect("there").uuid
    }
}
