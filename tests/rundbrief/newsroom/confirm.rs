//! Proving again who one is, and what happens when a second factor is changed.

use std::time::Duration;

use rundbrief::domain::user::Role;

use super::access::{codes_on, field, secret, with_second_factor};
use super::inbox::mails;
use super::{Desk, Newsroom};
use crate::harness::{Reply, form, post};

const PASSWORD: &str = "Birnbaum Ziegel Kompass";
const WRONG: &str = "falsch falsch falsch";
const CSV: &str = "/newsroom/audit/csv";
const CONFIRM: &str = "/newsroom/confirm";
const SECOND_FACTOR: &str = "/newsroom/account/second-factor";
const MINUTE: Duration = Duration::from_mins(1);

async fn administrator(newsroom: &Newsroom, password: Option<&str>) -> Desk {
    let user = newsroom.add("Ada Admin", &[Role::Administrator], password);
    newsroom.desk(user.await).await
}

/// The subjects of the mails that wait.
async fn subjects(newsroom: &Newsroom) -> Vec<String> {
    let mails = mails(newsroom).await;
    mails.into_iter().map(|(_, subject, _)| subject).collect()
}

/// The code in the one mail that waits.
async fn mailed_code(newsroom: &Newsroom) -> String {
    let mails = mails(newsroom).await;
    let [(_, subject, text)] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    assert_eq!(subject, "Ihr Code für die Redaktion");
    let mut words = text.split_whitespace();
    let is_code = |word: &&str| word.len() == 8 && word.bytes().all(|c| c.is_ascii_digit());
    words.find(is_code).expect("a code").to_owned()
}

fn is_asked_again(reply: &Reply) {
    let to = reply.header("location").unwrap_or_default();
    assert_eq!(reply.status, 303, "{}", reply.body);
    assert!(to.starts_with("/newsroom/confirm?next="), "{to}");
}

