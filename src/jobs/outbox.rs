//! Sends the mails to one person that are no issue: “please confirm” and “you subscribe already”.
//!
//! The token of a confirmation link is made here, when its mail is: only its hash is stored, so a
//! repeated mail carries a new one, and each of them works. *Started* is durable before the relay
//! hears of a mail; after a crash it goes out again with the same Message-ID.

use std::time::Duration;

use anyhow::Context as _;
use templates::mails::Mail;
use templates::mails::already_subscribed::{self, AlreadySubscribedView};
use templates::mails::confirmation::{self, ConfirmationView};

use crate::delivery::signing::Keychain;
use crate::delivery::{Envelope, Relays, SendError, SendResult};
use crate::digest::MailContext;
use crate::digest::mail_context::wall_clock;
use crate::digest::mime::Notice;
use crate::domain::address::Address;
use crate::domain::delivery::DeliveryKey;
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::subscriber::{ConsentKind, ConsentMethod, SubscriptionState};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::{ConfirmToken, Keyring, Purpose, TOKEN_LEN};
use crate::domain::topic::TopicSet;
use crate::store::consent::ConsentEvent;
use crate::store::outbox::{Attempted, OutboxKind, OutboxMail};
use crate::store::signup::Signup;
use crate::store::{self, Db, Tx};

/// The wait after the first failed attempt; it doubles with each further one.
const RETRY_FIRST: Duration = Duration::from_mins(1);
/// The longest wait between two attempts.
const RETRY_LONGEST: Duration = Duration::from_hours(1);
/// After this nobody waits for a confirmation mail any more.
const GIVE_UP: Duration = Duration::from_hours(48);
/// A relay that takes mails and never answers would fill a mailbox.
const MOST_UNANSWERED: i64 = 3;

/// Mails that one step sends at most, so that nobody waits long for it to end.
pub const BATCH: usize = 50;

/// The job.
pub struct Outbox {
    db: Db,
    mail_context: MailContext,
    keyring: Keyring,
    relays: Relays,
    sender: (String, Address),
    keychain: Keychain,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// The relay took it.
    Sent,
    /// It is tried again.
    Later,
    /// It was refused, given up, or not wanted any more.
    Failed(String),
}

/// A mail about to be sent.
struct Ready {
    to: Address,
    bytes: Vec<u8>,
    signup: Option<Signup>,
}

impl Outbox {
    /// The job: `sender` is [`crate::config::Config::system_sender`].
    pub fn new(
        db: Db,
        mail_context: MailContext,
        keyring: Keyring,
        relays: impl Into<Relays>,
        sender: (String, Address),
    ) -> Self {
        Self {
            db,
            mail_context,
            keyring,
            relays: relays.into(),
            sender,
            keychain: Keychain::none(),
        }
    }

    /// Signs its mails with the keys of this keychain.
    #[must_use]
    pub fn signing(self, keychain: Keychain) -> Self {
        Self { keychain, ..self }
    }

    /// Sends what is due, one after the other; stops early when the relay is in trouble.
    pub async fn step(&self, now: Timestamp) -> anyhow::Result<Vec<Did>> {
        let mut done = Vec::new();
        // Asked without the writing connection: most of the time there is nothing.
        while done.len() < BATCH
            && store::outbox::count_waiting(&mut self.db.read().await?).await? > 0
        {
            let mut tx = self.db.begin().await?;
            let Some(mail) = store::outbox::start_next(&mut tx, now).await? else {
                break;
            };
            let mut ready = self.ready(&mut tx, &mail, now).await?;
            if let Ok(ready) = &mut ready {
                let bytes = std::mem::take(&mut ready.bytes);
                ready.bytes = self.keychain.signed(bytes).await?;
            }
            tx.commit().await?;
            let (result, signup) = match ready {
                Ok(ready) => {
                    let envelope = Envelope {
                        from: &self.sender.1,
                        to: &ready.to,
                    };
                    (
                        self.relays.send(&envelope, &ready.bytes, now).await,
                        ready.signup,
                    )
                }
                Err(reason) => {
                    let mut tx = self.db.begin().await?;
                    store::outbox::finish(&mut tx, mail.id, &Attempted::Failed, None, reason, now)
                        .await?;
                    tx.commit().await?;
                    done.push(Did::Failed(reason.to_owned()));
                    continue;
                }
            };
            let relay_in_trouble =
                matches!(result, Err(SendError::Relay(_) | SendError::Unanswered(_)));
            done.push(self.record(&mail, signup.as_ref(), &result, now).await?);
            if relay_in_trouble {
                break; // the others would meet the same
            }
        }
        Ok(done)
    }

