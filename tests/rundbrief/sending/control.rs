//! A person intervenes while a worker sends: how soon it takes effect, and quiet hours.

use std::time::{Duration, Instant};

use chrono::Timelike as _;
use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;

use super::{Town, arrive};
use crate::harness::{Rule, SmtpSink};

const SECOND: Duration = Duration::from_secs(1);

/// Quiet hours around now in Berlin, and others far from now.
fn hours() -> (String, String) {
    let now = rundbrief::clock::Clock::system()
        .now()
        .in_zone(chrono_tz::Europe::Berlin);
    let around = |from: u32, until: u32| {
        let hour = |by: u32| (now.hour() + by) % 24;
        format!("{:02}:30-{:02}:30", hour(from), hour(until))
    };
    (around(22, 3), around(10, 12))
}

on_both_databases! {
    async fn pausing_resuming_and_cancelling_take_effect_within_a_second(database: &Database) {
        let slow = Rule::at("dot", "*").delay(Duration::from_millis(100));
        let sink = SmtpSink::misbehaving(&[slow]);
        let mut town = Town::new(database, sink.url(), 600, "resend").await;
        // As in production: nobody is woken, each process polls.
        town.installation = town.installation.with("delivery.poll_every", "1 second");
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        town.release();
        arrive(&sink, 30, &mut worker);
        for _ in 0..2 {
            town.installation.run(["issue", "pause", "rat/1"]).success();
            tokio::time::sleep(SECOND).await;
            let (arrived, counts) = (sink.received().len(), town.counts().await);
            assert_eq!(counts[&DeliveryState::Sent], arrived, "a second later nothing is in flight: {counts:?}");
            tokio::time::sleep(SECOND / 2).await;
            assert_eq!(sink.received().len(), arrived);
            town.installation.run(["issue", "resume", "rat/1"]).success();
            let resumed = Instant::now();
            arrive(&sink, arrived + 1, &mut worker);
            assert!(resumed.elapsed() < 3 * SECOND, "resuming took {:?}", resumed.elapsed());
        }
        let status = town.status();
        assert!(status["rate"]["last_minute"].as_f64().is_some_and(|rate| rate > 1.0), "{status}");
        assert!(status["done_at"].is_string(), "{status}");
        town.installation.run(["issue", "cancel", "rat/1"]).success();
        tokio::time::sleep(SECOND).await;
        let (arrived, counts) = (sink.received().len(), town.counts().await);
        let all = town.recipients().count();
        assert_eq!(counts[&DeliveryState::Sent], arrived, "{counts:?}");
        assert_eq!(counts[&DeliveryState::Cancelled], all - arrived, "a second later nothing waits: {counts:?}");
        assert_eq!(town.agrees_with(&sink).await, 0);
    }

    async fn in_quiet_hours_mails_wait(database: &Database) {
        let slow = Rule::at("dot", "*").delay(Duration::from_millis(50));
        let sink = SmtpSink::misbehaving(&[slow]);
        let town = Town::new(database, sink.url(), 400, "resend").await;
        let (quiet, far) = hours();
        let change = |quiet: &str| town.installation.run(["newsletter", "change", "rat", "--quiet", quiet]);
        assert!(change("21-7").refusal().contains("e.g. 21:00-07:00, or none"));
        assert!(change(&quiet).success().contains(&quiet));
        let shown = town.installation.run(["newsletter", "show", "rat", "--json"]).json();
        assert_eq!(shown["quiet"], quiet);
        // The command does not wait through the night.
        let said = town.installation.run(["issue", "send", "rat/1"]).success();
        let end = quiet.split_once('-').expect("an end").1;
        assert!(said.contains(&format!("quiet hours until {end}")), "{said}");
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        tokio::time::sleep(2 * SECOND).await;
        worker.must_run();
        assert_eq!(sink.received().len(), 0, "nothing is sent in quiet hours");
        assert!(town.status()["quiet_until"].is_string());
        change(&far).success();
        arrive(&sink, 20, &mut worker);
        assert!(town.status()["quiet_until"].is_null());
        change(&quiet).success();
        tokio::time::sleep(SECOND).await;
        let (arrived, counts) = (sink.received().len(), town.counts().await);
        assert!(arrived < town.recipients().count(), "too late to prove anything");
        assert_eq!(counts[&DeliveryState::Sent], arrived, "nothing is in flight: {counts:?}");
        assert!(!counts.contains_key(&DeliveryState::Leased), "other nodes may lease them: {counts:?}");
        tokio::time::sleep(SECOND / 2).await;
        assert_eq!(sink.received().len(), arrived);
        change("none").success();
        town.until(IssueState::Sent).await;
        assert_eq!(town.agrees_with(&sink).await, 0);
    }
}
