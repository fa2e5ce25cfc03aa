//! What an issue reads like for one language and one set of topics.

use chrono::NaiveDate;
use templates::When;
use templates::mails::issue::{self as template, Detail, IssueView, ItemView, SectionView};

use super::mail_context::{MailContext, wall_clock};
use super::mime::quoted_printable;
use super::placeholder::placeholder;
use super::prepare::Encoded;
use super::release::{Item, Release, SectionKind};
use super::rich_text::view_of;
use crate::domain::entry::{EntryText, EventTime};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::reason::Reason;
use crate::domain::text::{read_html, web_address};
use crate::domain::token::Purpose;
use crate::domain::topic::TopicSet;
use crate::store::variant::StoredVariant;

/// From much to little.
const DETAILS: [Detail; 3] = [Detail::Full, Detail::Short, Detail::TitlesOnly];

/// A rendered variant.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// Its parts, and how large they are.
    pub variant: Encoded,
    /// How much of each entry it shows.
    pub detail: Detail,
    /// How many entries it tells.
    pub entries: usize,
}

/// A mail that receivers would cut off, and with it the unsubscribe link at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the issue is too long: with {entries} entries, told by their titles only, its HTML has {} KB, and above {} KB mail programs cut it off; take entries out, or spread them over two issues",
    .bytes.div_ceil(1000),
    .most / 1000
)]
pub struct TooLarge {
    /// How many entries it tells.
    pub entries: usize,
    /// The size of its encoded HTML part.
    pub bytes: usize,
    /// How large it may be.
    pub most: usize,
}

impl TooLarge {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        Reason::TooLarge {
            entries: self.entries,
            bytes: self.bytes,
            most: self.most,
        }
    }
}

/// Renders the variant of a release for readers of `language` who chose `topics`: in full, or with
/// less of each entry until the encoded HTML is short enough.
pub fn render(
    mail_context: &MailContext,
    release: &Release,
    release_hash: &str,
    language: Language,
    topics: TopicSet,
) -> Result<Rendered, TooLarge> {
    let site = mail_context.site(language);
    let mut view = view(mail_context, release, release_hash, language, topics);
    let entries = view
        .sections
        .iter()
        .map(|section| section.items.len())
        .sum();
    let mut bytes = 0;
    for detail in DETAILS {
        view.detail = detail;
        let mail = template::mail(&site, &view);
        let variant = Encoded::new(StoredVariant {
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
        });
        bytes = variant.html_bytes();
        let enough = match detail {
            Detail::Full | Detail::Short => mail_context.html_warn(),
            Detail::TitlesOnly => mail_context.html_refuse(),
        };
        if bytes <= enough {
            return Ok(Rendered {
                variant,
                detail,
                entries,
            });
        }
    }
    Err(TooLarge {
        entries,
        bytes,
        most: mail_context.html_refuse(),
    })
}

/// The size of the encoded HTML for a reader of `topics` when entries are told by their titles only.
pub(super) fn least_bytes(
    mail_context: &MailContext,
    release: &Release,
    language: Language,
    topics: TopicSet,
) -> usize {
    let mut view = view(mail_context, release, "", language, topics);
    view.detail = Detail::TitlesOnly;
    quoted_printable(&template::mail(&mail_context.site(language), &view).html).len()
}

fn view(
    mail_context: &MailContext,
    release: &Release,
    release_hash: &str,
    language: Language,
    topics: TopicSet,
) -> IssueView {
    let link = |path: &str, purpose| {
        mail_context.link(&format!("{path}{}", placeholder(release_hash, purpose)))
    };
    let own = release.texts.get(&language);
    let written = |text: Option<&String>| text.filter(|text| !text.trim().is_empty()).cloned();
    IssueView {
        newsletter: newsletter_name(release, language),
        number: u64::try_from(release.number).unwrap_or(0),
        date: release.date,
        subject: written(own.map(|text| &text.subject)),
        introduction: written(own.map(|text| &text.introduction)),
        sections: release
            .sections
            .iter()
            .map(|section| SectionView {
                kind: match section.kind {
                    SectionKind::News => template::SectionKind::News,
                    SectionKind::Events => template::SectionKind::Events,
                    SectionKind::Council => template::SectionKind::Council,
                },
                items: section
                    .items
                    .iter()
                    .filter(|item| item.is_for(topics))
                    .map(|item| item_view(mail_context, release, item, language))
                    .collect(),
            })
            .filter(|section: &SectionView| !section.items.is_empty())
            .collect(),
        detail: Detail::Full,
        unsubscribe_url: link("/unsubscribe/", Purpose::Unsubscribe),
        preferences_url: link("/preferences/", Purpose::Preferences),
    }
}

