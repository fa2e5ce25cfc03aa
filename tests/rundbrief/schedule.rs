//! The schedule, tick by tick: every slot one issue, whatever the clock, a restart or a second
//! node does.

use std::time::Duration;

use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{Approval, Newsletter, NewsletterSettings};
use rundbrief::domain::reason::Reason;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::schedule::{Did, Schedule};
use rundbrief::jobs::send_due::{SendDue, Sent};
use rundbrief::store::{self, Db};

use crate::installation::{app, at, config, issues, mail_context, newsletter, publish, titles};
use crate::store::{HOUR, news, open, settings, subscribed};

const MINUTE: Duration = Duration::from_mins(1);

fn daily(line: &str) -> NewsletterSettings {
    NewsletterSettings {
        schedule: Some(line.to_owned()),
        compose_lead: Duration::ZERO,
        catch_up: 2 * HOUR,
        approval: Approval::Automatic,
        ..settings("daily", TopicSet::EMPTY)
    }
}

/// Steps both jobs every `every` from `from` to `until`, with one more news before each step, so
/// that there is always something to tell. A new pair of jobs each time: nothing may rest in memory.
async fn tick(db: &Db, from: Timestamp, until: Timestamp, every: Duration) {
    let mut now = from;
    while now <= until {
        publish(
            db,
            &news(&now.to_string(), TopicSet::EMPTY),
            now.minus(MINUTE / 2),
        )
        .await;
        step(db, now).await;
        now = now.plus(every);
    }
}

async fn step(db: &Db, now: Timestamp) -> (Vec<Did>, Vec<Sent>) {
    let did = Schedule::new(app(db, config()))
        .step(now)
        .await
        .expect("a step");
    let sent = SendDue::new(app(db, config()))
        .step(now)
        .await
        .expect("a step");
    (did, sent)
}

/// Slot and instant of freezing of every issue.
async fn went_out(db: &Db, of: &Newsletter) -> Vec<(String, String)> {
    issues(db, of)
        .await
        .into_iter()
        .map(|issue| {
            assert_eq!(
                issue.state,
                IssueState::Sent,
                "nobody subscribes, so it is done at once"
            );
            let frozen = issue.frozen_at.expect("it went out").to_string();
            (issue.slot.expect("it has a slot"), frozen)
        })
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(slot, at)| ((*slot).to_owned(), (*at).to_owned()))
        .collect()
}

