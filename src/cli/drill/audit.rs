//! The audit at the end of a drill: compares the ledger with the receiver's log, row by row.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::Args;
use super::fixture::{DOMAIN, Fixture, MOST_ISSUES};
use super::receiver::{MailLog, Receiver};
use crate::cli::Output;
use crate::domain::delivery::{DeliveryState, OnUncertain};
use crate::domain::token::Keyring;
use crate::store;
use crate::store::delivery::Delivery;

/// Rows read from the ledger at once.
const PAGE: i64 = 5_000;

/// The result of the comparison.
#[derive(Debug, Default)]
pub(super) struct Audit {
    /// Issues.
    issues: u64,
    /// Rows of the ledger.
    mails: u64,
    sent: u64,
    failed: u64,
    uncertain: u64,
    /// Readers without a row, rows without a final state, and rows with a refusal that never
    /// happened.
    lost: u64,
    /// Rows in the state *sent* whose mail the receiver does not have.
    phantom: u64,
    /// Mails that arrived more than once.
    repeated: u64,
    /// Those that arrived again after a reply.
    repeated_after_answer: u64,
    /// Messages whose repeats were not byte-identical.
    changed: u64,
    /// Messages without a row.
    strangers: u64,
    /// Mails that the receiver accepted without a reply.
    unanswered: u64,
    /// Whether all issues finished in time.
    finished: bool,
}

impl Audit {
    pub(super) async fn of(
        fixture: &Fixture,
        receiver: &Receiver,
        finished: bool,
    ) -> anyhow::Result<Self> {
        let (issues, rows, readers) = fixture
            .with_retries(async |db| {
                let mut conn = db.read().await?;
                let issues = store::issue::list(&mut conn, None, MOST_ISSUES).await?;
                let mut rows = Vec::new();
                for issue in &issues {
                    let mut page =
                        store::delivery::of_issue(&mut conn, issue.id, None, 0, PAGE).await?;
                    while let Some(last) = page.last().map(|row| row.key.subscriber) {
                        rows.append(&mut page);
                        page = store::delivery::of_issue(&mut conn, issue.id, None, last, PAGE)
                            .await?;
                    }
                }
                let newsletter = issues.first().map_or(0, |issue| issue.newsletter);
                let readers = store::subscription::count_active(&mut conn, newsletter).await?;
                Ok((issues.len(), rows, readers))
            })
            .await?;
        let expected = u64::try_from(readers)?.saturating_mul(u64::try_from(issues)?);
        let mut found = Self {
            issues: u64::try_from(issues)?,
            mails: u64::try_from(rows.len())?,
            finished,
            ..Self::default()
        };
        found.lost = expected.abs_diff(found.mails);
        found.compare(&rows, &fixture.keyring, &receiver.log());
        Ok(found)
    }

    fn compare(&mut self, rows: &[Delivery], keyring: &Keyring, log: &MailLog) {
        let mut known = HashSet::with_capacity(rows.len());
        for row in rows {
            let id = format!("<{}@{DOMAIN}>", keyring.message_id(row.key));
            let taken = log.taken.get(&id);
            match row.state {
                DeliveryState::Sent => {
                    self.sent += 1;
                    self.phantom += u64::from(taken.is_none());
                }
                DeliveryState::Failed => {
                    self.failed += 1;
                    let no_mailbox =
                        row.reply_status.as_deref() == Some("5.1.1") && taken.is_none();
                    self.lost += u64::from(!no_mailbox && !log.refused.contains(&id));
                }
                DeliveryState::Uncertain => self.uncertain += 1,
                DeliveryState::Queued
                | DeliveryState::Leased
                | DeliveryState::Started
                | DeliveryState::Left
                | DeliveryState::Cancelled => self.lost += 1,
            }
            if let Some(taken) = taken {
                self.repeated += taken.times - 1;
                // Each acceptance without a reply permits one repeat.
                self.repeated_after_answer += (taken.times - 1).saturating_sub(taken.unanswered);
                self.changed += u64::from(taken.changed);
            }
            known.insert(id);
        }
        self.strangers = log.taken.keys().filter(|id| !known.contains(*id)).count() as u64;
        self.unanswered = log.unanswered;
    }

