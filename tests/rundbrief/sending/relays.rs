//! Several relays: shares by weight, failover and recovery, selection by name.

use std::time::Duration;

use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::timestamp::Timestamp;

use super::limits::arrivals;
use super::{CONNECTIONS, Town, arrive, subscribe};
use crate::harness::{Received, Rule, SmtpSink};

/// Slow enough to intervene: with eight connections about 80 mails a second.
fn slow() -> Rule {
    Rule::at("dot", "*").delay(Duration::from_millis(100))
}

on_both_databases! {
    async fn failover_to_a_backup_relay_and_back(database: &Database) {
        let mut before = SmtpSink::misbehaving(&[slow()]);
        let backup = SmtpSink::misbehaving(&[slow()]);
        let port = before.port();
        let mut town = Town::new(database, before.url(), 1_200, "resend").await;
        town.installation = town.installation
            .with("relays.second-one.url", backup.url())
            .with("relays.second-one.priority", 2);
        town.release();
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        arrive(&before, 80, &mut worker);
        assert_eq!(backup.received().len(), 0, "it is not used while the first one works");
        before.stop();
        arrive(&backup, 80, &mut worker);
        // It has recovered, and gets all mails again.
        let first = SmtpSink::with_options(&[slow()], &["--port", &port.to_string()]);
        arrive(&first, 80, &mut worker);
        let by_backup = backup.received().len();
        arrive(&first, 240, &mut worker);
        assert!(backup.received().len() <= by_backup + CONNECTIONS, "the backup is released when the first has recovered");
        town.until(IssueState::Sent).await;
        let (code, log, _) = worker.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("the relay accepts mail again"), "{log}");

        let counts = town.counts().await;
        let all = town.recipients().count();
        assert_eq!(counts.get(&DeliveryState::Sent), Some(&all), "{counts:?}");
        let (down, up) = (town.audited("issue.relay-down"), town.audited("issue.relay-up"));
        let said = |lines: &[(String, Timestamp, String)]| lines.iter().map(|(_, _, after)| after.clone()).collect::<Vec<_>>();
        assert_eq!(said(&down), [format!("{}: unreachable", first.url())], "once, whatever the number of connections and attempts");
        assert_eq!(said(&up), [first.url()]);
        assert!(up[0].1.since(down[0].1) > Duration::from_secs(1), "the times of the outage, not of the lines: {down:?} {up:?}");
        let rows = town.ledger().await;
        let recorded = |relay: &SmtpSink| rows.iter().filter(|row| row.relay.as_deref() == Some(&relay.url())).count();
        assert_eq!(recorded(&first) + recorded(&backup), all, "the ledger names the relay of each mail");
        assert_eq!(recorded(&backup), backup.received().len());
        let arrived = [before, first, backup].map(|relay| relay.received().len()).iter().sum::<usize>();
        let repeats = arrived - all;
        assert!(repeats <= CONNECTIONS, "{repeats} were in flight when the relay went down");
    }

    async fn equal_relays_share_by_weight(database: &Database) {
        let (large, small) = (SmtpSink::misbehaving(&[slow()]), SmtpSink::misbehaving(&[slow()]));
        let mut town = Town::new(database, large.url(), 400, "resend").await;
        town.installation = town.installation
            .with("relay.weight", 3)
            .with("relays.small.url", small.url())
            .with("relays.small.connections", CONNECTIONS)
            .with("relays.small.weight", 1);
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        let (large, small) = (large.received().len(), small.received().len());
        assert_eq!(large + small, town.recipients().count());
        // Eight connections here, two there.
        assert!(small > 0 && large > 2 * small && large < 8 * small, "{large} and {small}");
    }

    async fn mail_test_uses_a_relay_by_name(database: &Database) {
        let (main, other) = (SmtpSink::start(), SmtpSink::start());
        let mut town = Town::new(database, main.url(), 8, "resend").await;
        town.installation = town.installation.with("relays.other.url", other.url());
        let test = |relay: &str| {
            town.installation.run(["mail", "test", "erika@mail.example", "--relay", relay])
        };
        assert!(test("other").success().contains(&other.url()));
        assert!(test("main").success().contains(&main.url()));
        assert_eq!((main.received().len(), other.received().len()), (1, 1));
        let refused = test("othre").refusal();
        assert!(refused.contains("there is no relay “othre”; there are: main, other"), "{refused}");
        let checked = town.installation.with("relays.other.weihgt", 2).run(["config", "check"]);
        assert!(checked.stdout.contains("RUNDBRIEF__RELAYS__OTHER__WEIGHT"), "{checked:?}");
    }

    async fn domain_limits_do_not_delay_other_domains(database: &Database) {
        let sink = SmtpSink::misbehaving(&[Rule::at("dot", "*@crowded.example").delay(Duration::from_millis(250))]);
        let mut town = Town::new(database, sink.url(), 4, "resend").await;
        town.installation = town.installation.with("delivery.domain_connections", 1);
        // Mails to the limited domain come first.
        town.readers.extend(subscribe(&town.db, 4..44, "reader", "crowded.example").await);
        for n in 0..8 {
            let domain = format!("other{n}.example");
            town.readers.extend(subscribe(&town.db, 44 + 5 * n..49 + 5 * n, "reader", &domain).await);
        }
        let sent = town.installation.run(["issue", "send", "rat/1", "--json"]).json();
        assert_eq!(sent["state"], "sent", "{sent}");
        assert_eq!(town.agrees_with(&sink).await, 0);
        let mails = sink.received();
        let crowded = |mail: &Received| mail.envelope_to[0].ends_with("@crowded.example");
        let last_other = mails.iter().rposition(|mail| !crowded(mail)).expect("others");
        let before = mails[..last_other].iter().filter(|mail| crowded(mail)).count();
        let times = arrivals(&mails.into_iter().filter(crowded).collect::<Vec<_>>());
        assert!(before < times.len() / 2, "{before} of {} went before the last of the others", times.len());
        for pair in times.windows(2) {
            let apart = pair[1].duration_since(pair[0]).expect("sorted");
            assert!(apart >= Duration::from_millis(230), "two at once: {apart:?}");
        }
    }
}