    /// Writes the mail, or says why it is not wanted any more.
    async fn ready(
        &self,
        tx: &mut Tx,
        mail: &OutboxMail,
        now: Timestamp,
    ) -> anyhow::Result<Result<Ready, &'static str>> {
        if mail.attempts > 1 && now.since(mail.created_at) > GIVE_UP {
            return Ok(Err("given up: it could not be sent within two days"));
        }
        let subscriber = store::subscriber::by_id(tx, mail.subscriber).await?;
        let Some(to) = subscriber.and_then(|subscriber| subscriber.address) else {
            return Ok(Err("not sent: the address has been erased"));
        };
        if store::suppression::contains(tx, &self.keyring.address_hashes(&to)).await? {
            return Ok(Err("not sent: the address must not be mailed any more"));
        }
        let newsletters = store::newsletter::list(tx).await?;
        let (content, signup) = match mail.kind {
            OutboxKind::Confirmation => {
                let signup = match mail.signup {
                    Some(id) => store::signup::by_id(tx, id).await?,
                    None => None,
                };
                let Some(signup) = signup
                    .filter(|signup| signup.confirmed_at.is_none() && signup.expires_at > now)
                else {
                    return Ok(Err("not sent: the sign-up was confirmed or has expired"));
                };
                (
                    self.confirmation(tx, mail, &signup, &newsletters, now)
                        .await?,
                    Some(signup),
                )
            }
            OutboxKind::AlreadySubscribed => {
                (self.already_subscribed(tx, mail, &newsletters).await?, None)
            }
        };
        let notice = Notice {
            from_name: &self.sender.0,
            from: &self.sender.1,
            to: &to,
            message_id: &mail.message_id,
            date: mail.created_at,
            language: mail.language,
            form_host: self.mail_context.host(),
        };
        let bytes = notice.bytes(&content);
        Ok(Ok(Ready { to, bytes, signup }))
    }

    async fn confirmation(
        &self,
        tx: &mut Tx,
        mail: &OutboxMail,
        signup: &Signup,
        newsletters: &[Newsletter],
        now: Timestamp,
    ) -> anyhow::Result<Mail> {
        let mut entropy = [0; 32];
        getrandom::fill(&mut entropy).context("the system gives no random numbers")?;
        let token = ConfirmToken::from_entropy(entropy);
        store::confirm_token::add(tx, &token.hash(), signup.id, now).await?;
        let zone = zone(newsletters, &signup.newsletters);
        let view = ConfirmationView {
            newsletters: named(tx, newsletters, &signup.newsletters, mail.language).await?,
            requested_at: wall_clock(signup.requested_at, zone),
            confirm_url: self.mail_context.link(&format!(
                "/confirm/{}?lang={}",
                token.reveal(),
                mail.language
            )),
            expires_at: wall_clock(signup.expires_at, zone),
        };
        Ok(confirmation::mail(
            &self.mail_context.site(mail.language),
            &view,
        ))
    }

    async fn already_subscribed(
        &self,
        tx: &mut Tx,
        mail: &OutboxMail,
        newsletters: &[Newsletter],
    ) -> anyhow::Result<Mail> {
        let running = store::subscription::of_subscriber(tx, mail.subscriber).await?;
        let running = running
            .into_iter()
            .filter(|one| one.state == SubscriptionState::Active)
            .map(|one| (one.newsletter, one.topics))
            .collect::<Vec<_>>();
        let mut token = [0; TOKEN_LEN];
        let of = DeliveryKey {
            issue: 0,
            subscriber: mail.subscriber,
        };
        self.keyring
            .signer(Purpose::Preferences)
            .write(of, &mut token);
        let token = std::str::from_utf8(&token).expect("tokens are ASCII");
        let view = AlreadySubscribedView {
            newsletters: named(tx, newsletters, &running, mail.language).await?,
            requested_at: wall_clock(mail.created_at, zone(newsletters, &running)),
            preferences_url: self.mail_context.link(&format!("/preferences/{token}")),
            // An unsubscribe link names its newsletter by the issue it came with; this has none.
            unsubscribe_url: None,
        };
        Ok(already_subscribed::mail(
            &self.mail_context.site(mail.language),
            &view,
        ))
    }

    /// Writes down what the relay said, and the proof that the confirmation mail went out.
    async fn record(
        &self,
        mail: &OutboxMail,
        signup: Option<&Signup>,
        result: &SendResult,
        now: Timestamp,
    ) -> anyhow::Result<Did> {
        let how = attempted(mail, signup, result, now);
        let (code, words) = match result {
            Ok(reply) | Err(SendError::Refused(reply)) => (Some(reply.code), reply.words.clone()),
            Err(error) => (None, error.to_string()),
        };
        let mut tx = self.db.begin().await?;
        store::outbox::finish(&mut tx, mail.id, &how, code, &words, now).await?;
        if let (Attempted::Sent, Some(signup)) = (&how, signup) {
            for event in proof(mail, signup, now) {
                store::consent::append(&mut tx, &event).await?;
            }
        }
        tx.commit().await?;
        let kind = mail.kind.as_str();
        Ok(match how {
            Attempted::Sent => Did::Sent,
            Attempted::Later(_) => {
                tracing::warn!(
                    mail = mail.id,
                    kind,
                    attempts = mail.attempts,
                    error = said(result),
                    "a notice could not be sent and is tried again"
                );
                Did::Later
            }
            Attempted::Failed => {
                tracing::warn!(
                    mail = mail.id,
                    kind,
                    attempts = mail.attempts,
                    error = said(result),
                    "a notice could not be sent"
                );
                Did::Failed(words)
            }
        })
    }
}

