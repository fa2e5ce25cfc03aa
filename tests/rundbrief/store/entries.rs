//! Entries: import, repeated import, moving, selection for an issue.

use rundbrief::domain::contact::Contact;
use rundbrief::domain::entry::{
    Attachment, EntryKind, EntryState, EntryText, Origin, PaperDetails,
};
use rundbrief::domain::language::{Language, LanguageTag};
use rundbrief::domain::proposal::{Change, ProposalState};
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::entry::{Candidates, Entry};
use rundbrief::store::incoming::{Incoming, Outcome};
use rundbrief::store::{self, Db};

use super::{DAY, HOUR, event, monday, news, newsletter, open, topics};

fn title(entry: &Entry) -> String {
    entry.content.texts[&entry.content.original].title.clone()
}

async fn organisation(db: &Db) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let row = store::organisation::ensure(&mut tx, "Kammer", monday())
        .await
        .expect("ensure");
    assert_eq!(
        store::organisation::ensure(&mut tx, "Kammer", monday())
            .await
            .expect("ensure"),
        row
    );
    tx.commit().await.expect("commit");
    row.id
}

on_both_databases! {
    /// The content of an entry round-trips, events with their zone.
    async fn entries_round_trip(database: &Database) {
        let db = open(database).await;
        let kammer = organisation(&db).await;
        let mut tx = db.begin().await.expect("begin");
        let mut content = event("Orgelnacht", monday().plus(DAY), Some(monday().plus(DAY + HOUR)));
        content.texts.insert(Language::Fr.into(), EntryText { title: "Nuit de l’orgue".to_owned(), ..EntryText::default() });
        content.reference = Some("2019/327".to_owned());
        content.contact = Contact::from_text("Ines Kaulard, rat@stadt.example, +49 241 4710");
        content.paper = PaperDetails {
            committee: Some("Umweltausschuss".to_owned()),
            attachments: vec![Attachment { title: "Vorlage".to_owned(), url: "https://rat.example/1.pdf".to_owned() }],
        };
        let original = content.texts.get_mut(&content.original).expect("the original");
        "Der Rat soll zustimmen.".clone_into(&mut original.decision);
        "Keine Kosten.".clone_into(&mut original.effects);
        content.topics = TopicSet::from_mask(i64::MAX);
        let id = store::entry::add(&mut tx, kammer, &content, EntryState::Draft, monday()).await.expect("add");
        let stored = store::entry::by_id(&mut tx, id).await.expect("by id").expect("there");
        assert_eq!(stored.content, content);
        assert_eq!((stored.state, stored.origin, stored.published_at), (EntryState::Draft, Origin::Own, None));
        assert_eq!(stored.organisation_name, "Kammer");
        assert_eq!(store::entry::by_name(&mut tx, &stored.uuid).await.expect("by name"), Some(stored.clone()));
        assert_eq!(store::entry::by_name(&mut tx, &id.to_string()).await.expect("by name"), Some(stored.clone()));
        assert_eq!(store::entry::by_name(&mut tx, "nothing").await.expect("by name"), None);
        assert!(store::entry::set_state(&mut tx, id, EntryState::Draft, EntryState::Published, monday().plus(HOUR)).await.expect("set"));
        assert!(!store::entry::set_state(&mut tx, id, EntryState::Draft, EntryState::Withdrawn, monday()).await.expect("set"), "not a draft any more");
        let published = store::entry::list(&mut tx, Some(EntryState::Published), Some(EntryKind::Event), i64::MAX, 10).await.expect("list");
        assert_eq!(published.len(), 1);
        assert_eq!(published[0].published_at, Some(monday().plus(HOUR)));
        assert_eq!(store::entry::list(&mut tx, None, Some(EntryKind::News), i64::MAX, 10).await.expect("list"), []);
        assert_eq!(store::entry::list(&mut tx, None, None, id, 10).await.expect("list"), []);
    }

    /// A published event keeps its original time when moved, until it is moved back.
    async fn a_moved_event_keeps_its_earlier_time(database: &Database) {
        let db = open(database).await;
        let kammer = organisation(&db).await;
        let mut tx = db.begin().await.expect("begin");
        macro_rules! take { ($content:expr) => {{
            let id = store::incoming::take(&mut tx, Incoming { organisation: kammer, origin: Origin::Calendar, external_id: "konzert", content: $content,
                state: EntryState::Submitted, cancelled: false, trusted: true }, monday()).await.expect("take").0;
            store::entry::by_id(&mut tx, id).await.expect("by id").expect("there")
        }} }
        let on = |starts_at| event("Konzert", starts_at, None);
        let [first, second, third] = [1, 2, 3].map(|days| monday().plus(days * DAY));
        take!(&on(first));
        let entry = take!(&on(second));
        assert_eq!(entry.moved_from, None, "nobody knew the first time");
        assert!(store::entry::set_state(&mut tx, entry.id, EntryState::Submitted, EntryState::Published, monday()).await.expect("set"));
        assert_eq!(take!(&on(third)).moved_from, Some(second));
        let mut elsewhere = on(third);
        elsewhere.place = Some("anderswo".to_owned());
        assert_eq!(take!(&elsewhere).moved_from, Some(second), "another change does not forget it");
        assert_eq!(take!(&on(second)).moved_from, None, "moved back");
        let mut day = on(second);
        day.when.as_mut().expect("a time").all_day = true;
        assert_eq!(take!(&day).moved_from, None, "the same day");
    }

    /// A pinned entry is the first of its kind.
    async fn a_pinned_entry_comes_first(database: &Database) {
        let db = open(database).await;
        let kammer = organisation(&db).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await.id;
        let mut tx = db.begin().await.expect("begin");
        let mut rows = Vec::new();
        for days in 0..3_u32 {
            let mut content = news(&format!("vor {days} Tagen"), TopicSet::EMPTY);
            content.dated_at = Some(monday().minus(days * DAY));
            rows.push(store::entry::add(&mut tx, kammer, &content, EntryState::Published, monday()).await.expect("add"));
        }
        let of = Candidates { newsletter: region, topics: TopicSet::EMPTY, published_after: monday().minus(DAY), at: monday(), until: monday(), limit: 9 };
        assert!(store::entry::set_pinned(&mut tx, rows[1], true, monday()).await.expect("pin"));
        assert!(!store::entry::set_pinned(&mut tx, rows[1], true, monday()).await.expect("pin"), "it is pinned already");
        let found = store::entry::candidates(&mut tx, of).await.expect("candidates");
        assert_eq!(found.iter().map(|one| (one.id, one.pinned)).collect::<Vec<_>>(), [(rows[1], true), (rows[0], false), (rows[2], false)]);
        assert!(store::entry::set_pinned(&mut tx, rows[1], false, monday()).await.expect("unpin"));
        assert_eq!(store::entry::candidates(&mut tx, of).await.expect("candidates")[0].id, rows[0]);
    }

    /// Importing the same item again changes nothing; a changed item changes its entry while nobody
    /// has decided.
    async fn importing_again_adds_nothing(database: &Database) {
        let db = open(database).await;
        let kammer = organisation(&db).await;
        let mut content = news("Erste Fassung", topics(&[1]));
        let mut tx = db.begin().await.expect("begin");
        macro_rules! take { ($content:expr, $cancelled:expr) => {
            store::incoming::take(&mut tx, Incoming { organisation: kammer, origin: Origin::Feed, external_id: "guid-1", content: $content,
                state: EntryState::Submitted, cancelled: $cancelled, trusted: false }, monday().plus(HOUR)).await.expect("take").1
        } }
        assert_eq!(take!(&content, false), Outcome::New);
        assert_eq!(take!(&content, false), Outcome::Unchanged);
        "Zweite Fassung".clone_into(&mut content.texts.get_mut(&LanguageTag::from(Language::De)).expect("de").title);
        assert_eq!(take!(&content, false), Outcome::Updated);
        assert_eq!(take!(&content, false), Outcome::Unchanged);
        let wider = rundbrief::domain::entry::EntryContent { topics: topics(&[2]), ..content.clone() };
        assert_eq!(take!(&wider, false), Outcome::Updated);
        assert_eq!(take!(&content, false), Outcome::Unchanged, "a source cannot remove a topic");
        let all = store::entry::list(&mut tx, None, None, i64::MAX, 10).await.expect("list");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].content.topics, topics(&[1, 2]));
        assert_eq!(title(&all[0]), "Zweite Fassung");
        assert_eq!(take!(&content, true), Outcome::Updated);
        assert_eq!(store::entry::by_id(&mut tx, all[0].id).await.expect("by id").expect("there").state, EntryState::Cancelled);
        assert_eq!(take!(&content, false), Outcome::Updated);
        assert_eq!(store::entry::by_id(&mut tx, all[0].id).await.expect("by id").expect("there").state, EntryState::Submitted,
            "nobody had published it");
        assert!(store::entry::set_state(&mut tx, all[0].id, EntryState::Submitted, EntryState::Withdrawn, monday()).await.expect("set"));
        content.place = Some("anderswo".to_owned());
        assert_eq!(take!(&content, false), Outcome::Updated);
        assert_eq!(store::entry::by_id(&mut tx, all[0].id).await.expect("by id").expect("there").state, EntryState::Withdrawn,
            "an editor's decision stands");
    }

    /// An approved or published entry stays, and the source's change waits for a decision.
    async fn a_published_entry_keeps_its_text(database: &Database) {
        for state in [EntryState::Approved, EntryState::Published] {
            let db = open(database).await;
            let kammer = organisation(&db).await;
            let mut tx = db.begin().await.expect("begin");
            let name = format!("guid of one {state}");
            macro_rules! take { ($content:expr, $cancelled:expr, $trusted:expr) => {
                store::incoming::take(&mut tx, Incoming { organisation: kammer, origin: Origin::Calendar, external_id: &name, content: $content,
                    state: EntryState::Submitted, cancelled: $cancelled, trusted: $trusted }, monday().plus(HOUR)).await.expect("take")
            } }
            let said = |title: &str| event(title, monday().plus(DAY), None);
            let (id, outcome) = take!(&said("Erste"), false, false);
            assert_eq!(outcome, Outcome::New);
            assert!(store::entry::set_state(&mut tx, id, EntryState::Submitted, state, monday()).await.expect("set"));
            macro_rules! now { () => { store::entry::by_id(&mut tx, id).await.expect("by id").expect("there") } }
            macro_rules! open { () => { store::proposal::open_of(&mut tx, id).await.expect("open") } }

            assert_eq!(take!(&said("Zweite"), false, false).1, Outcome::Proposed);
            assert_eq!(title(&now!()), "Erste");
            assert_eq!(take!(&said("Zweite"), false, false).1, Outcome::Unchanged, "it waits already");
            let second = open!().expect("a proposal");
            assert_eq!(store::proposal::list_open(&mut tx, 10).await.expect("list"), std::slice::from_ref(&second));
            assert_eq!(second.changes(&now!().content, state), [Change::Title]);
            assert_eq!(take!(&said("Dritte"), false, false).1, Outcome::Proposed);
            let third = open!().expect("a proposal");
            let superseded = store::proposal::by_id(&mut tx, second.id).await.expect("by id").expect("there");
            assert_eq!((superseded.state, superseded.decided_by), (ProposalState::Superseded, None));
            assert!(!store::proposal::decide(&mut tx, second.id, ProposalState::Accepted, "x", monday()).await.expect("decide"),
                "a superseded proposal cannot be accepted");
            assert!(store::proposal::decide(&mut tx, third.id, ProposalState::Rejected, "x", monday()).await.expect("decide"));
            assert_eq!(take!(&said("Dritte"), false, false).1, Outcome::Unchanged, "it is not proposed again");
            assert_eq!(open!(), None);

            assert_eq!(take!(&said("Vierte"), false, false).1, Outcome::Proposed);
            assert_eq!(take!(&said("Erste"), false, false).1, Outcome::Unchanged);
            assert_eq!(open!(), None, "the source has reverted its change");
            assert_eq!(take!(&said("Vierte"), false, true).1, Outcome::Replaced, "a trusted source");
            assert_eq!((title(&now!()), now!().state), ("Vierte".to_owned(), state));

            // A cancellation: proposed too, and the event is not announced meanwhile.
            let issue = Candidates { newsletter: 0, topics: TopicSet::EMPTY, published_after: monday(), at: monday(), until: monday().plus(9 * DAY), limit: 9 };
            let announced = store::entry::candidates(&mut tx, issue).await.expect("candidates");
            assert_eq!(announced.len(), usize::from(state == EntryState::Published));
            assert_eq!(take!(&said("Vierte"), true, false).1, Outcome::Proposed);
            let cancelled = open!().expect("a proposal");
            assert_eq!(cancelled.changes(&now!().content, state), [Change::Cancelled]);
            assert!(store::entry::candidates(&mut tx, issue).await.expect("candidates").is_empty());
            store::incoming::apply(&mut tx, state, &cancelled, monday()).await.expect("apply");
            assert_eq!(now!().state, EntryState::Cancelled);
            if state == EntryState::Published {
                assert_eq!(take!(&said("Vierte"), false, false).1, Outcome::Proposed, "on again: proposed as well");
                assert_eq!(open!().expect("a proposal").changes(&now!().content, now!().state), [Change::Reinstated]);
                assert_eq!(take!(&said("Vierte"), false, true).1, Outcome::Replaced);
                assert_eq!(now!().state, EntryState::Published);
            }
        }
    }

    /// Candidates are new or future entries that are published, of the newsletter's topics, and in
    /// no earlier issue.
    async fn candidates_are_new_and_future_entries(database: &Database) {
        let db = open(database).await;
        let kammer = organisation(&db).await;
        let region = newsletter(&db, "region", topics(&[1, 2])).await.id;
        let now = monday().plus(10 * DAY);
        let mut tx = db.begin().await.expect("begin");
        let mut published = Vec::new();
        for (content, at) in [
            (news("neu", topics(&[1])), monday().plus(9 * DAY)),
            (news("für alle", TopicSet::EMPTY), monday().plus(9 * DAY)),
            (news("anderes Thema", topics(&[3])), monday().plus(9 * DAY)),
            (news("alt", topics(&[1])), monday()),
            (event("vorbei", monday(), Some(monday().plus(HOUR))), monday()),
            (event("läuft noch", monday(), Some(now.plus(DAY))), monday()),
            (event("bald", now.plus(2 * DAY), None), monday()),
            (event("fern", now.plus(40 * DAY), None), monday()),
        ] {
            published.push(store::entry::add(&mut tx, kammer, &content, EntryState::Published, at).await.expect("add"));
        }
        store::entry::add(&mut tx, kammer, &news("Entwurf", topics(&[1])), EntryState::Draft, now).await.expect("add");
        let of = Candidates { newsletter: region, topics: topics(&[1, 2]), published_after: monday().plus(8 * DAY), at: now, until: now.plus(30 * DAY), limit: 100 };
        let titles = |entries: Vec<store::entry::Entry>| entries.iter().map(|e| e.content.texts.values().next().expect("text").title.clone()).collect::<Vec<_>>();
        let found = store::entry::candidates(&mut tx, of).await.expect("candidates");
        assert_eq!(titles(found), ["läuft noch", "neu", "bald", "für alle"], "the kinds take turns");
        let every = store::entry::candidates(&mut tx, Candidates { topics: TopicSet::EMPTY, ..of }).await.expect("candidates");
        assert_eq!(every.len(), 5, "a newsletter without topics carries every entry");
        assert_eq!(store::entry::candidates(&mut tx, Candidates { limit: 2, ..of }).await.expect("candidates").len(), 2);
        // News without an author's date are sorted by publication, on both databases.
        let undated = |title| rundbrief::domain::entry::EntryContent { dated_at: None, ..news(title, topics(&[1])) };
        store::entry::add(&mut tx, kammer, &undated("ohne Datum"), EntryState::Published, monday().plus(9 * DAY)).await.expect("add");
        let found = store::entry::candidates(&mut tx, of).await.expect("candidates");
        assert_eq!(titles(found), ["läuft noch", "ohne Datum", "bald", "neu", "für alle"]);
    }
}

