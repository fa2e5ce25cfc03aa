//! Accepting a finding as it is: a warning, or one of the four blocking ones that a person may know
//! better. Who did it and why is kept with the issue. Another text makes another finding, which nobody
//! has accepted.

use super::words::english_title;
use super::{Checked, now};
use crate::app::issues::IssueError;
use crate::app::issues::review::deputies::acting;
use crate::app::{Actor, App, Operation, lookup};
use crate::domain::audit::{Action, Subject};
use crate::domain::check::{Acceptance, Finding, Severity};
use crate::domain::issue::IssueName;
use crate::domain::text::single_line;
use crate::store;
use crate::store::issue::Issue;

/// Characters of a reason.
const LONGEST_REASON: usize = 300;

/// Accepts the finding of this key.
pub async fn accept(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    key: &str,
    reason: &str,
) -> Result<Finding, IssueError> {
    let reason = single_line(reason, LONGEST_REASON);
    if reason.is_empty() {
        return Err(IssueError::NoReason);
    }
    // A deputy judges what the approver would.
    let (actor, _) = acting(app, actor).await?;
    let mut op = app.begin(&actor, Action::IssueAcceptFinding).await?;
    let (issue, finding) = find(app, &mut op, name, key).await?;
    // What blocks is for those to judge who answer for the release.
    if finding.severity == Severity::Blocks && !actor.may(Action::IssueApprove) {
        return Err(IssueError::Operation(crate::app::Error::Forbidden {
            actor: actor.kind(),
            action: Action::IssueApprove,
        }));
    }
    if !finding.may_be_accepted() {
        let title = english_title(&finding);
        return Err(IssueError::NotAcceptable { title });
    }
    let acceptance = Acceptance {
        finding: key.to_owned(),
        actor: actor.kind().to_owned(),
        actor_name: actor.name(),
        reason: reason.clone(),
        at: op.at(),
    };
    store::check::accept(op.tx(), issue.id, &acceptance).await?;
    let after = format!("{}: {reason}", english_title(&finding));
    op.record(
        Subject::issue(&name.newsletter, name.number),
        None,
        Some(&after),
    );
    op.commit().await?;
    Ok(finding)
}

/// Takes back that a finding was accepted; nothing happens where it was not.
pub async fn unaccept(
    app: &App,
    actor: &Actor,
    name: &IssueName,
    key: &str,
) -> Result<(), IssueError> {
    let mut op = app.begin(actor, Action::IssueUnacceptFinding).await?;
    let (issue, finding) = find(app, &mut op, name, key).await?;
    if store::check::unaccept(op.tx(), issue.id, key).await? {
        let before = english_title(&finding);
        op.record(
            Subject::issue(&name.newsletter, name.number),
            Some(&before),
            None,
        );
    }
    op.commit().await?;
    Ok(())
}

/// The finding of this key, in an issue that may still be changed.
async fn find(
    app: &App,
    op: &mut Operation,
    name: &IssueName,
    key: &str,
) -> Result<(Issue, Finding), IssueError> {
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    if !super::is_open(issue.state) {
        return Err(IssueError::Final {
            issue: name.clone(),
            state: issue.state,
        });
    }
    let at = op.at();
    let checked: Option<Checked> = now(app, op.tx(), &issue, at).await?;
    let findings = checked.into_iter().flat_map(|one| one.result.findings);
    let found = findings.into_iter().find(|one| one.key() == key);
    found
        .map(|finding| (issue, finding))
        .ok_or_else(|| IssueError::NoSuchFinding {
            issue: name.clone(),
            finding: key.chars().take(40).collect(),
        })
}