/// For logs: in words, without the reader's address.
fn said(result: &SendResult) -> Option<String> {
    result.as_ref().err().map(ToString::to_string)
}

fn attempted(
    mail: &OutboxMail,
    signup: Option<&Signup>,
    result: &SendResult,
    now: Timestamp,
) -> Attempted {
    match result {
        Ok(_) => return Attempted::Sent,
        Err(SendError::Refused(reply)) if !reply.is_transient() => return Attempted::Failed,
        Err(SendError::Unanswered(_)) if mail.attempts >= MOST_UNANSWERED => {
            return Attempted::Failed;
        }
        Err(_) => {}
    }
    let doubled = u32::try_from(mail.attempts.saturating_sub(1))
        .unwrap_or(0)
        .min(10);
    let next = now.plus((RETRY_FIRST * 2_u32.pow(doubled)).min(RETRY_LONGEST));
    let too_late = signup.is_some_and(|signup| next >= signup.expires_at);
    if too_late || next.since(mail.created_at) > GIVE_UP {
        Attempted::Failed
    } else {
        Attempted::Later(next)
    }
}

fn proof(mail: &OutboxMail, signup: &Signup, now: Timestamp) -> impl Iterator<Item = ConsentEvent> {
    signup
        .newsletters
        .iter()
        .map(move |(newsletter, topics)| ConsentEvent {
            subscriber: mail.subscriber,
            newsletter: Some(*newsletter),
            kind: ConsentKind::ConfirmationSent,
            method: ConsentMethod::System,
            at: now,
            topics: Some(*topics),
            language: Some(mail.language),
            wording_hash: Some(signup.wording_hash.clone()),
            page: Some(signup.page.clone()),
            message_id: Some(mail.message_id.clone()),
        })
}

/// The zone in which the reader is told times: that of the first newsletter.
fn zone(newsletters: &[Newsletter], chosen: &[(i64, TopicSet)]) -> chrono_tz::Tz {
    let is_chosen = |one: &&Newsletter| chosen.iter().any(|(id, _)| *id == one.id);
    newsletters
        .iter()
        .find(is_chosen)
        .map_or(chrono_tz::UTC, |one| one.settings.zone)
}

/// The newsletters and topics by their names in the reader's language.
async fn named(
    tx: &mut Tx,
    newsletters: &[Newsletter],
    chosen: &[(i64, TopicSet)],
    language: Language,
) -> anyhow::Result<Vec<templates::Newsletter>> {
    let topics = store::topic::list(tx).await?;
    let find = |id: i64| newsletters.iter().find(|one| one.id == id);
    Ok(chosen
        .iter()
        .filter_map(|(id, set)| find(*id).map(|newsletter| (newsletter, set)))
        .map(|(newsletter, set)| templates::Newsletter {
            name: newsletter.settings.text(language).name.clone(),
            topics: topics
                .iter()
                .filter(|topic| set.contains(topic.bit))
                .map(|topic| topic.name(language).to_owned())
                .collect(),
        })
        .collect())
}
