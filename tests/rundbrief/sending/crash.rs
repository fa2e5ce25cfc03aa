//! `kill -9` in the middle of an issue: at most one repeat per open connection, byte-identical, and
//! no mail is lost.

use std::time::Duration;

use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;

use super::{CONNECTIONS, Town, arrive, by_recipient};
use crate::harness::SmtpSink;

/// How many mails have arrived when it is killed.
const KILLS: [usize; 3] = [200, 420, 700];

on_both_databases! {
    async fn killing_the_worker_loses_no_mail(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 1_000, "resend").await;
        town.release();
        for mails in KILLS {
            let mut worker = town.installation.start(["serve", "--role", "worker"]);
            arrive(&sink, mails, &mut worker);
            worker.kill_hard();
            assert_ne!(town.status()["state"], "sent", "it was killed too late to prove anything");
        }
        let worker = town.installation.start(["serve", "--role", "worker"]);
        town.until(IssueState::Sent).await;
        let (code, log, _) = worker.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(town.counts().await.into_iter().collect::<Vec<_>>(), [(DeliveryState::Sent, 900)]);
        let repeats = town.agrees_with(&sink).await;
        assert!(repeats <= KILLS.len() * CONNECTIONS, "{repeats} repeats");
        assert_eq!(by_recipient(sink.received()).len(), 900);
    }

    /// The same with `issue send`, and with the policy that never repeats.
    async fn the_policy_hold_repeats_nothing(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 300, "hold").await;
        for mails in [60, 150] {
            let mut sending = town.installation.start(["issue", "send", "rat/1"]);
            arrive(&sink, mails, &mut sending);
            sending.kill_hard();
            assert_ne!(town.status()["state"], "sent", "it was killed too late to prove anything");
        }
        let shown = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(shown["state"], "sent", "{shown}");
        assert_eq!(town.agrees_with(&sink).await, 0, "nothing is sent twice");
        let arrived = by_recipient(sink.received());
        let mut listed = Vec::new();
        for row in town.ledger().await {
            let reader = town.readers.iter().find(|one| one.row == row.key.subscriber).expect("a reader");
            match row.state {
                DeliveryState::Sent => {}
                DeliveryState::Uncertain => listed.push(reader.address.as_str()),
                other => panic!("{} is {other}", reader.address),
            }
        }
        assert!(listed.len() <= 2 * CONNECTIONS, "{} are uncertain", listed.len());
        for reader in town.recipients().filter(|reader| !arrived.contains_key(&reader.address)) {
            assert!(listed.contains(&reader.address.as_str()), "{} is missing without being listed", reader.address);
        }
        let status = town.status();
        let uncertain: Vec<_> = status["uncertain"].as_array().expect("a list").iter()
            .map(|one| one["address"].as_str().expect("an address")).collect();
        assert_eq!(uncertain, listed, "{status}");
    }
}
