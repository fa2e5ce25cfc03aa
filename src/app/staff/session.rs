//! Sessions: a random token in a cookie, its hash in the database.

use std::time::Duration;

use super::StaffError;
use crate::app::{Actor, App, Error, Operation};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::ConfirmToken;
use crate::domain::user::UserState;
use crate::store;
use crate::store::staff::StaffMember;
use crate::store::staff_session::{StaffSession, Step};

/// How exactly the last use of a session is known: less is written while somebody works.
const NOTED_EVERY: Duration = Duration::from_mins(1);
/// A pause after which the next page begins a new visit.
const VISIT_PAUSE: Duration = Duration::from_hours(1);

/// How long somebody may take for the second step.
const SECOND_STEP_WITHIN: Duration = Duration::from_mins(10);

/// The secret in a session's cookie.
pub type SessionToken = ConfirmToken;

/// A session that was just begun.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What the cookie holds.
    pub token: SessionToken,
    /// Its name in lists.
    pub uuid: String,
    /// What the session still lacks.
    pub step: Step,
}

/// A running session with its user.
#[derive(Debug, Clone)]
pub struct Session {
    /// The user.
    pub user: StaffMember,
    /// The session.
    pub stored: StaffSession,
    /// When it ends if nothing is done.
    pub idle_at: Timestamp,
}

impl Session {
    /// This user at this session's pages.
    pub fn actor(&self) -> Actor {
        Actor::User {
            id: self.user.id,
            uuid: self.user.uuid.clone(),
            roles: self.user.roles.clone(),
        }
    }
}

/// Begins a session for a user who has proved who they are; it always has a new token.
pub async fn open(
    app: &App,
    user: &StaffMember,
    step: Step,
    agent: &str,
) -> Result<Opened, StaffError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    let token = SessionToken::from_entropy(entropy);
    let actor = Actor::User {
        id: user.id,
        uuid: user.uuid.clone(),
        roles: user.roles.clone(),
    };
    let mut op = app.begin(&actor, Action::UserLogIn).await?;
    let at = op.at();
    let lasts = match step {
        Step::Open => app.config.newsroom.session,
        Step::SecondFactor => SECOND_STEP_WITHIN,
    };
    let ends_at = at.plus(lasts);
    let hash = token.hash();
    let uuid = store::staff_session::add(op.tx(), &hash, user.id, step, agent, ends_at, at).await?;
    if step == Step::Open {
        store::staff::seen(op.tx(), user.id, at.minus(VISIT_PAUSE), at).await?;
    }
    op.record(
        Subject::new(SubjectKind::User, &user.uuid),
        None,
        Some(step.as_str()),
    );
    op.commit().await?;
    Ok(Opened { token, uuid, step })
}

/// The session of a token, unless it has ended or its user may not log in any more. Notes that it was
/// used.
pub async fn resume(app: &App, token: &SessionToken) -> Result<Option<Session>, Error> {
    let mut conn = app.read().await?;
    let hash = token.hash();
    let Some(stored) = store::staff_session::by_hash(&mut conn, &hash).await? else {
        return Ok(None);
    };
    let user = store::staff::by_id(&mut conn, stored.staff).await?;
    drop(conn);
    let now = app.clock.now();
    let idle_at = stored.used_at.plus(app.config.newsroom.idle);
    let runs = now < idle_at && now < stored.ends_at;
    let Some(user) = user.filter(|user| runs && user.state == UserState::Active) else {
        return Ok(None);
    };
    if now.since(stored.used_at) >= NOTED_EVERY {
        note_use(app, &stored, now).await;
    }
    let idle_at = now.plus(app.config.newsroom.idle).min(stored.ends_at);
    Ok(Some(Session {
        user,
        stored,
        idle_at,
    }))
}

/// Notes that a session was used. A page is not refused because this cannot be written.
async fn note_use(app: &App, session: &StaffSession, now: Timestamp) {
    let noted = async {
        let mut tx = app.db.begin().await?;
        store::staff_session::used(&mut tx, &session.hash, now).await?;
        store::staff::seen(&mut tx, session.staff, now.minus(VISIT_PAUSE), now).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the use of a session could not be noted; it may end early");
    }
}

/// Gives a running session another token, as part of an operation: its user has proved who they are.
pub(super) async fn renew(op: &mut Operation, session: &Session) -> Result<Opened, StaffError> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)?;
    let token = SessionToken::from_entropy(entropy);
    let (old, new) = (&session.stored.hash, token.hash());
    let at = op.at();
    store::staff_session::confirm(op.tx(), old, &new, at).await?;
    Ok(Opened {
        token,
        uuid: session.stored.uuid.clone(),
        step: session.stored.step,
    })
}

/// Ends all sessions of a user, as part of an operation.
pub(super) async fn end_all(op: &mut Operation, user: i64) -> Result<(), StaffError> {
    store::staff_session::end_others(op.tx(), user, None).await?;
    Ok(())
}

/// Removes a session that another one has replaced.
pub(super) async fn discard(app: &App, session: &Session) -> Result<(), StaffError> {
    let mut tx = app.db.begin().await?;
    store::staff_session::end(&mut tx, &session.stored.hash).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a session.
pub async fn end(app: &App, session: &Session) -> Result<(), Error> {
    let mut op = app.begin(&session.actor(), Action::UserLogOut).await?;
    if store::staff_session::end(op.tx(), &session.stored.hash).await? {
        op.record(
            Subject::new(SubjectKind::User, &session.user.uuid),
            None,
            None,
        );
    }
    op.commit().await
}
