//! Editing an issue in the newsroom: what is in it, in which order, with which words.

use rundbrief::app::issues;
use rundbrief::domain::entry::EntryContent;
use rundbrief::domain::issue::{Contribution, IssueName, IssueState};
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::store::issue::Issue;
use rundbrief::store::{self};

use super::{Desk, Newsroom};
use crate::harness::Reply;
use crate::installation::publish;
use crate::store::{DAY, HOUR, event, monday, news, subscribed, topics};

const ISSUE: &str = "/newsroom/issues/region/1";

fn name() -> IssueName {
    "region/1".parse().expect("a name")
}

/// Three news and an event, composed to an issue; one reader of each topic.
async fn composed(newsroom: &Newsroom) {
    let db = &newsroom.service.db;
    let contents: [EntryContent; 4] = [
        news("Brunnen", topics(&[0])),
        news("Preis", topics(&[1])),
        news("Bus", TopicSet::EMPTY),
        event("Lesung", monday().plus(3 * DAY), None),
    ];
    for content in &contents {
        publish(db, content, monday().minus(HOUR)).await;
    }
    subscribed(
        db,
        newsroom.service.region.id,
        "eva@example.org",
        Language::De,
        topics(&[0]),
    )
    .await;
    subscribed(
        db,
        newsroom.service.region.id,
        "luc@example.org",
        Language::Fr,
        topics(&[1]),
    )
    .await;
}

/// The issue as it is stored.
async fn stored(newsroom: &Newsroom) -> Issue {
    let mut conn = newsroom.service.db.read().await.expect("read");
    let region = newsroom.service.region.id;
    let issue = store::issue::by_number(&mut conn, region, 1).await;
    issue.expect("an issue").expect("there is one")
}

/// The titles that its mails tell, in their order.
async fn told(newsroom: &Newsroom) -> Vec<String> {
    let issue = stored(newsroom).await;
    let mut conn = newsroom.service.db.read().await.expect("read");
    let now = newsroom.service.clock.now();
    let content = issues::content(&mut conn, &issue, now)
        .await
        .expect("content");
    let title = |item: &rundbrief::digest::snapshot::Item| {
        item.texts.values().next().map(|text| text.title.clone())
    };
    content.items().filter_map(title).collect()
}

/// The UUID of the entry of this title.
async fn uuid(newsroom: &Newsroom, title: &str) -> String {
    let mut conn = newsroom.service.db.read().await.expect("read");
    let all = store::entry::list(&mut conn, None, None, i64::MAX, 100)
        .await
        .expect("entries");
    let is_it =
        |entry: &&store::entry::Entry| entry.content.texts.values().any(|text| text.title == title);
    all.iter()
        .find(is_it)
        .expect("an entry of this title")
        .uuid
        .clone()
}

async fn version(newsroom: &Newsroom) -> String {
    let issue = stored(newsroom).await;
    let mut conn = newsroom.service.db.read().await.expect("read");
    store::issue_contents::version(&mut conn, issue.id)
        .await
        .expect("version")
        .to_string()
}

/// Presses a button of an entry.
async fn press(newsroom: &Newsroom, desk: &Desk, title: &str, what: &str, version: &str) -> Reply {
    let entry = uuid(newsroom, title).await;
    let fields = [
        ("entry", entry.as_str()),
        ("do", what),
        ("version", version),
        ("place", "0"),
    ];
    desk.post(&format!("{ISSUE}/entries"), &fields).await
}

fn location(reply: &Reply) -> &str {
    assert_eq!(reply.status, 303, "{}", reply.body);
    reply.header("location").expect("a location")
}

