//! One mail after another over one connection, with and without PIPELINING.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::relay::{Act, Habits, TestRelay};
use super::{address, relay_settings};
use crate::delivery::{
    Connection, Envelope, SendError, SendResult, Step, Transport, TransportError,
};

const PLAIN: &str = "250-test\r\n250-SIZE 1000000\r\n250 HELP\r\n";
const PIPELINING: &str = "250-test\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250 HELP\r\n";
const NO: &str = "550-5.1.1 no\r\n550 5.1.1 such mailbox\r\n";
const LATER: &str = "451 4.3.0 later\r\n";
const MAIL: &[u8] = b"Message-ID: <1@x>\r\n\r\n.dot\r\n..\r\nend.\r\n";

fn habits(hello: &'static str) -> Habits {
    Habits {
        hello,
        ..Habits::default()
    }
}

async fn send(connection: &mut Connection, to: &str) -> SendResult {
    let (from, to) = (address("post@example.org"), address(to));
    let envelope = Envelope {
        from: &from,
        to: &to,
    };
    connection.send(&envelope, MAIL).await
}

/// With timeouts long enough for a busy machine.
fn transport(port: u16) -> Transport {
    let long = Duration::from_secs(20);
    let mut settings = relay_settings(port, 1);
    settings.connect_timeout = long;
    settings.command_timeout = long;
    settings.data_timeout = long;
    settings.accept_timeout = long;
    Transport::new(&settings, "test.example.org").expect("a relay")
}

async fn open(relay: &TestRelay) -> Connection {
    transport(relay.port).connect().await.expect("open")
}

#[tokio::test]
async fn three_commands_are_pipelined_if_supported() {
    for (hello, together) in [(PLAIN, 0), (PIPELINING, 2)] {
        let latency = Duration::from_millis(5);
        let relay = TestRelay::with(
            Habits {
                latency,
                ..habits(hello)
            },
            &[],
        )
        .await;
        let mut connection = open(&relay).await;
        for to in ["anna", "bert"] {
            let sent = send(&mut connection, &format!("{to}@example.org")).await;
            assert_eq!(sent.map(|reply| reply.code), Ok(250));
        }
        assert_eq!(relay.together(), together, "{hello}");
        assert_eq!(relay.commands().len(), 1 + 2 * 3);
        let text = &relay.received()[1].text;
        assert_eq!(text, "Message-ID: <1@x>\n\n.dot\n..\nend.\n");
    }
}

