//! Entries of an invented town.

use chrono::{DateTime, FixedOffset};

use super::taking_part::{Accessibility, Status, TakingPart};
use super::view::{Addresses, ContactView, EntryView, Kind, Occasion, PaperView, TopicLink};
use crate::date::When;
use crate::entry_item::SubscribeLink;
use crate::entry_sample::{feeds, item, picture};
use crate::locale::Locale;
use crate::picture::PictureView;
use crate::rich_text::{Block, Inline, Level, Table};
use crate::sample::{Sample, moment, november, pick};

impl Sample for EntryView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        vec![
            ("news", news(locale)),
            ("event", event(locale)),
            ("cancelled", cancelled(locale)),
            ("moved", moved(locale)),
            ("paper", paper(locale)),
            ("edges", edges(locale)),
        ]
    }
}

/// An instant of November 2026 in the town's zone.
fn instant(text: &str) -> DateTime<FixedOffset> {
    let at = DateTime::parse_from_rfc3339(text);
    at.expect("invariant: samples name instants that exist")
}

fn words(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}

fn addresses(locale: Locale, list: &str, name: &str) -> Addresses {
    let origin = "https://rundbrief.musterstadt.example";
    let plain = format!("{origin}{list}/{name}");
    let in_language = |code: &str| (code.to_owned(), format!("{plain}?lang={code}"));
    Addresses {
        origin: origin.to_owned(),
        canonical: if locale == Locale::De {
            plain.clone()
        } else {
            in_language(locale.code()).1
        },
        alternates: vec![("de".to_owned(), plain.clone()), in_language("nl")],
        plain,
        list: list.to_owned(),
        feeds: feeds(list),
    }
}

fn fountains(locale: Locale) -> String {
    pick(
        locale,
        [
            "Neue Trinkwasserbrunnen für die Innenstadt",
            "New drinking fountains for the town centre",
            "De nouvelles fontaines à boire au centre-ville",
            "Nieuwe drinkwaterfonteinen in het centrum",
        ],
    )
}

fn news(locale: Locale) -> EntryView {
    let teaser = item(locale, "", String::new(), When::Day(november(24))).teaser;
    let topic = pick(
        locale,
        [
            "Klima und Umwelt",
            "Climate and environment",
            "Climat et environnement",
            "Klimaat en milieu",
        ],
    );
    let newsletter = pick(
        locale,
        [
            "Musterstadt aktuell",
            "Musterstadt news",
            "Musterstadt actualités",
            "Musterstadt actueel",
        ],
    );
    EntryView {
        kind: Kind::News,
        title: fountains(locale),
        lang: None,
        description: teaser.clone(),
        teaser,
        body: vec![
            Block::Paragraph(vec![
                Inline::Text(
                    "Der Umweltausschuss hat am Dienstag zwölf Standorte beschlossen. ".to_owned(),
                ),
                Inline::Link {
                    target: "https://www.musterstadt.example/brunnen".to_owned(),
                    content: words("Karte der Standorte"),
                },
            ]),
            Block::Heading(Level::Section, words("Wo die Brunnen stehen")),
            Block::List {
                ordered: false,
                items: vec![
                    vec![Block::Paragraph(words("Musterstadt, am Markt"))],
                    vec![Block::Paragraph(words(
                        "Beispielhausen, vor der Bibliothek",
                    ))],
                ],
            },
            Block::Quote(vec![Block::Paragraph(words(
                "Sauberes Wasser gehört in die Stadt.",
            ))]),
            Block::Table(Table {
                head: vec![words("Ort"), words("Ab")],
                rows: vec![
                    vec![words("Musterstadt, am Markt"), words("15. Januar")],
                    vec![
                        words("Beispielhausen"),
                        vec![
                            Inline::Deleted(words("März")),
                            Inline::Text(" Mai".to_owned()),
                        ],
                    ],
                ],
            }),
        ],
        picture: Some(picture(locale, 800, 450)),
        picture_files: vec![
            ("/pictures/0f1e2d3c4b5a-800.jpg".to_owned(), 800),
            ("/pictures/0f1e2d3c4b5a-1600.jpg".to_owned(), 1600),
        ],
        organisation: "Stadt Musterstadt".to_owned(),
        date: november(24),
        published: instant("2026-11-24T09:00:00+01:00"),
        modified: instant("2026-11-25T10:30:00+01:00"),
        occasion: None,
        paper: None,
        cancelled: false,
        contact: Some(ContactView {
            name: Some("Simone Beispiel, Umweltamt".to_owned()),
            email: Some("umwelt@musterstadt.example".to_owned()),
            phone: Some("+49 30 23125 200".to_owned()),
        }),
        url: Some("https://www.musterstadt.example/aktuelles/brunnen".to_owned()),
        topics: vec![TopicLink {
            name: topic,
            href: "/news?topic=climate".to_owned(),
        }],
        more: vec![
            item(locale, "one", fountains(locale), When::Day(november(20))),
            item(locale, "two", fountains(locale), When::Day(november(17))),
        ],
        newsletters: vec![SubscribeLink {
            newsletter,
            href: "/subscribe?topic=town.climate".to_owned(),
        }],
        addresses: addresses(
            locale,
            "/news",
            "2026-11-24-neue-trinkwasserbrunnen-1a2b3c4d5e6f",
        ),
    }
}