fn newsletter_name(release: &Release, language: Language) -> String {
    let texts = &release.newsletter.texts;
    [language, Language::De, Language::En]
        .iter()
        .find_map(|one| texts.get(one))
        .or_else(|| texts.values().next())
        .map_or_else(|| release.newsletter.key.clone(), |text| text.name.clone())
}

fn item_view(
    mail_context: &MailContext,
    release: &Release,
    item: &Item,
    language: Language,
) -> ItemView {
    let (tag, text) = text_for(item, language);
    // Cleaned when it came in, and once more here: a text in the database is not trusted twice.
    let body = read_html(&text.body);
    let topics = release
        .topics
        .iter()
        .filter(|topic| !topic.mask.and(item.topics).is_empty());
    let dated = item
        .dated_at
        .map(|at| When::Day(wall_clock(at, release.newsletter.zone).date()));
    ItemView {
        title: text.title.clone(),
        lang: (!tag.is(language)).then(|| tag.as_str().to_owned()),
        teaser: text.teaser.clone(),
        body: view_of(body),
        url: item.url.as_deref().and_then(web_address),
        topics: topics
            .map(|topic| {
                let names = &topic.names;
                let name = names.get(&language).or_else(|| names.values().next());
                name.unwrap_or(&topic.key).clone()
            })
            .collect(),
        when: item.when.as_ref().map(when).or(dated),
        place: item.place.clone(),
        organisation: Some(item.organisation.clone())
            .filter(|name| name != mail_context.organisation()),
        contact: item.contact.clone(),
        reference: item.reference.clone(),
        cancelled: item.cancelled,
    }
}

/// The text in the reader's language, else the original.
fn text_for(item: &Item, language: Language) -> (&LanguageTag, &EntryText) {
    static NONE: EntryText = EntryText {
        title: String::new(),
        teaser: String::new(),
        body: String::new(),
    };
    item.texts
        .get_key_value(&LanguageTag::from(language))
        .or_else(|| item.texts.iter().find(|(tag, _)| tag.is(language)))
        .or_else(|| item.texts.get_key_value(&item.original))
        .or_else(|| item.texts.iter().next())
        .unwrap_or((&item.original, &NONE))
}

