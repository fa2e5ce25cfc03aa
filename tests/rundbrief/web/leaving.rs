//! One click, or a button: the subscription ends, whatever has happened since.

use std::collections::BTreeMap;

use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::domain::token::Purpose;
use rundbrief::store::{self, issue::NewIssue};

use super::{Service, key_text, keyring};
use crate::harness::{Reply, get, post};
use crate::store::{monday, subscribed, topics};

const ONE_CLICK: &str = "List-Unsubscribe=One-Click";
const MULTIPART: &str = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
const MULTIPART_TYPE: &str = "Content-Type: multipart/form-data; boundary=x";

async fn issue_of(service: &Service, newsletter: i64) -> i64 {
    let new = NewIssue {
        newsletter,
        slot: None,
        send_at: None,
        state: IssueState::Draft,
        reason: None,
        window_from: None,
        entries: Vec::new(),
        texts: BTreeMap::new(),
    };
    let mut tx = service.db.begin().await.expect("begin");
    let issue = store::issue::add(&mut tx, &new, monday())
        .await
        .expect("add")
        .expect("an issue");
    tx.commit().await.expect("commit");
    issue.id
}

/// A reader of both newsletters, and the link in an issue of `region`.
async fn reader(service: &Service) -> (i64, String) {
    let reader = subscribed(
        &service.db,
        service.region.id,
        "erika@town.example",
        Language::De,
        topics(&[0]),
    )
    .await;
    subscribed(
        &service.db,
        service.council.id,
        "erika@town.example",
        Language::De,
        topics(&[]),
    )
    .await;
    let issue = issue_of(service, service.region.id).await;
    let token = service.token(Purpose::Unsubscribe, issue, reader);
    (reader, format!("/unsubscribe/{token}"))
}

fn is_plain_success(answer: &Reply) -> bool {
    answer.status == 200
        && answer.header("location").is_none()
        && answer.header("set-cookie").is_none()
        && answer
            .header("content-type")
            .is_some_and(|it| it.starts_with("text/plain"))
}

on_both_databases! {
    /// RFC 8058, in both encodings, any number of times; the other newsletter still comes.
    async fn one_click_ends_one_newsletter(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        assert!(is_plain_success(&post(service.at, &link, &[MULTIPART_TYPE], MULTIPART).await));
        assert_eq!(service.running(reader).await, [(service.council.id, 0)]);
        assert!(is_plain_success(&post(service.at, &link, &[], ONE_CLICK).await));
        let ended = ("unsubscribed".to_owned(), "one-click".to_owned(), Some(service.region.id), None);
        assert_eq!(service.proof(reader).await, [ended]);
        assert_eq!(service.state_of(reader).await, SubscriberState::Active);
    }

    /// The page asks, shows no address and no way to the reader's data; the button ends it.
    async fn people_press_a_button(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let page = get(service.at, &link, &[]).await;
        assert_eq!(page.status, 200);
        assert!(!page.body.contains("erika@town.example") && !page.body.contains("/preferences/"));
        assert_eq!(service.running(reader).await.len(), 2);
        let answer = post(service.at, &link, &[], "").await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").is_some_and(|it| it.starts_with("text/html")));
        assert_eq!(service.running(reader).await, [(service.council.id, 0)]);
        assert_eq!(service.proof(reader).await[0].1, "web");
    }

    /// A link that belongs to no issue ends everything; leaving the last one shows in the state.
    async fn a_link_of_a_notice_ends_everything(database: &Database) {
        let service = Service::start(database).await;
        let (reader, _) = reader(&service).await;
        let token = service.token(Purpose::Unsubscribe, 0, reader);
        assert!(is_plain_success(&post(service.at, &format!("/unsubscribe/{token}"), &[], ONE_CLICK).await));
        assert!(service.running(reader).await.is_empty());
        assert_eq!(service.state_of(reader).await, SubscriberState::Unsubscribed);
    }

    /// Both newsletters at the same instant: nobody is left active with nothing running.
    async fn leaving_twice_at_once_is_seen(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let issue = issue_of(&service, service.council.id).await;
        let other = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, issue, reader));
        tokio::join!(post(service.at, &link, &[], ONE_CLICK), post(service.at, &other, &[], ONE_CLICK));
        assert_eq!(service.state_of(reader).await, SubscriberState::Unsubscribed);
        assert_eq!(service.proof(reader).await.len(), 2);
    }

    /// Erased, never there, unsubscribed long ago: the same success.
    async fn addresses_long_gone_are_no_error(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        service.execute("UPDATE subscriber SET address = NULL, address_key = NULL, state = 'erased'").await;
        let missing = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, 99, reader + 99));
        for link in [&link, &missing] {
            assert_eq!(get(service.at, link, &[]).await.status, 200);
            assert!(is_plain_success(&post(service.at, link, &[], ONE_CLICK).await));
            assert_eq!(post(service.at, link, &[], "").await.status, 200);
        }
        assert_eq!(service.state_of(reader).await, SubscriberState::Erased);
    }

    /// A new key does not end the links of the old one.
    async fn links_outlive_a_change_of_keys(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let later = service.another(|config| {
            config.security.set_keyring(keyring(2, &[&key_text(1)]));
        }).await;
        assert!(is_plain_success(&post(later.at, &link, &[], ONE_CLICK).await));
        assert_eq!(service.running(reader).await, [(service.council.id, 0)]);
    }

    /// Cut, changed, of another purpose, of another installation: 404, and nothing ends.
    async fn other_tokens_end_nothing(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        let token = link.rsplit('/').next().expect("a token");
        let changed = if token.starts_with('B') { "C" } else { "B" }.to_owned() + &token[1..];
        let key = rundbrief::domain::delivery::DeliveryKey { issue: 1, subscriber: reader };
        let foreign = keyring(7, &[]).issue_token(Purpose::Unsubscribe, key);
        let purpose = service.token(Purpose::Preferences, 1, reader);
        for broken in [&token[1..], &changed, &foreign, &purpose, "x", "%00", "%ff"] {
            let link = format!("/unsubscribe/{broken}");
            assert_eq!(get(service.at, &link, &[]).await.status, 404, "{broken}");
            assert_eq!(post(service.at, &link, &[], "").await.status, 404, "{broken}");
            let click = post(service.at, &link, &[], ONE_CLICK).await;
            assert_eq!(click.status, 404, "{broken}");
            assert!(click.header("content-type").is_some_and(|it| it.starts_with("text/plain")));
        }
        assert_eq!(service.running(reader).await.len(), 2);
    }
}
