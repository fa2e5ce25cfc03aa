//! Readers whose addresses have non-ASCII characters before the `@` (RFC 6531).

use rundbrief::domain::delivery::{DeliveryState, FailureClass};

use super::{Town, by_recipient, subscribe};
use crate::harness::SmtpSink;

on_both_databases! {
    /// Readers that this relay cannot reach are listed, and get the issue over a relay with
    /// SMTPUTF8.
    async fn non_ascii_recipients_wait_for_a_relay_with_smtputf8(database: &Database) {
        let sink = SmtpSink::start();
        let mut town = Town::new(database, sink.url(), 8, "resend").await;
        let international = subscribe(&town.db, 8..12, "jürgen", "mail.example").await;
        town.readers.extend(international);
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        let failed = (&sent["state"], &sent["deliveries"]["sent"], &sent["failed"]["other"]);
        assert_eq!(failed, (&"sent".into(), &8.into(), &4.into()), "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0);
        for row in town.ledger().await.iter().filter(|row| row.state == DeliveryState::Failed) {
            assert_eq!((row.class, row.reply_code), (Some(FailureClass::Other), Some(553)));
            assert_eq!((row.attempts, row.reply_status.as_deref()), (1, Some("5.6.7")));
        }
        let found = town.installation.run(["delivery", "find", "JÜRGEN8@mail.example", "--issue", "rat/1"]).success();
        assert!(found.contains("failed at 20"), "{found}");
        // The whole reply, without masking.
        let why = "the address has non-ASCII characters before the at sign, and the relay does not support such addresses (SMTPUTF8)";
        assert!(found.contains(why), "{found}");
        let refused = town.installation.run(["mail", "test", "jürgen@mail.example"]).refusal();
        assert!(refused.contains("5.6.7") && refused.contains(why), "{refused}");

        let carrying = SmtpSink::with_options(&[], &["--smtputf8"]);
        town.installation = town.installation.with("relay.url", carrying.url());
        town.installation.run(["mail", "test", "jürgen@mail.example"]).success();
        let again = town.installation.run(["issue", "retry", "rat/1", "--class", "other", "--yes", "--json"]).json();
        assert_eq!(again["again"], 4, "{again}");
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!((&sent["state"], &sent["deliveries"]["sent"]), (&"sent".into(), &12.into()), "{sent}");
        let mut arrived = by_recipient(carrying.received());
        let test = arrived.remove("jürgen@mail.example").expect("the test mail");
        assert!(test[0].bytes().starts_with("To: jürgen@mail.example\r\n".as_bytes()));
        assert_eq!(arrived.len(), 4, "only readers who had not got it");
        for reader in &town.readers[8..] {
            let [mail] = arrived[&reader.address].as_slice() else { panic!("one mail to {}", reader.address) };
            assert_eq!(mail.message_id.as_deref(), Some(&*town.message_id(reader)));
            assert!(mail.bytes().starts_with(format!("To: {}\r\n", reader.address).as_bytes()));
        }
    }
}
