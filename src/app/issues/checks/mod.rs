//! The checks of an issue before it goes out: gathering what they look at, keeping what they found as
//! evidence, accepting what a person knows better, and what blocks an approval.
//!
//! Pages ask [`now`], which is always of this moment; nothing on the network is asked there. [`check`]
//! asks for the pages behind links, then keeps the result. An approval runs the checks once more in its
//! own transaction and keeps them with the issue.

mod accept;
mod gather;
mod links;
mod waiting;
mod words;

use std::collections::BTreeMap;

pub use accept::{accept, unaccept};
use gather::Count;
pub use links::try_links;
pub use waiting::{WaitingChecked, check_waiting};
pub use words::{CheckDetails, FindingDetails, words};

use super::error::IssueError;
use crate::app::{Actor, App, Operation, lookup};
use crate::digest::release::{Prepared, ReleaseError};
use crate::digest::snapshot::Snapshot;
use crate::domain::audit::{Action, Subject};
use crate::domain::check::{Acceptance, CheckResult, Finding, Observation, Severity};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::timestamp::Timestamp;
use crate::store::check::Occasion;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// What the checks found, and what of it was accepted.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The result.
    pub result: CheckResult,
    /// What was accepted, by the key of the finding.
    pub accepted: BTreeMap<String, Acceptance>,
    /// When it was checked.
    pub at: Timestamp,
}

impl Checked {
    /// The findings that block an approval: those that nobody has accepted.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        let findings = self.result.findings.iter();
        findings.filter(|one| one.severity == Severity::Blocks && !self.is_accepted(one))
    }

    /// Whether somebody accepted this finding.
    pub fn is_accepted(&self, finding: &Finding) -> bool {
        finding.may_be_accepted() && self.accepted.contains_key(&finding.key())
    }

    /// How many findings ask for somebody: what blocks and warns, and was not accepted.
    pub fn open(&self) -> usize {
        let findings = self.result.findings.iter();
        findings
            .filter(|one| one.severity <= Severity::Warns && !self.is_accepted(one))
            .count()
    }
}

/// Whether an issue may still be changed, so that its checks are of this moment.
pub const fn is_open(state: IssueState) -> bool {
    matches!(
        state,
        IssueState::Draft | IssueState::InReview | IssueState::Held
    )
}

/// The checks of an issue as it is now, for a page: its readers are those of a moment ago. Of an issue that was
/// approved those of its approval; none where that was before there were checks.
pub async fn now(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    at: Timestamp,
) -> Result<Option<Checked>, StoreError> {
    checked(app, conn, issue, None, (at, Count::OfLate)).await
}

/// As [`now`], of the texts of the issue as they were built for the page.
pub async fn of_texts(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    snapshot: &Snapshot,
    at: Timestamp,
) -> Result<Option<Checked>, StoreError> {
    checked(app, conn, issue, Some(snapshot), (at, Count::OfLate)).await
}

async fn checked(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    built: Option<&Snapshot>,
    (at, count): (Timestamp, Count),
) -> Result<Option<Checked>, StoreError> {
    let accepted = store::check::accepted(conn, issue.id).await?;
    if is_open(issue.state) {
        let result = gather::result(app, conn, issue, built, (at, count)).await?;
        return Ok(Some(Checked {
            result,
            accepted,
            at,
        }));
    }
    let kept = store::check::kept(conn, issue.id, Occasion::Approval).await?;
    Ok(kept.map(|kept| Checked {
        result: kept.result,
        accepted,
        at: kept.at,
    }))
}

/// The findings that block the approval of an issue as it is now. None for one that is approved.
pub async fn blocking(
    app: &App,
    conn: &mut impl Connection,
    issue: &Issue,
    at: Timestamp,
) -> Result<Vec<Finding>, StoreError> {
    if !is_open(issue.state) {
        return Ok(Vec::new());
    }
    let checked = now(app, conn, issue, at).await?;
    let blocking = checked.iter().flat_map(Checked::blocking).cloned();
    Ok(blocking.collect())
}

