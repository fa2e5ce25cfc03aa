//! Signatures as receivers see them: dkimpy (`tests/mail/check_dkim.py`) reads the mails as sent
//! over SMTP and the records that `rundbrief dkim` prints, nothing else.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rundbrief::clock::Clock;
use rundbrief::config::{Config, RelayTarget};
use rundbrief::delivery::signing::{self, DnsRecord, Keychain, Signer};
use rundbrief::delivery::{Envelope, Transport};
use rundbrief::digest::MailContext;
use rundbrief::digest::mime::Notice;
use rundbrief::domain::address::Address;
use rundbrief::domain::dkim::Algorithm;
use rundbrief::domain::language::Language;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::jobs::notices::{Did, Notices};
use rundbrief::store::dkim_key::{self, NewKey};
use serde_json::{Value, json};
use templates::mails::Mail;

use super::Town;
use crate::harness::{Installation, SmtpSink, python};
use crate::installation::{at, config};
use crate::store::{address, monday, open};
use crate::web::{Service, key_text, keyring};

/// Verifies every mail in a folder with dkimpy. `Ok` has their number, `Err` the problems.
fn checked(mails: &Path, records: &Value, signatures: usize) -> Result<usize, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.json");
    std::fs::write(&file, records.to_string()).expect("it can be written");
    let done = Command::new(python())
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/mail/check_dkim.py"
        ))
        .args([mails, &file])
        .args(["--signatures", &signatures.to_string()])
        .output()
        .expect("Python runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    if done.status.success() {
        Ok(said.trim().parse().expect("the number of mails"))
    } else {
        Err(said + &String::from_utf8_lossy(&done.stderr))
    }
}

/// Verifiers refuse signatures from the future, and do not use our test clock.
fn past() -> Timestamp {
    at("2026-11-02T09:00:00Z")
}

/// Both keys of a domain, as stored, and their records as `dkim records --json` prints them.
fn pair(domain: &str) -> (Vec<NewKey>, Value) {
    let keys: Vec<_> = Algorithm::ALL
        .iter()
        .map(|one| {
            let selector = format!("test{}", one.letter());
            signing::new_key(&keyring(1, &[]), domain, selector, *one).expect("a key")
        })
        .collect();
    let records = keys.iter().map(|key| {
        let record = DnsRecord::new(&key.selector, domain, key.algorithm, &key.public_key);
        json!({ "key": key.selector, "record": { "name": record.name, "strings": record.strings() } })
    });
    let records = records.collect();
    (keys, records)
}

async fn keep(db: &rundbrief::store::Db, keys: &[NewKey]) {
    let mut tx = db.begin().await.expect("begin");
    for key in keys {
        dkim_key::add(&mut tx, key, monday()).await.expect("add");
    }
    tx.commit().await.expect("commit");
}

async fn activate_all(db: &rundbrief::store::Db) {
    let mut tx = db.begin().await.expect("begin");
    for key in dkim_key::list(&mut tx).await.expect("list") {
        assert!(
            dkim_key::activate(&mut tx, key.id, monday())
                .await
                .expect("activate")
        );
        assert!(
            !dkim_key::activate(&mut tx, key.id, monday())
                .await
                .expect("again")
        );
    }
    tx.commit().await.expect("commit");
}

/// The keys of a domain, ready to sign without a database.
fn signer(keys: &[NewKey]) -> Signer {
    let open = |key: &NewKey| {
        let kept = dkim_key::DkimKey {
            id: 1,
            domain: key.domain.clone(),
            selector: key.selector.clone(),
            algorithm: key.algorithm,
            state: rundbrief::domain::dkim::KeyState::Active,
            public_key: key.public_key.clone(),
            sealed: Some(key.sealed.clone()),
            created_at: monday(),
            activated_at: Some(monday()),
            retired_at: None,
        };
        signing::open(&keyring(1, &[]), &kept).expect("it opens")
    };
    Signer::new(keys.iter().map(open).collect())
}

fn transport(config: &Config, sink: &SmtpSink) -> Transport {
    let mut config = config.clone();
    config.relay.target = RelayTarget::parse(&sink.url()).expect("a relay");
    Transport::new(&config.relay, "news.musterstadt.example").expect("a relay")
}

