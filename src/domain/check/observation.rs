//! What can be found, and how bad that is.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Formula, LinkFailure, Severity};
use crate::domain::language::{Language, LanguageTag};

/// What was found. Stored codes never change.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
#[expect(missing_docs, reason = "parameters whose names say what they are")]
pub enum Observation {
    /// A picture has no alternative text.
    AlternativeMissing,
    /// An alternative text is the name of a file.
    AlternativeIsFileName { text: String },
    /// An alternative text exists only in the original, and the entry in this language too.
    AlternativeUntranslated { language: LanguageTag },
    /// All pictures say what they show, or are decorative.
    PicturesDescribed { pictures: usize },
    /// A picture has no credit.
    CreditMissing,
    /// All pictures have a credit.
    CreditsGiven { pictures: usize },
    /// A heading lies deeper than the one before it allows.
    HeadingJump {
        language: LanguageTag,
        heading: String,
    },
    /// Headings are in order.
    HeadingsInOrder { headings: usize },
    /// The text of a link does not say where it leads.
    LinkTextVague { language: LanguageTag, text: String },
    /// The text of a link is a long address.
    LinkTextIsAddress { language: LanguageTag, text: String },
    /// The text of a link names another host than the one it leads to.
    LinkTextMisleads { text: String, host: String },
    /// The texts of links say where they lead.
    LinkTextsSpeak { links: usize },
    /// The configured colour is hard to read.
    ContrastLow { colour: String, tenths: u32 },
    /// The configured colour is easy to read.
    ContrastGood { tenths: u32 },
    /// The largest mail is too large.
    TooLarge { bytes: usize, most: usize },
    /// Some mails are shortened so that they are not cut off.
    Shortened {
        readers: i64,
        bytes: usize,
        limit: usize,
    },
    /// No mail is too large.
    SizeGood { bytes: usize, most: usize },
    /// Its mails cannot be made.
    Unusable { detail: String },
    /// A link is not encrypted.
    LinkUnencrypted { url: String },
    /// A link carries a name and a password.
    LinkWithPassword { host: String },
    /// A link leads into a private network.
    LinkPrivate { url: String },
    /// The page behind a link is gone.
    LinkBroken { url: String, status: u16 },
    /// The page behind a link answered with an error.
    LinkAnswersError { url: String, status: u16 },
    /// The page behind a link could not be asked.
    LinkUnreachable { url: String, why: LinkFailure },
    /// Pages that answer people only.
    LinksGuarded { links: usize },
    /// Links were not tried yet.
    LinksUntried { links: usize },
    /// None could be tried: this machine has no way out.
    LinksNotReachable { links: usize },
    /// All links were reached.
    LinksReached { links: usize },
    /// No links are tried here.
    LinksNotTried { links: usize },
    /// An event is over when the issue goes out.
    EventOver { day: NaiveDate },
    /// A deadline has passed when the issue goes out.
    DeadlinePassed {
        language: LanguageTag,
        written: String,
        day: NaiveDate,
    },
    /// Nothing is over.
    DatesAhead { events: usize },
    /// A date falls on another weekday than the text says.
    WeekdayWrong {
        language: LanguageTag,
        written: String,
        day: NaiveDate,
    },
    /// There is no such day.
    DayUnknown {
        language: LanguageTag,
        written: String,
    },
    /// Weekdays and dates agree.
    WeekdaysRight { dates: usize },
    /// An event was called off after it came into the issue.
    EventCancelled,
    /// No event was called off.
    NothingCancelled { events: usize },
    /// The deadline to register for an event has passed when the issue goes out.
    RegistrationClosed { day: NaiveDate },
    /// Nobody can register for an event any more: it is full.
    EventFull,
    /// An event has been postponed, and stands in the issue with the day it had.
    EventPostponed,
    /// An event is online, and nobody knows where.
    OnlineAddressMissing,
    /// One can still register for all events that ask for it.
    RegistrationsOpen { events: usize },
    /// The imprint is not complete.
    ImprintIncomplete { missing: Vec<String> },
    /// Imprint, way out and privacy notice are in every mail.
    ImprintComplete,
    /// The issue has no entries.
    Empty,
    /// The introduction does not exist in a language.
    IntroductionMissing { language: Language, readers: i64 },
    /// The subject does not exist in a language.
    SubjectMissing { language: Language, readers: i64 },
    /// Entries do not exist in a language.
    EntriesUntranslated {
        language: Language,
        missing: usize,
        of: usize,
        readers: i64,
    },
    /// Everything exists in every language that is read.
    Translated { languages: usize },
    /// Another issue told the entry to so many of these readers; 0: that is not known any more.
    ToldBefore {
        issue: String,
        #[serde(default)]
        readers: i64,
    },
    /// No entry was told before.
    NothingToldBefore,
    /// Nobody would get it.
    NobodyGetsIt { subscribers: i64 },
    /// The audience is much larger or smaller than last time.
    AudienceChanged { now: i64, before: i64 },
    /// The audience is as last time.
    AudienceUsual { now: i64, before: i64 },
    /// The first issue has so many readers.
    AudienceFirst { now: i64 },
    /// A text is hard to read.
    HardToRead {
        language: LanguageTag,
        formula: Formula,
        score: i32,
    },
    /// Texts can be read.
    ReadingEasy {
        texts: usize,
        formulas: Vec<Formula>,
    },
    /// A reminder of the distance to the press.
    PressDistance { entries: usize },
    /// There is more of the kind above.
    More { findings: usize },
}

