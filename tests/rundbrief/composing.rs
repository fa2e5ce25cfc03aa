//! What goes into an issue, and for whom.

use rundbrief::app::issues::{self, Composed, Occasion, Released, compose_draft};
use rundbrief::digest::audience::audience;
use rundbrief::digest::release::{self, ReleaseError};
use rundbrief::digest::snapshot::SectionKind;
use rundbrief::domain::entry::{EntryContent, EntryKind, EntryState};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::Newsletter;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::issue::Issue;
use rundbrief::store::{self, Db};

use crate::installation::{issue, mail_context, publish, set_state, titles};
use crate::store::{DAY, HOUR, event, monday, news, newsletter, open, subscribed, topics};

async fn composed(db: &Db, of: &Newsletter, now: Timestamp) -> Composed {
    let mut tx = db.begin().await.expect("begin");
    let occasion = Occasion {
        newsletter: of,
        slot: None,
        send_at: None,
        hold: None,
    };
    let composed = compose_draft(&mut tx, &occasion, now)
        .await
        .expect("compose");
    tx.commit().await.expect("commit");
    composed
}

async fn next(db: &Db, of: &Newsletter, now: Timestamp) -> Issue {
    match composed(db, of, now).await {
        Composed::Issue(issue) => *issue,
        other => panic!("{other:?}"),
    }
}

async fn released(db: &Db, issue: &Issue, now: Timestamp) -> Result<Released, ReleaseError> {
    let mut tx = db.begin().await.expect("begin");
    let released = issues::release(&mut tx, &mail_context(), issue, now).await;
    if released.is_ok() {
        tx.commit().await.expect("commit");
    }
    released
}

