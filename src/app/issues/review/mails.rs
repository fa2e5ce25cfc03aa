//! Mails to those who take part in a review.

use std::collections::BTreeSet;

use crate::app::notices::{AboutIssue, enqueue_about_issue};
use crate::app::{Actor, Operation, reasons};
use crate::digest::site::locale;
use crate::domain::issue::IssueName;
use crate::domain::notice::NoticeKind;
use crate::domain::review::{Change, StepKind};
use crate::domain::user::{Right, UserState};
use crate::store;
use crate::store::issue::Issue;
use crate::store::staff::StaffMember;

/// As many steps as are looked at to find who handed in and who approved.
const STEPS: i64 = 50;

/// Asks the approvers and their deputies, but not whoever hands in.
pub(in crate::app::issues) async fn asked(
    op: &mut Operation,
    issue: &Issue,
    name: &IssueName,
    word: Option<&str>,
) -> store::Result<()> {
    let staff = active(op).await?;
    let at = op.at();
    let mut asked = BTreeSet::new();
    for one in staff.iter().filter(|one| one.roles.allow(Right::Approve)) {
        asked.insert(one.uuid.clone());
    }
    for one in &staff {
        let of = store::deputy::of_deputy(op.tx(), &one.uuid, at).await?;
        if of.iter().any(|deputy| asked.contains(&deputy.approver)) {
            asked.insert(one.uuid.clone());
        }
    }
    let to = staff.iter().filter(|one| asked.contains(&one.uuid));
    let kind = NoticeKind::ReviewAsked;
    send(op, issue, name, kind, (to, &staff), &|_| {
        (word.map(str::to_owned), Vec::new())
    })
    .await
}

/// Tells whoever handed an issue in what was decided.
pub(in crate::app::issues) async fn decided(
    op: &mut Operation,
    issue: &Issue,
    name: &IssueName,
    kind: NoticeKind,
    reason: Option<&str>,
) -> store::Result<()> {
    let staff = active(op).await?;
    let asked = last(op, issue, StepKind::HandedIn).await?;
    let to = staff.iter().filter(|one| Some(&one.uuid) == asked.as_ref());
    send(op, issue, name, kind, (to, &staff), &|_| {
        (reason.map(str::to_owned), Vec::new())
    })
    .await
}

/// Tells who handed an issue in and who approved it that the approval does not count any more.
pub(super) async fn invalidated(
    op: &mut Operation,
    issue: &Issue,
    name: &IssueName,
    change: &Change,
) -> store::Result<()> {
    let staff = active(op).await?;
    let mut told = BTreeSet::new();
    told.extend(last(op, issue, StepKind::HandedIn).await?);
    told.extend(last(op, issue, StepKind::Approved).await?);
    let to = staff.iter().filter(|one| told.contains(&one.uuid));
    let kind = NoticeKind::ApprovalInvalidated;
    send(op, issue, name, kind, (to, &staff), &|one| {
        let view = reasons::change_view(change);
        (None, vec![templates::change(locale(one.language), view)])
    })
    .await
}

/// Everybody who may log in.
async fn active(op: &mut Operation) -> store::Result<Vec<StaffMember>> {
    let mut staff = store::staff::list(op.tx()).await?;
    staff.retain(|one| one.state == UserState::Active);
    Ok(staff)
}

/// The user who took this step last.
async fn last(op: &mut Operation, issue: &Issue, kind: StepKind) -> store::Result<Option<String>> {
    let steps = store::review_step::of_issue(op.tx(), issue.id, STEPS).await?;
    let step = steps
        .into_iter()
        .find(|step| step.kind == kind && step.actor == "user");
    Ok(step.map(|step| step.actor_name))
}

/// Queues a mail for each of these, but not for whoever acts. `says` makes note and changes.
#[expect(
    clippy::type_complexity,
    reason = "a closure of one caller each; a name for it would say no more"
)]
async fn send<'a>(
    op: &mut Operation,
    issue: &Issue,
    name: &IssueName,
    kind: NoticeKind,
    (to, staff): (impl Iterator<Item = &'a StaffMember>, &[StaffMember]),
    says: &(dyn Fn(&StaffMember) -> (Option<String>, Vec<String>) + Sync),
) -> store::Result<()> {
    let actor = op.actor().clone();
    let by = match &actor {
        Actor::User { uuid, .. } => {
            let known = staff.iter().find(|one| one.uuid == *uuid);
            known.map(|one| one.name.clone())
        }
        // They compose, and hand nothing in.
        Actor::Operator { .. } if kind == NoticeKind::ReviewAsked => None,
        Actor::Operator { user } => Some(user.clone()),
        Actor::Job(_) | Actor::Guest(_) | Actor::Reader { .. } => None,
    };
    let to: Vec<_> = to.filter(|one| one.uuid != actor.name()).collect();
    for one in to {
        let (note, changes) = says(one);
        let about = AboutIssue {
            issue: issue.id,
            path: format!(
                "/newsroom/issues/{}/{}/approve",
                name.newsletter, name.number
            ),
            name: one.name.clone(),
            by: by.clone(),
            note,
            changes,
        };
        let app = op.app().clone();
        let address = (one.email.clone(), one.language);
        enqueue_about_issue(&app, op, kind, address, &about).await?;
    }
    Ok(())
}