impl Observation {
    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::AlternativeMissing
            | Self::TooLarge { .. }
            | Self::Unusable { .. }
            | Self::LinkPrivate { .. }
            | Self::LinkBroken { .. }
            | Self::EventOver { .. }
            | Self::WeekdayWrong { .. }
            | Self::ImprintIncomplete { .. }
            | Self::Empty => Severity::Blocks,
            Self::AlternativeIsFileName { .. }
            | Self::CreditMissing
            | Self::HeadingJump { .. }
            | Self::LinkTextVague { .. }
            | Self::LinkTextMisleads { .. }
            | Self::ContrastLow { .. }
            | Self::Shortened { .. }
            | Self::LinkUnencrypted { .. }
            | Self::LinkWithPassword { .. }
            | Self::LinkAnswersError { .. }
            | Self::LinkUnreachable { .. }
            | Self::DeadlinePassed { .. }
            | Self::DayUnknown { .. }
            | Self::EventCancelled
            | Self::RegistrationClosed { .. }
            | Self::EventPostponed
            | Self::OnlineAddressMissing
            | Self::IntroductionMissing { .. }
            | Self::ToldBefore { .. }
            | Self::NobodyGetsIt { .. }
            | Self::AudienceChanged { .. } => Severity::Warns,
            Self::AlternativeUntranslated { .. }
            | Self::LinkTextIsAddress { .. }
            | Self::LinksGuarded { .. }
            | Self::LinksUntried { .. }
            | Self::LinksNotReachable { .. }
            | Self::LinksNotTried { .. }
            | Self::EntriesUntranslated { .. }
            // Without one it tells the first entries.
            | Self::SubjectMissing { .. }
            | Self::EventFull
            | Self::HardToRead { .. }
            | Self::PressDistance { .. }
            | Self::More { .. } => Severity::Hint,
            Self::PicturesDescribed { .. }
            | Self::CreditsGiven { .. }
            | Self::HeadingsInOrder { .. }
            | Self::LinkTextsSpeak { .. }
            | Self::ContrastGood { .. }
            | Self::SizeGood { .. }
            | Self::LinksReached { .. }
            | Self::DatesAhead { .. }
            | Self::RegistrationsOpen { .. }
            | Self::WeekdaysRight { .. }
            | Self::NothingCancelled { .. }
            | Self::ImprintComplete
            | Self::Translated { .. }
            | Self::NothingToldBefore
            | Self::AudienceUsual { .. }
            | Self::AudienceFirst { .. }
            | Self::ReadingEasy { .. } => Severity::Fine,
        }
    }

    /// Whether a person may know better, although it blocks: a weekday may be quoted, a page may be
    /// there for readers, an event may be told in retrospect, a newsletter may be for the own network.
    pub const fn may_be_judged(&self) -> bool {
        matches!(
            self,
            Self::WeekdayWrong { .. }
                | Self::LinkBroken { .. }
                | Self::LinkPrivate { .. }
                | Self::EventOver { .. }
        )
    }

    /// The same without what changes with every subscription: what was accepted stays so.
    pub(super) fn lasting(&self) -> Cow<'_, Self> {
        match self {
            Self::ToldBefore { issue, .. } => Cow::Owned(Self::ToldBefore {
                issue: issue.clone(),
                readers: 0,
            }),
            _ => Cow::Borrowed(self),
        }
    }
}
