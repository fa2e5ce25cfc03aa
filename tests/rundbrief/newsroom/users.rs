//! Managing users, and one's own account.

use rundbrief::domain::user::Role;

use super::Newsroom;
use super::inbox::mails;
use crate::harness::{form, post};

const PASSWORD: &str = "Birnbaum Ziegel Kompass";
const OTHER: &str = "Regenschirm Lupe Akkordeon";

on_both_databases! {
    async fn roles_change_and_end_the_sessions(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let page = format!("/newsroom/users/{}", erika.user.uuid);
        assert_eq!(admin.post(&page, &[]).await.status, 409, "at least one role");
        assert_eq!(admin.post(&page, &[("role", "king")]).await.status, 422);
        assert_eq!(erika.get("/newsroom").await.status, 200);
        assert_eq!(admin.post(&page, &[("role", "editor"), ("role", "approver")]).await.status, 303);
        assert_eq!(erika.get("/newsroom").await.status, 303, "the session has ended");
        let shown = admin.get(&format!("{page}?done=changed")).await;
        assert!(shown.body.contains("Die Aufgaben sind geändert."), "{}", shown.body);
        assert_eq!(newsroom.last_line("user.change").await, Some(("viewer".to_owned(), "editor,approver".to_owned())));
    }

    async fn nobody_takes_the_last_administrator_away(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let page = format!("/newsroom/users/{}", admin.user.uuid);
        for (path, fields) in [(page.clone(), &[("role", "editor")][..]), (format!("{page}/disable"), &[])] {
            let reply = admin.post(&path, fields).await;
            assert_eq!(reply.status, 409);
            assert!(reply.body.contains("letzte Administration"), "{}", reply.body);
        }
        assert_eq!(admin.get("/newsroom/users").await.status, 200);
        let second = newsroom.user("Bea Admin", &[Role::Administrator]).await;
        assert_eq!(admin.post(&page, &[("role", "editor")]).await.status, 303);
        assert_eq!(second.get("/newsroom/users").await.status, 200);
    }

    async fn disabled_users_are_out_at_once(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let erika = newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let desk = newsroom.desk(erika.clone()).await;
        let page = format!("/newsroom/users/{}", erika.uuid);
        assert_eq!(admin.post(&format!("{page}/disable"), &[]).await.status, 303);
        assert_eq!(desk.get("/newsroom").await.status, 303);
        let fields = form([("email", "erika.beispiel@rathaus.example"), ("password", PASSWORD)]);
        let own = ["Sec-Fetch-Site: same-origin"];
        assert_eq!(post(newsroom.service.at, "/newsroom/login", &own, &fields).await.status, 422);
        assert_eq!(admin.post(&format!("{page}/enable"), &[]).await.status, 303);
        assert_eq!(post(newsroom.service.at, "/newsroom/login", &own, &fields).await.status, 303);
        for path in ["/newsroom/users/nobody", "/newsroom/users/nobody/disable", &format!("{page}/promote")] {
            assert_eq!(admin.post(path, &[]).await.status, 404, "{path}");
        }
    }

    async fn an_address_is_taken_once(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let fields = [("name", "Noch eine <b>"), ("email", "ADA.admin@rathaus.example"), ("language", "fr"), ("role", "editor")];
        let reply = admin.post("/newsroom/users/invite", &fields).await;
        assert_eq!(reply.status, 422);
        assert!(reply.body.contains("gibt es bereits einen Zugang") && reply.body.contains("Noch eine &lt;b&gt;"), "{}", reply.body);
        assert!(mails(&newsroom).await.is_empty());
    }

    async fn a_new_password_ends_the_other_sessions(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let (here, there) = (newsroom.desk(erika.clone()).await, newsroom.desk(erika).await);
        let wrong = here.post("/newsroom/account/password", &[("current", "falsch"), ("password", OTHER)]).await;
        assert_eq!(wrong.status, 422);
        assert_eq!(there.get("/newsroom").await.status, 200);
        let reply = here.post("/newsroom/account/password", &[("current", PASSWORD), ("password", OTHER)]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let cookie = reply.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a new token");
        assert_eq!(there.get("/newsroom").await.status, 303);
        assert_eq!(here.get("/newsroom").await.status, 303, "the old token is over too");
        let page = crate::harness::get(newsroom.service.at, "/newsroom/account?done=password", &[&format!("Cookie: {cookie}")]).await;
        assert!(page.body.contains("Ihr Passwort ist geändert."), "{}", page.body);
        assert_eq!(mails(&newsroom).await[0].1, "Ihr Zugang zur Redaktion wurde geändert");
    }

    async fn sessions_are_listed_and_ended(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let other = newsroom.desk(erika.user.clone()).await;
        let stranger = newsroom.user("Jana Kern", &[Role::Editor]).await;
        let page = erika.get("/newsroom/account").await.body;
        assert_eq!(page.matches("Firefox, Linux</b>").count(), 2, "{page}");
        let (_, after) = page.split_once("name=\"session\" value=\"").expect("a session");
        let uuid = after.split('"').next().unwrap_or_default().to_owned();
        assert_eq!(stranger.post("/newsroom/account/sessions", &[("session", &uuid)]).await.status, 404, "of somebody else");
        assert_eq!(erika.post("/newsroom/account/sessions", &[("session", &uuid)]).await.status, 303);
        assert_eq!(other.get("/newsroom").await.status, 303);
        let third = newsroom.desk(erika.user.clone()).await;
        assert_eq!(erika.post("/newsroom/account/sessions", &[("session", "others")]).await.status, 303);
        assert_eq!(third.get("/newsroom").await.status, 303);
        assert_eq!((erika.get("/newsroom").await.status, stranger.get("/newsroom").await.status), (200, 200));
    }

    async fn name_and_language_are_changed(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let bad = erika.post("/newsroom/account", &[("name", " "), ("language", "fr")]).await;
        assert_eq!(bad.status, 422);
        assert_eq!(erika.post("/newsroom/account", &[("name", "Erika Muster"), ("language", "fr")]).await.status, 303);
        let page = erika.get("/newsroom/account?done=saved").await.body;
        assert!(page.contains("<html lang=\"fr\"") && page.contains("Erika Muster"), "{page}");
        // The log names what was changed, not the person.
        assert_eq!(newsroom.last_line("user.profile").await, Some((String::new(), "name, language".to_owned())));
    }
}