on_both_databases! {
    /// In every language, text and HTML; and a repeat is the same mail, signatures and all.
    async fn every_mail_of_an_issue_is_signed_twice(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 12, "resend").await;
        let made = town.installation.run(["dkim", "new", "karlsruhe.example", "--json"]).json();
        let names: Vec<_> = made.as_array().expect("two").iter().map(|key| key["key"].as_str().expect("a name")).collect();
        town.installation.run(["dkim", "activate", names[0], names[1]]).success();
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["deliveries"]["sent"], 12, "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0);
        let languages: std::collections::BTreeSet<_> = town.readers.iter().map(|reader| reader.language).collect();
        assert_eq!(languages.len(), Language::ALL.len());
        let records = town.installation.run(["dkim", "records", "karlsruhe.example", "--json"]).json();
        assert_eq!(checked(sink.folder(), &records, 2), Ok(12));
        // The check can fail: nothing verifies with the records of other keys.
        let (_, other) = pair("karlsruhe.example");
        let wrong = checked(sink.folder(), &other, 2).expect_err("other keys");
        assert!(wrong.contains("rsa-sha256 does not verify") && wrong.contains("ed25519-sha256 does not verify"), "{wrong}");
    }

    /// An activated key signs within a minute, without a restart.
    async fn notices_are_signed_once_there_are_keys(database: &Database) {
        let service = Service::start(database).await;
        let (keys, records) = pair("musterstadt.example");
        keep(&service.db, &keys).await;
        let config = config();
        let clock = Clock::set_at(past());
        service.clock.set(past());
        let keychain = Keychain::new(service.db.clone(), clock.clone(), service.keyring.clone());
        let notices = |sink: &SmtpSink| Notices::new(
            service.db.clone(),
            clock.clone(),
            MailContext::from_config(&config),
            service.keyring.clone(),
            transport(&config, sink),
            config.system_sender(),
        ).signing(keychain.clone());
        for (who, signatures) in [("anna", 0), ("bert", 0), ("cora", 2)] {
            let sink = SmtpSink::start();
            service.sign_up_for_climate(&format!("{who}@town.example")).await;
            let did = notices(&sink).send_due().await.expect("a step");
            assert_eq!(did, [Did::Sent]);
            assert_eq!(checked(sink.folder(), &records, signatures), Ok(1), "{who}");
            if who == "anna" {
                activate_all(&service.db).await;
            } else {
                clock.advance(Duration::from_secs(61));
            }
        }
    }

    /// The life of keys by command: first keys, rotation, retirement.
    async fn the_life_of_keys(database: &Database) {
        let sink = SmtpSink::start();
        let installation = Installation::new(database)
            .with("security.key", key_text(1))
            .with("organisation.name", "Region Maas")
            .with("organisation.email", "post@news.region.example")
            .with("relay.url", sink.url());
        let mail_test = |installation: &Installation| installation.run(["mail", "test", "erika@leser.example", "--json"]).json()["signed_by"].clone();
        let names = |keys: &Value| -> Vec<String> {
            keys.as_array().expect("keys").iter().map(|key| key["key"].as_str().expect("a name").to_owned()).collect()
        };
        let signing = |installation: &Installation| {
            let all = installation.run(["dkim", "list", "--json"]).json();
            let mut signing: Vec<_> = all.as_array().expect("keys").iter().filter(|key| key["signs"] == true).cloned().collect();
            signing.sort_by_key(|key| key["algorithm"] == "ed25519-sha256");
            names(&Value::Array(signing))
        };
        assert!(installation.run(["dkim", "list"]).success().contains("mails are sent unsigned"));
        assert_eq!(mail_test(&installation), json!([]));

        // The organisation's domain signs for its subdomains.
        let first = names(&installation.run(["dkim", "new", "Region.example", "--json"]).json());
        assert!(first.iter().all(|name| name.starts_with("region.example/rb20")), "{first:?}");
        let words = installation.run(["dkim", "records"]).success();
        assert!(words.contains("in a zone file: rb") && words.contains("v=DKIM1; k=ed25519; p="), "{words}");
        assert_eq!(mail_test(&installation), json!([]), "prepared is not active");
        assert!(installation.run(["dkim", "new", "region.example"]).refusal().contains("dkim rotate region.example"));
        assert!(installation.run(["dkim", "activate", &first[1]]).refusal().contains("activate the RSA key"));
        assert!(installation.run(["dkim", "activate", "region.example/none"]).refusal().contains(&first[0]));
        assert_eq!(signing(&installation), [""; 0], "a refusal changes nothing");
        installation.run(["dkim", "activate", &first[0], &first[1]]).success();
        assert_eq!(mail_test(&installation), json!(first));

        let told = installation.run(["dkim", "rotate", "region.example"]).success();
        assert!(told.contains("seven days more") && told.contains(&format!("rundbrief dkim retire {}", first[0])), "{told}");
        assert_eq!(signing(&installation), first, "the new ones are only prepared");
        assert!(installation.run(["dkim", "rotate", "region.example"]).refusal().contains("not activated yet"));
        let all = names(&installation.run(["dkim", "list", "--json"]).json());
        let mut second: Vec<_> = all.iter().filter(|name| !first.contains(name)).cloned().collect();
        second.sort_by_key(|name| name.contains('e') && name.ends_with("e2"));
        let told = installation.run(["dkim", "activate", &second[0], &second[1]]).success();
        assert!(told.contains(&format!("{} signs no longer", first[0])), "{told}");
        assert_eq!(signing(&installation), second);

        // Rolled back, as long as the former key exists.
        let told = installation.run(["dkim", "retire", &second[0]]).success();
        assert!(told.contains(&format!("{} signs again", first[0])), "{told}");
        assert_eq!(signing(&installation), [first[0].clone(), second[1].clone()]);
        let records = installation.run(["dkim", "records", "--json"]).json();
        assert!(!names(&records).contains(&second[0]), "its record is not needed any more");
        let alone = installation.run(["dkim", "retire", &first[0]]).refusal();
        assert!(alone.contains("no RSA signature") && alone.contains("--unsigned"), "{alone}");
        assert!(installation.run(["dkim", "activate", &second[0]]).refusal().contains("retired"));

        // Another security.key: the former one still opens the keys, and is named if it is missing.
        let both = installation.with("security.key", key_text(2)).with("security.old_keys", key_text(1));
        assert_eq!(mail_test(&both), json!([first[0], second[1]]));
        let lost = both.with("security.old_keys", "");
        let refused = lost.run(["mail", "test", "erika@leser.example"]).refusal();
        assert!(refused.contains("security.old_keys") && refused.contains(&first[0]), "{refused}");
        assert!(lost.run(["dkim", "list"]).success().contains("cannot be read"));
    }

    /// The database alone, or a backup of it, is not enough to sign.
    async fn private_keys_are_stored_sealed(database: &Database) {
        let db = open(database).await;
        let (keys, _) = pair("region.example");
        keep(&db, &keys).await;
        let mut kept = dkim_key::list(&mut db.read().await.expect("read")).await.expect("list");
        let wrong = rundbrief::domain::token::Keyring::parse(&key_text(1).replace("1:", "1:AAAA"), &[] as &[&str]).expect("a key");
        for key in &kept {
            assert!(signing::open(&keyring(1, &[]), key).is_ok());
            assert!(signing::open(&wrong, key).is_err());
        }
        // Nor can a key be moved to another row.
        let sealed = kept[0].sealed.take();
        kept[1].sealed = sealed;
        assert!(signing::open(&keyring(1, &[]), &kept[1]).is_err());
        let mut tx = db.begin().await.expect("begin");
        assert!(dkim_key::retire(&mut tx, kept[0].id, monday()).await.expect("retire"));
        assert!(!dkim_key::retire(&mut tx, kept[0].id, monday()).await.expect("again"));
        let left: Vec<_> = dkim_key::list(&mut tx).await.expect("list").into_iter().filter(|key| key.sealed.is_some()).collect();
        assert_eq!(left.len(), 1, "a retired key is gone");
        let double = dkim_key::add(&mut tx, &keys[0], monday()).await;
        assert!(matches!(double, Err(rundbrief::store::StoreError::Exists(_))));
    }
}

