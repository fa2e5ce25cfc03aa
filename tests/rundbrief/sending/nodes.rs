//! Several nodes on one database: they share the sending, take over a dead node's mails, and run
//! the schedule on one node at a time.

use std::time::{Duration, Instant};

use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::newsletter::{Approval, NewsletterSettings};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::{self, Db};

use super::{CONNECTIONS, PATIENCE, Town, arrive};
use crate::harness::{Rule, SmtpSink};
use crate::store::{DAY, settings};

const MINUTE: Duration = Duration::from_mins(1);

/// Waits until a condition holds.
async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(
            begin.elapsed() < PATIENCE,
            "{what} did not happen within {PATIENCE:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn leader(town: &Town) -> Option<String> {
    let mut conn = town.db.read().await.expect("read");
    let holder = store::leadership::holder(&mut conn, "schedule")
        .await
        .expect("a row");
    holder.map(|(holder, _)| holder)
}

/// Sets the issue's time.
async fn due_at(town: &Town, at: Timestamp) {
    const TEXT: &str = "UPDATE issue SET send_at = $1 WHERE id = $2";
    let (at, issue) = (at.micros(), town.issue);
    match &town.db {
        Db::Sqlite { writer, .. } => {
            let done = sqlx::query(TEXT).bind(at).bind(issue).execute(writer).await;
            assert_eq!(done.expect("updated").rows_affected(), 1);
        }
        Db::Postgres(pool) => {
            let done = sqlx::query(TEXT).bind(at).bind(issue).execute(pool).await;
            assert_eq!(done.expect("updated").rows_affected(), 1);
        }
    }
}

on_both_databases! {
    async fn a_dead_nodes_mails_are_taken_over(database: &Database) {
        let slow = Rule::at("dot", "*").delay(Duration::from_millis(50));
        let sink = SmtpSink::misbehaving(&[slow]);
        let town = Town::new(database, sink.url(), 600, "resend").await;
        let all = town.recipients().count();
        town.release();
        let mut one = town.installation.start(["serve", "--role", "worker"]);
        let mut two = town.installation.start(["serve", "--role", "worker"]);
        arrive(&sink, 100, &mut one);
        two.must_run();
        one.kill_hard();
        assert_ne!(town.status()["state"], "sent", "it was killed too late to prove anything");
        town.until(IssueState::Sent).await;
        let (code, log, _) = two.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("took over deliveries of a worker that is gone"), "{log}");
        assert_eq!(town.counts().await.into_iter().collect::<Vec<_>>(), [(DeliveryState::Sent, all)]);
        let repeats = town.agrees_with(&sink).await;
        assert!(repeats <= CONNECTIONS, "{repeats} repeats");
    }

    /// Two nodes, a newsletter every minute; the leader is killed: the other node composes and
    /// sends, and no slot gives two issues.
    async fn the_schedule_continues_when_the_leader_is_killed(database: &Database) {
        let sink = SmtpSink::start();
        let mut town = Town::new(database, sink.url(), 8, "resend").await;
        town.installation = town.installation
            .with("jobs.every", "200 ms")
            .with("jobs.lease_for", "3 seconds");
        let nodes = [(), ()].map(|()| town.installation.start(["serve", "--role", "worker"]));
        let first = until("a leader", async || leader(&town).await).await;
        let [one, two] = nodes;
        // Whichever leads: when it is killed, the other one takes over.
        one.kill_hard();
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(8) && leader(&town).await.as_ref() == Some(&first) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mut left = two;
        left.must_run();
        if leader(&town).await.as_ref() == Some(&first) {
            // It was the other one: stop that one as well, and a new one takes over.
            left.kill_hard();
            left = town.installation.start(["serve", "--role", "worker"]);
            until("another leader", async || leader(&town).await.filter(|now| *now != first)).await;
        }
        // A slot that is due now, and an issue that is due: the remaining node composes the one and
        // sends the other, and there is no second issue for the slot.
        let now = rundbrief::clock::Clock::system().now();
        let minutely = NewsletterSettings {
            schedule: Some("* * * * *".to_owned()),
            catch_up: DAY,
            approval: Approval::Automatic,
            ..settings("minutely", TopicSet::EMPTY)
        };
        let mut tx = town.db.begin().await.expect("begin");
        let minutely = store::newsletter::add(&mut tx, &minutely, now.minus(2 * MINUTE)).await.expect("added").id;
        tx.commit().await.expect("commit");
        due_at(&town, now).await;
        town.installation.run(["issue", "approve", "rat/1"]).success();
        town.until(IssueState::Sent).await;
        assert_eq!(sink.received().len(), town.recipients().count());
        let issues = until("composing", async || {
            let mut conn = town.db.read().await.expect("read");
            let issues = store::issue::list(&mut conn, Some(minutely), 10).await.expect("issues");
            (!issues.is_empty()).then_some(issues)
        }).await;
        let slots: std::collections::BTreeSet<_> = issues.iter().map(|issue| issue.slot.clone()).collect();
        assert_eq!(slots.len(), issues.len());
        // A graceful stop resigns the leadership.
        let (code, log, _) = left.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(leader(&town).await, None);
    }
}
