//! The snapshot of an issue as the templates take it.

use chrono::{Datelike as _, NaiveDate};
use templates::When;
use templates::mails::issue::{
    self as template, Change, ContactView, Detail, EventNote, IssueView, ItemView, PaperView, Texts,
};
use templates::picture::PictureView;

use super::mail_context::{MailContext, wall_clock};
use super::placeholder::placeholder;
use super::rich_text::view_of;
use super::snapshot::{Item, SectionKind, Snapshot};
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{Attendance, EntryKind, EntryText, EventStatus, EventTime};
use crate::domain::language::{self, Language, LanguageTag};
use crate::domain::newsletter::TextLength;
use crate::domain::picture::{Variant, fit};
use crate::domain::text::{html_to_plain, opening, read_html, web_address};
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
        subject: written_subject(snapshot, language),
        name_in_subject: snapshot.newsletter.digest.name_in_subject,
        introduction: written(own.map(|text| &text.introduction)),
        sections: Vec::new(),
        texts: texts(snapshot),
        detail: Detail::Full,
        unsubscribe_url: link("/unsubscribe/", Purpose::Unsubscribe),
        preferences_url: link("/preferences/", Purpose::Preferences),
    }
}

/// The subject that an editor wrote in `language`.
pub(super) fn written_subject(snapshot: &Snapshot, language: Language) -> Option<String> {
    let written = snapshot.texts.get(&language).map(|text| &text.subject);
    written
        .filter(|subject| !subject.trim().is_empty())
        .cloned()
}

/// How much of its entries a newsletter tells.
pub(super) const fn texts(snapshot: &Snapshot) -> Texts {
    match snapshot.newsletter.digest.texts {
        TextLength::Teaser => Texts::Teaser,
        TextLength::Whole => Texts::Whole,
    }
}

