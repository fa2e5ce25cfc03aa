//! The prepared mails of the issues that are going out: rendered once, kept in the database for
//! every node and every attempt, and in memory while they are needed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::mail_context::MailContext;
use super::prepare::{Encoded, Envelope, PrepareError, prepare};
use super::release::{self, ApprovalInvalidated, Release};
use super::variant::{TooLarge, render};
use crate::domain::mail::PreparedMail;
use crate::domain::reason::Reason;
use crate::store::issue::Issue;
use crate::store::variant::VariantKey;
use crate::store::{self, Db, StoreError};

/// What is kept in memory at most: enough for an issue in four languages with many sets of topics.
const MOST_VARIANTS: usize = 512;
/// At some 60 KB a mail this is the narrower bound.
const MOST_BYTES: usize = 24_000_000;

/// Gives workers the prepared mail of a variant.
pub struct IssueMails {
    db: Db,
    mail_context: MailContext,
    kept: Mutex<Kept>,
    /// One renders at a time: workers that miss the same variant wait for the first instead of
    /// rendering it once each.
    rendering: tokio::sync::Mutex<()>,
}

/// Why there is no mail. The issue should be held with this as its reason, unless trying again helps.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// There is no such issue, or its audience is not frozen.
    #[error("issue {0} is not being sent")]
    NotSending(i64),
    /// What is stored is not what was approved.
    #[error(transparent)]
    ApprovalInvalidated(#[from] ApprovalInvalidated),
    /// It would be cut off.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// It cannot be encoded.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MailError {
    /// The reason that an issue is held with.
    pub fn reason(&self) -> Reason {
        match self {
            Self::ApprovalInvalidated(invalid) => invalid.reason(),
            Self::TooLarge(too_large) => too_large.reason(),
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

impl IssueMails {
    /// Mails of the issues in `db`.
    pub fn new(db: Db, mail_context: MailContext) -> Self {
        Self {
            db,
            mail_context,
            kept: Mutex::default(),
            rendering: tokio::sync::Mutex::default(),
        }
    }

    /// The prepared mail of a variant.
    pub async fn prepared(&self, key: VariantKey) -> Result<Arc<PreparedMail>, MailError> {
        if let Some(mail) = self.remembered(key) {
            return Ok(mail);
        }
        let _one_at_a_time = self.rendering.lock().await;
        if let Some(mail) = self.remembered(key) {
            return Ok(mail);
        }
        let mail = Arc::new(self.make(key).await?);
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, Arc::clone(&mail));
        Ok(mail)
    }

    fn remembered(&self, key: VariantKey) -> Option<Arc<PreparedMail>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.mails.get(&key).cloned()
    }

    async fn make(&self, key: VariantKey) -> Result<PreparedMail, MailError> {
        let mut conn = self.db.read().await?;
        let issue = store::issue::by_id(&mut conn, key.issue)
            .await?
            .ok_or(MailError::NotSending(key.issue))?;
        let release = release::load(&mut conn, &issue).await??;
        let envelope = self.envelope(&issue, &release)?;
        let stored = store::variant::get(&mut conn, key).await?;
        drop(conn); // before asking for the writing connection, so that readers do not run out
        let variant = if let Some(parts) = stored {
            Encoded::new(parts)
        } else {
            let hash = &envelope.release_hash;
            let rendered = render(&self.mail_context, &release, hash, key.language, key.topics)?;
            let mut tx = self.db.begin().await?;
            let parts = store::variant::keep(&mut tx, key, rendered.variant.parts()).await?;
            tx.commit().await?;
            rendered.variant.kept(parts)
        };
        Ok(prepare(&variant, key.language, &envelope)?)
    }

    fn envelope(&self, issue: &Issue, release: &Release) -> Result<Envelope, MailError> {
        let not_sending = || MailError::NotSending(issue.id);
        let newsletter = &release.newsletter;
        Ok(Envelope {
            newsletter_key: newsletter.key.clone(),
            sender_name: newsletter.sender_name.clone(),
            sender: newsletter.sender_address.clone(),
            reply_to: newsletter.reply_to.clone(),
            number: release.number,
            date: issue.frozen_at.ok_or_else(not_sending)?,
            release_hash: issue
                .release_hash
                .clone()
                .ok_or(ApprovalInvalidated::Missing)?,
            public_url: self.mail_context.public_url().to_owned(),
        })
    }
}

impl std::fmt::Debug for IssueMails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssueMails").finish_non_exhaustive()
    }
}

/// Mails in memory; the oldest makes room.
#[derive(Default)]
struct Kept {
    mails: HashMap<VariantKey, Arc<PreparedMail>>,
    in_order: VecDeque<VariantKey>,
    bytes: usize,
}

impl Kept {
    fn insert(&mut self, key: VariantKey, mail: Arc<PreparedMail>) {
        self.bytes += mail.bytes().len();
        if self.mails.insert(key, mail).is_none() {
            self.in_order.push_back(key);
        }
        while self.in_order.len() > MOST_VARIANTS
            || (self.bytes > MOST_BYTES && self.in_order.len() > 1)
        {
            let oldest = self.in_order.pop_front();
            if let Some(mail) = oldest.and_then(|key| self.mails.remove(&key)) {
                self.bytes -= mail.bytes().len();
            }
        }
    }
}
