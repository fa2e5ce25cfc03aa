//! Four eyes: nobody releases an issue in which they had a part.

use crate::app::issues::error::IssueError;
use crate::app::{Actor, Operation};
use crate::digest::audience::audience;
use crate::domain::issue::{Contribution, IssueName};
use crate::domain::newsletter::{Approval, Newsletter, NewsletterSettings};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Connection};

/// Whether an issue is released only by somebody who had no part in it: always, or because of its
/// number of recipients.
pub async fn needs_four_eyes(
    conn: &mut impl Connection,
    settings: &NewsletterSettings,
    issue: &Issue,
    now: Timestamp,
) -> store::Result<bool> {
    let is_by_number =
        settings.approval != Approval::FourEyes && settings.review.four_eyes_from.is_some();
    let readers = if is_by_number {
        audience(conn, issue, now).await?.readers()
    } else {
        0
    };
    Ok(four_eyes_apply(settings, readers))
}

/// The same for an issue with so many recipients.
pub fn four_eyes_apply(settings: &NewsletterSettings, readers: i64) -> bool {
    let from = settings.review.four_eyes_from;
    settings.approval == Approval::FourEyes || from.is_some_and(|from| readers >= i64::from(from))
}

/// The parts that somebody had in an issue: they chose its entries, wrote its text or that of an entry
/// in it, or handed it in.
pub async fn involvements(
    conn: &mut impl Connection,
    issue: &Issue,
    actor: &Actor,
) -> store::Result<Vec<Contribution>> {
    let Some(staff) = actor.staff_row() else {
        return Ok(Vec::new());
    };
    let all = store::issue_contents::contributors(conn, issue.id).await?;
    let own = all.into_iter().filter(|one| one.staff == staff);
    let mut found: Vec<_> = own.map(|one| one.kind).collect();
    if store::issue_contents::has_author(conn, issue.id, &actor.name()).await? {
        found.push(Contribution::Wrote);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Refuses an approval by an actor who had a part in the issue, where its newsletter wants four eyes.
/// An operator at the command line has no part, and nobody sees who it is: they name a reason.
pub(in crate::app::issues) async fn check(
    op: &mut Operation,
    (newsletter, name, issue): (&Newsletter, &IssueName, &Issue),
    despite: Option<&str>,
) -> Result<(), IssueError> {
    let (at, actor) = (op.at(), op.actor().clone());
    if !needs_four_eyes(op.tx(), &newsletter.settings, issue, at).await? {
        return Ok(());
    }
    if matches!(actor, Actor::Operator { .. }) {
        return match despite {
            Some(_) => Ok(()),
            None => Err(IssueError::FourEyesOperator {
                issue: name.clone(),
            }),
        };
    }
    let involved = involvements(op.tx(), issue, &actor).await?;
    if involved.is_empty() {
        Ok(())
    } else {
        Err(IssueError::FourEyes {
            issue: name.clone(),
            involved,
        })
    }
}