on_both_databases! {
    async fn an_export_asks_who_it_is_after_a_while(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = administrator(&newsroom, Some(PASSWORD)).await;
        let path = "/newsroom/audit/csv?action=user.log-in";
        assert_eq!(admin.get(path).await.status, 200, "just logged in");
        newsroom.service.clock.advance(15 * MINUTE);
        let asked = admin.get(path).await;
        is_asked_again(&asked);
        assert_eq!(admin.get("/newsroom/audit").await.status, 200, "to read is no export");
        let page = admin.get(asked.header("location").expect("a page")).await;
        assert!(page.body.contains("Sind Sie es?") && !page.body.contains("name=\"code\""), "{}", page.body);
        let next = field(&page.body, "next");
        let wrong = admin.post(CONFIRM, &[("next", &next), ("password", WRONG)]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Das stimmt nicht") && field(&wrong.body, "next") == next, "{}", wrong.body);
        assert!(!wrong.body.contains(WRONG));
        is_asked_again(&admin.get(path).await);
        let right = admin.post(CONFIRM, &[("next", &next), ("password", PASSWORD)]).await;
        assert_eq!(right.status, 303, "{}", right.body);
        // A browser that loads a file stays where it is: so to the list first.
        let list = right.header("location").expect("the list").to_owned();
        assert_eq!(list, "/newsroom/audit?action=user.log-in&confirmed=1");
        let renewed = admin.renewed(&right);
        assert!(renewed.get(&list).await.body.contains("Sie können das Protokoll jetzt laden"));
        assert_eq!(renewed.get(path).await.status, 200);
        assert_eq!(admin.get("/newsroom").await.status, 303, "the session has another token");
        assert_eq!(newsroom.last_line("user.confirm").await, Some((String::new(), "password".to_owned())));
        // Only from our own pages.
        let foreign = post(newsroom.service.at, CONFIRM, &[&renewed.cookie, "Sec-Fetch-Site: cross-site"], "").await;
        assert_eq!(foreign.status, 403);
        assert_eq!(renewed.post_raw(CONFIRM, &form([("password", PASSWORD)])).await.status, 403, "without the token");
    }

    async fn a_form_is_kept_until_its_sender_is_confirmed(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = administrator(&newsroom, Some(PASSWORD)).await;
        newsroom.service.clock.advance(20 * MINUTE);
        let csrf = admin.csrf().await;
        assert_eq!(admin.get("/newsroom/users/invite").await.status, 200, "the form may be filled in");
        let fields = [("name", "Kim Müßig & Co"), ("email", "kim@rathaus.example"), ("language", "de"), ("role", "viewer")];
        let asked = admin.post("/newsroom/users/invite", &fields).await;
        assert_eq!(asked.status, 401);
        assert!(asked.body.contains("Ihre Eingaben sind aufgehoben"), "{}", asked.body);
        let (path, body) = (field(&asked.body, "kept-path"), field(&asked.body, "kept-body").replace("&amp;", "&"));
        let kept = [("kept-path", path.as_str()), ("kept-body", &body)];
        let wrong = admin.post(CONFIRM, &[&kept[..], &[("password", WRONG)]].concat()).await;
        assert_eq!(field(&wrong.body, "kept-body").replace("&amp;", "&"), body, "nothing is lost");
        let shown = admin.post(CONFIRM, &[&kept[..], &[("password", PASSWORD)]].concat()).await;
        assert_eq!(shown.status, 200, "{}", shown.body);
        assert!(shown.body.contains("Ihr Formular ist noch nicht abgesandt"), "{}", shown.body);
        assert_eq!(field(&shown.body, "name").replace("&amp;", "&"), "Kim Müßig & Co");
        let admin = admin.renewed(&shown);
        assert_eq!((field(&shown.body, "csrf"), admin.csrf().await), (csrf.clone(), csrf), "forms in other tabs work");
        assert_eq!(admin.post(&path, &fields).await.status, 303);
        assert!(admin.get("/newsroom/users").await.body.contains("Kim Müßig"));
    }

    async fn without_a_password_a_code_is_mailed(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = administrator(&newsroom, None).await;
        let clock = newsroom.service.clock.clone();
        clock.advance(15 * MINUTE);
        let page = admin.get("/newsroom/confirm?next=%2Fnewsroom%2Fusers").await;
        assert!(page.body.contains("Code zuschicken") && !page.body.contains("name=\"password\""), "{}", page.body);
        for nothing in ["", "00000000"] {
            assert_eq!(admin.post(CONFIRM, &[("mailed", nothing), ("password", "")]).await.status, 422, "nothing was mailed");
        }
        let asked = admin.post("/newsroom/confirm/code", &[("next", "/newsroom/users")]).await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert!(asked.body.contains("name=\"mailed\"") && field(&asked.body, "next") == "/newsroom/users");
        let first = mailed_code(&newsroom).await;
        // It ends, and a newer one takes its place.
        clock.advance(15 * MINUTE);
        assert_eq!(admin.post(CONFIRM, &[("mailed", &first)]).await.status, 422);
        admin.post("/newsroom/confirm/code", &[]).await;
        let second = mailed_code(&newsroom).await;
        assert_eq!(admin.post(CONFIRM, &[("mailed", &first)]).await.status, 422);
        // It is for this session only.
        let other = newsroom.desk(admin.user.clone()).await;
        assert_eq!(other.post(CONFIRM, &[("mailed", &second)]).await.status, 422);
        let spaced = format!("{} {}", &second[..4], &second[4..]);
        let right = admin.post(CONFIRM, &[("mailed", &spaced), ("next", "/newsroom/users")]).await;
        assert_eq!((right.status, right.header("location")), (303, Some("/newsroom/users")), "{}", right.body);
        let renewed = admin.renewed(&right);
        assert_eq!(renewed.get(CSV).await.status, 200);
        assert_eq!(renewed.post(CONFIRM, &[("mailed", &second)]).await.status, 422, "once");
        // Nobody's mailbox is flooded.
        let mut sent = 0;
        for _ in 0..10 {
            sent += usize::from(renewed.post("/newsroom/confirm/code", &[]).await.status == 200);
        }
        assert!(sent <= 2, "{sent}");
    }

    async fn tries_are_bounded_as_those_of_the_login(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = administrator(&newsroom, Some(PASSWORD)).await;
        newsroom.service.clock.advance(15 * MINUTE);
        for _ in 0..6 {
            assert!(admin.post(CONFIRM, &[("password", WRONG)]).await.body.contains("Das stimmt nicht"));
        }
        let waits = admin.post(CONFIRM, &[("password", PASSWORD)]).await;
        assert!(waits.body.contains("zu viele Versuche"), "{}", waits.body);
        let login = form([("email", "ada.admin@rathaus.example"), ("password", PASSWORD)]);
        let login = post(newsroom.service.at, "/newsroom/login", &["Sec-Fetch-Site: same-origin"], &login).await;
        assert!(login.body.contains("zu viele Fehlversuche"), "the same count: {}", login.body);
        newsroom.service.clock.advance(MINUTE);
        assert_eq!(admin.post(CONFIRM, &[("password", PASSWORD)]).await.status, 303, "nobody is locked out");
    }

    async fn the_second_factor_is_asked_for_too(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let mut admin = administrator(&newsroom, Some(PASSWORD)).await;
        let clock = newsroom.service.clock.clone();
        let (secret, _) = with_second_factor(&mut admin, clock.now()).await;
        clock.advance(15 * MINUTE);
        let code = secret.code(clock.now());
        assert_eq!(admin.post(CONFIRM, &[("password", PASSWORD)]).await.status, 422);
        // The wrong password uses up no code.
        assert_eq!(admin.post(CONFIRM, &[("password", WRONG), ("code", &code)]).await.status, 422);
        let right = admin.post(CONFIRM, &[("password", PASSWORD), ("code", &code)]).await;
        assert_eq!(right.status, 303, "{}", right.body);
        let line = newsroom.last_line("user.confirm").await.expect("a line");
        assert_eq!(line.1, "password, second factor");
    }

    /// Whoever has found an open session, or knows the password too, does not get the second factor.
    async fn a_second_factor_is_replaced_with_the_former_one(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let mut erika = administrator(&newsroom, Some(PASSWORD)).await;
        let clock = newsroom.service.clock.clone();
        let (former, codes) = with_second_factor(&mut erika, clock.now()).await;
        assert_eq!(subjects(&newsroom).await, ["Ihr zweiter Faktor wurde geändert"]);
        clock.advance(MINUTE);
        let other = newsroom.desk(erika.user.clone()).await;
        let page = erika.get(SECOND_FACTOR).await;
        assert!(page.body.contains("Code des bisherigen Geräts"), "{}", page.body);
        let (new, sealed) = (secret(&page.body), field(&page.body, "sealed"));
        let code = new.code(clock.now());
        for wrong in ["", "000000", PASSWORD, &code] {
            let fields = [("sealed", sealed.as_str()), ("code", &code), ("former", wrong)];
            let refused = erika.post(SECOND_FACTOR, &fields).await;
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(refused.body.contains("href=\"#former\"") && field(&refused.body, "sealed") == sealed, "{}", refused.body);
        }
        assert_eq!(other.get("/newsroom").await.status, 200);
        let fields = [("sealed", sealed.as_str()), ("code", &code), ("former", &former.code(clock.now()))];
        let done = erika.post(SECOND_FACTOR, &fields).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let renewed = erika.renewed(&done);
        assert_eq!(renewed.get("/newsroom").await.status, 200);
        assert_eq!(erika.get("/newsroom").await.status, 303, "the session has another token");
        assert_eq!(other.get("/newsroom").await.status, 303, "other sessions have ended");
        assert_eq!(subjects(&newsroom).await, ["Ihr zweiter Faktor wurde geändert"]);
        // Without the device: a recovery code, and only one of the new ones.
        let page = renewed.get(SECOND_FACTOR).await;
        let (newest, sealed) = (secret(&page.body), field(&page.body, "sealed"));
        let code = newest.code(clock.now());
        let replace = async |former: &str| {
            let fields = [("sealed", sealed.as_str()), ("code", &code), ("former", former)];
            renewed.post(SECOND_FACTOR, &fields).await.status
        };
        assert_eq!(replace(&codes[0]).await, 422);
        assert_eq!(replace(&codes_on(&done)[0]).await, 200);
    }

    async fn changing_a_second_factor_ends_other_sessions_and_is_told(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let mut erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let clock = newsroom.service.clock.clone();
        let (secret, _) = with_second_factor(&mut erika, clock.now()).await;
        subjects(&newsroom).await;
        for (path, status, said) in [("codes", 200, "neue Notfallcodes"), ("remove", 303, "Ihr zweiter Faktor entfernt")] {
            clock.advance(MINUTE);
            let other = newsroom.desk(erika.user.clone()).await;
            let path = format!("{SECOND_FACTOR}/{path}");
            let done = erika.post(&path, &[("code", &secret.code(clock.now()))]).await;
            assert_eq!(done.status, status, "{}", done.body);
            let renewed = erika.renewed(&done);
            assert_eq!(renewed.get("/newsroom").await.status, 200);
            assert_eq!(erika.get("/newsroom").await.status, 303, "the session has another token");
            assert_eq!(other.get("/newsroom").await.status, 303, "other sessions have ended");
            let mails = mails(&newsroom).await;
            let [(to, subject, text)] = mails.as_slice() else { panic!("{mails:?}") };
            assert!(to.contains("erika.beispiel@rathaus.example"), "{to}");
            assert_eq!(subject, "Ihr zweiter Faktor wurde geändert");
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(said) && text.contains("Alle anderen Sitzungen sind beendet."), "{text}");
            erika = renewed;
        }
    }

    /// Whoever finds an open session cannot lock its user out with a second factor of their own.
    async fn a_first_second_factor_needs_somebody_who_is_confirmed(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = administrator(&newsroom, Some(PASSWORD)).await;
        let page = admin.get(SECOND_FACTOR).await;
        let (secret, sealed) = (secret(&page.body), field(&page.body, "sealed"));
        newsroom.service.clock.advance(15 * MINUTE);
        is_asked_again(&admin.get(SECOND_FACTOR).await);
        let code = secret.code(newsroom.service.clock.now());
        let fields = [("sealed", sealed.as_str()), ("code", &code)];
        assert_eq!(admin.post(SECOND_FACTOR, &fields).await.status, 401);
    }
}