on_both_databases! {
    /// Every version of an entry is kept and read back, with what it says in every field; of very many
    /// the first and the latest.
    async fn versions_are_kept(database: &Database) {
        use rundbrief::domain::entry::{Accessibility, Attendance, Details, VersionReason};
        use rundbrief::store::entry_version::{self, Author};
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let own = store::organisation::ensure(&mut tx, "Region", monday()).await.expect("ensure").id;
        let mut content = event("Orgelnacht", monday(), None);
        content.details = Details {
            attendance: Attendance::Both,
            accessibility: [Accessibility::HearingLoop].into(),
            registration_until: Some(monday()),
            ..Details::default()
        };
        let id = store::entry::add(&mut tx, own, &content, EntryState::Draft, monday()).await.expect("add");
        let entry = store::entry::by_id(&mut tx, id).await.expect("read").expect("the entry");
        assert_eq!(entry.content, content);
        assert_eq!(entry_version::latest(&mut tx, id).await.expect("latest"), 0);
        assert_eq!(entry_version::keep(&mut tx, &entry).await.expect("keep"), 1);
        assert_eq!(entry_version::keep(&mut tx, &entry).await.expect("keep again"), 1);
        let author = Author { kind: "user", name: "erika", at: monday() };
        for number in 2..=202 {
            content.place = Some(format!("Saal {number}"));
            let added = entry_version::add(&mut tx, id, &content, author, VersionReason::Written).await.expect("add");
            assert_eq!(added, number);
        }
        let versions = entry_version::list(&mut tx, id).await.expect("list");
        assert_eq!(versions.len(), 201);
        assert_eq!((versions[0].number, versions[200].number), (202, 1));
        assert_eq!(versions[0].content, content);
        assert_eq!((versions[0].actor.as_str(), versions[0].actor_name.as_str(), versions[0].reason), ("user", "erika", VersionReason::Written));
        assert_eq!(versions[200].content, entry.content);
        assert_eq!(entry_version::get(&mut tx, id, 2).await.expect("get"), None);
        assert_eq!(entry_version::get(&mut tx, id, 3).await.expect("get").map(|one| one.number), Some(3));
    }
}