/// How many findings of the last check that was kept ask for somebody; for lists, where the checks
/// themselves would take too long.
pub async fn last_open(
    conn: &mut impl Connection,
    issue: &Issue,
) -> Result<Option<usize>, StoreError> {
    let accepted = store::check::accepted(conn, issue.id).await?;
    let kept = store::check::kept(conn, issue.id, Occasion::Check).await?;
    Ok(kept.map(|kept| {
        let (result, at) = (kept.result, kept.at);
        let checked = Checked {
            result,
            accepted,
            at,
        };
        checked.open()
    }))
}

/// Checks an issue: asks for the pages behind its links, and keeps what was found. Of an issue that was
/// approved it shows what was kept.
pub async fn check(
    app: &App,
    actor: &Actor,
    name: &IssueName,
) -> Result<Option<Checked>, IssueError> {
    let mut conn = app.read().await?;
    let (_, issue) = lookup::issue(&mut conn, name).await?;
    let started = app.clock.now();
    if !is_open(issue.state) {
        return Ok(now(app, &mut conn, &issue, started).await?);
    }
    drop(conn);
    try_links(app, actor, &issue, started).await?;
    let mut op = app.begin(actor, Action::IssueCheck).await?;
    let (_, issue) = lookup::issue(op.tx(), name).await?;
    let at = op.at();
    let checked = checked(app, op.tx(), &issue, None, (at, Count::Exact)).await?;
    if let Some(checked) = &checked {
        store::check::keep(op.tx(), issue.id, Occasion::Check, &checked.result, at).await?;
        let [blocks, warns] =
            [Severity::Blocks, Severity::Warns].map(|one| checked.result.count(one));
        let after = format!("blocks: {blocks}, warns: {warns}");
        op.record(
            Subject::issue(&name.newsletter, name.number),
            None,
            Some(&after),
        );
    }
    op.commit().await?;
    Ok(checked)
}

/// Runs the checks before an issue is released, over what was rendered for that. What the release itself refuses, in its own words, is
/// left to it. Nobody is there to judge what a job releases, so for a job only what nobody may accept
/// blocks; the rest is logged, and kept as evidence.
pub(super) async fn before_release(
    app: &App,
    op: &mut Operation,
    issue: &Issue,
    prepared: &Prepared,
) -> Result<Option<CheckResult>, IssueError> {
    if !is_open(issue.state) {
        return Ok(None);
    }
    let at = op.at();
    let is_job = matches!(op.actor(), Actor::Job(_));
    let what = (&prepared.snapshot, prepared.parts.as_slice());
    let checked = Checked {
        result: gather::of_snapshot(app, op.tx(), issue, what, at).await?,
        accepted: store::check::accepted(op.tx(), issue.id).await?,
        at,
    };
    let blocking = checked
        .blocking()
        .filter(|one| !is_refused_anyway(&one.what));
    let (judged, hard): (Vec<_>, Vec<_>) = blocking.partition(|one| one.what.may_be_judged());
    if is_job && !judged.is_empty() {
        let findings: Vec<_> = judged.iter().map(|one| words::english(one)).collect();
        tracing::warn!(
            issue = issue.id,
            ?findings,
            "released by the schedule although its checks found this"
        );
    }
    let counted = if is_job {
        hard
    } else {
        [hard, judged].concat()
    };
    if counted.is_empty() {
        return Ok(Some(checked.result));
    }
    let findings = counted.iter().map(|one| words::english(one));
    Err(ReleaseError::Blocked(findings.collect()).into())
}

/// Whether the release says this itself.
const fn is_refused_anyway(what: &Observation) -> bool {
    matches!(
        what,
        Observation::ImprintIncomplete { .. }
            | Observation::Empty
            | Observation::TooLarge { .. }
            | Observation::Unusable { .. }
    )
}
