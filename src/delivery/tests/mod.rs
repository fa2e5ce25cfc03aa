//! The engine with a real relay over loopback, and with crashes.

mod authentication;
mod relay;
mod transaction;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use relay::{Act, Habits, TestRelay};
use tempfile::TempDir;

use super::signing::Keychain;
use super::{
    Drained, Engine, Envelope, MailFuture, Mails, Parts, SendError, Settings, Step, Transport,
    TransportError,
};
use crate::clock::Clock;
use crate::config::{Limits, Relay, RelayTarget, RelayTls};
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryState, OnUncertain};
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::mail::{PreparedMail, TokenPositions};
use crate::domain::newsletter::{
    Approval, DigestSettings, NewsletterSettings, NewsletterText, ReviewSettings,
};
use crate::domain::return_path::ReturnPath;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Keyring;
use crate::domain::topic::TopicSet;
use crate::domain::variant::VariantKey;
use crate::shutdown::Shutdown;
use crate::store::delivery::Delivery;
use crate::store::{self, Db, Location};

fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

fn relay_settings(port: u16, connections: u32) -> Relay {
    Relay {
        target: RelayTarget::Smtp {
            host: "127.0.0.1".to_owned(),
            port,
            tls: RelayTls::None,
            user: None,
        },
        password: None,
        hello_name: None,
        ca_file: None,
        connections,
        mails_per_connection: 5,
        oauth_token_file: None,
        limits: Limits::default(),
        priority: 1,
        weight: connections,
        connect_timeout: Duration::from_millis(400),
        command_timeout: Duration::from_millis(400),
        data_timeout: Duration::from_millis(400),
        accept_timeout: Duration::from_millis(400),
    }
}

fn transport(port: u16, connections: u32) -> Transport {
    Transport::new(&relay_settings(port, connections), "test.example.org").expect("a relay")
}

async fn send_one(relay: &TestRelay, to: &str) -> super::SendResult {
    let (from, to) = (address("post@example.org"), address(to));
    let envelope = Envelope {
        from: &from,
        to: &to,
    };
    transport(relay.port, 1)
        .send(&envelope, b"Message-ID: <1@x>\r\n\r\n.dot\r\n")
        .await
}

