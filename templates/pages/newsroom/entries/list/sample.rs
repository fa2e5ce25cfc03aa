//! Lists of an invented town.

use super::{
    Choice, EntryLine, EntryListView, FilterForm, KeptFilters, ListDone, ListWork, StateTab,
    WrongName,
};
use crate::date::When;
use crate::locale::Locale;
use crate::pages::entry::Kind;
use crate::pages::newsroom::entries::words::State;
use crate::sample::{Sample, moment, newsletters, pick};

impl Sample for EntryListView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let all = usual(locale);
        let found = Self {
            filter: FilterForm {
                words: "brun".into(),
                state: "published".into(),
                from: "2026-11-31".into(),
                wrong: (true, false),
                all: Some("/newsroom/entries".into()),
                ..all.filter.clone()
            },
            total: 1,
            lines: all.lines[..1].to_vec(),
            pages: (None, None),
            kept: KeptFilters {
                query: "words=brun&state=published".into(),
                wrong: Some(WrongName::Empty),
                ..all.kept.clone()
            },
            done: Some(ListDone::Published(3)),
            ..all.clone()
        };
        let nothing = Self {
            filter: FilterForm {
                words: "xyz".into(),
                all: Some("/newsroom/entries".into()),
                ..all.filter.clone()
            },
            total: 0,
            lines: Vec::new(),
            pages: (None, None),
            proposals: (0, String::new()),
            kept: KeptFilters::default(),
            work: None,
            ..all.clone()
        };
        vec![("usual", all), ("found", found), ("nothing", nothing)]
    }
}

fn usual(locale: Locale) -> EntryListView {
    let tab = |state: Option<State>, name: &str, count, current| StateTab {
        state,
        url: format!("/newsroom/entries?state={name}"),
        count,
        current,
    };
    let choice = |value: &str, words| Choice {
        value: value.to_owned(),
        name: pick(locale, words),
        chosen: false,
    };
    let topics = newsletters(locale).into_iter().flat_map(|one| one.topics);
    EntryListView {
        filter: FilterForm {
            action: "/newsroom/entries".into(),
            kinds: vec![
                choice("news", ["Meldung", "News", "Actualité", "Bericht"]),
                choice("event", ["Termin", "Event", "Événement", "Evenement"]),
            ],
            topics: topics
                .map(|topic| Choice {
                    value: topic.key,
                    name: topic.name,
                    chosen: false,
                })
                .collect(),
            organisations: vec![Choice {
                value: "1".into(),
                name: "Stadt Musterstadt".into(),
                chosen: false,
            }],
            origins: vec![choice(
                "own",
                [
                    "hier geschrieben",
                    "written here",
                    "écrit ici",
                    "hier geschreven",
                ],
            )],
            ..FilterForm::default()
        },
        states: vec![
            tab(None, "", 125, true),
            tab(Some(State::Submitted), "submitted", 3, false),
            tab(Some(State::Draft), "draft", 12, false),
            tab(Some(State::Published), "published", 108, false),
            tab(Some(State::Withdrawn), "withdrawn", 2, false),
        ],
        proposals: (1, "/newsroom/entries/proposals".into()),
        total: 125,
        lines: lines(locale),
        pages: (None, Some("/newsroom/entries?page=2".into())),
        work: Some(ListWork {
            news: "/newsroom/entries/new?kind=news".into(),
            event: "/newsroom/entries/new?kind=event".into(),
            ask: "/newsroom/entries/bulk".into(),
            back: String::new(),
        }),
        kept: KeptFilters {
            filters: vec![(
                pick(
                    locale,
                    [
                        "Klima, noch nicht öffentlich",
                        "Climate, not public yet",
                        "Climat, pas encore public",
                        "Klimaat, nog niet openbaar",
                    ],
                ),
                "/newsroom/entries?topic=climate&state=draft".into(),
            )],
            action: "/newsroom/entries/filters".into(),
            query: String::new(),
            wrong: None,
        },
        done: None,
        now: moment(25, 11, 0),
    }
}

fn lines(locale: Locale) -> Vec<EntryLine> {
    let line = |number: u32, title, kind, state, changed| EntryLine {
        uuid: format!("01936c1f-7a2b-7c3d-8e4f-00000000000{number}"),
        url: format!("/newsroom/entries/01936c1f-7a2b-7c3d-8e4f-00000000000{number}"),
        title: pick(locale, title),
        lang: None,
        kind,
        state,
        organisation: "Stadt Musterstadt".into(),
        topics: newsletters(locale)
            .into_iter()
            .flat_map(|one| one.topics)
            .take(1)
            .map(|topic| topic.name)
            .collect(),
        when: None,
        place: None,
        languages: 1,
        pinned: false,
        proposal: None,
        changed,
    };
    let fountain = EntryLine {
        pinned: true,
        languages: 2,
        proposal: Some("/newsroom/entries/01936c1f-7a2b-7c3d-8e4f-000000000001/proposal".into()),
        ..line(
            1,
            [
                "Neue Trinkwasserbrunnen für die Region",
                "New drinking fountains for the region",
                "Nouvelles fontaines pour la région",
                "Nieuwe drinkfonteinen voor de regio",
            ],
            Kind::News,
            State::Published,
            moment(25, 10, 3),
        )
    };
    let reading = EntryLine {
        when: Some(When::Time {
            starts: moment(26, 19, 0),
            ends: None,
        }),
        place: Some("Stadtbibliothek".into()),
        ..line(
            2,
            [
                "Lesung und Gespräch",
                "Reading and talk",
                "Lecture et débat",
                "Lezing en gesprek",
            ],
            Kind::Event,
            State::Submitted,
            moment(24, 18, 31),
        )
    };
    let draft = EntryLine {
        title: "Nieuwe fietsroute langs de Worm".into(),
        lang: Some("nl".into()),
        ..line(
            3,
            ["", "", "", ""],
            Kind::News,
            State::Draft,
            moment(20, 9, 40),
        )
    };
    vec![fountain, reading, draft]
}
