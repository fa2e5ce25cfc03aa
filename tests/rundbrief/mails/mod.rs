//! The mails as they leave: real templates, real tokens, read back by a mail library.

mod kept;
mod logo;
mod notices;
mod raw;
mod safety;
mod sizes;
mod staff;
mod test_mails;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use mail_parser::{Message, MessageParser, PartType};
use rundbrief::app::issues::{self, Composed, Occasion, compose_draft};
use rundbrief::clock::Clock;
use rundbrief::config::{Config, RelayTarget};
use rundbrief::delivery::signing::Keychain;
use rundbrief::delivery::{Engine, Parts, Settings, Transport};
use rundbrief::digest::MailContext;
use rundbrief::digest::mails::IssueMails;
use rundbrief::domain::entry::{EntryContent, EntryText};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::{Language, LanguageTag};
use rundbrief::domain::newsletter::Newsletter;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::{Keyring, TOKEN_LEN};
use rundbrief::domain::topic::TopicSet;
use rundbrief::shutdown::Shutdown;
use rundbrief::store::issue::Issue;
use rundbrief::store::{self, Db};

use crate::installation::config;
use crate::store::{monday, news};

pub fn keyring() -> Keyring {
    crate::web::keyring(1, &[])
}

/// News in these languages, the first of them the original.
pub fn told(texts: &[(&str, &str)], about: TopicSet) -> EntryContent {
    let text = |title: &str| EntryText {
        title: title.to_owned(),
        teaser: format!("{title}, kurz gesagt."),
        body: format!("<p>{title}, <strong>ausführlich</strong>.</p>"),
        ..EntryText::default()
    };
    let tag = |tag: &str| LanguageTag::parse(tag).expect("a tag");
    EntryContent {
        original: tag(texts[0].0),
        texts: texts
            .iter()
            .map(|(language, title)| (tag(language), text(title)))
            .collect(),
        ..news("", about)
    }
}

pub async fn composed(db: &Db, of: &Newsletter, now: Timestamp) -> Composed {
    let mut tx = db.begin().await.expect("begin");
    let occasion = Occasion {
        newsletter: of,
        slot: None,
        send_at: None,
        hold: None,
    };
    let composed = compose_draft(&mut tx, &occasion, now)
        .await
        .expect("compose");
    tx.commit().await.expect("commit");
    composed
}

pub async fn next(db: &Db, of: &Newsletter, now: Timestamp) -> Issue {
    match composed(db, of, now).await {
        Composed::Issue(issue) => *issue,
        other => panic!("{other:?}"),
    }
}

/// Releases an issue and freezes its audience.
pub async fn approve_and_freeze(
    db: &Db,
    mail_context: &MailContext,
    issue: &Issue,
    now: Timestamp,
) {
    let mut tx = db.begin().await.expect("begin");
    issues::release(&mut tx, mail_context, issue, now)
        .await
        .expect("release");
    store::delivery::freeze(&mut tx, issue.id, now)
        .await
        .expect("freeze")
        .expect("it is approved");
    tx.commit().await.expect("commit");
}

/// Sends an issue into a folder, as `issue send` does. Returns the mails by their readers.
pub async fn sent(db: &Db, config: &Config, issue: i64) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config.clone();
    config.relay.target = RelayTarget::File(folder.path().to_owned());
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    let engine = Engine::new(Parts {
        db: db.clone(),
        clock: Clock::set_at(monday()),
        relays: transport.into(),
        mails: Arc::new(IssueMails::new(
            db.clone(),
            MailContext::from_config(&config),
        )),
        keyring: keyring(),
        keychain: Keychain::none(),
        settings: Settings::from(&config.delivery),
    });
    engine
        .drain(issue, &Shutdown::new(), |_| {})
        .await
        .expect("it drains");
    let mut conn = db.read().await.expect("read");
    let issue = store::issue::by_id(&mut conn, issue).await.expect("read");
    let issue = issue.expect("the issue");
    assert_eq!(issue.state, IssueState::Sent, "{:?}", issue.reason);
    in_folder(folder.path())
}

fn in_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder).expect("a folder");
    files
        .map(|file| {
            let mail = std::fs::read(file.expect("a file").path()).expect("a mail");
            let to = read(&mail).header_raw("To").expect("To").trim().to_owned();
            (to, mail)
        })
        .collect()
}

/// Reads a mail, which must be one that nothing on the way has a reason to touch.
pub fn read(mail: &[u8]) -> Message<'_> {
    assert!(mail.is_ascii());
    assert!(mail.ends_with(b"\r\n"));
    for line in std::str::from_utf8(mail).expect("ASCII").split("\r\n") {
        assert!(line.len() <= 998, "{} octets", line.len());
        assert!(!line.contains(['\r', '\n']), "a bare line end");
        assert!(
            !line.ends_with([' ', '\t']),
            "“{line}” loses its end on some relay"
        );
    }
    let read = MessageParser::default().parse(mail).expect("a mail");
    assert_eq!(read.parts.len(), 3);
    assert!(matches!(&read.parts[0].body, PartType::Multipart(parts) if parts == &[1, 2]));
    assert!(matches!(&read.parts[1].body, PartType::Text(_)));
    assert!(matches!(&read.parts[2].body, PartType::Html(_)));
    assert!(read.parts.iter().all(|part| !part.is_encoding_problem));
    read
}

/// The text part and the HTML part.
pub fn parts<'a>(read: &'a Message<'_>) -> [&'a str; 2] {
    [1, 2].map(|part| read.parts[part].text_contents().expect("a text"))
}

/// What stands behind `path` in every link that begins so.
pub fn tokens<'a>(part: &'a str, path: &str) -> Vec<&'a str> {
    part.split(path)
        .skip(1)
        .map(|rest| &rest[..TOKEN_LEN])
        .collect()
}

/// The mail context of the usual installation with these bounds for the HTML of a mail.
pub fn bounded(warn: usize, refuse: usize) -> Config {
    let mut config = config();
    (config.delivery.html_warn, config.delivery.html_refuse) = (warn, refuse);
    config
}

/// The issue's own wording.
pub async fn texts(db: &Db, issue: i64) -> BTreeMap<Language, store::issue::IssueText> {
    let mut conn = db.read().await.expect("read");
    store::issue::texts(&mut conn, issue).await.expect("texts")
}
