//! One attempt to send one notice.

use std::time::Duration;

use anyhow::Context as _;

use super::Notices;
use super::content::Content;
use super::retry::{self, GIVE_UP};
use crate::delivery::{Envelope, SendError, SendResult};
use crate::digest::mime;
use crate::domain::address::Address;
use crate::domain::notice::{Lane, NotSent, NoticeKind, Recipient};
use crate::domain::subscriber::{ConsentKind, ConsentMethod};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::ConfirmToken;
use crate::store::consent::ConsentEvent;
use crate::store::outbox::{Attempted, Notice};
use crate::store::signup::Signup;
use crate::store::{self, Tx};

/// How long an attempt may take; shorter than [`store::outbox::LEASE`], so that nobody else starts
/// the notice meanwhile.
const PATIENCE: Duration = Duration::from_mins(15);

/// What became of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// The relay took it.
    Sent,
    /// It is tried again.
    Later,
    /// The relay refused it for good, with these words.
    Refused(String),
    /// It was not sent, for this reason.
    NotSent(NotSent),
}

/// A notice that was started and may be sent.
pub(super) struct Started {
    pub(super) notice: Notice,
    pub(super) to: Address,
    /// The sign-up that it asks to confirm, and the token of its link.
    pub(super) confirms: Option<(Signup, ConfirmToken)>,
}

/// What starting came to.
enum Start {
    Nothing,
    Ready(Box<Started>),
    NotSent(Notice, NotSent),
}

impl Notices {
    /// Sends the next notice of a lane, if one is due. Says what became of it, and whether the relay
    /// failed, so that the next notice would meet the same.
    pub(super) async fn attempt(&self, lane: Lane) -> anyhow::Result<Option<(Did, bool)>> {
        // Asked without the writing connection: most of the time there is nothing.
        let mut conn = self.db.read().await?;
        let is_due = store::outbox::is_due(&mut conn, lane, self.clock.now()).await?;
        drop(conn);
        if !is_due {
            return Ok(None);
        }
        match self.start(lane).await? {
            Start::Nothing => Ok(None),
            Start::NotSent(notice, reason) => {
                tell_not_sent(&notice, reason);
                Ok(Some((Did::NotSent(reason), false)))
            }
            Start::Ready(started) => Ok(Some(self.send(&started).await?)),
        }
    }

    /// Marks the next notice as started, or as not to be sent. The suppression, the recipient and the
    /// sign-up are looked up in the same transaction.
    async fn start(&self, lane: Lane) -> anyhow::Result<Start> {
        let mut tx = self.db.begin().await?;
        // After the transaction began: waiting for another writer must not shorten the lease.
        let now = self.clock.now();
        let Some(notice) = store::outbox::start_next(&mut tx, lane, now).await? else {
            return Ok(Start::Nothing);
        };
        let start = match self.may_send(&mut tx, &notice, now).await? {
            Ok((to, signup)) => {
                let confirms = match signup {
                    Some(signup) => Some((signup.clone(), token(&mut tx, signup.id, now).await?)),
                    None => None,
                };
                Start::Ready(Box::new(Started {
                    notice,
                    to,
                    confirms,
                }))
            }
            Err(reason) => {
                let (key, how) = ((notice.id, notice.attempts), Attempted::NotSent(reason));
                store::outbox::finish(&mut tx, key, &how, (None, None), now).await?;
                Start::NotSent(notice, reason)
            }
        };
        tx.commit().await?;
        Ok(start)
    }

    /// The address it goes to and the sign-up it asks to confirm, or why it is not to be sent.
    async fn may_send(
        &self,
        tx: &mut Tx,
        notice: &Notice,
        now: Timestamp,
    ) -> store::Result<Result<(Address, Option<Signup>), NotSent>> {
        if notice.attempts > 1 && now.since(notice.created_at) > GIVE_UP {
            return Ok(Err(NotSent::GivenUp));
        }
        let address = match &notice.recipient {
            Recipient::Subscriber(id) => {
                let subscriber = store::subscriber::by_id(tx, *id).await?;
                subscriber.and_then(|subscriber| subscriber.address)
            }
            Recipient::Address(address) => Some(address.clone()),
        };
        let Some(to) = address else {
            return Ok(Err(NotSent::Erased));
        };
        if store::suppression::contains(tx, &self.keyring.address_hashes(&to)).await? {
            return Ok(Err(NotSent::Suppressed));
        }
        let signup = match (notice.kind, notice.signup) {
            (NoticeKind::Confirmation, Some(id)) => store::signup::by_id(tx, id).await?,
            _ => None,
        };
        let open = |signup: &Signup| signup.confirmed_at.is_none() && signup.expires_at > now;
        let signup = signup.filter(open);
        Ok(
            if notice.kind == NoticeKind::Confirmation && signup.is_none() {
                Err(NotSent::SignupClosed)
            } else {
                Ok((to, signup))
            },
        )
    }

