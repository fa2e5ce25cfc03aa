//! Proving again who one is: before something is exported, and before access is changed. An open
//! session alone does not show that its user is the one who sits there.

use std::time::Duration;

use zeroize::Zeroizing;

use super::StaffError;
use super::delay::{self, Counted};
use super::links::{self, AboutStaff};
use super::log_in::From;
use super::second_factor;
use super::session::{self, Opened, Session};
use crate::app::{App, password};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::notice::NoticeKind;
use crate::domain::timestamp::Timestamp;
use crate::store;

/// How long a mailed code works.
pub const CODE_VALID_FOR: Duration = Duration::from_mins(15);

/// What somebody must give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// The password; without one, a code that is mailed.
    pub password: bool,
    /// Whether such a code is on its way, and until when it works.
    pub mailed_until: Option<Timestamp>,
    /// A code of the second factor.
    pub second_factor: bool,
}

/// What somebody has given.
#[derive(Clone, Default)]
pub struct Given {
    /// The password.
    pub password: Zeroizing<String>,
    /// The code that was mailed.
    pub mailed: String,
    /// The code of the second factor, or a recovery code.
    pub code: String,
}

/// Prints neither password nor code.
impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Given").finish_non_exhaustive()
    }
}

/// What an attempt came to.
#[derive(Debug)]
pub enum Confirm {
    /// It is this user; the session has another token.
    Confirmed(Opened),
    /// Something is wrong.
    Wrong,
    /// There were too many failures; the next attempt is allowed at this time.
    Wait(Timestamp),
}

/// Whether the user of a session has proved who they are within the time that the configuration
/// allows (`newsroom.confirm_after`).
pub fn is_confirmed(app: &App, session: &Session) -> bool {
    let until = session
        .stored
        .confirmed_at
        .plus(app.config.newsroom.confirm_after);
    app.clock.now() < until
}

/// What the user of this session must give.
pub async fn needed(app: &App, session: &Session) -> Result<Needed, StaffError> {
    let mut conn = app.read().await?;
    let password = store::staff::password(&mut conn, session.user.id).await?;
    Ok(Needed {
        password: password.is_some(),
        mailed_until: mailed_until(app, session),
        second_factor: session.user.second_factor_since.is_some(),
    })
}

/// Mails a code to a user without a password. Returns until when to wait, if too many were asked for.
pub async fn ask_code(app: &App, session: &Session) -> Result<Option<Timestamp>, StaffError> {
    let user = &session.user;
    let key = user.email.key();
    if let Some(until) = delay::begin(app, &[Counted::Mail(&key)]).await? {
        return Ok(Some(until));
    }
    let mut op = app.begin(&session.actor(), Action::UserLink).await?;
    let at = op.at();
    store::staff_session::ask_code(op.tx(), &session.stored.hash, at).await?;
    let kind = NoticeKind::LoginCode;
    let about = AboutStaff {
        code: Some((session.stored.uuid.clone(), at)),
        ..AboutStaff::default()
    };
    links::enqueue(app, &mut op, kind, user, about).await?;
    op.record(subject(session), None, Some(kind.as_str()));
    op.commit().await?;
    Ok(None)
}

/// Confirms that the user of a session is who they say. Attempts are counted with those of the login.
pub async fn confirm(
    app: &App,
    session: &Session,
    given: Given,
    from: From<'_>,
) -> Result<Confirm, StaffError> {
    let user = &session.user;
    let key = user.email.key();
    let counted = [
        Counted::Account(&key),
        Counted::Code(&user.uuid),
        Counted::Network(from.network),
    ];
    if let Some(until) = delay::begin(app, &counted).await? {
        return Ok(Confirm::Wait(until));
    }
    let mut conn = app.read().await?;
    let stored = store::staff::password(&mut conn, user.id).await?;
    drop(conn);
    let (is_right, how) = match stored {
        Some(_) => (password::verify(given.password, stored).await, "password"),
        None => (is_mailed_code(app, session, &given.mailed)?, "mailed code"),
    };
    // A code of the second factor works once: it is used up only with the right password.
    let has_second = user.second_factor_since.is_some();
    if !is_right || has_second && !second_factor::verify(app, user, &given.code).await? {
        return Ok(Confirm::Wrong);
    }
    delay::succeeded(app, &counted).await?;
    let mut op = app.begin(&session.actor(), Action::UserConfirm).await?;
    let opened = session::renew(&mut op, session).await?;
    let and = if has_second { ", second factor" } else { "" };
    op.record(subject(session), None, Some(&format!("{how}{and}")));
    op.commit().await?;
    Ok(Confirm::Confirmed(opened))
}

/// Until when the code that was mailed works, if one was.
fn mailed_until(app: &App, session: &Session) -> Option<Timestamp> {
    let until = session.stored.code_asked_at?.plus(CODE_VALID_FOR);
    (app.clock.now() < until).then_some(until)
}

fn is_mailed_code(app: &App, session: &Session, given: &str) -> Result<bool, StaffError> {
    let (Some(asked_at), Some(_)) = (session.stored.code_asked_at, mailed_until(app, session))
    else {
        return Ok(false);
    };
    let keyring = app.config.security.keyring();
    let keyring = keyring.map_err(crate::app::Error::from)?;
    // It is stored nowhere: the mail and this page compute it.
    Ok(keyring.login_code(&session.stored.uuid, asked_at) == digits(given))
}

/// What was typed, without what people put between digits.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(20).collect()
}

fn subject(session: &Session) -> Subject {
    Subject::new(SubjectKind::User, &session.user.uuid)
}
