//! Topics and language, by the link in every mail.

use rundbrief::domain::language::Language;
use rundbrief::domain::token::Purpose;
use rundbrief::store;

use super::Service;
use crate::harness::{form, get, post};
use crate::store::{subscribed, topics};

async fn reader(service: &Service) -> (i64, String) {
    let reader = subscribed(
        &service.db,
        service.region.id,
        "erika@town.example",
        Language::De,
        topics(&[0]),
    )
    .await;
    let token = service.token(Purpose::Preferences, 0, reader);
    (reader, format!("/preferences/{token}"))
}

on_both_databases! {
    /// What is chosen is saved with its proof; the same again changes nothing.
    async fn topics_and_language_are_changed(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let page = get(service.at, &link, &[]).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("erika@town.example"), "the address is masked");
        let wish = form([("topic", "region.culture"), ("topic", "region.climate"), ("language", "nl")]);
        assert_eq!(post(service.at, &link, &[], &wish).await.status, 200);
        assert_eq!(service.running(reader).await, [(service.region.id, 0b11)]);
        let mut conn = service.db.read().await.expect("read");
        let subscriber = store::subscriber::by_id(&mut conn, reader).await.expect("read").expect("one");
        assert_eq!(subscriber.language, Language::Nl);
        let changed = |newsletter, topics| ("changed".to_owned(), "web".to_owned(), newsletter, topics);
        let proof = [changed(None, None), changed(Some(service.region.id), Some(0b11))];
        assert_eq!(service.proof(reader).await, proof);
        assert_eq!(post(service.at, &link, &[], &wish).await.status, 200);
        assert_eq!(service.proof(reader).await, proof);
    }

    /// No topic left, an unknown language, something no form sends: nothing is saved.
    async fn what_is_wrong_comes_back(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        for fields in [
            vec![],
            vec![("language", "en")],
            vec![("topic", "region.culture"), ("language", "xx")],
            vec![("topic", "region.culture\r\nX: y"), ("language", "en")],
            vec![("topic", "region.culture"), ("language", "en"), ("language", "fr")],
        ] {
            assert_eq!(post(service.at, &link, &[], &form(fields.clone())).await.status, 422, "{fields:?}");
        }
        assert_eq!(service.running(reader).await, [(service.region.id, 0b1)]);
        assert!(service.proof(reader).await.is_empty());
    }

    /// The page starts nothing: neither another newsletter nor one that was left.
    async fn it_starts_no_subscription(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let leave = service.token(Purpose::Unsubscribe, -service.region.id, reader);
        assert_eq!(post(service.at, &format!("/unsubscribe/{leave}"), &[], "").await.status, 200);
        assert!(service.running(reader).await.is_empty());
        assert_eq!(get(service.at, &link, &[]).await.status, 200);
        let wish = form([("topic", "region.culture"), ("language", "de")]);
        assert_eq!(post(service.at, &link, &[], &wish).await.status, 200);
        assert!(service.running(reader).await.is_empty());
    }

    /// Cut, of another purpose, of somebody erased.
    async fn other_tokens_open_nothing(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let leave = service.token(Purpose::Unsubscribe, 0, reader);
        let wish = form([("topic", "region.culture"), ("language", "en")]);
        for broken in [&link[..link.len() - 1], &format!("/preferences/{leave}"), "/preferences/%ff"] {
            assert_eq!(get(service.at, broken, &[]).await.status, 404, "{broken}");
            assert_eq!(post(service.at, broken, &[], &wish).await.status, 404, "{broken}");
        }
        assert_eq!(service.running(reader).await, [(service.region.id, 0b1)]);
        service.execute("UPDATE subscriber SET address = NULL, address_key = NULL, state = 'erased'").await;
        assert_eq!(get(service.at, &link, &[]).await.status, 404);
    }
}