#[tokio::test]
async fn replies_at_each_step_give_their_outcome() {
    use Act::{Cut, Say, SayAndCut, Silence};
    enum Is {
        Refused(u16),
        Relay(fn(&TransportError) -> bool),
        Unanswered,
    }
    static LONG: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "x".repeat(200_000));
    let cases: Vec<(&'static str, Act, Is)> = vec![
        ("mail", Say("451 4.3.0 later\r\n"), Is::Refused(451)),
        ("mail", Say("550 no\r\n"), Is::Refused(550)),
        (
            "mail",
            Say("530 5.7.0 log in\r\n"),
            Is::Relay(|it| matches!(it, TransportError::AuthenticationFailed(_))),
        ),
        (
            "rcpt",
            Say("450-4.2.1 one\r\n450 4.2.1 two\r\n"),
            Is::Refused(450),
        ),
        (
            "rcpt",
            Say("550 5.1.1 unbekannter Empf\u{e4}nger\r\n"),
            Is::Refused(550),
        ),
        (
            "rcpt",
            Say("421 closing\r\n"),
            Is::Relay(|it| matches!(it, TransportError::Closing(_))),
        ),
        ("data", Say("554 no\r\n"), Is::Refused(554)),
        (
            "data",
            Say("250 what\r\n"),
            Is::Relay(|it| *it == TransportError::InvalidReply(Step::Data)),
        ),
        (
            "data",
            Cut,
            Is::Relay(|it| *it == TransportError::Closed(Step::Data)),
        ),
        (
            "data",
            Silence,
            Is::Relay(|it| *it == TransportError::TimedOut(Step::Data)),
        ),
        (
            "rcpt",
            Say("hello there\r\n"),
            Is::Relay(|it| matches!(it, TransportError::InvalidReply(_))),
        ),
        (
            "rcpt",
            Say("25"),
            Is::Relay(|it| *it == TransportError::TimedOut(Step::Recipient)),
        ),
        (
            "rcpt",
            Say(&LONG),
            Is::Relay(|it| matches!(it, TransportError::InvalidReply(_))),
        ),
        (
            "connect",
            Say("554 5.7.1 not you\r\n"),
            Is::Relay(|it| matches!(it, TransportError::Rejected(_))),
        ),
        (
            "connect",
            Silence,
            Is::Relay(|it| *it == TransportError::TimedOut(Step::Connect)),
        ),
        ("dot", Say("452 4.3.1 full\r\n"), Is::Refused(452)),
        ("dot", Say("554 5.6.0 no\r\n"), Is::Refused(554)),
        (
            "dot",
            Say("421 closing\r\n"),
            Is::Relay(|it| matches!(it, TransportError::Closing(_))),
        ),
        ("dot", SayAndCut("554 5.6.0 no\r\n"), Is::Refused(554)),
        ("dot", Say("251 odd\r\n"), Is::Unanswered),
        ("dot", Say("354 go\r\n"), Is::Unanswered),
        ("dot", Cut, Is::Unanswered),
        ("dot", Silence, Is::Unanswered),
        ("dot", Say("25"), Is::Unanswered),
    ];
    for (at, act, expected) in cases {
        let relay = TestRelay::start(&[(at, "", 1, act)]).await;
        let result = send_one(&relay, "anna@example.org").await;
        let fits = match (&result, &expected) {
            (Err(SendError::Refused(reply)), Is::Refused(code)) => reply.code == *code,
            (Err(SendError::Relay(error)), Is::Relay(is)) => is(error),
            (Err(SendError::Unanswered(_)), Is::Unanswered) => true,
            _ => false,
        };
        assert!(fits, "{at} {act:?}: {result:?}");
        // The next mail is not affected.
        let next = send_one(&relay, "bert@example.org").await;
        assert_eq!(next.map(|reply| reply.code), Ok(250), "after {at} {act:?}");
    }
}

#[tokio::test]
async fn dots_are_stuffed_and_nothing_is_added() {
    let relay = TestRelay::start(&[]).await;
    send_one(&relay, "anna@example.org").await.expect("sent");
    assert_eq!(relay.received()[0].text, "Message-ID: <1@x>\n\n.dot\n");
}

#[tokio::test]
async fn replies_are_never_matched_to_another_mail() {
    // A late reply, and a surplus one: the refusal of the second mail must not be read as a
    // success.
    for act in [
        Act::Say("250 ok\r\n250 ok\r\n"),
        Act::Say("250 ok\r\n250 o"),
    ] {
        let relay = TestRelay::start(&[
            ("dot", "anna", 1, act),
            ("dot", "bert", 9, Act::Say("554 no\r\n")),
        ])
        .await;
        let mut connection = transport(relay.port, 1).connect().await.expect("open");
        let from = address("post@example.org");
        let (anna, bert) = (address("anna@example.org"), address("bert@example.org"));
        let to = |to| Envelope { from: &from, to };
        let first = connection.send(&to(&anna), b"x\r\n").await;
        assert_eq!(first.map(|reply| reply.code), Ok(250));
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(connection.send(&to(&bert), b"x\r\n").await.is_err());
        assert!(!connection.is_usable());
    }
}

#[tokio::test]
async fn cancelling_a_send_closes_the_connection() {
    let relay = TestRelay::start(&[("dot", "anna", 1, Act::Silence)]).await;
    let mut connection = transport(relay.port, 1).connect().await.expect("open");
    let (from, anna) = (address("post@example.org"), address("anna@example.org"));
    let envelope = Envelope {
        from: &from,
        to: &anna,
    };
    let short = Duration::from_millis(50);
    let cut = tokio::time::timeout(short, connection.send(&envelope, b"x\r\n")).await;
    assert!(cut.is_err());
    assert!(!connection.is_usable());
    assert!(connection.send(&envelope, b"x\r\n").await.is_err());
}

/// The same text for everybody.
struct OneText;