    /// The violated bounds, in words; empty if there are none.
    pub(super) fn wrong(&self, args: &Args) -> Vec<String> {
        // A kill repeats at most the mail on each connection. A mail accepted without a reply is
        // repeated as well, except under the policy `hold`.
        let (repeated, allowed) = match args.policy {
            OnUncertain::Hold => (self.repeated, 0),
            OnUncertain::Resend => {
                let kills = u64::from(args.kills);
                (
                    self.repeated_after_answer,
                    kills * u64::from(args.connections),
                )
            }
        };
        let mut wrong = Vec::new();
        let mut must = |fits: bool, what: String| {
            if !fits {
                wrong.push(what);
            }
        };
        must(
            self.finished,
            "the issues did not finish in time".to_owned(),
        );
        must(self.lost == 0, format!("{} mails were lost", self.lost));
        must(
            self.phantom == 0,
            format!(
                "{} mails are recorded as sent and never arrived",
                self.phantom
            ),
        );
        must(
            repeated <= allowed,
            format!("{repeated} repeats, at most {allowed} are allowed"),
        );
        must(
            self.changed == 0,
            format!("{} repeats were not identical", self.changed),
        );
        must(
            self.strangers == 0,
            format!(
                "{} mails arrived that are not in the ledger",
                self.strangers
            ),
        );
        wrong
    }

    /// For machines.
    pub(super) fn figures(&self, args: &Args, seed: u64, took: Duration) -> Value {
        json!({
            "kills": args.kills, "nodes": args.nodes, "clock_skew": args.clock_skew, "outage": args.outage, "connections": args.connections, "policy": args.policy.as_str(),
            "issues": self.issues, "mails": self.mails, "sent": self.sent, "failed": self.failed, "uncertain": self.uncertain,
            "lost": self.lost, "phantom": self.phantom, "repeated": self.repeated, "repeated_after_answer": self.repeated_after_answer, "changed": self.changed,
            "strangers": self.strangers, "unanswered": self.unanswered, "finished": self.finished,
            "seconds": took.as_secs(), "seed": seed,
        })
    }

