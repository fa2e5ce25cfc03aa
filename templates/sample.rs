//! What the samples of several views are made of: an invented town and its newsletters.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::assets::assets;
use crate::locale::Locale;
use crate::rhythm::{Rhythm, RhythmDays};
use crate::site::{Imprint, Links, Newsletter, NewsletterChoice, Site, TopicChoice};

/// A view that can show itself: what it holds when all is well, and the cases at the edges.
pub trait Sample: Sized {
    /// Named examples, at least one; names are short and fit for a file name.
    fn samples(locale: Locale) -> Vec<(&'static str, Self)>;
}

impl Site {
    /// An invented town, for previews and tests.
    pub fn sample(locale: Locale) -> Self {
        let page = |path: &str| format!("https://rundbrief.musterstadt.example{path}");
        Self {
            locale,
            offered: Locale::ALL.to_vec(),
            organisation: "Stadt Musterstadt".into(),
            name: "Rundbriefe".into(),
            logo: None,
            action_colour: None,
            imprint: Imprint {
                organisation: "Stadt Musterstadt".into(),
                address: vec!["Rathausplatz 1".into(), "00000 Musterstadt".into()],
                representative: Some("Oberbürgermeisterin Erika Beispiel".into()),
                responsible: Some(
                    "Kim Muster, Presseamt, Rathausplatz 1, 00000 Musterstadt".into(),
                ),
                email: Some("rundbrief@musterstadt.example".into()),
                phone: Some("+49 30 23125 000".into()),
                register: Some("DE000000000 (§ 27a UStG)".into()),
            },
            links: Links {
                home: page("/subscribe"),
                news: page("/news"),
                events: page("/events"),
                papers: page("/papers"),
                imprint: page("/imprint"),
                privacy: page("/privacy"),
                accessibility: page("/accessibility"),
            },
            here: Some(format!("/subscribe?lang={}", locale.code())),
            // Relative, so that pages written to a folder find it without a server.
            stylesheets: assets(None)
                .first()
                .map(|sheet| format!("../assets/{}", sheet.name))
                .into_iter()
                .collect(),
            demo_mailbox: None,
            demo_newsroom: None,
        }
    }
}

/// The one of four wordings, in the order of [`Locale::ALL`].
pub(crate) fn pick(locale: Locale, words: [&str; 4]) -> String {
    words[locale as usize].to_owned()
}

fn rhythm(days: RhythmDays, hour: u32) -> Option<Rhythm> {
    let at = NaiveTime::from_hms_opt(hour, 0, 0)?;
    Some(Rhythm { days, at })
}

/// Three newsletters, nothing chosen, the last one without topics.
#[expect(clippy::too_many_lines, reason = "a list of words in four languages")]
pub(crate) fn newsletters(locale: Locale) -> Vec<NewsletterChoice> {
    let topic = |key: &str, names| TopicChoice {
        key: key.to_owned(),
        name: pick(locale, names),
        chosen: false,
    };
    let town = NewsletterChoice {
        key: "town".into(),
        name: pick(
            locale,
            [
                "Musterstadt aktuell",
                "Musterstadt news",
                "Musterstadt actualités",
                "Musterstadt actueel",
            ],
        ),
        description: pick(
            locale,
            [
                "Was in Rathaus und Stadt geschieht: Neuigkeiten, Baustellen, Veranstaltungen und Beschlüsse.",
                "What happens in town hall and town: news, roadworks, events and decisions.",
                "La vie de la mairie et de la ville : actualités, travaux, manifestations et décisions.",
                "Wat er in stadhuis en stad gebeurt: nieuws, werkzaamheden, evenementen en besluiten.",
            ],
        ),
        rhythm: rhythm(RhythmDays::Weekly(vec![Weekday::Thu]), 7),
        chosen: false,
        topics: vec![
            topic(
                "climate",
                [
                    "Klima und Umwelt",
                    "Climate and environment",
                    "Climat et environnement",
                    "Klimaat en milieu",
                ],
            ),
            topic("culture", ["Kultur", "Culture", "Culture", "Cultuur"]),
            topic(
                "economy",
                [
                    "Wirtschaft und Arbeit",
                    "Economy and work",
                    "Économie et emploi",
                    "Economie en werk",
                ],
            ),
            topic("health", ["Gesundheit", "Health", "Santé", "Gezondheid"]),
            topic(
                "equality",
                [
                    "Gleichstellung und Vielfalt",
                    "Equality and diversity",
                    "Égalité et diversité",
                    "Gelijkheid en diversiteit",
                ],
            ),
            topic(
                "council",
                [
                    "Rat und Ausschüsse",
                    "Council and committees",
                    "Conseil et commissions",
                    "Raad en commissies",
                ],
            ),
        ],
    };
    let funding = NewsletterChoice {
        key: "funding".into(),
        name: pick(
            locale,
            [
                "Förderbrief",
                "Funding letter",
                "Lettre des aides",
                "Subsidiebrief",
            ],
        ),
        description: pick(
            locale,
            [
                "Förderprogramme und Wettbewerbe für Vereine und Betriebe.",
                "Grants and competitions for associations and businesses.",
                "Aides et concours pour les associations et les entreprises.",
                "Subsidies en prijsvragen voor verenigingen en bedrijven.",
            ],
        ),
        rhythm: rhythm(RhythmDays::Monthly(1), 9),
        chosen: false,
        topics: vec![
            topic(
                "clubs",
                ["Vereine", "Associations", "Associations", "Verenigingen"],
            ),
            topic(
                "business",
                ["Betriebe", "Businesses", "Entreprises", "Bedrijven"],
            ),
        ],
    };
    let warnings = NewsletterChoice {
        key: "roads".into(),
        name: pick(
            locale,
            [
                "Verkehrsmeldungen",
                "Traffic notices",
                "Info trafic",
                "Verkeersberichten",
            ],
        ),
        description: String::new(),
        rhythm: None,
        chosen: false,
        topics: Vec::new(),
    };
    vec![town, funding, warnings]
}

/// Two newsletters as somebody chose them.
pub(crate) fn chosen(locale: Locale) -> Vec<Newsletter> {
    newsletters(locale)
        .into_iter()
        .take(2)
        .map(|one| Newsletter {
            name: one.name,
            topics: one
                .topics
                .into_iter()
                .take(3)
                .map(|topic| topic.name)
                .collect(),
        })
        .collect()
}

/// A moment of November 2026.
pub(crate) fn moment(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    november(day)
        .and_hms_opt(hour, minute, 0)
        .expect("invariant: samples name times that exist")
}

/// A day of November 2026.
pub(crate) fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("invariant: samples name days that exist")
}
