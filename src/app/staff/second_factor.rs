//! The second factor: setting up an authenticator app, verifying its codes, and recovery codes.

use super::delay::{self, Counted};
use super::session::{self, Opened, Session};
use super::{Changed, StaffError, notify_change};
use crate::app::{Actor, App, Operation};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::recovery_code::{self, CODES, RecoveryCode};
use crate::domain::token::{Keyring, SEAL_ENTROPY};
use crate::domain::totp::{SECRET, TotpSecret};
use crate::store;
use crate::store::staff::StaffMember;

/// What a sealed secret belongs to: one that is offered, or the one that is in use.
fn owner(user: &StaffMember, is_offered: bool) -> String {
    let what = if is_offered { "offered totp" } else { "totp" };
    format!("{what} of staff {}", user.uuid)
}

fn keyring(app: &App) -> Result<&Keyring, StaffError> {
    let keyring = app.config.security.keyring();
    Ok(keyring.map_err(crate::app::Error::from)?)
}

fn sealed(app: &App, owner: &str, secret: &TotpSecret) -> Result<String, StaffError> {
    let mut entropy = [0; SEAL_ENTROPY];
    getrandom::fill(&mut entropy)?;
    Ok(keyring(app)?.seal(owner, secret.bytes(), entropy))
}

fn unsealed(app: &App, owner: &str, sealed: &str) -> Result<Option<TotpSecret>, StaffError> {
    let opened = keyring(app)?.open_sealed(owner, sealed);
    Ok(opened.ok().and_then(|bytes| TotpSecret::from_bytes(&bytes)))
}

/// A secret that is offered for an authenticator app. Nothing is stored: the page keeps it, sealed,
/// until a code shows that the app has it.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The secret.
    pub secret: TotpSecret,
    /// The same, sealed: for the form.
    pub sealed: String,
}

/// Offers a new secret.
pub fn offer(app: &App, user: &StaffMember) -> Result<Offered, StaffError> {
    let mut entropy = [0; SECRET];
    getrandom::fill(&mut entropy)?;
    let secret = TotpSecret::from_entropy(entropy);
    let sealed = sealed(app, &owner(user, true), &secret)?;
    Ok(Offered { secret, sealed })
}

/// The secret that was offered before, if this is one: a form that was not accepted shows it again.
pub fn offered(app: &App, user: &StaffMember, sealed: &str) -> Result<Option<Offered>, StaffError> {
    let secret = unsealed(app, &owner(user, true), sealed)?;
    Ok(secret.map(|secret| Offered {
        secret,
        sealed: sealed.to_owned(),
    }))
}

/// Codes that are shown once, and the session with its new token.
#[derive(Debug)]
pub struct NewCodes {
    /// The recovery codes.
    pub codes: Vec<RecoveryCode>,
    /// The session; all others have ended.
    pub opened: Opened,
}

/// What setting up a second factor came to.
#[derive(Debug)]
pub enum SetUp {
    /// It is set up.
    Done(NewCodes),
    /// The code of the new app is wrong.
    Wrong,
    /// There is a second factor already, and what should prove it is wrong.
    FormerWrong,
}

/// Sets up the second factor with a code that shows that the app has the secret. Where there is one
/// already, `former` is a code of it, or a recovery code: a password alone does not replace it. Ends
/// all other sessions.
pub async fn set_up(
    app: &App,
    session: &Session,
    offered: &Offered,
    code: &str,
    former: &str,
) -> Result<SetUp, StaffError> {
    let user = &session.user;
    let Some(step) = offered.secret.check(code, app.clock.now(), None) else {
        return Ok(SetUp::Wrong);
    };
    let replaces = user.second_factor_since.is_some();
    if replaces && !prove(app, user, former).await? {
        return Ok(SetUp::FormerWrong);
    }
    let sealed = sealed(app, &owner(user, false), &offered.secret)?;
    let codes = new_codes()?;
    let mut op = app
        .begin(&session.actor(), Action::UserSecondFactor)
        .await?;
    let at = op.at();
    let secret = Some((sealed.as_str(), step.number()));
    store::staff::set_second_factor(op.tx(), user.id, secret, at).await?;
    store::recovery_code::replace(op.tx(), user.id, &hashes(&codes)).await?;
    let (before, changed) = if replaces {
        (Some("on"), Changed::SecondFactorReplaced)
    } else {
        (None, Changed::SecondFactorSetUp)
    };
    let opened = changed_by_oneself(app, &mut op, session, changed).await?;
    op.record(subject(user), before, Some("on"));
    op.commit().await?;
    Ok(SetUp::Done(NewCodes { codes, opened }))
}

