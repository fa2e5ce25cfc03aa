//! The sample content of the demonstration: a fictitious association, its readers and its entries,
//! embedded from `content/*.toml`.
//!
//! Dates are relative to today, so that a demonstration is never out of date.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;
use serde::Deserialize;

use super::pictures::SamplePicture;
use crate::domain::address::Address;
use crate::domain::contact::Contact;
use crate::domain::entry::{
    Attachment, Details, EntryContent, EntryKind, EntryText, EventTime, PaperDetails,
};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::newsletter::NewsletterText;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::domain::user::Role;

/// The time zone of the association.
pub(super) const ZONE: Tz = chrono_tz::Europe::Berlin;

const DAY: Duration = Duration::from_hours(24);

/// Everything in `content/`.
#[derive(Debug)]
pub(super) struct Content {
    /// The association and its data.
    pub installation: Installation,
    /// News, events, papers and meetings.
    pub entries: Vec<SampleEntry>,
}

/// `installation.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Installation {
    pub organisation: SampleOrganisation,
    /// Names of organisations by the key that entries use.
    pub partners: BTreeMap<String, String>,
    #[serde(rename = "user")]
    pub users: Vec<SampleUser>,
    #[serde(rename = "topic")]
    pub topics: Vec<SampleTopic>,
    #[serde(rename = "newsletter")]
    pub newsletters: Vec<SampleNewsletter>,
    /// Newsletters that only the demonstration with a newsroom has.
    #[serde(rename = "newsroom_newsletter")]
    pub newsroom_newsletters: Vec<SampleNewsletter>,
    #[serde(rename = "subscriber")]
    pub subscribers: Vec<SampleSubscriber>,
}

/// The imprint.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleOrganisation {
    pub name: String,
    pub address: Vec<String>,
    pub representative: String,
    pub responsible: String,
    pub email: String,
    pub phone: String,
    pub register: String,
    pub website: String,
    pub data_protection_officer: Vec<String>,
    pub authority: String,
}

/// Somebody with a login to the newsroom.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleUser {
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleTopic {
    pub key: String,
    pub names: BTreeMap<Language, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleNewsletter {
    pub key: String,
    pub sender_name: String,
    pub sender_address: String,
    pub reply_to: Option<String>,
    /// Keys of topics.
    pub topics: Vec<String>,
    pub texts: BTreeMap<Language, NewsletterText>,
}

/// A reader, with the topics chosen of each newsletter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleSubscriber {
    pub address: String,
    pub language: Language,
    #[serde(default)]
    pub region: Vec<String>,
    #[serde(default)]
    pub calendar: Vec<String>,
    #[serde(default)]
    pub state: Standing,
}

impl SampleSubscriber {
    /// The address, as it is mailed.
    pub(super) fn address(&self) -> anyhow::Result<Address> {
        Address::parse(&self.address).with_context(|| format!("sample reader “{}”", self.address))
    }

    /// Newsletters and the topics chosen of each, by their keys.
    pub(super) fn choices(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        [("region", &self.region), ("calendar", &self.calendar)]
            .into_iter()
            .filter(|(_, topics)| !topics.is_empty())
            .map(|(key, topics)| (key, topics.as_slice()))
    }
}

/// The state of a reader's sign-up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Standing {
    /// Confirmed.
    #[default]
    Active,
    /// The link in the mail was never opened.
    Pending,
    /// Confirmed, then unsubscribed.
    Unsubscribed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    entry: Vec<SampleEntry>,
}

/// An entry before it has dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleEntry {
    /// The issue it is published with, see [`FIRST`] and [`BATCHES`].
    pub issue: u8,
    pub kind: EntryKind,
    /// A key of [`Installation::partners`].
    pub partner: String,
    /// Keys of topics; none: for every reader.
    pub topics: Vec<String>,
    #[serde(default = "german")]
    pub original: LanguageTag,
    texts: BTreeMap<LanguageTag, SampleText>,
    /// News and papers: how old it is.
    #[serde(default)]
    pub days_ago: u32,
    /// Events and meetings.
    pub when: Option<SampleTime>,
    pub place: Option<String>,
    pub contact: Option<String>,
    pub url: Option<String>,
    /// `{year}` stands for the year in which it is loaded.
    pub reference: Option<String>,
    /// Papers: the committee.
    committee: Option<String>,
    /// Papers: its documents.
    #[serde(default)]
    attachments: Vec<Attachment>,
    /// Listed before all others.
    #[serde(default)]
    pub pinned: bool,
    /// Moved after publication: the original date was this many days earlier.
    pub moved_by: Option<u32>,
    /// Cancelled after publication.
    #[serde(default)]
    pub cancelled: bool,
    /// Its picture.
    pub picture: Option<SamplePicture>,
}