on_both_databases! {
    async fn every_local_slot_comes_once_when_the_clock_is_put_forward(database: &Database) {
        let db = open(database).await;
        let from = at("2027-03-26T23:00:00Z");
        let of = newsletter(&db, &daily("30 2 * * *"), from).await;
        tick(&db, from, at("2027-03-29T04:00:00Z"), 10 * MINUTE).await;
        assert_eq!(went_out(&db, &of).await, pairs(&[
            ("2027-03-27T02:30", "2027-03-27T01:30:00Z"),
            ("2027-03-28T02:30", "2027-03-28T01:00:00Z"), // 02:30 is left out: at 03:00
            ("2027-03-29T02:30", "2027-03-29T00:30:00Z"),
        ]));
    }

    async fn every_local_slot_comes_once_when_the_clock_is_put_back(database: &Database) {
        let db = open(database).await;
        let from = at("2027-10-29T22:00:00Z");
        let of = newsletter(&db, &daily("30 2 * * *"), from).await;
        tick(&db, from, at("2027-11-01T04:00:00Z"), 10 * MINUTE).await;
        assert_eq!(went_out(&db, &of).await, pairs(&[
            ("2027-10-30T02:30", "2027-10-30T00:30:00Z"),
            ("2027-10-31T02:30", "2027-10-31T00:30:00Z"), // the first of two
            ("2027-11-01T02:30", "2027-11-01T01:30:00Z"),
        ]));
    }

    async fn composing_ahead_gives_each_slot_one_issue(database: &Database) {
        let db = open(database).await;
        let from = at("2027-10-30T10:00:00Z");
        let of = newsletter(&db, &NewsletterSettings { compose_lead: 5 * HOUR, ..daily("30 */6 * * *") }, from).await;
        tick(&db, from, at("2027-10-31T12:00:00Z"), 30 * MINUTE).await;
        let slots = issues(&db, &of).await;
        let composed = slots.iter().map(|issue| (issue.slot.clone().unwrap_or_default(), issue.composed_at.to_string())).collect::<Vec<_>>();
        assert_eq!(composed, pairs(&[
            ("2027-10-30T12:30", "2027-10-30T10:00:00Z"),
            ("2027-10-30T18:30", "2027-10-30T11:30:00Z"),
            ("2027-10-31T00:30", "2027-10-30T17:30:00Z"),
            ("2027-10-31T06:30", "2027-10-31T00:30:00Z"),
            ("2027-10-31T12:30", "2027-10-31T06:30:00Z"),
        ]));
        assert!(slots[..4].iter().all(|issue| issue.frozen_at == issue.send_at));
    }

    async fn a_restart_makes_up_for_the_last_slot_once(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &daily("0 7 * * *"), from).await;
        tick(&db, from, at("2027-01-04T12:00:00Z"), HOUR).await;
        // Four days of silence, then an hour after the slot of the 8th.
        tick(&db, at("2027-01-08T07:00:00Z"), at("2027-01-08T12:00:00Z"), HOUR).await;
        assert_eq!(went_out(&db, &of).await, pairs(&[
            ("2027-01-04T07:00", "2027-01-04T06:00:00Z"),
            ("2027-01-08T07:00", "2027-01-08T07:00:00Z"),
        ]));
    }

    async fn a_slot_missed_for_too_long_is_held(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &daily("0 7 * * *"), from).await;
        tick(&db, at("2027-01-04T08:00:01Z"), at("2027-01-04T20:00:00Z"), HOUR).await;
        let [issue] = <[_; 1]>::try_from(issues(&db, &of).await).expect("one issue");
        assert_eq!(issue.state, IssueState::Held);
        let slot = "2027-01-04T07:00".to_owned();
        assert_eq!(issue.reason, Some(Reason::MissedSlot { slot, late: 7201, catch_up: 7200 }));
    }

    async fn an_approved_issue_that_missed_its_time_is_held(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        newsletter(&db, &NewsletterSettings { compose_lead: HOUR, ..daily("0 7 * * *") }, from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        let (did, sent) = step(&db, from).await;
        assert!(matches!(did.as_slice(), [Did::Composed { state: IssueState::Approved, .. }]), "{did:?}");
        assert_eq!(sent, []);
        let (_, sent) = step(&db, at("2027-01-04T08:00:01Z")).await;
        assert!(matches!(sent.as_slice(), [Sent::Held { reason: Reason::MissedTime { .. }, .. }]), "{sent:?}");
    }

    async fn two_nodes_make_one_issue(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &NewsletterSettings { compose_lead: 24 * HOUR, ..daily("0 */2 * * *") }, from).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let mut now = from;
        for _ in 0..12 {
            publish(&db, &news(&now.to_string(), TopicSet::EMPTY), now).await;
            let nodes = (0..4).map(|_| {
                let db = db.clone();
                tokio::spawn(async move { step(&db, now).await })
            });
            for node in nodes.collect::<Vec<_>>() {
                node.await.expect("a node does not panic");
            }
            now = now.plus(HOUR);
        }
        let issues = issues(&db, &of).await;
        let mut slots = issues.iter().map(|issue| issue.slot.clone()).collect::<Vec<_>>();
        let all = slots.len();
        slots.dedup();
        assert_eq!(slots.len(), all);
        assert!(all >= 8, "{slots:?}");
        // Every entry in exactly one issue, every issue frozen once for the one subscriber.
        let mut conn = db.read().await.expect("read");
        let mut told = 0;
        for issue in &issues {
            told += store::entry::of_issue(&mut conn, issue.id).await.expect("entries").len();
        }
        assert_eq!(told, 12);
        let due = issues.iter().filter(|issue| issue.send_at.is_some_and(|at| at <= from.plus(11 * HOUR)));
        assert!(due.clone().count() >= 5 && due.clone().all(|issue| issue.state == IssueState::Sending));
    }

    async fn what_is_not_approved_waits_and_is_held(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &NewsletterSettings { approval: Approval::Required, compose_lead: HOUR, ..daily("0 7 * * *") }, from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        let state = async || issues(&db, &of).await.pop().map(|issue| (issue.state, issue.reason.is_some()));
        step(&db, from).await;
        assert_eq!(state().await, Some((IssueState::InReview, false)));
        step(&db, at("2027-01-04T08:00:00Z")).await;
        assert_eq!(state().await, Some((IssueState::InReview, false)));
        let (did, _) = step(&db, at("2027-01-04T08:00:01Z")).await;
        assert!(matches!(did.as_slice(), [Did::Held { .. }]), "{did:?}");
        assert_eq!(state().await, Some((IssueState::Held, true)));

        // Approved after all, it goes out at once.
        let issue = issues(&db, &of).await.pop().expect("the issue");
        let now = at("2027-01-05T01:00:00Z");
        let mut tx = db.begin().await.expect("begin");
        rundbrief::app::issues::release(&mut tx, &mail_context(), &issue, now).await.expect("release");
        tx.commit().await.expect("commit");
        let (_, sent) = step(&db, now.plus(MINUTE)).await;
        assert!(matches!(sent.as_slice(), [Sent::Started { .. }]), "{sent:?}");
    }

    async fn nothing_to_tell_is_tried_until_the_slot(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T01:00:00Z");
        let of = newsletter(&db, &NewsletterSettings { compose_lead: 4 * HOUR, ..daily("0 7 * * *") }, from).await;
        assert_eq!(step(&db, at("2027-01-04T03:00:00Z")).await, (vec![], vec![]));
        assert_eq!(step(&db, at("2027-01-04T05:59:00Z")).await, (vec![], vec![]));
        let (did, _) = step(&db, at("2027-01-04T06:00:00Z")).await;
        let nothing = Did::NothingToTell { newsletter: "daily".to_owned(), slot: "2027-01-04T07:00".to_owned() };
        assert_eq!(did, [nothing]);
        // What comes a minute later is for the next slot.
        publish(&db, &news("Neues", TopicSet::EMPTY), at("2027-01-04T06:01:00Z")).await;
        assert_eq!(step(&db, at("2027-01-04T06:02:00Z")).await, (vec![], vec![]));
        let (did, _) = step(&db, at("2027-01-05T02:00:00Z")).await;
        assert!(matches!(did.as_slice(), [Did::Composed { slot, .. }] if slot == "2027-01-05T07:00"), "{did:?}");
        assert_eq!(issues(&db, &of).await.len(), 1);
    }

    async fn an_issue_without_imprint_is_held(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &daily("0 7 * * *"), from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        let mut config = config();
        config.organisation.representative = None;
        let job = Schedule::new(app(&db, config));
        job.step(at("2027-01-04T06:00:00Z")).await.expect("a step");
        let issue = issues(&db, &of).await.pop().expect("an issue");
        assert_eq!(issue.state, IssueState::Held);
        let missing = vec!["representative".to_owned()];
        assert_eq!(issue.reason, Some(Reason::ImprintIncomplete { missing }));
    }

    async fn a_changed_letter_voids_the_approval(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &NewsletterSettings { compose_lead: HOUR, ..daily("0 7 * * *") }, from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        step(&db, from).await;
        change_release(&db).await;
        let (_, sent) = step(&db, at("2027-01-04T06:00:00Z")).await;
        assert!(matches!(sent.as_slice(), [Sent::Held { reason: Reason::ApprovalChanged, .. }]), "{sent:?}");
        assert_eq!(issues(&db, &of).await.pop().map(|issue| issue.state), Some(IssueState::Held));
    }

    /// A clock that was three days ahead for a moment has not stopped the schedule for three days,
    /// and what was published meanwhile is told.
    async fn a_clock_that_was_ahead_does_not_stop_the_schedule(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let of = newsletter(&db, &daily("0 7 * * *"), from).await;
        publish(&db, &news("Montag", TopicSet::EMPTY), from).await;
        step(&db, at("2027-01-04T06:00:00Z")).await;
        publish(&db, &news("Dienstag", TopicSet::EMPTY), at("2027-01-04T11:59:00Z")).await;
        step(&db, at("2027-01-07T12:00:00Z")).await; // ahead: composes the slot of the 7th and holds it
        step(&db, at("2027-01-04T12:00:00Z")).await; // corrected
        publish(&db, &news("Dienstag", TopicSet::EMPTY), at("2027-01-04T13:00:00Z")).await;
        publish(&db, &news("Mittwoch", TopicSet::EMPTY), at("2027-01-05T13:00:00Z")).await;
        tick(&db, at("2027-01-05T05:00:00Z"), at("2027-01-06T12:00:00Z"), HOUR).await;
        let all = issues(&db, &of).await;
        let slots: std::collections::BTreeSet<_> = all.iter().filter_map(|issue| issue.slot.as_deref()).collect();
        assert_eq!(slots.into_iter().collect::<Vec<_>>(), ["2027-01-04T07:00", "2027-01-05T07:00", "2027-01-06T07:00", "2027-01-07T07:00"]);
        let fifth = all.iter().find(|issue| issue.slot.as_deref() == Some("2027-01-05T07:00")).map(|issue| issue.id);
        assert!(titles(&db, fifth.expect("it is there")).await.contains(&"Dienstag".to_owned()), "published after the correction");
        // The slot that was taken early is not made again.
        tick(&db, at("2027-01-07T05:00:00Z"), at("2027-01-07T12:00:00Z"), HOUR).await;
        assert_eq!(issues(&db, &of).await.len(), 4);
    }

    async fn a_mark_from_1970_costs_no_time(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, &daily("* * * * *"), at("1970-01-01T00:00:00Z")).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), at("2027-01-04T05:00:00Z")).await;
        let begin = std::time::Instant::now();
        step(&db, at("2027-01-04T06:00:00Z")).await;
        assert!(begin.elapsed() < MINUTE, "it went through thirty million slots: {:?}", begin.elapsed());
        assert_eq!(issues(&db, &of).await.pop().and_then(|issue| issue.slot).as_deref(), Some("2027-01-04T07:00"));
    }

    async fn an_issue_that_fails_does_not_stop_the_others(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        let first = newsletter(&db, &NewsletterSettings { compose_lead: HOUR, key: "first".to_owned(), ..daily("0 7 * * *") }, from).await;
        let second = newsletter(&db, &NewsletterSettings { compose_lead: HOUR, ..daily("0 7 * * *") }, from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        step(&db, from).await;
        let broken = issues(&db, &first).await.pop().expect("composed").id;
        refuse_to_send(&db, broken).await;
        let job = SendDue::new(app(&db, config()));
        let error = job.step(at("2027-01-04T06:00:00Z")).await.expect_err("it says so");
        assert!(format!("{error:#}").contains(&format!("issue {broken}")), "{error:#}");
        let state = |mut all: Vec<store::issue::Issue>| all.pop().map(|issue| issue.state);
        assert_eq!(state(issues(&db, &first).await), Some(IssueState::Approved));
        assert_eq!(state(issues(&db, &second).await), Some(IssueState::Sent));
    }

    async fn a_wrong_schedule_does_not_stop_the_others(database: &Database) {
        let db = open(database).await;
        let from = at("2027-01-04T05:00:00Z");
        newsletter(&db, &NewsletterSettings { key: "wrong".to_owned(), ..daily("61 7 * * *") }, from).await;
        let of = newsletter(&db, &daily("0 7 * * *"), from).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), from).await;
        let job = Schedule::new(app(&db, config()));
        let error = job.step(at("2027-01-04T06:00:00Z")).await.expect_err("it says so");
        assert!(format!("{error:#}").contains("wrong"));
        assert_eq!(issues(&db, &of).await.len(), 1);
    }
}

/// Lets the database refuse that an issue leaves the state approved.
async fn refuse_to_send(db: &Db, issue: i64) {
    match db {
        Db::Sqlite { writer, .. } => {
            let text = format!(
                "CREATE TRIGGER broken BEFORE UPDATE ON issue WHEN NEW.id = {issue} AND NEW.state = 'sending' \
                 BEGIN SELECT RAISE(ABORT, 'broken'); END"
            );
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(writer);
            done.await.expect("a trigger");
        }
        Db::Postgres(pool) => {
            let text = format!(
                "ALTER TABLE issue ADD CONSTRAINT broken CHECK (NOT (id = {issue} AND state = 'sending'))"
            );
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(pool);
            done.await.expect("a constraint");
        }
    }
}

/// What a hand in the database could do.
async fn change_release(db: &Db) {
    const CHANGE: &str = "UPDATE issue SET release = REPLACE(release, 'Neues', 'Altes')";
    let changed = match db {
        Db::Sqlite { writer, .. } => sqlx::query(CHANGE)
            .execute(writer)
            .await
            .map(|done| done.rows_affected()),
        Db::Postgres(pool) => sqlx::query(CHANGE)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
    };
    assert_eq!(changed.expect("an update"), 1);
}
