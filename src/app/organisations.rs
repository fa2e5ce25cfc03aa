//! Organisations: whom entries belong to.

use super::{Actor, App, Error, Operation};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::store;
use crate::store::organisation::Organisation;

/// The organisation of this name, which is added if there is none.
pub async fn ensure(app: &App, actor: &Actor, name: &str) -> Result<Organisation, Error> {
    let mut op = app.begin(actor, Action::OrganisationAdd).await?;
    let organisation = ensure_within(&mut op, name).await?;
    op.commit().await?;
    Ok(organisation)
}

/// The organisation of this name, added as a part of another operation.
pub async fn ensure_within(op: &mut Operation, name: &str) -> Result<Organisation, Error> {
    let at = op.at();
    let added = store::organisation::add_missing(op.tx(), name, at).await?;
    let organisation = store::organisation::ensure(op.tx(), name, at).await?;
    if added {
        let subject = Subject::new(SubjectKind::Organisation, &organisation.uuid);
        op.record_as(Action::OrganisationAdd, subject, None, Some(name))?;
    }
    Ok(organisation)
}
