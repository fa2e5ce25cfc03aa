//! The demonstration: once without a visitor, and with one who subscribes, confirms in the mailbox
//! and gets the next issue.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use mail_parser::MessageParser;

use crate::harness::{Installation, Running, form, get, post};

/// A slot comes every minute; the rest is for a slow machine.
const NEXT_ISSUE_WITHIN: Duration = Duration::from_mins(2);
/// A confirmation mail waits for nothing.
const MAIL_WITHIN: Duration = Duration::from_secs(20);

/// The recipients of the mails in a folder, and how many each has.
fn recipients(folder: &Path) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for file in std::fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("a file").path();
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a mail");
        let mail = MessageParser::new().parse(&bytes).expect("a whole mail");
        assert!(
            mail.header("List-Unsubscribe-Post").is_some() || folder.ends_with("confirmations")
        );
        let to = mail.to().and_then(|to| to.first()).expect("a recipient");
        let to = to.address().expect("an address").to_owned();
        *count.entry(to).or_default() += 1;
    }
    count
}

#[test]
fn once_everybody_who_should_has_exactly_one_mail() {
    let installation = Installation::without_database();
    let summary = installation.run(["demo", "--once", "out", "--json"]).json();
    assert_eq!(summary["subscribers"], 24, "{summary}");
    assert_eq!(
        (&summary["sent"], &summary["skipped"]),
        (&21.into(), &1.into()),
        "{summary}"
    );
    assert_eq!(summary["entries"], 22, "{summary}");
    assert_eq!(summary["dir"], "out");

    let out = installation.folder().join("out");
    let issue = recipients(&out);
    assert_eq!(issue.len(), 21);
    assert!(issue.values().all(|mails| *mails == 1), "{issue:?}");
    assert!(
        issue.contains_key("nora@xn--bcherstube-9db.example")
            || issue.keys().any(|to| to.contains("@xn--"))
    );
    for without in [
        "josef.zillgens@leser.example",      // finds nothing
        "lea.schnorrenberg@leserin.example", // never confirmed
        "m.thewissen@leser.example",         // left
    ] {
        assert!(!issue.contains_key(without), "{without}");
    }
    let asked = recipients(&out.join("confirmations"));
    assert_eq!(asked.len(), 24);

    let refusal = installation.run(["demo", "--once", "out"]).refusal();
    assert!(refusal.contains("not empty"), "{refusal}");
}

/// What a visitor sees of the mailbox: addresses of mails to `to`, newest first.
async fn mails_to(server: SocketAddr, to: &str) -> Vec<String> {
    let list = get(server, "/mailbox?lang=de", &[]).await;
    assert_eq!(list.status, 200);
    list.body
        .split("<li>")
        .filter(|line| line.contains(to))
        .filter_map(|line| {
            let path = line.split("href=\"").nth(1)?.split(['"', '?']).next()?;
            Some(path.to_owned())
        })
        .collect()
}

async fn wait_for_mails(
    server: SocketAddr,
    to: &str,
    count: usize,
    within: Duration,
) -> Vec<String> {
    let begin = Instant::now();
    loop {
        let mails = mails_to(server, to).await;
        if mails.len() >= count {
            return mails;
        }
        assert!(
            begin.elapsed() < within,
            "{} of {count} mails to {to}",
            mails.len()
        );
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

fn field(page: &str, name: &str) -> String {
    let marked = format!("name=\"{name}\"");
    let tag = page
        .split('<')
        .find(|tag| tag.contains(&marked))
        .expect("the field is there");
    let value = tag.split("value=\"").nth(1).expect("it has a value");
    value.split('"').next().expect("it ends").to_owned()
}

/// Subscribes with one topic and presses the button behind the link in the mailbox.
async fn subscribe(server: SocketAddr, address: &str, topic: &str) {
    let page = get(server, "/subscribe?lang=de", &[]).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("/mailbox"),
        "the page leads to the mailbox"
    );
    let stamp = field(&page.body, "form");
    let newsletter = topic.split('.').next().expect("a newsletter");
    let fields = form([
        ("address", address),
        ("language", "de"),
        ("newsletter", newsletter),
        ("topic", topic),
        ("form", &stamp),
    ]);
    let sent = post(server, "/subscribe?lang=de", &[], &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let mail = wait_for_mails(server, address, 1, MAIL_WITHIN)
        .await
        .remove(0);
    let text = get(server, &format!("{mail}/text"), &[]).await.body;
    let at = text.find("/confirm/").expect("a link");
    let link: String = text[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c))
        .collect();
    assert_eq!(post(server, &link, &[], "").await.status, 200);
}

fn start(installation: &Installation) -> (Running, SocketAddr) {
    let mut demo = installation.start(["demo", "--listen", "127.0.0.1:0"]);
    let line = demo.line();
    let address = line
        .strip_prefix("Rundbrief demo: http://")
        .and_then(|rest| rest.strip_suffix('/'))
        .expect("the first line says where");
    let address = address.parse().expect("an address with a port");
    (demo, address)
}

#[tokio::test]
async fn a_visitor_subscribes_confirms_and_gets_the_next_issue() {
    let installation = Installation::without_database();
    let (demo, server) = start(&installation);
    assert_eq!(get(server, "/", &[]).await.status, 303);
    // The issue of a week ago is there, and no mail that asked the sample readers to confirm.
    let before = get(server, "/mailbox", &[]).await.body;
    assert!(before.contains("olivia.hartwell@reader.example"));
    assert_eq!(
        mails_to(server, "lea.schnorrenberg@leserin.example")
            .await
            .len(),
        0
    );

    // One who comes early, and one who comes when the waiting issue has gone out.
    for (address, topic) in [
        ("frueh@besuch.example", "region.health"),
        ("spaet@besuch.example", "calendar.euregio"),
    ] {
        subscribe(server, address, topic).await;
        let mails = wait_for_mails(server, address, 2, NEXT_ISSUE_WITHIN).await;
        let frame = get(server, &format!("{}/html", mails[0]), &[]).await;
        let policy = frame.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("sandbox"),
            "{policy}"
        );
        assert!(frame.body.contains("/unsubscribe/"), "an issue");
        let source = get(server, &format!("{}/source", mails[0]), &[]).await;
        assert!(source.body.contains("List-Unsubscribe-Post"));
    }
    assert_eq!(
        get(server, "/mailbox/..%2Frundbrief.db", &[]).await.status,
        404
    );

    let (code, log, _) = demo.terminate(Duration::from_secs(30));
    assert_eq!(code, Some(0), "{log}");
}
