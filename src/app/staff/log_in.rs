//! Logging in: by password, then by the second factor where there is one.

use zeroize::Zeroizing;

use super::StaffError;
use super::delay::{self, Counted};
use super::second_factor;
use super::session::{self, Opened, Session};
use crate::app::{App, password};
use crate::domain::address::Address;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::UserState;
use crate::store;
use crate::store::staff::StaffMember;
use crate::store::staff_session::Step;

/// Where somebody logs in from.
#[derive(Debug, Clone, Copy)]
pub struct From<'a> {
    /// The network of the client; only its keyed hash is stored, for an hour.
    pub network: &'a str,
    /// The browser in words.
    pub agent: &'a str,
}

/// What an attempt to log in came to.
#[derive(Debug)]
pub enum LogIn {
    /// A session was begun; see [`Opened::step`] for what it lacks.
    Opened(Opened),
    /// Address, password or code are wrong.
    Wrong,
    /// There were too many failures; the next attempt is allowed at this time.
    Wait(Timestamp),
}

/// The step that a session of this user begins with, once they have proved one factor.
pub(super) const fn first_step(user: &StaffMember) -> Step {
    if user.second_factor_since.is_some() {
        Step::SecondFactor
    } else {
        Step::Open
    }
}

/// Begins a session for the user with this address and password.
pub async fn log_in(
    app: &App,
    email: &Address,
    password: Zeroizing<String>,
    from: From<'_>,
) -> Result<LogIn, StaffError> {
    let key = email.key();
    let counted = [Counted::Account(&key), Counted::Network(from.network)];
    if let Some(until) = delay::begin(app, &counted).await? {
        return Ok(LogIn::Wait(until));
    }
    let mut conn = app.read().await?;
    let user = store::staff::by_email(&mut conn, email).await?;
    let stored = match &user {
        Some(user) => store::staff::password(&mut conn, user.id).await?,
        None => None,
    };
    drop(conn);
    let is_right = password::verify(password, stored).await;
    let Some(user) = user.filter(|user| is_right && user.state == UserState::Active) else {
        return Ok(LogIn::Wrong);
    };
    delay::succeeded(app, &counted).await?;
    let opened = session::open(app, &user, first_step(&user), from.agent).await?;
    Ok(LogIn::Opened(opened))
}

/// Opens a session that lacks the second factor: by a code of the authenticator app, or by a recovery
/// code. The session gets another token.
pub async fn second_step(
    app: &App,
    session: &Session,
    code: &str,
    from: From<'_>,
) -> Result<LogIn, StaffError> {
    let user = &session.user;
    let counted = [Counted::Code(&user.uuid), Counted::Network(from.network)];
    if let Some(until) = delay::begin(app, &counted).await? {
        return Ok(LogIn::Wait(until));
    }
    if !second_factor::verify(app, user, code).await? {
        return Ok(LogIn::Wrong);
    }
    delay::succeeded(app, &counted).await?;
    let opened = session::open(app, user, Step::Open, from.agent).await?;
    session::discard(app, session).await?;
    Ok(LogIn::Opened(opened))
}
