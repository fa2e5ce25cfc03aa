//! Newsletters: adding and changing them, and how they are shown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::issues::review;
use super::lookup::{self, LookupError};
use super::{Actor, App, Operation};
use crate::config::units::say_duration;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::delivery::OnUncertain;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, NewsletterText, ReviewSettings,
};
use crate::domain::quiet::QuietHours;
use crate::domain::review::Change;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::Topic;
use crate::store::{self, StoreError};

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

/// What of a newsletter is to be changed: what is none stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// The hours in which no mail is begun; none of the inner kind removes them.
    pub quiet: Option<Option<QuietHours>>,
    /// How its issues tell their entries.
    pub digest: Option<DigestSettings>,
    /// Who releases its issues, and what else that needs.
    pub review: Option<(Approval, ReviewSettings)>,
}

/// Changes a newsletter. Issues that are approved already stay as they are.
pub async fn change(
    app: &App,
    actor: &Actor,
    key: &str,
    changes: impl FnOnce(&NewsletterSettings) -> Changes,
) -> Result<Newsletter, NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterChange).await?;
    let newsletter = lookup::newsletter(op.tx(), key).await?;
    let before = &newsletter.settings;
    let Changes {
        quiet,
        digest,
        review,
    } = changes(before);
    let (mut was, mut is) = (Vec::new(), Vec::new());
    if let Some(quiet) = quiet.filter(|quiet| *quiet != before.quiet) {
        store::newsletter::set_quiet(op.tx(), newsletter.id, quiet).await?;
        was.push(quiet_words(before.quiet));
        is.push(quiet_words(quiet));
    }
    if let Some(digest) = digest.filter(|digest| *digest != before.digest) {
        store::newsletter::set_digest(op.tx(), newsletter.id, digest).await?;
        was.push(digest_words(before.digest));
        is.push(digest_words(digest));
    }
    let approval = (before.approval, before.review);
    if let Some((who, review)) = review.filter(|review| *review != approval) {
        store::newsletter::set_review(op.tx(), newsletter.id, who, review).await?;
        if review.trial != before.review.trial {
            another_audience(&mut op, newsletter.id).await?;
        }
        was.push(review_words(before.approval, before.review));
        is.push(review_words(who, review));
    }
    if is.is_empty() {
        return Ok(newsletter);
    }
    op.record(
        Subject::new(SubjectKind::Newsletter, key),
        Some(&was.join(", ")),
        Some(&is.join(", ")),
    );
    let after = lookup::newsletter(op.tx(), key).await?;
    op.commit().await?;
    Ok(after)
}

/// Takes back what was approved for other recipients: for staff, or for everybody.
async fn another_audience(op: &mut Operation, newsletter: i64) -> Result<(), NewsletterError> {
    for issue in store::issue::in_state(op.tx(), IssueState::Approved).await? {
        if issue.newsletter == newsletter {
            review::changed(op, &issue, Change::Newsletter).await?;
        }
    }
    Ok(())
}

fn quiet_words(quiet: Option<QuietHours>) -> String {
    let hours = quiet.map_or_else(|| "none".to_owned(), |quiet| quiet.to_string());
    format!("quiet hours {hours}")
}

/// “teaser texts, 8 news, 12 events, 8 papers at most, name in subject”.
pub fn digest_words(digest: DigestSettings) -> String {
    let DigestSettings {
        texts,
        most_news,
        most_events,
        most_papers,
        name_in_subject,
    } = digest;
    let name = if name_in_subject { "" } else { "no " };
    format!(
        "{texts} texts, {most_news} news, {most_events} events, {most_papers} papers at most, {name}name in subject"
    )
}

/// “approval required, four eyes from 5000 recipients, in trial”.
pub fn review_words(approval: Approval, review: ReviewSettings) -> String {
    let mut words = format!("approval {approval}");
    if let Some(from) = review.four_eyes_from {
        let _ = write!(words, ", four eyes from {from} recipients"); // a String takes everything
    }
    if review.trial {
        words.push_str(", in trial");
    }
    words
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
