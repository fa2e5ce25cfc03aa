use std::collections::BTreeMap;

use chrono::NaiveDate;
use proptest::prelude::*;
use templates::mails::issue::{self as template, IssueView, SectionView};

use super::*;
use crate::config::Config;
use crate::digest::MailContext;
use crate::digest::mime::alternative_with;
use crate::digest::snapshot::{Item, ReleasedNewsletter, ReleasedTopic, Section, SectionKind};
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{EntryKind, EntryText, EventTime, PaperDetails};
use crate::domain::language::LanguageTag;
use crate::domain::newsletter::{DigestSettings, NewsletterText};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::IssueText;

fn now() -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000)
}

fn mail_context() -> MailContext {
    MailContext::from_config(&Config::from_defaults(|config| {
        "Stadt Musterstadt".clone_into(&mut config.organisation.name);
        config.organisation.address = vec!["Rathausplatz 1".to_owned()];
        config.server.public_url = "https://news.example.org".parse().expect("a URL");
    }))
}

fn newsletter() -> ReleasedNewsletter {
    let name = NewsletterText {
        name: "Region „aktuell“".to_owned(),
        ..NewsletterText::default()
    };
    ReleasedNewsletter {
        key: "region".to_owned(),
        texts: BTreeMap::from([(Language::De, name)]),
        sender_name: "Städteregion".to_owned(),
        sender_address: Address::parse("region@example.org").expect("an address"),
        reply_to: None,
        zone: chrono_tz::Europe::Berlin,
        digest: DigestSettings::everything(),
    }
}

fn snapshot(items: &[Item], texts: BTreeMap<Language, IssueText>) -> Snapshot {
    let sections = SectionKind::ALL.into_iter().map(|kind| Section {
        kind,
        items: items
            .iter()
            .filter(|item| SectionKind::of(item.kind) == kind)
            .cloned()
            .collect(),
    });
    let sections = sections.filter(|section| !section.items.is_empty());
    let date = NaiveDate::from_ymd_opt(2027, 1, 15).expect("a day");
    let mut snapshot = Snapshot::new(newsletter(), 14, date, texts, sections.collect());
    snapshot.topics = (0..4)
        .map(|bit| ReleasedTopic {
            mask: TopicSet::from_mask(1 << bit),
            key: format!("topic-{bit}"),
            names: BTreeMap::from([(Language::De, format!("Thema {bit}"))]),
        })
        .collect();
    snapshot
}

fn mails(snapshot: &Snapshot, limits: Limits, language: Language) -> LanguageMails {
    let context = mail_context();
    let parts = LanguageParts::render(&context, snapshot, limits, language, &Detail::ALL);
    let headers = MessageHeaders::new(snapshot, context.public_url(), now());
    LanguageMails::new(snapshot, &parts.expect("parts"), &headers, limits, language).expect("mails")
}

/// What a variant is in one piece.
struct Whole {
    detail: Detail,
    html: String,
    text: String,
    html_bytes: usize,
    mail: Vec<u8>,
}

/// Renders a variant in one piece, with less of each entry until its HTML is short enough, and encodes
/// it as a whole: what is done for each variant where nothing is joined.
fn in_one_piece(
    snapshot: &Snapshot,
    limits: Limits,
    language: Language,
    topics: TopicSet,
) -> Option<Whole> {
    let context = mail_context();
    let site = context.site(language);
    let seed = snapshot.seed();
    let sections = snapshot.sections.iter().map(|section| SectionView {
        kind: views::section_kind(section.kind),
        items: section
            .items
            .iter()
            .filter(|item| item.is_for(topics))
            .map(|item| views::item(&context, snapshot, item, language))
            .collect(),
        more: None,
    });
    let mut view = IssueView {
        sections: sections.collect(),
        ..views::around(&context, snapshot, &seed, language)
    };
    for detail in Detail::ALL {
        view.detail = detail;
        let mail = template::mail(&site, &view);
        let [text, html] = [&mail.text, &mail.html].map(|content| quoted_printable(content));
        let most = match detail {
            Detail::TitlesOnly => limits.refuse,
            _ => limits.shorten,
        };
        if html.len() <= most {
            let headers = MessageHeaders::new(snapshot, context.public_url(), now());
            let placeholders = Placeholders::new(&seed);
            let head = headers::head(&mail.subject, &headers, &placeholders.unsubscribe);
            let seeds = [seed.as_str(), language.as_str()];
            return Some(Whole {
                detail,
                html_bytes: html.len(),
                mail: alternative_with(&seeds, head, language, &text, &html),
                html: mail.html,
                text: mail.text,
            });
        }
    }
    None
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-zäöüß ,.–„“<>&\"=-]{0,60}",
        1 => "(?s).{0,40}",
        1 => "[ \t]{0,3}[😀ä=]{60,130}",
    ]
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::ALL)
}

