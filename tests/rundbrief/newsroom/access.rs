//! Coming in: invitations, mailed links, the second factor, and the delay after failures.

use std::time::Duration;

use rundbrief::app::staff;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::totp::TotpSecret;
use rundbrief::domain::user::Role;

use super::inbox::{link, mails};
use super::{Desk, Newsroom};
use crate::harness::{Reply, form, get, post};

const PASSWORD: &str = "Birnbaum Ziegel Kompass";
const OTHER: &str = "Regenschirm Lupe Akkordeon";
const OWN: &str = "Sec-Fetch-Site: same-origin";
const MINUTE: Duration = Duration::from_mins(1);

/// The cookie that an answer sets.
fn cookie(reply: &Reply) -> String {
    let set = reply
        .header("set-cookie")
        .unwrap_or_else(|| panic!("no session: {} {}", reply.status, reply.body));
    format!("Cookie: {}", set.split(';').next().unwrap_or_default())
}

/// The value of a hidden field.
pub fn field(page: &str, name: &str) -> String {
    let (_, after) = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("a field");
    after.split('"').next().unwrap_or_default().to_owned()
}

/// The secret on the page that sets up a second factor.
pub fn secret(page: &str) -> TotpSecret {
    let (_, after) = page.split_once("<code>").expect("a secret");
    let text = after.split('<').next().unwrap_or_default().replace(' ', "");
    let bytes = data_encoding::BASE32_NOPAD
        .decode(text.as_bytes())
        .expect("base32");
    TotpSecret::from_bytes(&bytes).expect("20 bytes")
}

async fn log_in(newsroom: &Newsroom, email: &str, password: &str) -> Reply {
    let fields = [
        ("email", email),
        ("password", password),
        ("next", "/newsroom"),
    ];
    post(
        newsroom.service.at,
        "/newsroom/login",
        &[OWN],
        &form(fields),
    )
    .await
}

