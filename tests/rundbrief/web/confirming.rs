//! Behind the link of the confirmation mail.

use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store;

use super::{Service, visible};
use crate::harness::{get, post};
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
}
