//! Sends an issue of a real feed to a thousand readers: by command, over real SMTP, to a server
//! that stores the mails.

mod accounting;
mod circle;
mod control;
mod crash;
mod drill;
mod international;
mod limits;
mod newsroom;
mod nodes;
mod notices;
mod relays;
mod signing;
mod stop;
mod tls;
mod transport_errors;

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use rundbrief::domain::delivery::{DeliveryKey, DeliveryState};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::subscriber::{ConsentKind, ConsentMethod};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::token::Keyring;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::consent::ConsentEvent;
use rundbrief::store::delivery::Delivery;
use rundbrief::store::{self, Db};

use crate::harness::{Database, Installation, Received, Running, SmtpSink};
use crate::store::{address, monday, open};
use crate::web::{key_text, keyring};

const FEED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/feeds/karlsruhe-council.atom.xml"
);
/// Connections to the relay in every test.
const CONNECTIONS: usize = 8;
const PATIENCE: Duration = Duration::from_mins(2);

/// Topics by key and German name. Every entry of the feed gets `council`, the others come from the
/// feed's categories; no entry is about the zoo.
const TOPICS: [(&str, &str); 7] = [
    ("council", "Ratsinformation"),
    ("durlach", "Durlach"),
    ("west", "Mühlburg"),
    ("daxlanden", "Daxlanden"),
    ("motions", "Antrag"),
    ("proposals", "Beschlussvorlage"),
    ("zoo", "Zoo"),
];

/// The choices of readers, in turn; one in ten chooses a topic without entries.
const CHOICES: [&[&str]; 10] = [
    &["council"],
    &["durlach"],
    &["west", "daxlanden"],
    &["motions"],
    &["proposals", "durlach"],
    &["west"],
    &["zoo"],
    &["zoo", "motions"],
    &["council", "zoo"],
    &["daxlanden"],
];

/// Somebody who subscribed.
struct Reader {
    row: i64,
    address: String,
    language: Language,
    chosen: &'static [&'static str],
}

impl Reader {
    /// Whether the feed has content for them.
    fn finds_something(&self) -> bool {
        self.chosen != ["zoo"]
    }
}

/// An installation with the feed imported, readers subscribed and issue `rat/1` composed.
struct Town {
    installation: Installation,
    db: Db,
    keyring: Keyring,
    readers: Vec<Reader>,
    issue: i64,
}

impl Town {
    /// `on_uncertain` is the newsletter's policy.
    async fn new(
        database: &Database,
        relay: impl std::fmt::Display,
        readers: usize,
        on_uncertain: &str,
    ) -> Self {
        let installation = Installation::new(database)
            .with("security.key", key_text(1))
            .with("relay.url", relay)
            .with("relay.connections", CONNECTIONS)
            .with("delivery.lease_for", "6 seconds")
            .with("delivery.poll_every", "100 ms")
            .with("delivery.retry_first", "1 second")
            // Tests in which an issue pauses itself set limits.
            .with("delivery.pause_policy_refusals", 0)
            .with("delivery.pause_failed_share", "100 %")
            .with("organisation.name", "Stadt Karlsruhe")
            .with(
                "organisation.address",
                "Karl-Friedrich-Straße 10,76133 Karlsruhe",
            )
            .with(
                "organisation.representative",
                "Erika Beispiel, Bürgermeisterin",
            )
            .with("organisation.email", "rathaus@karlsruhe.example")
            .with("server.public_url", "https://news.karlsruhe.example");
        let mut add = vec!["newsletter", "add", "rat", "--name", "de=Rat aktuell"];
        add.extend([
            "--name",
            "en=Council news",
            "--description",
            "de=Aus dem Rat.",
        ]);
        // These stories count every entry of the feed.
        add.extend([
            "--texts",
            "whole",
            "--most-news",
            "250",
            "--name-in-subject",
            "yes",
        ]);
        add.extend(["--sender-name", "Stadt Karlsruhe", "--sender-address"]);
        add.extend(["rat@karlsruhe.example", "--on-uncertain", on_uncertain]);
        for (key, name) in TOPICS {
            let name = format!("de={name}");
            let done = installation.run(["topic", "add", key, "--name", &name]);
            done.success();
            add.extend(["--topic", key]);
        }
        installation.run(add).success();
        let feed = [
            "import",
            "feed",
            FEED,
            "--publish",
            "--topic",
            "council",
            "--json",
        ];
        let imported = installation.run(feed).json();
        assert_eq!(imported["new"], 100, "{imported}");
        let again = installation.run(feed).json();
        assert_eq!(
            (&again["new"], &again["unchanged"]),
            (&0.into(), &100.into())
        );
        let composed = installation
            .run(["issue", "compose", "rat", "--json"])
            .json();
        assert_eq!(
            (&composed["issue"], &composed["entries"]),
            (&"rat/1".into(), &100.into())
        );

        let db = open(database).await;
        let readers = subscribe(&db, 0..readers, "reader", "mail.example").await;
        let mut conn = db.read().await.expect("read");
        let newsletter = store::newsletter::by_key(&mut conn, "rat").await;
        let newsletter = newsletter.expect("newsletter").expect("there is one").id;
        let issue = store::issue::by_number(&mut conn, newsletter, 1).await;
        let issue = issue.expect("issue").expect("there is one").id;
        drop(conn);
        Self {
            installation,
            db,
            keyring: keyring(1, &[]),
            readers,
            issue,
        }
    }