/// The page that lists all entries of a kind.
pub(super) fn list_url(
    public_url: &str,
    kind: template::SectionKind,
    language: Language,
) -> String {
    let path = match kind {
        template::SectionKind::News => "news",
        template::SectionKind::Events => "events",
        template::SectionKind::Council => "papers",
    };
    format!("{public_url}/{path}?lang={language}")
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

/// The newsletter's name for a reader of `language`.
pub(super) fn newsletter_name(snapshot: &Snapshot, language: Language) -> String {
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
    let topics = snapshot
        .topics
        .iter()
        .filter(|topic| !topic.mask.and(item.topics).is_empty());
    let dated = item
        .dated_at
        .map(|at| When::Day(wall_clock(at, snapshot.newsletter.zone).date()));
    let when = item.when.as_ref().map(when).or(dated);
    let (teaser, body) = match snapshot.newsletter.digest.texts {
        TextLength::Teaser => (teaser(text), Vec::new()),
        // Cleaned when it came in, and once more here: a text in the database is not trusted twice.
        TextLength::Whole => (text.teaser.clone(), view_of(read_html(&text.body))),
    };
    ItemView {
        anchor: anchor(&item.uuid),
        lead: false,
        title: text.title.clone(),
        lang: (!tag.is(language)).then(|| tag.as_str().to_owned()),
        teaser,
        body,
        picture: picture(mail_context, item, language),
        more_url: more_url(mail_context, item, language),
        topics: topics
            .map(|topic| {
                let names = &topic.names;
                let name = names.get(&language).or_else(|| names.values().next());
                name.unwrap_or(&topic.key).clone()
            })
            .collect(),
        when,
        this_year: when.is_some_and(|when| when.first_day().year() == snapshot.date.year()),
        place: item.place.clone(),
        organisation: Some(item.organisation.clone())
            .filter(|name| name != mail_context.organisation()),
        contact: item.contact.as_ref().map(contact),
        reference: item.reference.clone(),
        change: change(item),
        notes: notes(item),
        paper: (item.kind == EntryKind::Paper).then(|| paper(item, text)),
    }
}

/// The page that tells more: the entry's own, else that of this installation.
fn more_url(mail_context: &MailContext, item: &Item, language: Language) -> Option<String> {
    let here = || {
        let page = item.page.as_deref()?;
        Some(mail_context.link(&format!("{page}?lang={language}")))
    };
    item.url.as_deref().and_then(web_address).or_else(here)
}

/// The width of a mail: files for mails have twice as many pixels.
const MAIL_WIDTH: u32 = 600;

fn picture(mail_context: &MailContext, item: &Item, language: Language) -> Option<PictureView> {
    let picture = item.picture.as_ref()?;
    let (width, height) = fit((picture.width, picture.height), MAIL_WIDTH);
    let alternative = picture.alternative.text(&language.into(), &item.original);
    Some(PictureView {
        src: mail_context.link(&picture.path(Variant::Mail)),
        width,
        height,
        alt: alternative.map(str::to_owned),
        credit: picture.credit.clone(),
    })
}

/// Characters of a teaser that is taken from the text.
const TEASER: usize = 300;

/// The teaser; where nobody wrote one, the first sentences of the text. What sources give as a teaser is
/// often the beginning of the text, cut anywhere.
fn teaser(text: &EntryText) -> String {
    let body = html_to_plain(&text.body);
    let written = text.teaser.trim_end_matches(['…', ' ']);
    if !body.is_empty() && body.starts_with(written) {
        return opening(&body, TEASER);
    }
    if text.teaser.ends_with('…') {
        return opening(&text.teaser, TEASER);
    }
    text.teaser.clone()
}

/// The name of an entry in links within the mail: the end of its UUID, which is random.
fn anchor(uuid: &str) -> String {
    let letters = uuid.chars().filter(char::is_ascii_alphanumeric);
    let letters: Vec<char> = letters.collect();
    let end = &letters[letters.len().saturating_sub(12)..];
    format!("entry-{}", end.iter().collect::<String>())
}

fn contact(contact: &Contact) -> ContactView {
    ContactView {
        name: contact.name.clone(),
        email: contact.email.as_ref().map(Address::display),
        phone: contact.phone.clone(),
    }
}

/// What matters of an event besides when and where; nothing of one that is called off.
fn notes(item: &Item) -> Vec<EventNote> {
    let details = &item.details;
    let Some(when) = item.when.as_ref().filter(|_| !item.cancelled) else {
        return Vec::new();
    };
    let status = match details.status {
        EventStatus::Planned => None,
        EventStatus::Full => Some(EventNote::Full),
        EventStatus::Postponed => Some(EventNote::Postponed),
        EventStatus::MovedOnline => Some(EventNote::MovedOnline),
    };
    let online = details.attendance != Attendance::Place && status != Some(EventNote::MovedOnline);
    let until = details.registration_until.filter(|_| status.is_none());
    let until = until.map(|at| EventNote::RegisterBy(wall_clock(at, when.zone).date()));
    let online = online.then_some(EventNote::Online);
    [status, online, until].into_iter().flatten().collect()
}

fn change(item: &Item) -> Option<Change> {
    if item.cancelled {
        return Some(Change::Cancelled);
    }
    let (time, moved_from) = (item.when.as_ref()?, item.moved_from?);
    Some(Change::Moved {
        from: when(&time.earlier(moved_from)),
    })
}

fn paper(item: &Item, text: &EntryText) -> PaperView {
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    let attachments = item.paper.attachments.iter();
    PaperView {
        committee: item.paper.committee.clone(),
        decision: said(&text.decision),
        effects: said(&text.effects),
        attachments: attachments
            .filter_map(|one| Some((one.title.clone(), web_address(&one.url)?)))
            .collect(),
    }
}

/// The text in the reader's language, else the original.
fn text_for(item: &Item, language: Language) -> (&LanguageTag, &EntryText) {
    static NONE: EntryText = EntryText {
        title: String::new(),
        teaser: String::new(),
        body: String::new(),
        decision: String::new(),
        effects: String::new(),
        translated_from: None,
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
    fn a_missing_teaser_is_taken_from_the_text() {
        let teaser = |teaser: &str, body: &str| {
            super::teaser(&EntryText {
                teaser: teaser.to_owned(),
                body: body.to_owned(),
                ..EntryText::default()
            })
        };
        assert_eq!(teaser("Geschrieben.", "<p>Der Text.</p>"), "Geschrieben.");
        assert_eq!(teaser("", "<p>Der <em>Text</em>.</p>"), "Der Text.");
        let long = "Ein Satz von genau vierzig Zeichen Länge. ".repeat(20);
        let cut = format!("{}…", &long[..500].trim_end());
        for given in ["", cut.as_str()] {
            let taken = teaser(given, &format!("<p>{long}</p>"));
            assert!(
                taken.ends_with("Länge.") && taken.len() > 200 && taken.chars().count() <= 300,
                "{taken}"
            );
        }
        assert!(
            teaser(&cut, "").ends_with("Länge."),
            "the source cut it anywhere"
        );
        assert_eq!(teaser("", ""), "");
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