/// An entry in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleText {
    title: String,
    teaser: String,
    #[serde(default)]
    body: String,
    /// Papers: the decision to be taken.
    #[serde(default)]
    decision: String,
    /// Papers: the effects.
    #[serde(default)]
    effects: String,
}

/// Entries with this number are in the issue that was sent before the visit.
pub(super) const FIRST: u8 = 1;

/// Entries with these numbers are published one batch after the other. Each has something for every
/// topic and something for every reader.
pub(super) const BATCHES: [u8; 3] = [2, 3, 4];

fn german() -> LanguageTag {
    Language::De.into()
}

/// When something takes place, counted from the day of loading.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SampleTime {
    in_days: u64,
    /// The first such weekday from then on.
    weekday: Option<Weekday>,
    /// The number of whole days; only without hours.
    days: Option<u64>,
    from: Option<NaiveTime>,
    to: Option<NaiveTime>,
    #[serde(default = "at_home")]
    zone: Tz,
}

fn at_home() -> Tz {
    ZONE
}

impl Content {
    /// Reads the sample content. Fails only if the files are broken; a test reads them.
    pub(super) fn load() -> anyhow::Result<Self> {
        const ENTRIES: [(&str, &str); 3] = [
            ("news.toml", include_str!("content/news.toml")),
            ("events.toml", include_str!("content/events.toml")),
            ("council.toml", include_str!("content/council.toml")),
        ];
        let installation = toml::from_str(include_str!("content/installation.toml"))
            .context("installation.toml of the demonstration")?;
        let mut entries = Vec::new();
        for (name, text) in ENTRIES {
            let read: Entries =
                toml::from_str(text).with_context(|| format!("{name} of the demonstration"))?;
            entries.extend(read.entry);
        }
        Ok(Self {
            installation,
            entries,
        })
    }
}

impl SampleEntry {
    /// What it says, in every language.
    pub(super) fn texts(&self) -> BTreeMap<LanguageTag, EntryText> {
        let text = |text: &SampleText| EntryText {
            title: text.title.clone(),
            teaser: text.teaser.clone(),
            body: text.body.clone(),
            decision: text.decision.clone(),
            effects: text.effects.clone(),
            translated_from: None,
        };
        self.texts
            .iter()
            .map(|(language, own)| (language.clone(), text(own)))
            .collect()
    }

    /// The entry as it is on the day of `now`, with its topics in bits.
    pub(super) fn dated(&self, now: Timestamp, topics: TopicSet) -> EntryContent {
        let today = now.in_zone(ZONE).date_naive();
        let tells_of_the_past = self.when.is_none();
        EntryContent {
            kind: self.kind,
            original: self.original.clone(),
            texts: self.texts(),
            url: self.url.clone(),
            dated_at: tells_of_the_past.then(|| now.minus(DAY * self.days_ago)),
            when: self.when.as_ref().map(|when| when.dated(today)),
            place: self.place.clone(),
            contact: self.contact.as_deref().and_then(Contact::from_text),
            reference: self
                .reference
                .as_ref()
                .map(|text| text.replace("{year}", &today.year().to_string())),
            paper: PaperDetails {
                committee: self.committee.clone(),
                attachments: self.attachments.clone(),
            },
            details: Details::default(),
            topics,
        }
    }
}

impl SampleEntry {
    /// The original time, if it was moved.
    pub(super) fn earlier(&self, time: &EventTime) -> Option<EventTime> {
        let days = DAY * self.moved_by?;
        Some(EventTime {
            starts_at: time.starts_at.minus(days),
            ends_at: time.ends_at.map(|ends_at| ends_at.minus(days)),
            ..time.clone()
        })
    }
}