/// Difficult texts for signatures and SMTP: dots, blanks and empty lines where they matter.
const AWKWARD: &str = ".\r\n..\r\n.beginnt mit einem Punkt\r\n  viele   Leerzeichen\t und\tTabs  \r\n\r\n\r\nFrom hier an\r\n-- \r\nGrüße\r\n \r\n\r\n";

fn notices(from: &Address, to: &str) -> Vec<(String, Vec<u8>)> {
    let mail = |subject: &str| Mail {
        subject: subject.to_owned(),
        html: format!("<p>{AWKWARD}</p>"),
        text: AWKWARD.to_owned(),
    };
    let long = "Größe und Straßenübergänge ".repeat(12);
    Language::ALL
        .iter()
        .zip(["Kurz", &long, "", "Ein  Betreff\tmit Leerzeichen "])
        .map(|(language, subject)| {
            let notice = Notice {
                from_name: "Städteregion, „Beispiel“",
                from,
                to: &address(to),
                message_id: &format!("{language}@musterstadt.example"),
                date: past(),
                language: *language,
                form_host: Some("news.musterstadt.example"),
            };
            (to.to_owned(), notice.bytes(&mail(subject)))
        })
        .collect()
}

/// Mails as we would never write them.
fn odd() -> Vec<(String, Vec<u8>)> {
    let bodies = [
        "",
        "\r\n",
        ".\r\n",
        "\r\n\r\n.\r\n \t\r\n",
        "ohne Zeilenende",
        AWKWARD,
    ];
    let heads = [
        "Reply-To:\r\n".to_owned(),
        format!("X-Long: {}\r\nReferences: {}\r\n", "x".repeat(900), "<a@example.org>\r\n ".repeat(60) + "<z@example.org>"),
        "list-unsubscribe:\r\n\t<https://news.example.org/u>,\r\n \t <mailto:u@example.org>\r\nLIST-UNSUBSCRIBE-POST:   List-Unsubscribe=One-Click  \r\n".to_owned(),
    ];
    let mut mails = Vec::new();
    for (number, head) in heads.iter().enumerate() {
        for (body_number, body) in bodies.iter().enumerate() {
            let body = body.replace('ü', "ue").replace('ß', "ss");
            let mail = format!(
                "To: Erika\t <erika@leser.example>\r\nMessage-ID: <{number}.{body_number}@musterstadt.example>\r\n\
                 from:  post@Presse.Musterstadt.example \r\n{head}Subject: gefaltet\r\n   und noch einmal\r\n\tso\r\n\
                 Date: Mon, 2 Nov 2026 09:00:00 +0000\r\n\r\n{body}"
            );
            mails.push(("erika@leser.example".to_owned(), mail.into_bytes()));
        }
    }
    mails
}

#[tokio::test]
async fn awkward_mails_verify_too() {
    let sink = SmtpSink::with_options(&[], &["--smtputf8"]);
    let (keys, records) = pair("musterstadt.example");
    let keys = signer(&keys);
    let transport = transport(&config(), &sink);
    let from = address("post@presse.musterstadt.example");
    let mails = [
        notices(&from, "erika@bücher.example"),
        notices(&from, "jürgen@bücher.example"),
        odd(),
    ]
    .concat();
    let count = mails.len();
    for (to, mail) in mails {
        let signed = keys.signed(mail).expect("signed");
        let to = address(&to);
        let envelope = Envelope {
            from: &from,
            to: &to,
        };
        transport.send(&envelope, &signed).await.expect("taken");
    }
    let received = sink.received();
    assert!(
        received
            .iter()
            .any(|mail| mail.bytes().windows(4).any(|four| four == b"\r\n.."))
    );
    for name in ["erika", "jürgen"] {
        let to = format!("{name}@xn--bcher-kva.example");
        assert!(
            received
                .iter()
                .any(|mail| mail.envelope_to == [to.as_str()])
        );
    }
    assert_eq!(checked(sink.folder(), &records, 2), Ok(count));
}
