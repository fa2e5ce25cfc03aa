//! State shared by nodes: the leader, and the mails sent to each relay.

use std::time::Duration;

use rundbrief::clock::Clock;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::jobs::leader::Leader;
use rundbrief::store::{self, Db};

use super::{DAY, HOUR, monday, open};

const TERM: Duration = Duration::from_secs(30);
const SECOND: Duration = Duration::from_secs(1);

async fn counted(db: &Db, now: Timestamp, span: &str, count: u32) -> Timestamp {
    let mut tx = db.begin().await.expect("begin");
    let common = store::relay_window::lock(&mut tx, "main", now, HOUR)
        .await
        .expect("lock");
    store::relay_window::take(&mut tx, "main", span, common, count)
        .await
        .expect("take");
    tx.commit().await.expect("commit");
    common
}

async fn held_until(db: &Db) -> Timestamp {
    let mut conn = db.read().await.expect("read");
    let holder = store::leadership::holder(&mut conn, "schedule").await;
    holder.expect("a row").expect("somebody leads").1
}

on_both_databases! {
    async fn one_node_leads_until_it_is_silent_for_too_long(database: &Database) {
        let db = open(database).await;
        let clock = Clock::set_at(monday());
        let (one, two) = (Leader::new(db.clone(), clock.clone(), TERM), Leader::new(db.clone(), clock.clone(), TERM));
        assert!(one.step().await.expect("step"));
        for _ in 0..20 {
            clock.advance(one.every());
            assert!(one.step().await.expect("step"), "renewing keeps the leadership");
            assert!(!two.step().await.expect("step"));
        }
        // Silent: the other one waits until the lease expires, and not longer.
        clock.advance(TERM.saturating_sub(SECOND));
        assert!(!two.step().await.expect("step"));
        clock.advance(SECOND);
        assert!(two.step().await.expect("step"));
        assert!(!one.step().await.expect("step"), "the former leader has been replaced");
        // A graceful stop resigns at once; a node that does not lead has nothing to resign.
        one.resign().await.expect("resign");
        assert!(!one.step().await.expect("step"));
        two.resign().await.expect("resign");
        assert!(one.step().await.expect("step"));
        assert_eq!(held_until(&db).await, clock.now().plus(TERM));
    }

    /// A dead leader whose clock was a day ahead does not block others for a day, and a leader
    /// whose clock is corrected can still renew its lease.
    async fn a_fast_clock_does_not_block_the_leadership(database: &Database) {
        let db = open(database).await;
        let clock = Clock::set_at(monday().plus(DAY));
        let (one, two) = (Leader::new(db.clone(), clock.clone(), TERM), Leader::new(db.clone(), clock.clone(), TERM));
        assert!(one.step().await.expect("step"));
        clock.correct(monday());
        clock.advance(one.every() + SECOND);
        assert!(one.step().await.expect("step"));
        assert_eq!(held_until(&db).await, clock.now().plus(TERM), "it renewed its lease by the corrected clock");
        clock.correct(monday().plus(DAY));
        clock.advance(one.every() + SECOND);
        assert!(one.step().await.expect("step"));
        clock.correct(monday());
        assert!(two.step().await.expect("step"), "a lease that ends tomorrow is ignored");
    }

    async fn relay_limits_use_the_clock_furthest_ahead(database: &Database) {
        let db = open(database).await;
        let now = monday();
        assert_eq!(counted(&db, now, "minute", 3).await, now);
        let ahead = now.plus(5 * SECOND);
        assert_eq!(counted(&db, ahead, "minute", 4).await, ahead);
        assert_eq!(counted(&db, now, "minute", 5).await, ahead, "a node whose clock is behind");
        assert_eq!(counted(&db, now, "day", 1).await, ahead);
        // A clock that was wrong by more than an hour is ignored.
        assert_eq!(counted(&db, now.plus(24 * HOUR), "day", 1).await, now.plus(24 * HOUR));
        assert_eq!(counted(&db, now, "day", 1).await, now);
        let mut tx = db.begin().await.expect("begin");
        let cells = store::relay_window::cells(&mut tx, "main").await.expect("cells");
        let of = |span: &str| cells.iter().filter(|cell| cell.span == span).map(|cell| cell.taken).collect::<Vec<_>>();
        assert_eq!((of("minute"), of("day")), (vec![3, 9], vec![1, 1, 1]));
        let forgotten = store::relay_window::forget(&mut tx, "main", "day", ahead, now.plus(HOUR)).await;
        assert_eq!(forgotten.expect("forget"), 2, "what is past, and what is in the future");
        assert!(store::relay_window::cells(&mut tx, "other").await.expect("cells").is_empty());
    }
}
