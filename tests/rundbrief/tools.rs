//! The tools of the stories themselves: a story that trusts them can trust its own result.

use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;

use crate::harness::{Database, Installation, Rule, SmtpSink};

on_both_databases! {
    /// Each story gets a database that nobody wrote to before.
    async fn a_story_starts_on_an_empty_database(database: &Database) {
        let other = if database.is_postgres() {
            Database::postgres().await
        } else {
            Database::sqlite().await
        };
        assert_ne!(database.url(), other.url());
        assert_eq!(database.url().starts_with("postgres:"), database.is_postgres());
    }
}

/// The SMTP client ends the last line itself, so a mail is handed over without its line end.
const MAIL: &[u8] = b"Message-ID: <1@example.org>\r\nSubject: Dots\r\n\r\n.dot\r\nend";

async fn connect(sink: &SmtpSink) -> AsyncSmtpConnection {
    AsyncSmtpConnection::connect_tokio1(
        ("127.0.0.1", sink.port()),
        Some(Duration::from_secs(5)),
        &ClientId::Domain("test.example".to_owned()),
        None,
        None,
    )
    .await
    .expect("the sink accepts connections")
}

fn envelope(to: &str) -> Envelope {
    let address = |text: &str| text.parse().expect("a valid address");
    Envelope::new(Some(address("sender@example.org")), vec![address(to)])
        .expect("there is a recipient")
}

#[tokio::test]
async fn the_sink_keeps_mails_byte_for_byte_and_in_order() {
    let sink = SmtpSink::start();
    let mut first = connect(&sink).await;
    let mut second = connect(&sink).await;
    first
        .send(&envelope("anna@example.org"), MAIL)
        .await
        .expect("taken");
    second
        .send(&envelope("bert@example.org"), MAIL)
        .await
        .expect("taken");
    first
        .send(&envelope("cora@example.org"), MAIL)
        .await
        .expect("taken");

    let received = sink.wait_for(3, Duration::from_secs(1));
    let seen: Vec<_> = received
        .iter()
        .map(|mail| (mail.number, mail.connection, mail.envelope_to[0].as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, 1, "anna@example.org"),
            (2, 2, "bert@example.org"),
            (3, 1, "cora@example.org")
        ]
    );
    assert_eq!(received[0].bytes(), [MAIL, b"\r\n"].concat());
    assert_eq!(received[0].envelope_from, "sender@example.org");
    assert_eq!(received[0].message_id.as_deref(), Some("<1@example.org>"));
    assert!(received[0].answered);
}

#[tokio::test]
async fn the_sink_refuses_as_it_is_told() {
    let sink = SmtpSink::misbehaving(&[
        Rule::at("rcpt", "busy@*").reply("450 4.2.1 busy").times(1),
        Rule::at("dot", "never@*").reply("554 5.7.1 no"),
    ]);
    // A connection each: the SMTP client gives one up after a refusal.
    let send = async |address: &str| connect(&sink).await.send(&envelope(address), MAIL).await;

    let busy = send("busy@example.org").await;
    assert!(busy.expect_err("450 at RCPT").is_transient());
    let never = send("never@example.org").await;
    assert!(never.expect_err("554 at the dot").is_permanent());
    send("busy@example.org").await.expect("the rule held once");
    assert_eq!(sink.received().len(), 1);
}

#[tokio::test]
async fn the_sink_can_take_a_mail_and_go_silent() {
    let sink = SmtpSink::misbehaving(&[
        Rule::at("data", "early@*").close(),
        Rule::at("dot", "late@*").close(),
        Rule::at("connect", "*")
            .reply("421 4.3.2 shutting down")
            .close()
            .times(0),
    ]);
    for address in ["early@example.org", "late@example.org"] {
        let mut connection = connect(&sink).await;
        let broken = connection.send(&envelope(address), MAIL).await;
        let error = broken.expect_err("the connection broke");
        assert!(!error.is_permanent() && !error.is_transient(), "{error}");
    }
    let received = sink.received();
    assert_eq!(received.len(), 1);
    assert!(!received[0].answered);
    assert_eq!(received[0].envelope_to, ["late@example.org"]);
}

#[test]
fn a_command_runs_in_its_own_folder() {
    let installation = Installation::without_database();
    installation.file("note.txt", "hello");
    assert!(installation.folder().join("note.txt").exists());
    let help = installation.run(["--help"]).success();
    assert!(help.is_empty() || help.contains("rundbrief"));
}
