//! The history of an issue: its lines of the audit log, with what was said in its reviews.

use crate::app::audit::Line;
use crate::domain::audit::Subject;
use crate::domain::issue::IssueName;
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::review_step::ReviewStep;
use crate::store::{self, Connection};

/// The most lines that are shown; an issue with more is an accident.
const MOST: u32 = 300;

/// A line of the history.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// The line of the audit log; none where retention has removed it.
    pub line: Option<Line>,
    /// The step of a review that it tells, with what was said.
    pub step: Option<ReviewStep>,
}

impl HistoryLine {
    /// When it happened.
    fn at(&self) -> Option<Timestamp> {
        let line = self.line.as_ref().map(|line| line.at);
        line.or_else(|| self.step.as_ref().map(|step| step.at))
    }
}

/// The history of an issue, the latest first.
pub async fn history(
    conn: &mut impl Connection,
    name: &IssueName,
    issue: &Issue,
) -> store::Result<Vec<HistoryLine>> {
    let subject = Subject::issue(&name.newsletter, name.number);
    let lines = store::audit::of_subject(conn, &subject, i64::from(MOST)).await?;
    let lines = lines.into_iter().map(Line::from);
    let mut steps = store::review_step::of_issue(conn, issue.id, i64::from(MOST)).await?;
    let mut history: Vec<_> = lines
        .map(|line| {
            // Both were written by one operation.
            let own = steps
                .iter()
                .position(|step| step.at == line.at && is_about(step, &line.action));
            HistoryLine {
                step: own.map(|at| steps.remove(at)),
                line: Some(line),
            }
        })
        .collect();
    let rest = steps.into_iter().map(|step| HistoryLine {
        line: None,
        step: Some(step),
    });
    history.extend(rest);
    // What is noticed later than it happened stands where it happened.
    history.sort_by_key(|one| std::cmp::Reverse(one.at()));
    Ok(history)
}

/// Whether an action of the audit log is this step.
fn is_about(step: &ReviewStep, action: &str) -> bool {
    use crate::domain::audit::Action;
    use crate::domain::review::StepKind;
    let own = match step.kind {
        StepKind::HandedIn => Action::IssueHandIn,
        StepKind::Approved => Action::IssueApprove,
        StepKind::Returned => Action::IssueReturn,
        StepKind::Rejected => Action::IssueReject,
        StepKind::TakenBack => Action::IssueTakeBack,
        StepKind::Invalidated => Action::IssueInvalidate,
    };
    own.as_str() == action
}