    /// For people.
    pub(super) fn print(&self, args: &Args, seed: u64, out: &mut Output) -> std::io::Result<()> {
        let Self {
            issues,
            mails,
            sent,
            failed,
            uncertain,
            ..
        } = self;
        out.line(format_args!(
            "{} kills while {issues} issues with {mails} mails were sent (seed {seed})",
            args.kills
        ))?;
        out.line(format_args!(
            "sent {sent}, refused by the receiver {failed}, uncertain {uncertain}"
        ))?;
        out.line(format_args!(
            "lost {}, recorded as sent but never received {}, repeated {} (after a reply {}; the receiver accepted {} without one)",
            self.lost, self.phantom, self.repeated, self.repeated_after_answer, self.unanswered
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::delivery::DeliveryKey;
    use crate::domain::language::Language;
    use crate::domain::timestamp::Timestamp;
    use crate::domain::topic::TopicSet;

    fn keyring() -> Keyring {
        let key = Keyring::generate(*b"a key of thirty-two random bytes");
        Keyring::parse::<&str>(&key, &[]).expect("a key")
    }

    fn row(subscriber: i64, state: DeliveryState, status: Option<&str>) -> Delivery {
        Delivery {
            key: DeliveryKey {
                issue: 1,
                subscriber,
            },
            language: Language::De,
            topics: TopicSet::EMPTY,
            state,
            attempts: 1,
            class: None,
            next_attempt_at: Timestamp::from_micros(0),
            started_at: None,
            finished_at: None,
            relay: None,
            reply_code: None,
            reply_status: status.map(str::to_owned),
            reply: None,
        }
    }

    /// Compares rows with accepted mails, given as (subscriber, to, content).
    fn found(rows: &[Delivery], mails: &[(i64, &str, &str)], refused: &[i64]) -> Audit {
        let keyring = keyring();
        let id = |subscriber| {
            let key = DeliveryKey {
                issue: 1,
                subscriber,
            };
            format!("<{}@{DOMAIN}>", keyring.message_id(key))
        };
        let mut log = MailLog::default();
        for (subscriber, to, content) in mails {
            log.take(id(*subscriber), to, content.as_bytes(), true);
        }
        log.refused.extend(refused.iter().map(|one| id(*one)));
        let mut found = Audit {
            finished: true,
            ..Audit::default()
        };
        found.compare(rows, &keyring, &log);
        found
    }

    fn args(kills: u32, policy: OnUncertain) -> Args {
        Args {
            kills,
            database: None,
            policy,
            nodes: 1,
            connections: 2,
            readers: 1,
            clock_skew: 0,
            outage: None,
            interrupt: None,
            seed: None,
            json: false,
        }
    }

    #[test]
    fn consistent_data_passes() {
        let rows = [
            row(1, DeliveryState::Sent, None),
            row(2, DeliveryState::Failed, Some("5.1.1")),
            row(3, DeliveryState::Failed, Some("5.6.0")),
            row(4, DeliveryState::Uncertain, None),
        ];
        let found = found(&rows, &[(1, "a@b", "x"), (1, "a@b", "x")], &[3]);
        assert_eq!(
            (found.sent, found.failed, found.uncertain, found.repeated),
            (1, 2, 1, 1)
        );
        assert_eq!(
            found.wrong(&args(1, OnUncertain::Resend)),
            Vec::<String>::new()
        );
    }

    /// Every kind of fault is detected.
    #[test]
    fn each_fault_is_detected() {
        let sent = || row(1, DeliveryState::Sent, None);
        for (rows, mails, kills, policy, what) in [
            (
                vec![sent()],
                vec![],
                1,
                OnUncertain::Resend,
                "never arrived",
            ),
            (
                vec![row(1, DeliveryState::Queued, None)],
                vec![],
                1,
                OnUncertain::Resend,
                "lost",
            ),
            (
                vec![row(1, DeliveryState::Started, None)],
                vec![],
                1,
                OnUncertain::Resend,
                "lost",
            ),
            (
                vec![row(1, DeliveryState::Cancelled, None)],
                vec![],
                1,
                OnUncertain::Resend,
                "lost",
            ),
            (
                vec![row(1, DeliveryState::Failed, Some("5.6.0"))],
                vec![],
                1,
                OnUncertain::Resend,
                "lost",
            ),
            (
                vec![sent()],
                vec![(1, "a@b", "x"), (2, "c@d", "y")],
                1,
                OnUncertain::Resend,
                "not in the ledger",
            ),
            (
                vec![sent()],
                vec![(1, "a@b", "x"), (1, "a@b", "y")],
                1,
                OnUncertain::Resend,
                "not identical",
            ),
            (
                vec![sent()],
                vec![(1, "a@b", "x"), (1, "c@d", "x")],
                1,
                OnUncertain::Resend,
                "not identical",
            ),
            (
                vec![sent()],
                vec![(1, "a@b", "x"), (1, "a@b", "x")],
                0,
                OnUncertain::Resend,
                "repeats",
            ),
            (
                vec![sent()],
                vec![(1, "a@b", "x"), (1, "a@b", "x")],
                9,
                OnUncertain::Hold,
                "repeats",
            ),
        ] {
            let wrong = found(&rows, &mails, &[]).wrong(&args(kills, policy));
            assert!(
                wrong.len() == 1 && wrong[0].contains(what),
                "{what}: {wrong:?}"
            );
        }
        let late = Audit::default().wrong(&args(1, OnUncertain::Hold));
        assert!(late[0].contains("did not finish in time"), "{late:?}");
    }
}
