//! Approving an issue in the newsroom.

use std::time::Duration;

use rundbrief::app::Actor;
use rundbrief::app::issues::review::{end_deputy, name_deputy};
use rundbrief::app::issues::{self, SlotOutcome};
use rundbrief::domain::audit::Action;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::Approval;
use rundbrief::domain::schedule::Schedule;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::jobs::send_due::{SendDue, Sent};
use rundbrief::store;

use super::{Desk, Newsroom, inbox};
use crate::harness::{Database, Reply};
use crate::installation::{self, publish};
use crate::store::{news, subscribed};

const PAGE: &str = "/newsroom/issues/region/1/approve";

/// A newsroom with an issue in review, one reader, an editor and an approver.
struct Review {
    newsroom: Newsroom,
    jana: Desk,
    erika: Desk,
}

impl Review {
    async fn start(database: &Database) -> Self {
        let newsroom = Newsroom::start_with(database, |config| {
            // Without an imprint nothing is approved.
            config.organisation = installation::config().organisation;
        })
        .await;
        let jana = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Approver]).await;
        let app = &newsroom.app;
        let region =
            store::newsletter::by_key(&mut app.read().await.expect("read"), "region").await;
        let region = region.expect("read").expect("there").id;
        let everybody = TopicSet::EMPTY;
        subscribed(
            &app.db,
            region,
            "leser@example.org",
            Language::De,
            everybody,
        )
        .await;
        publish(
            &app.db,
            &news("Neues Radwegenetz", everybody),
            app.clock.now(),
        )
        .await;
        let by = rundbrief::app::Actor::operator();
        issues::compose(app, &by, "region").await.expect("composed");
        Self {
            newsroom,
            jana,
            erika,
        }
    }

    async fn state(&self) -> IssueState {
        let mut conn = self.newsroom.app.read().await.expect("read");
        let issues = store::issue::list(&mut conn, None, 9).await;
        issues.expect("issues")[0].state
    }

    async fn seen(&self, desk: &Desk) -> String {
        let page = desk.get(PAGE).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let (_, after) = page
            .body
            .split_once(r#"name="seen" value=""#)
            .expect("a form");
        after.split('"').next().unwrap_or_default().to_owned()
    }

    async fn approve(&self, desk: &Desk) -> u16 {
        let seen = self.seen(desk).await;
        let fields = [("step", "approve"), ("sure", "yes"), ("seen", &seen)];
        desk.post(PAGE, &fields).await.status
    }

    fn wait(&self, span: Duration) {
        self.newsroom.service.clock.advance(span);
    }

    async fn due(&self) -> Vec<Sent> {
        let app = &self.newsroom.app;
        SendDue::new(app.clone())
            .step(app.clock.now())
            .await
            .expect("a step")
    }
}

