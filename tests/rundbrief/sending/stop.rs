//! Stopping on purpose: SIGTERM, pause, resume, cancel.

use std::collections::BTreeMap;
use std::time::Duration;

use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;

use super::{PATIENCE, Town};
use crate::harness::{Rule, SmtpSink};

const SOON: Duration = Duration::from_secs(30);

on_both_databases! {
    async fn sigterm_leaves_nothing_open(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 300, "hold").await;
        town.release();
        for mails in [60, 140] {
            let worker = town.installation.start(["serve", "--role", "worker"]);
            sink.wait_for(mails, PATIENCE);
            let (code, log, took) = worker.terminate(SOON);
            assert_eq!(code, Some(0), "after {took:?}: {log}");
            let (counts, arrived) = (town.counts().await, sink.received().len());
            assert_eq!(counts[&DeliveryState::Sent], arrived, "{counts:?}");
            assert_eq!(counts[&DeliveryState::Queued], 270 - arrived, "what is not sent waits: {counts:?}");
        }
        // `issue send` goes on with what a worker began, and stops as well.
        let sending = town.installation.start(["issue", "send", "rat/1"]);
        sink.wait_for(200, PATIENCE);
        let (code, log, _) = sending.terminate(SOON);
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(town.counts().await[&DeliveryState::Sent], sink.received().len());
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["deliveries"]["sent"], 270, "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0, "nothing is sent twice");
    }

    async fn an_issue_is_paused_resumed_and_cancelled_while_it_goes_out(database: &Database) {
        // Slow enough to step in: about 80 mails a second.
        let slow = Rule::at("dot", "*").delay(Duration::from_millis(100));
        let sink = SmtpSink::misbehaving(&[slow]);
        let town = Town::new(database, sink.url(), 600, "resend").await;
        let command = |what: &str| town.installation.run(["issue", what, "rat/1", "--json"]).json();
        town.release();
        let worker = town.installation.start(["serve", "--role", "worker"]);
        sink.wait_for(40, PATIENCE);
        assert_eq!(command("pause")["state"], "paused");
        let waits = town.installation.run(["issue", "send", "rat/1"]).refusal();
        assert!(waits.contains("rundbrief issue resume rat/1"), "{waits}");
        tokio::time::sleep(Duration::from_secs(1)).await; // mails on the wire come to their end
        let paused = sink.received().len();
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(sink.received().len(), paused, "paused is paused");
        assert!(paused < 540, "it was paused too late to prove anything");
        let counts = town.counts().await;
        let expected = BTreeMap::from([(DeliveryState::Sent, paused), (DeliveryState::Queued, 540 - paused)]);
        assert_eq!(counts, expected, "nothing is kept from others while it is paused");

        assert_eq!(command("resume")["state"], "sending");
        sink.wait_for(paused + 60, PATIENCE);
        assert_eq!(command("cancel")["state"], "cancelled");
        town.until(IssueState::Cancelled).await;
        let (code, log, _) = worker.terminate(SOON);
        assert_eq!(code, Some(0), "{log}");
        let (counts, arrived) = (town.counts().await, sink.received().len());
        assert!(arrived < 540, "it was cancelled too late to prove anything");
        let expected = BTreeMap::from([(DeliveryState::Sent, arrived), (DeliveryState::Cancelled, 540 - arrived)]);
        assert_eq!(counts, expected);
        assert_eq!(town.agrees_with(&sink).await, 0);
        let stays = town.installation.run(["issue", "resume", "rat/1"]).refusal();
        assert!(stays.contains("cancelled"), "{stays}");
    }
}
