//! Entries being written, for previews and tests.

use std::collections::BTreeMap;

use super::view::{
    AudienceView, Conflict, Done, DraftOffer, EditorView, Panel, Preview, Problem, Stands, Trouble,
};
use crate::locale::Locale;
use crate::pages::entry::{EntryView, Kind};
use crate::pages::newsroom::entries::show::sample_pages;
use crate::pages::newsroom::entries::words::State;
use crate::sample::Sample;

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

const BODY: &str = "Der Umweltausschuss hat am Dienstag zwölf Standorte beschlossen.\n\n## Wo die Brunnen stehen\n\n- Musterstadt, am Markt\n- Beispielhausen, vor der Bibliothek\n\nDie Kosten von 84.000 Euro trägt das Land zur Hälfte.";

fn news() -> EditorView {
    let panel = |tag: &str, name: &str, news: &[&str]| Panel {
        tag: tag.to_owned(),
        name: name.to_owned(),
        is_original: tag == "de",
        news: news.iter().map(|text| (*text).to_owned()).collect(),
    };
    EditorView {
        action: "/newsroom/entries/0192aa/edit".into(),
        kind: Kind::News,
        is_new: false,
        is_public: true,
        can_hand_in: false,
        uuid: "0192aa".into(),
        base: Some(4),
        is_merged: false,
        panels: vec![
            panel("de", "Deutsch", &[]),
            panel(
                "nl",
                "Nederlands",
                &["Die Kosten von 84.000 Euro trägt das Land zur Hälfte."],
            ),
            panel("en", "English", &[]),
        ],
        values: values(&[
            ("title-de", "Neue Trinkwasserbrunnen für die Region"),
            (
                "teaser-de",
                "Zwölf Gemeinden bekommen bis zum Sommer öffentliche Brunnen.",
            ),
            ("body-de", BODY),
            ("title-nl", "Nieuwe drinkwaterfonteinen voor de regio"),
            (
                "teaser-nl",
                "Twaalf gemeenten krijgen voor de zomer openbare fonteinen.",
            ),
            ("url", "https://www.musterstadt.example/brunnen"),
            ("contact-name", "Kim Muster, Umweltamt"),
            ("topic-climate", "on"),
        ]),
        topics: vec![
            ("climate".into(), "Klima und Umwelt".into()),
            ("culture".into(), "Kultur".into()),
        ],
        audience_href: "/newsroom/entries/audience".into(),
        audience: vec![
            AudienceView {
                newsletter: "Region Beispiel aktuell".into(),
                readers: 1_240,
                variants: 31,
            },
            AudienceView {
                newsletter: "Aus dem Rat".into(),
                readers: 3,
                variants: 2,
            },
        ],
        problems: Vec::new(),
        previews: Vec::new(),
        others: Vec::new(),
        drafts: Vec::new(),
        conflicts: Vec::new(),
        series: Vec::new(),
        trouble: None,
        done: None,
        picture: Some("/newsroom/entries/0192aa/picture".into()),
        offers_picture: false,
        stands: Some(Stands {
            state: State::Published,
            can_cancel: true,
            pages: sample_pages(),
            versions: 4,
        }),
    }
}

/// An event in the languages it is written in.
fn previews() -> Vec<Preview> {
    let preview = |locale: Locale| {
        let mut entries = EntryView::samples(locale).into_iter();
        let (_, entry) = entries.find(|(_, entry)| entry.kind == Kind::Event)?;
        Some(Preview {
            name: locale.own_name().to_owned(),
            locale,
            entry,
        })
    };
    [Locale::De, Locale::Nl]
        .into_iter()
        .filter_map(preview)
        .collect()
}

fn event() -> EditorView {
    EditorView {
        kind: Kind::Event,
        is_new: true,
        is_public: false,
        can_hand_in: true,
        base: None,
        action: "/newsroom/entries/new".into(),
        values: values(&[
            ("title-de", "Lange Nacht der Museen"),
            ("start-day", "2026-12-05"),
            ("start-time", "18:00"),
            ("zone", "Europe/Berlin"),
            ("attendance", "both"),
            ("place", "Altes Kurhaus, Musterstadt"),
            ("price", "5 €, ermäßigt 3 €"),
            ("accessibility-wheelchair", "on"),
        ]),
        picture: None,
        stands: None,
        ..news()
    }
}

impl Sample for EditorView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let wrong = Self {
            problems: vec![
                ("title-de".into(), Problem::NoTitle),
                ("end-day".into(), Problem::EndsBefore),
                ("registration-url".into(), Problem::NoUrl),
            ],
            drafts: vec![DraftOffer {
                at: "10:03".into(),
                title: String::new(),
                href: "/newsroom/entries/new?draft=0192ab".into(),
                entry: "0192ab".into(),
            }],
            ..event()
        };
        let two = Self {
            trouble: Some(Trouble::MovedOn("Jana Kern".into())),
            conflicts: vec![
                Conflict {
                    field: "teaser-de".into(),
                    theirs: "Zwölf Gemeinden bekommen bis Juni Brunnen.".into(),
                    mine: "Zwölf Gemeinden bekommen bis zum Sommer Brunnen mit Trinkwasser.".into(),
                },
                Conflict {
                    field: "status".into(),
                    theirs: "full".into(),
                    mine: "postponed".into(),
                },
                Conflict {
                    field: "end-day".into(),
                    theirs: "2026-12-06".into(),
                    mine: String::new(),
                },
            ],
            is_merged: true,
            others: vec!["Jana Kern".into()],
            kind: Kind::Event,
            ..news()
        };
        let repeated = Self {
            series: vec![
                "Samstag, 5. Dezember 2026, 18:00 Uhr".into(),
                "Samstag, 12. Dezember 2026, 18:00 Uhr".into(),
            ],
            ..event()
        };
        let failed = Self {
            trouble: Some(Trouble::NotSaved),
            ..news()
        };
        let shown = Self {
            done: Some(Done::Saved),
            is_public: false,
            can_hand_in: true,
            offers_picture: true,
            stands: Some(Stands {
                state: State::Withdrawn,
                can_cancel: false,
                pages: sample_pages(),
                versions: 1,
            }),
            previews: previews(),
            ..news()
        };
        vec![
            ("news", news()),
            ("event", event()),
            ("repeated", repeated),
            ("wrong", wrong),
            ("two-people", two),
            ("failed", failed),
            ("preview", shown),
        ]
    }
}
