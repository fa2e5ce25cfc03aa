//! The page with the checks of an issue: everybody of the team sees it, editors and approvers work on it,
//! and only approvers leave what blocks.

use rundbrief::app::Actor;
use rundbrief::app::issues::{self, ApprovalTerms, checks};
use rundbrief::domain::entry::EntryContent;
use rundbrief::domain::issue::IssueName;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;

use super::Newsroom;
use crate::harness::Database;
use crate::installation::publish;
use crate::store::news;

/// 4 December 2026 is a Friday.
fn wrong() -> EntryContent {
    let mut content = news("Energieberatung", TopicSet::EMPTY);
    for text in content.texts.values_mut() {
        "Die Beratung ist am Donnerstag, 4. Dezember 2026.".clone_into(&mut text.teaser);
        "<p>Mehr dazu <a href=\"https://kammer.example/1\">hier</a>.</p>"
            .clone_into(&mut text.body);
    }
    content
}

const PAGE: &str = "/newsroom/issues/region/1/checks";

async fn newsroom(database: &Database) -> (Newsroom, IssueName) {
    newsroom_with(database, &wrong()).await
}

async fn newsroom_with(database: &Database, content: &EntryContent) -> (Newsroom, IssueName) {
    let newsroom = Newsroom::start_with(database, |config| {
        config.newsroom.link_check = false;
        config.organisation = crate::installation::config().organisation;
    })
    .await;
    let now = newsroom.app.clock.now();
    publish(&newsroom.app.db, content, now).await;
    let composed = issues::compose(&newsroom.app, &Actor::operator(), "region").await;
    (newsroom, composed.expect("an issue").issue)
}

