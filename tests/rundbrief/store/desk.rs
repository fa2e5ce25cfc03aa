//! The list of the newsroom: found by words and facts, what changed last first.

use std::collections::BTreeMap;

use rundbrief::domain::entry::{EntryContent, EntryKind, EntryState, EntryText, Origin};
use rundbrief::domain::language::Language;
use rundbrief::domain::search::Sought;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::entry::{DeskFilter, count_by_state, desk};
use rundbrief::store::incoming::Incoming;
use rundbrief::store::{self, Db, Tx};

use super::{DAY, HOUR, event, monday, news, open, topics};

async fn titles(tx: &mut Tx, filter: &DeskFilter) -> Vec<String> {
    let rows = desk(tx, filter, (0, 50)).await.expect("a list");
    rows.into_iter().map(|row| row.title).collect()
}

fn sought(text: &str) -> DeskFilter {
    DeskFilter {
        words: Sought::parse(text),
        ..DeskFilter::default()
    }
}

/// Five entries of two organisations; returns the row of the second one.
async fn fill(tx: &mut Tx) -> i64 {
    let town = store::organisation::ensure(tx, "Stadt Musterstadt", monday())
        .await
        .expect("ensure")
        .id;
    let chamber = store::organisation::ensure(tx, "Kammer Düren", monday())
        .await
        .expect("ensure")
        .id;
    let mut brunnen = news("Neue Trinkwasserbrunnen", topics(&[1]));
    brunnen.texts.insert(
        Language::Fr.into(),
        EntryText {
            title: "Fontaines à boire".to_owned(),
            ..EntryText::default()
        },
    );
    let orgel = event("Orgelnacht", monday().plus(7 * DAY), None);
    let mut paper = news("Haushalt", topics(&[2]));
    paper.kind = EntryKind::Paper;
    paper.reference = Some("2026/1187".to_owned());
    paper
        .texts
        .values_mut()
        .for_each(|text| "<p>Die <b>Müllgebühren</b> steigen.</p>".clone_into(&mut text.body));
    for (hours, organisation, content, state) in [
        (0, town, &brunnen, EntryState::Published),
        (1, town, &orgel, EntryState::Submitted),
        (2, chamber, &paper, EntryState::Draft),
        (
            3,
            chamber,
            &news("Gründungsberatung", TopicSet::EMPTY),
            EntryState::Submitted,
        ),
    ] {
        store::entry::add(
            tx,
            organisation,
            content,
            state,
            monday().plus(hours * HOUR),
        )
        .await
        .expect("add");
    }
    take(tx, chamber, &news("Aus der Kammer", topics(&[1, 2])), 4).await;
    chamber
}

async fn take(tx: &mut Tx, organisation: i64, content: &EntryContent, hours: u32) {
    let incoming = Incoming {
        organisation,
        origin: Origin::Feed,
        external_id: "guid",
        content,
        state: EntryState::Submitted,
        cancelled: false,
        trusted: false,
    };
    store::incoming::take(tx, incoming, monday().plus(hours * HOUR))
        .await
        .expect("take");
}

on_both_databases! {
    /// Words are found by their beginnings in every text and language, in any order, whatever their
    /// capitals and accents.
    async fn entries_are_found_by_words(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let chamber = fill(&mut tx).await;
        for (text, found) in [
            ("trinkwasser", vec!["Neue Trinkwasserbrunnen"]),
            ("FONTAINES a", vec!["Neue Trinkwasserbrunnen"]),
            ("kurhaus altes", vec!["Orgelnacht"]),
            ("mull", vec!["Haushalt"]),
            ("Müllgebühren 1187", vec!["Haushalt"]),
            ("kammer dur", vec!["Aus der Kammer", "Gründungsberatung", "Haushalt"]),
            ("brunnen", vec![]),
            ("o", vec![]),
            ("trinkwasser nirgends", vec![]),
            ("lang'; DROP TABLE entry", vec![]),
        ] {
            assert_eq!(titles(&mut tx, &sought(text)).await, found, "{text}");
        }
        take(&mut tx, chamber, &news("Vom Handwerk", TopicSet::EMPTY), 5).await;
        assert_eq!(titles(&mut tx, &sought("handwerk")).await, ["Vom Handwerk"]);
        assert_eq!(titles(&mut tx, &sought("aus")).await, [""; 0], "what it said before is forgotten");
    }

    /// Facts narrow the list, and every state is counted.
    async fn entries_are_found_by_facts(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let chamber = fill(&mut tx).await;
        let all = DeskFilter::default();
        assert_eq!(titles(&mut tx, &all).await, ["Aus der Kammer", "Gründungsberatung", "Haushalt", "Orgelnacht", "Neue Trinkwasserbrunnen"]);
        let submitted = DeskFilter { state: Some(EntryState::Submitted), ..all.clone() };
        for (filter, found) in [
            (DeskFilter { kind: Some(EntryKind::Event), ..all.clone() }, vec!["Orgelnacht"]),
            (submitted.clone(), vec!["Aus der Kammer", "Gründungsberatung", "Orgelnacht"]),
            (DeskFilter { topics: topics(&[1]), ..all.clone() }, vec!["Aus der Kammer", "Neue Trinkwasserbrunnen"]),
            (DeskFilter { organisation: Some(chamber), ..submitted.clone() }, vec!["Aus der Kammer", "Gründungsberatung"]),
            (DeskFilter { origin: Some(Origin::Feed), ..all.clone() }, vec!["Aus der Kammer"]),
            (DeskFilter { from: Some(monday().plus(DAY)), until: Some(monday().plus(8 * DAY)), ..all.clone() }, vec!["Orgelnacht"]),
            (DeskFilter { until: Some(monday()), ..all.clone() }, vec![]),
        ] {
            assert_eq!(titles(&mut tx, &filter).await, found, "{filter:?}");
        }
        let expected = BTreeMap::from([(EntryState::Draft, 1), (EntryState::Submitted, 3), (EntryState::Published, 1)]);
        assert_eq!(count_by_state(&mut tx, &submitted).await.expect("counts"), expected);
        let of_words = DeskFilter { words: Sought::parse("kammer"), ..submitted };
        assert_eq!(count_by_state(&mut tx, &of_words).await.expect("counts"), BTreeMap::from([(EntryState::Draft, 1), (EntryState::Submitted, 2)]));
        let second = desk(&mut tx, &all, (1, 1)).await.expect("a page");
        assert_eq!(second.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Gründungsberatung"]);
        let brunnen = &desk(&mut tx, &sought("trinkwasser"), (0, 1)).await.expect("a list")[0];
        assert_eq!((brunnen.languages, brunnen.proposed, brunnen.original.as_str()), (2, false, "de"));
        assert_eq!(brunnen.organisation, "Stadt Musterstadt");
    }

    /// Entries of an older version are found once the database was migrated.
    async fn words_of_older_entries_are_made(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        fill(&mut tx).await;
        tx.commit().await.expect("commit");
        execute(&db, "DELETE FROM entry_word; UPDATE entry SET words_version = 0").await;
        db.migrate().await.expect("migrate");
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(titles(&mut tx, &sought("orgelnacht")).await, ["Orgelnacht"]);
    }
}

async fn execute(db: &Db, text: &'static str) {
    match db {
        Db::Sqlite { writer, .. } => sqlx::raw_sql(text).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::raw_sql(text).execute(pool).await.map(|_| ()),
    }
    .expect("a statement");
}