/// Sets up a second factor. Returns the secret and the recovery codes.
pub async fn with_second_factor(desk: &mut Desk, now: Timestamp) -> (TotpSecret, Vec<String>) {
    let page = desk.get("/newsroom/account/second-factor").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<svg class=\"qr\""), "{}", page.body);
    let (secret, sealed) = (secret(&page.body), field(&page.body, "sealed"));
    let wrong = desk
        .post(
            "/newsroom/account/second-factor",
            &[("sealed", &sealed), ("code", "000000")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert_eq!(
        field(&wrong.body, "sealed"),
        sealed,
        "the app that has read it stays right"
    );
    let done = desk
        .post(
            "/newsroom/account/second-factor",
            &[("sealed", &sealed), ("code", &secret.code(now))],
        )
        .await;
    assert_eq!(done.status, 200);
    *desk = desk.renewed(&done);
    (secret, codes_on(&done))
}

/// The recovery codes on a page.
pub fn codes_on(page: &Reply) -> Vec<String> {
    let codes: Vec<_> = page
        .body
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest[..19].to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    codes
}

on_both_databases! {
    async fn somebody_is_invited_and_comes_in(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let fields = [("name", "Erika Beispiel"), ("email", "erika@rathaus.example"), ("language", "de"), ("role", "editor"), ("role", "approver")];
        let reply = admin.post("/newsroom/users/invite", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let list = admin.get(reply.header("location").expect("the list")).await;
        assert!(list.body.contains("Die Einladung an Erika Beispiel ist unterwegs."), "{}", list.body);

        let (subject, path) = link(&newsroom).await;
        assert_eq!(subject, "Ihr Zugang zur Newsletter-Redaktion");
        let at = newsroom.service.at;
        // A scanner opens it, also twice.
        for _ in 0..2 {
            let page = get(at, &path, &[]).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("Erika Beispiel") && page.body.contains("Redaktion, Freigabe"), "{}", page.body);
        }
        let weak = post(at, &path, &[OWN], &form([("password", "sommer2026!!")])).await;
        assert_eq!(weak.status, 422);
        assert!(weak.body.contains("leicht zu erraten"), "{}", weak.body);
        let named = post(at, &path, &[OWN], &form([("password", "Der Hund von Erika")])).await;
        assert_eq!(named.status, 422);
        let foreign = post(at, &path, &["Sec-Fetch-Site: cross-site"], &form([("password", PASSWORD)])).await;
        assert_eq!(foreign.status, 403);
        let reply = post(at, &path, &[OWN], &form([("password", PASSWORD)])).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom")), "{}", reply.body);
        let page = get(at, "/newsroom", &[&cookie(&reply)]).await;
        assert!(page.body.contains("Erika Beispiel"), "{}", page.body);
        // It works once.
        assert_eq!(get(at, &path, &[]).await.status, 410);
        assert_eq!(post(at, &path, &[OWN], &form([("password", OTHER)])).await.status, 410);
        assert_eq!(log_in(&newsroom, "erika@rathaus.example", PASSWORD).await.status, 303);
    }

    async fn an_invitation_expires_and_is_sent_again_to_who_asks(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        let fields = [("name", "Kim Muster"), ("email", "kim@rathaus.example"), ("language", "de"), ("role", "viewer")];
        assert_eq!(admin.post("/newsroom/users/invite", &fields).await.status, 303);
        let (_, path) = link(&newsroom).await;
        newsroom.service.clock.advance(48 * 60 * MINUTE);
        let at = newsroom.service.at;
        assert_eq!(get(at, &path, &[]).await.status, 410);
        let asked = post(at, "/newsroom/login/link", &[OWN], &form([("email", "Kim@rathaus.example")])).await;
        assert_eq!(asked.status, 200);
        let (subject, path) = link(&newsroom).await;
        assert_eq!(subject, "Ihr Zugang zur Newsletter-Redaktion");
        assert_eq!(get(at, &path, &[]).await.status, 200);
        // Whoever is not wanted any more gets nothing.
        let admin = newsroom.desk(admin.user).await;
        let uuid = newsroom.uuid("kim@rathaus.example").await;
        assert_eq!(admin.post(&format!("/newsroom/users/{uuid}/disable"), &[]).await.status, 303);
        assert_eq!(get(at, &path, &[]).await.status, 410);
        post(at, "/newsroom/login/link", &[OWN], &form([("email", "kim@rathaus.example")])).await;
        assert!(mails(&newsroom).await.is_empty());
    }

    async fn a_mailed_link_logs_in_once(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.add("Erika Beispiel", &[Role::Editor], None).await;
        let at = newsroom.service.at;
        let ask = async |email: &str| post(at, "/newsroom/login/link", &[OWN], &form([("email", email)])).await;
        let (known, unknown) = (ask("erika.beispiel@rathaus.example").await, ask("niemand@rathaus.example").await);
        assert_eq!(known.status, 200);
        // Nobody learns who has an account.
        assert_eq!(known.body.replace("erika.beispiel", "niemand"), unknown.body);
        let (subject, path) = link(&newsroom).await;
        assert_eq!(subject, "Ihr Link zum Anmelden");
        assert_eq!(get(at, &path, &[]).await.status, 200);
        let reply = post(at, &path, &[OWN], "").await;
        assert_eq!(reply.status, 303);
        assert_eq!(get(at, "/newsroom", &[&cookie(&reply)]).await.status, 200);
        assert_eq!(post(at, &path, &[OWN], "").await.status, 410);
        // It is not a link for a password, and it expires.
        ask("erika.beispiel@rathaus.example").await;
        let (_, path) = link(&newsroom).await;
        newsroom.service.clock.advance(15 * MINUTE);
        assert_eq!(post(at, &path, &[OWN], "").await.status, 410);
        // Nobody's mailbox is flooded.
        for _ in 0..10 {
            ask("erika.beispiel@rathaus.example").await;
        }
        assert!(mails(&newsroom).await.len() <= 3);
    }

    async fn a_forgotten_password_is_set_anew_and_ends_all_sessions(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let elsewhere = newsroom.desk(erika).await;
        let at = newsroom.service.at;
        post(at, "/newsroom/login/password", &[OWN], &form([("email", "erika.beispiel@rathaus.example")])).await;
        let (subject, path) = link(&newsroom).await;
        assert_eq!(subject, "Neues Passwort für die Redaktion");
        assert_eq!(elsewhere.get("/newsroom").await.status, 200);
        let reply = post(at, &path, &[OWN], &form([("password", OTHER)])).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(elsewhere.get("/newsroom").await.status, 303);
        assert_eq!(get(at, "/newsroom", &[&cookie(&reply)]).await.status, 200);
        assert_eq!(log_in(&newsroom, "erika.beispiel@rathaus.example", PASSWORD).await.status, 422);
        assert_eq!(log_in(&newsroom, "erika.beispiel@rathaus.example", OTHER).await.status, 303);
        let told = mails(&newsroom).await;
        assert_eq!(told[0].1, "Ihr Zugang zur Redaktion wurde geändert");
    }

    async fn the_second_factor_is_asked_for_and_used_once(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let clock = newsroom.service.clock.clone();
        let mut desk = newsroom.desk(erika).await;
        let (secret, codes) = with_second_factor(&mut desk, clock.now()).await;
        let (at, email) = (newsroom.service.at, "erika.beispiel@rathaus.example");
        let second = async |half: &str, code: &str| {
            let fields = form([("code", code), ("next", "/newsroom/account")]);
            post(at, "/newsroom/login/code", &[half, OWN], &fields).await
        };
        let first = log_in(&newsroom, email, PASSWORD).await;
        assert_eq!(first.header("location"), Some("/newsroom/login/code?next=%2Fnewsroom"));
        let half = cookie(&first);
        // Half a session opens nothing.
        let reply = get(at, "/newsroom/entries", &[&half]).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom/login/code?next=%2Fnewsroom%2Fentries")));
        // The code that set it up was used; the next one works, once.
        assert_eq!(second(&half, &secret.code(clock.now())).await.status, 422);
        clock.advance(MINUTE);
        let code = secret.code(clock.now());
        let reply = second(&half, &code).await;
        assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom/account")), "{}", reply.body);
        let whole = cookie(&reply);
        assert_ne!(half, whole, "the session has a new token");
        assert_eq!(get(at, "/newsroom", &[&whole]).await.status, 200);
        assert_eq!(get(at, "/newsroom", &[&half]).await.header("location"), Some("/newsroom/login?next=%2Fnewsroom"));
        let half = cookie(&log_in(&newsroom, email, PASSWORD).await);
        assert_eq!(second(&half, &code).await.status, 422, "nobody uses it again");
        // Without the device.
        assert_eq!(second(&half, &codes[0].to_lowercase()).await.status, 303);
        let half = cookie(&log_in(&newsroom, email, PASSWORD).await);
        assert_eq!(second(&half, &codes[0]).await.status, 422);
        assert_eq!(second(&half, &codes[1]).await.status, 303);
        // A mailed link does not go around it.
        post(at, "/newsroom/login/link", &[OWN], &form([("email", email)])).await;
        let all = mails(&newsroom).await;
        let text = all.iter().find(|(_, subject, _)| subject.contains("Link")).expect("the link").2.clone();
        let token = text.split("/newsroom/link/").nth(1).and_then(|rest| rest.split('?').next()).expect("a token");
        let reply = post(at, &format!("/newsroom/link/{token}"), &[OWN], "").await;
        assert_eq!(reply.header("location"), Some("/newsroom/login/code?next=%2Fnewsroom"));
    }

    /// Work keeps a session, until it ends for good: then the page says when, and offers nothing that it cannot keep.
    async fn a_session_says_when_it_ends_for_good(database: &Database) {
        let newsroom = Newsroom::start_with(database, |config| {
            (config.newsroom.idle, config.newsroom.session) = (20 * MINUTE, 60 * MINUTE);
        })
        .await;
        let desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        for _ in 0..3 {
            let page = desk.get("/newsroom").await.body;
            assert!(page.contains("wenn Sie nichts tun.") && !page.contains("data-ends="), "{page}");
            newsroom.service.clock.advance(15 * MINUTE);
        }
        let page = desk.get("/newsroom").await.body;
        assert!(page.contains("endet Ihre Sitzung.") && page.contains("data-ends=") && page.contains(r#"data-idle-in="900""#), "{page}");
        newsroom.service.clock.advance(15 * MINUTE);
        assert_eq!(desk.get("/newsroom").await.status, 303, "it is over");
    }

    /// Nobody who has found an open session guesses the code that removes the second factor.
    async fn codes_cannot_be_tried_at_an_open_session(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let mut desk = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let clock = newsroom.service.clock.clone();
        let (secret, _) = with_second_factor(&mut desk, clock.now()).await;
        clock.advance(MINUTE);
        let (remove, renew) = ("/newsroom/account/second-factor/remove", "/newsroom/account/second-factor/codes");
        let mut refused = 0;
        for attempt in 0..20 {
            let path = if attempt % 2 == 0 { remove } else { renew };
            let status = desk.post(path, &[("code", "000000")]).await.status;
            assert!([422, 429].contains(&status), "{path}: {status}");
            refused += usize::from(status == 429);
        }
        assert!(refused >= 14, "only {refused} were refused");
        let right = secret.code(clock.now());
        assert_eq!(desk.post(remove, &[("code", &right)]).await.status, 429, "the right one waits too");
        clock.advance(MINUTE);
        let right = secret.code(clock.now());
        assert_eq!(desk.post(remove, &[("code", &right)]).await.status, 303, "nobody is locked out");
    }

    async fn a_role_can_demand_a_second_factor(database: &Database) {
        let newsroom = Newsroom::start_with(database, |config| {
            config.newsroom.second_factor = [Role::Administrator].into_iter().collect();
        }).await;
        let viewer = newsroom.user("Vera Viewer", &[Role::Viewer]).await;
        assert_eq!(viewer.get("/newsroom").await.status, 200);
        let admin = newsroom.add("Ada Admin", &[Role::Administrator], None).await;
        let admin = newsroom.desk(admin).await;
        for path in ["/newsroom", "/newsroom/users", "/newsroom/account"] {
            let reply = admin.get(path).await;
            assert_eq!((reply.status, reply.header("location")), (303, Some("/newsroom/account/second-factor")), "{path}");
        }
        let page = admin.get("/newsroom/account/second-factor").await;
        assert!(page.body.contains("Ihre Aufgaben verlangen einen zweiten Faktor"), "{}", page.body);
        let (csrf, sealed) = (field(&page.body, "csrf"), field(&page.body, "sealed"));
        let now = newsroom.service.clock.now();
        let code = secret(&page.body).code(now);
        let done = admin.post_raw("/newsroom/account/second-factor", &form([("csrf", csrf.as_str()), ("sealed", &sealed), ("code", &code)])).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let admin = admin.renewed(&done);
        assert_eq!(admin.get("/newsroom/users").await.status, 200);
        // It cannot be removed then.
        newsroom.service.clock.advance(MINUTE);
        let code = secret(&page.body).code(newsroom.service.clock.now());
        assert_eq!(admin.post("/newsroom/account/second-factor/remove", &[("code", &code)]).await.status, 403);
    }

    /// The delay grows, ends by itself, and holds on every node.
    async fn failures_delay_an_account_and_lock_nobody_out(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.add("Erika Beispiel", &[Role::Editor], Some(PASSWORD)).await;
        let (email, clock) = ("erika.beispiel@rathaus.example", newsroom.service.clock.clone());
        for _ in 0..6 {
            let reply = log_in(&newsroom, email, "falsch falsch falsch").await;
            assert!(reply.body.contains("Adresse oder Passwort stimmen nicht"), "{}", reply.body);
        }
        let delayed = log_in(&newsroom, email, PASSWORD).await;
        assert_eq!(delayed.status, 422);
        assert!(delayed.body.contains("zu viele Fehlversuche"), "{}", delayed.body);
        assert!(delayed.body.contains("erika.beispiel@rathaus.example"), "what was typed is there");
        // Others are not delayed, and a mailed link works.
        newsroom.add("Jana Kern", &[Role::Editor], Some(OTHER)).await;
        assert_eq!(log_in(&newsroom, "jana.kern@rathaus.example", OTHER).await.status, 303);
        // An account that does not exist is delayed in the same way.
        for _ in 0..6 {
            log_in(&newsroom, "niemand@rathaus.example", PASSWORD).await;
        }
        assert!(log_in(&newsroom, "niemand@rathaus.example", PASSWORD).await.body.contains("zu viele Fehlversuche"));
        clock.advance(Duration::from_secs(3));
        assert_eq!(log_in(&newsroom, email, PASSWORD).await.status, 303);
        // That was forgiven.
        assert!(log_in(&newsroom, email, "falsch falsch falsch").await.body.contains("stimmen nicht"));
        assert_eq!(log_in(&newsroom, email, PASSWORD).await.status, 303);
    }

    async fn the_first_administrator_comes_by_a_link(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        // One that nobody has used expires; the next start gives another one.
        let late = staff::first_administrator(&newsroom.app).await.expect("asked").expect("a link");
        newsroom.service.clock.advance(Duration::from_hours(24));
        let late = format!("/newsroom/link/{}", late.reveal());
        assert_eq!(get(newsroom.service.at, &late, &[]).await.status, 410);
        let token = staff::first_administrator(&newsroom.app).await.expect("asked").expect("a link");
        let (at, path) = (newsroom.service.at, format!("/newsroom/link/{}", token.reveal()));
        assert!(get(at, &path, &[]).await.body.contains("Erste Administration"));
        let wrong = post(at, &path, &[OWN], &form([("name", ""), ("email", "ada"), ("password", PASSWORD)])).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"ada\""), "{}", wrong.body);
        let fields = [("name", "Ada"), ("email", "ada@rathaus.example"), ("password", PASSWORD)];
        let reply = post(at, &path, &[OWN], &form(fields)).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert_eq!(get(at, "/newsroom/users", &[&cookie(&reply)]).await.status, 200);
        assert_eq!(post(at, &path, &[OWN], &form(fields)).await.status, 410);
        assert!(staff::first_administrator(&newsroom.app).await.expect("asked").is_none());
    }

    async fn what_has_ended_is_removed(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        post(newsroom.service.at, "/newsroom/login/link", &[OWN], &form([("email", "erika.beispiel@rathaus.example")])).await;
        mails(&newsroom).await;
        assert_eq!(staff::remove_ended(&newsroom.app).await.expect("a step"), 0);
        newsroom.service.clock.advance(Duration::from_hours(24));
        // The session, the link, and how often mails were asked for.
        assert_eq!(staff::remove_ended(&newsroom.app).await.expect("a step"), 3);
    }
}
