//! Whole mails of an issue, byte by byte, in German and in French.

use std::collections::BTreeMap;

use rundbrief::digest::MailContext;
use rundbrief::domain::delivery::DeliveryKey;
use rundbrief::domain::entry::{EntryContent, EntryKind};
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::NewsletterSettings;
use rundbrief::domain::token::Purpose;
use rundbrief::store;

use super::{approve_and_freeze, keyring, next, parts, read, sent, tokens, told};
use crate::installation::{config, newsletter, publish};
use crate::store::{DAY, address, event, monday, open, settings, subscribed, topics};

/// The mail as text. What differs from run to run is masked: the boundary, as entries get new names,
/// and what names the delivery.
fn source(mail: &[u8], named: &[String]) -> String {
    let mail = std::str::from_utf8(mail).expect("ASCII");
    let (_, after) = mail.split_once("boundary=\"").expect("a multipart mail");
    let (boundary, _) = after.split_once('"').expect("a quoted boundary");
    let mail = mail.replace(boundary, "=_boundary").replace("\r\n", "\n");
    named.iter().fold(mail, |mail, name| masked(mail, name))
}

/// Writes a star over each letter of `name`, also where quoted-printable breaks it (`=`, line end).
fn masked(text: String, name: &str) -> String {
    let mut bytes = text.into_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mut letters = Vec::new();
        let mut next = at;
        for letter in name.bytes() {
            if bytes[next..].starts_with(b"=\n") {
                next += 2;
            }
            if bytes.get(next) != Some(&letter) {
                break;
            }
            letters.push(next);
            next += 1;
        }
        if letters.len() == name.len() {
            for letter in letters {
                bytes[letter] = b'*';
            }
        }
        at += 1;
    }
    String::from_utf8(bytes).expect("ASCII")
}

on_both_databases! {
    async fn an_issue_in_german_and_in_french(database: &Database) {
        let db = open(database).await;
        let now = monday();
        let mut tx = db.begin().await.expect("begin");
        for (key, german, french) in [("culture", "Kultur", "Culture"), ("climate", "Klima", "Climat")] {
            let names = BTreeMap::from([(Language::De, german.to_owned()), (Language::Fr, french.to_owned())]);
            store::topic::add(&mut tx, key, &names, now).await.expect("a topic");
        }
        tx.commit().await.expect("commit");
        let of = newsletter(&db, &NewsletterSettings {
            sender_name: "Städteregion Musterstadt".to_owned(),
            reply_to: Some(address("presse@region.example")),
            ..settings("region", topics(&[0, 1]))
        }, now).await;
        let culture = topics(&[0]);
        publish(&db, &told(&[("de", "Museum öffnet wieder"), ("fr", "Le musée rouvre")], culture), now).await;
        publish(&db, &told(&[("de", "Mehr Bäume für die Innenstadt")], topics(&[1])), now).await;
        publish(&db, &told(&[("nl", "Fietspad over de grens")], culture), now).await;
        publish(&db, &EntryContent { topics: culture, ..event("Konzert im Kurhaus", now.plus(3 * DAY), None) }, now).await;
        publish(&db, &EntryContent {
            kind: EntryKind::Paper,
            reference: Some("V/2027/0014".to_owned()),
            ..told(&[("de", "Haushaltssatzung")], culture)
        }, now).await;
        let german = subscribed(&db, of.id, "erika@bücher.example", Language::De, culture).await;
        let french = subscribed(&db, of.id, "camille@example.org", Language::Fr, culture).await;
        let config = config();
        let mail_context = MailContext::from_config(&config);
        let issue = next(&db, &of, now).await;
        approve_and_freeze(&db, &mail_context, &issue, now).await;
        let mails = sent(&db, &config, issue.id).await;
        assert_eq!(mails.len(), 2);
        let entries = store::entry::of_issue(&mut db.read().await.expect("read"), issue.id).await.expect("its entries");

        for (to, reader, language, subject) in [
            ("erika@xn--bcher-kva.example", german, Language::De, "Museum öffnet wieder, Fietspad over de grens und 2 weitere Meldungen"),
            ("camille@example.org", french, Language::Fr, "Le musée rouvre, Fietspad over de grens et 2 autres informations"),
        ] {
            let mail = read(&mails[to]);
            let key = DeliveryKey { issue: issue.id, subscriber: reader };
            let keys = keyring();
            for (name, value) in [
                ("Message-ID", format!("<{}@region.example>", keys.message_id(key))),
                ("Date", "Mon, 4 Jan 2027 09:00:00 +0000".to_owned()),
                ("Reply-To", "presse@region.example".to_owned()),
                ("List-Id", "<region.news.musterstadt.example>".to_owned()),
                ("List-Unsubscribe", format!("<https://news.musterstadt.example/unsubscribe/{}>", keys.issue_token(Purpose::Unsubscribe, key))),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
                ("List-Subscribe", "<https://news.musterstadt.example/subscribe>".to_owned()),
                ("List-Help", "<mailto:presse@region.example>".to_owned()),
                ("List-Owner", "<mailto:presse@region.example>".to_owned()),
                ("List-Post", "NO".to_owned()),
                ("Precedence", "bulk".to_owned()),
                ("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned()),
                ("Content-Language", language.to_string()),
                ("MIME-Version", "1.0".to_owned()),
            ] {
                let found: Vec<_> = mail.headers_raw().filter(|header| header.0.eq_ignore_ascii_case(name)).collect();
                assert_eq!(found.len(), 1, "{name}");
                assert_eq!(found[0].1.trim(), value, "{name}");
            }
            assert!(mail.header_raw("Auto-Submitted").is_none(), "a newsletter is no automatic answer");
            let from = mail.from().and_then(|from| from.first()).expect("a sender");
            assert_eq!((from.name(), from.address()), (Some("Städteregion Musterstadt"), Some("news@region.example")));
            assert_eq!(mail.subject(), Some(subject));
            for part in parts(&mail) {
                for (path, purpose) in [("/unsubscribe/", Purpose::Unsubscribe), ("/preferences/", Purpose::Preferences)] {
                    let found = tokens(part, path);
                    assert!(!found.is_empty(), "no link to {path}");
                    for token in found {
                        assert_eq!(keys.open(purpose, token), Ok(key));
                    }
                }
                assert!(!part.contains("Innenstadt"), "a topic the reader did not choose");
                for title in ["Fietspad over de grens", "Konzert im Kurhaus", "Haushaltssatzung"] {
                    assert!(part.contains(title), "{title}");
                }
            }
            let [_, html] = parts(&mail);
            assert!(html.contains("lang=\"nl\""), "Dutch in a {language} mail");
            assert!(html.contains("lang=\"de\""), "of the mail, or of an entry in it");
            assert_eq!(html.contains("Museum öffnet wieder"), language == Language::De);
            assert_eq!(html.contains("Le musée rouvre"), language == Language::Fr);
            let mut named = vec![
                keys.message_id(key),
                keys.issue_token(Purpose::Unsubscribe, key),
                keys.issue_token(Purpose::Preferences, key),
            ];
            // The ends of their UUIDs, in links within the mail.
            named.extend(entries.iter().map(|entry| entry.uuid[24..].to_owned()));
            insta::assert_snapshot!(format!("issue_{language}"), source(&mails[to], &named));
        }
    }
}
