//! Pictures: which entry shows which, and which are not shown any more.

use std::collections::BTreeMap;

use rundbrief::domain::entry::{EntryState, VersionReason};
use rundbrief::domain::language::Language;
use rundbrief::domain::picture::{
    Alternative, EntryPicture, FocusPoint, PictureHash, PictureUse, VersionPicture,
};
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::entry_version::Author;
use rundbrief::store::picture::{self, NewPicture};
use rundbrief::store::{self, entry_version, entry_version_picture};

use super::{DAY, HOUR, monday, news, open};

fn shown(file: &[u8]) -> EntryPicture {
    let text = (Language::De.into(), "Ein Brunnen".to_owned());
    EntryPicture {
        hash: PictureHash::of(file),
        width: 1200,
        height: 800,
        alternative: Alternative::Texts(BTreeMap::from([text])),
        credit: Some("Foto: Erika Beispiel".to_owned()),
        focus: FocusPoint { x: 0, y: 100 },
    }
}

on_both_databases! {
    /// A picture that a version has is not removed, until the version is, or the picture is to be forgotten.
    async fn versions_keep_their_picture(database: &Database) {
        const LEAD: PictureUse = PictureUse::Lead;
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let organisation = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let content = news("Brunnen", TopicSet::EMPTY);
        let entry = store::entry::add(&mut tx, organisation, &content, EntryState::Draft, monday()).await.expect("add");
        let author = Author { kind: "user", name: "erika", at: monday() };
        let add = async |tx: &mut store::Tx| {
            entry_version::add(tx, entry, &content, author, VersionReason::Pictured).await.expect("add")
        };
        let unused = async |tx: &mut store::Tx| picture::unused_since(tx, monday().plus(DAY * 9), 10).await.expect("unused");
        assert_eq!(add(&mut tx).await, 1);
        let (first, second) = (shown(b"first"), EntryPicture { alternative: Alternative::Decorative, credit: None, ..shown(b"second") });
        for one in [&first, &second] {
            let new = NewPicture { hash: &one.hash, size: (1200, 800), format: "jpeg" };
            picture::ensure(&mut tx, new, monday()).await.expect("ensure");
            picture::show(&mut tx, entry, LEAD, one, monday()).await.expect("show");
            add(&mut tx).await;
        }
        picture::hide(&mut tx, entry, LEAD, monday()).await.expect("hide");
        assert_eq!(unused(&mut tx).await, [], "versions have both");
        assert!(!picture::remove_unused(&mut tx, &first.hash).await.expect("remove"));
        let of = async |tx: &mut store::Tx, number| entry_version_picture::get(tx, entry, number).await.expect("get");
        assert_eq!(of(&mut tx, 1).await, VersionPicture::Without);
        assert_eq!(of(&mut tx, 2).await, VersionPicture::Shown(first.clone()));
        assert_eq!(of(&mut tx, 3).await, VersionPicture::Shown(second.clone()));
        assert_eq!(of(&mut tx, 4).await, VersionPicture::Unknown);
        let mut earlier = entry_version_picture::earlier(&mut tx, entry).await.expect("earlier");
        earlier.sort();
        let mut both = [first.hash.clone(), second.hash.clone()];
        both.sort();
        assert_eq!(earlier, both);

        entry_version_picture::forget(&mut tx, &second.hash).await.expect("forget");
        assert_eq!(of(&mut tx, 3).await, VersionPicture::Unknown);
        assert!(picture::remove_unused(&mut tx, &second.hash).await.expect("remove"));
        picture::show(&mut tx, entry, LEAD, &first, monday()).await.expect("show");
        entry_version_picture::forget(&mut tx, &first.hash).await.expect("forget");
        assert_eq!(of(&mut tx, 2).await, VersionPicture::Shown(first.clone()), "an entry shows it");
        picture::hide(&mut tx, entry, LEAD, monday()).await.expect("hide");
        for _ in 0..200 {
            add(&mut tx).await;
        }
        assert_eq!(of(&mut tx, 2).await, VersionPicture::Unknown, "of so many versions it is not kept");
        assert_eq!(unused(&mut tx).await, std::slice::from_ref(&first.hash));
        tx.commit().await.expect("commit");
    }

    async fn pictures_come_back_as_they_were(database: &Database) {
        const LEAD: PictureUse = PictureUse::Lead;
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let organisation = store::organisation::ensure(&mut tx, "Kammer", monday()).await.expect("ensure").id;
        let mut entries = Vec::new();
        for title in ["Eins", "Zwei", "Drei"] {
            let content = news(title, TopicSet::EMPTY);
            entries.push(store::entry::add(&mut tx, organisation, &content, EntryState::Draft, monday()).await.expect("add"));
        }
        let (first, second) = (shown(b"first"), EntryPicture { alternative: Alternative::Decorative, credit: None, ..shown(b"second") });
        for one in [&first, &second] {
            let new = NewPicture { hash: &one.hash, size: (1200, 800), format: "jpeg" };
            assert!(!picture::is_known(&mut tx, &one.hash).await.expect("known"));
            picture::ensure(&mut tx, new, monday()).await.expect("ensure");
            picture::ensure(&mut tx, new, monday()).await.expect("once more");
            assert!(picture::is_known(&mut tx, &one.hash).await.expect("known"));
        }
        picture::show(&mut tx, entries[0], LEAD, &first, monday().plus(HOUR)).await.expect("show");
        picture::show(&mut tx, entries[1], LEAD, &first, monday()).await.expect("show");
        let all = picture::of_entries(&mut tx, &entries).await.expect("of entries");
        assert_eq!(all, BTreeMap::from([(entries[0], first.clone()), (entries[1], first.clone())]));
        let touched = store::entry::by_id(&mut tx, entries[0]).await.expect("by id").expect("there");
        assert_eq!(touched.updated_at, monday().plus(HOUR));

        picture::show(&mut tx, entries[0], LEAD, &second, monday()).await.expect("replace");
        assert_eq!(picture::of_entry(&mut tx, entries[0], LEAD).await.expect("of entry"), Some(second.clone()));
        let unused = async |tx: &mut store::Tx, days: u32| picture::unused_since(tx, monday().plus(DAY * days), 10).await.expect("unused");
        assert_eq!(unused(&mut tx, 9).await, [], "the second entry shows it");
        assert!(!picture::remove_unused(&mut tx, &first.hash).await.expect("remove"));
        assert!(picture::hide(&mut tx, entries[1], LEAD, monday().plus(DAY)).await.expect("hide"));
        assert!(!picture::hide(&mut tx, entries[1], LEAD, monday()).await.expect("hide"), "it shows none");
        assert_eq!((unused(&mut tx, 1).await, unused(&mut tx, 2).await), (vec![], vec![first.hash.clone()]));
        picture::show(&mut tx, entries[2], LEAD, &first, monday()).await.expect("show again");
        picture::show(&mut tx, entries[2], LEAD, &first, monday()).await.expect("by itself");
        assert_eq!(unused(&mut tx, 9).await, [], "shown again");
        picture::hide(&mut tx, entries[2], LEAD, monday()).await.expect("hide");
        assert!(picture::remove_unused(&mut tx, &first.hash).await.expect("remove"));
        assert!(!picture::is_known(&mut tx, &first.hash).await.expect("known"));

        assert_eq!(picture::enclosure(&mut tx, entries[0]).await.expect("enclosure"), None);
        for url in [Some("https://kammer.example/1.jpg"), Some("https://kammer.example/2.jpg"), None] {
            picture::set_enclosure(&mut tx, entries[0], url).await.expect("set");
            assert_eq!(picture::enclosure(&mut tx, entries[0]).await.expect("enclosure").as_deref(), url);
        }
    }
}
