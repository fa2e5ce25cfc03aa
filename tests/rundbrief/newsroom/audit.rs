//! The audit log as administrators read it.

use rundbrief::domain::audit::{Action, SubjectKind};
use rundbrief::domain::entry::EntryState;
use rundbrief::domain::user::Role;
use templates::Locale;
use templates::pages::newsroom::audit::words;

use super::Newsroom;
use crate::store::{news, topics};

#[test]
fn everything_in_the_log_has_words() {
    for locale in Locale::ALL {
        for action in Action::ALL {
            let words = words::action(locale, action.as_str());
            assert!(
                words.is_some_and(|words| !words.contains("audit-do")),
                "{action} has no words: add them to locales/{}/audit.ftl and pages/newsroom/audit/words.rs",
                locale.code()
            );
        }
        for kind in SubjectKind::ALL {
            assert!(words::subject(locale, kind.as_str()).is_some(), "{kind}");
        }
        for kind in ["operator", "job", "reader", "guest"] {
            assert!(words::actor(locale, kind).is_some(), "{kind}");
        }
    }
}

on_both_databases! {
    async fn subjects_lead_to_their_pages(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let everything = [Role::Administrator, Role::Editor];
        let admin = newsroom.user("Ada Admin", &everything).await;
        let entry = newsroom.entry(news("Wochenmarkt zieht um", topics(&[0])), EntryState::Published).await;
        assert_eq!(admin.post("/newsroom/issues/compose", &[("newsletter", "region")]).await.status, 303);
        let page = admin.get("/newsroom/audit").await.body;
        for link in [
            format!("Beitrag <a href=\"/newsroom/entries/{entry}\">Wochenmarkt zieht um</a>"),
            "Ausgabe <a href=\"/newsroom/issues/region/1\">".to_owned(),
        ] {
            assert!(page.contains(&link), "{link}: {page}");
        }
    }

    async fn lines_are_found_exported_and_verified(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("=Ada Admin", &[Role::Administrator]).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let page = format!("/newsroom/users/{}", erika.user.uuid);
        assert_eq!(admin.post(&page, &[("role", "editor")]).await.status, 303);
        let all = admin.get("/newsroom/audit").await;
        assert_eq!(all.status, 200);
        // Users by name, not by UUID.
        assert!(all.body.contains("viewer → editor") && all.body.contains(&format!("Zugang <a href=\"{page}\">Erika Beispiel</a>")), "{}", all.body);
        let changes = admin.get(&format!("/newsroom/audit?action=user.change&who={}", admin.user.uuid)).await;
        assert_eq!(changes.body.matches("Aufgaben geändert</td>").count(), 1, "{}", changes.body);
        assert!(changes.body.contains("value=\"user.change\" selected>Aufgaben geändert</option>"), "{}", changes.body);
        assert!(changes.body.contains("<option value=\"job\">Dienst</option>"));
        for none in ["who=job", "from=2030-01-01", "to=2020-01-01", "subject=nothing", "before=0"] {
            let page = admin.get(&format!("/newsroom/audit?{none}")).await;
            assert!(page.body.contains("Dazu gibt es keine Zeilen."), "{none}: {}", page.body);
        }
        let csv = admin.get("/newsroom/audit/csv?action=user.change").await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
        assert!(csv.body.contains("\"user.change\";\"Aufgaben geändert\";\"user Erika Beispiel\""), "{}", csv.body);
        assert!(csv.body.contains("\"'=Ada Admin\""), "a name is no formula: {}", csv.body);
        let sound = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(sound.body.contains("wie sie geschrieben wurden"), "{}", sound.body);
        // Somebody with access to the database takes a line away.
        database.execute("DELETE FROM audit WHERE seq = 2").await;
        let broken = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(broken.body.contains("Zeile 2 steht nicht so da"), "{}", broken.body);
    }
}
