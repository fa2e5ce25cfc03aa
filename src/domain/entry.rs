//! Entries: news, events, council papers and meetings.

use std::collections::BTreeMap;

use super::contact::Contact;
use super::language::LanguageTag;
use super::named::named_enum;
use super::timestamp::Timestamp;
use super::topic::TopicSet;

mod details;

pub use details::{Accessibility, Attendance, Details, EventStatus};

named_enum! {
    /// What an entry is about.
    pub enum EntryKind ("kind of entry") {
        /// Something happened.
        News = "news",
        /// Something will take place.
        Event = "event",
        /// A matter before a council.
        Paper = "paper",
        /// A sitting of a council.
        Meeting = "meeting",
    }
}

named_enum! {
    /// Where an entry stands on its way to the readers.
    pub enum EntryState ("state of an entry") {
        /// Being written.
        Draft = "draft",
        /// Handed in, waiting for a decision.
        Submitted = "submitted",
        /// Accepted, not yet public.
        Approved = "approved",
        /// Public; goes into issues.
        Published = "published",
        /// Not accepted.
        Rejected = "rejected",
        /// Taken back by its author or the editors.
        Withdrawn = "withdrawn",
        /// Called off, as an event may be.
        Cancelled = "cancelled",
    }
}

impl EntryState {
    /// Whether an entry may move from this state to `next`.
    pub fn may_become(self, next: Self) -> bool {
        use EntryState::{Approved, Cancelled, Draft, Published, Rejected, Submitted, Withdrawn};
        match self {
            Draft => matches!(next, Submitted | Published | Withdrawn | Cancelled),
            Submitted => matches!(
                next,
                Approved | Published | Rejected | Withdrawn | Cancelled
            ),
            Approved => matches!(next, Published | Rejected | Withdrawn | Cancelled),
            Published => matches!(next, Withdrawn | Cancelled),
            Rejected | Withdrawn => matches!(next, Draft | Submitted | Published),
            Cancelled => matches!(next, Published),
        }
    }
}

named_enum! {
    /// How an entry came in.
    pub enum Origin ("origin") {
        /// Written here.
        Own = "own",
        /// From a news feed.
        Feed = "feed",
        /// From a calendar.
        Calendar = "calendar",
    }
}

/// What an entry says, before or apart from its row in the database.
///
/// Every text has been cleaned by [`crate::domain::text`] when this exists.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EntryContent {
    /// What it tells.
    pub kind: EntryKind,
    /// The language it was written in; one of the keys of `texts`.
    pub original: LanguageTag,
    /// Its text in every language it exists in; never empty.
    pub texts: BTreeMap<LanguageTag, EntryText>,
    /// Where to read more: an absolute http or https URL.
    pub url: Option<String>,
    /// The date its author gave it; shown to readers. News only.
    pub dated_at: Option<Timestamp>,
    /// When it takes place. Events and meetings.
    pub when: Option<EventTime>,
    /// Where it takes place, e.g. “Altes Kurhaus, Aachen”. Events and meetings.
    pub place: Option<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The council's file number, e.g. “2019/327”. Papers.
    pub reference: Option<String>,
    /// What else is said of a paper.
    #[serde(default, skip_serializing_if = "PaperDetails::is_empty")]
    pub paper: PaperDetails,
    /// What else is said of it.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
    /// The topics it belongs to; none means it is for every reader.
    pub topics: TopicSet,
}

impl EntryContent {
    /// An entry that says nothing yet.
    pub fn new(kind: EntryKind, original: LanguageTag) -> Self {
        Self {
            kind,
            original,
            texts: BTreeMap::new(),
            url: None,
            dated_at: None,
            when: None,
            place: None,
            contact: None,
            reference: None,
            paper: PaperDetails::default(),
            details: Details::default(),
            topics: TopicSet::EMPTY,
        }
    }
}

/// The wording of an entry in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct EntryText {
    /// One line of plain text, never empty.
    pub title: String,
    /// A paragraph of plain text; may be empty.
    pub teaser: String,
    /// Sanitised HTML; may be empty.
    pub body: String,
    /// Papers: what the council is to decide, a paragraph of plain text; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub decision: String,
    /// Papers: what it means for the budget, the climate …, a paragraph of plain text; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub effects: String,
    /// Translations made here: the version of the entry whose original this translates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translated_from: Option<i64>,
}

named_enum! {
    /// Why there is a version of an entry.
    pub enum VersionReason ("reason of a version") {
        /// It is what the entry said before versions were kept, or before it was first changed.
        Kept = "kept",
        /// Somebody wrote it.
        Written = "written",
        /// Its source said so.
        Imported = "imported",
        /// Its source said so, and somebody accepted it.
        Accepted = "accepted",
        /// The event was moved to another time.
        Moved = "moved",
        /// Two people wrote at the same time, and this has the words of both.
        Merged = "merged",
        /// An older version was brought back.
        Restored = "restored",
        /// It has another picture, or says something else about it.
        Pictured = "pictured",
    }
}

/// What is said of a paper besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct PaperDetails {
    /// The committee it is before, e.g. “Ausschuss für Umwelt und Klima”.
    #[serde(default)]
    pub committee: Option<String>,
    /// Its documents.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

impl PaperDetails {
    /// Whether nothing is said.
    pub const fn is_empty(&self) -> bool {
        self.committee.is_none() && self.attachments.is_empty()
    }
}

/// A document of a paper.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attachment {
    /// What it is called.
    pub title: String,
    /// Where it is: an absolute http or https URL.
    pub url: String,
}

/// When an event takes place: an instant, and the zone in which readers are shown it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventTime {
    /// When it begins. All-day events begin at the zone's first instant of the day.
    pub starts_at: Timestamp,
    /// When it ends, if known; not before `starts_at`. For all-day events the first instant after
    /// the last day.
    pub ends_at: Option<Timestamp>,
    /// Whether it has days but no hours.
    pub all_day: bool,
    /// The zone its times are shown in.
    pub zone: chrono_tz::Tz,
}

impl EventTime {
    /// Whether an event that was at `earlier` was moved when it is at this time now: not where it only
    /// says the hour of the day that was known.
    pub fn is_moved_from(&self, earlier: &Self) -> bool {
        let day = |time: &Self| time.starts_at.in_zone(time.zone).date_naive();
        if self.all_day == earlier.all_day && !self.all_day {
            self.starts_at != earlier.starts_at
        } else {
            day(self) != day(earlier)
        }
    }

    /// Whether it is over at this instant. One without an end lasts until the end of its day.
    pub fn is_over(&self, at: Timestamp) -> bool {
        if let Some(ends_at) = self.ends_at {
            return ends_at <= at;
        }
        let day = |at: Timestamp| at.in_zone(self.zone).date_naive();
        day(self.starts_at) < day(at)
    }

    /// The time from which it was moved, where it began at `starts_at` then: what begins at midnight
    /// had a day but no hour.
    #[must_use]
    pub fn earlier(&self, starts_at: Timestamp) -> Self {
        let local = starts_at.in_zone(self.zone);
        Self {
            starts_at,
            ends_at: None,
            all_day: local.time() == chrono::NaiveTime::MIN,
            zone: self.zone,
        }
    }
}