fn event(locale: Locale) -> EntryView {
    EntryView {
        kind: Kind::Event,
        title: pick(
            locale,
            [
                "Nacht der offenen Museen",
                "Night of the museums",
                "La nuit des musées",
                "Museumnacht",
            ],
        ),
        picture: None,
        body: Vec::new(),
        organisation: "Kulturbüro Musterstadt".to_owned(),
        occasion: Some(Occasion {
            when: When::Time {
                starts: moment(26, 19, 30),
                ends: Some(moment(26, 23, 0)),
            },
            starts: instant("2026-11-26T19:30:00+01:00"),
            ends: Some(instant("2026-11-26T23:00:00+01:00")),
            zone: None,
            place: Some("Altes Kurhaus, Kurhausstraße 1, Musterstadt".to_owned()),
            moved_from: None,
            taking_part: TakingPart {
                online: true,
                online_url: Some("https://live.musterstadt.example/museen".to_owned()),
                price: Some("5 €".to_owned()),
                registration_url: Some("https://www.musterstadt.example/anmelden".to_owned()),
                registration_until: Some(When::Time {
                    starts: moment(24, 12, 0),
                    ends: None,
                }),
                status: Some(Status::Full),
                accessibility: vec![Accessibility::Wheelchair, Accessibility::SignLanguage],
                organiser: None,
            },
        }),
        addresses: addresses(
            locale,
            "/events",
            "2026-11-26-nacht-der-offenen-museen-1a2b3c4d5e6f",
        ),
        ..news(locale)
    }
}

/// In another language than the page, and called off.
fn cancelled(locale: Locale) -> EntryView {
    let view = event(locale);
    EntryView {
        title: "Wieczór muzyki polskiej".to_owned(),
        lang: Some("pl".to_owned()),
        teaser: "Koncert odwołany.".to_owned(),
        cancelled: true,
        topics: Vec::new(),
        newsletters: Vec::new(),
        ..view
    }
}

/// Several days, moved, in another zone.
fn moved(locale: Locale) -> EntryView {
    let view = event(locale);
    EntryView {
        occasion: Some(Occasion {
            when: When::Days {
                first: november(27),
                last: november(29),
            },
            starts: instant("2026-11-27T00:00:00+00:00"),
            ends: None,
            zone: Some("Europe/London".to_owned()),
            place: None,
            moved_from: Some(When::Time {
                starts: moment(20, 10, 0),
                ends: None,
            }),
            taking_part: TakingPart::default(),
        }),
        contact: None,
        more: Vec::new(),
        ..view
    }
}

fn paper(locale: Locale) -> EntryView {
    EntryView {
        kind: Kind::Paper,
        title: "Vorlage 2026/1187: Standorte der Trinkwasserbrunnen".to_owned(),
        lang: (locale != Locale::De).then(|| "de".to_owned()),
        teaser: "Der Rat berät über zwölf Standorte für öffentliche Trinkwasserbrunnen.".to_owned(),
        body: Vec::new(),
        picture: None,
        paper: Some(PaperView {
            reference: Some("2026/1187".to_owned()),
            committee: Some("Umweltausschuss".to_owned()),
            decision: Some("Der Ausschuss beschließt die Standorte nach Anlage 1.".to_owned()),
            effects: Some("84.000 Euro, zur Hälfte vom Land getragen.".to_owned()),
            attachments: vec![(
                "Anlage 1: Standorte (PDF)".to_owned(),
                "https://ris.musterstadt.example/1187/1.pdf".to_owned(),
            )],
        }),
        addresses: addresses(
            locale,
            "/papers",
            "2026-11-24-vorlage-2026-1187-1a2b3c4d5e6f",
        ),
        ..news(locale)
    }
}

/// What a stranger may have written, and nothing else than what must be there.
fn edges(locale: Locale) -> EntryView {
    EntryView {
        title: "</script><script>alert(1)</script> & Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".to_owned(),
        teaser: String::new(),
        description: "\"><img src=x> & </script>".to_owned(),
        body: vec![
            Block::Heading(Level::Subsection, words("<b>kein Fettdruck</b>")),
            Block::Paragraph(vec![Inline::Link {
                target: "javascript:alert(1)".to_owned(),
                content: words("kein Link"),
            }]),
        ],
        picture: Some(PictureView {
            alt: None,
            credit: None,
            ..picture(locale, 300, 900)
        }),
        date: november(1),
        contact: Some(ContactView {
            name: None,
            email: Some("\"a b\"@example.org".to_owned()),
            phone: Some("Zentrale".to_owned()),
        }),
        url: Some("ftp://example.org/".to_owned()),
        topics: Vec::new(),
        more: Vec::new(),
        newsletters: Vec::new(),
        ..news(locale)
    }
}
