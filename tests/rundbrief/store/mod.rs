//! The contract of the store: every function, on both databases, and its invariants.

mod checks;
mod desk;
mod entries;
mod explain;
mod issue_contents;
pub mod issues;
mod leases;
pub mod ledger;
mod nodes;
mod pictures;
mod public_entries;
mod report;
mod reviews;
mod schema;
mod staff;
mod subscribing;
mod timetable;

use std::collections::BTreeMap;
use std::time::Duration;

use rundbrief::domain::address::Address;
use rundbrief::domain::contact::Contact;
use rundbrief::domain::delivery::OnUncertain;
use rundbrief::domain::entry::{
    Details, EntryContent, EntryKind, EntryText, EventTime, PaperDetails,
};
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, NewsletterText, ReviewSettings,
};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::{TopicBit, TopicSet};
use rundbrief::store::{self, Db, Location};

use crate::harness::Database;

pub const HOUR: Duration = Duration::from_hours(1);
pub const DAY: Duration = Duration::from_hours(24);

/// 2027-01-04, a Monday, 09:00 UTC.
pub fn monday() -> Timestamp {
    "2027-01-04T09:00:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .expect("a date")
        .into()
}

pub fn location(database: &Database) -> Location {
    match database.url().strip_prefix("sqlite:") {
        Some(path) => Location::Sqlite(path.into()),
        None => Location::Postgres(database.url().to_owned()),
    }
}

pub async fn open(database: &Database) -> Db {
    Db::open(&location(database), 4)
        .await
        .expect("a fresh database opens")
}

pub fn topics(bits: &[i64]) -> TopicSet {
    bits.iter()
        .map(|bit| TopicBit::new(*bit).expect("a bit from 0 to 62"))
        .collect()
}

pub fn address(text: &str) -> Address {
    Address::parse(text).expect("an address")
}

pub fn settings(key: &str, carries: TopicSet) -> NewsletterSettings {
    let text = |name: &str| NewsletterText {
        name: name.to_owned(),
        description: String::new(),
    };
    NewsletterSettings {
        key: key.to_owned(),
        texts: BTreeMap::from([
            (Language::De, text("Region aktuell")),
            (Language::Fr, text("La région")),
        ]),
        sender_name: "Region".to_owned(),
        sender_address: address("news@region.example"),
        reply_to: None,
        topics: carries,
        schedule: Some("30 7 * * 4".to_owned()),
        zone: chrono_tz::Europe::Berlin,
        compose_lead: 2 * DAY,
        catch_up: 6 * HOUR,
        approval: Approval::Required,
        horizon: 30 * DAY,
        on_uncertain: OnUncertain::Resend,
        quiet: None,
        digest: DigestSettings::default(),
        review: ReviewSettings::default(),
    }
}

pub async fn newsletter(db: &Db, key: &str, carries: TopicSet) -> Newsletter {
    let mut tx = db.begin().await.expect("begin");
    let made = store::newsletter::add(&mut tx, &settings(key, carries), monday())
        .await
        .expect("add");
    tx.commit().await.expect("commit");
    made
}

/// An active subscriber with one running subscription. Returns the row.
pub async fn subscribed(db: &Db, to: i64, who: &str, language: Language, chosen: TopicSet) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let row = store::subscriber::ensure(&mut tx, &address(who), language, monday())
        .await
        .expect("ensure")
        .id;
    store::subscription::activate(&mut tx, row, to, chosen, monday())
        .await
        .expect("activate");
    store::subscriber::follow_subscriptions(&mut tx, row, true)
        .await
        .expect("follow");
    tx.commit().await.expect("commit");
    row
}

pub fn news(title: &str, about: TopicSet) -> EntryContent {
    let text = EntryText {
        title: title.to_owned(),
        teaser: "Kurz gesagt.".to_owned(),
        body: "<p>Lang.</p>".to_owned(),
        ..EntryText::default()
    };
    EntryContent {
        kind: EntryKind::News,
        original: Language::De.into(),
        texts: BTreeMap::from([(Language::De.into(), text)]),
        url: Some("https://region.example/1".to_owned()),
        dated_at: Some(monday()),
        when: None,
        place: None,
        contact: Contact::from_text("Kulturbüro, kultur@region.example"),
        reference: None,
        paper: PaperDetails::default(),
        details: Details::default(),
        topics: about,
    }
}

pub fn event(title: &str, starts_at: Timestamp, ends_at: Option<Timestamp>) -> EntryContent {
    EntryContent {
        kind: EntryKind::Event,
        when: Some(EventTime {
            starts_at,
            ends_at,
            all_day: false,
            zone: chrono_tz::Europe::Brussels,
        }),
        place: Some("Altes Kurhaus".to_owned()),
        dated_at: None,
        ..news(title, TopicSet::EMPTY)
    }
}