on_both_databases! {
    /// What somebody is writing is kept for them, replaced, shown to nobody else, and forgotten.
    async fn drafts_are_personal(database: &Database) {
        use rundbrief::store::entry_draft::{self, EntryDraft};
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let draft = |entry: &str, base_version, at: rundbrief::domain::timestamp::Timestamp| EntryDraft {
            entry: entry.to_owned(), base_version, fields: format!("{{\"title\":\"{entry}\"}}"), at: at.micros(),
        };
        for number in 0..55_u32 {
            let one = draft(&format!("new-{number}"), None, monday().plus(HOUR * number));
            entry_draft::keep(&mut tx, "erika", &one).await.expect("keep");
        }
        let known = draft("known", Some(3), monday().plus(60 * HOUR));
        entry_draft::keep(&mut tx, "erika", &known).await.expect("keep");
        entry_draft::keep(&mut tx, "erika", &known).await.expect("keep again");
        assert_eq!(entry_draft::get(&mut tx, "erika", "known").await.expect("get"), Some(known));
        assert_eq!(entry_draft::get(&mut tx, "jana", "known").await.expect("get"), None);
        assert_eq!(entry_draft::get(&mut tx, "erika", "new-5").await.expect("get"), None, "the oldest are removed");
        let new = entry_draft::of_new_entries(&mut tx, "erika").await.expect("list");
        assert_eq!((new.len(), new[0].entry.as_str()), (10, "new-54"));
        let others = entry_draft::others(&mut tx, "jana", "known", monday()).await.expect("others");
        assert_eq!(others, ["erika"]);
        assert!(entry_draft::others(&mut tx, "erika", "known", monday()).await.expect("others").is_empty());
        assert!(entry_draft::others(&mut tx, "jana", "known", monday().plus(61 * HOUR)).await.expect("others").is_empty());
        // Who has it open is told too, and has no draft by that; who wrote on it keeps what they wrote.
        let later = |hours: u32| (monday().plus(HOUR * hours), monday().plus(HOUR * (hours - 1)));
        entry_draft::note_open(&mut tx, "jana", ("known", 3), later(61)).await.expect("note");
        entry_draft::note_open(&mut tx, "erika", ("known", 3), later(61)).await.expect("note");
        let others = entry_draft::others(&mut tx, "erika", "known", monday()).await.expect("others");
        assert_eq!(others, ["jana"]);
        assert_eq!(entry_draft::get(&mut tx, "jana", "known").await.expect("get"), None);
        assert!(entry_draft::get(&mut tx, "erika", "known").await.expect("get").is_some());
        entry_draft::note_open(&mut tx, "jana", ("other", 1), later(63)).await.expect("note");
        assert!(entry_draft::others(&mut tx, "erika", "known", monday()).await.expect("others").is_empty());
        entry_draft::remove(&mut tx, "jana", "other").await.expect("remove");
        entry_draft::remove(&mut tx, "erika", "known").await.expect("remove");
        assert_eq!(entry_draft::remove_before(&mut tx, monday().plus(100 * HOUR), 30).await.expect("remove"), 30);
        assert_eq!(entry_draft::remove_before(&mut tx, monday().plus(100 * HOUR), 30).await.expect("remove"), 19);
    }
}
