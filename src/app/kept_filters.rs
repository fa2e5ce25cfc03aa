//! Filters of the list of entries, kept by users for themselves.

use super::{Actor, App, Error};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::text::single_line;
use crate::store::kept_filter::{self, KeptFilter};

/// Filters that one user keeps at most.
pub const MOST: usize = 30;
/// Characters of a name.
pub const LONGEST_NAME: usize = 60;
/// Bytes of a query.
const LONGEST_QUERY: usize = 2_000;

/// Why a filter was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// It has no name.
    #[error("a filter needs a name; nothing was kept")]
    NoName,
    /// The user keeps as many as there may be.
    #[error("no more than {MOST} filters can be kept; forget another one first")]
    TooMany,
    /// Only users keep filters.
    #[error("only users keep filters")]
    NoUser,
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] Error),
}

/// Keeps a filter under a name; one of the same name is replaced.
pub async fn keep(app: &App, actor: &Actor, name: &str, query: &str) -> Result<(), KeepError> {
    let (staff, uuid) = user(actor)?;
    let name = single_line(name, LONGEST_NAME);
    if name.is_empty() {
        return Err(KeepError::NoName);
    }
    let mut op = app.begin(actor, Action::FilterKeep).await?;
    let at = op.at();
    let known = kept_filter::of(op.tx(), staff).await.map_err(Error::from)?;
    let is_known = known.iter().any(|one| one.name == name);
    if (!is_known && known.len() >= MOST) || query.len() > LONGEST_QUERY {
        return Err(KeepError::TooMany);
    }
    let filter = KeptFilter {
        name,
        query: query.to_owned(),
    };
    kept_filter::keep(op.tx(), staff, &filter, at)
        .await
        .map_err(Error::from)?;
    // What somebody searches for is nobody else's business.
    op.record(Subject::new(SubjectKind::User, uuid), None, Some("kept"));
    Ok(op.commit().await?)
}

/// Forgets a filter; nothing where there is none of this name.
pub async fn forget(app: &App, actor: &Actor, name: &str) -> Result<(), KeepError> {
    let (staff, uuid) = user(actor)?;
    let mut op = app.begin(actor, Action::FilterKeep).await?;
    let was_there = kept_filter::forget(op.tx(), staff, name)
        .await
        .map_err(Error::from)?;
    if was_there {
        op.record(Subject::new(SubjectKind::User, uuid), Some("kept"), None);
    }
    Ok(op.commit().await?)
}

fn user(actor: &Actor) -> Result<(i64, &str), KeepError> {
    match actor {
        Actor::User { id, uuid, .. } => Ok((*id, uuid)),
        _ => Err(KeepError::NoUser),
    }
}