    /// The recipients of the issue.
    fn recipients(&self) -> impl Iterator<Item = &Reader> {
        self.readers
            .iter()
            .filter(|reader| reader.finds_something())
    }

    /// Releases the issue to any running worker.
    fn release(&self) {
        self.installation
            .run(["issue", "send", "rat/1", "--queue"])
            .success();
    }

    fn status(&self) -> serde_json::Value {
        self.installation
            .run(["issue", "status", "rat/1", "--json"])
            .json()
    }

    /// What the audit log says of the issue, oldest first: the kind of actor, when, and the state after.
    fn audited(&self, action: &str) -> Vec<(String, Timestamp, String)> {
        let list = [
            "audit", "list", "--json", "--id", "rat/1", "--action", action,
        ];
        let lines = self.installation.run(list).json();
        let mut lines: Vec<_> = lines.as_array().expect("a list").iter().collect();
        lines.reverse();
        let text =
            |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        lines
            .into_iter()
            .map(|line| {
                let at = serde_json::from_value(line["at"].clone()).expect("a time");
                (text(line, "actor"), at, text(line, "after"))
            })
            .collect()
    }

    /// Waits until the issue is in this state.
    async fn until(&self, state: IssueState) {
        let begin = Instant::now();
        loop {
            let mut conn = self.db.read().await.expect("read");
            let issue = store::issue::by_id(&mut conn, self.issue);
            let now = issue.await.expect("issue").expect("there is one").state;
            drop(conn);
            if now == state {
                return;
            }
            let ledger = self.counts().await;
            assert!(
                begin.elapsed() < PATIENCE,
                "still {now}, not {state}: {ledger:?}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn ledger(&self) -> Vec<Delivery> {
        let mut conn = self.db.read().await.expect("read");
        let rows = store::delivery::of_issue(&mut conn, self.issue, None, 0, 10_000).await;
        rows.expect("ledger")
    }

    async fn counts(&self) -> BTreeMap<DeliveryState, usize> {
        let mut counts = BTreeMap::new();
        for row in self.ledger().await {
            *counts.entry(row.state).or_default() += 1;
        }
        counts
    }

    fn key(&self, reader: &Reader) -> DeliveryKey {
        DeliveryKey {
            issue: self.issue,
            subscriber: reader.row,
        }
    }

    /// The Message-ID that every mail of this issue to this reader must carry.
    fn message_id(&self, reader: &Reader) -> String {
        let local = self.keyring.message_id(self.key(reader));
        format!("<{local}@karlsruhe.example>")
    }

    /// Compares the ledger with the server, row by row: *sent* mails were accepted with the
    /// recorded reply, and nobody else got a mail. Repeats to one reader are identical. Returns the
    /// number of repeats.
    async fn agrees_with(&self, sink: &SmtpSink) -> usize {
        let arrived = by_recipient(sink.received());
        let ledger = self.ledger().await;
        let to: BTreeMap<i64, &Reader> = self.recipients().map(|one| (one.row, one)).collect();
        assert_eq!(ledger.len(), to.len(), "one row for each recipient");
        let (mut sent, mut repeats) = (0, 0);
        for row in &ledger {
            let reader = to[&row.key.subscriber];
            assert_eq!(row.language, reader.language);
            let mails = arrived.get(&reader.address).map_or(&[][..], Vec::as_slice);
            for mail in mails {
                assert_eq!(mail.message_id.as_deref(), Some(&*self.message_id(reader)));
                assert_eq!(mail.envelope_from, "rat@karlsruhe.example");
                assert!(
                    mail.bytes() == mails[0].bytes(),
                    "a repeat is the same mail"
                );
            }
            repeats += mails.len().saturating_sub(1);
            if row.state == DeliveryState::Sent {
                sent += 1;
                let last = mails.last().expect("a sent mail has arrived");
                assert_eq!(
                    (row.reply_code, row.reply_status.as_deref()),
                    (Some(250), Some("2.0.0"))
                );
                let words = format!("kept as {}", last.number);
                assert_eq!(row.reply.as_deref(), Some(words.as_str()));
                assert!(row.finished_at.is_some());
            }
        }
        let strangers: Vec<_> = arrived
            .keys()
            .filter(|to| !self.recipients().any(|reader| reader.address == **to))
            .collect();
        assert!(strangers.is_empty(), "unexpected recipients: {strangers:?}");
        let status = self.status();
        assert_eq!(status["deliveries"]["sent"], sent);
        assert_eq!(status["recipients"], ledger.len());
        assert_eq!(status["skipped"], self.readers.len() - ledger.len());
        repeats
    }
}

/// Waits until this many mails have arrived, while the sending command runs.
#[track_caller]
fn arrive(sink: &SmtpSink, count: usize, sending: &mut Running) {
    let begin = Instant::now();
    while sink.received().len() < count {
        sending.must_run();
        assert!(
            begin.elapsed() < PATIENCE,
            "{} of {count} mails arrived within {PATIENCE:?}",
            sink.received().len()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Mails by recipient; each has one.
fn by_recipient(mails: Vec<Received>) -> BTreeMap<String, Vec<Received>> {
    let mut all: BTreeMap<String, Vec<Received>> = BTreeMap::new();
    for mail in mails {
        let [to] = mail.envelope_to.as_slice() else {
            panic!("a mail is for one reader: {:?}", mail.envelope_to)
        };
        all.entry(to.clone()).or_default().push(mail);
    }
    all
}

/// Confirmed readers in four languages with mixed topics.
async fn subscribe(db: &Db, numbers: Range<usize>, name: &str, domain: &str) -> Vec<Reader> {
    let mut tx = db.begin().await.expect("begin");
    let topics = store::topic::list(&mut tx).await.expect("topics");
    let newsletter = store::newsletter::by_key(&mut tx, "rat").await;
    let newsletter = newsletter.expect("newsletter").expect("there is one").id;
    let mut readers = Vec::with_capacity(numbers.len());
    for n in numbers {
        let language = Language::ALL[n % Language::ALL.len()];
        let chosen = CHOICES[n / Language::ALL.len() % CHOICES.len()];
        let set: TopicSet = topics
            .iter()
            .filter(|topic| chosen.contains(&topic.key.as_str()))
            .map(|topic| topic.bit)
            .collect();
        let to = format!("{name}{n}@{domain}");
        let row = store::subscriber::ensure(&mut tx, &address(&to), language, monday()).await;
        let row = row.expect("subscriber").id;
        let proof = ConsentEvent {
            subscriber: row,
            newsletter: Some(newsletter),
            kind: ConsentKind::Confirmed,
            method: ConsentMethod::Web,
            at: monday(),
            topics: Some(set),
            language: Some(language),
            wording_hash: None,
            page: None,
            message_id: None,
        };
        store::consent::append(&mut tx, &proof)
            .await
            .expect("proof");
        let activated = store::subscription::activate(&mut tx, row, newsletter, set, monday());
        activated.await.expect("subscription");
        let follows = store::subscriber::follow_subscriptions(&mut tx, row, true);
        follows.await.expect("state");
        readers.push(Reader {
            row,
            address: to,
            language,
            chosen,
        });
    }
    tx.commit().await.expect("commit");
    readers
}