impl Mails for OneText {
    fn mail(&self, _: VariantKey) -> MailFuture<'_> {
        let bytes = b"Subject: x\r\n\r\nText\r\n".to_vec();
        let mail = PreparedMail::in_one_part(
            address("post@example.org"),
            bytes,
            TokenPositions::default(),
        );
        Box::pin(async move { Ok(mail.expect("a mail")) })
    }
}

fn keyring() -> Keyring {
    Keyring::parse::<&str>("1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", &[])
        .expect("a keyring")
}

/// An installation with one frozen issue.
struct Fixture {
    db: Db,
    clock: Clock,
    issue: i64,
    newsletter: i64,
    _folder: TempDir,
}

impl Fixture {
    async fn with(readers: &[&str], on_uncertain: OnUncertain) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let location = Location::Sqlite(folder.path().join("test.db"));
        let db = Db::open(&location, 4).await.expect("a database");
        let now = Timestamp::from_micros(1_800_000_000_000_000);
        let mut tx = db.begin().await.expect("a transaction");
        let settings = newsletter_settings(on_uncertain);
        let newsletter = store::newsletter::add(&mut tx, &settings, now)
            .await
            .expect("a newsletter")
            .id;
        for reader in readers {
            let reader = address(&format!("{reader}@example.org"));
            let reader = store::subscriber::ensure(&mut tx, &reader, Language::De, now)
                .await
                .expect("a subscriber");
            store::subscription::activate(&mut tx, reader.id, newsletter, TopicSet::EMPTY, now)
                .await
                .expect("a subscription");
            store::subscriber::follow_subscriptions(&mut tx, reader.id, true)
                .await
                .expect("active");
        }
        let new = store::issue::NewIssue {
            newsletter,
            slot: None,
            send_at: None,
            state: IssueState::Draft,
            reason: None,
            window_from: None,
            entries: Vec::new(),
            texts: BTreeMap::new(),
        };
        let issue = store::issue::add(&mut tx, &new, now)
            .await
            .expect("stored")
            .expect("an issue")
            .id;
        let all = (TopicSet::EMPTY, true);
        store::issue::release(&mut tx, issue, IssueState::Draft, "{}", "00", all, now)
            .await
            .expect("released");
        let frozen = store::delivery::freeze(&mut tx, issue, now)
            .await
            .expect("frozen")
            .expect("approved");
        assert_eq!(frozen.queued, i64::try_from(readers.len()).expect("few"));
        tx.commit().await.expect("committed");
        Self {
            db,
            clock: Clock::set_at(now),
            issue,
            newsletter,
            _folder: folder,
        }
    }

    fn engine(&self, port: u16, connections: u32) -> Engine {
        self.engine_with(port, connections, |_| {})
    }

    fn engine_with(
        &self,
        port: u16,
        connections: u32,
        change: impl FnOnce(&mut Settings),
    ) -> Engine {
        let mut settings = Settings {
            lease_size: 2,
            finish_within: Duration::from_secs(2),
            ..Settings::default()
        };
        change(&mut settings);
        Engine::new(Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            relays: transport(port, connections).into(),
            mails: Arc::new(OneText),
            keyring: keyring(),
            keychain: Keychain::none(),
            settings,
        })
    }

    async fn drain(&self, engine: &Engine) -> Drained {
        let shutdown = Shutdown::new();
        let drained = engine.drain(self.issue, &shutdown, |_| {});
        tokio::time::timeout(Duration::from_mins(1), drained)
            .await
            .expect("drain ends")
            .expect("no error")
    }

    /// Lets time pass, fifty times as fast.
    fn tick(&self) -> tokio::task::JoinHandle<()> {
        let clock = self.clock.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(20)).await;
                clock.advance(Duration::from_secs(1));
            }
        })
    }

    async fn ledger(&self) -> Vec<Delivery> {
        let mut conn = self.db.read().await.expect("a connection");
        store::delivery::of_issue(&mut conn, self.issue, None, 0, 1000)
            .await
            .expect("the ledger")
    }

    async fn states(&self) -> Vec<DeliveryState> {
        self.ledger().await.iter().map(|row| row.state).collect()
    }

    async fn set_issue(&self, from: IssueState, to: IssueState) {
        let mut tx = self.db.begin().await.expect("a transaction");
        let now = self.clock.now();
        assert!(
            store::issue::set_state(&mut tx, self.issue, from, to, None, now)
                .await
                .expect("stored")
        );
        tx.commit().await.expect("committed");
    }
}

