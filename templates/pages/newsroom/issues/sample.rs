//! What the samples of these pages are made of.

use super::contents::{
    ContentsView, ItemRow, Kind, LanguageTab, LeftOutRow, Note, PreviewPane, Why,
};
use super::entries::SectionView;
use super::head::{HeadAction, IssueHead, Part, State};
use super::left_out::LeftOutView;
use super::list::IssueRow;
use super::texts::TextForm;
use super::variants::{Content, VariantRow, VariantShown, VariantsView, View};
use crate::locale::Locale;
use crate::sample::{moment, november, pick};

const URL: &str = "/newsroom/issues/region/48";

fn newsletter(t: Locale) -> String {
    pick(
        t,
        [
            "Region aktuell",
            "Region news",
            "La région",
            "Regio actueel",
        ],
    )
}

/// The newsletters of the list.
pub(super) fn newsletters(t: Locale) -> Vec<(String, String)> {
    let funding = pick(
        t,
        [
            "Förderbrief",
            "Funding letter",
            "Lettre des aides",
            "Subsidiebrief",
        ],
    );
    vec![
        ("region".into(), newsletter(t)),
        ("funding".into(), funding),
    ]
}

/// The issues of the list: one in each state.
pub(super) fn rows(t: Locale) -> Vec<IssueRow> {
    let numbers = (41..=48).rev();
    State::ALL
        .into_iter()
        .zip(numbers)
        .map(|(state, number)| IssueRow {
            url: format!("/newsroom/issues/region/{number}"),
            newsletter: newsletter(t),
            number,
            state,
            goes_at: (number != 48).then(|| moment(26, 7, 0)),
            people: (number < 46).then_some(4_298 - number),
        })
        .collect()
}

/// The head of an issue in review.
pub(in crate::pages::newsroom) fn head(t: Locale) -> IssueHead {
    IssueHead {
        newsletter: newsletter(t),
        number: 48,
        list_url: "/newsroom/issues".into(),
        newsletter_url: "/newsroom/issues?newsletter=region".into(),
        url: URL.into(),
        state: State::InReview,
        reason: None,
        time_url: Some(format!("{URL}/time")),
        has_begun: false,
        goes_at: Some(moment(26, 7, 0)),
        people: 4_312,
        variants: Some(31),
        news_from: Some(november(19)),
        events_until: november(26).checked_add_days(chrono::Days::new(30)),
        parts: vec![
            Part::Contents,
            Part::Checks,
            Part::Variants,
            Part::Sending,
            Part::History,
        ],
        found: Some(2),
        actions: vec![HeadAction {
            url: format!("{URL}/approve"),
            name: pick(t, ["Freigeben …", "Approve…", "Valider…", "Goedkeuren…"]),
            is_next: true,
        }],
    }
}

/// The contents of that issue.
pub(super) fn contents(t: Locale) -> ContentsView {
    let news = vec![
        item(
            t,
            "a1",
            "Neue Trinkwasserbrunnen für die Region",
            &["Klima und Umwelt", "Umweltausschuss", "24. November"],
            3_904,
            vec![],
        ),
        item(
            t,
            "a2",
            "Innovationspreis geht an drei Betriebe",
            &["Wirtschaft und Arbeit", "23. November"],
            2_761,
            vec![Note::Shortened],
        ),
        item(
            t,
            "a3",
            "Bus über die Grenze fährt öfter",
            &["Euregio", "20. November"],
            2_033,
            vec![Note::Missing(vec![Locale::En, Locale::Fr])],
        ),
    ];
    let events = vec![
        item(
            t,
            "b1",
            "Lesung und Gespräch zu den Orange Days",
            &["2. Dezember, 19:00 Uhr", "Stadtbibliothek"],
            3_120,
            vec![Note::Added("Kim Muster".into())],
        ),
        item(
            t,
            "b2",
            "Energieberatung für Mieterinnen und Mieter",
            &["4. Dezember, 14:00 Uhr", "online"],
            3_904,
            vec![Note::OnlyLinked],
        ),
    ];
    ContentsView {
        head: head(t),
        done: None,
        problem: None,
        unsaved: Vec::new(),
        editable: true,
        voids: None,
        version: 7,
        entries_url: format!("{URL}/entries"),
        add_url: format!("{URL}/add"),
        all_url: format!("{URL}?all=1"),
        texts: texts(),
        sections: vec![
            SectionView {
                kind: Kind::News,
                most: 8,
                items: news,
                further: 0,
            },
            SectionView {
                kind: Kind::Events,
                most: 12,
                items: events,
                further: 3,
            },
        ],
        left_out: LeftOutView {
            rows: left_out(),
            further: 12,
        },
        preview: Some(preview()),
        focus: Some("down-a2".into()),
    }
}

