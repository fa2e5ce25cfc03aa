//! The snapshot of an issue as the templates take it.

use chrono::NaiveDate;
use templates::When;
use templates::mails::issue::{
    self as template, Change, ContactView, Detail, IssueView, ItemView, PaperView, Texts,
};

use super::mail_context::{MailContext, wall_clock};
use super::placeholder::placeholder;
use super::rich_text::view_of;
use super::site::locale;
use super::snapshot::{Item, SectionKind, Snapshot};
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{EntryKind, EntryText, EventTime};
use crate::domain::language::{self, Language, LanguageTag};
use crate::domain::text::{read_html, web_address};
use crate::domain::token::Purpose;

/// What surrounds the entries, in a mail of `language`; the links end in placeholders for the
/// personal tokens, derived from `seed`.
pub(super) fn around(
    mail_context: &MailContext,
    snapshot: &Snapshot,
    seed: &str,
    language: Language,
) -> IssueView {
    let link =
        |path: &str, purpose| mail_context.link(&format!("{path}{}", placeholder(seed, purpose)));
    let own = snapshot.texts.get(&language);
    let written = |text: Option<&String>| text.filter(|text| !text.trim().is_empty()).cloned();
    IssueView {
        newsletter: newsletter_name(snapshot, language),
        number: u64::try_from(snapshot.number).unwrap_or(0),
        date: snapshot.date,
        // As long as every variant of a language has the same.
        subject: Some(subject(snapshot, language)),
        name_in_subject: false,
        introduction: written(own.map(|text| &text.introduction)),
        sections: Vec::new(),
        texts: Texts::Whole,
        detail: Detail::Full,
        unsubscribe_url: link("/unsubscribe/", Purpose::Unsubscribe),
        preferences_url: link("/preferences/", Purpose::Preferences),
    }
}

/// The subject of every mail in `language`.
pub(super) fn subject(snapshot: &Snapshot, language: Language) -> String {
    let written = snapshot.texts.get(&language).map(|text| &text.subject);
    written
        .filter(|subject| !subject.trim().is_empty())
        .cloned()
        .unwrap_or_else(|| {
            let number = u64::try_from(snapshot.number).unwrap_or(0);
            template::default_subject(
                locale(language),
                &newsletter_name(snapshot, language),
                number,
            )
        })
}

/// The kind of a section.
pub(super) const fn section_kind(kind: SectionKind) -> template::SectionKind {
    match kind {
        SectionKind::News => template::SectionKind::News,
        SectionKind::Events => template::SectionKind::Events,
        SectionKind::Council => template::SectionKind::Council,
    }
}

/// The title of an entry for a reader of `language`.
pub(super) fn title(item: &Item, language: Language) -> &str {
    &text_for(item, language).1.title
}

fn newsletter_name(snapshot: &Snapshot, language: Language) -> String {
    let texts = &snapshot.newsletter.texts;
    [language, Language::De, Language::En]
        .iter()
        .find_map(|one| texts.get(one))
        .or_else(|| texts.values().next())
        .map_or_else(|| snapshot.newsletter.key.clone(), |text| text.name.clone())
}

/// An entry for a reader of `language`.
pub(super) fn item(
    mail_context: &MailContext,
    snapshot: &Snapshot,
    item: &Item,
    language: Language,
) -> ItemView {
    let (tag, text) = text_for(item, language);
    // Cleaned when it came in, and once more here: a text in the database is not trusted twice.
    let body = read_html(&text.body);
    let topics = snapshot
        .topics
        .iter()
        .filter(|topic| !topic.mask.and(item.topics).is_empty());
    let dated = item
        .dated_at
        .map(|at| When::Day(wall_clock(at, snapshot.newsletter.zone).date()));
    ItemView {
        anchor: anchor(&item.uuid),
        lead: false,
        title: text.title.clone(),
        lang: (!tag.is(language)).then(|| tag.as_str().to_owned()),
        teaser: text.teaser.clone(),
        body: view_of(body),
        picture: None,
        more_url: item.url.as_deref().and_then(web_address),
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
        contact: item.contact.as_ref().map(contact),
        reference: item.reference.clone(),
        change: change(item),
        paper: (item.kind == EntryKind::Paper).then(|| paper(item, text)),
    }
}