    /// Builds, signs and sends a notice that was started, and records the result. No transaction is
    /// open while it is computed, signed or sent.
    async fn send(&self, started: &Started) -> anyhow::Result<(Did, bool)> {
        let mail = async {
            let content = self.content(started).await?;
            let bytes = self.bytes(started, &content);
            Ok::<_, anyhow::Error>(self.keychain.signed(bytes).await?)
        };
        let mail = match mail.await {
            Ok(mail) => mail,
            Err(error) => {
                // It was not begun: it need not wait for the end of the lease.
                let next = self.clock.now().plus(Duration::from_mins(1));
                self.finish(&started.notice, &Attempted::Later(next), (None, None))
                    .await?;
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

    /// Records what the relay said, and the proof that the confirmation mail went out.
    async fn record(&self, started: &Started, result: Option<&SendResult>) -> anyhow::Result<Did> {
        let notice = &started.notice;
        let signup = started.confirms.as_ref().map(|(signup, _)| signup);
        let now = self.clock.now();
        let how = retry::outcome(notice, signup.map(|one| one.expires_at), result, now);
        let error = match result {
            Some(Ok(_)) => None,
            Some(Err(error)) => Some(error.to_string()),
            None => Some("the relay did not answer in time".to_owned()),
        };
        let (code, words) = match result {
            Some(Ok(reply) | Err(SendError::Refused(reply))) => {
                (Some(reply.code), Some(reply.words.as_str()))
            }
            _ => (None, error.as_deref()),
        };
        let mut tx = self.db.begin().await?;
        store::outbox::finish(
            &mut tx,
            (notice.id, notice.attempts),
            &how,
            (code, words),
            now,
        )
        .await?;
        if let (Attempted::Sent, Some(signup)) = (&how, signup) {
            for event in proof(notice, signup, now) {
                store::consent::append(&mut tx, &event).await?;
            }
        }
        tx.commit().await?;
        Ok(match how {
            Attempted::Sent => Did::Sent,
            Attempted::Later(_) => {
                tell_failed(
                    notice,
                    error.as_deref(),
                    "a notice could not be sent and is tried again",
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

    async fn finish(
        &self,
        notice: &Notice,
        how: &Attempted,
        said: (Option<u16>, Option<&str>),
    ) -> store::Result<()> {
        let mut tx = self.db.begin().await?;
        let key = (notice.id, notice.attempts);
        store::outbox::finish(&mut tx, key, how, said, self.clock.now()).await?;
        tx.commit().await
    }
}

/// A new token for the link of a confirmation mail. Only its hash is stored, so a repeated mail
/// carries a new one, and each of them works.
async fn token(tx: &mut Tx, signup: i64, now: Timestamp) -> anyhow::Result<ConfirmToken> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).context("the system gives no random numbers")?;
    let token = ConfirmToken::from_entropy(entropy);
    store::confirm_token::add(tx, &token.hash(), signup, now).await?;
    Ok(token)
}

fn proof(notice: &Notice, signup: &Signup, now: Timestamp) -> impl Iterator<Item = ConsentEvent> {
    signup
        .newsletters
        .iter()
        .map(move |(newsletter, topics)| ConsentEvent {
            subscriber: signup.subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::ConfirmationSent,
            method: ConsentMethod::System,
            at: now,
            topics: Some(*topics),
            language: Some(notice.language),
            wording_hash: Some(signup.wording_hash.clone()),
            page: Some(signup.page.clone()),
            message_id: Some(notice.message_id.clone()),
        })
}

/// `error` is as relays are quoted: without the recipient's address.
fn tell_failed(notice: &Notice, error: Option<&str>, what: &'static str) {
    let (id, kind, attempts) = (notice.id, notice.kind.as_str(), notice.attempts);
    tracing::warn!(notice = id, kind, attempts, error, "{what}");
}

fn tell_not_sent(notice: &Notice, reason: NotSent) {
    let (id, kind) = (notice.id, notice.kind.as_str());
    tracing::info!(notice = id, kind, %reason, "a notice was not sent");
}