on_both_databases! {
    async fn an_editor_composes_and_arranges_an_issue(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let reply = desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        assert_eq!(location(&reply), format!("{ISSUE}?done=composed"));
        let page = desk.get(&format!("{ISSUE}?done=composed")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for words in ["Die Ausgabe ist zusammengestellt.", "Brunnen", "Preis", "Bus", "Lesung", "2 Personen"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let again = desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("Es gibt nichts Neues."), "{}", again.body);

        let before = told(&newsroom).await;
        assert_eq!(before.len(), 4);
        let second = before[1].clone();
        let reply = press(&newsroom, &desk, &second, "up", &version(&newsroom).await).await;
        assert!(location(&reply).contains("done=moved&focus=up-"), "{reply:?}");
        let page = desk.get(location(&reply)).await;
        assert!(page.body.contains(&format!(r#"id="up-{}" name="do" value="up "#, uuid(&newsroom, &second).await)), "{}", page.body);
        assert!(page.body.contains("autofocus"), "the button keeps the focus: {}", page.body);
        assert_eq!(told(&newsroom).await[..2], [second, before[0].clone()]);

        let last = before[2].clone();
        press(&newsroom, &desk, &last, "pin", "").await;
        assert_eq!(told(&newsroom).await[0], last, "what is pinned comes first");
        press(&newsroom, &desk, &last, "unpin", "").await;
        assert_eq!(told(&newsroom).await[2], last);
        press(&newsroom, &desk, &last, "to", &version(&newsroom).await).await;
        assert_eq!(told(&newsroom).await[0], last, "dragged to the top");

        location(&press(&newsroom, &desk, "Bus", "leave-out", "").await);
        assert!(!told(&newsroom).await.contains(&"Bus".to_owned()));
        let page = desk.get(ISSUE).await;
        assert!(page.body.contains("herausgenommen von Erika Beispiel"), "{}", page.body);
        location(&press(&newsroom, &desk, "Bus", "add", "").await);
        assert_eq!(told(&newsroom).await[2], "Bus", "at the end of its section");

        press(&newsroom, &desk, "Bus", "up", &version(&newsroom).await).await;
        press(&newsroom, &desk, "Bus", "up", &version(&newsroom).await).await;
        let history = desk.get(&format!("{ISSUE}/history")).await.body;
        for words in ["hat die Reihenfolge geändert, 2-mal<", "hat einen Beitrag aufgenommen<", "hat einen Beitrag herausgenommen<", "hat einen Beitrag gelöst<", "hat einen Beitrag angeheftet<"] {
            assert!(history.contains(words), "{words}: {history}");
        }
        assert!(!history.contains("hat sie geändert"), "{history}");

        let mut conn = newsroom.service.db.read().await.expect("read");
        let took_part = store::issue_contents::contributors(&mut conn, stored(&newsroom).await.id).await.expect("contributors");
        let told: Vec<_> = took_part.iter().map(|one| (one.staff, one.kind)).collect();
        assert_eq!(told, [(desk.user.id, Contribution::Chose)]);
        let filter = store::audit::Filter { id: Some("region/1".to_owned()), ..store::audit::Filter::default() };
        let lines = store::audit::latest(&mut conn, &filter, 20).await.expect("lines");
        let actions: Vec<_> = lines.iter().rev().map(|line| (line.entry.action.as_str(), line.entry.actor.as_str())).collect();
        let expected = ["issue.compose", "issue.reorder", "issue.pin", "issue.pin", "issue.reorder", "issue.leave-out", "issue.add-entry", "issue.reorder", "issue.reorder"];
        assert_eq!(actions, expected.map(|action| (action, "user")));
    }

    async fn words_of_an_issue_are_in_its_mails(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let words = |subject: &'static str, seen: &'static str| [
            ("language", "de"), ("subject", subject), ("introduction", "Guten Morgen.\r\nSchön, dass Sie lesen."),
            ("seen-subject", seen), ("seen-introduction", ""),
        ];
        let url = format!("{ISSUE}/words");
        let reply = desk.post(&url, &words("Brunnen und mehr", "")).await;
        assert_eq!(location(&reply), format!("{ISSUE}?done=written&words=de"));
        let page = desk.get(ISSUE).await;
        assert!(page.body.contains("English fehlt"), "{}", page.body);
        assert!(page.body.contains("Brunnen und mehr"), "{}", page.body);
        let mail = desk.get(&format!("{ISSUE}/mail?language=de&topics=1")).await;
        assert!(mail.body.contains("Guten Morgen.") && mail.body.contains("Brunnen und mehr"), "{}", mail.body);
        assert!(mail.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")), "{mail:?}");

        // Somebody who has not seen these words is shown them, and keeps their own.
        let late = newsroom.user("Kim Muster", &[Role::Editor]).await;
        let reply = late.post(&url, &words("Später geschrieben", "")).await;
        assert_eq!(reply.status, 409);
        for words in ["Jemand anderes hat diesen Text inzwischen geändert", "Später geschrieben", "Brunnen und mehr"] {
            assert!(reply.body.contains(words), "{words}: {}", reply.body);
        }
        let long = "x".repeat(200);
        let fields = [("language", "de"), ("subject", long.as_str()), ("introduction", ""), ("seen-subject", ""), ("seen-introduction", "")];
        let reply = late.post(&url, &fields).await;
        assert_eq!(reply.status, 409);
        assert!(reply.body.contains(&long) && reply.body.contains("zu lang"), "{}", reply.body);

        let entry = uuid(&newsroom, "Brunnen").await;
        let url = format!("{ISSUE}/entries/{entry}/shorten");
        let page = desk.get(&url).await;
        assert!(page.body.contains("Für diese Ausgabe kürzen") && page.body.contains("Kurz gesagt."), "{}", page.body);
        let shorter = [("language", "de"), ("title", ""), ("teaser", "Zwölf neue."), ("seen-title", ""), ("seen-teaser", ""), ("do", "save")];
        location(&desk.post(&url, &shorter).await);
        let mail = desk.get(&format!("{ISSUE}/mail?language=de&topics=1")).await;
        assert!(mail.body.contains("Zwölf neue.") && mail.body.contains("Brunnen"), "{}", mail.body);
        let reply = late.post(&url, &shorter).await;
        assert_eq!(reply.status, 303, "the same words are no conflict");
        let restore = [("language", "de"), ("title", ""), ("teaser", ""), ("seen-title", "Brunnen"), ("seen-teaser", "Zwölf neue."), ("do", "restore")];
        location(&desk.post(&url, &restore).await);
        let mail = desk.get(&format!("{ISSUE}/mail?language=de&topics=1")).await;
        assert!(!mail.body.contains("Zwölf neue."), "{}", mail.body);
    }

    /// Both move an entry of the order they saw: the second is told, and nothing is lost.
    async fn two_editors_at_once_lose_nothing(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let (one, other) = (newsroom.user("Erika Beispiel", &[Role::Editor]).await, newsroom.user("Kim Muster", &[Role::Editor]).await);
        one.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let (seen, before) = (version(&newsroom).await, told(&newsroom).await);
        let (first, second) = tokio::join!(
            press(&newsroom, &one, &before[0], "down", &seen),
            press(&newsroom, &other, &before[2], "up", &seen)
        );
        let answers = [location(&first), location(&second)].map(|at| at.contains("problem=conflict"));
        assert_eq!(answers.iter().filter(|is_told| **is_told).count(), 1, "{answers:?}");
        let page = other.get(&format!("{ISSUE}?problem=conflict")).await;
        assert!(page.body.contains("Jemand anderes hat die Reihenfolge inzwischen geändert."), "{}", page.body);
        let mut after = told(&newsroom).await;
        let moved = if answers[1] { &before[0] } else { &before[2] };
        assert_eq!(after.iter().position(|title| title == moved), Some(1), "{after:?}");
        after.sort();
        let mut all = before;
        all.sort();
        assert_eq!(after, all);
    }

    /// The languages are buttons of the form: no word is lost on the way to another one, with or without script.
    async fn words_stay_when_another_language_is_shown(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let page = desk.get(ISSUE).await;
        assert!(page.body.contains(r#"name="go" value="fr""#), "{}", page.body);
        let words = format!("{ISSUE}/words");
        let typed = [("language", "de"), ("subject", "Neues im Januar"), ("introduction", "Guten Tag"), ("seen-subject", ""), ("seen-introduction", ""), ("go", "fr")];
        let reply = desk.post(&words, &typed).await;
        assert_eq!(location(&reply), format!("{ISSUE}?done=written&words=fr#words"));
        let french = desk.get(&format!("{ISSUE}?words=fr")).await;
        assert!(french.body.contains(r#"name="language" value="fr""#) && !french.body.contains("Neues im Januar\""), "{}", french.body);
        // Back, without a word: nothing is written, nothing said.
        let untouched = [("language", "fr"), ("subject", ""), ("introduction", ""), ("seen-subject", ""), ("seen-introduction", ""), ("go", "de")];
        let reply = desk.post(&words, &untouched).await;
        assert_eq!(location(&reply), format!("{ISSUE}?words=de#words"));
        let german = desk.get(&format!("{ISSUE}?words=de")).await;
        assert!(german.body.contains(r#"value="Neues im Januar""#) && german.body.contains("Guten Tag</textarea>"), "{}", german.body);
        // What cannot be stored is not left behind either.
        let long = "ä".repeat(151);
        let refused = [("language", "de"), ("subject", long.as_str()), ("introduction", "Guten Tag"), ("seen-subject", "Neues im Januar"), ("seen-introduction", "Guten Tag"), ("go", "fr")];
        let reply = desk.post(&words, &refused).await;
        assert!(reply.status == 409 && reply.body.contains(&long) && reply.body.contains(r#"name="language" value="de""#), "{}", reply.body);

        let mut two = news("Zweisprachig", topics(&[0]));
        let french = rundbrief::domain::entry::EntryText { title: "Bilingue".to_owned(), ..Default::default() };
        two.texts.insert(Language::Fr.into(), french);
        publish(&newsroom.service.db, &two, monday().minus(HOUR)).await;
        location(&press(&newsroom, &desk, "Zweisprachig", "add", "").await);
        let url = format!("{ISSUE}/entries/{}/shorten", uuid(&newsroom, "Zweisprachig").await);
        let shorter = [("language", "de"), ("title", "Kurz"), ("teaser", ""), ("seen-title", ""), ("seen-teaser", ""), ("go", "fr")];
        let reply = desk.post(&url, &shorter).await;
        assert_eq!(location(&reply), format!("{url}?language=fr&done=shortened"));
        let page = desk.get(location(&reply)).await;
        assert!(page.body.contains("Bilingue") && page.body.contains(r#"name="go" value="de""#), "{}", page.body);
        let back = [("language", "fr"), ("title", ""), ("teaser", ""), ("seen-title", ""), ("seen-teaser", ""), ("go", "de")];
        let reply = desk.post(&url, &back).await;
        assert_eq!(location(&reply), format!("{url}?language=de"));
        assert!(desk.get(location(&reply)).await.body.contains(r#"value="Kurz""#));
    }

    /// The buttons of entries store what was typed beside them; what cannot be stored comes back, and the entry
    /// stays as it was.
    async fn words_stay_when_an_entry_is_moved(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let title = told(&newsroom).await.remove(0);
        let entry = uuid(&newsroom, &title).await;
        let page = desk.get(ISSUE).await.body;
        let form = page.split("<form").find(|form| form.contains(r#"id="entries""#)).expect("the form");
        let form = form.split("</form>").next().unwrap_or(form);
        assert!(form.contains(r#"name="introduction""#) && form.contains(r#"name="version""#), "{form}");
        assert!(page.contains(&format!(r#"formaction="{ISSUE}/entries""#)), "{page}");
        let entries = format!("{ISSUE}/entries");
        let pin = format!("pin {entry}");
        let typed = |introduction: &str| {
            let fields = [("language", "fr"), ("subject", ""), ("introduction", introduction), ("seen-subject", ""), ("seen-introduction", ""), ("do", &pin)];
            fields.map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let send = async |introduction: &str| {
            let fields = typed(introduction);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            desk.post(&entries, &fields).await
        };
        let reply = send("Bonjour").await;
        assert_eq!(location(&reply), format!("{ISSUE}?done=pinned&focus=pin-{entry}&words=fr"));
        let page = desk.get(location(&reply)).await.body;
        assert!(page.contains("Bonjour</textarea>") && page.contains(&format!("unpin {entry}")), "{page}");

        let long = "é".repeat(4_001);
        let leave_out = format!("leave-out {entry}");
        let refused = [("language", "de"), ("subject", ""), ("introduction", long.as_str()), ("seen-subject", ""), ("seen-introduction", ""), ("do", &leave_out)];
        let reply = desk.post(&entries, &refused).await;
        assert!(reply.status == 409 && reply.body.contains(&long), "{}", reply.body);
        assert!(told(&newsroom).await.contains(&title));
    }

    async fn what_an_editor_decided_is_what_is_approved(database: &Database) {
        let newsroom = Newsroom::start_with(database, |config| config.organisation = crate::installation::config().organisation).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        press(&newsroom, &desk, "Preis", "pin", "").await;
        press(&newsroom, &desk, "Bus", "leave-out", "").await;
        let url = format!("{ISSUE}/entries/{}/shorten", uuid(&newsroom, "Brunnen").await);
        let shorter = [("language", "de"), ("title", "Zwölf Brunnen"), ("teaser", "Kurz."), ("seen-title", ""), ("seen-teaser", ""), ("do", "save")];
        location(&desk.post(&url, &shorter).await);
        let before = told(&newsroom).await;
        assert_eq!(before, ["Preis", "Zwölf Brunnen", "Lesung"]);
        let operator = rundbrief::app::Actor::operator();
        issues::approve(&newsroom.app, &operator, &name(), &issues::ApprovalTerms::default()).await.expect("approved");
        let issue = stored(&newsroom).await;
        let mut conn = newsroom.service.db.read().await.expect("read");
        let released = rundbrief::digest::release::load(&mut conn, &issue).await.expect("read").expect("as it was approved");
        let texts: Vec<_> = released.items().filter_map(|item| item.texts.values().next()).collect();
        assert_eq!((texts[1].title.as_str(), texts[1].teaser.as_str(), texts[1].body.as_str()), ("Zwölf Brunnen", "Kurz.", ""));
        assert!(released.items().next().is_some_and(|item| item.pinned));
        let entry = store::entry::by_name(&mut conn, &uuid(&newsroom, "Brunnen").await).await.expect("read").expect("the entry");
        let own = entry.content.texts.values().next().expect("a text");
        assert_eq!((own.title.as_str(), entry.pinned), ("Brunnen", false), "the entry stays as it is");
    }

    async fn a_change_voids_an_approval_and_a_sent_issue_stays(database: &Database) {
        let newsroom = Newsroom::start_with(database, |config| config.organisation = crate::installation::config().organisation).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let operator = rundbrief::app::Actor::operator();
        issues::approve(&newsroom.app, &operator, &name(), &issues::ApprovalTerms::default()).await.expect("approved");
        let page = desk.get(ISSUE).await;
        assert!(page.body.contains("gilt die Freigabe nicht mehr"), "{}", page.body);
        location(&press(&newsroom, &desk, "Bus", "leave-out", "").await);
        assert_eq!(stored(&newsroom).await.state, IssueState::Draft);
        issues::cancel(&newsroom.app, &operator, &name()).await.expect("cancelled");
        let reply = press(&newsroom, &desk, "Bus", "add", "").await;
        assert!(location(&reply).contains("problem=closed"), "{reply:?}");
        let page = desk.get(location(&reply)).await;
        assert!(page.body.contains("lässt sich nicht mehr ändern") && !page.body.contains("Herausnehmen"), "{}", page.body);
    }

    /// What was typed while the issue was closed comes back to be copied, from every form that takes text.
    async fn words_come_back_from_an_issue_that_was_closed_meanwhile(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let entry = uuid(&newsroom, "Brunnen").await;
        let shorten = format!("{ISSUE}/entries/{entry}/shorten");
        let brief = [("language", "de"), ("title", "Zwölf <b>Brunnen</b>"), ("teaser", "Sie laufen."), ("seen-title", ""), ("seen-teaser", ""), ("do", "save")];
        let has = |reply: &Reply, words: &[&str]| {
            assert_eq!(reply.status, 409, "{}", reply.body);
            for words in words.iter().chain(&["Ihr Text ist nicht gespeichert"]) {
                assert!(reply.body.contains(words), "{words}: {}", reply.body);
            }
        };

        // Somebody has left the entry out, which was being shortened.
        location(&press(&newsroom, &desk, "Brunnen", "leave-out", "").await);
        let reply = desk.post(&shorten, &brief).await;
        has(&reply, &["Dieser Beitrag steht nicht mehr in der Ausgabe", r#"value="Zwölf &lt;b&gt;Brunnen&lt;/b&gt;""#, "Sie laufen.</textarea>"]);
        location(&press(&newsroom, &desk, "Brunnen", "add", "").await);

        let operator = rundbrief::app::Actor::operator();
        issues::cancel(&newsroom.app, &operator, &name()).await.expect("cancelled");
        let closed = "Diese Ausgabe lässt sich nicht mehr ändern";
        let words = [("language", "fr"), ("subject", "Les fontaines"), ("introduction", "Bonjour.\r\nBonne lecture."), ("seen-subject", ""), ("seen-introduction", ""), ("go", "de")];
        let reply = desk.post(&format!("{ISSUE}/words"), &words).await;
        has(&reply, &[closed, r#"value="Les fontaines""#, "Bonjour.\nBonne lecture.</textarea>", r#"lang="fr""#, "Français"]);
        has(&desk.post(&shorten, &brief).await, &[closed, "Sie laufen.</textarea>"]);
        let time = [("when", "time"), ("day", "2027-03-01"), ("time", "07:30"), ("seen", "")];
        has(&desk.post(&format!("{ISSUE}/time"), &time).await, &[closed, r#"value="2027-03-01 07:30""#]);

        // Where nothing was typed, nothing is to be copied.
        let same = [("language", "de"), ("subject", "Brunnen"), ("introduction", ""), ("seen-subject", "Brunnen"), ("seen-introduction", "")];
        let reply = desk.post(&format!("{ISSUE}/words"), &same).await;
        assert!(location(&reply).contains("problem=closed"), "{reply:?}");
    }

    async fn others_see_and_change_nothing(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let viewer = newsroom.user("Vera Blick", &[Role::Viewer]).await;
        let page = viewer.get(ISSUE).await;
        assert!(page.status == 200 && !page.body.contains("Herausnehmen"), "{}", page.body);
        assert_eq!(press(&newsroom, &viewer, "Bus", "leave-out", "").await.status, 403);
        for path in ["/newsroom/issues/region/9", "/newsroom/issues/nowhere/1", "/newsroom/issues/region/x", "/newsroom/issues/region/1/entries/0193/shorten", "/newsroom/issues/region/1/mail?language=xx"] {
            assert_eq!(desk.get(path).await.status, 404, "{path}");
        }
        let fields = [("entry", "0193"), ("do", "leave-out")];
        let reply = desk.post(&format!("{ISSUE}/entries"), &fields).await;
        assert!(location(&reply).contains("problem=no-entry"), "{reply:?}");
        // An entry of other topics would go to everybody.
        publish(&newsroom.service.db, &news("Anderswo", topics(&[7])), monday()).await;
        let reply = press(&newsroom, &desk, "Anderswo", "add", "").await;
        assert!(location(&reply).contains("problem=other-topics"), "{reply:?}");
        let found = desk.get(&format!("{ISSUE}/add?q=brunn")).await;
        assert!(found.body.contains("Brunnen") && !found.body.contains("Lesung"), "{}", found.body);
    }

    async fn every_variant_is_shown_in_every_view(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let url = format!("{ISSUE}/variants");
        let page = desk.get(&url).await;
        for words in ["Wer bekommt was", "2 Fassungen", "Klima", "Kultur", "Français", "Telefon"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("frame-src 'self'") && !policy.contains("unsafe-inline"), "{policy}");
        let french = "language=fr&topics=2";
        let text = desk.get(&format!("{url}?{french}&view=text")).await;
        assert!(text.body.contains("<pre") && text.body.contains("Preis") && !text.body.contains("Brunnen"), "{}", text.body);
        let source = desk.get(&format!("{url}?{french}&view=source")).await;
        assert!(source.body.contains("List-Unsubscribe") && source.body.contains("/unsubscribe/-----"), "{}", source.body);
        let phone = desk.get(&format!("{url}?{french}&view=phone")).await;
        assert!(phone.body.contains("mail phone") && phone.body.contains("/mail?language=fr&amp;topics=2&amp;view=phone"), "{}", phone.body);
        let bare = desk.get(&format!("{ISSUE}/mail?{french}&view=no-images")).await;
        let policy = bare.header("content-security-policy").expect("a policy");
        assert!(policy.contains("sandbox") && !policy.contains("img-src"), "{policy}");
        let dark = desk.get(&format!("{ISSUE}/mail?{french}&view=dark")).await;
        assert!(!dark.body.contains("prefers-color-scheme"), "{}", dark.body);
    }

    /// The address is in no link, no line of the audit log and not on the page.
    async fn an_issue_is_shown_as_one_reader_gets_it(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let url = format!("{ISSUE}/as-reader");
        assert_eq!(desk.get(&url).await.status, 200);
        let wrong = desk.post(&url, &[("address", "eva")]).await;
        assert!(wrong.status == 422 && wrong.body.contains(r#"value="eva""#), "{}", wrong.body);
        let nobody = desk.post(&url, &[("address", "niemand@example.org")]).await;
        assert!(nobody.body.contains("bezieht diesen Newsletter nicht") && !nobody.body.contains("niemand@"), "{}", nobody.body);
        let mut conn = newsroom.service.db.read().await.expect("read");
        let filter = store::audit::Filter { id: Some("region/1".to_owned()), ..store::audit::Filter::default() };
        let lines = store::audit::latest(&mut conn, &filter, 1).await.expect("lines");
        let line = &lines[0].entry;
        assert_eq!((line.action.as_str(), line.after.as_deref()), ("issue.view-as", Some("nobody")), "nobody tries addresses unseen");
        drop(conn);
        let eva = desk.post(&url, &[("address", "Eva@example.org")]).await;
        assert!(eva.body.contains("Das bekommt") && eva.body.contains("language=de&amp;topics=1"), "{}", eva.body);
        assert!(!eva.body.to_lowercase().contains("eva@"), "{}", eva.body);
        let mut conn = newsroom.service.db.read().await.expect("read");
        let filter = store::audit::Filter { id: Some("region/1".to_owned()), ..store::audit::Filter::default() };
        let lines = store::audit::latest(&mut conn, &filter, 1).await.expect("lines");
        let line = &lines[0].entry;
        assert_eq!(line.action, "issue.view-as");
        assert!(line.after.as_deref().is_some_and(|after| after.starts_with("subscriber ")), "{line:?}");
        drop(conn);
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        assert_eq!(approver.post(&url, &[("address", "eva@example.org")]).await.status, 403);
    }

    async fn test_mails_go_to_the_team(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        composed(&newsroom).await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        desk.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        let (url, groups) = (format!("{ISSUE}/test"), format!("{ISSUE}/test/groups"));
        let wrong = desk.post(&groups, &[("name", "Presseamt"), ("addresses", "kim@rathaus.example\r\nnichts")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("„nichts“ ist keine E-Mail-Adresse."), "{}", wrong.body);
        assert!(wrong.body.contains("kim@rathaus.example"), "what was typed stays: {}", wrong.body);
        let kept = desk.post(&groups, &[("name", "Presseamt"), ("addresses", "kim@rathaus.example\r\nanna@rathaus.example\r\n")]).await;
        assert_eq!(location(&kept), format!("{url}?done=kept"));
        let page = desk.get(&url).await;
        assert!(page.body.contains("Presseamt") && page.body.contains("2 Adressen") && page.body.contains("erika.beispiel@rathaus.example"), "{}", page.body);
        let group = store::test_group::list(&mut newsroom.service.db.read().await.expect("read")).await.expect("groups").remove(0);
        // Who only approves wants to see it arrive, too.
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        for (to, desk) in [("me", &approver), (&group.id.to_string(), &desk)] {
            let sent = desk.post(&url, &[("to", to), ("language", "de"), ("topics", "1")]).await;
            assert_eq!(location(&sent), format!("{ISSUE}?done=tested"));
        }
        let mut to = Vec::new();
        while let Some(notice) = newsroom.service.next_mail().await {
            assert_eq!(notice.kind, rundbrief::domain::notice::NoticeKind::IssueTest);
            if let rundbrief::domain::notice::Recipient::Address(address) = notice.recipient {
                to.push(address.as_str().to_owned());
            }
        }
        to.sort();
        assert_eq!(to, ["anna.frei@rathaus.example", "anna@rathaus.example", "kim@rathaus.example"]);
        let removed = desk.post(&groups, &[("name", "Presseamt"), ("addresses", "")]).await;
        assert_eq!(removed.status, 303);
        assert!(!desk.get(&url).await.body.contains("2 Adressen"));
    }
}