fn contact(contact: &Contact) -> ContactView {
    ContactView {
        name: contact.name.clone(),
        email: contact.email.as_ref().map(Address::display),
        phone: contact.phone.clone(),
    }
}

/// What became of an event.
fn change(item: &Item) -> Option<Change> {
    if item.cancelled {
        return Some(Change::Cancelled);
    }
    let (from, time) = (item.moved_from?, item.when.as_ref()?);
    let from = EventTime {
        starts_at: from,
        ends_at: None,
        ..time.clone()
    };
    Some(Change::Moved { from: when(&from) })
}

fn paper(item: &Item, text: &EntryText) -> PaperView {
    let written = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let attachments = item.paper.attachments.iter();
    PaperView {
        committee: item.paper.committee.clone(),
        decision: written(&text.decision),
        effects: written(&text.effects),
        attachments: attachments
            .map(|one| (one.title.clone(), one.url.clone()))
            .collect(),
    }
}

/// The name of an entry in links within a mail: the end of its UUID, which is random.
fn anchor(uuid: &str) -> String {
    let digits: String = uuid.chars().filter(char::is_ascii_hexdigit).collect();
    format!("e-{}", &digits[digits.len().saturating_sub(12)..])
}

/// The text in the reader's language, else the original.
fn text_for(item: &Item, language: Language) -> (&LanguageTag, &EntryText) {
    static NONE: EntryText = EntryText {
        title: String::new(),
        teaser: String::new(),
        body: String::new(),
        decision: String::new(),
        effects: String::new(),
    };
    language::text_for(&item.texts, &item.original, language).unwrap_or((&item.original, &NONE))
}

/// The time of an event on its own wall clock.
pub fn when(time: &EventTime) -> When {
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
            ..EntryText::default()
        }
    }

    fn item(texts: &[(&str, &str)]) -> serde_json::Value {
        let texts = texts
            .iter()
            .map(|(tag, title)| ((*tag).to_owned(), text(title)))
            .collect::<BTreeMap<_, _>>();
        serde_json::json!({
            "uuid": "0", "kind": "news", "topics": 1, "original": "de", "texts": texts,
            "url": "javascript:x()", "dated_at": "2026-11-21T23:30:00Z", "when": null, "place": null,
            "organisation": "Kulturbüro", "contact": null, "reference": null, "cancelled": false,
        })
    }

    fn snapshot(items: &[serde_json::Value]) -> Snapshot {
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
        .expect("a snapshot")
    }

    fn shown(snapshot: &Snapshot, language: Language) -> Vec<ItemView> {
        let items = snapshot.items();
        items
            .map(|one| super::item(&mail_context(), snapshot, one, language))
            .collect()
    }

    #[test]
    fn a_text_in_another_language_is_marked() {
        let snapshot = snapshot(&[
            item(&[("de", "Deutsch"), ("fr", "Français")]),
            item(&[("de", "Nur deutsch")]),
            item(&[("de", "Deutsch"), ("nl-be", "Vlaams")]),
        ]);
        let marks = |language| {
            let items = shown(&snapshot, language).into_iter();
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
        let snapshot = snapshot(&[item(&[("de", "Eins")])]);
        let item = &shown(&snapshot, Language::En)[0];
        let text = templates::rich_text::Inline::Text("Text".to_owned());
        assert_eq!(
            item.body,
            [templates::rich_text::Block::Paragraph(vec![text])]
        );
        assert_eq!(item.more_url, None);
        assert_eq!(item.topics, ["Culture"]);
        assert_eq!(item.organisation.as_deref(), Some("Kulturbüro"));
        // Half past midnight in Berlin.
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        assert_eq!(item.when, Some(When::Day(day)));
    }

    #[test]
    fn without_a_subject_of_its_own_an_issue_has_the_default() {
        let snapshot = snapshot(&[]);
        assert_eq!(subject(&snapshot, Language::De), "Betreff");
        assert_eq!(subject(&snapshot, Language::En), "Region aktuell, issue 14");
        for language in Language::ALL {
            let view = around(&mail_context(), &snapshot, "seed", *language);
            let site = mail_context().site(*language);
            let mail = template::mail(&site, &view);
            assert_eq!(mail.subject, subject(&snapshot, *language));
        }
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
