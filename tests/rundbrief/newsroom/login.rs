//! Logging in and out.

use rundbrief::domain::user::Role;

use super::Newsroom;
use crate::harness::{form, get, post};

const PASSWORD: &str = "Birnbaum Ziegel Kompass";
const FORM: [&str; 1] = ["Sec-Fetch-Site: same-origin"];

on_both_databases! {
    async fn a_user_logs_in_and_out(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let at = newsroom.service.at;

        let away = get(at, "/newsroom?state=draft", &[]).await;
        assert_eq!(away.status, 303);
        assert_eq!(away.header("location"), Some("/newsroom/login?next=%2Fnewsroom%3Fstate%3Ddraft"));

        let fields = [("email", "Erika.Beispiel@rathaus.example"), ("password", PASSWORD), ("next", "/newsroom")];
        let reply = post(at, "/newsroom/login", &FORM, &form(fields)).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom")));
        let cookie = reply.header("set-cookie").expect("a session").to_owned();
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");

        let cookie = format!("Cookie: {}", cookie.split(';').next().unwrap_or_default());
        let page = get(at, "/newsroom", &[&cookie]).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Erika Beispiel"), "{}", page.body);
        assert_eq!(page.header("cache-control"), Some("no-store"));

        let (_, csrf) = page.body.split_once(r#"name="csrf" value=""#).expect("a form");
        let csrf = csrf.split('"').next().unwrap_or_default();
        let out = post(at, "/newsroom/logout", &[&cookie, FORM[0]], &form([("csrf", csrf)])).await;
        assert_eq!(out.status, 303);
        assert_eq!(get(at, "/newsroom", &[&cookie]).await.status, 303, "the session is over");
    }

    async fn nobody_else_does(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        newsroom.add("Ohne Passwort", &[Role::Editor], None).await;
        let at = newsroom.service.at;
        for (email, password) in [
            ("erika.beispiel@rathaus.example", "Birnbaum Ziegel"),
            ("erika.beispiel@rathaus.example", ""),
            ("ohne.passwort@rathaus.example", ""),
            ("niemand@rathaus.example", PASSWORD),
            ("<script>", PASSWORD),
        ] {
            let reply = post(at, "/newsroom/login", &FORM, &form([("email", email), ("password", password)])).await;
            assert_eq!(reply.status, 422, "{email}");
            assert!(reply.header("set-cookie").is_none());
            assert!(!reply.body.contains("<script>"));
        }
        // From another site, or without saying from where.
        let right = form([("email", "erika.beispiel@rathaus.example"), ("password", PASSWORD)]);
        for headers in [&["Sec-Fetch-Site: cross-site"][..], &["Origin: https://evil.example"], &[]] {
            let reply = post(at, "/newsroom/login", headers, &right).await;
            assert_eq!(reply.status, 403, "{headers:?}");
        }
        // Who has just logged in is not sent elsewhere.
        for next in ["https://evil.example/", "//evil.example", "/newsroom/../../x y", "/newsroom\\evil"] {
            let fields = [("email", "erika.beispiel@rathaus.example"), ("password", PASSWORD), ("next", next)];
            let reply = post(at, "/newsroom/login", &FORM, &form(fields)).await;
            assert_eq!(reply.header("location"), Some("/newsroom"), "{next}");
        }
    }

    async fn a_form_is_kept_over_the_login(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let at = newsroom.service.at;
        let text = "Zeile eins\r\nZeile „zwei“ & <b>drei</b>";
        let reply = post(at, "/newsroom/logout", &FORM, &form([("csrf", "old"), ("text", text)])).await;
        assert_eq!(reply.status, 401);
        assert!(reply.body.contains("kept-body"), "{}", reply.body);

        let body = form([("csrf", "old"), ("text", text)]);
        let fields = [
            ("email", "erika.beispiel@rathaus.example"),
            ("password", PASSWORD),
            ("kept-path", "/newsroom/logout"),
            ("kept-body", &body),
        ];
        let reply = post(at, "/newsroom/login", &FORM, &form(fields)).await;
        assert_eq!(reply.status, 200);
        assert!(reply.body.contains(r#"action="/newsroom/logout""#), "{}", reply.body);
        assert!(reply.body.contains("Zeile „zwei“ &amp; &lt;b&gt;drei&lt;/b&gt;"), "{}", reply.body);
        assert!(!reply.body.contains("old"), "the token of the old session is gone");
    }

    async fn a_session_ends(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let clock = &newsroom.service.clock;
        let minutes = |minutes: u64| std::time::Duration::from_secs(60 * minutes);
        for _ in 0..14 {
            assert_eq!(erika.get("/newsroom").await.status, 200, "used often, it goes on");
            clock.advance(minutes(50));
        }
        assert_eq!(erika.get("/newsroom").await.status, 200);
        clock.advance(minutes(25));
        assert_eq!(erika.get("/newsroom").await.status, 303, "but not for longer than half a day");
        let erika = newsroom.desk(erika.user).await;
        clock.advance(minutes(61));
        assert_eq!(erika.get("/newsroom").await.status, 303, "and not when idle for an hour");
    }
}