fn newsletter_settings(on_uncertain: OnUncertain) -> NewsletterSettings {
    NewsletterSettings {
        key: "region".to_owned(),
        texts: BTreeMap::from([(Language::De, NewsletterText::default())]),
        sender_name: "Region".to_owned(),
        sender_address: address("post@example.org"),
        reply_to: None,
        topics: TopicSet::EMPTY,
        schedule: None,
        zone: chrono_tz::Europe::Berlin,
        compose_lead: Duration::ZERO,
        catch_up: Duration::ZERO,
        approval: Approval::Required,
        horizon: Duration::ZERO,
        on_uncertain,
        quiet: None,
        digest: DigestSettings::default(),
        review: ReviewSettings::default(),
    }
}

use DeliveryState::{Failed, Left, Queued, Sent, Started, Uncertain};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_is_sent_once_to_every_reader() {
    let names: Vec<String> = (0..40).map(|number| format!("r{number:02}")).collect();
    let readers: Vec<&str> = names.iter().map(String::as_str).collect();
    let fixture = Fixture::with(&readers, OnUncertain::Resend).await;
    let relay = TestRelay::start(&[]).await;
    // Two engines share the work; no reader gets two mails.
    let (one, two) = (fixture.engine(relay.port, 3), fixture.engine(relay.port, 3));
    let ticking = fixture.tick(); // an idle engine polls again while the other one sends
    let (first, second) = tokio::join!(fixture.drain(&one), fixture.drain(&two));
    ticking.abort();
    assert_eq!((first, second), (Drained::Sent, Drained::Sent));
    let expected: Vec<_> = names
        .iter()
        .map(|name| format!("{name}@example.org"))
        .collect();
    assert_eq!(relay.accepted(), expected);
    assert!(fixture.states().await.iter().all(|state| *state == Sent));
}

#[tokio::test]
async fn all_mails_reach_a_relay_that_closes_after_a_few() {
    let names: Vec<String> = (0..25).map(|number| format!("r{number:02}")).collect();
    let readers: Vec<&str> = names.iter().map(String::as_str).collect();
    let fixture = Fixture::with(&readers, OnUncertain::Hold).await;
    let habits = Habits {
        hello: "250-test\r\n250 PIPELINING\r\n",
        close_after: 3,
        ..Habits::default()
    };
    let relay = TestRelay::with(habits, &[]).await;
    let ticking = fixture.tick();
    let drained = fixture.drain(&fixture.engine(relay.port, 2)).await;
    ticking.abort();
    assert_eq!(drained, Drained::Sent);
    assert!(fixture.states().await.iter().all(|state| *state == Sent));
    assert_eq!(relay.accepted().len(), names.len());
}

#[tokio::test]
async fn verp_gives_every_mail_its_own_return_path() {
    let fixture = Fixture::with(&["anna", "bert"], OnUncertain::Resend).await;
    let relay = TestRelay::start(&[]).await;
    let bounces = ReturnPath::new(address("bounces@news.example.org")).expect("short");
    let engine = fixture.engine_with(relay.port, 1, |settings| {
        settings.return_path = Some(bounces.clone());
    });
    assert_eq!(fixture.drain(&engine).await, Drained::Sent);
    let found: Vec<_> = relay
        .commands()
        .iter()
        .filter_map(|line| line.strip_prefix("MAIL FROM:<")?.split_once('>'))
        .map(|(address, _)| {
            bounces
                .delivery(&keyring(), address)
                .expect("ours")
                .expect("real")
        })
        .collect();
    let keys: Vec<_> = fixture.ledger().await.iter().map(|row| row.key).collect();
    assert_eq!(found, keys);
}

