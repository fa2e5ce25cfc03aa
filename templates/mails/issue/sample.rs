//! Issues to look at: an ordinary one, a short one, one with whole texts, one with everything at its
//! edges, a very long one.

use super::view::{
    Change, ContactView, Detail, EventNote, IssueView, ItemView, MoreView, PaperView, SectionKind,
    SectionView, Texts,
};
use crate::picture::PictureView;
use crate::rich_text::{Block, Inline, Table};
use crate::{Locale, When, sample};

impl crate::Sample for IssueView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let full = Self {
            sections: vec![news(), events(), council()],
            ..frame(locale)
        };
        let short = Self {
            sections: vec![section(SectionKind::News, news().items.split_off(3))],
            introduction: None,
            name_in_subject: true,
            ..frame(locale)
        };
        let whole = Self {
            sections: vec![section(SectionKind::News, news().items)],
            texts: Texts::Whole,
            ..frame(locale)
        };
        let edges = Self {
            sections: vec![
                section(SectionKind::News, edges()),
                section(SectionKind::Events, edges_of_events()),
            ],
            subject: Some("Sonderausgabe <b>& mehr</b>".to_owned()),
            ..frame(locale)
        };
        let many = |detail| Self {
            sections: vec![section(SectionKind::News, many())],
            detail,
            ..frame(locale)
        };
        vec![
            ("full", full),
            ("short", short),
            ("whole", whole),
            ("edges", edges),
            ("many-full", many(Detail::Full)),
            ("many-short", many(Detail::Short)),
            ("many-titles", many(Detail::TitlesOnly)),
        ]
    }
}

fn frame(locale: Locale) -> IssueView {
    let page = |path: &str| {
        format!(
            "https://rundbrief.musterstadt.example/{path}/AQEAAAAAAAAAAAAAAAAAACowPl4kX1mYw8sT0vQ2bRZ7cA"
        )
    };
    IssueView {
        newsletter: sample::newsletters(locale).swap_remove(0).name,
        number: 14,
        date: sample::november(26),
        subject: None,
        name_in_subject: false,
        introduction: Some(
            "Guten Tag,\n\nam Mittwoch beginnen die Orange Days. Was in der Region gegen Gewalt an Frauen geschieht, lesen Sie in dieser \
             Ausgabe, und wo Sie mitmachen können.".to_owned(),
        ),
        sections: Vec::new(),
        texts: Texts::Teaser,
        detail: Detail::Full,
        unsubscribe_url: page("unsubscribe"),
        preferences_url: page("preferences"),
    }
}

fn section(kind: SectionKind, items: Vec<ItemView>) -> SectionView {
    SectionView {
        kind,
        items,
        more: None,
    }
}

fn more(count: usize, path: &str) -> MoreView {
    MoreView {
        count,
        url: format!("https://rundbrief.musterstadt.example/{path}"),
    }
}

fn page(path: &str) -> String {
    format!("https://www.musterstadt.example/{path}")
}

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn list(items: &[&str]) -> Block {
    let item = |words: &&str| vec![Block::Paragraph(vec![text(words)])];
    Block::List {
        ordered: false,
        items: items.iter().map(item).collect(),
    }
}

fn table(head: &[&str], rows: &[&[&str]]) -> Block {
    let cell = |words: &&str| match *words {
        "" => Vec::new(),
        words => vec![text(words)],
    };
    let row = |cells: &&[&str]| cells.iter().map(cell).collect();
    Block::Table(Table {
        head: head.iter().map(cell).collect(),
        rows: rows.iter().map(row).collect(),
    })
}

fn picture(name: &str, alt: Option<&str>, credit: Option<&str>) -> PictureView {
    PictureView {
        src: format!("https://rundbrief.musterstadt.example/pictures/{name}-mail.jpg"),
        width: 600,
        height: 400,
        alt: alt.map(str::to_owned),
        credit: credit.map(str::to_owned),
    }
}

/// A piece of news with what all of them have.
fn piece(anchor: &str, day: u32, topic: &str, title: &str, teaser: &str) -> ItemView {
    ItemView {
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        teaser: teaser.to_owned(),
        more_url: Some(page(anchor)),
        topics: vec![topic.to_owned()],
        when: Some(When::Day(sample::november(day))),
        this_year: true,
        ..ItemView::default()
    }
}

