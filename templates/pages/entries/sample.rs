//! Lists of an invented town.

use chrono::NaiveDate;

use super::view::{EntriesView, ListKind, TopicOption};
use crate::date::When;
use crate::entry_item::{ItemView, SubscribeLink};
use crate::entry_sample::{feeds, item, picture};
use crate::locale::Locale;
use crate::sample::{Sample, moment, newsletters, november};

impl Sample for EntriesView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        vec![
            ("news", news(locale)),
            ("events", events(locale)),
            ("continued", continued(locale)),
            ("empty", empty(locale)),
        ]
    }
}

fn topics(locale: Locale) -> Vec<TopicOption> {
    let town = newsletters(locale).into_iter().next();
    let topics = town.into_iter().flat_map(|town| town.topics);
    topics
        .map(|topic| TopicOption {
            chosen: topic.key == "climate",
            key: topic.key,
            name: topic.name,
        })
        .collect()
}

fn months() -> Vec<NaiveDate> {
    let month = |month| NaiveDate::from_ymd_opt(2026, month, 1);
    [11, 10, 9].into_iter().filter_map(month).collect()
}

fn title(locale: Locale, at: usize) -> String {
    let topics = topics(locale);
    topics[at % topics.len()].name.clone()
}

fn news(locale: Locale) -> EntriesView {
    let one = |at: usize, day| item(locale, "one", title(locale, at), When::Day(november(day)));
    let chosen = topics(locale).into_iter().find(|topic| topic.chosen);
    EntriesView {
        kind: ListKind::News,
        path: "/news".to_owned(),
        first: "/news?topic=climate".to_owned(),
        chosen_language: Some(locale.code().to_owned()),
        topic: chosen.map(|topic| topic.name),
        month: None,
        topics: topics(locale),
        months: months(),
        running: Vec::new(),
        items: vec![
            ItemView {
                picture: Some(picture(locale, 160, 90)),
                ..one(0, 24)
            },
            ItemView {
                lang: Some("pl".to_owned()),
                title: "</script> Wiadomości".to_owned(),
                ..one(1, 23)
            },
            ItemView {
                teaser: String::new(),
                ..one(2, 20)
            },
        ],
        next: Some("/news?topic=climate&before=1a2b3c4d5e6f".to_owned()),
        is_continued: false,
        newsletters: vec![SubscribeLink {
            newsletter: "Musterstadt aktuell".to_owned(),
            href: "/subscribe?topic=town.climate".to_owned(),
        }],
        feeds: feeds("/news"),
    }
}

fn events(locale: Locale) -> EntriesView {
    let one = |at: usize, when| ItemView {
        place: Some("Altes Kurhaus, Musterstadt".to_owned()),
        ..item(locale, "one", title(locale, at), when)
    };
    let evening = |day| When::Time {
        starts: moment(day, 19, 30),
        ends: Some(moment(day, 21, 0)),
    };
    EntriesView {
        kind: ListKind::Events,
        path: "/events".to_owned(),
        topic: None,
        running: vec![one(
            3,
            When::Days {
                first: november(2),
                last: november(29),
            },
        )],
        items: vec![
            one(0, evening(24)),
            ItemView {
                cancelled: true,
                ..one(1, evening(25))
            },
            ItemView {
                moved: true,
                ..one(2, When::Day(november(26)))
            },
        ],
        next: None,
        feeds: feeds("/events"),
        ..news(locale)
    }
}

/// The second part of a month.
fn continued(locale: Locale) -> EntriesView {
    EntriesView {
        chosen_language: None,
        month: NaiveDate::from_ymd_opt(2026, 10, 1),
        is_continued: true,
        ..news(locale)
    }
}

/// A new installation.
fn empty(locale: Locale) -> EntriesView {
    EntriesView {
        kind: ListKind::Papers,
        path: "/papers".to_owned(),
        topic: None,
        topics: Vec::new(),
        months: Vec::new(),
        items: Vec::new(),
        newsletters: Vec::new(),
        next: None,
        feeds: feeds("/papers"),
        ..news(locale)
    }
}
