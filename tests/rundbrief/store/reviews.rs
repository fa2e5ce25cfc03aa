//! Reviews of issues: their steps, deputies, and who is asked.

use std::collections::BTreeMap;

use rundbrief::domain::audit::Subject;
use rundbrief::domain::entry::{EntryState, VersionReason};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{Approval, ReviewSettings};
use rundbrief::domain::review::StepKind;
use rundbrief::domain::sender_dns::{Flaw, Looked, LookupFailure, Outcome, Standard};
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::{Roles, UserState};
use rundbrief::store;
use rundbrief::store::entry_version::Author;
use rundbrief::store::review_step::ReviewStep;
use rundbrief::store::staff::NewStaff;

use super::issues::draft;
use super::{DAY, HOUR, address, monday, news, newsletter, open, subscribed};

fn step(kind: StepKind, who: &str, message: Option<&str>) -> ReviewStep {
    ReviewStep {
        kind,
        actor: "user".to_owned(),
        actor_name: who.to_owned(),
        on_behalf: None,
        at: monday(),
        message: message.map(str::to_owned),
    }
}

on_both_databases! {
    async fn steps_are_kept_in_their_order(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let issue = store::issue::add(&mut tx, &draft(region, None, Vec::new()), monday()).await.expect("add").expect("made").id;
        let handed_in = step(StepKind::HandedIn, "jana", Some("Bitte den Vorspann ansehen."));
        let returned = ReviewStep { on_behalf: Some("erika".to_owned()), ..step(StepKind::Returned, "paul", Some("Zu lang.")) };
        store::review_step::add(&mut tx, issue, &handed_in).await.expect("add");
        store::review_step::add(&mut tx, issue, &returned).await.expect("add");
        assert_eq!(store::review_step::of_issue(&mut tx, issue, 9).await.expect("read"), [returned.clone(), handed_in]);
        assert_eq!(store::review_step::of_issue(&mut tx, issue, 1).await.expect("read"), [returned]);
        for (kind, who, expected) in [(StepKind::HandedIn, "jana", true), (StepKind::HandedIn, "paul", false), (StepKind::Approved, "jana", false)] {
            assert_eq!(store::review_step::has_done(&mut tx, issue, kind, ("user", who)).await.expect("read"), expected);
        }
        let lines = store::audit::of_subject(&mut tx, &Subject::issue("region", 1), 9).await.expect("read");
        assert!(lines.is_empty());
    }

    async fn deputies_act_within_their_time(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let now = monday();
        let (from, until) = (now.plus(DAY), now.plus(3 * DAY));
        let first = store::deputy::add(&mut tx, ("erika", "paul"), (from, until), now).await.expect("add");
        let later = store::deputy::add(&mut tx, ("erika", "jana"), (now.plus(9 * DAY), now.plus(10 * DAY)), now).await.expect("add");
        for (at, expected) in [(now, 0), (from, 1), (until.minus(HOUR), 1), (until, 0)] {
            assert_eq!(store::deputy::of_deputy(&mut tx, "paul", at).await.expect("read").len(), expected, "{at}");
        }
        let current = store::deputy::current(&mut tx, from, 9).await.expect("read");
        assert_eq!(current.iter().map(|one| one.deputy.as_str()).collect::<Vec<_>>(), ["paul", "jana"]);
        assert!(!store::deputy::end(&mut tx, first, "paul", from.plus(HOUR)).await.expect("end"), "not theirs to end");
        assert!(store::deputy::end(&mut tx, first, "erika", from.plus(HOUR)).await.expect("end"));
        assert!(store::deputy::end(&mut tx, later, "erika", from.plus(HOUR)).await.expect("end"));
        assert_eq!(store::deputy::of_deputy(&mut tx, "paul", from.plus(HOUR)).await.expect("read"), []);
        assert_eq!(store::deputy::current(&mut tx, from.plus(HOUR), 9).await.expect("read"), []);
    }

    async fn a_newsletter_says_who_releases_its_issues(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        assert_eq!((region.settings.approval, region.settings.review), (Approval::Required, ReviewSettings::default()));
        let mut tx = db.begin().await.expect("begin");
        for approval in Approval::ALL {
            for review in [ReviewSettings { four_eyes_from: Some(5_000), trial: true }, ReviewSettings::default()] {
                store::newsletter::set_review(&mut tx, region.id, *approval, review).await.expect("set");
                let read = store::newsletter::by_id(&mut tx, region.id).await.expect("read").expect("there").settings;
                assert_eq!((read.approval, read.review), (*approval, review));
            }
        }
    }

    async fn issues_are_taken_by_their_entries(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let entry = store::entry::add(&mut tx, kammer, &news("neu", TopicSet::EMPTY), EntryState::Published, monday()).await.expect("add");
        let with = |entries| store::issue::NewIssue { texts: BTreeMap::new(), ..draft(region, None, entries) };
        let one = store::issue::add(&mut tx, &with(vec![entry]), monday()).await.expect("add").expect("made");
        store::issue::add(&mut tx, &with(Vec::new()), monday()).await.expect("add").expect("made");
        assert_eq!(store::issue::lock_with(&mut tx, entry).await.expect("lock"), [one.id]);
        store::issue::set_times(&mut tx, one.id, None, Some(monday().plus(HOUR))).await.expect("set");
        let taken = store::issue::lock(&mut tx, one.id).await.expect("lock").expect("there");
        assert_eq!((taken.send_at, taken.send_not_before), (None, Some(monday().plus(HOUR))));
        assert!(store::issue::set_state(&mut tx, one.id, IssueState::Draft, IssueState::Cancelled, None, monday()).await.expect("set"));
        assert_eq!(store::issue::lock_with(&mut tx, entry).await.expect("lock"), [0_i64; 0]);
    }

    /// In trial, only those of its subscribers get mails who have a login. They confirmed like everybody.
    async fn a_newsletter_in_trial_goes_to_staff(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        for who in ["erika@region.example", "Gone@region.example", "reader@example.org"] {
            subscribed(&db, region, who, Language::De, TopicSet::EMPTY).await;
        }
        let mut tx = db.begin().await.expect("begin");
        for (who, state) in [("Erika@region.example", UserState::Active), ("gone@region.example", UserState::Disabled), ("nobody@region.example", UserState::Active)] {
            let new = NewStaff { name: who.to_owned(), email: address(who), language: Language::De, roles: Roles::default(), password: None, state };
            store::staff::add(&mut tx, &new, monday()).await.expect("add");
        }
        let trial = ReviewSettings { trial: true, ..ReviewSettings::default() };
        let readers = store::subscription::readers_by_variant(&mut tx, region, TopicSet::EMPTY).await.expect("readers");
        assert_eq!(readers, [(Language::De, TopicSet::EMPTY, 3)]);
        store::newsletter::set_review(&mut tx, region, Approval::Required, trial).await.expect("set");
        assert_eq!(store::subscription::count_staff(&mut tx, region).await.expect("count"), 1);
        let readers = store::subscription::readers_by_variant(&mut tx, region, TopicSet::EMPTY).await.expect("readers");
        assert_eq!(readers, [(Language::De, TopicSet::EMPTY, 1)]);
        for (topics, counted) in [(TopicSet::EMPTY, (1, 1)), (TopicSet::from_mask(1), (0, 0))] {
            assert_eq!(store::subscription::count_readers(&mut tx, region, topics).await.expect("counted"), counted);
        }
        for expected in [(1, 0), (3, 0)] {
            let issue = store::issue::add(&mut tx, &draft(region, None, Vec::new()), monday()).await.expect("add").expect("made").id;
            assert!(store::issue::release(&mut tx, issue, IssueState::Draft, "{}", "h", (TopicSet::EMPTY, true), monday()).await.expect("release"));
            let frozen = store::delivery::freeze(&mut tx, issue, monday()).await.expect("freeze").expect("approved");
            assert_eq!((frozen.queued, frozen.skipped), expected);
            store::newsletter::set_review(&mut tx, region, Approval::Required, ReviewSettings::default()).await.expect("set");
        }
    }

    async fn authors_of_an_issues_entries_are_known(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let content = news("neu", TopicSet::EMPTY);
        let entry = store::entry::add(&mut tx, kammer, &content, EntryState::Published, monday()).await.expect("add");
        let author = Author { kind: "user", name: "jana", at: monday() };
        store::entry_version::add(&mut tx, entry, &content, author, VersionReason::Written).await.expect("add");
        let issue = store::issue::add(&mut tx, &draft(region, None, vec![entry]), monday()).await.expect("add").expect("made").id;
        assert!(store::issue_contents::has_author(&mut tx, issue, "jana").await.expect("read"));
        assert!(!store::issue_contents::has_author(&mut tx, issue, "erika").await.expect("read"));
    }

    async fn a_sender_is_checked_anew_with_each_code(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::sender_check::of(&mut tx, region).await.expect("read"), None);
        for code in ["a", "b"] {
            store::sender_check::ask(&mut tx, region, "news@region.example", code, monday()).await.expect("ask");
            store::sender_check::fail(&mut tx, region).await.expect("fail");
            let check = store::sender_check::of(&mut tx, region).await.expect("read").expect("asked");
            assert_eq!((check.code_hash.as_str(), check.failures, check.checked_at), (code, 1, None));
            store::sender_check::confirm(&mut tx, region, monday().plus(HOUR)).await.expect("confirm");
            let check = store::sender_check::of(&mut tx, region).await.expect("read").expect("asked");
            assert_eq!(check.checked_at, Some(monday().plus(HOUR)));
        }
    }

    async fn what_the_dns_says_is_kept_once(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::sender_dns::of(&mut tx, region).await.expect("read"), None);
        let looked = |outcome| Looked {
            standard: Standard::Spf,
            name: "region.example".to_owned(),
            outcome,
            publish: "v=spf1 mx ~all".to_owned(),
        };
        let weak = Outcome::Weak { record: "v=spf1 a:x".to_owned(), flaw: Flaw::Unreadable { part: "ä".to_owned() } };
        let unknown = Outcome::Unknown { why: LookupFailure::TimedOut };
        for (hour, records) in [(1, vec![looked(Outcome::Missing)]), (2, vec![looked(weak), looked(unknown)])] {
            let at = monday().plus(hour * HOUR);
            store::sender_dns::keep(&mut tx, region, &records, at).await.expect("keep");
            let kept = store::sender_dns::of(&mut tx, region).await.expect("read").expect("kept");
            assert_eq!((kept.records, kept.at), (records, at));
        }
    }
}