fn key_of(page: &str) -> String {
    let (_, after) = page
        .split_once(r#"name="finding" value=""#)
        .expect("a form");
    after.split('"').next().unwrap_or_default().to_owned()
}

on_both_databases! {
    /// A link that says by itself that it leads into a private network is told of where no page is asked for.
    async fn private_links_are_told_without_asking(database: &Database) {
        let mut inside = wrong();
        inside.url = Some("http://localhost/plan.pdf".to_owned());
        let (newsroom, _) = newsroom_with(database, &inside).await;
        let editor = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let page = editor.get(PAGE).await.body;
        assert!(page.contains("Ein Link führt in ein internes Netz") && page.contains("http://localhost/plan.pdf"), "{page}");
    }

    async fn an_approver_leaves_what_an_editor_may_not(database: &Database) {
        let (newsroom, name) = newsroom(database).await;
        let editor = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let approver = newsroom.user("Erika Beispiel", &[Role::Approver]).await;
        let viewer = newsroom.user("Vera Schau", &[Role::Viewer]).await;

        let page = approver.get(PAGE).await;
        assert_eq!(page.status, 200);
        for said in ["Wochentag und Datum passen nicht zusammen", "4. Dezember 2026 ist ein Freitag", "Ein Befund verhindert die Freigabe", "/newsroom/entries/"] {
            assert!(page.body.contains(said), "{said}: {}", page.body);
        }
        let key = key_of(&page.body);
        assert!(!viewer.get(PAGE).await.body.contains(r#"name="finding""#));
        let accept = format!("{PAGE}/accept");
        let fields = [("what", "accept"), ("finding", key.as_str()), ("reason", "Ein Zitat.")];
        assert_eq!(viewer.post(&accept, &fields).await.status, 403);
        assert_eq!(viewer.post(PAGE, &[]).await.status, 403);

        assert!(editor.get(PAGE).await.body.contains("/edit#body-de"));
        // An editor may leave warnings, but not what blocks.
        let refused = editor.post(&accept, &fields).await;
        assert!(refused.status == 409 && refused.body.contains("Ein Zitat.</textarea>"), "{}", refused.body);
        let blank = approver.post(&accept, &[("what", "accept"), ("finding", &key), ("reason", " ")]).await;
        assert_eq!(blank.header("location"), Some("/newsroom/issues/region/1/checks?problem=reason"));
        let told = approver.get("/newsroom/issues/region/1/checks?problem=reason").await;
        assert!(told.body.contains("role=\"alert\""));

        let left = approver.post(&accept, &fields).await;
        assert_eq!(left.header("location"), Some("/newsroom/issues/region/1/checks?done=accepted"));
        let page = editor.get(PAGE).await.body;
        assert!(page.contains("Erika Beispiel") && page.contains("Ein Zitat."), "{page}");
        assert!(page.contains("Nichts verhindert die Freigabe"), "{page}");
        issues::approve(&newsroom.app, &Actor::operator(), &name, &ApprovalTerms::default()).await.expect("nothing blocks");
        let evidence = viewer.get(PAGE).await.body;
        assert!(evidence.contains("So wurde die Ausgabe am") && evidence.contains("Ein Zitat."), "{evidence}");
        let late = approver.post(&accept, &fields).await;
        assert!(late.status == 409 && late.body.contains("Ein Zitat.</textarea>"), "{}", late.body);
        assert_eq!(viewer.get("/newsroom/issues/region/99/checks").await.status, 404);
    }

    /// Whoever decides sees what blocks and accepts it where they decide.
    async fn what_blocks_is_judged_on_the_page_of_the_approval(database: &Database) {
        const APPROVE: &str = "/newsroom/issues/region/1/approve";
        const BUTTON: &str = r#"name="step" value="approve""#;
        let (newsroom, _) = newsroom(database).await;
        let (erika, paul) = (newsroom.user("Erika Beispiel", &[Role::Approver]).await, newsroom.user("Paul Muster", &[Role::Editor]).await);
        let page = erika.get(APPROVE).await.body;
        for said in ["Wochentag und Datum passen nicht zusammen", "4. Dezember 2026 ist ein Freitag", "Die Prüfung hält die Freigabe auf", r#"name="back" value="approve""#] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains(BUTTON), "{page}");
        let key = key_of(&page);
        let theirs = paul.get(APPROVE).await.body;
        assert!(theirs.contains("ist ein Freitag") && !theirs.contains(&key), "who hands in sees it and does not judge: {theirs}");
        let accept = format!("{PAGE}/accept");
        let blank = erika.post(&accept, &[("what", "accept"), ("finding", &key), ("reason", " "), ("back", "approve")]).await;
        assert_eq!(blank.header("location"), Some("/newsroom/issues/region/1/approve?problem=reason"));
        assert!(erika.get("/newsroom/issues/region/1/approve?problem=reason").await.body.contains("role=\"alert\""));
        // A deputy judges in place of the approver.
        let fields = [("what", "accept"), ("finding", key.as_str()), ("reason", "Ein Zitat."), ("back", "approve")];
        let refused = paul.post(&accept, &fields).await;
        assert!(refused.status == 409 && refused.body.contains("Ein Zitat.</textarea>"), "{}", refused.body);
        let now = newsroom.app.clock.now();
        let by = Actor::User { id: erika.user.id, uuid: erika.user.uuid.clone(), roles: erika.user.roles.clone() };
        let times = (now, now.plus(std::time::Duration::from_hours(24)));
        issues::review::name_deputy(&newsroom.app, &by, &paul.user.uuid, times).await.expect("a deputy");
        assert!(paul.get(APPROVE).await.body.contains(&key));
        let left = paul.post(&accept, &fields).await;
        assert_eq!(left.header("location"), Some("/newsroom/issues/region/1/approve?done=accepted"));
        let page = erika.get(APPROVE).await.body;
        assert!(page.contains("Paul Muster") && page.contains("Ein Zitat.") && page.contains(BUTTON), "{page}");
    }

    async fn checking_again_keeps_the_result_for_the_tabs(database: &Database) {
        let (newsroom, name) = newsroom(database).await;
        let editor = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let mut conn = newsroom.app.read().await.expect("read");
        let (_, issue) = rundbrief::app::lookup::issue(&mut conn, &name).await.expect("an issue");
        assert_eq!(checks::last_open(&mut conn, &issue).await.expect("read"), None);
        let done = editor.post(PAGE, &[]).await;
        assert_eq!(done.header("location"), Some("/newsroom/issues/region/1/checks?done=checked"));
        let open = checks::last_open(&mut conn, &issue).await.expect("read").expect("checked");
        assert!(open >= 1);
        let contents = editor.get("/newsroom/issues/region/1").await.body;
        assert!(contents.contains(&format!("<span class=\"count\">{open}</span>")), "{contents}");
    }
}
