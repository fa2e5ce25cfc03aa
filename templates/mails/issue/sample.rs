//! Issues to look at: an ordinary one, a short one, one with everything at its edges, a very long one.

use super::view::{Detail, IssueView, ItemView, SectionKind, SectionView};
use crate::rich_text::{Block, Inline};
use crate::{Locale, When, sample};

impl crate::Sample for IssueView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let full = Self {
            sections: vec![news(), events(), council()],
            ..frame(locale)
        };
        let short = Self {
            sections: vec![news()],
            introduction: None,
            ..frame(locale)
        };
        let many = |detail| Self {
            sections: vec![SectionView {
                kind: SectionKind::News,
                items: many(),
            }],
            detail,
            ..frame(locale)
        };
        vec![
            ("full", full),
            ("short", short),
            (
                "edges",
                Self {
                    sections: vec![edges()],
                    subject: Some("Sonderausgabe <b>& mehr</b>".to_owned()),
                    ..frame(locale)
                },
            ),
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
        introduction: Some(
            "Liebe Leserinnen und Leser,\n\nder Rat hat in dieser Woche den Haushalt beraten, und im Stadtteil Mitte beginnt der Umbau der Schulwege. \
             Was sonst noch wichtig ist, lesen Sie in dieser Ausgabe.".to_owned(),
        ),
        sections: Vec::new(),
        detail: Detail::Full,
        unsubscribe_url: page("unsubscribe"),
        preferences_url: page("preferences"),
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

fn news() -> SectionView {
    let items = vec![
        ItemView {
            title: "Sichere Wege zur Schule: Umbau in Mitte beginnt".to_owned(),
            teaser: "Ab Montag, 30. November, werden die Kreuzungen an der Grundschule und am Gymnasium umgebaut. Während der Arbeiten \
                     bleiben beide Schulen zu Fuß und mit dem Rad erreichbar.".to_owned(),
            body: vec![
                Block::Paragraph(vec![text("Die Arbeiten dauern voraussichtlich bis Ende Februar. Umgebaut werden:")]),
                list(&["die Kreuzung Schulstraße und Am Markt,", "der Überweg vor dem Gymnasium."]),
                Block::Paragraph(vec![
                    text("Den "),
                    Inline::Link {
                        target: page("plan"),
                        content: vec![text("Bauzeitenplan")],
                    },
                    text(" finden Sie auf unserer Internetseite."),
                ]),
            ],
            url: Some(page("schulwege")),
            topics: vec!["Verkehr".to_owned(), "Schule".to_owned()],
            when: Some(When::Day(sample::november(24))),
            contact: Some("Kim Muster, Tiefbauamt, +49 30 23125 200".to_owned()),
            ..ItemView::default()
        },
        ItemView {
            title: "Un marché de Noël sans frontières".to_owned(),
            lang: Some("fr".to_owned()),
            teaser: "Trois communes voisines ouvrent ensemble leurs marchés de Noël ; une navette gratuite les relie chaque week-end.".to_owned(),
            url: Some(page("marche")),
            topics: vec!["Kultur".to_owned()],
            when: Some(When::Day(sample::november(23))),
            organisation: Some("Ville d’Exemple".to_owned()),
            ..ItemView::default()
        },
    ];
    SectionView {
        kind: SectionKind::News,
        items,
    }
}

fn events() -> SectionView {
    let items = vec![
        ItemView {
            title: "Offene Sprechstunde: Fördermittel für Vereine".to_owned(),
            teaser: "Die Ehrenamtsstelle berät zu Anträgen für das kommende Jahr. Eine Anmeldung ist nicht nötig.".to_owned(),
            url: Some(page("sprechstunde")),
            topics: vec!["Vereine".to_owned()],
            when: Some(When::Time { starts: sample::moment(27, 17, 30), ends: Some(sample::moment(27, 19, 0)) }),
            place: Some("Rathaus, Raum 204".to_owned()),
            ..ItemView::default()
        },
        ItemView {
            title: "Lesung im Stadtarchiv".to_owned(),
            teaser: "Die Lesung muss leider entfallen. Bereits gekaufte Karten werden erstattet.".to_owned(),
            when: Some(When::Time { starts: sample::moment(28, 19, 0), ends: None }),
            place: Some("Stadtarchiv".to_owned()),
            cancelled: true,
            ..ItemView::default()
        },
    ];
    SectionView {
        kind: SectionKind::Events,
        items,
    }
}

fn council() -> SectionView {
    let items = vec![ItemView {
        title: "Haushalt 2027: erste Lesung".to_owned(),
        teaser: "Beschlussempfehlung: Der Rat verweist den Entwurf an die Fachausschüsse."
            .to_owned(),
        url: Some(page("rat/2026-118")),
        topics: vec!["Rat und Ausschüsse".to_owned()],
        when: Some(When::Time {
            starts: sample::moment(30, 18, 0),
            ends: None,
        }),
        place: Some("Ratssaal".to_owned()),
        reference: Some("2026/118".to_owned()),
        ..ItemView::default()
    }];
    SectionView {
        kind: SectionKind::Council,
        items,
    }
}

/// What outsiders might send, were it not cleaned before.
fn edges() -> SectionView {
    let items = vec![
        ItemView {
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
            ],
            url: Some("javascript:alert(1)".to_owned()),
            ..ItemView::default()
        },
        ItemView { title: "Ohne alles".to_owned(), ..ItemView::default() },
    ];
    SectionView {
        kind: SectionKind::News,
        items,
    }
}

fn many() -> Vec<ItemView> {
    (1..=100)
        .map(|number| ItemView {
            title: format!("Beschluss {number}: Neugestaltung der Grünflächen am Bürgerzentrum"),
            teaser: "Beratungsstand: Beratung im Fachausschuss. Die Verwaltung schlägt vor, die Flächen vor dem Gebäude zu entsiegeln, Bäume zu \
                     pflanzen und Sitzgelegenheiten zu schaffen. Der Entwurf soll im Frühjahr öffentlich vorgestellt und mit den Anwohnerinnen und \
                     Anwohnern beraten werden, bevor der Rat entscheidet.".to_owned(),
            url: Some(page(&format!("rat/{number}"))),
            topics: vec!["Klima und Umwelt".to_owned()],
            when: Some(When::Day(sample::november(20))),
            ..ItemView::default()
        })
        .collect()
}