impl SampleTime {
    fn dated(&self, today: NaiveDate) -> EventTime {
        let mut day = after(today, self.in_days);
        while self.weekday.is_some_and(|wanted| wanted != day.weekday()) {
            day = after(day, 1);
        }
        let (starts_at, ends_at) = if let Some(from) = self.from {
            (
                instant(day, from, self.zone),
                self.to.map(|to| instant(day, to, self.zone)),
            )
        } else {
            let end = after(day, self.days.unwrap_or(1));
            let midnight = NaiveTime::MIN;
            (
                instant(day, midnight, self.zone),
                Some(instant(end, midnight, self.zone)),
            )
        };
        EventTime {
            starts_at,
            ends_at,
            all_day: self.from.is_none(),
            zone: self.zone,
        }
    }
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The instant of a wall-clock time; an hour later if it falls into the gap in spring.
fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> Timestamp {
    let local = day.and_time(time);
    let there = |local: chrono::NaiveDateTime| local.and_local_timezone(zone).earliest();
    there(local)
        .or_else(|| there(local + chrono::TimeDelta::hours(1)))
        .map_or_else(
            || local.and_utc().into(),
            |time| time.with_timezone(&chrono::Utc).into(),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::{plain_paragraph, sanitise_html, single_line};

    fn content() -> Content {
        Content::load().expect("the sample content can be read")
    }

    /// Host names after `@` and `//`.
    fn hosts(text: &str) -> impl Iterator<Item = String> {
        let starts: Vec<usize> = ["@", "//"]
            .iter()
            .flat_map(|mark| text.match_indices(*mark).map(|(at, m)| at + m.len()))
            .collect();
        starts.into_iter().map(|at| {
            text[at..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
                .collect()
        })
    }

    #[test]
    fn all_addresses_are_reserved_for_examples() {
        for text in [
            include_str!("content/installation.toml"),
            include_str!("content/news.toml"),
            include_str!("content/events.toml"),
            include_str!("content/council.toml"),
        ] {
            for host in hosts(text) {
                let host = host.trim_end_matches('.');
                assert!(
                    host.ends_with(".example") || host.ends_with("example.org"),
                    "{host}"
                );
            }
        }
        for reader in content().installation.subscribers {
            reader.address().expect("a good address");
        }
    }

    #[test]
    fn about_forty_entries_fit_a_mail() {
        let Content {
            installation,
            entries,
        } = content();
        assert!((38..=44).contains(&entries.len()), "{}", entries.len());
        for entry in &entries {
            let original = &entry.texts[&entry.original];
            let name = &original.title;
            assert!(!original.teaser.is_empty(), "{name}");
            assert!(installation.partners.contains_key(&entry.partner), "{name}");
            assert!(entry.url.is_some() && entry.contact.is_some(), "{name}");
            let takes_place = matches!(entry.kind, EntryKind::Event | EntryKind::Meeting);
            assert_eq!(entry.when.is_some(), takes_place, "{name}");
            assert_eq!(entry.place.is_some(), takes_place, "{name}");
            for (language, text) in &entry.texts {
                assert!(
                    Language::ALL.iter().any(|one| language.is(*one)),
                    "{language}"
                );
                assert!(text.title.chars().count() <= 90, "{}", text.title);
                assert_eq!(single_line(&text.title, 90), text.title);
                assert_eq!(plain_paragraph(&text.teaser, 600), text.teaser);
                assert_eq!(sanitise_html(&text.body), text.body);
            }
        }
        let in_all_languages = entries.iter().filter(|e| e.texts.len() == 4).count();
        assert!(in_all_languages >= 8, "{in_all_languages}");
    }

    #[test]
    fn every_batch_has_content_for_every_reader() {
        let Content {
            installation,
            entries,
        } = content();
        for batch in BATCHES {
            let of_batch: Vec<_> = entries.iter().filter(|e| e.issue == batch).collect();
            assert!(of_batch.iter().any(|e| e.topics.is_empty()), "{batch}");
            for topic in &installation.topics {
                assert!(
                    of_batch.iter().any(|e| e.topics.contains(&topic.key)),
                    "{batch}: {}",
                    topic.key
                );
            }
        }
    }

    #[test]
    fn the_first_issue_has_nothing_for_one_reader() {
        let Content {
            installation,
            entries,
        } = content();
        let first: Vec<_> = entries.iter().filter(|e| e.issue == FIRST).collect();
        assert!(first.iter().all(|e| !e.topics.is_empty()));
        let finds = |reader: &&SampleSubscriber| {
            let chosen = |e: &&&SampleEntry| e.topics.iter().any(|t| reader.region.contains(t));
            first.iter().any(|e| chosen(&e))
        };
        let active = installation
            .subscribers
            .iter()
            .filter(|one| one.state == Standing::Active);
        let (finding, skipped): (Vec<_>, Vec<_>) = active.partition(finds);
        assert_eq!((finding.len(), skipped.len()), (21, 1));
    }

    #[test]
    fn an_event_is_on_its_weekday_at_its_hour() {
        let friday = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let when = SampleTime {
            in_days: 1,
            weekday: Some(Weekday::Tue),
            days: None,
            from: NaiveTime::from_hms_opt(17, 0, 0),
            to: None,
            zone: ZONE,
        };
        assert_eq!(
            when.dated(friday).starts_at.to_string(),
            "2026-11-24T16:00:00Z"
        );
    }
}
