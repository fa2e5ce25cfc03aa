//! The mails that answer a form, from the form to their links and back.

use rundbrief::config::RelayTarget;
use rundbrief::delivery::Transport;
use rundbrief::digest::MailContext;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::jobs::notices::{Did, Notices};
use rundbrief::store;

use super::{in_folder, parts, read};
use crate::harness::{get, post};
use crate::installation::config;
use crate::store::address;
use crate::web::Service;

const PUBLIC: &str = "https://news.musterstadt.example";

/// Sends the one notice that waits.
async fn notice(service: &Service) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config();
    config.relay.target = RelayTarget::File(folder.path().to_owned());
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    let notices = Notices::new(
        service.db.clone(),
        service.clock.clone(),
        MailContext::from_config(&config),
        service.keyring.clone(),
        transport,
        config.system_sender(),
    );
    let did = notices.send_due().await.expect("a step");
    assert_eq!(did, [Did::Sent]);
    let mut mails = in_folder(folder.path());
    assert_eq!(mails.len(), 1);
    mails.pop_first().expect("a mail").1
}

/// The paths of all links to a page.
fn links(part: &str, page: &str) -> Vec<String> {
    part.split(&format!("{PUBLIC}{page}"))
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| c.is_whitespace() || "\"<".contains(c));
            format!("{page}{}", &rest[..end.unwrap_or(rest.len())])
        })
        .collect()
}

fn assert_is_a_notice(mail: &[u8]) {
    let read = read(mail);
    for (name, value) in [
        ("To", "erika@town.example"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Content-Language", "de"),
        ("Date", "Mon, 4 Jan 2027 09:00:00 +0000"),
    ] {
        assert_eq!(read.header_raw(name).map(str::trim), Some(value));
    }
    for name in [
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Id",
        "Precedence",
    ] {
        assert!(read.header_raw(name).is_none(), "{name}");
    }
}

on_both_databases! {
    async fn the_links_of_notices_do_what_they_say(database: &Database) {
        let service = Service::start(database).await;
        service.sign_up_for_climate("erika@town.example").await;
        let mail = notice(&service).await;
        assert_is_a_notice(&mail);
        let mail = read(&mail);
        let [text, html] = parts(&mail);
        let confirm = links(text, "/confirm/");
        let [link] = confirm.as_slice() else { panic!("{confirm:?}") };
        let in_html = links(html, "/confirm/");
        assert!(in_html.len() >= 2 && in_html.iter().all(|other| other == link), "{in_html:?} {link}");
        // Seven days later, told on the clock of Berlin, in winter an hour ahead.
        for part in [text, html] {
            let words = part.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("11. Januar 2027, 10:00 Uhr"), "{words}");
            assert!(words.contains("4. Januar 2027, 10:00 Uhr"), "{words}");
            assert!(words.contains("Region aktuell") && words.contains("Klima"), "{words}");
        }
        assert_eq!(get(service.at, link, &[]).await.status, 200);
        assert_eq!(post(service.at, link, &[], "").await.status, 200);
        let mut conn = service.db.read().await.expect("read");
        let erika = store::subscriber::by_address(&mut conn, &address("erika@town.example")).await.expect("read").expect("one");
        drop(conn);
        assert_eq!(erika.state, SubscriberState::Active);
        assert_eq!(service.running(erika.id).await, [(service.region.id, 0b1)]);

        // The same form again: nothing changes, and the mail leads to the preferences.
        service.sign_up_for_climate("erika@town.example").await;
        let mail = notice(&service).await;
        assert_is_a_notice(&mail);
        let mail = read(&mail);
        let [text, html] = parts(&mail);
        let preferences = links(text, "/preferences/");
        let [link] = preferences.as_slice() else { panic!("{preferences:?}") };
        let in_html = links(html, "/preferences/");
        assert!(!in_html.is_empty() && in_html.iter().all(|other| other == link), "{in_html:?} {link}");
        assert!(links(text, "/confirm/").is_empty() && links(html, "/confirm/").is_empty());
        let page = get(service.at, link, &[]).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Klima") && page.body.contains("checked"), "{}", page.body);
        assert_eq!(service.running(erika.id).await, [(service.region.id, 0b1)]);
    }
}