fn news() -> SectionView {
    let items = vec![
        ItemView {
            lead: true,
            picture: Some(picture(
                "brunnen",
                Some("Eine Frau füllt eine Flasche an einem Brunnen"),
                Some("Stadt Musterstadt"),
            )),
            body: vec![
                Block::Paragraph(vec![text("Die ersten Brunnen stehen an:")]),
                list(&[
                    "der Schulstraße und Am Markt,",
                    "dem Überweg vor dem Gymnasium.",
                ]),
                Block::Paragraph(vec![
                    text("Den "),
                    Inline::Link {
                        target: page("plan"),
                        content: vec![text("Zeitplan")],
                    },
                    text(" finden Sie auf unserer Internetseite. "),
                    Inline::Deleted(vec![text("Der Plan gilt bis Mai.")]),
                ]),
                table(
                    &["Ort", "Ab", "Trinkwasser"],
                    &[
                        &["Am Markt", "15. Januar", "ja"],
                        &["Gymnasium", "", "ja, im Sommer"],
                    ],
                ),
            ],
            contact: Some(ContactView {
                name: Some("Kim Muster, Tiefbauamt".to_owned()),
                email: Some("kim.muster@musterstadt.example".to_owned()),
                phone: Some("+49 30 23125 200".to_owned()),
            }),
            ..piece(
                "e-0000000000a1",
                24,
                "Klima und Umwelt",
                "Neue Trinkwasserbrunnen für die Region",
                "Zwölf Gemeinden bekommen bis zum Sommer öffentliche Brunnen. Der Umweltausschuss hat die Standorte beschlossen; die Hälfte \
                 der Kosten trägt das Land.",
            )
        },
        ItemView {
            picture: Some(picture(
                "preis",
                Some("Drei Menschen halten einen gläsernen Preis"),
                Some("Kammer Beispiel"),
            )),
            ..piece(
                "e-0000000000a2",
                23,
                "Wirtschaft und Arbeit",
                "Innovationspreis geht an drei Betriebe",
                "Eine Gießerei, ein Labor und eine Bäckerei haben die Jury überzeugt. Verliehen wird der Preis im Januar.",
            )
        },
        ItemView {
            picture: Some(picture("orange", None, Some("Gleichstellungsstelle"))),
            ..piece(
                "e-0000000000a3",
                23,
                "Gesundheit",
                "Orange Days: Was die Region tut",
                "Beratung, Lesungen, ein beleuchtetes Rathaus: 31 Stellen machen bis zum 10. Dezember mit.",
            )
        },
        ItemView {
            lang: Some("fr".to_owned()),
            organisation: Some("Ville d’Exemple".to_owned()),
            ..piece(
                "e-0000000000a4",
                20,
                "Kultur",
                "Un marché de Noël sans frontières",
                "Trois communes voisines ouvrent ensemble leurs marchés de Noël ; une navette gratuite les relie chaque week-end.",
            )
        },
    ];
    SectionView {
        more: Some(more(6, "news")),
        ..section(SectionKind::News, items)
    }
}

fn event(anchor: &str, title: &str, when: When, place: &str) -> ItemView {
    ItemView {
        anchor: anchor.to_owned(),
        title: title.to_owned(),
        more_url: Some(page(anchor)),
        when: Some(when),
        place: Some(place.to_owned()),
        ..ItemView::default()
    }
}

fn at(day: u32, hour: u32, ends: Option<u32>) -> When {
    When::Time {
        starts: sample::moment(day, hour, 0),
        ends: ends.map(|hour| sample::moment(day, hour, 0)),
    }
}

fn events() -> SectionView {
    let items = vec![
        ItemView {
            teaser: "Mit Übersetzung in Gebärdensprache. Eine Anmeldung ist nicht nötig."
                .to_owned(),
            organisation: Some("Gleichstellungsstelle Musterstadt".to_owned()),
            contact: Some(ContactView {
                email: Some("gleichstellung@musterstadt.example".to_owned()),
                ..ContactView::default()
            }),
            notes: vec![
                EventNote::Online,
                EventNote::RegisterBy(sample::moment(24, 0, 0).date()),
            ],
            ..event(
                "e-0000000000b1",
                "Lesung und Gespräch zu den Orange Days",
                at(26, 19, Some(21)),
                "Stadtbibliothek, Großer Saal",
            )
        },
        ItemView {
            change: Some(Change::Moved {
                from: at(28, 14, None),
            }),
            ..event(
                "e-0000000000b2",
                "Energieberatung für Mieterinnen und Mieter",
                at(27, 14, None),
                "online",
            )
        },
        ItemView {
            change: Some(Change::Cancelled),
            ..event(
                "e-0000000000b3",
                "Adventsmarkt am Burgplatz",
                at(29, 11, None),
                "Burgplatz",
            )
        },
        event(
            "e-0000000000b4",
            "Ausstellung: Wasser in der Stadt",
            When::Days {
                first: sample::november(27),
                last: sample::november(30),
            },
            "Stadtarchiv",
        ),
        event(
            "e-0000000000b5",
            "Tag der offenen Tür im Rathaus",
            When::Day(sample::november(30)),
            "Rathaus",
        ),
    ];
    SectionView {
        more: Some(more(19, "events")),
        ..section(SectionKind::Events, items)
    }
}

