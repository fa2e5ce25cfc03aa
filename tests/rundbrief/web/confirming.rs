//! Behind the link of the confirmation mail.

use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store;

use super::{Service, visible};
use crate::harness::{form, get, post};
use crate::store::{DAY, address};

async fn row(service: &Service, who: &str) -> i64 {
    let mut conn = service.db.read().await.expect("read");
    let row = store::subscriber::by_address(&mut conn, &address(who)).await;
    row.expect("read").expect("a subscriber").id
}

on_both_databases! {
    /// The page changes nothing, the button starts exactly what was asked for, once.
    async fn the_button_confirms_once(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up(&[("address", "erika@town.example"), ("topic", "region.culture"), ("language", "nl")]).await;
        let link = service.confirmation(7).await;
        let erika = row(&service, "erika@town.example").await;
        for _ in 0..3 {
            let page = get(service.at, &link, &[]).await;
            assert_eq!(page.status, 200);
            assert!(!page.body.contains("erika@town.example"), "the address is masked");
        }
        assert_eq!(service.state_of(erika).await, SubscriberState::Pending);
        assert_eq!(post(service.at, &link, &[], "").await.status, 200);
        assert_eq!(service.running(erika).await, [(service.region.id, 0b10)]);
        assert_eq!(service.state_of(erika).await, SubscriberState::Active);
        let mut conn = service.db.read().await.expect("read");
        let subscriber = store::subscriber::by_id(&mut conn, erika).await.expect("read").expect("one");
        assert_eq!(subscriber.language, Language::Nl);
        let proof = service.proof(erika).await;
        assert_eq!(proof.iter().map(|line| line.0.as_str()).collect::<Vec<_>>(), ["requested", "confirmed"]);
        let again = post(service.at, &link, &[], "").await;
        assert_eq!(again.status, 200);
        assert!(!again.body.contains("/preferences/"), "a used link opens nothing more");
        assert_eq!(get(service.at, &link, &[]).await.status, 200);
        assert_eq!(service.proof(erika).await, proof);
    }

    /// An impatient finger: two presses at the same instant are one consent.
    async fn two_presses_are_one_consent(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let link = service.confirmation(7).await;
        let press = || post(service.at, &link, &[], "");
        let (one, two, three) = tokio::join!(press(), press(), press());
        assert_eq!((one.status, two.status, three.status), (200, 200, 200));
        let proof = service.proof(row(&service, "erika@town.example").await).await;
        assert_eq!(proof.iter().filter(|line| line.0 == "confirmed").count(), 1);
    }

    /// Pressing it again after leaving does not bring anything back.
    async fn a_used_link_does_not_subscribe_again(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let link = service.confirmation(7).await;
        post(service.at, &link, &[], "").await;
        let erika = row(&service, "erika@town.example").await;
        let leave = service.token(rundbrief::domain::token::Purpose::Unsubscribe, 0, erika);
        post(service.at, &format!("/unsubscribe/{leave}"), &[], "").await;
        assert_eq!(post(service.at, &link, &[], "").await.status, 200);
        assert!(service.running(erika).await.is_empty());
    }

    /// Too late, cut, changed, invented, suppressed meanwhile.
    async fn links_that_do_not_work_say_so(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let link = service.confirmation(7).await;
        let erika = row(&service, "erika@town.example").await;
        let cut = link[..link.len() - 1].to_owned();
        let invented = format!("/confirm/{}", "A".repeat(43));
        for broken in [cut.as_str(), &invented, "/confirm/%ff", "/confirm/x%0d%0aSet-Cookie:%20a", "/confirm/%3Cscript%3E"] {
            assert_eq!(get(service.at, broken, &[]).await.status, 404, "{broken}");
            assert_eq!(post(service.at, broken, &[], "").await.status, 404, "{broken}");
        }
        let unknown = visible(&post(service.at, &invented, &[], "").await);
        service.clock.advance(7 * DAY);
        assert_eq!(get(service.at, &link, &[]).await.status, 410);
        assert_eq!(post(service.at, &link, &[], "").await.status, 410);
        service.suppress(&service.keyring, "erika@town.example").await;
        assert_eq!(visible(&post(service.at, &link, &[], "").await), unknown);
        assert_eq!(service.state_of(erika).await, SubscriberState::Pending);
        assert!(service.running(erika).await.is_empty());
    }

    /// Who signs up a second time cannot know what that does to the first choice: the page shows
    /// both, and pressing the button without deciding loses nothing.
    async fn a_second_sign_up_loses_nothing(database: &Database) {
        let service = Service::start(database).await;
        let (erika, link) = second_sign_up(&service).await;
        let page = get(service.at, &link, &["Accept-Language: de"]).await;
        assert_eq!(page.status, 200);
        for shown in ["Klima, Kultur", ">Kultur<", ">Klima<", "(wie bisher)", "(neu gewählt)"] {
            assert!(page.body.contains(shown), "{shown}");
        }
        for (field, value) in [("topics.region", "both"), ("language", "present")] {
            let chosen = format!("name=\"{field}\" value=\"{value}\" checked");
            assert!(page.body.contains(&chosen), "{chosen}");
        }
        assert_eq!(page.body.matches(" checked").count(), 2);
        let confirmed = post(service.at, &link, &["Accept-Language: de"], "").await;
        assert_eq!(confirmed.status, 200);
        assert!(confirmed.body.contains("Klima, Kultur"), "it says what comes from now on");
        let (region, council) = (service.region.id, service.council.id);
        assert_eq!(service.running(erika).await, [(region, 0b11), (council, 0)]);
        assert_eq!(language_of(&service, erika).await, Language::De);
        let proof = service.proof(erika).await;
        let last = proof.iter().rev().find(|line| line.0 == "confirmed" && line.2 == Some(region));
        assert_eq!(last.and_then(|line| line.3), Some(0b11), "the proof names what was decided");
    }

    /// The reader may as well keep the one or the other.
    async fn the_reader_decides(database: &Database) {
        let service = Service::start(database).await;
        for (number, (decision, topics, language)) in (1..).zip([
            ([("topics.region", "asked"), ("language", "asked")], 0b10, Language::Fr),
            ([("topics.region", "present"), ("language", "present")], 0b01, Language::De),
            ([("topics.region", "both"), ("language", "asked")], 0b11, Language::Fr),
        ]) {
            let who = format!("reader-{number}@town.example");
            let (reader, link) = second_sign_up_of(&service, &who, number * 10).await;
            assert_eq!(post(service.at, &link, &[], &form(decision)).await.status, 200);
            assert_eq!(service.running(reader).await[0], (service.region.id, topics), "{decision:?}");
            assert_eq!(language_of(&service, reader).await, language, "{decision:?}");
        }
    }

    /// An answer that the page does not offer starts nothing, and the link still works.
    async fn a_decision_that_is_none_changes_nothing(database: &Database) {
        let service = Service::start(database).await;
        let (erika, link) = second_sign_up(&service).await;
        for wrong in [
            vec![("topics.region", "all")],
            vec![("topics.region", "both"), ("topics.region", "asked")],
            vec![("language", "fr")],
        ] {
            assert_eq!(post(service.at, &link, &[], &form(wrong.clone())).await.status, 422, "{wrong:?}");
        }
        assert_eq!(service.running(erika).await, [(service.region.id, 0b01)]);
        assert_eq!(post(service.at, &link, &[], "").await.status, 200);
    }

    /// There is no question where nothing would be lost: a first sign-up, or one that asks for all
    /// that runs and more.
    async fn nobody_is_asked_without_need(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let first = service.confirmation(7).await;
        assert!(!get(service.at, &first, &[]).await.body.contains("type=\"radio\""));
        assert_eq!(post(service.at, &first, &[], "").await.status, 200);
        let more = [("topic", "region.climate"), ("topic", "region.culture"), ("language", "de")];
        service.sign_up(&[[("address", "erika@town.example")].as_slice(), &more].concat()).await;
        let second = service.confirmation(8).await;
        assert!(!get(service.at, &second, &[]).await.body.contains("type=\"radio\""));
        assert_eq!(post(service.at, &second, &[], "").await.status, 200);
        let erika = row(&service, "erika@town.example").await;
        assert_eq!(service.running(erika).await, [(service.region.id, 0b11)]);
    }
}

async fn second_sign_up(service: &Service) -> (i64, String) {
    second_sign_up_of(service, "erika@town.example", 7).await
}

/// Somebody has `region` with `climate` in German, and signs up for `region` with `culture` and for
/// `council` in French. Their row, and the link in the second mail.
async fn second_sign_up_of(service: &Service, who: &str, entropy: u8) -> (i64, String) {
    service.sign_up_for_climate(who).await;
    let link = service.confirmation(entropy).await;
    assert_eq!(post(service.at, &link, &[], "").await.status, 200);
    let again = [
        ("address", who),
        ("topic", "region.culture"),
        ("newsletter", "council"),
        ("language", "fr"),
    ];
    service.sign_up(&again).await;
    (
        row(service, who).await,
        service.confirmation(entropy + 1).await,
    )
}

async fn language_of(service: &Service, subscriber: i64) -> Language {
    let mut conn = service.db.read().await.expect("read");
    let row = store::subscriber::by_id(&mut conn, subscriber).await;
    row.expect("read").expect("a subscriber").language
}
