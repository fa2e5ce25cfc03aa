//! What users do with their own account.

use zeroize::Zeroizing;

use super::delay::{self, Counted};
use super::session::{self, Opened, Session};
use super::{Changed, StaffError, notify_change};
use crate::app::{App, password};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::language::Language;
use crate::domain::password::{About, Password};
use crate::domain::timestamp::Timestamp;
use crate::store;

/// Changes name and language.
pub async fn change_profile(
    app: &App,
    session: &Session,
    name: &str,
    language: Language,
) -> Result<(), StaffError> {
    let user = &session.user;
    if user.name == name && user.language == language {
        return Ok(());
    }
    let mut op = app.begin(&session.actor(), Action::UserProfile).await?;
    store::staff::set_profile(op.tx(), user.id, name, language).await?;
    // The log keeps no name: it would stay when the person is gone.
    let what = match (user.name != name, user.language != language) {
        (true, true) => "name, language",
        (true, false) => "name",
        _ => "language",
    };
    op.record(subject(session), None, Some(what));
    op.commit().await?;
    Ok(())
}

/// What changing a password came to.
#[derive(Debug)]
pub enum PasswordChange {
    /// It was changed; this session has another token, all others have ended.
    Changed(Opened),
    /// The current password is wrong.
    Wrong,
    /// There were too many wrong ones; the next attempt is allowed at this time.
    Wait(Timestamp),
}

/// Sets another password. The current one proves who asks, if there is one.
pub async fn change_password(
    app: &App,
    session: &Session,
    current: Zeroizing<String>,
    new: &str,
) -> Result<PasswordChange, StaffError> {
    let user = &session.user;
    let about = About {
        name: &user.name,
        address: user.email.as_str(),
        organisation: &app.config.organisation.name,
    };
    let new = Password::accept(new, about)?;
    let mut conn = app.read().await?;
    let stored = store::staff::password(&mut conn, user.id).await?;
    drop(conn);
    if stored.is_some() {
        let key = user.email.key();
        let counted = [Counted::Account(&key)];
        if let Some(until) = delay::begin(app, &counted).await? {
            return Ok(PasswordChange::Wait(until));
        }
        if !password::verify(current, stored).await {
            return Ok(PasswordChange::Wrong);
        }
        delay::succeeded(app, &counted).await?;
    }
    let hash = password::hash(new).await?;
    let mut op = app.begin(&session.actor(), Action::UserPassword).await?;
    store::staff::set_password(op.tx(), user.id, &hash).await?;
    store::staff_link::remove_of_staff(op.tx(), user.id).await?;
    store::staff_session::end_others(op.tx(), user.id, Some(&session.stored.hash)).await?;
    let opened = session::renew(&mut op, session).await?;
    notify_change(app, &mut op, user, Changed::Password).await?;
    op.record(subject(session), None, Some("changed"));
    op.commit().await?;
    Ok(PasswordChange::Changed(opened))
}

/// Ends one of one's own sessions by its name.
pub async fn end_session(app: &App, session: &Session, uuid: &str) -> Result<bool, StaffError> {
    let mut op = app.begin(&session.actor(), Action::UserEndSession).await?;
    let ended = store::staff_session::end_named(op.tx(), session.user.id, uuid).await?;
    if ended {
        op.record(subject(session), None, Some("one session"));
    }
    op.commit().await?;
    Ok(ended)
}

/// Ends all of one's own sessions but this one.
pub async fn end_other_sessions(app: &App, session: &Session) -> Result<u64, StaffError> {
    let mut op = app.begin(&session.actor(), Action::UserEndSession).await?;
    let but = Some(session.stored.hash.as_str());
    let ended = store::staff_session::end_others(op.tx(), session.user.id, but).await?;
    if ended > 0 {
        op.record(subject(session), None, Some(&format!("{ended} sessions")));
    }
    op.commit().await?;
    Ok(ended)
}

fn subject(session: &Session) -> Subject {
    Subject::new(SubjectKind::User, &session.user.uuid)
}