fn item() -> impl Strategy<Value = Item> {
    let text = (words(), words(), prop::collection::vec(words(), 0..4));
    let texts = prop::collection::btree_map(language(), text, 1..3);
    (
        prop::sample::select(vec![EntryKind::News, EntryKind::Event, EntryKind::Paper]),
        0_i64..16,
        texts,
        prop::option::of("https://[a-z]{1,12}\\.example/[a-z=&?]{0,80}"),
        prop::option::of(words()),
        any::<bool>(),
    )
        .prop_map(|(kind, topics, texts, url, extra, flag)| Item {
            uuid: String::new(),
            kind,
            topics: TopicSet::from_mask(topics),
            original: texts.keys().next().copied().expect("a text").into(),
            texts: texts
                .into_iter()
                .map(|(language, (title, teaser, paragraphs))| {
                    let body = paragraphs.iter().map(|text| format!("<p>{text}</p>"));
                    let text = EntryText {
                        title,
                        teaser,
                        body: body.collect(),
                        ..EntryText::default()
                    };
                    (LanguageTag::from(language), text)
                })
                .collect(),
            url,
            dated_at: flag.then_some(now()),
            when: (kind == EntryKind::Event).then_some(EventTime {
                starts_at: now(),
                ends_at: None,
                all_day: flag,
                zone: chrono_tz::Europe::Berlin,
            }),
            place: extra.clone(),
            organisation: "Kulturbüro".to_owned(),
            contact: extra.as_deref().and_then(Contact::from_text),
            reference: extra,
            paper: PaperDetails::default(),
            moved_from: None,
            pinned: false,
            cancelled: flag,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The mail of every variant is, byte for byte, the mail that would be rendered in one piece.
    #[test]
    fn joined_mails_are_the_mails_in_one_piece(
        items in prop::collection::vec(item(), 1..12),
        own in (words(), prop::collection::vec(words(), 0..3)),
        language in language(),
        shorten in 2_000_usize..30_000,
        more in 0_usize..12_000,
    ) {
        let text = IssueText { subject: own.0, introduction: own.1.join("\n\n") };
        let snapshot = snapshot(&items, BTreeMap::from([(Language::De, text)]));
        let limits = Limits { shorten, refuse: shorten + more };
        let mails = mails(&snapshot, limits, language);
        let checked = mails.check_size(|_| true);
        for topics in (0..16).map(TopicSet::from_mask) {
            let whole = in_one_piece(&snapshot, limits, language, topics);
            match (mails.variant(topics), whole) {
                (Ok(joined), Some(whole)) => {
                    prop_assert_eq!(joined.detail, whole.detail);
                    prop_assert_eq!(joined.html_bytes, whole.html_bytes);
                    let bytes = String::from_utf8(joined.mail.shared_bytes()).expect("ASCII");
                    prop_assert_eq!(bytes, String::from_utf8(whole.mail).expect("ASCII"));
                    prop_assert_eq!(joined.html(), whole.html.replace("\r\n", "\n"));
                    prop_assert_eq!(joined.text(), whole.text.replace("\r\n", "\n"));
                }
                (Err(VariantError::TooLarge(_)), None) => prop_assert!(checked.is_err(), "{topics:?} is larger than all"),
                (joined, whole) => prop_assert!(false, "{joined:?} {:?}", whole.map(|one| one.html_bytes)),
            }
        }
    }
}

#[test]
fn a_reader_is_told_what_their_topics_hold_and_what_is_for_everyone() {
    let item = |title: &str, topics| {
        let text = EntryText {
            title: title.to_owned(),
            ..EntryText::default()
        };
        Item {
            uuid: title.to_owned(),
            kind: EntryKind::News,
            topics: TopicSet::from_mask(topics),
            original: Language::De.into(),
            texts: BTreeMap::from([(LanguageTag::from(Language::De), text)]),
            url: None,
            dated_at: None,
            when: None,
            place: None,
            organisation: String::new(),
            contact: None,
            reference: None,
            paper: PaperDetails::default(),
            moved_from: None,
            pinned: false,
            cancelled: false,
        }
    };
    let items = vec![
        item("Eins", 1),
        item("Zwei", 2),
        item("Beide", 3),
        item("Alle", 0),
    ];
    let snapshot = snapshot(&items, BTreeMap::new());
    let limits = mail_context().limits();
    let mails = mails(&snapshot, limits, Language::De);
    for (topics, expected) in [
        (1, &["Eins", "Beide", "Alle"][..]),
        (2, &["Zwei", "Beide", "Alle"]),
        (0, &["Alle"]),
    ] {
        let variant = mails
            .variant(TopicSet::from_mask(topics))
            .expect("a variant");
        assert_eq!(variant.entries, expected.len());
        let text = variant.text();
        for title in ["Eins", "Zwei", "Beide", "Alle"] {
            let told = text.lines().any(|line| line == format!("* {title}"));
            assert_eq!(told, expected.contains(&title), "{title} for {topics}");
        }
    }
}
