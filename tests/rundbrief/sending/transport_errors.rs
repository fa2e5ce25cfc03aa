//! Relays that refuse temporarily or permanently, and an unreachable one.

use std::time::Duration;

use rundbrief::domain::delivery::DeliveryState;

use super::{Town, by_recipient};
use crate::harness::{Rule, SmtpSink};

on_both_databases! {
    async fn refusals_are_retried_or_recorded(database: &Database) {
        let sink = SmtpSink::misbehaving(&[
            Rule::at("rcpt", "*1@mail.example").reply("450 4.2.1 mailbox busy").times(30),
            Rule::at("rcpt", "*3@mail.example").reply("550 5.1.1 no such mailbox here"),
            Rule::at("data", "*5@mail.example").reply("451 4.7.1 come back later").times(20),
            Rule::at("dot", "*7@mail.example").reply("554 5.6.0 we do not like this"),
            Rule::at("dot", "*9@mail.example").reply("452 4.3.1 disk full").times(10),
        ]);
        let town = Town::new(database, sink.url(), 200, "resend").await;
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        let ledger = town.ledger().await;
        for (reader, row) in town.recipients().zip(&ledger) {
            assert_eq!(reader.row, row.key.subscriber);
            let last = reader.address.split('@').next().expect("a name").chars().last();
            let (state, code, words) = match last.expect("a digit") {
                '3' => (DeliveryState::Failed, 550, "no such mailbox here"),
                '7' => (DeliveryState::Failed, 554, "we do not like this"),
                _ => (DeliveryState::Sent, 250, "kept as"),
            };
            assert_eq!((row.state, row.reply_code), (state, Some(code)), "{}", reader.address);
            assert!(row.reply.as_deref().is_some_and(|reply| reply.starts_with(words)), "{row:?}");
        }
        let tried_again: i64 = ledger.iter().map(|row| row.attempts - 1).sum();
        assert_eq!(tried_again, 60, "each temporary refusal costs one attempt");
        assert_eq!(town.agrees_with(&sink).await, 0);

        let shown = town.installation.run(["subscriber", "show", "reader3@mail.example", "--json"]).json();
        let delivery = &shown["deliveries"][0];
        assert_eq!((&delivery["issue"], &delivery["state"]), (&"rat/1".into(), &"failed".into()), "{shown}");
        assert_eq!((&delivery["reply_code"], &delivery["reply_status"]), (&550.into(), &"5.1.1".into()));
        assert_eq!(delivery["reply"], "no such mailbox here");
        let shown = town.installation.run(["subscriber", "show", "reader3@mail.example"]).success();
        assert!(shown.contains("no such mailbox here"), "{shown}");
    }

    async fn many_deferrals_are_noted_once(database: &Database) {
        let sink = SmtpSink::misbehaving(&[
            Rule::at("rcpt", "*").reply("450 4.7.1 try again later").delay(Duration::from_millis(50)).times(80),
            Rule::at("dot", "*").delay(Duration::from_millis(20)),
        ]);
        let town = Town::new(database, sink.url(), 200, "resend").await;
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        let begun = town.audited("issue.deferrals-begin");
        let [(actor, _, after)] = begun.as_slice() else { panic!("one line: {begun:?}") };
        assert_eq!(actor, "job");
        assert!(after.contains(" of "), "{after}");
        assert!(town.audited("issue.relay-down").is_empty(), "the relay answers");
    }

    async fn an_unreachable_relay_costs_no_attempts(database: &Database) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let nobody = format!("smtp://{}", free.local_addr().expect("an address"));
        drop(free);
        let mut town = Town::new(database, nobody, 50, "hold").await;
        let said = town.installation.run(["issue", "send", "rat/1"]).refusal();
        assert!(said.contains("cannot be reached") && said.contains("check relay.url"), "{said}");
        assert!(said.contains("nothing is lost"), "{said}");
        let counts = town.counts().await;
        assert_eq!(counts[&DeliveryState::Queued], 46, "{counts:?}");
        let said = town.installation.run(["mail", "test", "erika@mail.example"]).refusal();
        assert!(said.contains("check relay.url"), "{said}");

        let sink = SmtpSink::start();
        town.installation = town.installation.with("relay.url", sink.url());
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        assert_eq!(sent["deliveries"]["sent"], 46, "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0);
        assert_eq!(by_recipient(sink.received()).len(), 46);
        let down = town.audited("issue.relay-down");
        let [(_, _, after)] = down.as_slice() else { panic!("one line: {down:?}") };
        assert!(after.ends_with(": unreachable"), "{after}");
        assert!(town.ledger().await.iter().all(|row| row.attempts == 1), "an unreachable relay does not count against the mails");
    }
}
