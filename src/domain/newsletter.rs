//! Newsletters: what people subscribe to.

use std::collections::BTreeMap;
use std::time::Duration;

use super::address::Address;
use super::delivery::OnUncertain;
use super::language::Language;
use super::named::named_enum;
use super::quiet::QuietHours;
use super::timestamp::Timestamp;
use super::topic::TopicSet;

named_enum! {
    /// Who releases an issue.
    pub enum Approval ("approval") {
        /// What the schedule composes is released at once.
        Automatic = "automatic",
        /// A person looks at it first; without approval it is held when its time comes.
        Required = "required",
        /// The same, and that person had no part in it.
        FourEyes = "four-eyes",
    }
}

/// What an editor decides about a newsletter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsletterSettings {
    /// Short name in URLs and on the command line, e.g. `region`; unique.
    pub key: String,
    /// Name and description in every language they exist in; never empty.
    pub texts: BTreeMap<Language, NewsletterText>,
    /// The name readers see as sender.
    pub sender_name: String,
    /// The address it is sent from.
    pub sender_address: Address,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Address>,
    /// The topics it carries; none means it carries every entry and readers do not choose.
    pub topics: TopicSet,
    /// When it appears: a cron line of five fields; none means only by hand.
    pub schedule: Option<String>,
    /// The zone of `schedule`, and of the dates in its mails.
    pub zone: chrono_tz::Tz,
    /// How long before its slot an issue is composed.
    pub compose_lead: Duration,
    /// How late a missed slot is still made up for.
    pub catch_up: Duration,
    /// Who releases it.
    pub approval: Approval,
    /// How far ahead events are announced.
    pub horizon: Duration,
    /// What happens with deliveries whose outcome nobody knows.
    pub on_uncertain: OnUncertain,
    /// In which hours of `zone` no mail is begun.
    pub quiet: Option<QuietHours>,
    /// How its issues tell their entries.
    pub digest: DigestSettings,
    /// What else its approvals need, and for whom its mails are.
    pub review: ReviewSettings,
}

/// What the approvals of a newsletter need besides [`Approval`], and for whom its mails are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReviewSettings {
    /// Issues with so many recipients need [four eyes](Approval::FourEyes) too.
    pub four_eyes_from: Option<u32>,
    /// Whether its mails go only to those of its subscribers who are staff.
    pub trial: bool,
}

named_enum! {
    /// How much of an entry a mail tells.
    pub enum TextLength ("length of texts") {
        /// A few sentences, and a link to the rest.
        Teaser = "teaser",
        /// The whole text.
        Whole = "whole",
    }
}

/// How the issues of a newsletter tell their entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DigestSettings {
    /// How much of each entry.
    pub texts: TextLength,
    /// How many news a mail tells at most; a line leads to the rest.
    pub most_news: u32,
    /// How many events.
    pub most_events: u32,
    /// How many papers and meetings together.
    pub most_papers: u32,
    /// Whether the subject begins with the newsletter's name.
    pub name_in_subject: bool,
}

impl Default for DigestSettings {
    fn default() -> Self {
        Self {
            texts: TextLength::Teaser,
            most_news: 8,
            most_events: 12,
            most_papers: 8,
            name_in_subject: false,
        }
    }
}

impl DigestSettings {
    /// How issues were told before a newsletter could choose.
    pub const fn everything() -> Self {
        Self {
            texts: TextLength::Whole,
            most_news: u32::MAX,
            most_events: u32::MAX,
            most_papers: u32::MAX,
            name_in_subject: false,
        }
    }
}

/// A newsletter's wording in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct NewsletterText {
    /// Its name, e.g. “Region aktuell”.
    pub name: String,
    /// A sentence on what is in it; may be empty.
    pub description: String,
}

/// A newsletter as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newsletter {
    /// Its row.
    pub id: i64,
    /// Its name outside the installation.
    pub uuid: String,
    /// What was decided about it.
    pub settings: NewsletterSettings,
}

impl NewsletterSettings {
    /// When the quiet hours in which `now` lies are over; `None` outside of them.
    pub fn quiet_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.quiet?.end(self.zone, now)
    }

    /// Its wording for a reader of `language`: that language's, else German, English or any.
    pub fn text(&self, language: Language) -> &NewsletterText {
        static NONE: NewsletterText = NewsletterText {
            name: String::new(),
            description: String::new(),
        };
        [language, Language::De, Language::En]
            .iter()
            .find_map(|one| self.texts.get(one))
            .or_else(|| self.texts.values().next())
            .unwrap_or(&NONE)
    }
}
