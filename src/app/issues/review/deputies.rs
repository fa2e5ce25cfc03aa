//! Deputies: who approves in place of an approver, and when.

use crate::app::issues::error::IssueError;
use crate::app::{Actor, App, Error, Operation};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::review::LONGEST_DEPUTY;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Right, Role, UserState};
use crate::store::{self, Connection, StoreError};

/// Why nobody was named.
#[derive(Debug, thiserror::Error)]
pub enum DeputyError {
    /// There is no such user, or they may neither write nor approve.
    #[error("there is no such user who writes or approves")]
    Who,
    /// It ends before it begins, has ended already, or is longer than a year.
    #[error(
        "the time as deputy ends before it begins, has ended already, or is longer than a year"
    )]
    When,
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] Error),
}

impl From<StoreError> for DeputyError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Names a deputy of the actor, who is an approver.
pub async fn name_deputy(
    app: &App,
    actor: &Actor,
    deputy: &str,
    (from, until): (Timestamp, Timestamp),
) -> Result<(), DeputyError> {
    let mut op = app.begin(actor, Action::DeputyAdd).await?;
    let (at, approver) = (op.at(), actor.name());
    if until <= from || until <= at || until.since(from) > LONGEST_DEPUTY {
        return Err(DeputyError::When);
    }
    let user = store::staff::by_uuid(op.tx(), deputy).await?;
    let user = user.filter(|user| {
        let may = user.roles.allow(Right::Write) || user.roles.allow(Right::Approve);
        may && user.state == UserState::Active && user.uuid != approver
    });
    let user = user.ok_or(DeputyError::Who)?;
    let times = (from, until);
    store::deputy::add(op.tx(), (&approver, &user.uuid), times, at).await?;
    let after = format!("{} from {from} until {until}", user.uuid);
    op.record(
        Subject::new(SubjectKind::User, &approver),
        None,
        Some(&after),
    );
    Ok(op.commit().await?)
}

/// Ends a time of the actor's deputy. Returns whether there was one.
pub async fn end_deputy(app: &App, actor: &Actor, id: i64) -> Result<bool, Error> {
    let mut op = app.begin(actor, Action::DeputyEnd).await?;
    let (at, approver) = (op.at(), actor.name());
    let ended = store::deputy::end(op.tx(), id, &approver, at).await?;
    if ended {
        let before = format!("deputy {id}");
        op.record(
            Subject::new(SubjectKind::User, &approver),
            Some(&before),
            None,
        );
        op.commit().await?;
    }
    Ok(ended)
}

/// Whether an actor may approve now: by a role, or as somebody's deputy.
pub async fn may_approve(
    conn: &mut impl Connection,
    actor: &Actor,
    now: Timestamp,
) -> store::Result<bool> {
    let may = actor.may(Action::IssueApprove);
    Ok(may || approver_of(conn, actor, now).await?.is_some())
}

/// The actor with the right to approve, where somebody's deputy acts, and that approver.
pub(in crate::app::issues) async fn acting(
    app: &App,
    actor: &Actor,
) -> store::Result<(Actor, Option<String>)> {
    let Actor::User { id, uuid, roles } = actor else {
        return Ok((actor.clone(), None));
    };
    if actor.may(Action::IssueApprove) {
        return Ok((actor.clone(), None));
    }
    let approver = approver_of(&mut app.read().await?, actor, app.clock.now()).await?;
    let roles = match approver {
        None => roles.clone(),
        Some(_) => roles.iter().chain([Role::Approver]).collect(),
    };
    let (id, uuid) = (*id, uuid.clone());
    Ok((Actor::User { id, uuid, roles }, approver))
}

/// The approver with this address, by UUID: an operator approves for them at the command line.
pub(in crate::app::issues) async fn approver(
    op: &mut Operation,
    address: &Address,
) -> Result<String, IssueError> {
    let user = store::staff::by_email(op.tx(), address).await?;
    let user =
        user.filter(|user| user.state == UserState::Active && user.roles.allow(Right::Approve));
    user.map(|user| user.uuid).ok_or(IssueError::NoApprover)
}

/// The approver whose deputy an actor is now. One who does not approve any more has none.
async fn approver_of(
    conn: &mut impl Connection,
    actor: &Actor,
    now: Timestamp,
) -> store::Result<Option<String>> {
    if actor.staff_row().is_none() {
        return Ok(None);
    }
    for one in store::deputy::of_deputy(conn, &actor.name(), now).await? {
        let approver = store::staff::by_uuid(conn, &one.approver).await?;
        let may_approve = approver.is_some_and(|user| {
            user.state == UserState::Active && user.roles.allow(Right::Approve)
        });
        if may_approve {
            return Ok(Some(one.approver));
        }
    }
    Ok(None)
}