#[tokio::test]
async fn a_refusal_affects_one_reader_only() {
    let fixture = Fixture::with(&["anna", "bert", "carl"], OnUncertain::Resend).await;
    let no = Act::Say("550 5.1.1 <bert@example.org> unknown\r\n");
    let relay = TestRelay::start(&[("rcpt", "bert", 1, no)]).await;
    assert_eq!(
        fixture.drain(&fixture.engine(relay.port, 1)).await,
        Drained::Sent
    );
    assert_eq!(fixture.states().await, [Sent, Failed, Sent]);
    let bert = &fixture.ledger().await[1];
    assert_eq!((bert.reply_code, bert.attempts), (Some(550), 1));
    assert_eq!(bert.reply_status.as_deref(), Some("5.1.1"));
    assert_eq!(bert.reply.as_deref(), Some("<bert@example.org> unknown"));
}

#[tokio::test]
async fn temporary_refusals_are_retried_when_due() {
    let fixture = Fixture::with(&["anna"], OnUncertain::Resend).await;
    let later = Act::Say("450 4.7.1 greylisted\r\n");
    let relay = TestRelay::start(&[("rcpt", "anna", 2, later)]).await;
    let engine = fixture.engine(relay.port, 1);
    for attempts in [1, 2] {
        let Drained::Waits(due) = fixture.drain(&engine).await else {
            panic!("a wait was expected");
        };
        let row = &fixture.ledger().await[0];
        assert_eq!((row.state, row.attempts), (Queued, attempts));
        fixture.clock.set(due);
    }
    assert_eq!(fixture.drain(&engine).await, Drained::Sent);
    assert_eq!(relay.accepted(), ["anna@example.org"]);
}

#[tokio::test]
async fn without_a_reply_to_the_end_of_data_the_policy_decides() {
    for (policy, mails) in [(OnUncertain::Resend, 2), (OnUncertain::Hold, 1)] {
        let fixture = Fixture::with(&["anna", "bert"], policy).await;
        let relay = TestRelay::start(&[("dot", "anna", 1, Act::Cut)]).await;
        let engine = fixture.engine(relay.port, 1);
        // The silent relay pauses the connection for a second.
        let ticking = fixture.tick();
        let mut drained = fixture.drain(&engine).await;
        if let Drained::Waits(due) = drained {
            fixture.clock.set(due);
            drained = fixture.drain(&engine).await;
        }
        ticking.abort();
        assert_eq!(drained, Drained::Sent);
        let to_anna: Vec<_> = relay
            .received()
            .into_iter()
            .filter(|mail| mail.to.starts_with("anna"))
            .collect();
        assert_eq!(to_anna.len(), mails);
        assert_eq!(to_anna[0].message_id(), to_anna[mails - 1].message_id());
        let expected = match policy {
            OnUncertain::Resend => Sent,
            OnUncertain::Hold => Uncertain,
        };
        assert_eq!(fixture.states().await, [expected, Sent]);
    }
}

#[tokio::test]
async fn unsubscribing_after_the_freeze_prevents_the_mail() {
    let fixture = Fixture::with(&["anna", "bert"], OnUncertain::Resend).await;
    let anna = fixture.ledger().await[0].key.subscriber;
    let mut tx = fixture.db.begin().await.expect("a transaction");
    store::subscription::end(&mut tx, anna, fixture.newsletter, fixture.clock.now())
        .await
        .expect("ended");
    tx.commit().await.expect("committed");
    let relay = TestRelay::start(&[]).await;
    assert_eq!(
        fixture.drain(&fixture.engine(relay.port, 1)).await,
        Drained::Sent
    );
    assert_eq!(relay.accepted(), ["bert@example.org"]);
    assert_eq!(fixture.states().await, [Left, Sent]);
}

#[tokio::test]
async fn a_paused_issue_keeps_all_deliveries() {
    let fixture = Fixture::with(&["anna", "bert"], OnUncertain::Resend).await;
    let relay = TestRelay::start(&[]).await;
    let engine = fixture.engine(relay.port, 2);
    fixture
        .set_issue(IssueState::Sending, IssueState::Paused)
        .await;
    let drained = fixture.drain(&engine).await;
    assert_eq!(drained, Drained::Stopped(IssueState::Paused));
    assert!(relay.received().is_empty());
    fixture
        .set_issue(IssueState::Paused, IssueState::Sending)
        .await;
    assert_eq!(fixture.drain(&engine).await, Drained::Sent);
    assert_eq!(relay.accepted().len(), 2);
}

