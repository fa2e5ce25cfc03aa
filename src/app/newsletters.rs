//! Newsletters: adding and changing them, and how they are shown.

mod change;

use std::collections::BTreeMap;

use super::lookup::{self, LookupError};
use super::{Actor, App};
use crate::config::units::say_duration;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::delivery::OnUncertain;
use crate::domain::language::Language;
use crate::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, NewsletterText, ReviewSettings,
};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::{self, StoreError};

pub use change::{Changes, change, digest_words, review_words};

/// Why an operation on a newsletter was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NewsletterError {
    /// There is no such newsletter.
    #[error(transparent)]
    Unknown(LookupError),
    /// The key is taken.
    #[error("there is a newsletter “{key}” already; choose another key")]
    Exists {
        /// The key.
        key: String,
    },
    /// The system has no random numbers.
    #[error("the system has no random numbers: {0}; nothing was changed")]
    Random(String),
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for NewsletterError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl From<LookupError> for NewsletterError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::Store(error) => error.into(),
            unknown => Self::Unknown(unknown),
        }
    }
}

/// Adds a newsletter.
pub async fn add(
    app: &App,
    actor: &Actor,
    settings: &NewsletterSettings,
) -> Result<Newsletter, NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterAdd).await?;
    let at = op.at();
    let newsletter = match store::newsletter::add(op.tx(), settings, at).await {
        Err(StoreError::Exists(_)) => {
            return Err(NewsletterError::Exists {
                key: settings.key.clone(),
            });
        }
        added => added?,
    };
    let schedule = settings.schedule.as_deref().unwrap_or("none");
    let after = format!("schedule {schedule}, approval {}", settings.approval);
    let subject = Subject::new(SubjectKind::Newsletter, &settings.key);
    op.record(subject, None, Some(&after));
    op.commit().await?;
    Ok(newsletter)
}

/// Moves the mark up to which the slots of a newsletter have been processed to the present. Slots
/// before it get no issue any more. The mark follows the clock and nobody decides about it, so there
/// is no line in the audit log.
pub async fn skip_slots(
    app: &App,
    actor: &Actor,
    newsletter: &Newsletter,
) -> Result<(), NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterChange).await?;
    let at = op.at();
    store::newsletter::slots_done(op.tx(), newsletter.id, at).await?;
    Ok(op.commit().await?)
}

/// Moves the mark of a newsletter back to the present, where a clock that was ahead has set it: the
/// schedule would stand still until then. Slots that this clock went through have their issues, so
/// none is repeated. Returns false where the mark is not `mark` any more. No line, as above.
pub async fn move_mark_back(
    app: &App,
    actor: &Actor,
    newsletter: &Newsletter,
    mark: Timestamp,
) -> Result<bool, NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterChange).await?;
    let at = op.at();
    let moved = store::newsletter::move_mark_back(op.tx(), newsletter.id, mark, at).await?;
    op.commit().await?;
    Ok(moved)
}

/// A newsletter, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct NewsletterDetails {
    /// Its key.
    pub key: String,
    /// Its UUID.
    pub uuid: String,
    /// Its name and description, by language.
    pub texts: BTreeMap<Language, NewsletterText>,
    /// The name readers see as sender.
    pub sender_name: String,
    /// The address it is sent from.
    pub sender_address: String,
    /// Where answers go; none: to the sender.
    pub reply_to: Option<String>,
    /// The keys of the topics it carries; none: it carries every entry.
    pub topics: Vec<String>,
    /// When it appears: a cron line of five fields; none: when somebody sends it.
    pub schedule: Option<String>,
    /// The time zone of the schedule.
    pub zone: String,
    /// How long before its slot an issue is composed.
    pub compose_lead: String,
    /// How late an issue may still be sent by itself.
    pub catch_up: String,
    /// Whether a person has to approve its issues.
    pub approval: Approval,
    /// What else that needs, and whether it is in trial.
    #[serde(flatten)]
    pub review: ReviewSettings,
    /// How far ahead events are announced.
    pub horizon: String,
    /// What happens with a mail of which nobody knows whether it arrived.
    pub on_uncertain: OnUncertain,
    /// The hours in which no mail is begun, e.g. `21:00-07:00`.
    pub quiet: Option<String>,
    /// How its issues tell their entries.
    pub digest: DigestSettings,
    /// How many subscribe to it; only where one newsletter is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscribers: Option<i64>,
}

impl NewsletterDetails {
    /// This newsletter; `topics` are those of the installation.
    pub fn new(newsletter: &Newsletter, topics: &[Topic]) -> Self {
        let settings = newsletter.settings.clone();
        Self {
            key: settings.key,
            uuid: newsletter.uuid.clone(),
            texts: settings.texts,
            sender_name: settings.sender_name,
            sender_address: settings.sender_address.as_str().to_owned(),
            reply_to: settings.reply_to.map(|to| to.as_str().to_owned()),
            topics: lookup::topic_keys(topics, settings.topics),
            schedule: settings.schedule,
            zone: settings.zone.name().to_owned(),
            compose_lead: say_duration(settings.compose_lead),
            catch_up: say_duration(settings.catch_up),
            approval: settings.approval,
            review: settings.review,
            horizon: say_duration(settings.horizon),
            on_uncertain: settings.on_uncertain,
            quiet: settings.quiet.map(|quiet| quiet.to_string()),
            digest: settings.digest,
            subscribers: None,
        }
    }
}

/// The next dates of a newsletter, as `--json` prints them.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Dates {
    /// The schedule in words.
    pub words: String,
    /// The next slots.
    pub slots: Vec<Date>,
}

/// A date of a newsletter.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Date {
    /// The local date and time, `2027-03-28T02:30`.
    pub slot: String,
    /// The instant at which its issue goes out; none where a holiday or a pause leaves it out.
    pub at: Option<Timestamp>,
    /// What a change of the clock does to it, in words; none where nothing.
    pub clock_change: Option<&'static str>,
    /// What a holiday or a pause does to it, in words; none where nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<String>,
}
