//! The audit log as administrators read it.

use rundbrief::domain::user::Role;

use super::Newsroom;

on_both_databases! {
    async fn lines_are_found_exported_and_verified(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("=Ada Admin", &[Role::Administrator]).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let page = format!("/newsroom/users/{}", erika.user.uuid);
        assert_eq!(admin.post(&page, &[("role", "editor")]).await.status, 303);
        let all = admin.get("/newsroom/audit").await;
        assert_eq!(all.status, 200);
        // Users by name, not by UUID.
        assert!(all.body.contains("viewer → editor") && all.body.contains("user Erika Beispiel"), "{}", all.body);
        let changes = admin.get(&format!("/newsroom/audit?action=user.change&who={}", admin.user.uuid)).await;
        assert_eq!(changes.body.matches("<code>").count(), 1, "{}", changes.body);
        for none in ["who=job", "from=2030-01-01", "to=2020-01-01", "subject=nothing", "before=0"] {
            let page = admin.get(&format!("/newsroom/audit?{none}")).await;
            assert!(page.body.contains("Dazu gibt es keine Zeilen."), "{none}: {}", page.body);
        }
        let csv = admin.get("/newsroom/audit/csv?action=user.change").await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
        assert!(csv.body.contains("\"'=Ada Admin\""), "a name is no formula: {}", csv.body);
        let sound = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(sound.body.contains("wie sie geschrieben wurden"), "{}", sound.body);
        // Somebody with access to the database takes a line away.
        database.execute("DELETE FROM audit WHERE seq = 2").await;
        let broken = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(broken.body.contains("Zeile 2 steht nicht so da"), "{}", broken.body);
    }
}
