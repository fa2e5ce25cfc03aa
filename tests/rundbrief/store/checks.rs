//! What was checked of an issue, what was accepted, what came of asking for links, and what was told
//! before.

use std::collections::BTreeMap;

use rundbrief::domain::check::{Acceptance, CheckResult, Finding, LinkOutcome, Observation};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store;
use rundbrief::store::check::{Kept, Occasion};

use super::issues::draft;
use super::{DAY, HOUR, monday, news, newsletter, open, subscribed};
use crate::installation::publish;

fn result(content: &str) -> CheckResult {
    CheckResult {
        content: content.to_owned(),
        variants: 3,
        readers: 12,
        findings: vec![
            Finding::new(Observation::LinkPrivate {
                url: "http://10.0.0.1/".to_owned(),
            }),
            Finding::new(Observation::ImprintComplete),
        ],
    }
}

on_both_databases! {
    async fn the_latest_check_and_that_of_the_approval_are_kept(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let now = monday();
        let mut tx = db.begin().await.expect("begin");
        let issue = store::issue::add(&mut tx, &draft(of, None, Vec::new()), now).await.expect("add").expect("new");
        for (occasion, content, at) in [
            (Occasion::Check, "a", now),
            (Occasion::Approval, "b", now),
            (Occasion::Check, "c", now.plus(HOUR)),
        ] {
            store::check::keep(&mut tx, issue.id, occasion, &result(content), at).await.expect("keep");
        }
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let latest = store::check::kept(&mut conn, issue.id, Occasion::Check).await.expect("read");
        assert_eq!(latest, Some(Kept { result: result("c"), at: now.plus(HOUR) }));
        let approved = store::check::kept(&mut conn, issue.id, Occasion::Approval).await.expect("read");
        assert_eq!(approved.map(|kept| kept.result.content), Some("b".to_owned()));
    }

    async fn a_finding_is_accepted_once_and_may_be_opened_again(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let now = monday();
        let mut tx = db.begin().await.expect("begin");
        let issue = store::issue::add(&mut tx, &draft(of, None, Vec::new()), now).await.expect("add").expect("new");
        let acceptance = |reason: &str| Acceptance {
            finding: "0123456789ab".to_owned(),
            actor: "user".to_owned(),
            actor_name: "u1".to_owned(),
            reason: reason.to_owned(),
            at: now,
        };
        store::check::accept(&mut tx, issue.id, &acceptance("Es ist so gemeint.")).await.expect("accept");
        store::check::accept(&mut tx, issue.id, &acceptance("Zweitens.")).await.expect("once more");
        let accepted = store::check::accepted(&mut tx, issue.id).await.expect("read");
        assert_eq!(accepted, BTreeMap::from([("0123456789ab".to_owned(), acceptance("Es ist so gemeint."))]));
        assert!(store::check::unaccept(&mut tx, issue.id, "0123456789ab").await.expect("open"));
        assert!(!store::check::unaccept(&mut tx, issue.id, "0123456789ab").await.expect("open"));
        tx.commit().await.expect("commit");
    }

    async fn what_came_of_a_link_counts_for_a_day_and_is_forgotten_after_a_week(database: &Database) {
        let db = open(database).await;
        let (now, url) = (monday(), "https://www.example.org/");
        let gone = LinkOutcome::Status { status: 404 };
        let mut tx = db.begin().await.expect("begin");
        store::check::keep_link(&mut tx, url, &LinkOutcome::Reached, now).await.expect("keep");
        store::check::keep_link(&mut tx, url, &gone, now.plus(HOUR)).await.expect("keep");
        assert_eq!(store::check::link(&mut tx, url, now).await.expect("read"), Some(gone));
        assert_eq!(store::check::link(&mut tx, url, now.plus(DAY)).await.expect("read"), None);
        assert_eq!(store::check::link(&mut tx, "https://other.example/", now).await.expect("read"), None);
        store::check::forget_links(&mut tx, 7 * DAY, now.plus(9 * DAY)).await.expect("forget");
        assert_eq!(store::check::link(&mut tx, url, now).await.expect("read"), None);
        tx.commit().await.expect("commit");
    }

    async fn a_newsletter_may_want_to_be_reminded(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        assert!(!store::check::press_distance(&mut tx, of).await.expect("read"));
        for wanted in [true, false, true] {
            store::check::set_press_distance(&mut tx, of, wanted).await.expect("set");
            assert_eq!(store::check::press_distance(&mut tx, of).await.expect("read"), wanted);
        }
        tx.commit().await.expect("commit");
    }

    /// Only issues whose audience was materialised have told anybody anything.
    async fn what_a_sent_issue_told_is_known_to_the_next(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let now = monday();
        let entry = publish(&db, &news("Neues", TopicSet::EMPTY), now).await;
        let mut tx = db.begin().await.expect("begin");
        let first = store::issue::add(&mut tx, &draft(of, None, vec![entry]), now).await.expect("add").expect("new");
        let second = store::issue::add(&mut tx, &draft(of, None, vec![entry]), now).await.expect("add").expect("new");
        assert_eq!(store::check::told_before(&mut tx, second.id, of, 9).await.expect("read"), []);
        assert_eq!(store::check::last_recipients(&mut tx, of, second.number).await.expect("read"), None);
        let audience = (TopicSet::EMPTY, true);
        assert!(store::issue::release(&mut tx, first.id, IssueState::Draft, "{}", "hash", audience, now).await.expect("release"));
        store::delivery::freeze(&mut tx, first.id, now).await.expect("freeze").expect("approved");
        let told = store::check::told_before(&mut tx, second.id, of, 9).await.expect("read");
        assert_eq!(told.iter().map(|told| (told.name.number, told.is_own)).collect::<Vec<_>>(), [(1, true)]);
        assert_eq!(store::check::last_recipients(&mut tx, of, second.number).await.expect("read"), Some(0));
        assert_eq!(store::check::last_recipients(&mut tx, of, first.number).await.expect("read"), None);
        tx.commit().await.expect("commit");
    }

    /// Who reads two newsletters gets an entry of both twice; who does not read the other one, or has chosen
    /// other topics there, gets it once.
    async fn readers_of_two_newsletters_are_counted(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", TopicSet::EMPTY).await.id, newsletter(&db, "two", TopicSet::from_mask(6)).await.id);
        let now = monday();
        let topics = TopicSet::from_mask;
        subscribed(&db, one, "both@example.org", Language::De, topics(2)).await;
        subscribed(&db, one, "one@example.org", Language::De, topics(2)).await;
        subscribed(&db, two, "two@example.org", Language::De, topics(2)).await;
        subscribed(&db, two, "both@example.org", Language::De, topics(2)).await;
        subscribed(&db, one, "other@example.org", Language::De, topics(2)).await;
        subscribed(&db, two, "other@example.org", Language::De, topics(4)).await;
        let entry = publish(&db, &news("Neues", topics(2)), now).await;
        let mut tx = db.begin().await.expect("begin");
        let here = store::issue::add(&mut tx, &draft(one, None, vec![entry]), now).await.expect("add").expect("new");
        let there = store::issue::add(&mut tx, &draft(two, None, vec![entry]), now).await.expect("add").expect("new");
        assert!(store::issue::release(&mut tx, there.id, IssueState::Draft, "{}", "hash", (topics(6), false), now).await.expect("release"));
        store::delivery::freeze(&mut tx, there.id, now).await.expect("freeze").expect("approved");
        let told = store::check::told_before(&mut tx, here.id, one, 9).await.expect("read");
        let [told] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!((told.name.to_string().as_str(), told.is_own, told.there), ("two/1", false, topics(2)));
        // “one” carries no topics: there it is for everybody.
        assert_eq!(told.here, TopicSet::EMPTY);
        assert_eq!(store::check::readers_of_both(&mut tx, one, told).await.expect("count"), 1);
        assert_eq!(store::check::told_before(&mut tx, here.id, one, 0).await.expect("read"), []);
        tx.commit().await.expect("commit");
    }
}
