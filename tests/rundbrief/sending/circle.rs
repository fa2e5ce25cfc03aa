//! Each reader gets exactly the entries of their topics, in the layout of their language, with
//! their own links; and the ledger agrees with the server.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::token::{Purpose, TOKEN_LEN};

use super::{FEED, PATIENCE, Reader, Town, by_recipient};
use crate::harness::{SmtpSink, get, post};

/// Every entry of the feed links to this host.
const COUNCIL: &str = "https://sitzungskalender.karlsruhe.de/";

/// An entry as it is in the feed.
struct Told {
    link: String,
    title: String,
    topics: BTreeSet<&'static str>,
}

/// The feed, parsed independently of the product.
fn feed() -> Vec<Told> {
    let feed = std::fs::read_to_string(FEED).expect("the feed is there");
    let between = |text: &str, from: &str, to: &str| {
        let rest = text.split_once(from).expect("a beginning").1;
        rest.split_once(to).expect("an end").0.to_owned()
    };
    let entries = feed.split("<entry>").skip(1);
    let told = entries.map(|entry| Told {
        link: between(entry, "<link href=\"", "\""),
        title: one_line(&unescaped(&between(
            entry,
            "<title type=\"html\"><![CDATA[",
            "]]>",
        ))),
        topics: super::TOPICS
            .into_iter()
            .filter(|(key, name)| {
                *key == "council" || entry.contains(&format!("<category label=\"{name}\""))
            })
            .map(|(key, _)| key)
            .collect(),
    });
    told.collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&amp;", "&")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Links to the council's pages, without duplicates.
fn links(text: &str) -> BTreeSet<&str> {
    text.match_indices(COUNCIL)
        .map(|(at, _)| {
            let rest = &text[at..];
            let end = rest.find(|c: char| c.is_whitespace() || "\"<>".contains(c));
            &rest[..end.unwrap_or(rest.len())]
        })
        .collect()
}

/// Text that only this language has: in the subject, and in the footer.
fn frame(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::De => ("Rat aktuell: ", "Sie erhalten diese E-Mail, weil"),
        Language::En => ("Council news: ", "because you subscribed to"),
        Language::Fr => ("Rat aktuell : ", "en raison de votre abonnement"),
        Language::Nl => ("Rat aktuell: ", "omdat u"),
    }
}

/// A mail's text without the reader's own links, and how often each occurred.
fn without_links(mail: &str, own: &[&str; 2]) -> (String, [usize; 2]) {
    let joined = mail.replace("=\r\n", "");
    let counts = own.map(|token| joined.matches(token).count());
    let mut text = joined;
    for token in own {
        text = text.replace(token, &"-".repeat(TOKEN_LEN));
    }
    (text, counts)
}

/// One mail, parsed as by a mail program and compared with the feed.
fn read(mail: &[u8], reader: &Reader, feed: &[Told]) {
    let chosen: BTreeSet<_> = reader.chosen.iter().copied().collect();
    let wanted: Vec<_> = feed
        .iter()
        .filter(|told| !told.topics.is_disjoint(&chosen))
        .collect();
    let expected: BTreeSet<_> = wanted.iter().map(|told| told.link.as_str()).collect();
    let mail = MessageParser::default().parse(mail).expect("a mail");
    let (subject, foot) = frame(reader.language);
    let own = mail.subject().and_then(|own| own.strip_prefix(subject));
    let first: String = own
        .expect("the newsletter's name")
        .chars()
        .take(15)
        .collect();
    let leads = wanted.iter().any(|told| told.title.starts_with(&first));
    assert!(leads, "{first} is no title of theirs");
    let tag = mail.header_raw("Content-Language").map(str::trim);
    assert_eq!(tag, Some(reader.language.as_str()));
    assert_eq!((mail.html_body_count(), mail.text_body_count()), (1, 1));
    let html = mail
        .body_html(0)
        .expect("an HTML part")
        .replace("&amp;", "&");
    let text = mail
        .body_text(0)
        .expect("a text part")
        .replace('\u{a0}', " ");
    assert!(html.contains(&format!("<html lang=\"{}\"", reader.language)));
    assert!(one_line(&text).contains(foot), "{foot} is missing:\n{text}");
    assert_eq!(links(&html), expected, "{:?}", reader.chosen);
    assert_eq!(links(&text), expected, "{:?}", reader.chosen);
    let (html, text) = (one_line(&html.replace("&quot;", "\"")), one_line(&text));
    for told in wanted {
        assert!(
            html.contains(&told.title),
            "{} is missing in the HTML",
            told.title
        );
        assert!(
            text.contains(&told.title),
            "{} is missing in the text:\n{text}",
            told.title
        );
    }
}

