//! The steps of reviews: what was done and said, by whom.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx};
use crate::domain::review::StepKind;
use crate::domain::timestamp::Timestamp;

/// A step as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewStep {
    /// What was done.
    pub kind: StepKind,
    /// The kind of actor, as in the audit log.
    pub actor: String,
    /// Which one, as in the audit log.
    pub actor_name: String,
    /// The approver whose deputy it was, by UUID.
    pub on_behalf: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub message: Option<String>,
}

row! {
    struct Row {
        kind: String,
        actor: String,
        actor_name: String,
        on_behalf: Option<String>,
        at: i64,
        message: Option<String>,
    }
}

impl TryFrom<Row> for ReviewStep {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            kind: row.kind.parse().map_err(unreadable)?,
            actor: row.actor,
            actor_name: row.actor_name,
            on_behalf: row.on_behalf,
            at: Timestamp::from_micros(row.at),
            message: row.message,
        })
    }
}

/// Adds a step to the review of an issue.
pub async fn add(tx: &mut Tx, issue: i64, step: &ReviewStep) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO review_step (issue_id, kind, actor, actor_name, on_behalf, at, message) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        issue,
        step.kind.as_str(),
        step.actor.as_str(),
        step.actor_name.as_str(),
        step.on_behalf.clone(),
        step.at.micros(),
        step.message.clone()
    )?;
    Ok(())
}

/// The steps of an issue, the latest first, at most `limit`.
pub async fn of_issue(
    conn: &mut impl Connection,
    issue: i64,
    limit: i64,
) -> Result<Vec<ReviewStep>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT kind, actor, actor_name, on_behalf, at, message FROM review_step WHERE issue_id = $1 ORDER BY id DESC LIMIT $2",
        issue,
        limit
    )?;
    rows.into_iter().map(ReviewStep::try_from).collect()
}

/// Whether somebody has taken this step with an issue.
pub async fn has_done(
    conn: &mut impl Connection,
    issue: i64,
    kind: StepKind,
    (actor, name): (&str, &str),
) -> Result<bool> {
    let found = sql!(
        conn,
        optional as (i64,),
        "SELECT id FROM review_step WHERE issue_id = $1 AND kind = $2 AND actor = $3 AND actor_name = $4 LIMIT 1",
        issue,
        kind.as_str(),
        actor,
        name
    )?;
    Ok(found.is_some())
}
