//! Sending again to those whom an issue did not reach.

use super::error::IssueError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::delivery::FailureClass;
use crate::domain::issue::{IssueName, IssueState};
use crate::store;
use crate::store::delivery_report::{self, Again};

/// What is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// What failed, or that of which nobody knows whether it arrived.
    pub state: Again,
    /// Only what failed for these reasons; for any where it is empty.
    pub classes: Vec<FailureClass>,
    /// Only what went to this domain, in ASCII and lower case.
    pub domain: Option<String>,
}

/// What is sent again, or would be, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Retried {
    /// Of which issue.
    pub issue: IssueName,
    /// How many mails.
    pub again: u64,
    /// Whether it was done; else they were only counted.
    pub done: bool,
    /// Whether the issue is being sent; where it is paused or held they wait until it is resumed.
    pub sending: bool,
    /// The state of the issue before.
    #[serde(skip)]
    pub state: IssueState,
}

/// Queues deliveries of an issue again. Where they are only to be counted (`apply` is false),
/// nothing is changed.
pub async fn retry(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    what: &Retry,
    apply: bool,
) -> Result<Retried, IssueError> {
    let mut op = app.begin(actor, Action::IssueRetry).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    if issue.frozen_at.is_none() {
        return Err(IssueError::NotSentYet {
            issue: name.clone(),
        });
    }
    if issue.state == IssueState::Cancelled {
        return Err(IssueError::Final {
            issue: name.clone(),
            state: issue.state,
        });
    }
    let at = op.at();
    let domain = what.domain.as_deref();
    let again =
        delivery_report::retry(op.tx(), issue.id, what.state, &what.classes, domain, at).await?;
    let mut retried = Retried {
        issue: name.clone(),
        again,
        done: apply && again > 0,
        sending: false,
        state: issue.state,
    };
    if retried.done {
        retried.sending = store::issue::send_again(op.tx(), issue.id, at).await?;
        let kind = match what.state {
            Again::Failed => "failed",
            Again::Uncertain => "uncertain",
        };
        op.record(
            Subject::issue(&name.newsletter, name.number),
            Some(&format!("{}, {kind}: {again}", issue.state)),
            Some(&format!("queued again: {again}")),
        );
        op.commit().await?;
    }
    Ok(retried)
}
