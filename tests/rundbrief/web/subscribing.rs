//! A citizen fills in the form.

use std::time::Duration;

use rundbrief::domain::address::Address;
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::NoticeKind;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store;

use super::{Service, key_text, keyring, visible};
use crate::harness::{Reply, form, get, post};
use crate::store::{DAY, address, subscribed, topics};

on_both_databases! {
    /// Everything the proof needs is written, and one mail waits.
    async fn what_was_asked_for_is_written_down(database: &Database) {
        let service = Service::start(database).await;
        let answer = service.sign_up(&[
            ("address", " Erika@Bürger.example"),
            ("topic", "region.culture"),
            ("newsletter", "council"),
            ("language", "fr"),
        ]).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/subscribe/sent")));
        let mut conn = service.db.read().await.expect("read");
        let who = address("Erika@bürger.example");
        let subscriber = store::subscriber::by_address(&mut conn, &who).await.expect("read").expect("one");
        assert_eq!((subscriber.state, subscriber.language), (SubscriberState::Pending, Language::Fr));
        assert_eq!(subscriber.address.as_ref().map(Address::as_str), Some("Erika@xn--brger-kva.example"));
        let mail = service.next_mail().await.expect("a mail waits");
        assert_eq!((mail.kind, mail.language), (NoticeKind::Confirmation, Language::Fr));
        let signup = store::signup::by_id(&mut conn, mail.signup.expect("a sign-up")).await.expect("read").expect("one");
        assert_eq!(signup.newsletters, [(service.region.id, topics(&[1])), (service.council.id, topics(&[]))]);
        assert_eq!(signup.expires_at.since(signup.requested_at), 7 * DAY);
        let proof = store::consent::of_subscriber(&mut conn, subscriber.id).await.expect("read");
        assert_eq!(proof.len(), 2, "one line per newsletter");
        let hash = proof[0].wording_hash.as_deref().expect("a wording");
        assert!(store::consent::wording(&mut conn, hash).await.expect("read").is_some());
        assert!(proof.iter().all(|line| line.page.as_deref() == Some("/subscribe") && line.at == signup.requested_at));
        assert!(service.running(subscriber.id).await.is_empty(), "nothing runs before it is confirmed");
    }

    /// Known, unknown, suppressed, over the limit, a robot: nobody can tell from the answer.
    async fn the_answer_gives_nothing_away(database: &Database) {
        let service = Service::start(database).await;
        subscribed(&service.db, service.region.id, "reader@town.example", Language::De, topics(&[0])).await;
        service.suppress(&service.keyring, "never@town.example").await;
        let new = visible(&service.sign_up_for_climate("new@town.example").await);
        assert_eq!(new.0, 303);
        for who in ["new@town.example", "NEW@Town.example", "new@town.example", "reader@town.example", "never@town.example"] {
            assert_eq!(visible(&service.sign_up_for_climate(who).await), new, "{who}");
        }
        let more = service.sign_up(&[("address", "reader@town.example"), ("newsletter", "council"), ("language", "de")]).await;
        assert_eq!(visible(&more), new);
        let robot = service.sign_up(&[("address", "not even an address"), ("website", "https://buy.example")]).await;
        assert_eq!(visible(&robot), new);
        let mut kinds = Vec::new();
        while let Some(mail) = service.next_mail().await {
            kinds.push(mail.kind);
        }
        let (confirm, have) = (NoticeKind::Confirmation, NoticeKind::AlreadySubscribed);
        assert_eq!(kinds, [confirm, confirm, confirm, have, confirm], "new three times, not four; reader twice");
        assert_eq!(service.rows().await["subscriber"], 2);
        let pages = [get(service.at, "/subscribe/sent", &[]).await, get(service.at, "/subscribe/sent", &[]).await];
        assert_eq!(visible(&pages[0]), visible(&pages[1]));
    }

    /// An address is suppressed under the key of that day; later keys do not let it in again.
    async fn suppression_outlives_its_key(database: &Database) {
        let service = Service::start(database).await;
        service.suppress(&service.keyring, "never@town.example").await;
        let later = service.another(|config| config.security.set_keyring(keyring(2, &[&key_text(1)]))).await;
        assert_eq!(later.sign_up_for_climate("never@town.example").await.status, 303);
        assert_eq!(later.rows().await["subscriber"], 0);
    }

    /// Whoever's address is typed again and again gets three mails a day, and no rows pile up.
    async fn an_address_is_mailed_so_often_a_day(database: &Database) {
        let service = Service::start(database).await;
        for _ in 0..5 {
            service.sign_up_for_climate("erika@town.example").await;
        }
        let rows = service.rows().await;
        assert_eq!((rows["outbox"], rows["signup"], rows["consent_event"]), (3, 3, 3));
        service.clock.advance(DAY + Duration::from_secs(1));
        service.sign_up_for_climate("erika@town.example").await;
        assert_eq!(service.rows().await["outbox"], 4);
    }

    /// The form comes back; nothing is written.
    async fn what_is_wrong_comes_back(database: &Database) {
        let service = Service::start(database).await;
        let before = service.rows().await;
        let long = format!("{}@town.example", "a".repeat(400));
        let good = ("address", "erika@town.example");
        let climate = ("topic", "region.climate");
        for fields in [
            vec![],
            vec![("address", ""), climate],
            vec![("address", "erika"), climate],
            vec![("address", &long), climate],
            vec![("address", "jürgen@town.example"), climate],
            vec![("address", "erika@town.example\r\nBcc: all@town.example"), climate],
            vec![("address", "<script>alert(1)</script>@town.example"), climate],
            vec![good],
            vec![good, ("newsletter", "region")],
            vec![good, ("newsletter", "other\r\nX: y"), climate],
            vec![good, ("topic", "region.unknown"), climate],
            vec![good, ("topic", "council.climate"), climate],
            vec![good, climate, ("language", "xx")],
            vec![good, climate, ("language", "de\r\nSet-Cookie: a=b")],
        ] {
            let answer = service.sign_up(&fields).await;
            assert_eq!(answer.status, 422, "{fields:?}");
            assert!(!answer.body.contains("<script>alert"), "{fields:?}");
            assert!(answer.header("set-cookie").is_none() && answer.header("x").is_none());
        }
        let twice = service.sign_up(&[good, ("address", "other@town.example"), climate]).await;
        assert_eq!(twice.status, 422);
        assert_eq!(service.rows().await, before);
    }

    /// Where the relay carries them.
    async fn international_addresses_are_accepted_where_configured(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.international_addresses = true;
        }).await;
        for who in ["jürgen@Bürger.example", "JU\u{308}RGEN@bürger.example"] {
            assert_eq!(service.sign_up_for_climate(who).await.status, 303);
            let mail = service.next_mail().await.expect("a mail waits");
            assert_eq!(mail.kind, NoticeKind::Confirmation);
        }
        assert_eq!(service.rows().await["subscriber"], 1, "one person, however it is typed");
        let wrong = service.sign_up_for_climate("j\u{202e}rgen@town.example").await;
        assert_eq!(wrong.status, 422, "nothing that hides or turns what is read");
    }

    /// No stamp, a foreign one, one of yesterday, or one of this very second.
    async fn forms_that_no_person_sent_come_back(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.fill_time = Duration::from_secs(2);
        }).await;
        let now = service.clock.now();
        let foreign = keyring(9, &[]).form_token(now.minus(Duration::from_secs(9)));
        let send = async |stamp: &str| {
            let fields = [("address", "erika@town.example"), ("topic", "region.climate"), ("form", stamp)];
            post(service.at, "/subscribe", &[], &form(fields)).await.status
        };
        let stamp = |age: Duration| service.keyring.form_token(now.minus(age));
        assert_eq!(send("").await, 422);
        assert_eq!(send(&foreign).await, 422);
        assert_eq!(send(&stamp(DAY + Duration::from_secs(1))).await, 422);
        assert_eq!(send(&stamp(Duration::from_secs(1))).await, 422);
        assert_eq!(service.rows().await["subscriber"], 0);
        assert_eq!(send(&stamp(Duration::from_secs(2))).await, 303);
    }

    /// Two requests at the same instant: one subscriber.
    async fn two_at_once_are_one_subscriber(database: &Database) {
        let service = Service::start(database).await;
        let (one, two) = tokio::join!(
            service.sign_up_for_climate("erika@town.example"),
            service.sign_up_for_climate("Erika@town.example"),
        );
        assert_eq!((one.status, two.status), (303, 303));
        assert_eq!(service.rows().await["subscriber"], 1);
    }

    /// Who sends it too often is told when to come back; another client is not kept out.
    async fn too_often_is_said_politely(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.requests_per_client = 2;
        }).await;
        let send = async |from: &str| submit(&service, from, &[]).await;
        assert_eq!((send("192.0.2.1").await.status, send("192.0.2.1").await.status), (303, 303));
        let refused = send("192.0.2.1").await;
        assert_eq!(refused.status, 429);
        assert!(refused.header("retry-after").is_some());
        assert_eq!(send("192.0.2.2").await.status, 303);
    }

    /// A home has 256 networks of 64 bits. It can neither close the form for others by filling it in
    /// well nor by sending rubbish.
    async fn one_home_cannot_close_the_form(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.requests_per_client = 2;
            config.subscribing.requests_in_all = 40;
        }).await;
        let homes = |net: u32| format!("2001:db8:0:ab{net:02x}::1");
        for net in 0..50 {
            let robot = submit(&service, &homes(net), &[("website", "https://buy.example")]).await;
            assert_eq!(robot.status, 303);
            let rubbish = submit(&service, &homes(net), &[("topic", "region.unknown")]).await;
            assert_eq!(rubbish.status, 422);
        }
        assert_eq!(submit(&service, "192.0.2.1", &[]).await.status, 303, "rubbish closes nothing");
        let mut accepted = 0;
        for net in 50..100 {
            let answer = submit(&service, &homes(net), &[]).await;
            assert!(matches!(answer.status, 303 | 429), "{}", answer.status);
            accepted += u32::from(answer.status == 303);
        }
        assert_eq!(accepted, 4, "a home may send twice what a client may");
        let same_site = submit(&service, "2001:db8:0:1::1", &[]).await;
        assert_eq!((same_site.status, submit(&service, "192.0.2.2", &[]).await.status), (303, 303));
    }

    /// When all together send more than the installation wants to mail, the form says so to each.
    async fn the_total_is_bounded(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.requests_in_all = 5;
        }).await;
        for net in 0..5 {
            assert_eq!(submit(&service, &format!("198.51.{net}.1"), &[]).await.status, 303);
        }
        let refused = submit(&service, "198.51.100.1", &[]).await;
        assert_eq!(refused.status, 503);
        assert!(refused.header("retry-after").is_some());
    }

    /// A clock that was ahead for a moment does not close the form until a restart.
    async fn a_clock_that_jumps_does_not_close_the_form(database: &Database) {
        let service = Service::start_with(database, |config| {
            config.subscribing.requests_in_all = 10;
        }).await;
        let today = service.clock.now();
        service.clock.set(today.plus(400 * DAY));
        for net in 0..3 {
            assert_eq!(submit(&service, &format!("192.0.{net}.1"), &[]).await.status, 303);
        }
        service.clock.set(today);
        assert_eq!(submit(&service, "192.0.0.1", &[]).await.status, 303, "the same client");
        assert_eq!(submit(&service, "192.0.9.1", &[]).await.status, 303, "another one");
    }
}

/// Sends a form with nothing wrong about it but what `more` adds, as if by a proxy from `from`. Each
/// goes to an address of its own, or the limit of one address would be met first.
async fn submit(service: &Service, from: &str, more: &[(&str, &str)]) -> Reply {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let who = format!(
        "reader-{}@town.example",
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let stamp = service.keyring.form_token(service.clock.now());
    let good = [
        ("address", who.as_str()),
        ("topic", "region.climate"),
        ("form", &stamp),
    ];
    let body = form(good.into_iter().chain(more.iter().copied()));
    post(
        service.at,
        "/subscribe",
        &[&format!("X-Forwarded-For: {from}")],
        &body,
    )
    .await
}
