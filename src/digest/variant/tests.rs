use std::collections::BTreeMap;
use std::time::Duration;

use chrono::NaiveDate;
use proptest::prelude::*;
use templates::mails::issue::{self as template, IssueView, SectionView};

use super::*;
use crate::config::Config;
use crate::digest::MailContext;
use crate::digest::mime::{Head, alternative_with, quoted_printable};
use crate::digest::snapshot::{Item, ReleasedNewsletter, ReleasedTopic, Section, SectionKind};
use crate::digest::views;
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{Details, EntryKind, EntryText, EventTime, PaperDetails};
use crate::domain::language::LanguageTag;
use crate::domain::newsletter::{DigestSettings, NewsletterText, TextLength};
use crate::domain::picture::{Alternative, EntryPicture, FocusPoint, PictureHash};
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

fn snapshot(
    items: &[Item],
    texts: BTreeMap<Language, IssueText>,
    digest: DigestSettings,
) -> Snapshot {
    let sections = SectionKind::ALL.into_iter().map(|kind| {
        let own = items
            .iter()
            .filter(|item| SectionKind::of(item.kind) == kind);
        Section::new(kind, own.cloned().collect(), kind.most(digest))
    });
    let sections = sections.filter(|section| !section.items.is_empty());
    let date = NaiveDate::from_ymd_opt(2027, 1, 15).expect("a day");
    let newsletter = ReleasedNewsletter {
        digest,
        ..newsletter()
    };
    let mut snapshot = Snapshot::new(newsletter, 14, date, texts, sections.collect());
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
    let parts = LanguageParts::render(&context, snapshot, limits, language);
    let headers = MessageHeaders::new(snapshot, context.public_url(), now());
    LanguageMails::new(snapshot, &parts.expect("parts"), &headers, limits, language).expect("mails")
}

/// What a variant is in one piece.
struct Whole {
    detail: Detail,
    subject: String,
    html: String,
    text: String,
    html_bytes: usize,
    mail: Vec<u8>,
}

/// How a reader's mail is rendered where nothing is joined.
struct InOnePiece<'a> {
    context: MailContext,
    /// Every entry, told or not.
    items: &'a [Item],
    snapshot: &'a Snapshot,
    limits: Limits,
    language: Language,
    topics: TopicSet,
}

impl InOnePiece<'_> {
    /// Renders it with less and less, until its HTML is short enough.
    fn whole(&self) -> Option<Whole> {
        for detail in Detail::ALL {
            let most = match detail {
                Detail::TitlesOnly => self.limits.refuse,
                _ => self.limits.shorten,
            };
            let whole = self.encoded(detail, usize::MAX);
            if whole.html_bytes <= most {
                return Some(whole);
            }
        }
        (1..self.items.len())
            .rev()
            .map(|fewer| self.encoded(Detail::TitlesOnly, fewer))
            .find(|whole| whole.html_bytes <= self.limits.refuse)
    }

    fn encoded(&self, detail: Detail, fewer: usize) -> Whole {
        let site = self.context.site(self.language);
        let seed = self.snapshot.seed();
        let view = IssueView {
            sections: self.sections(detail, fewer),
            detail,
            ..views::around(&self.context, self.snapshot, &seed, self.language)
        };
        let mail = template::mail(&site, &view);
        let [text, html] = [&mail.text, &mail.html].map(|content| quoted_printable(content));
        let headers = MessageHeaders::new(self.snapshot, self.context.public_url(), now());
        let placeholders = Placeholders::new(&seed);
        let head = headers::before_subject(&headers).into_text()
            + &headers::subject(&mail.subject).into_text()
            + &headers::after_subject(&headers, &placeholders.unsubscribe).into_text();
        let seeds = [seed.as_str(), self.language.as_str()];
        Whole {
            detail,
            html_bytes: html.len(),
            mail: alternative_with(&seeds, Head::from_text(head), self.language, &text, &html),
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
        }
    }

    fn sections(&self, detail: Detail, fewer: usize) -> Vec<SectionView> {
        let digest = self.snapshot.newsletter.digest;
        let section = |kind: SectionKind| {
            let items = self.items.iter();
            let mut own: Vec<_> = items
                .filter(|item| SectionKind::of(item.kind) == kind && item.is_for(self.topics))
                .collect();
            own.sort_by_key(|item| !item.pinned);
            let all = own.len();
            own.truncate(fewer.min(kind.most(digest) as usize));
            let left_out = all - own.len();
            let leads = kind == SectionKind::News && detail == Detail::Full;
            let items = own
                .into_iter()
                .enumerate()
                .map(|(at, item)| template::ItemView {
                    lead: leads && at == 0,
                    ..views::item(&self.context, self.snapshot, item, self.language)
                });
            let kind = views::section_kind(kind);
            SectionView {
                kind,
                items: items.collect(),
                more: (left_out > 0).then(|| template::MoreView {
                    count: left_out,
                    url: views::list_url(self.context.public_url(), kind, self.language),
                }),
            }
        };
        let sections = SectionKind::ALL.into_iter().map(section);
        sections
            .filter(|section| !section.items.is_empty())
            .collect()
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-zäöüß ,.–„“<>&\"=-]{0,60}",
        1 => "(?s).{0,40}",
        1 => "[ \t]{0,3}[😀ä=]{60,130}",
    ]
}

