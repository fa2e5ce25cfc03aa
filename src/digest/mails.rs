//! The mails of the issues that are being sent: their parts are read once for each language, and kept
//! in memory while they are needed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::headers::MessageHeaders;
use super::mail_context::MailContext;
use super::parts::{LanguageParts, PartError};
use super::release;
use super::snapshot::{ApprovalInvalidated, Snapshot};
use super::variant::{JoinError, LanguageMails, VariantError};
use crate::domain::language::Language;
use crate::domain::mail::PreparedMail;
use crate::domain::reason::Reason;
use crate::domain::timestamp::Timestamp;
use crate::domain::variant::VariantKey;
use crate::store::issue::Issue;
use crate::store::{self, Connection, Db, StoreError};

/// What is kept in memory at most, beside the issue that was asked for last: an issue of forty entries
/// has less than half a megabyte in each language.
const MOST_BYTES: usize = 24_000_000;

/// Gives workers the mail of a variant.
pub struct IssueMails {
    db: Db,
    mail_context: MailContext,
    kept: Mutex<Kept>,
    /// One reads at a time: workers that miss the same language wait for the first instead of reading
    /// it once each.
    loading: tokio::sync::Mutex<()>,
}

/// Why there is no mail. The issue should be held with this as its reason, unless trying again helps.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// There is no such issue, or its audience is not materialised.
    #[error("issue {0} is not being sent")]
    NotSending(i64),
    /// What is stored is not what was approved.
    #[error(transparent)]
    ApprovalInvalidated(#[from] ApprovalInvalidated),
    /// It would be cut off, or cannot be joined.
    #[error(transparent)]
    Variant(#[from] VariantError),
    /// It cannot be rendered.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<JoinError> for MailError {
    fn from(error: JoinError) -> Self {
        Self::Variant(error.into())
    }
}

impl MailError {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        match self {
            Self::ApprovalInvalidated(invalid) => invalid.reason(),
            Self::Variant(VariantError::TooLarge(too_large)) => too_large.reason(),
            other => Reason::MailUnusable {
                detail: other.to_string(),
            },
        }
    }

    /// Whether trying again later may help.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// The mails of an issue in one language, dated `date`: joined from its kept parts or, where none are
/// kept, from parts that are rendered from `snapshot`. What a preview shows is made here too.
pub async fn in_language(
    conn: &mut impl Connection,
    mail_context: &MailContext,
    issue: &Issue,
    snapshot: &Snapshot,
    language: Language,
    date: Timestamp,
) -> Result<LanguageMails, MailError> {
    let limits = snapshot.limits(mail_context.limits());
    let parts = match release::parts(conn, issue, snapshot, language).await?? {
        Some(parts) => parts,
        None => LanguageParts::render(mail_context, snapshot, limits, language)?,
    };
    let headers = MessageHeaders::new(snapshot, mail_context.public_url(), date);
    Ok(LanguageMails::new(
        snapshot, &parts, &headers, limits, language,
    )?)
}

impl IssueMails {
    /// Mails of the issues in `db`.
    pub fn new(db: Db, mail_context: MailContext) -> Self {
        Self {
            db,
            mail_context,
            kept: Mutex::default(),
            loading: tokio::sync::Mutex::default(),
        }
    }

    /// The mail of a variant. Once the parts of its language are in memory it is joined from them
    /// without asking the database.
    pub async fn prepared(&self, key: VariantKey) -> Result<PreparedMail, MailError> {
        let mails = self.of_language(key.issue, key.language).await?;
        Ok(mails.variant(key.topics)?.mail)
    }

    async fn of_language(
        &self,
        issue: i64,
        language: Language,
    ) -> Result<Arc<LanguageMails>, MailError> {
        if let Some(mails) = self.remembered(issue, language) {
            return Ok(mails);
        }
        let _one_at_a_time = self.loading.lock().await;
        if let Some(mails) = self.remembered(issue, language) {
            return Ok(mails);
        }
        let mails = Arc::new(self.load(issue, language).await?);
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((issue, language), Arc::clone(&mails));
        Ok(mails)
    }

    fn remembered(&self, issue: i64, language: Language) -> Option<Arc<LanguageMails>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.mails.get(&(issue, language)).cloned()
    }

    async fn load(&self, id: i64, language: Language) -> Result<LanguageMails, MailError> {
        let mut conn = self.db.read().await?;
        let issue = store::issue::by_id(&mut conn, id).await?;
        let issue = issue.ok_or(MailError::NotSending(id))?;
        let date = issue.frozen_at.ok_or(MailError::NotSending(id))?;
        let snapshot = release::texts(&mut conn, &issue).await??;
        let context = &self.mail_context;
        in_language(&mut conn, context, &issue, &snapshot, language, date).await
    }
}

impl std::fmt::Debug for IssueMails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssueMails").finish_non_exhaustive()
    }
}

/// Mails in memory; the oldest are dropped first.
#[derive(Default)]
struct Kept {
    mails: HashMap<(i64, Language), Arc<LanguageMails>>,
    in_order: VecDeque<(i64, Language)>,
    bytes: usize,
}

impl Kept {
    fn insert(&mut self, key: (i64, Language), mails: Arc<LanguageMails>) {
        self.bytes += mails.size();
        if self.mails.insert(key, mails).is_none() {
            self.in_order.push_back(key);
        }
        // All languages of one issue stay, however large: its readers come in any order.
        while self.bytes > MOST_BYTES && self.in_order.len() > Language::ALL.len() {
            let oldest = self.in_order.pop_front();
            if let Some(mails) = oldest.and_then(|key| self.mails.remove(&key)) {
                self.bytes -= mails.size();
            }
        }
    }
}