/// Makes new recovery codes; the old ones do not work any more. A code of the app proves who asks.
/// Ends all other sessions. `None`: the code is wrong.
pub async fn renew_codes(
    app: &App,
    session: &Session,
    code: &str,
) -> Result<Option<NewCodes>, StaffError> {
    if !prove(app, &session.user, code).await? {
        return Ok(None);
    }
    let codes = new_codes()?;
    let mut op = app
        .begin(&session.actor(), Action::UserSecondFactor)
        .await?;
    store::recovery_code::replace(op.tx(), session.user.id, &hashes(&codes)).await?;
    let opened = changed_by_oneself(app, &mut op, session, Changed::RecoveryCodes).await?;
    op.record(
        subject(&session.user),
        Some("on"),
        Some("new recovery codes"),
    );
    op.commit().await?;
    Ok(Some(NewCodes { codes, opened }))
}

/// Removes one's own second factor. A code proves who asks. Ends all other sessions. `None`: the code
/// is wrong.
pub async fn remove(
    app: &App,
    session: &Session,
    code: &str,
) -> Result<Option<Opened>, StaffError> {
    let user = &session.user;
    if is_required(app, user) {
        return Err(StaffError::SecondFactorRequired);
    }
    if !prove(app, user, code).await? {
        return Ok(None);
    }
    let mut op = app
        .begin(&session.actor(), Action::UserSecondFactor)
        .await?;
    take_away(&mut op, user).await?;
    let opened = changed_by_oneself(app, &mut op, session, Changed::SecondFactorRemoved).await?;
    op.commit().await?;
    Ok(Some(opened))
}

/// Removes the second factor of somebody who has lost it, and ends their sessions.
pub async fn reset(app: &App, actor: &Actor, user: &StaffMember) -> Result<(), StaffError> {
    let mut op = app.begin(actor, Action::UserResetSecondFactor).await?;
    take_away(&mut op, user).await?;
    session::end_all(&mut op, user.id).await?;
    notify_change(app, &mut op, user, Changed::SecondFactorRemoved).await?;
    op.commit().await?;
    Ok(())
}

async fn take_away(op: &mut Operation, user: &StaffMember) -> Result<(), StaffError> {
    let at = op.at();
    store::staff::set_second_factor(op.tx(), user.id, None, at).await?;
    store::recovery_code::replace(op.tx(), user.id, &[]).await?;
    op.record(subject(user), Some("on"), Some("off"));
    Ok(())
}

/// What follows when somebody has changed their second factor: their other sessions end, this one
/// gets another token, and they are told by mail.
async fn changed_by_oneself(
    app: &App,
    op: &mut Operation,
    session: &Session,
    changed: Changed,
) -> Result<Opened, StaffError> {
    let but = Some(session.stored.hash.as_str());
    store::staff_session::end_others(op.tx(), session.user.id, but).await?;
    notify_change(app, op, &session.user, changed).await?;
    session::renew(op, session).await
}

/// Whether this user must have a second factor.
pub fn is_required(app: &App, user: &StaffMember) -> bool {
    let required = &app.config.newsroom.second_factor;
    user.roles.iter().any(|role| required.contains(role))
}

/// Whether a code is right that is given at an open session. Attempts are counted with those of the
/// login: whoever has found an open session cannot try codes for long.
async fn prove(app: &App, user: &StaffMember, code: &str) -> Result<bool, StaffError> {
    let counted = [Counted::Code(&user.uuid)];
    if let Some(until) = delay::begin(app, &counted).await? {
        let wait = until.since(app.clock.now());
        return Err(StaffError::TooOften(wait.as_secs() + 1));
    }
    let is_right = verify(app, user, code).await?;
    if is_right {
        delay::succeeded(app, &counted).await?;
    }
    Ok(is_right)
}

/// Whether this is the current code of the user's app, or one of their recovery codes; each is used
/// once.
pub(super) async fn verify(app: &App, user: &StaffMember, code: &str) -> Result<bool, StaffError> {
    let mut conn = app.read().await?;
    let Some((sealed, last_used)) = store::staff::second_factor(&mut conn, user.id).await? else {
        return Ok(false);
    };
    drop(conn);
    let Some(secret) = unsealed(app, &owner(user, false), &sealed)? else {
        tracing::error!(
            user = user.uuid,
            "the second factor of a user was sealed with another key: put the former key back among security.old_keys, or reset it"
        );
        return Ok(false);
    };
    let step = secret.check(code, app.clock.now(), last_used);
    let recovery = RecoveryCode::parse(code);
    let mut tx = app.db.begin().await?;
    let is_right = match (step, recovery) {
        (Some(step), _) => store::staff::use_step(&mut tx, user.id, step.number()).await?,
        (None, Some(code)) => store::recovery_code::take(&mut tx, user.id, &code.hash()).await?,
        (None, None) => false,
    };
    tx.commit().await?;
    Ok(is_right)
}

fn new_codes() -> Result<Vec<RecoveryCode>, StaffError> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let mut entropy = [0; recovery_code::ENTROPY];
        getrandom::fill(&mut entropy)?;
        codes.push(RecoveryCode::from_entropy(entropy));
    }
    Ok(codes)
}

fn hashes(codes: &[RecoveryCode]) -> Vec<String> {
    codes.iter().map(RecoveryCode::hash).collect()
}

fn subject(user: &StaffMember) -> Subject {
    Subject::new(SubjectKind::User, &user.uuid)
}
