//! What waits for this user.

use std::collections::BTreeMap;

use templates::pages::newsroom::start::{Task, TaskKind};

use crate::app::reasons;
use crate::domain::entry::EntryState;
use crate::domain::issue::IssueState;
use crate::domain::reason::Reason;
use crate::domain::user::Right;
use crate::store::entry::DeskFilter;
use crate::store::issue::Issue;
use crate::store::{self, Connection};
use crate::web::Failure;
use crate::web::newsroom::Staff;
use crate::web::newsroom::issues::path;
use crate::web::newsroom::planning::slots;

/// Tasks by issue are few; far more would be no help.
const MOST: usize = 20;

/// What waits, the most urgent first: what stands still, what waits for an approval, what is to be
/// handed in, then entries. Only what this user may do.
pub(super) async fn of(
    conn: &mut impl Connection,
    staff: &Staff,
    newsletters: &[slots::Timed],
    open: &[Issue],
    people: &BTreeMap<i64, i64>,
) -> Result<Vec<Task>, Failure> {
    let mut tasks: Vec<(u8, Task)> = open
        .iter()
        .filter_map(|issue| of_issue(staff, newsletters, issue, people))
        .collect();
    tasks.sort_by_key(|(rank, _)| *rank);
    tasks.truncate(MOST);
    let mut tasks: Vec<Task> = tasks.into_iter().map(|(_, task)| task).collect();
    if staff.may(Right::Write) {
        let counts = store::entry::count_by_state(conn, &DeskFilter::default()).await?;
        let submitted = counts.get(&EntryState::Submitted).copied().unwrap_or(0);
        tasks.extend((submitted > 0).then(|| {
            Task {
                kind: TaskKind::Submitted(submitted),
                url: staff
                    .reader
                    .link("/newsroom/entries", [("state", "submitted")]),
            }
        }));
        let proposals = store::proposal::count_open(conn).await?;
        tasks.extend((proposals > 0).then(|| Task {
            kind: TaskKind::Proposals(proposals),
            url: staff.reader.path("/newsroom/entries/proposals"),
        }));
    }
    Ok(tasks)
}

fn of_issue(
    staff: &Staff,
    newsletters: &[slots::Timed],
    issue: &Issue,
    people: &BTreeMap<i64, i64>,
) -> Option<(u8, Task)> {
    let (newsletter, _) = newsletters
        .iter()
        .find(|(one, _)| one.id == issue.newsletter)?;
    let settings = &newsletter.settings;
    let name = format!("{} {}", settings.text(staff.language).name, issue.number);
    let when = issue
        .send_at
        .map(|at| at.in_zone(settings.zone).naive_local());
    let reason = || {
        let reason = issue.reason.as_ref();
        reason.map(|reason| reasons::sentence(reason, staff.locale()))
    };
    let (rank, right, kind) = match issue.state {
        IssueState::Held => (0, Right::Control, TaskKind::Held(name, reason())),
        IssueState::Paused => (1, Right::Control, TaskKind::Paused(name, reason())),
        IssueState::InReview => {
            let people = people.get(&newsletter.id).copied().unwrap_or(0);
            (2, Right::Approve, TaskKind::Review(name, when, people))
        }
        IssueState::Draft if matches!(issue.reason, Some(Reason::Returned { .. })) => {
            (3, Right::Write, TaskKind::Returned(name, reason()))
        }
        IssueState::Draft => (4, Right::Write, TaskKind::Draft(name, when)),
        _ => return None,
    };
    let mut url = path::url(&slots::name(newsletter, issue));
    if issue.state == IssueState::Paused
        || (issue.state == IssueState::Held && issue.frozen_at.is_some())
    {
        // Where it is resumed.
        url.push_str("/sending");
    }
    staff.may(right).then(|| {
        let url = staff.reader.path(&url);
        (rank, Task { kind, url })
    })
}
