//! One attempt to send one notice.

use std::time::Duration;

use super::content::Content;
use super::{Notices, retry};
use crate::app::notices::attempt::{self, Start, Started};
use crate::delivery::{Envelope, SendError, SendResult};
use crate::digest::mime;
use crate::domain::notice::{Lane, NotSent};
use crate::store;
use crate::store::outbox::{Attempted, Notice};

/// How long an attempt may take; shorter than [`store::outbox::LEASE`], so that no other sender
/// starts the notice meanwhile.
const PATIENCE: Duration = Duration::from_mins(15);

/// The result of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// The relay accepted it.
    Sent,
    /// It will be retried.
    Later,
    /// The relay refused it permanently, with this reply.
    Refused(String),
    /// It was not sent, for this reason.
    NotSent(NotSent),
}

impl Notices {
    /// Sends the next notice of a lane, if one is due. Returns its result, and whether the relay
    /// failed, so that the next notice would fail too.
    pub(super) async fn attempt(&self, lane: Lane) -> anyhow::Result<Option<(Did, bool)>> {
        // Checked without the writing connection: most of the time there is nothing.
        let mut conn = self.db.read().await?;
        let is_due = store::outbox::is_due(&mut conn, lane, self.clock.now()).await?;
        drop(conn);
        if !is_due {
            return Ok(None);
        }
        match attempt::start(&self.db, &self.clock, &self.keyring, lane).await? {
            Start::Nothing => Ok(None),
            Start::NotSent(notice, reason) => {
                tell_not_sent(&notice, reason);
                Ok(Some((Did::NotSent(reason), false)))
            }
            Start::Ready(started) => Ok(Some(self.send(&started).await?)),
        }
    }

    /// Builds, signs and sends a notice that was started, and records the result. No transaction is
    /// open while it is built, signed or sent.
    async fn send(&self, started: &Started) -> anyhow::Result<(Did, bool)> {
        let mail = async {
            let content = self.content(started).await?;
            let bytes = self.bytes(started, &content);
            Ok::<_, anyhow::Error>(self.keychain.signed(bytes).await?)
        };
        let mail = match mail.await {
            Ok(mail) => mail,
            Err(error) => {
                // It was not started: it need not wait for the end of the lease.
                let next = self.clock.now().plus(Duration::from_mins(1));
                let (how, now) = (Attempted::Later(next), self.clock.now());
                attempt::finish(&self.db, &started.notice, &how, (None, None), None, now).await?;
                return Err(error.context(format!("notice {}", started.notice.id)));
            }
        };
        let envelope = Envelope {
            from: &self.sender.1,
            to: &started.to,
        };
        let sending = self.relays.send(&envelope, &mail, self.clock.now());
        let result = tokio::time::timeout(PATIENCE, sending).await.ok();
        let relay_failed = !matches!(result, Some(Ok(_) | Err(SendError::Refused(_))));
        Ok((self.record(started, result.as_ref()).await?, relay_failed))
    }

    fn bytes(&self, started: &Started, content: &Content) -> Vec<u8> {
        let notice = &started.notice;
        mime::Notice {
            from_name: &self.sender.0,
            from: &self.sender.1,
            to: &started.to,
            message_id: &notice.message_id,
            date: notice.created_at,
            language: notice.language,
            form_host: content
                .answers_a_form
                .then(|| self.mail_context.host())
                .flatten(),
        }
        .bytes(&content.mail)
    }

    /// Records the relay's reply, and the proof that the confirmation mail was sent.
    async fn record(&self, started: &Started, result: Option<&SendResult>) -> anyhow::Result<Did> {
        let notice = &started.notice;
        let signup = started.confirms.as_ref().map(|(signup, _)| signup);
        let now = self.clock.now();
        let how = retry::outcome(notice, signup.map(|one| one.expires_at), result, now);
        let error = match result {
            Some(Ok(_)) => None,
            Some(Err(error)) => Some(error.to_string()),
            None => Some("the relay did not reply in time".to_owned()),
        };
        let (code, words) = match result {
            Some(Ok(reply) | Err(SendError::Refused(reply))) => {
                (Some(reply.code), Some(reply.words.as_str()))
            }
            _ => (None, error.as_deref()),
        };
        attempt::finish(&self.db, notice, &how, (code, words), signup, now).await?;
        Ok(match how {
            Attempted::Sent => Did::Sent,
            Attempted::Later(_) => {
                tell_failed(
                    notice,
                    error.as_deref(),
                    "a notice could not be sent and will be retried",
                );
                Did::Later
            }
            Attempted::Refused => {
                let words = words.unwrap_or_default().to_owned();
                tell_failed(notice, error.as_deref(), "a notice was refused");
                Did::Refused(words)
            }
            Attempted::NotSent(reason) => {
                tell_failed(notice, error.as_deref(), "a notice is given up");
                Did::NotSent(reason)
            }
        })
    }
}

/// `error` quotes relays without the recipient's address.
fn tell_failed(notice: &Notice, error: Option<&str>, what: &'static str) {
    let (id, kind, attempts) = (notice.id, notice.kind.as_str(), notice.attempts);
    tracing::warn!(notice = id, kind, attempts, error, "{what}");
}

fn tell_not_sent(notice: &Notice, reason: NotSent) {
    let (id, kind) = (notice.id, notice.kind.as_str());
    tracing::info!(notice = id, kind, %reason, "a notice was not sent");
}
