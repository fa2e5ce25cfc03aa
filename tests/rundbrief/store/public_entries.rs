//! Entries as the public pages find and list them.

use rundbrief::domain::entry::{EntryContent, EntryKind, EntryState};
use rundbrief::domain::permalink::{Section, short_id};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::entry::{Entry, Listing};
use rundbrief::store::{self, Tx};

use super::{DAY, HOUR, event, monday, news, open, topics};

fn titles(entries: &[Entry]) -> Vec<&str> {
    let titles = entries.iter().map(|entry| {
        let texts = &entry.content.texts;
        texts.values().next().expect("a text").title.as_str()
    });
    titles.collect()
}

async fn add(tx: &mut Tx, content: &EntryContent, state: EntryState, at: Timestamp) -> Entry {
    let office = store::organisation::ensure(tx, "Presseamt", monday())
        .await
        .expect("ensure")
        .id;
    let id = store::entry::add(tx, office, content, EntryState::Published, at)
        .await
        .expect("add");
    if state != EntryState::Published {
        store::entry::set_state(tx, id, EntryState::Published, state, at)
            .await
            .expect("set");
    }
    let found = store::entry::by_id(tx, id).await;
    found.expect("by id").expect("there")
}

on_both_databases! {
    /// The end of the UUID finds an entry, public or not; the pages decide by its state.
    async fn an_entry_is_found_by_the_end_of_its_uuid(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        for (state, public) in [
            (EntryState::Published, true),
            (EntryState::Cancelled, true),
            (EntryState::Withdrawn, false),
        ] {
            let entry = add(&mut tx, &news("Brunnen", TopicSet::EMPTY), state, monday()).await;
            let found = store::entry::by_short_id(&mut tx, short_id(&entry.uuid)).await.expect("found");
            assert_eq!(found.as_ref(), Some(&entry));
            assert_eq!(entry.public_since(), public.then(monday));
        }
        assert_eq!(store::entry::by_short_id(&mut tx, "000000000000").await.expect("none"), None);
    }

    /// The newest first, of a topic, of a month, and on from the last one of a page; what is not
    /// public stands in no list.
    async fn news_are_listed_by_their_date(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        assert_eq!(store::entry::span(&mut tx, Section::News).await.expect("span"), None);
        let dated = |title, days: u32, about| EntryContent { dated_at: Some(monday().plus(days * DAY)), ..news(title, about) };
        for (title, days, about) in [("eins", 1, topics(&[0])), ("drei", 3, topics(&[1])), ("zwei", 2, topics(&[0, 1])), ("auch drei", 3, topics(&[]))] {
            add(&mut tx, &dated(title, days, about), EntryState::Published, monday()).await;
        }
        let undated = EntryContent { dated_at: None, ..news("undatiert", topics(&[])) };
        add(&mut tx, &undated, EntryState::Published, monday().plus(4 * DAY)).await;
        add(&mut tx, &dated("zurück", 9, topics(&[0])), EntryState::Withdrawn, monday()).await;
        add(&mut tx, &event("Fest", monday(), None), EntryState::Published, monday()).await;

        macro_rules! news { ($of:expr) => { store::entry::newest(&mut tx, Section::News, &$of).await.expect("list") } }
        let first = news!(Listing::first(3));
        assert_eq!(titles(&first), ["undatiert", "auch drei", "drei"]);
        let last = first.last().map(|entry| (entry.listed_at(), entry.id));
        assert_eq!(titles(&news!(Listing { after: last, ..Listing::first(3) })), ["zwei", "eins"]);
        assert_eq!(titles(&news!(Listing { topics: topics(&[0]), ..Listing::first(9) })), ["zwei", "eins"]);
        let within = Listing { from: monday().plus(2 * DAY), until: monday().plus(3 * DAY), ..Listing::first(9) };
        assert_eq!(titles(&news!(within)), ["zwei"]);
        let span = store::entry::span(&mut tx, Section::News).await.expect("span");
        assert_eq!(span, Some((monday().plus(DAY), monday().plus(4 * DAY))));
    }

    /// Events by their beginning, what runs for days apart; papers and meetings together.
    async fn events_and_papers_are_listed_by_their_day(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let day = |days: u32| monday().plus(days * DAY);
        for (title, starts, ends, state) in [
            ("Ausstellung", day(1), Some(day(30)), EntryState::Published),
            ("vorbei", day(2), Some(day(2).plus(HOUR)), EntryState::Published),
            ("abgesagt", day(6), None, EntryState::Cancelled),
            ("bald", day(5), None, EntryState::Published),
        ] {
            add(&mut tx, &event(title, starts, ends), state, monday()).await;
        }
        let ahead = Listing { from: day(4), ..Listing::first(9) };
        let list = store::entry::events(&mut tx, &ahead).await.expect("list");
        assert_eq!(titles(&list), ["bald", "abgesagt"]);
        let after = Some((list[0].listed_at(), list[0].id));
        let rest = store::entry::events(&mut tx, &Listing { after, ..ahead }).await.expect("list");
        assert_eq!(titles(&rest), ["abgesagt"]);
        let running = store::entry::running_events(&mut tx, day(4), day(4), TopicSet::EMPTY, 9).await.expect("list");
        assert_eq!(titles(&running), ["Ausstellung"]);
        let span = store::entry::span(&mut tx, Section::Events).await.expect("span");
        assert_eq!(span, Some((day(1), day(6))));

        let paper = EntryContent { kind: EntryKind::Paper, ..news("Vorlage", TopicSet::EMPTY) };
        let meeting = EntryContent { kind: EntryKind::Meeting, ..event("Sitzung", day(7), None) };
        for content in [&meeting, &paper] {
            add(&mut tx, content, EntryState::Published, monday()).await;
        }
        let papers = store::entry::newest(&mut tx, Section::Papers, &Listing::first(9)).await.expect("list");
        assert_eq!(titles(&papers), ["Sitzung", "Vorlage"]);
        let span = store::entry::span(&mut tx, Section::Papers).await.expect("span");
        assert_eq!(span, Some((monday(), day(7))));
    }
}
