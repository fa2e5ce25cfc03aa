//! Intended stops: SIGTERM, pause, resume, cancel.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;

use super::{Town, arrive};
use crate::harness::{Rule, SmtpSink};

const SOON: Duration = Duration::from_secs(30);

on_both_databases! {
    async fn sigterm_leaves_nothing_open(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 300, "hold").await;
        let all = town.recipients().count();
        town.release();
        for mails in [60, 140] {
            let mut worker = town.installation.start(["serve", "--role", "worker"]);
            arrive(&sink, mails, &mut worker);
            let (code, log, took) = worker.terminate(SOON);
            assert_eq!(code, Some(0), "after {took:?}: {log}");
            let (counts, arrived) = (town.counts().await, sink.received().len());
            assert_eq!(counts[&DeliveryState::Sent], arrived, "{counts:?}");
            assert_eq!(counts[&DeliveryState::Queued], all - arrived, "the rest waits: {counts:?}");
        }
        // `issue send` continues what a worker began, and stops as well.
        let mut sending = town.installation.start(["issue", "send", "rat/1"]);
        arrive(&sink, 200, &mut sending);
        let (code, log, _) = sending.terminate(SOON);
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(town.counts().await[&DeliveryState::Sent], sink.received().len());
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["deliveries"]["sent"], all, "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0, "nothing is sent twice");
    }

    async fn an_issue_is_paused_resumed_and_cancelled_while_being_sent(database: &Database) {
        // Slow enough to intervene: about 80 mails a second.
        let slow = Rule::at("dot", "*").delay(Duration::from_millis(100));
        let sink = SmtpSink::misbehaving(&[slow]);
        let town = Town::new(database, sink.url(), 600, "resend").await;
        let all = town.recipients().count();
        let command = |what: &str| town.installation.run(["issue", what, "rat/1", "--json"]).json();
        town.release();
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        arrive(&sink, 40, &mut worker);
        assert_eq!(command("pause")["state"], "paused");
        let waits = town.installation.run(["issue", "send", "rat/1"]).refusal();
        assert!(waits.contains("rundbrief issue resume rat/1"), "{waits}");
        let begin = Instant::now();
        while town.counts().await.keys().any(|state| [DeliveryState::Leased, DeliveryState::Started].contains(state)) {
            assert!(begin.elapsed() < SOON, "paused, and still in flight: {:?}", town.counts().await);
            tokio::time::sleep(Duration::from_millis(50)).await; // mails in flight finish
        }
        let paused = sink.received().len();
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(sink.received().len(), paused, "nothing is sent while paused");
        assert!(paused < all, "it was paused too late to prove anything");
        let counts = town.counts().await;
        let expected = BTreeMap::from([(DeliveryState::Sent, paused), (DeliveryState::Queued, all - paused)]);
        assert_eq!(counts, expected, "nothing stays leased while it is paused");

        assert_eq!(command("resume")["state"], "sending");
        arrive(&sink, paused + 60, &mut worker);
        assert_eq!(command("cancel")["state"], "cancelled");
        town.until(IssueState::Cancelled).await;
        let (code, log, _) = worker.terminate(SOON);
        assert_eq!(code, Some(0), "{log}");
        let (counts, arrived) = (town.counts().await, sink.received().len());
        assert!(arrived < all, "it was cancelled too late to prove anything");
        let expected = BTreeMap::from([(DeliveryState::Sent, arrived), (DeliveryState::Cancelled, all - arrived)]);
        assert_eq!(counts, expected);
        assert_eq!(town.agrees_with(&sink).await, 0);
        let stays = town.installation.run(["issue", "resume", "rat/1"]).refusal();
        assert!(stays.contains("cancelled"), "{stays}");
    }
}
