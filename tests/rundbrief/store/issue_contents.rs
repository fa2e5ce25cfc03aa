//! What editors decide about an issue: the order of its entries, words of its own, who took part.

use rundbrief::domain::entry::EntryState;
use rundbrief::domain::issue::Contribution;
use rundbrief::domain::language::LanguageTag;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::issue_contents::{self, ShortText};
use rundbrief::store::left_out::{self, Around};
use rundbrief::store::{self};

use super::issues::draft;
use super::{DAY, HOUR, event, monday, news, newsletter, open};

on_both_databases! {
    async fn entries_are_put_in_taken_out_and_moved(database: &Database) {
        let db = open(database).await;
        let one = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let mut rows = Vec::new();
        for title in ["Eins", "Zwei", "Drei"] {
            rows.push(store::entry::add(&mut tx, kammer, &news(title, TopicSet::EMPTY), EntryState::Published, monday()).await.expect("add"));
        }
        let issue = store::issue::add(&mut tx, &draft(one, None, rows[..2].to_vec()), monday()).await.expect("add").expect("made").id;
        assert_eq!(issue_contents::version(&mut tx, issue).await.expect("version"), 0);
        assert_eq!(issue_contents::take(&mut tx, issue, Some(0), true).await.expect("take"), Some(1));
        assert_eq!(issue_contents::take(&mut tx, issue, Some(0), true).await.expect("take"), None);
        assert_eq!(issue_contents::take(&mut tx, issue, None, true).await.expect("take"), Some(2));
        assert_eq!(issue_contents::take(&mut tx, issue, None, false).await.expect("take"), Some(2));
        issue_contents::set_included(&mut tx, issue, rows[2], true, "erika", monday()).await.expect("add");
        issue_contents::set_included(&mut tx, issue, rows[0], false, "kim", monday()).await.expect("leave out");
        issue_contents::set_pinned(&mut tx, issue, rows[2], true).await.expect("pin");
        issue_contents::set_position(&mut tx, issue, rows[2], -1).await.expect("move");
        let chosen = issue_contents::chosen(&mut tx, issue).await.expect("chosen");
        let told: Vec<_> = chosen.iter().map(|one| (one.entry, one.included, one.pinned, one.decided_by.as_deref())).collect();
        assert_eq!(told, [(rows[2], true, Some(true), Some("erika")), (rows[0], false, None, Some("kim")), (rows[1], true, None, None)]);
        issue_contents::set_included(&mut tx, issue, rows[0], true, "kim", monday()).await.expect("add again");
        let last = issue_contents::chosen(&mut tx, issue).await.expect("chosen").pop().expect("three");
        assert_eq!((last.entry, last.included), (rows[0], true), "what comes back stands at the end");
    }

    async fn words_of_an_issue_are_stored_and_taken_away(database: &Database) {
        let db = open(database).await;
        let one = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let entry = store::entry::add(&mut tx, kammer, &news("Eins", TopicSet::EMPTY), EntryState::Published, monday()).await.expect("add");
        let issue = store::issue::add(&mut tx, &draft(one, None, vec![entry]), monday()).await.expect("add").expect("made").id;
        let german = LanguageTag::parse("de").expect("a tag");
        let text = ShortText { title: "Kurz".to_owned(), teaser: "Kürzer.".to_owned() };
        for _ in 0..2 {
            issue_contents::set_text(&mut tx, issue, entry, &german, Some(&text)).await.expect("set");
        }
        let stored = issue_contents::texts(&mut tx, issue).await.expect("texts");
        assert_eq!(stored.into_iter().collect::<Vec<_>>(), [((entry, german.clone()), text)]);
        issue_contents::set_text(&mut tx, issue, entry, &german, None).await.expect("remove");
        assert!(issue_contents::texts(&mut tx, issue).await.expect("texts").is_empty());
        assert_eq!(issue_contents::contributors(&mut tx, issue).await.expect("contributors"), []);
    }

    async fn what_an_issue_does_not_tell_is_found(database: &Database) {
        let db = open(database).await;
        let one = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let kammer = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let mut rows = Vec::new();
        for content in [news("Erzählt", TopicSet::EMPTY), news("Darin", TopicSet::EMPTY), news("Draußen", TopicSet::EMPTY), event("Fest", monday().plus(DAY), None)] {
            rows.push(store::entry::add(&mut tx, kammer, &content, EntryState::Published, monday()).await.expect("add"));
        }
        let first = store::issue::add(&mut tx, &draft(one, None, vec![rows[0]]), monday()).await.expect("add").expect("made");
        let second = store::issue::add(&mut tx, &draft(one, None, vec![rows[1], rows[2]]), monday()).await.expect("add").expect("made");
        issue_contents::set_included(&mut tx, second.id, rows[2], false, "kim", monday()).await.expect("leave out");
        let around = Around { newsletter: one, issue: second.id, topics: TopicSet::EMPTY, limit: 10 };
        let found = left_out::news(&mut tx, around, monday().minus(HOUR)).await.expect("news");
        let told: Vec<_> = found.iter().map(|one| (one.title.as_str(), one.told_by, one.taken_out, one.decided_by.as_deref())).collect();
        assert_eq!(told, [("Draußen", None, true, Some("kim")), ("Erzählt", Some(first.number), false, None)]);
        let found = left_out::events(&mut tx, around, monday(), monday()).await.expect("events");
        let told: Vec<_> = found.iter().map(|one| (one.title.as_str(), one.starts_at, one.waits)).collect();
        assert_eq!(told, [("Fest", Some(monday().plus(DAY)), false)]);
    }

    async fn groups_for_test_mails_are_kept_by_name(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let [one, two] = ["kim@example.org", "anna@example.org"].map(crate::store::address);
        store::test_group::keep(&mut tx, "Presseamt", std::slice::from_ref(&one), monday()).await.expect("keep");
        store::test_group::keep(&mut tx, "Presseamt", &[one.clone(), two.clone()], monday()).await.expect("keep");
        let kept = store::test_group::list(&mut tx).await.expect("list");
        assert_eq!((kept.len(), &kept[0].name, &kept[0].addresses), (1, &"Presseamt".to_owned(), &vec![one, two]));
        assert!(store::test_group::remove(&mut tx, "Presseamt").await.expect("remove"));
        assert!(!store::test_group::remove(&mut tx, "Presseamt").await.expect("remove"));
    }

    /// Four eyes asks who took part.
    async fn who_took_part_is_noted(database: &Database) {
        let db = open(database).await;
        let one = newsletter(&db, "one", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let new = store::staff::NewStaff {
            name: "Erika Beispiel".to_owned(),
            email: crate::store::address("erika@example.org"),
            language: rundbrief::domain::language::Language::De,
            roles: [rundbrief::domain::user::Role::Editor].into_iter().collect(),
            password: None,
            state: rundbrief::domain::user::UserState::Active,
        };
        let erika = store::staff::add(&mut tx, &new, monday()).await.expect("add").id;
        let issue = store::issue::add(&mut tx, &draft(one, None, Vec::new()), monday()).await.expect("add").expect("made").id;
        for (kind, at) in [(Contribution::Chose, monday()), (Contribution::Wrote, monday().plus(HOUR)), (Contribution::Chose, monday().plus(DAY))] {
            issue_contents::contribute(&mut tx, issue, erika, kind, at).await.expect("contribute");
        }
        let kinds: Vec<_> = issue_contents::contributors(&mut tx, issue).await.expect("contributors").iter().map(|one| (one.staff, one.kind, one.at)).collect();
        assert_eq!(kinds, [(erika, Contribution::Wrote, monday().plus(HOUR)), (erika, Contribution::Chose, monday().plus(DAY))]);
    }
}