#[tokio::test]
async fn an_unreachable_relay_is_reported_and_loses_nothing() {
    let fixture = Fixture::with(&["anna"], OnUncertain::Resend).await;
    let engine = fixture.engine(1, 1); // nobody listens on port 1
    let ticking = fixture.tick();
    let drained = fixture.drain(&engine).await;
    ticking.abort();
    assert!(
        matches!(drained, Drained::RelayDown(TransportError::Unreachable(_))),
        "{drained:?}"
    );
    let row = &fixture.ledger().await[0];
    assert_eq!((row.state, row.attempts), (Queued, 0));
}

#[tokio::test]
async fn stopping_finishes_mails_in_flight() {
    let fixture = Fixture::with(&["anna", "bert", "carl", "dora"], OnUncertain::Hold).await;
    let relay = TestRelay::start(&[]).await;
    let engine = fixture.engine(relay.port, 1);
    let shutdown = Shutdown::new();
    let stop = async {
        while relay.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        shutdown.ask();
    };
    let (ran, ()) = tokio::join!(engine.run(&shutdown), stop);
    ran.expect("no error");
    let states = fixture.states().await;
    assert!(
        states.iter().all(|state| [Sent, Queued].contains(state)),
        "{states:?}"
    );
    let sent = states.iter().filter(|state| **state == Sent).count();
    assert_eq!(relay.accepted().len(), sent);
}

/// The engine is dropped at many moments, as by SIGKILL; then another one takes over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_loses_no_mail_and_repeats_at_most_one_per_connection() {
    const CONNECTIONS: u32 = 2;
    let names: Vec<String> = (0..24).map(|number| format!("r{number:02}")).collect();
    let readers: Vec<&str> = names.iter().map(String::as_str).collect();
    for policy in [OnUncertain::Resend, OnUncertain::Hold] {
        let fixture = Fixture::with(&readers, policy).await;
        let relay = TestRelay::start(&[]).await;
        let mut crashes = 0;
        for millis in [3, 9, 14, 22, 31, 6, 17] {
            let engine = fixture.engine(relay.port, CONNECTIONS);
            let shutdown = Shutdown::new();
            let run = engine.run(&shutdown);
            let _ = tokio::time::timeout(Duration::from_millis(millis), run).await;
            crashes += 1;
            // Let the dropped tasks end, then let their leases expire.
            tokio::time::sleep(Duration::from_millis(30)).await;
            fixture.clock.advance(Duration::from_mins(3));
        }
        let last = fixture.engine(relay.port, CONNECTIONS);
        // They were engines of this live process: the last one watches them for the length of a
        // lease.
        let ticking = fixture.tick();
        assert_eq!(fixture.drain(&last).await, Drained::Sent);
        ticking.abort();
        let mut mails: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for mail in relay.received() {
            let id = mail.message_id().to_owned();
            mails.entry(mail.to).or_default().push(id);
        }
        let repeats = mails.values().map(|ids| ids.len() - 1).sum::<usize>();
        assert!(repeats <= crashes * usize::try_from(CONNECTIONS).expect("few"));
        for ids in mails.values() {
            assert!(ids.iter().all(|id| *id == ids[0]), "another Message-ID");
        }
        let ledger = fixture.ledger().await;
        for (row, name) in ledger.iter().zip(&names) {
            let got = mails.contains_key(&format!("{name}@example.org"));
            match row.state {
                Sent => assert!(got, "{name} is recorded as sent and got nothing"),
                Uncertain => assert_eq!(policy, OnUncertain::Hold),
                other => panic!("{name} is left {other:?}"),
            }
        }
        if policy == OnUncertain::Hold {
            assert_eq!(repeats, 0, "hold repeats nothing");
        } else {
            assert_eq!(mails.len(), names.len(), "somebody is missing");
        }
        assert!(ledger.iter().all(|row| row.state != Started));
    }
}
