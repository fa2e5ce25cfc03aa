//! An entry as its page takes it.

use chrono::{DateTime, FixedOffset};
use templates::pages::entry::{
    self as entry, Addresses, ContactView, EntryView, Occasion, PaperView, Status, TakingPart,
    TopicLink,
};

use crate::app::subscriptions::Catalogue;
use crate::digest::rich_text::view_of;
use crate::digest::when;
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{Accessibility, Attendance, Details, EntryText, EventStatus, EventTime};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::permalink::{self, Section, ZONE};
use crate::domain::picture::{EntryPicture, Variant};
use crate::domain::text::{read_html, web_address};
use crate::domain::timestamp::Timestamp;
use crate::store::entry::Entry;
use crate::web::kind::kind;
use crate::web::public::reading::{self, Pictures, Reading};
use crate::web::{Reader, WebState};

/// The longer side of the picture, in pixels of the layout: the width of the text.
const PICTURE: u32 = 800;

/// What the page shows.
pub(super) struct Shown<'a> {
    pub(super) entry: &'a Entry,
    pub(super) further: &'a [Entry],
    pub(super) pictures: &'a Pictures,
}

pub(super) fn view(
    state: &WebState,
    reader: &Reader,
    catalogue: &Catalogue,
    shown: &Shown<'_>,
) -> EntryView {
    let (entry, pictures) = (shown.entry, shown.pictures);
    let picture = pictures.get(&entry.id);
    let reading = Reading::of(entry, reader.language);
    let content = &entry.content;
    let since = entry.published_at.unwrap_or(entry.created_at);
    let section = Section::of(content.kind);
    let list = format!("/{section}");
    let topics = reading::topics(catalogue, content.topics).map(|topic| TopicLink {
        name: topic.name(reader.language).to_owned(),
        href: reader.link(&list, [("topic", topic.key.as_str())]),
    });
    EntryView {
        kind: kind(content.kind),
        title: reading.text.title.clone(),
        lang: reading.lang(),
        teaser: reading.teaser().to_owned(),
        // Cleaned when it came in, and once more here: a text in the database is not trusted twice.
        body: view_of(read_html(&reading.text.body)),
        description: reading.description(),
        picture: picture
            .map(|one| reading::picture(entry, reading.tag, one, (Variant::W800, PICTURE))),
        picture_files: picture.map_or_else(Vec::new, files),
        organisation: entry.organisation_name.clone(),
        date: permalink::day(content, since),
        published: moment(since, ZONE),
        modified: moment(entry.updated_at.max(since), ZONE),
        occasion: content.when.as_ref().map(|time| occasion(entry, time)),
        paper: paper(entry, reading.text),
        cancelled: reading::is_cancelled(entry),
        contact: content.contact.as_ref().map(contact),
        url: content.url.as_deref().and_then(web_address),
        topics: topics.collect(),
        more: shown
            .further
            .iter()
            .map(|one| reading::item(reader, one, pictures))
            .collect(),
        newsletters: reading::newsletters(reader, catalogue, content.topics),
        addresses: addresses(state, reader, entry, reading.tag),
    }
}

/// An instant with the offset that holds there then.
fn moment(at: Timestamp, zone: chrono_tz::Tz) -> DateTime<FixedOffset> {
    at.in_zone(zone).fixed_offset()
}

fn occasion(entry: &Entry, time: &EventTime) -> Occasion {
    let starts = moment(time.starts_at, time.zone);
    // Where clocks show the same, nobody needs to be told whose clock it is.
    let other_clock = starts.offset() != moment(time.starts_at, ZONE).offset();
    let ends = time.ends_at.filter(|ends| *ends > time.starts_at);
    Occasion {
        when: when(time),
        starts,
        ends: ends.map(|ends| moment(ends, time.zone)),
        zone: (other_clock && !time.all_day).then(|| time.zone.name().to_owned()),
        place: entry.content.place.clone(),
        moved_from: entry.moved_from.map(|before| when(&time.earlier(before))),
        taking_part: taking_part(&entry.content.details, time),
    }
}

/// How one takes part; times by the clock of the place.
fn taking_part(details: &Details, time: &EventTime) -> TakingPart {
    let until = details.registration_until.map(|until| {
        when(&EventTime {
            starts_at: until,
            ends_at: None,
            all_day: false,
            zone: time.zone,
        })
    });
    let accessibility = details.accessibility.iter().map(|one| match one {
        Accessibility::Wheelchair => entry::Accessibility::Wheelchair,
        Accessibility::HearingLoop => entry::Accessibility::HearingLoop,
        Accessibility::SignLanguage => entry::Accessibility::SignLanguage,
        Accessibility::EasyLanguage => entry::Accessibility::EasyLanguage,
    });
    TakingPart {
        online: details.attendance != Attendance::Place
            || details.status == EventStatus::MovedOnline,
        online_url: details.online_url.as_deref().and_then(web_address),
        organiser: details.organiser.clone(),
        price: details.price.clone(),
        registration_url: details.registration_url.as_deref().and_then(web_address),
        registration_until: until,
        status: match details.status {
            EventStatus::Planned => None,
            EventStatus::Full => Some(Status::Full),
            EventStatus::Postponed => Some(Status::Postponed),
            EventStatus::MovedOnline => Some(Status::MovedOnline),
        },
        accessibility: accessibility.collect(),
    }
}

/// The files of a picture and their widths: a browser takes the one that its screen needs.
fn files(picture: &EntryPicture) -> Vec<(String, u32)> {
    let files = picture.web();
    files
        .map(|(file, (width, _))| (picture.path(file), width))
        .collect()
}

fn contact(contact: &Contact) -> ContactView {
    ContactView {
        name: contact.name.clone(),
        email: contact.email.as_ref().map(Address::display),
        phone: contact.phone.clone(),
    }
}

fn paper(entry: &Entry, text: &EntryText) -> Option<PaperView> {
    let written = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
    let paper = &entry.content.paper;
    let attachments = paper.attachments.iter();
    let view = PaperView {
        reference: entry.content.reference.clone(),
        committee: paper.committee.clone(),
        decision: written(&text.decision),
        effects: written(&text.effects),
        attachments: attachments
            .map(|one| (one.title.clone(), one.url.clone()))
            .collect(),
    };
    (!view.is_empty()).then_some(view)
}

/// The page without a language chosen is in the installation's default language, or else in the
/// original: that text has the plain address. The others have theirs with `?lang=`.
fn addresses(state: &WebState, reader: &Reader, entry: &Entry, shown: &LanguageTag) -> Addresses {
    let config = &state.app.config;
    let section = Section::of(entry.content.kind);
    let plain = config.server.link(&reading::path(entry));
    let texts = &entry.content.texts;
    let has = |language: Language| texts.keys().any(|tag| tag.is(language));
    let default = config.languages.default;
    let in_plain = |language: Language| {
        language == default || !has(default) && entry.content.original.is(language)
    };
    let address = |language: Language| {
        if in_plain(language) {
            plain.clone()
        } else {
            format!("{plain}?lang={language}")
        }
    };
    let offered = || {
        config
            .languages
            .offered
            .iter()
            .copied()
            .filter(|one| has(*one))
    };
    Addresses {
        origin: config.server.link(""),
        canonical: offered()
            .find(|language| shown.is(*language))
            .map_or_else(|| plain.clone(), address),
        alternates: offered()
            .map(|language| (language.as_str().to_owned(), address(language)))
            .collect(),
        plain: plain.clone(),
        list: reader.path(&format!("/{section}")),
        feeds: reading::feeds(reader, section, None),
    }
}