on_both_databases! {
    async fn an_entry_is_told_once_by_each_newsletter(database: &Database) {
        let db = open(database).await;
        let (one, two) = (newsletter(&db, "one", TopicSet::EMPTY).await, newsletter(&db, "two", TopicSet::EMPTY).await);
        let now = monday();
        publish(&db, &news("Erstes", TopicSet::EMPTY), now).await;
        publish(&db, &event("Konzert", now.plus(3 * DAY), None), now).await;
        let first = next(&db, &one, now.plus(HOUR)).await;
        assert_eq!(titles(&db, first.id).await, ["Erstes", "Konzert"]);
        assert_eq!(composed(&db, &one, now.plus(2 * HOUR)).await, Composed::NothingToTell);
        let other = next(&db, &two, now.plus(2 * HOUR)).await;
        assert_eq!(titles(&db, other.id).await, ["Erstes", "Konzert"]);
        publish(&db, &news("Zweites", TopicSet::EMPTY), now.plus(3 * HOUR)).await;
        let second = next(&db, &one, now.plus(4 * HOUR)).await;
        assert_eq!((titles(&db, second.id).await, second.number), (vec!["Zweites".to_owned()], 2));
    }

    /// The line that leads to more events does not announce them.
    async fn an_event_that_no_mail_told_goes_into_the_next_issue(database: &Database) {
        let db = open(database).await;
        let mut one = newsletter(&db, "one", TopicSet::EMPTY).await;
        let mut tx = db.begin().await.expect("begin");
        (one.settings.digest.most_events, one.settings.digest.most_news) = (2, 1);
        store::newsletter::set_digest(&mut tx, one.id, one.settings.digest).await.expect("set");
        tx.commit().await.expect("commit");
        let now = monday();
        for (title, day) in [("Eins", 1), ("Zwei", 2), ("Drei", 3), ("Vier", 4)] {
            publish(&db, &event(title, now.plus(day * DAY), None), now).await;
        }
        for title in ["Neues", "Altes"] {
            publish(&db, &news(title, TopicSet::EMPTY), now).await;
        }
        let first = next(&db, &one, now.plus(HOUR)).await;
        assert_eq!(titles(&db, first.id).await.len(), 6);
        let told = released(&db, &first, now.plus(HOUR)).await.expect("released").snapshot;
        assert_eq!(told.items().filter(|item| item.when.is_some()).count(), 2);
        let second = next(&db, &one, now.plus(2 * HOUR)).await;
        assert_eq!(titles(&db, second.id).await, ["Drei", "Vier"], "neither news nor what was told");
    }

    async fn what_was_taken_out_does_not_return_and_what_was_cancelled_does(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let now = monday();
        let keep = publish(&db, &news("Bleibt", TopicSet::EMPTY), now).await;
        let out = publish(&db, &news("Fliegt raus", TopicSet::EMPTY), now).await;
        let first = next(&db, &of, now.plus(HOUR)).await;
        take_out(&db, first.id, out).await;
        assert_eq!(titles(&db, first.id).await, ["Bleibt"]);
        assert_eq!(composed(&db, &of, now.plus(2 * HOUR)).await, Composed::NothingToTell);
        set_state(&db, &first, IssueState::Cancelled, now.plus(3 * HOUR)).await;
        // Ten days later: the window of the cancelled issue does not count either.
        let again = next(&db, &of, now.plus(10 * DAY)).await;
        let titles = titles(&db, again.id).await;
        assert!(titles.contains(&"Bleibt".to_owned()), "{titles:?}");
        let _ = keep;
    }

    async fn sections_are_news_events_and_the_council(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let now = monday();
        let kind = |kind, content: EntryContent| EntryContent { kind, ..content };
        publish(&db, &kind(EntryKind::Paper, news("Vorlage", TopicSet::EMPTY)), now).await;
        publish(&db, &kind(EntryKind::Meeting, event("Ratssitzung", now.plus(2 * DAY), None)), now).await;
        publish(&db, &event("Später", now.plus(9 * DAY), None), now).await;
        publish(&db, &event("Früher", now.plus(DAY), None), now).await;
        publish(&db, &event("Schon vorbei", now.minus(DAY), None), now).await;
        publish(&db, &event("Läuft noch", now.minus(DAY), Some(now.plus(DAY))), now).await;
        publish(&db, &event("Zu weit weg", now.plus(31 * DAY), None), now).await;
        publish(&db, &news("Neues", TopicSet::EMPTY), now).await;
        let issue = next(&db, &of, now.plus(HOUR)).await;
        assert_eq!(titles(&db, issue.id).await, ["Neues", "Läuft noch", "Früher", "Später", "Ratssitzung", "Vorlage"]);
        let release = released(&db, &issue, now.plus(HOUR)).await.expect("release").snapshot;
        let sections = release.sections.iter().map(|section| (section.kind, section.items.len())).collect::<Vec<_>>();
        assert_eq!(sections, [(SectionKind::News, 1), (SectionKind::Events, 3), (SectionKind::Council, 2)]);
    }

    async fn a_release_is_kept_as_it_was(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", topics(&[0, 1])).await;
        let now = monday();
        let entry = publish(&db, &news("Neues", topics(&[1, 5])), now).await;
        let called_off = publish(&db, &event("Konzert", now.plus(3 * DAY), None), now).await;
        let withdrawn = publish(&db, &news("Versehen", topics(&[0])), now).await;
        let draft = next(&db, &of, now.plus(HOUR)).await;
        move_entry(&db, called_off, EntryState::Cancelled, now).await;
        move_entry(&db, withdrawn, EntryState::Withdrawn, now).await;
        let made = released(&db, &draft, now.plus(2 * HOUR)).await.expect("release");
        let stored = issue(&db, draft.id).await;
        assert_eq!((stored.state, stored.for_everyone, stored.topics), (IssueState::Approved, true, topics(&[1])));
        assert_eq!(stored.release_hash.as_deref(), Some(made.hash.as_str()));
        move_entry(&db, entry, EntryState::Withdrawn, now).await;
        let mut conn = db.read().await.expect("read");
        let kept = release::load(&mut conn, &stored).await.expect("load").expect("valid");
        assert_eq!(kept, made.snapshot);
        let items = kept.items().map(|item| (item.texts.values().next().expect("a text").title.as_str(), item.cancelled)).collect::<Vec<_>>();
        assert_eq!(items, [("Neues", false), ("Konzert", true)]);
        drop(conn);
        assert!(matches!(released(&db, &stored, now).await, Err(ReleaseError::State(IssueState::Approved))));
    }

    async fn nothing_left_is_not_released(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", TopicSet::EMPTY).await;
        let entry = publish(&db, &news("Versehen", TopicSet::EMPTY), monday()).await;
        let draft = next(&db, &of, monday().plus(HOUR)).await;
        move_entry(&db, entry, EntryState::Withdrawn, monday()).await;
        assert!(matches!(released(&db, &draft, monday().plus(HOUR)).await, Err(ReleaseError::Empty)));
    }

    async fn the_audience_is_counted_by_variant(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, "one", topics(&[0, 1, 2])).await;
        let now = monday();
        for (who, language, chosen) in [
            ("a@example.org", Language::De, &[0, 2][..]),
            ("b@example.org", Language::De, &[0]),
            ("c@example.org", Language::Fr, &[0, 1]),
            ("d@example.org", Language::De, &[2]),
            ("e@example.org", Language::De, &[]),
        ] {
            subscribed(&db, of.id, who, language, topics(chosen)).await;
        }
        publish(&db, &news("Kultur", topics(&[0])), now).await;
        let issue = next(&db, &of, now.plus(HOUR)).await;
        let mut conn = db.read().await.expect("read");
        let found = audience(&mut conn, &issue, now.plus(HOUR)).await.expect("an audience");
        let variants = found.variants.iter().map(|variant| (variant.language, variant.topics, variant.readers)).collect::<Vec<_>>();
        assert_eq!(variants, [(Language::De, topics(&[0]), 2), (Language::Fr, topics(&[0]), 1)]);
        assert_eq!(found.nothing, 2);
        drop(conn);
        // The same numbers as the freeze writes.
        released(&db, &issue, now.plus(HOUR)).await.expect("release");
        let mut tx = db.begin().await.expect("begin");
        let frozen = store::delivery::freeze(&mut tx, issue.id, now.plus(HOUR)).await.expect("freeze").expect("approved");
        assert_eq!((frozen.queued, frozen.skipped), (3, 2));
    }
}

async fn move_entry(db: &Db, entry: i64, to: EntryState, now: Timestamp) {
    let mut tx = db.begin().await.expect("begin");
    assert!(
        store::entry::set_state(&mut tx, entry, EntryState::Published, to, now)
            .await
            .expect("set state")
    );
    tx.commit().await.expect("commit");
}

async fn take_out(db: &Db, issue: i64, entry: i64) {
    let text = format!(
        "UPDATE issue_entry SET included = FALSE WHERE issue_id = {issue} AND entry_id = {entry}"
    );
    let text = sqlx::AssertSqlSafe(text);
    let changed = match db {
        Db::Sqlite { writer, .. } => sqlx::query(text)
            .execute(writer)
            .await
            .map(|done| done.rows_affected()),
        Db::Postgres(pool) => sqlx::query(text)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()),
    };
    assert_eq!(changed.expect("an update"), 1);
}