/// The time of an event on its own wall clock.
fn when(time: &EventTime) -> When {
    let starts = wall_clock(time.starts_at, time.zone);
    let ends = time.ends_at.map(|at| wall_clock(at, time.zone));
    if !time.all_day {
        return When::Time {
            starts,
            ends: ends.filter(|ends| *ends > starts),
        };
    }
    // The end is the first instant after the last day.
    let last: Option<NaiveDate> = ends.and_then(|ends| {
        let midnight = ends.time() == chrono::NaiveTime::MIN;
        if midnight {
            ends.date().pred_opt()
        } else {
            Some(ends.date())
        }
    });
    match last {
        Some(last) if last > starts.date() => When::Days {
            first: starts.date(),
            last,
        },
        _ => When::Day(starts.date()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::Config;
    use crate::domain::timestamp::Timestamp;

    fn at(text: &str) -> Timestamp {
        let time = text.parse::<chrono::DateTime<chrono::Utc>>();
        time.expect("a time").into()
    }

    fn mail_context() -> MailContext {
        MailContext::from_config(&Config::from_defaults(|config| {
            "Stadt Musterstadt".clone_into(&mut config.organisation.name);
            config.server.public_url = "https://news.example.org".parse().expect("a URL");
        }))
    }

    fn text(title: &str) -> EntryText {
        EntryText {
            title: title.to_owned(),
            teaser: String::new(),
            body: "<p onclick=\"x()\">Text</p><script>x()</script>".to_owned(),
        }
    }

    fn item(topics: i64, texts: &[(&str, &str)]) -> serde_json::Value {
        let texts = texts
            .iter()
            .map(|(tag, title)| ((*tag).to_owned(), text(title)))
            .collect::<BTreeMap<_, _>>();
        serde_json::json!({
            "uuid": "0", "kind": "news", "topics": topics, "original": "de", "texts": texts,
            "url": "javascript:x()", "dated_at": "2026-11-21T23:30:00Z", "when": null, "place": null,
            "organisation": "Kulturbüro", "contact": null, "reference": null, "cancelled": false,
        })
    }

    fn release(items: &[serde_json::Value]) -> Release {
        serde_json::from_value(serde_json::json!({
            "version": 1,
            "newsletter": {
                "key": "region",
                "texts": { "de": { "name": "Region aktuell", "description": "" } },
                "sender_name": "Region", "sender_address": "region@example.org", "reply_to": null,
                "zone": "Europe/Berlin",
            },
            "number": 14,
            "date": "2026-11-22",
            "texts": { "de": { "subject": "Betreff", "introduction": " " } },
            "topics": [{ "mask": 1, "key": "culture", "names": { "de": "Kultur", "en": "Culture" } }],
            "sections": [{ "kind": "news", "items": items }],
        }))
        .expect("a release")
    }

    fn shown(release: &Release, language: Language, topics: i64) -> IssueView {
        view(
            &mail_context(),
            release,
            "ab",
            language,
            TopicSet::from_mask(topics),
        )
    }

    fn titles(view: &IssueView) -> Vec<&str> {
        let items = view.sections.iter().flat_map(|section| &section.items);
        items.map(|item| item.title.as_str()).collect()
    }

    #[test]
    fn a_reader_is_told_what_their_topics_hold_and_what_is_for_everyone() {
        let release = release(&[
            item(1, &[("de", "Eins")]),
            item(2, &[("de", "Zwei")]),
            item(3, &[("de", "Beide")]),
            item(0, &[("de", "Alle")]),
        ]);
        assert_eq!(
            titles(&shown(&release, Language::De, 1)),
            ["Eins", "Beide", "Alle"]
        );
        assert_eq!(
            titles(&shown(&release, Language::De, 2)),
            ["Zwei", "Beide", "Alle"]
        );
        assert_eq!(titles(&shown(&release, Language::De, 0)), ["Alle"]);
        let none = super::tests::release(&[item(1, &[("de", "Eins")])]);
        assert!(shown(&none, Language::De, 2).sections.is_empty());
    }

    #[test]
    fn a_text_in_another_language_is_marked() {
        let release = release(&[
            item(0, &[("de", "Deutsch"), ("fr", "Français")]),
            item(0, &[("de", "Nur deutsch")]),
            item(0, &[("de", "Deutsch"), ("nl-be", "Vlaams")]),
        ]);
        let marks = |language| {
            let view = shown(&release, language, 0);
            let items = view.sections.into_iter().flat_map(|section| section.items);
            items
                .map(|item| (item.title, item.lang))
                .collect::<Vec<_>>()
        };
        let own = |title: &str| (title.to_owned(), None);
        let german = |title: &str| (title.to_owned(), Some("de".to_owned()));
        assert_eq!(
            marks(Language::De),
            [own("Deutsch"), own("Nur deutsch"), own("Deutsch")]
        );
        assert_eq!(
            marks(Language::Fr),
            [own("Français"), german("Nur deutsch"), german("Deutsch")]
        );
        assert_eq!(
            marks(Language::Nl),
            [german("Deutsch"), german("Nur deutsch"), own("Vlaams")]
        );
    }

    #[test]
    fn nothing_stored_is_trusted_twice() {
        let view = shown(&release(&[item(1, &[("de", "Eins")])]), Language::En, 1);
        let item = &view.sections[0].items[0];
        let text = templates::rich_text::Inline::Text("Text".to_owned());
        assert_eq!(
            item.body,
            [templates::rich_text::Block::Paragraph(vec![text])]
        );
        assert_eq!(item.url, None);
        assert_eq!(item.topics, ["Culture"]);
        assert_eq!(item.organisation.as_deref(), Some("Kulturbüro"));
        // Half past midnight in Berlin.
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        assert_eq!(item.when, Some(When::Day(day)));
        // No English wording of the issue: the templates make a subject.
        assert_eq!(
            (view.subject, view.newsletter.as_str()),
            (None, "Region aktuell")
        );
    }

    #[test]
    fn days_are_told_on_the_clock_of_the_place() {
        let day = |day| NaiveDate::from_ymd_opt(2027, 3, day).expect("a day");
        let time = |starts: &str, ends: Option<&str>, all_day| {
            when(&EventTime {
                starts_at: at(starts),
                ends_at: ends.map(at),
                all_day,
                zone: chrono_tz::Europe::Berlin,
            })
        };
        // The night of 28 March is an hour shorter.
        assert_eq!(
            time("2027-03-27T23:00:00Z", Some("2027-03-28T22:00:00Z"), true),
            When::Day(day(28))
        );
        assert_eq!(
            time("2027-03-26T23:00:00Z", Some("2027-03-28T22:00:00Z"), true),
            When::Days {
                first: day(27),
                last: day(28)
            }
        );
        assert_eq!(time("2027-03-27T23:00:00Z", None, true), When::Day(day(28)));
        let starts = day(28).and_hms_opt(19, 30, 0).expect("a time");
        assert_eq!(
            time("2027-03-28T17:30:00Z", None, false),
            When::Time { starts, ends: None }
        );
        assert_eq!(
            time("2027-03-28T17:30:00Z", Some("2027-03-28T17:30:00Z"), false),
            When::Time { starts, ends: None }
        );
    }
}
