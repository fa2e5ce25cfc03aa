//! One click, or a button: the subscription ends, whatever has happened since.

use std::collections::BTreeMap;

use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::domain::token::Purpose;
use rundbrief::store::{self, Db, issue::NewIssue};

use super::{Service, key_text, keyring};
use crate::harness::{Reply, form, get, post};
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

    /// Leaving is a right: it does not wait for the audit log, nor fail with it.
    async fn leaving_does_not_depend_on_the_audit_log(database: &Database) {
        let service = Service::start(database).await;
        let (reader, link) = reader(&service).await;
        service.execute("ALTER TABLE audit RENAME TO audit_elsewhere").await;
        assert!(is_plain_success(&post(service.at, &link, &[], ONE_CLICK).await));
        assert_eq!(service.running(reader).await, [(service.council.id, 0)]);
        assert_eq!(service.proof(reader).await.len(), 1);
        service.execute("ALTER TABLE audit_elsewhere RENAME TO audit").await;
        let Db::Postgres(pool) = &service.db else {
            return; // SQLite has one writer: nobody can hold the log alone.
        };
        let mut holder = pool.begin().await.expect("begin");
        sqlx::query("UPDATE audit_chain SET seq = seq").execute(&mut *holder).await.expect("held");
        let all = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, 0, reader));
        let begin = std::time::Instant::now();
        assert!(is_plain_success(&post(service.at, &all, &[], ONE_CLICK).await));
        assert!(begin.elapsed() < std::time::Duration::from_secs(10));
        assert!(service.running(reader).await.is_empty());
        holder.rollback().await.expect("rollback");
    }

    /// Everything that a reader does leaves its line, with the link they came by and no address; what
    /// changes nothing leaves none.
    async fn what_readers_do_is_in_the_audit_log(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let confirm = service.confirmation(7).await;
        let who = crate::store::address("erika@town.example");
        let row = store::subscriber::by_address(&mut service.db.read().await.expect("read"), &who).await;
        let erika = row.expect("read").expect("a subscriber").id;
        let change = format!("/preferences/{}", service.token(Purpose::Preferences, 0, erika));
        let leave = format!("/unsubscribe/{}", service.token(Purpose::Unsubscribe, 0, erika));
        let wish = form([("topic", "region.culture"), ("language", "nl")]);
        for _ in 0..2 {
            assert_eq!(post(service.at, &confirm, &[], "").await.status, 200);
            assert_eq!(post(service.at, &change, &[], &wish).await.status, 200);
        }
        for _ in 0..2 {
            assert_eq!(post(service.at, &leave, &[], ONE_CLICK).await.status, 200);
        }
        service.sign_up_for_climate("erika@town.example").await;
        let mut conn = service.db.read().await.expect("read");
        let lines = store::audit::lines_after(&mut conn, 0, 100).await.expect("lines");
        let told: Vec<_> = lines.iter().map(|line| {
            let entry = &line.entry;
            assert_eq!((entry.actor.as_str(), &entry.subject_id, &entry.actor_name), ("reader", &erika.to_string(), &erika.to_string()), "{entry:?}");
            assert!(!format!("{entry:?}").contains("town.example"), "{entry:?}");
            let (before, after) = (entry.before.as_deref(), entry.after.as_deref());
            (entry.action.as_str(), entry.entry_point.as_str(), before, after)
        }).collect();
        let asked = Some("confirmation: region: climate; de");
        assert_eq!(told, [
            ("subscription.request", "form", None, asked),
            ("subscription.confirm", "confirmation-link", None, Some("region: climate; de")),
            ("subscription.change", "preferences-link", Some("region: climate; de"), Some("region: culture; nl")),
            ("subscription.end", "one-click", Some("region"), None),
            ("subscription.request", "form", None, asked),
        ]);
        let verified = rundbrief::app::audit::verify(&mut conn, None).await.expect("read");
        assert_eq!((verified.lines, verified.broken), (5, None));
    }
}