fn council() -> SectionView {
    let meeting = event(
        "e-0000000000c2",
        "Sitzung des Umweltausschusses",
        at(30, 17, None),
        "Ratssaal",
    );
    let paper = ItemView {
        anchor: "e-0000000000c1".to_owned(),
        title: "Standorte für Trinkwasserbrunnen".to_owned(),
        teaser:
            "Die Verwaltung schlägt zwölf Standorte vor, an denen viele Menschen unterwegs sind."
                .to_owned(),
        more_url: Some(page("rat/2026-1187")),
        reference: Some("2026/1187".to_owned()),
        when: Some(at(30, 17, None)),
        paper: Some(PaperView {
            committee: Some("Umweltausschuss".to_owned()),
            decision: Some("Der Ausschuss beschließt die Standorte in Anlage 1.".to_owned()),
            effects: Some("Kosten: 84.000 Euro, im Haushalt enthalten.".to_owned()),
            attachments: vec![
                (
                    "Anlage 1: Standorte (PDF)".to_owned(),
                    page("rat/2026-1187/1.pdf"),
                ),
                (
                    "Anlage 2: Lageplan (PDF)".to_owned(),
                    page("rat/2026-1187/2.pdf"),
                ),
            ],
        }),
        ..ItemView::default()
    };
    section(SectionKind::Council, vec![paper, meeting])
}

/// What outsiders might send, were it not cleaned before.
fn edges() -> Vec<ItemView> {
    vec![
        ItemView {
            anchor: "e-0000000000d1".to_owned(),
            title: "<script>alert(1)</script> Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".to_owned(),
            teaser: "Ein Wort ".repeat(80),
            body: vec![
                Block::Paragraph(vec![
                    text("a <b>& "),
                    Inline::Link {
                        target: "javascript:x".to_owned(),
                        content: vec![text("b")],
                    },
                ]),
                list(&["c"]),
                // Wider than a mail.
                table(&["Mo", "Di", "Mi", "Do", ""], &[&["<b>1</b>", "", "3", "4", "Feiertag"]]),
            ],
            more_url: Some("javascript:alert(1)".to_owned()),
            contact: Some(ContactView {
                name: Some("\"Kim\" <script>".to_owned()),
                email: Some("a@example.org?bcc=b c".to_owned()),
                phone: Some("nur vormittags".to_owned()),
            }),
            picture: Some(PictureView {
                src: "javascript:alert(1)".to_owned(),
                ..picture("x", Some("\" onload=\"x"), Some("<b>"))
            }),
            ..ItemView::default()
        },
        ItemView { title: "Ohne alles".to_owned(), ..ItemView::default() },
        ItemView {
            title: "Ein hohes Bild".to_owned(),
            picture: Some(PictureView {
                width: 300,
                height: 900,
                ..picture("hoch", Some("Ein Turm"), None)
            }),
            ..ItemView::default()
        },
    ]
}

fn edges_of_events() -> Vec<ItemView> {
    vec![
        ItemView {
            title: "Ohne Zeit und Ort".to_owned(),
            change: Some(Change::Cancelled),
            ..ItemView::default()
        },
        ItemView {
            change: Some(Change::Moved {
                from: at(27, 20, None),
            }),
            ..event(
                "e-0000000000d2",
                "Lange Nacht der Sternwarten",
                When::Time {
                    starts: sample::moment(27, 22, 0),
                    ends: Some(sample::moment(28, 2, 0)),
                },
                "Volkssternwarte",
            )
        },
    ]
}

fn many() -> Vec<ItemView> {
    (1..=100)
        .map(|number| {
            piece(
                &format!("e-{number:012}"),
                20,
                "Klima und Umwelt",
                &format!("Beschluss {number}: Neugestaltung der Grünflächen am Bürgerzentrum"),
                "Beratungsstand: Beratung im Fachausschuss. Die Verwaltung schlägt vor, die Flächen vor dem Gebäude zu entsiegeln, Bäume zu \
                 pflanzen und Sitzgelegenheiten zu schaffen. Der Entwurf soll im Frühjahr öffentlich vorgestellt und mit den Anwohnerinnen und \
                 Anwohnern beraten werden, bevor der Rat entscheidet.",
            )
        })
        .collect()
}