fn picture() -> EntryPicture {
    EntryPicture {
        hash: PictureHash::of(b"a picture"),
        width: 1600,
        height: 900,
        alternative: Alternative::Texts(BTreeMap::from([(
            LanguageTag::from(Language::De),
            "Ein Brunnen".to_owned(),
        )])),
        credit: Some("Stadtarchiv".to_owned()),
        focus: FocusPoint::default(),
    }
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
        prop::bool::weighted(0.2),
    )
        .prop_map(|(kind, topics, texts, url, extra, flag, pinned)| Item {
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
            details: Details::default(),
            moved_from: flag.then(|| now().minus(Duration::from_hours(30))),
            pinned,
            cancelled: flag && pinned,
            page: pinned.then(|| "/news/2027-01-15-meldung-0123456789ab".to_owned()),
            picture: flag.then(picture),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The mail of every variant is, byte for byte, the mail that would be rendered in one piece of all
    /// entries that are for its reader.
    #[test]
    fn joined_mails_are_the_mails_in_one_piece(
        items in prop::collection::vec(item(), 1..14),
        own in (prop_oneof![words(), Just(String::new())], prop::collection::vec(words(), 0..3)),
        language in language(),
        digest in digest(),
        shorten in 2_000_usize..30_000,
        more in 0_usize..12_000,
    ) {
        let text = IssueText { subject: own.0, introduction: own.1.join("\n\n") };
        let snapshot = snapshot(&items, BTreeMap::from([(language, text)]), digest);
        let limits = Limits { shorten, refuse: shorten + more };
        let mails = mails(&snapshot, limits, language);
        let checked = mails.check_size();
        for topics in (0..16).map(TopicSet::from_mask) {
            let reader = InOnePiece { context: mail_context(), items: &items, snapshot: &snapshot, limits, language, topics };
            match (mails.variant(topics), reader.whole()) {
                (Ok(joined), Some(whole)) => {
                    prop_assert_eq!(joined.detail, whole.detail);
                    prop_assert_eq!(&joined.subject, &whole.subject);
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

fn digest() -> impl Strategy<Value = DigestSettings> {
    let most = || prop_oneof![1_u32..5, Just(u32::MAX)];
    let texts = prop_oneof![Just(TextLength::Teaser), Just(TextLength::Whole)];
    (texts, most(), most(), most(), any::<bool>()).prop_map(
        |(texts, most_news, most_events, most_papers, name_in_subject)| DigestSettings {
            texts,
            most_news,
            most_events,
            most_papers,
            name_in_subject,
        },
    )
}

fn news(title: &str, topics: i64) -> Item {
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
        details: Details::default(),
        moved_from: None,
        pinned: false,
        cancelled: false,
        page: None,
        picture: None,
    }
}

#[test]
fn a_reader_is_told_what_their_topics_hold_and_what_is_for_everyone() {
    let items = vec![
        news("Eins", 1),
        news("Zwei", 2),
        news("Beide", 3),
        news("Alle", 0),
    ];
    let snapshot = snapshot(&items, BTreeMap::new(), DigestSettings::default());
    let mails = mails(&snapshot, mail_context().limits(), Language::De);
    for (topics, expected, subject) in [
        (1, &["Eins", "Beide", "Alle"][..], "Eins, Beide und Alle"),
        (2, &["Zwei", "Beide", "Alle"], "Zwei, Beide und Alle"),
        (0, &["Alle"], "Alle"),
    ] {
        let variant = mails
            .variant(TopicSet::from_mask(topics))
            .expect("a variant");
        assert_eq!(variant.entries, expected.len());
        assert_eq!(variant.subject, subject);
        let html = variant.html();
        for title in ["Eins", "Zwei", "Beide", "Alle"] {
            let told = html.contains(title);
            assert_eq!(told, expected.contains(&title), "{title} for {topics}");
        }
    }
}

/// Each reader gets as many of their own entries as the newsletter wants, and is told of the rest; the
/// issue keeps the texts of those alone that somebody is told.
#[test]
fn limits_count_what_is_for_the_reader() {
    let mut items: Vec<_> = (0..20).map(|at| news(&format!("Bau {at}"), 1)).collect();
    items.extend((0..3).map(|at| news(&format!("Kultur {at}"), 2)));
    items.push(news("Beides", 3));
    items[7].pinned = true;
    let digest = DigestSettings {
        most_news: 3,
        ..DigestSettings::default()
    };
    let snapshot = snapshot(&items, BTreeMap::new(), digest);
    assert_eq!(snapshot.items().count(), 6, "three of each topic");
    let mails = mails(&snapshot, mail_context().limits(), Language::De);
    for (topics, told, left_out, subject) in [
        (1, 3, 18, "Bau 7, Bau 0, Bau 1 und 18 weitere Meldungen"),
        (
            2,
            3,
            1,
            "Kultur 0, Kultur 1, Kultur 2 und eine weitere Meldung",
        ),
        (3, 3, 21, "Bau 7, Bau 0, Bau 1 und 21 weitere Meldungen"),
    ] {
        let variant = mails
            .variant(TopicSet::from_mask(topics))
            .expect("a variant");
        assert_eq!(
            (variant.entries, variant.left_out),
            (told, left_out),
            "{topics}"
        );
        assert_eq!(variant.subject, subject);
        let text = variant.text();
        assert!(
            text.contains("https://news.example.org/news?lang=de"),
            "{text}"
        );
    }
}

#[test]
fn the_subject_is_the_editors_or_begins_with_the_newsletter() {
    let items = [news("Eins", 0)];
    let own = IssueText {
        subject: "Sonderausgabe zum Hochwasser".to_owned(),
        introduction: String::new(),
    };
    let digest = DigestSettings {
        name_in_subject: true,
        ..DigestSettings::default()
    };
    let subject = |language, texts: BTreeMap<_, _>| {
        let snapshot = snapshot(&items, texts, digest);
        let mails = mails(&snapshot, mail_context().limits(), language);
        mails.variant(TopicSet::EMPTY).expect("a variant").subject
    };
    let texts = BTreeMap::from([(Language::De, own)]);
    assert_eq!(
        subject(Language::De, texts.clone()),
        "Sonderausgabe zum Hochwasser"
    );
    assert_eq!(subject(Language::En, texts), "Region „aktuell“: Eins");
}

/// The hash of an approval covers the picture of an entry, and what is said of it.
#[test]
fn another_picture_or_alternative_text_is_another_issue() {
    let sealed = |picture: Option<EntryPicture>| {
        let item = Item {
            picture,
            ..news("Eins", 0)
        };
        snapshot(&[item], BTreeMap::new(), DigestSettings::default())
            .seal()
            .1
    };
    let shown = picture();
    let mut hashes = vec![
        sealed(None),
        sealed(Some(shown.clone())),
        sealed(Some(EntryPicture {
            hash: PictureHash::of(b"another picture"),
            ..shown.clone()
        })),
        sealed(Some(EntryPicture {
            alternative: Alternative::Decorative,
            ..shown.clone()
        })),
        sealed(Some(EntryPicture {
            credit: None,
            ..shown
        })),
    ];
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 5);
}