#[tokio::test]
async fn refusals_keep_the_connection() {
    for hello in [PLAIN, PIPELINING] {
        for strict in [true, false] {
            for at in ["mail", "rcpt", "data", "dot"] {
                for (words, code) in [(NO, 550), (LATER, 451)] {
                    let relay = TestRelay::with(
                        Habits {
                            strict,
                            ..habits(hello)
                        },
                        // No empty mail is delivered.
                        &[(at, "", 1, Act::Say(words)), ("dot", "x", 1, Act::Cut)],
                    )
                    .await;
                    let mut connection = open(&relay).await;
                    let what = format!("{hello:?} {at} {code} strict {strict}");
                    let refused = send(&mut connection, "anna@example.org").await;
                    let Err(SendError::Refused(reply)) = refused else {
                        panic!("{what}: {refused:?}");
                    };
                    assert_eq!(reply.code, code, "{what}");
                    // Only a relay that replies 354 or 250 without a recipient loses its
                    // connection.
                    let careless = hello == PIPELINING && !strict && ["mail", "rcpt"].contains(&at);
                    assert_eq!(connection.is_usable(), !careless, "{what}");
                    if careless {
                        connection = open(&relay).await;
                    }
                    let next = send(&mut connection, "bert@example.org").await;
                    assert_eq!(next.map(|reply| reply.code), Ok(250), "{what}");
                    assert_eq!(
                        relay.accepted().last().map(String::as_str),
                        Some("bert@example.org")
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn data_accepted_without_recipient_gets_an_empty_mail() {
    let relay = TestRelay::with(
        habits(PIPELINING),
        &[
            ("rcpt", "anna", 1, Act::Say(NO)),
            (
                "dot",
                "anna",
                1,
                Act::Say("554 5.5.1 no valid recipients\r\n"),
            ),
        ],
    )
    .await;
    let mut connection = open(&relay).await;
    let refused = send(&mut connection, "anna@example.org").await;
    assert!(matches!(refused, Err(SendError::Refused(reply)) if reply.code == 550));
    assert_eq!(
        relay.received()[0].text,
        "",
        "the mail without recipients is empty"
    );
    let next = send(&mut connection, "bert@example.org").await;
    assert_eq!(next.map(|reply| reply.code), Ok(250));
    assert!(!relay.commands().iter().any(|line| line.starts_with("RSET")));
}

#[tokio::test]
async fn unexpected_replies_end_the_connection() {
    for (at, act, step) in [
        ("mail", Act::Say("354 go\r\n"), Step::Sender),
        ("rcpt", Act::Say("354 go\r\n"), Step::Recipient),
        ("data", Act::Say("250 ok\r\n"), Step::Data),
        ("rcpt", Act::Say("hello\r\n"), Step::Recipient),
        ("data", Act::Say("354 go\r\n250 ok\r\n"), Step::Data),
    ] {
        let relay = TestRelay::with(habits(PIPELINING), &[(at, "", 1, act)]).await;
        let mut connection = open(&relay).await;
        let result = send(&mut connection, "anna@example.org").await;
        assert_eq!(
            result,
            Err(TransportError::InvalidReply(step).into()),
            "{at} {act:?}"
        );
        assert!(!connection.is_usable());
        assert!(relay.received().is_empty(), "{at} {act:?}");
    }
    for (at, act) in [("rcpt", Act::Cut), ("data", Act::Cut)] {
        let relay = TestRelay::with(habits(PIPELINING), &[(at, "", 1, act)]).await;
        let mut connection = open(&relay).await;
        let result = send(&mut connection, "anna@example.org").await;
        assert!(
            matches!(result, Err(SendError::Relay(_))),
            "{at} {act:?}: {result:?}"
        );
        assert!(!connection.is_usable());
    }
}

#[tokio::test]
async fn a_refusal_counts_even_if_the_relay_closes() {
    let relay = TestRelay::with(habits(PIPELINING), &[("rcpt", "", 1, Act::SayAndCut(NO))]).await;
    let mut connection = open(&relay).await;
    let result = send(&mut connection, "anna@example.org").await;
    assert!(matches!(result, Err(SendError::Refused(reply)) if reply.code == 550));
    assert!(!connection.is_usable());
}

#[tokio::test]
async fn multiline_and_fragmented_replies_stay_in_step() {
    const WORDY: &str = "250-one\r\n250-two\r\n250 three\r\n";
    for hello in [PLAIN, PIPELINING] {
        let relay = TestRelay::with(
            Habits {
                piece: 5,
                ..habits(hello)
            },
            &[
                ("mail", "", 9, Act::Say(WORDY)),
                ("rcpt", "bert", 1, Act::Say(NO)),
                ("rcpt", "", 9, Act::Say(WORDY)),
                ("data", "", 9, Act::Say("354-go\r\n354 on\r\n")),
                ("dot", "bert", 1, Act::Say("554-no\r\n554 nobody\r\n")),
                ("dot", "carl", 1, Act::Say("554-no\r\n554 no\r\n")),
            ],
        )
        .await;
        let mut connection = open(&relay).await;
        let mut codes = Vec::new();
        for to in ["anna", "bert", "carl", "dora"] {
            codes.push(
                match send(&mut connection, &format!("{to}@example.org")).await {
                    Ok(reply) | Err(SendError::Refused(reply)) => reply.code,
                    other => panic!("{to}: {other:?}"),
                },
            );
        }
        assert_eq!(codes, [250, 550, 554, 250], "{hello}");
    }
}

#[tokio::test]
async fn a_mail_that_is_too_large_is_refused_here() {
    const SMALL: &str = "250-test\r\n250-PIPELINING\r\n250 SIZE 36\r\n";
    const ENOUGH: &str = "250-test\r\n250-PIPELINING\r\n250 SIZE 37\r\n";
    assert_eq!(MAIL.len(), 37);
    let relay = TestRelay::with(habits(SMALL), &[]).await;
    let mut connection = open(&relay).await;
    let refused = send(&mut connection, "anna@example.org").await;
    let Err(SendError::Refused(reply)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((reply.code, reply.status.as_deref()), (552, Some("5.3.4")));
    assert!(
        reply.words.contains("37 bytes") && reply.words.contains("36 bytes"),
        "{}",
        reply.words
    );
    assert!(connection.is_usable());
    assert_eq!(relay.commands().len(), 1, "only EHLO was sent");
    let relay = TestRelay::with(habits(ENOUGH), &[]).await;
    send(&mut open(&relay).await, "anna@example.org")
        .await
        .expect("sent");
    assert_eq!(relay.commands()[1], "MAIL FROM:<post@example.org> SIZE=37");
}

#[tokio::test]
async fn non_ascii_recipients_need_smtputf8() {
    const CARRIES: &str = "250-test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n";
    for hello in [PLAIN, PIPELINING] {
        let relay = TestRelay::with(habits(hello), &[]).await;
        let mut connection = open(&relay).await;
        let refused = send(&mut connection, "jürgen@example.org").await;
        let Err(SendError::Refused(reply)) = refused else {
            panic!("{hello:?}: {refused:?}");
        };
        assert_eq!((reply.code, reply.status.as_deref()), (553, Some("5.6.7")));
        assert!(reply.words.contains("SMTPUTF8"), "{}", reply.words);
        assert_eq!(relay.commands().len(), 1, "only EHLO was sent");
        let next = send(&mut connection, "anna@bücher.example").await;
        assert_eq!(next.map(|reply| reply.code), Ok(250), "{hello:?}");
        assert_eq!(relay.commands()[2], "RCPT TO:<anna@xn--bcher-kva.example>");
    }
    let relay = TestRelay::with(habits(CARRIES), &[]).await;
    let mut connection = open(&relay).await;
    for to in ["jürgen@example.org", "anna@example.org"] {
        let sent = send(&mut connection, to).await;
        assert_eq!(sent.map(|reply| reply.code), Ok(250));
    }
    let commands = relay.commands();
    assert_eq!(
        commands[1..3],
        [
            "MAIL FROM:<post@example.org> BODY=8BITMIME SMTPUTF8",
            "RCPT TO:<jürgen@example.org>"
        ]
    );
    assert_eq!(
        commands[4], "MAIL FROM:<post@example.org>",
        "only for recipients that need it"
    );
}

#[tokio::test]
async fn delivery_reports_are_requested_if_supported() {
    const DSN: &str = "250-test\r\n250-PIPELINING\r\n250 DSN\r\n";
    let relay = TestRelay::with(habits(DSN), &[]).await;
    send(&mut open(&relay).await, "anna+x@example.org")
        .await
        .expect("sent");
    assert_eq!(
        relay.commands()[1..3],
        [
            "MAIL FROM:<post@example.org> RET=HDRS ENVID=1@x",
            "RCPT TO:<anna+x@example.org> NOTIFY=FAILURE,DELAY ORCPT=rfc822;anna+2Bx@example.org",
        ]
    );
}

/// The connection ends after any number of bytes from the relay.
#[tokio::test]
async fn a_connection_lost_anywhere_is_reported_correctly() {
    for hello in [PLAIN, PIPELINING] {
        let before = "220 test\r\n".len() + hello.len();
        let mail = "250 ok\r\n250 ok\r\n354 go\r\n".len();
        let all = before + mail + "250 2.0.0 kept\r\n".len();
        let relay = TestRelay::with(habits(hello), &[]).await;
        let transport = transport(relay.port);
        for cut_after in before..=all {
            relay.cut_after(cut_after);
            let received = relay.received().len();
            let mut connection = transport.connect().await.expect("open");
            let result = send(&mut connection, "anna@example.org").await;
            let fits = match &result {
                Ok(reply) => reply.code == 250 && cut_after == all,
                Err(SendError::Unanswered(_)) => (before + mail..all).contains(&cut_after),
                Err(SendError::Relay(_)) => cut_after < before + mail,
                Err(SendError::Refused(_)) => false,
            };
            assert!(fits, "{hello:?} cut after {cut_after} of {all}: {result:?}");
            let whole = usize::from(cut_after >= before + mail);
            assert_eq!(relay.received().len(), received + whole);
            if result.is_err() {
                assert!(!connection.is_usable());
            }
        }
    }
}

/// Cancels the sending of one mail after every possible number of polls; the next mail gets its own
/// reply or none.
#[tokio::test]
async fn after_a_cancelled_send_the_next_mail_never_reads_a_wrong_reply() {
    for hello in [PLAIN, PIPELINING] {
        // All of Anna's replies are positive and all of Bert's negative, then the other way round.
        for (yes, no) in [("anna", "bert"), ("bert", "anna")] {
            let relay = TestRelay::with(
                Habits {
                    piece: 3,
                    ..habits(hello)
                },
                &[("dot", no, 999, Act::Say("554 no\r\n"))],
            )
            .await;
            let transport = transport(relay.port);
            let mut finished = false;
            for steps in 1..200 {
                let mut connection = transport.connect().await.expect("open");
                let result = {
                    let mut sending = pin!(send(&mut connection, "anna@example.org"));
                    let mut polls = 0;
                    poll_fn(|cx| {
                        polls += 1;
                        match sending.as_mut().poll(cx) {
                            Poll::Ready(result) => Poll::Ready(Some(result)),
                            Poll::Pending if polls == steps => Poll::Ready(None),
                            Poll::Pending => Poll::Pending,
                        }
                    })
                    .await
                };
                finished = result.is_some();
                if let Some(result) = result {
                    assert_eq!(result.is_ok(), yes == "anna");
                } else {
                    assert!(!connection.is_usable(), "after {steps} steps");
                }
                let next = send(&mut connection, "bert@example.org").await;
                match next {
                    Ok(_) => assert!(finished && yes == "bert"),
                    Err(SendError::Refused(reply)) => {
                        assert!(finished && no == "bert" && reply.code == 554);
                    }
                    Err(SendError::Relay(_)) => assert!(!finished),
                    Err(SendError::Unanswered(_)) => panic!("nothing was sent"),
                }
                if finished {
                    assert!(steps > 3, "the mail was cut several times");
                    break;
                }
            }
            assert!(finished, "200 steps were not enough");
        }
    }
}
