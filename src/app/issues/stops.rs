//! Telling those who can act that an issue stopped by itself. The stop is durable before: whoever
//! pauses or holds an issue needs no mail to succeed, and a mail that was queued is never lost.

use super::name;
use crate::app::notices::{AboutIssue, enqueue_about_issue};
use crate::app::{Actor, App, Error};
use crate::domain::audit::{Action, Subject};
use crate::domain::notice::NoticeKind;
use crate::domain::user::{Right, UserState};
use crate::store;
use crate::store::issue::Issue;

/// Queues a mail to everybody who may pause and resume, for each issue that is paused or held with a
/// reason and of which nobody was told yet. Once for each stop, however many nodes do this. Returns
/// how many issues that were.
pub async fn tell_stops(app: &App, actor: &Actor) -> Result<usize, Error> {
    let stopped = store::issue::stopped_untold(&mut app.read().await?).await?;
    let mut told = 0;
    for issue in &stopped {
        told += usize::from(tell(app, actor, issue).await?);
    }
    Ok(told)
}

/// Returns false where it was told meanwhile, or goes on.
async fn tell(app: &App, actor: &Actor, issue: &Issue) -> Result<bool, Error> {
    let mut op = app.begin(actor, Action::IssueTellStop).await?;
    if !store::issue::note_stop_told(op.tx(), issue.id).await? {
        return Ok(false);
    }
    let name = name(op.tx(), issue).await?;
    let page = format!("/newsroom/issues/{}/{}", name.newsletter, name.number);
    let can_act = |one: &store::staff::StaffMember| {
        one.state == UserState::Active && one.roles.allow(Right::Control)
    };
    let staff = store::staff::list(op.tx()).await?;
    let mut people = 0;
    for one in staff.into_iter().filter(can_act) {
        let about = AboutIssue {
            issue: issue.id,
            path: match issue.frozen_at {
                Some(_) => format!("{page}/sending"),
                None => page.clone(),
            },
            name: one.name,
            ..AboutIssue::default()
        };
        let to = (one.email, one.language);
        enqueue_about_issue(app, &mut op, NoticeKind::IssueStopped, to, &about).await?;
        people += 1;
    }
    op.record(
        Subject::issue(&name.newsletter, name.number),
        Some(issue.state.as_str()),
        Some(&format!("mails: {people}")),
    );
    op.commit().await?;
    Ok(true)
}
