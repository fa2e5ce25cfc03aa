//! How an issue is shown: what `--json` prints of it.

use std::collections::BTreeMap;

use templates::Locale;

use super::error::IssueError;
use super::name;
use crate::app::reasons;
use crate::digest::audience::Audience;
use crate::digest::release;
use crate::digest::snapshot::{ApprovalInvalidated, Section, Snapshot};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::language::Language;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::store::Connection;
use crate::store::issue::{Issue, IssueText};

/// An issue, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct IssueDetails {
    /// Its name.
    pub issue: IssueName,
    /// Its UUID.
    pub uuid: String,
    /// Its state.
    pub state: IssueState,
    /// Why it is held or paused: a code with its parameters.
    pub reason: Option<Reason>,
    /// The same as an English sentence.
    pub reason_text: Option<String>,
    /// The local date and time of its slot; none if it was composed by hand.
    pub slot: Option<String>,
    /// When it is due; none: when somebody sends it.
    pub send_at: Option<Timestamp>,
    /// When it was composed.
    pub composed_at: Timestamp,
    /// When it was approved.
    pub released_at: Option<Timestamp>,
    /// SHA-256 of the approved texts, in hexadecimal.
    pub release_hash: Option<String>,
    /// When its audience was materialised.
    pub frozen_at: Option<Timestamp>,
    /// When its last delivery ended.
    pub finished_at: Option<Timestamp>,
    /// Active subscribers who would have found nothing in it.
    pub skipped: i64,
}

impl IssueDetails {
    /// The issue of this name.
    pub fn new(name: IssueName, issue: &Issue) -> Self {
        Self {
            issue: name,
            uuid: issue.uuid.clone(),
            state: issue.state,
            reason: issue.reason.clone(),
            reason_text: reason_text(issue),
            slot: issue.slot.clone(),
            send_at: issue.send_at,
            composed_at: issue.composed_at,
            released_at: issue.released_at,
            release_hash: issue.release_hash.clone(),
            frozen_at: issue.frozen_at,
            finished_at: issue.finished_at,
            skipped: issue.skipped,
        }
    }
}

/// Why an issue is held or paused, as an English sentence: for the command line.
pub fn reason_text(issue: &Issue) -> Option<String> {
    let reason = issue.reason.as_ref();
    reason.map(|reason| reasons::sentence(reason, Locale::En))
}

/// An issue with its texts, entries and audience, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct IssueWithContent {
    /// The issue.
    #[serde(flatten)]
    pub details: IssueDetails,
    /// Its own wording, by language.
    pub texts: BTreeMap<Language, IssueText>,
    /// Its entries.
    pub sections: Vec<Section>,
    /// For whom something is in it.
    pub audience: Audience,
}

/// What was written by a preview, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Preview {
    /// The variants.
    pub variants: Vec<PreviewedVariant>,
    /// Active subscribers who would find nothing in the issue and get no mail.
    pub nothing: i64,
}

/// A variant in a preview.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PreviewedVariant {
    /// The name of its files, without their endings.
    pub file: String,
    /// How many readers it has.
    pub readers: i64,
    /// How many entries are in it.
    pub entries: usize,
    /// The size of its HTML in the mail, encoded: bytes.
    pub html_bytes: usize,
    /// The subject of its mail.
    pub subject: String,
}

/// What is sent: the approved texts; of an issue that a person still has to approve, what would be
/// approved now. Approved texts that were changed since are an error, not a reason to build others.
pub async fn content(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<Snapshot, IssueError> {
    let is_open = match issue.state {
        IssueState::Draft | IssueState::InReview => true,
        IssueState::Held => issue.frozen_at.is_none(),
        _ => false,
    };
    if is_open {
        return Ok(release::build(conn, issue, now).await?);
    }
    match release::load(conn, issue).await? {
        Ok(approved) => Ok(approved),
        // Cancelled before it was approved.
        Err(ApprovalInvalidated::Missing) => Ok(release::build(conn, issue, now).await?),
        Err(invalid) => Err(IssueError::ApprovalInvalid {
            issue: name(conn, issue).await?,
            invalid,
        }),
    }
}
