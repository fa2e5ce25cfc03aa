//! The limits of a relay hold for all nodes together, and across restarts.

use std::time::{Duration, SystemTime};

use rundbrief::domain::issue::IssueState;

use super::{Town, arrive};
use crate::harness::{Received, SmtpSink};

/// Arrival times, in order.
pub fn arrivals(mails: &[Received]) -> Vec<SystemTime> {
    let mut times: Vec<_> = mails
        .iter()
        .map(|mail| {
            let file = std::fs::metadata(&mail.file).expect("the server wrote it");
            file.modified().expect("files have times")
        })
        .collect();
    times.sort();
    times
}

on_both_databases! {
    /// Thirty per minute: two nodes and a restart never send a 31st, and continue after the minute.
    async fn the_limit_per_minute_holds_over_two_nodes_and_a_restart(database: &Database) {
        let sink = SmtpSink::start();
        let mut town = Town::new(database, sink.url(), 40, "resend").await;
        town.installation = town.installation.with("relay.mails_per_minute", 30);
        assert!(town.recipients().count() > 31);
        town.release();
        let mut one = town.installation.start(["serve", "--role", "worker"]);
        let two = town.installation.start(["serve", "--role", "worker"]);
        arrive(&sink, 10, &mut one);
        two.kill_hard();
        let mut two = town.installation.start(["serve", "--role", "worker"]);
        // The killed node took permits with it: for each of its four connections, one for a mail
        // that did not arrive, and an unused one.
        arrive(&sink, 20, &mut two);
        let (code, log, _) = one.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        let one = town.installation.start(["serve", "--role", "worker"]);
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert!(sink.received().len() <= 30, "{} within a minute", sink.received().len());
        two.must_run();
        town.until(IssueState::Sent).await;
        drop((one, two));
        let times = arrivals(&sink.received());
        for window in times.windows(31) {
            let apart = window[30].duration_since(window[0]).expect("sorted");
            assert!(apart >= Duration::from_mins(1), "31 mails within {apart:?}");
        }
        assert!(times.len() >= town.recipients().count());
    }

    async fn the_limit_per_second_holds(database: &Database) {
        let sink = SmtpSink::start();
        let mut town = Town::new(database, sink.url(), 40, "resend").await;
        town.installation = town.installation.with("relay.mails_per_second", 8);
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        let times = arrivals(&sink.received());
        for window in times.windows(9) {
            let apart = window[8].duration_since(window[0]).expect("sorted");
            assert!(apart >= Duration::from_millis(950), "9 mails within {apart:?}");
        }
    }

    /// `issue send` does not wait for hours: it says when sending continues, and releases its
    /// leases.
    async fn a_limit_with_a_long_wait_is_reported(database: &Database) {
        let sink = SmtpSink::start();
        let mut town = Town::new(database, sink.url(), 20, "resend").await;
        town.installation = town.installation.with("relay.mails_per_hour", 5);
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!((&sent["state"], &sent["deliveries"]["sent"]), (&"sending".into(), &5.into()), "{sent}");
        assert_eq!(sent["deliveries"]["queued"], town.recipients().count() - 5, "{sent}");
        assert_eq!(sink.received().len(), 5);
    }
}
