//! What should be gone is gone, and what must be kept is kept.

use std::collections::BTreeMap;
use std::time::Duration;

use rundbrief::app::retention::{self, Class};
use rundbrief::app::{App, audit, privacy};
use rundbrief::domain::delivery::DeliveryState;
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::Lane;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::delivery_report::{self, Counts, Fate};
use rundbrief::store::signup::NewSignup;
use rundbrief::store::{self, Db, delivery_total};

use super::{after, app, confirms, count, operator, readers, sends, signs_up};
use crate::store::{DAY, HOUR, address, monday, newsletter, open, topics};

/// Runs every class, as the jobs do within an hour. Returns what was removed, by class.
async fn every_class(app: &App) -> BTreeMap<Class, u64> {
    let mut removed = BTreeMap::new();
    for class in Class::ALL {
        let number = retention::remove(app, &operator(), *class).await;
        removed.insert(*class, number.expect("retention"));
    }
    retention::give_back(app).await.expect("give back");
    removed
}

async fn counted(db: &Db, issue: i64) -> Counts {
    let mut conn = db.read().await.expect("read");
    delivery_report::counts(&mut conn, issue)
        .await
        .expect("counts")
}

fn midnight(year: i32) -> Timestamp {
    let day = chrono::NaiveDate::from_ymd_opt(year, 1, 2).and_then(|day| day.and_hms_opt(0, 0, 0));
    day.expect("a date").and_utc().into()
}

