//! Logging in with an access token.

use super::relay::{Act, TestRelay};
use super::{Envelope, SendError, Transport, TransportError, address, relay_settings};
use crate::config::RelayTarget;

const OFFER: Act = Act::Say("250-test\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n");

/// The result of one mail after authentication as `anna` with the token in `file`.
async fn send(relay: &TestRelay, file: &std::path::Path) -> super::super::SendResult {
    let mut settings = relay_settings(relay.port, 1);
    settings.oauth_token_file = Some(file.to_owned());
    if let RelayTarget::Smtp { user, .. } = &mut settings.target {
        *user = Some("anna".to_owned());
    }
    let transport = Transport::new(&settings, "test.example.org").expect("a relay");
    let (from, to) = (address("post@example.org"), address("bert@example.org"));
    let envelope = Envelope {
        from: &from,
        to: &to,
    };
    transport
        .send(&envelope, b"Message-ID: <1@x>\r\n\r\n")
        .await
}

fn error(result: super::super::SendResult) -> TransportError {
    match result {
        Err(SendError::Relay(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_token_is_read_at_every_connect() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    let relay = TestRelay::start(&[("ehlo", "", 9, OFFER)]).await;
    for token in ["first\n", "second"] {
        std::fs::write(&file, token).expect("written");
        assert_eq!(send(&relay, &file).await.map(|reply| reply.code), Ok(250));
    }
    // base64 of "user=anna\x01auth=Bearer first\x01\x01", and of the same with "second"
    let expected = [
        "XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVyIGZpcnN0AQE=",
        "XOAUTH2 dXNlcj1hbm5hAWF1dGg9QmVhcmVyIHNlY29uZAEB",
    ];
    assert_eq!(relay.logins(), expected);
}

#[tokio::test]
async fn errors_about_tokens_say_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("token");
    std::fs::write(&file, "old").expect("written");
    // The reason comes as a challenge, and the refusal after our empty response.
    let relay = TestRelay::start(&[
        ("ehlo", "", 9, OFFER),
        ("auth", "", 1, Act::Say("334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")),
        ("rset", "", 1, Act::Say("535 5.7.8 expired\r\n")),
    ])
    .await;
    let refused = error(send(&relay, &file).await);
    assert!(
        matches!(&refused, TransportError::TokenRefused(reply) if reply.code == 535),
        "{refused}"
    );
    assert!(
        refused.to_string().contains("relay.oauth_token_file"),
        "{refused}"
    );
    for unusable in ["", "two\nlines"] {
        std::fs::write(&file, unusable).expect("written");
        let error = error(send(&relay, &file).await);
        assert!(matches!(error, TransportError::Token(_)), "{error}");
    }
    std::fs::remove_file(&file).expect("removed");
    let missing = error(send(&relay, &file).await);
    assert!(matches!(missing, TransportError::Token(_)), "{missing}");
    let plain = Act::Say("250-test\r\n250 AUTH PLAIN\r\n");
    let relay = TestRelay::start(&[("ehlo", "", 9, plain)]).await;
    assert_eq!(
        error(send(&relay, &file).await),
        TransportError::NoTokenMechanism
    );
    assert!(relay.received().is_empty());
}