/// How most readers get it.
pub fn preview() -> PreviewPane {
    PreviewPane {
        frame_url: format!("{URL}/mail?language=de&topics=63"),
        variants_url: Some(format!("{URL}/variants")),
        test_url: Some(format!("{URL}/test")),
        as_reader_url: Some(format!("{URL}/as-reader")),
        subject: "Neue Trinkwasserbrunnen, Innovationspreis und 5 weitere Meldungen".into(),
        language: Locale::De,
        people: 1_204,
        kilobytes: 48,
    }
}

fn item(
    t: Locale,
    uuid: &str,
    title: &str,
    facts: &[&str],
    people: i64,
    notes: Vec<Note>,
) -> ItemRow {
    ItemRow {
        uuid: uuid.into(),
        title: title.into(),
        lang: (t != Locale::De).then(|| "de".into()),
        url: format!("/newsroom/entries/{uuid}"),
        picture: None,
        facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
        notes,
        pinned: uuid == "a1",
        people,
        shorten_url: format!("{URL}/entries/{uuid}/shorten"),
    }
}

fn texts() -> TextForm {
    let introduction = "Am Mittwoch beginnen die Orange Days. Was in der Region gegen Gewalt an Frauen geschieht, lesen Sie in dieser Ausgabe.";
    TextForm {
        url: format!("{URL}/words"),
        language: Locale::De,
        subject: String::new(),
        introduction: introduction.into(),
        seen: (String::new(), introduction.into()),
        most: (150, 4_000),
        languages: Locale::ALL
            .into_iter()
            .map(|language| LanguageTab {
                language,
                url: format!("{URL}?words={}", language.code()),
                is_missing: language == Locale::Nl,
            })
            .collect(),
        errors: None,
    }
}

fn left_out() -> Vec<LeftOutRow> {
    let row = |title: &str, why| LeftOutRow {
        uuid: "0193".into(),
        title: title.into(),
        url: "/newsroom/entries/0193".into(),
        addable: why != Why::Undecided,
        why,
    };
    vec![
        row(
            "Tag der offenen Tür im Museum",
            Why::TakenOut(Some("Kim Muster".into())),
        ),
        row("Adventsmarkt am Kurhaus", Why::Undecided),
        row("Neue Fahrpläne", Why::Later),
        row("Sperrung der Ortsdurchfahrt", Why::ToldBy(47)),
        row(
            "Hochwasserschutz am Wildbach",
            Why::Before(Some(november(19))),
        ),
        row(
            "Wirtschaftstag 2027",
            Why::Beyond(november(26).checked_add_days(chrono::Days::new(30))),
        ),
    ]
}

/// The variants of that issue.
pub(super) fn variants(t: Locale) -> VariantsView {
    let rows = [
        (Locale::De, "Klima und Umwelt, Kultur, Gesundheit", 1_204),
        (Locale::De, "Klima und Umwelt", 612),
        (Locale::Fr, "Kultur", 48),
    ];
    let mut head = head(t);
    head.actions.clear();
    VariantsView {
        head,
        url: format!("{URL}/variants"),
        languages: vec![(Locale::De, true), (Locale::Fr, false)],
        sets: vec![
            (63, "Klima und Umwelt, Kultur, Gesundheit".into(), true),
            (1, "Klima und Umwelt".into(), false),
        ],
        shown: Some(VariantShown {
            subject: "Neue Trinkwasserbrunnen, Innovationspreis und 5 weitere Meldungen".into(),
            language: Locale::De,
            topics: "Klima und Umwelt, Kultur, Gesundheit".into(),
            people: 1_204,
            entries: 7,
            kilobytes: 48,
            is_shortened: false,
            views: View::ALL
                .into_iter()
                .map(|view| (view, format!("{URL}/variants?view={}", view.code())))
                .collect(),
            view: View::Phone,
            content: Content::Frame(format!("{URL}/mail?language=de&topics=63")),
        }),
        rows: rows
            .into_iter()
            .enumerate()
            .map(|(at, (language, topics, people))| VariantRow {
                url: format!("{URL}/variants?row={at}"),
                language,
                topics: topics.into(),
                people,
                is_shown: at == 0,
            })
            .collect(),
        all: 31,
        nothing: 86,
        before: None,
        after: Some(format!("{URL}/variants?page=2")),
        test_url: Some(format!("{URL}/test")),
        as_reader_url: Some(format!("{URL}/as-reader")),
    }
}