on_both_databases! {
    /// Fifty-two weeks, in each an issue, somebody who joins, somebody who only signs up; every fourth
    /// week somebody leaves, every eighth somebody is erased.
    async fn a_year_goes_by(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let long = readers(&db, region, &[("large.example", 20), ("small.example", 3)]).await;
        let mut app = app(&db, monday());
        let mut config = (*app.config).clone();
        config.retention.audit = 180 * DAY;
        app.config = std::sync::Arc::new(config);
        let mut sent: Vec<(i64, u32, Counts)> = Vec::new();
        let mut left = Vec::new();
        let mut erased = 0;
        for week in 0..52_u32 {
            let day = week * 7;
            let who = format!("week{week}@town.example");
            let one = signs_up(&db, region, &who, after(day)).await;
            confirms(&db, region, one, &who, after(day).plus(HOUR)).await;
            signs_up(&db, region, &format!("silent{week}@town.example"), after(day)).await;
            // Of the mail to the silent one a relay says nothing good.
            let mut tx = db.begin().await.expect("begin");
            while let Some(mail) = store::outbox::start_next(&mut tx, Lane::Urgent, after(day).plus(HOUR)).await.expect("start") {
                let failed = store::outbox::Attempted::Refused;
                store::outbox::finish(&mut tx, (mail.id, mail.attempts), &failed, (Some(550), Some("no")), after(day).plus(HOUR)).await.expect("finish");
            }
            tx.commit().await.expect("commit");
            let issue = sends(&db, region, &[(one.0, &who)], after(day).plus(2 * HOUR)).await;
            sent.push((issue, day, counted(&db, issue).await));
            if week % 4 == 0 {
                let (row, _) = long[usize::try_from(week / 4).expect("small")];
                leaves(&db, row, region, after(day).plus(3 * HOUR)).await;
                left.push(row);
            }
            app.clock.set(after(day).plus(3 * HOUR));
            if week % 8 == 7 {
                privacy::erase(&app, &operator(), &address(&who)).await.expect("erase");
                erased += 1;
            }
            every_class(&app).await;
        }
        let now = app.clock.now();
        // Rows of the ledger: those of the last 90 days. Figures of all issues: as on their day.
        for (issue, day, figures) in &sent {
            let (_, states) = (day, &figures.states);
            assert_eq!(&counted(&db, *issue).await, figures, "issue of day {day}: {states:?}");
            let mut conn = db.read().await.expect("read");
            let rows = store::delivery::of_issue(&mut conn, *issue, None, i64::MIN, 1000).await.expect("rows");
            let kept = now.since(after(*day).plus(2 * HOUR)) <= 90 * DAY;
            assert_eq!(!rows.is_empty(), kept, "issue of day {day}");
            let totals = delivery_total::of_issue(&mut conn, *issue).await.expect("totals");
            assert_eq!(totals.is_empty(), kept, "issue of day {day}");
            if !kept {
                let all: i64 = totals.iter().map(|total| total.deliveries).sum();
                assert_eq!(all, figures.recipients);
                assert!(totals.iter().all(|total| total.domain.as_deref() != Some("small.example")), "{totals:?}");
                let large = totals.iter().find(|total| total.domain.as_deref() == Some("large.example"));
                let large = large.map_or(0, |total| total.deliveries);
                // Below ten it is no longer named.
                assert!(large == 0 || large >= delivery_total::SMALLEST_DOMAIN, "{totals:?}");
                let (_, who) = &long[19];
                let issue = store::issue::by_id(&mut conn, *issue).await.expect("issue").expect("there");
                assert_eq!(delivery_report::fate(&mut conn, &address(who), &issue).await.expect("fate"), Fate::NotKept);
            }
        }
        let of_last = |days: u32| i64::from(days.div_ceil(7));
        let notices = count(&db, "SELECT COUNT(*) FROM outbox").await;
        assert!((of_last(30) - 1..=2 * of_last(30)).contains(&notices), "{notices} notices of the last 30 days");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM subscriber WHERE state = 'pending'").await, 1, "the one of this week");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM signup WHERE confirmed_at IS NULL").await, 1);
        // Erased: their rows stay only while the ledger points to them.
        let shells = count(&db, "SELECT COUNT(*) FROM subscriber WHERE state = 'erased'").await;
        assert!(shells < erased && shells > 0, "{shells} of {erased}");
        // Proofs of those who left in this year are kept, with their addresses.
        for row in &left {
            let mut conn = db.read().await.expect("read");
            let one = store::subscriber::by_id(&mut conn, *row).await.expect("row").expect("kept");
            assert!(one.address.is_some());
        }
        // The audit log has been cut at its beginning, and the rest holds together.
        let verified = audit::verify(&mut db.read().await.expect("read"), None).await.expect("verify");
        assert!(verified.broken.is_none() && verified.removed_until > 0, "{verified:?}");
        let journal = app.privacy_journal().read().await.expect("journal");
        assert!(journal.lines.iter().all(|line| now.since(line.at) <= 180 * DAY), "journal");

        // The proofs of 2027 go with the year 2031, not before: address and all.
        app.clock.set(midnight(2031).minus(3 * DAY));
        every_class(&app).await;
        assert_eq!(count(&db, "SELECT COUNT(*) FROM subscriber WHERE state = 'unsubscribed'").await, 13);
        app.clock.set(midnight(2031));
        let removed = every_class(&app).await;
        assert_eq!(removed[&Class::Proofs], 13);
        for row in &left {
            let mut conn = db.read().await.expect("read");
            assert!(store::subscriber::by_id(&mut conn, *row).await.expect("row").is_none(), "no shell, nothing");
            assert_eq!(store::consent::of_subscriber(&mut conn, *row).await.expect("consent"), []);
        }
        // Who stays subscribed stays.
        let active = count(&db, "SELECT COUNT(*) FROM subscriber WHERE state = 'active'").await;
        assert_eq!(active, 23 - 13 + 52 - erased);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM delivery").await, 0);
        assert_eq!(count(&db, "SELECT COUNT(*) FROM subscriber WHERE state = 'erased'").await, 0);
    }

    /// The form and the clean-up at the same instant: the clean-up waits, then sees the new sign-up. On
    /// PostgreSQL a single statement would decide by what it saw before it waited.
    async fn a_fresh_sign_up_is_not_cleaned_away(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let (row, old) = signs_up(&db, region, "late@town.example", monday()).await;
        let now = after(8);
        let mut form = db.begin().await.expect("begin");
        let who = address("late@town.example");
        let again = store::subscriber::ensure(&mut form, &who, Language::Fr, now).await;
        assert_eq!(again.expect("ensure").id, row);
        let new = NewSignup {
            subscriber: row,
            language: Language::Fr,
            wording_hash: "ab".repeat(32),
            page: "/subscribe".to_owned(),
            requested_at: now,
            expires_at: now.plus(7 * DAY),
            newsletters: vec![(region, TopicSet::EMPTY)],
        };
        let fresh = store::signup::add(&mut form, &new).await.expect("add");
        let app = app(&db, now);
        let cleaning = tokio::spawn(async move { retention::unconfirmed(&app, &operator()).await });
        tokio::time::sleep(Duration::from_millis(500)).await; // long enough to come to the lock
        assert!(!cleaning.is_finished(), "it waits for the form");
        form.commit().await.expect("commit");
        let removed = cleaning.await.expect("no panic").expect("retention");
        assert_eq!((removed.sign_ups, removed.subscribers), (1, 0));
        let mut conn = db.read().await.expect("read");
        assert!(store::signup::by_id(&mut conn, old).await.expect("signup").is_none());
        assert!(store::signup::by_id(&mut conn, fresh).await.expect("signup").is_some(), "the fresh one is there");
        assert!(store::subscriber::by_id(&mut conn, row).await.expect("row").is_some());
    }

    /// An issue that is sent once more while its ledger is folded keeps the rest of its rows.
    async fn an_issue_under_way_is_not_folded(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let all = readers(&db, region, &[("mail.example", 4)]).await;
        let issue = sends(&db, region, &[(all[0].0, &all[0].1)], monday()).await;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(delivery_total::fold(&mut tx, issue, 2).await.expect("fold"), Some(2));
        store::issue::send_again(&mut tx, issue, after(91)).await.expect("again");
        assert_eq!(delivery_total::fold(&mut tx, issue, 2).await.expect("fold"), None);
        tx.commit().await.expect("commit");
        let counts = counted(&db, issue).await;
        assert_eq!((counts.recipients, counts.of(DeliveryState::Sent), counts.of(DeliveryState::Failed)), (4, 3, 1));
    }
}

async fn leaves(db: &Db, row: i64, newsletter: i64, at: Timestamp) {
    let mut tx = db.begin().await.expect("begin");
    store::subscription::end(&mut tx, row, newsletter, at)
        .await
        .expect("end");
    store::subscriber::follow_subscriptions(&mut tx, row, false)
        .await
        .expect("follow");
    tx.commit().await.expect("commit");
}

/// The file of SQLite gives back what was removed.
#[tokio::test]
async fn the_file_of_sqlite_shrinks() {
    let database = crate::harness::Database::sqlite().await;
    let db = open(&database).await;
    let region = newsletter(&db, "region", topics(&[1])).await.id;
    let all = readers(&db, region, &[("mail.example", 90)]).await;
    let refused: Vec<(i64, &str)> = all.iter().map(|(row, who)| (*row, who.as_str())).collect();
    for _ in 0..40 {
        sends(&db, region, &refused, monday()).await;
    }
    let app = app(&db, after(91));
    retention::give_back(&app).await.expect("give back");
    let before = std::fs::metadata(database.file()).expect("the file").len();
    assert_eq!(
        retention::remove(&app, &operator(), Class::Deliveries)
            .await
            .expect("fold"),
        3_600
    );
    retention::give_back(&app).await.expect("give back");
    let now = std::fs::metadata(database.file()).expect("the file").len();
    assert!(now < before * 2 / 3, "{before} bytes before, {now} now");
}
