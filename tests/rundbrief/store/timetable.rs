//! Holidays, pauses, the totals of each month, and the lines of the team.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rundbrief::domain::holiday::Region;
use rundbrief::domain::language::Language;
use rundbrief::domain::schedule::{FreeDays, HolidayRule, Pause};
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::audit::AuditEntry;
use rundbrief::store::{self, Db};

use super::{DAY, HOUR, monday, newsletter, open, subscribed, topics};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What began and what ended in each month, of all newsletters.
async fn months(db: &Db) -> Vec<(String, i64, i64)> {
    let mut conn = db.read().await.expect("read");
    let months = store::subscription_month::list(&mut conn)
        .await
        .expect("months");
    months
        .into_iter()
        .map(|one| (one.month, one.started, one.ended))
        .collect()
}

on_both_databases! {
    async fn holidays_and_pauses_come_back_as_they_were_stored(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        let stored = async || {
            let mut conn = db.read().await.expect("read");
            store::timetable::of(&mut conn, &region).await.expect("read").expect("it has a schedule")
        };
        assert_eq!((stored().await.free, stored().await.rule), (FreeDays::default(), HolidayRule::Send));
        for (own, rule) in [(2, HolidayRule::Before), (1, HolidayRule::Skip)] {
            let own = ["2027-02-08", "2027-11-11"].into_iter().take(own);
            let free = FreeDays {
                region: Some(Region::Belgium),
                eves: true,
                own: own.map(|one| (day(one), "Karneval".to_owned())).collect::<BTreeMap<_, _>>(),
            };
            let mut tx = db.begin().await.expect("begin");
            store::timetable::set_holidays(&mut tx, region.id, &free, rule).await.expect("set");
            tx.commit().await.expect("commit");
            assert_eq!((stored().await.free, stored().await.rule), (free, rule));
        }

        let pause = |first: &str, last: &str, look_back| Pause {
            uuid: String::new(),
            first: day(first),
            last: day(last),
            reason: "Sommer".to_owned(),
            look_back,
        };
        let mut tx = db.begin().await.expect("begin");
        let mut kept = Vec::new();
        for one in [pause("2027-07-05", "2027-08-15", Some(14)), pause("2028-07-03", "2028-07-03", None)] {
            let uuid = store::timetable::add_pause(&mut tx, region.id, &one, monday()).await.expect("add");
            kept.push(Pause { uuid, ..one });
        }
        tx.commit().await.expect("commit");
        assert_eq!(stored().await.pauses, kept);

        let mut tx = db.begin().await.expect("begin");
        assert!(store::timetable::shorten_pause(&mut tx, &kept[0].uuid, day("2027-08-01")).await.expect("shorten"));
        assert!(store::timetable::remove_pause(&mut tx, &kept[1].uuid).await.expect("remove"));
        assert!(!store::timetable::remove_pause(&mut tx, "unknown").await.expect("remove"));
        tx.commit().await.expect("commit");
        let pauses = stored().await.pauses;
        assert_eq!(pauses.iter().map(|one| one.last).collect::<Vec<_>>(), [day("2027-08-01")]);
    }

    async fn a_schedule_can_be_changed_and_taken_away(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        for line in [Some("0 9 1 * *"), None] {
            let mut tx = db.begin().await.expect("begin");
            store::newsletter::set_schedule(&mut tx, region.id, line, chrono_tz::Europe::Brussels, (DAY, 2 * HOUR)).await.expect("set");
            let now = store::newsletter::by_id(&mut tx, region.id).await.expect("read").expect("there").settings;
            assert_eq!((now.schedule.as_deref(), now.zone, now.compose_lead, now.catch_up), (line, chrono_tz::Europe::Brussels, DAY, 2 * HOUR));
            tx.commit().await.expect("commit");
        }
    }

    /// All months together are the active subscriptions, whatever begins, ends, is confirmed twice
    /// or erased.
    async fn months_add_up_to_what_is_active(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut rows = Vec::new();
        for who in ["a@example.org", "b@example.org", "c@example.org", "d@example.org"] {
            rows.push(subscribed(&db, region, who, Language::De, TopicSet::EMPTY).await);
        }
        assert_eq!(months(&db).await, [("2027-01".to_owned(), 4, 0)]);
        let mut tx = db.begin().await.expect("begin");
        let later = monday().plus(40 * DAY);
        // Confirmed again: nothing began. Ended twice: one ended. Begun again: one began.
        store::subscription::activate(&mut tx, rows[0], region, topics(&[1]), later).await.expect("activate");
        assert!(store::subscription::end(&mut tx, rows[1], region, later).await.expect("end"));
        assert!(!store::subscription::end(&mut tx, rows[1], region, later).await.expect("end"));
        assert!(store::erasure::erase(&mut tx, rows[2], later).await.expect("erase"));
        store::subscription::activate(&mut tx, rows[1], region, topics(&[1]), later.plus(40 * DAY)).await.expect("activate");
        tx.commit().await.expect("commit");
        let months = months(&db).await;
        assert_eq!(months, [("2027-01".to_owned(), 4, 0), ("2027-02".to_owned(), 0, 2), ("2027-03".to_owned(), 1, 0)]);
        let sum: i64 = months.iter().map(|(_, started, ended)| started - ended).sum();
        let mut conn = db.read().await.expect("read");
        assert_eq!(store::subscription::count_active(&mut conn, region).await.expect("count"), sum);
    }

    async fn issues_of_a_time_are_found_by_when_they_go_out(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        let mut tx = db.begin().await.expect("begin");
        for days in 0..4_u32 {
            let new = store::issue::NewIssue {
                newsletter: region.id,
                slot: None,
                send_at: (days > 0).then(|| monday().plus(days * DAY)),
                state: rundbrief::domain::issue::IssueState::Draft,
                reason: None,
                window_from: None,
                entries: Vec::new(),
                texts: BTreeMap::new(),
            };
            store::issue::add(&mut tx, &new, monday()).await.expect("add").expect("no slot is taken");
        }
        let found = store::issue::between(&mut tx, monday().plus(DAY), monday().plus(3 * DAY), 10).await.expect("read");
        assert_eq!(found.iter().map(|issue| issue.number).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(store::proposal::count_open(&mut tx).await.expect("count"), 0);
        tx.commit().await.expect("commit");
    }

    async fn the_lines_of_the_team_are_found_among_those_of_readers(database: &Database) {
        let db = open(database).await;
        let line = |number: u64, actor: &str| AuditEntry {
            at: monday().plus(HOUR * u32::try_from(number).expect("small")),
            actor: actor.to_owned(),
            actor_name: number.to_string(),
            entry_point: "newsroom".to_owned(),
            action: "entry.change".to_owned(),
            subject: "entry".to_owned(),
            subject_id: "e".to_owned(),
            before: None,
            after: None,
        };
        let lines = (0..12).map(|number| line(number, ["reader", "user", "job"][usize::try_from(number % 3).expect("small")]));
        let mut tx = db.begin().await.expect("begin");
        store::audit::append(&mut tx, lines.collect()).await.expect("append");
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let found = store::audit::of_staff(&mut conn, monday().plus(5 * HOUR), 3).await.expect("read");
        assert_eq!(found.iter().map(|line| line.entry.actor_name.as_str()).collect::<Vec<_>>(), ["11", "10", "8"]);
        let found = store::audit::of_staff(&mut conn, monday().plus(8 * HOUR), 30).await.expect("read");
        assert_eq!(found.len(), 3);
    }
}