/// Every mail: correct for the first reader of its variant, and the same for all others except for
/// their own links, which identify them.
fn check_mails(town: &Town, sink: &SmtpSink) -> usize {
    let feed = feed();
    assert_eq!(feed.len(), 100);
    let mut variants: BTreeMap<(Language, &[&str]), String> = BTreeMap::new();
    let arrived = by_recipient(sink.received());
    for reader in town.recipients() {
        let [mail] = arrived[&reader.address].as_slice() else {
            panic!("{} got several mails", reader.address)
        };
        let bytes = mail.bytes();
        let mail = std::str::from_utf8(&bytes).expect("mails are ASCII");
        let key = town.key(reader);
        let unsubscribe = town.keyring.issue_token(Purpose::Unsubscribe, key);
        let preferences = town.keyring.issue_token(Purpose::Preferences, key);
        let one_click = format!(
            "List-Unsubscribe: <https://news.karlsruhe.example/unsubscribe/{unsubscribe}>\r\n"
        );
        assert!(mail.contains(&one_click));
        let (head, body) = mail.split_once("\r\nFrom: ").expect("a head");
        assert!(head.contains(&format!("To: {}", reader.address)), "{head}");
        let (same, counts) = without_links(body, &[&unsubscribe, &preferences]);
        // In the header, the text and the HTML; the link to the preferences in both parts.
        assert!(counts[0] >= 3 && counts[1] >= 2, "{counts:?}");
        let variant = (reader.language, reader.chosen);
        if let Some(first) = variants.get(&variant) {
            assert!(*first == same, "a variant is the same for everyone");
        } else {
            read(&bytes, reader, &feed);
            variants.insert(variant, same);
        }
    }
    variants.len()
}

on_both_databases! {
    async fn a_thousand_readers_get_what_they_chose(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 1_000, "resend").await;
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!((&sent["state"], &sent["skipped"]), (&"sent".into(), &100.into()), "{sent}");
        assert_eq!(sent["deliveries"]["sent"], 900, "{sent}");
        assert_eq!(sink.received().len(), 900);
        assert_eq!(town.agrees_with(&sink).await, 0, "nobody got it twice");
        assert_eq!(check_mails(&town, &sink), 36);
        let again = town.installation.run(["issue", "send", "rat/1"]).refusal();
        assert!(again.contains("is sent, which is final"), "{again}");
    }

    /// The link of a sent mail, on the served pages.
    async fn the_link_of_a_mail_ends_the_subscription_of_its_reader(database: &Database) {
        let sink = SmtpSink::start();
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = free.local_addr().expect("an address");
        drop(free);
        let mut town = Town::new(database, sink.url(), 8, "resend").await;
        town.installation = town.installation.with("server.listen", at);
        let service = town.installation.start(["serve"]);
        town.release();
        town.until(IssueState::Sent).await;
        let begin = Instant::now();
        while std::net::TcpStream::connect(at).is_err() {
            assert!(begin.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_millis(20));
        }
        let mail = sink.received().swap_remove(3);
        let text = String::from_utf8(mail.bytes()).expect("ASCII");
        let path = text.split_once("List-Unsubscribe: <https://news.karlsruhe.example").expect("the header").1;
        let path = path.split_once('>').expect("its end").0;
        assert_eq!(get(at, path, &[]).await.status, 200);
        let reply = post(at, path, &[], "List-Unsubscribe=One-Click").await;
        assert_eq!((reply.status, reply.header("location")), (200, None));
        for reader in &town.readers {
            let shown = town.installation.run(["subscriber", "show", &reader.address, "--json"]).json();
            let expected = if reader.address == mail.envelope_to[0] { "unsubscribed" } else { "active" };
            assert_eq!(shown["state"], expected, "{shown}");
        }
        let (code, log, _) = service.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
    }
}
