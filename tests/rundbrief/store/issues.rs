//! Issues: numbers, slots, approval, variants, and the entries they use up.

use std::collections::BTreeMap;

use rundbrief::domain::entry::EntryState;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::reason::Reason;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::entry::Candidates;
use rundbrief::store::issue::{IssueText, NewIssue};
use rundbrief::store::part::StoredPart;
use rundbrief::store::{self, Tx};

use super::{DAY, HOUR, monday, news, newsletter, open, topics};

pub fn draft(newsletter: i64, slot: Option<&str>, entries: Vec<i64>) -> NewIssue {
    NewIssue {
        newsletter,
        slot: slot.map(str::to_owned),
        send_at: Some(monday().plus(DAY)),
        state: IssueState::Draft,
        reason: None,
        window_from: None,
        entries,
        texts: BTreeMap::from([(
            Language::De,
            IssueText {
                subject: "Region aktuell 1".to_owned(),
                introduction: String::new(),
            },
        )]),
    }
}

async fn add(tx: &mut Tx, new: &NewIssue) -> Option<store::issue::Issue> {
    store::issue::add(tx, new, monday()).await.expect("add")
}

on_both_databases! {
    /// Numbers increase in each newsletter; a slot has one issue, also with concurrent requests.
    async fn a_slot_has_one_issue(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", TopicSet::EMPTY).await.id, newsletter(&db, "two", TopicSet::EMPTY).await.id);
        let tasks: Vec<_> = (0..4).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.expect("begin");
                store::newsletter::lock(&mut tx, one).await.expect("lock");
                let made = add(&mut tx, &draft(one, Some("2027-03-28T02:30"), Vec::new())).await;
                tx.commit().await.expect("commit");
                made.is_some()
            })
        }).collect();
        let mut made = 0;
        for task in tasks {
            made += usize::from(task.await.expect("no panic"));
        }
        assert_eq!(made, 1);
        let mut tx = db.begin().await.expect("begin");
        assert!(store::issue::has_slot(&mut tx, one, "2027-03-28T02:30").await.expect("has slot"));
        assert!(!store::issue::has_slot(&mut tx, two, "2027-03-28T02:30").await.expect("has slot"));
        assert_eq!(add(&mut tx, &draft(two, Some("2027-03-28T02:30"), Vec::new())).await.expect("its own slot").number, 1);
        assert_eq!(add(&mut tx, &draft(one, None, Vec::new())).await.expect("by hand").number, 2);
        assert_eq!(add(&mut tx, &draft(one, None, Vec::new())).await.expect("by hand, as often as one likes").number, 3);
        let listed: Vec<_> = store::issue::list(&mut tx, Some(one), 2).await.expect("list").iter().map(|i| i.number).collect();
        assert_eq!(listed, [3, 2]);
        assert_eq!(store::issue::list(&mut tx, None, 10).await.expect("list").len(), 4);
        let second = store::issue::by_number(&mut tx, one, 2).await.expect("by number").expect("there");
        assert_eq!(store::issue::by_id(&mut tx, second.id).await.expect("by id"), Some(second));
        assert_eq!(store::issue::by_number(&mut tx, one, 9).await.expect("by number"), None);
    }

    /// Approval fixes the texts; a transition needs the current state.
    async fn approving_fixes_the_texts(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut tx = db.begin().await.expect("begin");
        let issue = add(&mut tx, &draft(region, None, Vec::new())).await.expect("made");
        store::issue::set_text(&mut tx, issue.id, Language::De, &IssueText { subject: "Neu".to_owned(), introduction: "Guten Tag".to_owned() }).await.expect("set");
        assert_eq!(store::issue::texts(&mut tx, issue.id).await.expect("texts")[&Language::De].introduction, "Guten Tag");
        assert_eq!(store::issue::released(&mut tx, issue.id).await.expect("released"), None);
        let what = (topics(&[1]), true);
        assert!(!store::issue::release(&mut tx, issue.id, IssueState::InReview, "{}", "h", what, monday()).await.expect("release"));
        assert!(store::issue::release(&mut tx, issue.id, IssueState::Draft, "{}", "h", what, monday()).await.expect("release"));
        let stored = store::issue::by_id(&mut tx, issue.id).await.expect("by id").expect("there");
        assert_eq!((stored.state, stored.release_hash.as_deref(), stored.topics, stored.for_everyone), (IssueState::Approved, Some("h"), topics(&[1]), true));
        assert_eq!(store::issue::released(&mut tx, issue.id).await.expect("released").as_deref(), Some("{}"));
        store::issue::set_times(&mut tx, issue.id, Some(monday().plus(HOUR)), None).await.expect("set");
        let reason = Reason::MissedTime { late: 3, catch_up: 2 };
        assert!(store::issue::set_state(&mut tx, issue.id, IssueState::Approved, IssueState::Held, Some(&reason), monday()).await.expect("set"));
        assert!(!store::issue::set_state(&mut tx, issue.id, IssueState::Approved, IssueState::Cancelled, None, monday()).await.expect("set"));
        let held = store::issue::in_state(&mut tx, IssueState::Held).await.expect("in state");
        assert_eq!((held[0].reason.clone(), held[0].send_at, held[0].finished_at), (Some(reason.clone()), Some(monday().plus(HOUR)), None));
        assert!(store::issue::set_state(&mut tx, issue.id, IssueState::Held, IssueState::Cancelled, None, monday()).await.expect("set"));
        assert_eq!(store::issue::by_id(&mut tx, issue.id).await.expect("by id").expect("there").finished_at, Some(monday()));
    }

    /// Entries are used up by an issue of the same newsletter, unless it was cancelled unsent.
    async fn an_entry_goes_into_one_issue_of_a_newsletter(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", TopicSet::EMPTY).await.id, newsletter(&db, "two", TopicSet::EMPTY).await.id);
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let entry = store::entry::add(&mut tx, kammer, &news("neu", TopicSet::EMPTY), EntryState::Published, monday()).await.expect("add");
        let of = |newsletter| Candidates { newsletter, topics: TopicSet::EMPTY, published_after: monday().minus(DAY), at: monday(), until: monday(), limit: 10 };
        assert_eq!(store::issue::last_window(&mut tx, one, monday().plus(DAY)).await.expect("window"), None);
        let issue = add(&mut tx, &draft(one, None, vec![entry])).await.expect("made");
        assert_eq!(store::entry::of_issue(&mut tx, issue.id).await.expect("of issue")[0].id, entry);
        assert_eq!(store::issue::last_window(&mut tx, one, monday().plus(DAY)).await.expect("window"), Some(monday()));
        assert_eq!(store::entry::candidates(&mut tx, of(one)).await.expect("candidates"), []);
        assert_eq!(store::entry::candidates(&mut tx, of(two)).await.expect("candidates").len(), 1);
        assert_eq!(store::issue::by_id(&mut tx, issue.id).await.expect("by id").expect("there").window_to, monday());
        let before = monday().minus(HOUR);
        assert_eq!(store::issue::last_window(&mut tx, one, before).await.expect("window"), None, "windows in the future do not count");
        assert!(store::issue::set_state(&mut tx, issue.id, IssueState::Draft, IssueState::Cancelled, None, monday()).await.expect("set"));
        assert_eq!(store::entry::candidates(&mut tx, of(one)).await.expect("candidates").len(), 1, "cancelled unsent: free again");
        assert_eq!(store::issue::last_window(&mut tx, one, monday().plus(DAY)).await.expect("window"), None);
    }

    async fn parts_are_kept_by_issue_and_language(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let mut tx = db.begin().await.expect("begin");
        let issue = add(&mut tx, &draft(region, None, Vec::new())).await.expect("made").id;
        let neighbour = add(&mut tx, &draft(region, None, Vec::new())).await.expect("made").id;
        let part = |name: &str| StoredPart { name: name.to_owned(), html: "<p>".to_owned(), text: "T=C3=A4".to_owned() };
        let both = [part("foot"), part("opening")];
        store::part::add(&mut tx, issue, Language::De, &both).await.expect("add");
        store::part::add(&mut tx, issue, Language::En, &both[..1]).await.expect("add");
        store::part::add(&mut tx, neighbour, Language::De, &both[1..]).await.expect("add");
        let mut kept = store::part::of_language(&mut tx, issue, Language::De).await.expect("read");
        kept.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(kept, both);
        assert_eq!(store::part::of_language(&mut tx, issue, Language::Fr).await.expect("read"), []);
        assert_eq!(store::part::remove_of(&mut tx, issue).await.expect("remove"), 3);
        assert_eq!(store::part::of_language(&mut tx, issue, Language::De).await.expect("read"), []);
        assert_eq!(store::part::of_language(&mut tx, neighbour, Language::De).await.expect("read"), both[1..]);
    }
}