on_both_databases! {
    async fn an_issue_is_handed_in_returned_and_approved(database: &Database) {
        let review = Review::start(database).await;
        let (jana, erika) = (&review.jana, &review.erika);
        let reply = jana.post(PAGE, &[("step", "hand-in"), ("note", "Bitte <b>genau</b> lesen.")]).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom/issues/region/1/approve?done=handed-in")));
        let page = erika.get(PAGE).await;
        assert!(page.body.contains("Jana Kern") && page.body.contains("Bitte &lt;b&gt;genau&lt;/b&gt; lesen."), "{}", page.body);
        assert!(page.body.contains("eine Person"), "{}", page.body);

        let reply = erika.post(PAGE, &[("step", "return"), ("reason", " ")]).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("Bitte nennen Sie den Grund."), "{}", reply.body);
        let long = "ä".repeat(2_001);
        let reply = erika.post(PAGE, &[("step", "return"), ("reason", &long)]).await;
        assert!(reply.status == 422 && reply.body.contains(&long), "what was typed comes back");
        let reply = erika.post(PAGE, &[("step", "return"), ("reason", "Zu lang.")]).await;
        assert_eq!(reply.status, 303);
        assert!(jana.get(PAGE).await.body.contains("Zu lang."));
        assert_eq!(jana.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 303);

        let seen = review.seen(erika).await;
        let reply = erika.post(PAGE, &[("step", "approve"), ("seen", &seen)]).await;
        assert!(reply.status == 422 && reply.body.contains(r##"href="#sure""##), "{}", reply.body);
        let reply = erika.post(PAGE, &[("step", "approve"), ("sure", "yes"), ("seen", "of yesterday")]).await;
        assert_eq!(reply.status, 409);
        assert_eq!(review.state().await, IssueState::InReview);

        assert_eq!(review.approve(erika).await, 303);
        assert_eq!(review.due().await, []);
        let page = erika.get(PAGE).await;
        assert!(page.body.contains("data-countdown=") && page.body.contains(r#"value="take-back""#), "{}", page.body);
        assert!(!jana.get(PAGE).await.body.contains("take-back"), "only who approved takes it back");
        assert_eq!(erika.post(PAGE, &[("step", "take-back")]).await.status, 303);
        assert_eq!(review.state().await, IssueState::InReview);

        assert_eq!(review.approve(erika).await, 303);
        review.wait(Duration::from_secs(61));
        let late = erika.post(PAGE, &[("step", "take-back")]).await;
        assert!(late.status == 409 && late.body.contains("Die Zeit ist um"), "{}", late.body);
        assert!(matches!(review.due().await[..], [Sent::Started { .. }]));

        let history = jana.get("/newsroom/issues/region/1/history").await;
        for line in ["hat sie eingereicht", "hat sie zur Überarbeitung zurückgegeben", "hat sie freigegeben", "hat die Freigabe zurückgenommen", "hat den Versand begonnen"] {
            assert!(history.body.contains(line), "{line}: {}", history.body);
        }
    }

    /// A message that was typed while the issue moved on comes back to be copied.
    async fn messages_come_back_when_the_issue_has_moved_on(database: &Database) {
        let review = Review::start(database).await;
        let (jana, erika) = (&review.jana, &review.erika);
        let has = |reply: &Reply, text: &str| {
            assert_eq!(reply.status, 409, "{}", reply.body);
            for words in ["Jemand war schneller", "Ihr Text ist nicht gespeichert", &format!("{text}</textarea>")] {
                assert!(reply.body.contains(words), "{words}: {}", reply.body);
            }
        };
        // Returned already; the reason of the second has no field any more.
        assert_eq!(jana.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 303);
        assert_eq!(erika.post(PAGE, &[("step", "return"), ("reason", "Zu lang.")]).await.status, 303);
        for step in ["return", "reject"] {
            has(&erika.post(PAGE, &[("step", step), ("reason", "Das Bild fehlt.")]).await, "Das Bild fehlt.");
        }
        // Approved already, and then cancelled.
        assert_eq!(jana.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 303);
        assert_eq!(review.approve(erika).await, 303);
        let note = [("step", "hand-in"), ("note", "Bitte auf den Termin achten.")];
        has(&jana.post(PAGE, &note).await, "Bitte auf den Termin achten.");
        has(&erika.post(PAGE, &[("step", "return"), ("reason", "Doch nicht.")]).await, "Doch nicht.");
        let name = "region/1".parse().expect("a name");
        issues::cancel(&review.newsroom.app, &Actor::operator(), &name).await.expect("cancelled");
        has(&jana.post(PAGE, &note).await, "Bitte auf den Termin achten.");
        has(&erika.post(PAGE, &[("step", "reject"), ("reason", "Doch nicht.")]).await, "Doch nicht.");
    }

    /// What an editor composes is a draft until it is handed in: nobody is asked, and nobody releases it.
    async fn an_issue_composed_in_the_newsroom_is_a_draft(database: &Database) {
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        inbox::mails(&review.newsroom).await;
        publish(&app.db, &news("Neue Brücke", TopicSet::EMPTY), app.clock.now()).await;
        let reply = review.jana.post("/newsroom/issues/compose", &[("newsletter", "region")]).await;
        assert_eq!(reply.header("location"), Some("/newsroom/issues/region/2?done=composed"));
        let (issue, page) = ("/newsroom/issues/region/2", "/newsroom/issues/region/2/approve");
        assert!(review.jana.get(issue).await.body.contains("Einreichen …"));
        let (own, theirs) = (review.jana.get(page).await.body, review.erika.get(page).await.body);
        for words in ["Ausgabe 2 zur Freigabe einreichen", "an eine Person", r#"href="/newsroom/issues/region/2/checks""#, "<iframe"] {
            assert!(own.contains(words), "{words}: {own}");
        }
        assert!(!own.contains("Versandplan") && !theirs.contains(r#"value="approve""#), "{own}{theirs}");
        let refused = review.erika.post(page, &[("step", "approve"), ("sure", "yes"), ("seen", "x")]).await;
        assert_eq!(refused.status, 409);
        assert!(inbox::mails(&review.newsroom).await.is_empty(), "nobody is asked yet");
        assert_eq!(review.jana.post(page, &[("step", "hand-in"), ("note", "")]).await.status, 303);
        assert_eq!(inbox::mails(&review.newsroom).await.len(), 1);
        let page = review.erika.get(page).await.body;
        assert!(page.contains(r#"value="approve""#) && page.contains("Ausgabe 2 freigeben") && page.contains("<iframe"), "{page}");
    }

    /// Every page of a rejected issue says that it is not sent, and why.
    async fn a_rejected_issue_says_that_it_is_not_sent(database: &Database) {
        let review = Review::start(database).await;
        let reply = review.erika.post(PAGE, &[("step", "reject"), ("reason", "Bitte kürzen.")]).await;
        assert_eq!(reply.status, 303);
        let page = review.jana.get("/newsroom/issues/region/1").await.body;
        for words in ["abgelehnt</span>", "Wird nicht versendet", "abgelehnt: „Bitte kürzen.“<"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("an eine Person") && !page.contains("Geht "), "{page}");
        let sending = review.jana.get("/newsroom/issues/region/1/sending").await.body;
        assert!(sending.contains("Diese Ausgabe wird nicht versendet."), "{sending}");
        assert!(review.jana.get("/newsroom/issues").await.body.contains("abgelehnt</span>"));
    }

    /// What the schedule composes ahead is in review without anybody having handed it in.
    async fn approvers_learn_what_the_schedule_composed(database: &Database) {
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        publish(&app.db, &news("Neue Brücke", TopicSet::EMPTY), app.clock.now()).await;
        let region = store::newsletter::by_key(&mut app.read().await.expect("read"), "region").await;
        let region = region.expect("read").expect("there");
        let schedule = Schedule::parse("30 7 * * 4", "Europe/Berlin").expect("a schedule");
        let slot = schedule.next_after(app.clock.now()).expect("a slot");
        let composed = issues::compose_ahead(app, &Actor::Job("schedule"), &region, &slot).await;
        assert!(matches!(composed, Ok(SlotOutcome::Composed(_))), "{composed:?}");
        let mails = inbox::mails(&review.newsroom).await;
        // What is composed at the command line asks them as well.
        assert_eq!(mails.len(), 2, "{mails:?}");
        for (to, subject, text) in &mails {
            assert!(to.contains("erika.beispiel@") && subject.starts_with("Bitte um Freigabe"), "{to} {subject}");
            assert!(text.contains("ist zusammengestellt und wartet"), "{text}");
        }
        for number in [1, 2] {
            let page = format!("/newsroom/issues/region/{number}/approve");
            assert!(mails.iter().any(|(_, _, text)| text.contains(&page)), "{page}: {mails:?}");
        }
    }

    async fn rights_hold(database: &Database) {
        let review = Review::start(database).await;
        let viewer = review.newsroom.user("Vera Sieht", &[Role::Viewer]).await;
        for desk in [&viewer, &review.jana] {
            for step in ["approve", "return", "reject", "take-back"] {
                let fields = [("step", step), ("sure", "yes"), ("seen", "x"), ("reason", "Nein.")];
                assert_eq!(desk.post(PAGE, &fields).await.status, 403, "{step}");
            }
            assert!(!desk.get(PAGE).await.body.contains(r#"value="approve""#));
        }
        for desk in [&viewer, &review.erika] {
            assert_eq!(desk.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 403);
        }
        assert_eq!(viewer.get("/newsroom/issues/region/9/approve").await.status, 404);
        assert_eq!(viewer.post("/newsroom/issues/other/1/approve", &[("step", "approve")]).await.status, 404);
        assert_eq!(review.state().await, IssueState::InReview);
    }

    /// An approval covers the picture: who brings another one back takes the approval back.
    async fn an_older_picture_voids_the_approval(database: &Database) {
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        let entry = store::entry::by_name(&mut app.read().await.expect("read"), "1").await.expect("read").expect("the entry");
        let edit = format!("/newsroom/entries/{}/edit", entry.uuid);
        let written = [("uuid", entry.uuid.as_str()), ("base", "0"), ("title-de", "Neues Radwegenetz der Region"), ("do", "save")];
        assert_eq!(review.jana.post(&edit, &written).await.status, 303);
        // As if it had always said so, and had shown a picture first.
        for statement in [
            "INSERT INTO picture (hash, width, height, format, created_at) VALUES ('00000000000000000000000000000001', 3, 2, 'png', 0)",
            "UPDATE entry_version_picture SET hash = '00000000000000000000000000000001', focus_x = 50, focus_y = 50 WHERE number = 1",
            "UPDATE entry_version SET content = (SELECT v.content FROM entry_version v WHERE v.number = 2) WHERE number = 1",
        ] {
            database.execute(statement).await;
        }
        assert_eq!(review.jana.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 303);
        assert_eq!(review.approve(&review.erika).await, 303);
        assert_eq!(review.state().await, IssueState::Approved);
        let restore = format!("/newsroom/entries/{}/versions/restore", entry.uuid);
        assert_eq!(review.jana.post(&restore, &[("number", "1"), ("latest", "2")]).await.status, 303);
        assert_eq!(review.state().await, IssueState::Draft);
        let history = review.erika.get(PAGE).await.body;
        assert!(history.contains("Bild von „Neues Radwegenetz der Region“"), "{history}");
    }

    /// A deputy approves within their time, and the history says for whom.
    async fn a_deputy_approves_for_a_time(database: &Database) {
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        let now = app.clock.now();
        let day = Duration::from_hours(24);
        let paul = review.newsroom.user("Paul Muster", &[Role::Editor]).await;
        let erika = rundbrief::app::Actor::User {
            id: review.erika.user.id,
            uuid: review.erika.user.uuid.clone(),
            roles: review.erika.user.roles.clone(),
        };
        name_deputy(app, &erika, &paul.user.uuid, (now, now.plus(day))).await.expect("named");
        for (from, until) in [(now.plus(day), now), (now.minus(2 * day), now.minus(day)), (now, now.plus(400 * day))] {
            name_deputy(app, &erika, &paul.user.uuid, (from, until)).await.expect_err("not such a time");
        }
        assert_eq!(review.approve(&paul).await, 303);
        let page = review.jana.get(PAGE).await;
        assert!(page.body.contains("Paul Muster für Erika Beispiel"), "{}", page.body);
        assert_eq!(paul.post(PAGE, &[("step", "take-back")]).await.status, 303);
        review.wait(Duration::from_mins(30));
        let mut conn = app.read().await.expect("read");
        let ended = store::deputy::current(&mut conn, app.clock.now(), 9).await.expect("deputies")[0].id;
        drop(conn);
        assert!(end_deputy(app, &erika, ended).await.expect("ended"));
        let refused = paul.post(PAGE, &[("step", "approve"), ("sure", "yes"), ("seen", "x")]).await;
        assert_eq!(refused.status, 403);
    }

    /// By the page, which names days; the last one is within.
    async fn an_approver_names_a_deputy(database: &Database) {
        const DEPUTIES: &str = "/newsroom/deputies";
        let review = Review::start(database).await;
        let (jana, erika) = (&review.jana, &review.erika);
        let fields = |deputy: &str, from: &str, until: &str| [("deputy".to_owned(), deputy.to_owned()), ("from".to_owned(), from.to_owned()), ("until".to_owned(), until.to_owned())];
        let send = async |desk: &Desk, fields: [(String, String); 3]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            desk.post(DEPUTIES, &fields).await
        };
        assert_eq!(send(jana, fields(&erika.user.uuid, "2027-01-04", "2027-01-08")).await.status, 403);
        for (deputy, from, until, says) in [
            (jana.user.uuid.as_str(), "2027-01-04", "2027-01-03", "Der letzte Tag"),
            (&jana.user.uuid, "morgen", "2027-01-05", "Der letzte Tag"),
            (&jana.user.uuid, "2027-01-04", "2099-01-05", "Der letzte Tag"),
            (&erika.user.uuid, "2027-01-04", "2027-01-08", "Wählen Sie jemanden"),
            ("nobody", "2027-01-04", "2027-01-08", "Wählen Sie jemanden"),
        ] {
            let reply = send(erika, fields(deputy, from, until)).await;
            assert!(reply.status == 422 && reply.body.contains(says), "{}", reply.body);
            assert!(reply.body.contains(&format!(r#"value="{until}""#)), "what was typed comes back");
        }
        assert_eq!(send(erika, fields(&jana.user.uuid, "2027-01-04", "2027-01-04")).await.status, 303);
        let page = jana.get(DEPUTIES).await;
        assert!(page.body.contains("4. Januar 2027") && !page.body.contains("Beenden</button>"), "{}", page.body);
        assert_eq!(review.approve(jana).await, 303, "the last day is within");
        assert_eq!(jana.post(PAGE, &[("step", "take-back")]).await.status, 303);
        let page = erika.get(DEPUTIES).await.body;
        let (_, id) = page.split_once(r#"name="end" value=""#).expect("a button");
        let id = id.split('"').next().unwrap_or_default();
        assert_eq!(jana.post(DEPUTIES, &[("end", id)]).await.status, 403);
        assert_eq!(erika.post(DEPUTIES, &[("end", id)]).await.status, 303);
        assert_eq!(erika.post(DEPUTIES, &[("end", id)]).await.status, 404, "it is ended");
        let refused = jana.post(PAGE, &[("step", "approve"), ("sure", "yes"), ("seen", "x")]).await;
        assert_eq!(refused.status, 403);
        let refused = jana.post(PAGE, &[("step", "return"), ("reason", "Zu lang.")]).await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("Ihre Vertretung ist zu Ende") && refused.body.contains("Zu lang.</textarea>"), "{}", refused.body);
    }

    async fn an_administrator_says_who_releases(database: &Database) {
        const SETTINGS: &str = "/newsroom/newsletters/region/release";
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        let anna = review.newsroom.user("Anna Admin", &[Role::Administrator]).await;
        let given = [("approval", "four-eyes"), ("four-eyes-from", ""), ("trial", "yes"), ("press-distance", "yes")];
        let reminds = r#"name="press-distance" value="yes" checked"#;
        let lines = async || {
            let filter = store::audit::Filter { action: Some(Action::NewsletterChange), ..store::audit::Filter::default() };
            store::audit::latest(&mut app.read().await.expect("read"), &filter, 9).await.expect("lines")
        };
        assert!(!anna.get(SETTINGS).await.body.contains(reminds));
        assert_eq!(review.erika.post(SETTINGS, &given).await.status, 403);
        assert_eq!(anna.get("/newsroom/newsletters/nothing/release").await.status, 404);
        for number in ["0", "-1", "viele", "99999999999"] {
            let reply = anna.post(SETTINGS, &[("approval", "required"), ("four-eyes-from", number)]).await;
            assert!(reply.status == 422 && reply.body.contains(&format!(r#"value="{number}""#)), "{}", reply.body);
        }
        // All of it or nothing: the last of the settings cannot be stored.
        database.execute("ALTER TABLE newsletter_reminder RENAME TO out_of_order").await;
        assert!(anna.post(SETTINGS, &given).await.status >= 500);
        database.execute("ALTER TABLE out_of_order RENAME TO newsletter_reminder").await;
        let region = store::newsletter::by_key(&mut app.read().await.expect("read"), "region").await;
        let settings = region.expect("read").expect("there").settings;
        assert_eq!((settings.approval, settings.review.trial), (Approval::Required, false));
        assert_eq!(lines().await.len(), 0);
        assert_eq!(anna.post(SETTINGS, &given).await.status, 303);
        let [line] = &lines().await[..] else { panic!("one line") };
        assert_eq!(line.entry.after.as_deref(), Some("approval four-eyes, in trial, press distance on"));
        let page = anna.get(&format!("{SETTINGS}?done=saved")).await.body;
        assert!(page.contains("Gespeichert") && page.contains("zurzeit niemand") && page.contains(reminds), "{page}");
        let page = review.erika.get(PAGE).await.body;
        assert!(page.contains("Probebetrieb") && page.contains("0 Personen"), "{page}");
        assert_eq!(review.jana.post(PAGE, &[("step", "hand-in"), ("note", "")]).await.status, 303);
        assert_eq!(review.approve(&review.erika).await, 303, "Erika had no part in it");
    }

    async fn the_sender_is_checked_by_a_code(database: &Database) {
        const SETTINGS: &str = "/newsroom/newsletters/region/release";
        let review = Review::start(database).await;
        let app = &review.newsroom.app;
        let anna = review.newsroom.user("Anna Admin", &[Role::Administrator]).await;
        let page = anna.get(SETTINGS).await.body;
        assert!(page.contains("ist nicht geprüft") && page.contains("Nur eine Person administriert"), "{page}");
        assert_eq!(anna.post(SETTINGS, &[("do", "check"), ("code", "1")]).await.status, 422, "none was asked for");
        assert_eq!(anna.post(SETTINGS, &[("do", "ask")]).await.status, 303);
        let code = async || {
            const TEXT: &str = "SELECT parameters FROM outbox WHERE kind = 'sender-check' ORDER BY id DESC LIMIT 1";
            let (json,): (String,) = match &app.db {
                store::Db::Sqlite { writer, .. } => sqlx::query_as(TEXT).fetch_one(writer).await,
                store::Db::Postgres(pool) => sqlx::query_as(TEXT).fetch_one(pool).await,
            }
            .expect("a notice");
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            json["code"].as_str().expect("a code").to_owned()
        };
        let first = code().await;
        for _ in 0..5 {
            assert_eq!(anna.post(SETTINGS, &[("do", "check"), ("code", "wrong")]).await.status, 422);
        }
        assert_eq!(anna.post(SETTINGS, &[("do", "check"), ("code", &first)]).await.status, 422, "too many were wrong");
        assert_eq!(anna.post(SETTINGS, &[("do", "ask")]).await.status, 303);
        let second = code().await;
        let spaced = format!("{} {}", &second[..4], &second[4..]);
        assert_eq!(anna.post(SETTINGS, &[("do", "check"), ("code", &spaced)]).await.status, 303);
        assert!(!anna.get(SETTINGS).await.body.contains("ist nicht geprüft"));
        assert_eq!(review.erika.post(SETTINGS, &[("do", "ask")]).await.status, 403);
    }
}
