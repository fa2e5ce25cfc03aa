//! What is missing before a newsletter sends its first real issue.

mod dns;

pub use dns::look_up;

use sha2::{Digest as _, Sha256};

use crate::app::newsletters::NewsletterError;
use crate::app::notices::{Letter, enqueue};
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::dkim::{KeyState, is_within};
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
use crate::domain::notice::{NoticeKind, Recipient};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Role, UserState};
use crate::store::sender_dns::SenderDns;
use crate::store::{self, Connection};

/// How many wrong codes are looked at before another one has to be asked for.
const MOST_FAILURES: i64 = 5;
/// Digits of a code.
const DIGITS: u32 = 8;
/// For how long a code is valid, in hours.
const HOURS: u64 = 24;

/// What is there, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Keys of the configuration that the imprint lacks.
    pub imprint: Vec<&'static str>,
    /// Keys that the privacy notice lacks.
    pub privacy: Vec<&'static str>,
    /// When the sender's mailbox was checked: none where it never was, or the address is another one.
    pub sender_checked: Option<Timestamp>,
    /// Whether a code was mailed there that can still be typed.
    pub sender_asked: bool,
    /// Whether mails of the sender's domain are signed.
    pub signed: bool,
    /// What the DNS says about the sender, where somebody has looked since sender or keys changed.
    pub dns: Option<SenderDns>,
    /// How many active administrators there are.
    pub administrators: usize,
}

/// What of a newsletter is ready.
pub async fn readiness(
    app: &App,
    conn: &mut impl Connection,
    newsletter: &Newsletter,
) -> store::Result<Readiness> {
    let organisation = &app.config.organisation;
    let mut privacy = Vec::new();
    if organisation.privacy_url.is_none() && organisation.data_protection_officer.is_empty() {
        privacy.push("data_protection_officer");
    }
    if organisation.privacy_url.is_none() && organisation.authority.is_none() {
        privacy.push("authority");
    }
    let sender = &newsletter.settings.sender_address;
    let check = store::sender_check::of(conn, newsletter.id).await?;
    let check = check.filter(|check| check.address == sender.as_str());
    let now = app.clock.now();
    let is_open = |check: &store::sender_check::SenderCheck| {
        check.checked_at.is_none() && is_valid(check, now)
    };
    let keys = store::dkim_key::list(conn).await?;
    let signs = |key: &store::dkim_key::DkimKey| {
        key.state == KeyState::Active && is_within(sender.domain(), &key.domain)
    };
    let staff = store::staff::list(conn).await?;
    let administers = |one: &&store::staff::StaffMember| {
        one.state == UserState::Active && one.roles.contains(Role::Administrator)
    };
    Ok(Readiness {
        imprint: app.mail_context().missing_imprint(),
        privacy,
        sender_asked: check.as_ref().is_some_and(is_open),
        sender_checked: check.and_then(|check| check.checked_at),
        signed: keys.iter().any(signs),
        dns: dns::found(&app.config, conn, newsletter).await?,
        administrators: staff.iter().filter(administers).count(),
    })
}

/// Mails a code to the sender of a newsletter.
pub async fn ask_sender(
    app: &App,
    actor: &Actor,
    key: &str,
    language: Language,
) -> Result<(), NewsletterError> {
    let mut op = app.begin(actor, Action::SenderCheck).await?;
    let (newsletter, at) = (lookup::newsletter(op.tx(), key).await?, op.at());
    let address = newsletter.settings.sender_address.clone();
    let code = new_code()?;
    let hash = hash(&newsletter, &code);
    store::sender_check::ask(op.tx(), newsletter.id, address.as_str(), &hash, at).await?;
    let letter = Letter {
        kind: NoticeKind::SenderCheck,
        recipient: Recipient::Address(address),
        language,
        signup: None,
        parameters: serde_json::json!({ "newsletter": newsletter.id, "code": code }),
    };
    enqueue(app, &mut op, letter).await?;
    op.record(subject(key), None, Some("a code was mailed to the sender"));
    Ok(op.commit().await?)
}

/// Takes the code that was mailed to the sender. Returns whether it is right; after five wrong ones
/// another one has to be asked for.
pub async fn confirm_sender(
    app: &App,
    actor: &Actor,
    key: &str,
    code: &str,
) -> Result<bool, NewsletterError> {
    let mut op = app.begin(actor, Action::SenderCheck).await?;
    let (newsletter, at) = (lookup::newsletter(op.tx(), key).await?, op.at());
    let Some(check) = store::sender_check::of(op.tx(), newsletter.id).await? else {
        return Ok(false);
    };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let is_right = is_valid(&check, at)
        && check.address == newsletter.settings.sender_address.as_str()
        && check.code_hash == hash(&newsletter, &digits);
    if is_right {
        store::sender_check::confirm(op.tx(), newsletter.id, at).await?;
        op.record(subject(key), None, Some("the sender receives mails"));
    } else {
        store::sender_check::fail(op.tx(), newsletter.id).await?;
    }
    op.commit().await?;
    Ok(is_right)
}

fn is_valid(check: &store::sender_check::SenderCheck, now: Timestamp) -> bool {
    let until = check
        .requested_at
        .plus(std::time::Duration::from_hours(HOURS));
    check.failures < MOST_FAILURES && now < until
}

fn subject(key: &str) -> Subject {
    Subject::new(SubjectKind::Newsletter, key)
}

fn hash(newsletter: &Newsletter, code: &str) -> String {
    let text = format!("rundbrief sender {} {code}", newsletter.uuid);
    data_encoding::HEXLOWER.encode(&Sha256::digest(text))
}

fn new_code() -> Result<String, NewsletterError> {
    let mut entropy = [0; 8];
    getrandom::fill(&mut entropy).map_err(|error| NewsletterError::Random(error.to_string()))?;
    let number = u64::from_le_bytes(entropy) % 10_u64.pow(DIGITS);
    Ok(format!("{number:0width$}", width = DIGITS as usize))
}
