//! Composing: by hand, or for a slot of the schedule.

use super::approve::release_within;
use super::draft::{Composed, Occasion, compose_draft};
use super::error::IssueError;
use super::hold::hold_within;
use super::review::{mails, needs_four_eyes};
use crate::app::{Actor, App, Operation, lookup};
use crate::digest::release::ReleaseError;
use crate::domain::audit::{Action, Subject};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::newsletter::{Approval, Newsletter};
use crate::domain::reason::Reason;
use crate::domain::schedule::{self, Due, Slot};
use crate::store;
use crate::store::issue::Issue;

/// A new issue, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct ComposedIssue {
    /// Its name.
    pub issue: IssueName,
    /// Its UUID.
    pub uuid: String,
    /// `draft`; `in-review` if it was composed at the command line and has to be approved.
    pub state: IssueState,
    /// How many entries are in it.
    pub entries: usize,
}

/// What composing for a slot came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotOutcome {
    /// There is a new issue: approved, in review or held.
    Composed(Box<Issue>),
    /// There is nothing to tell.
    NothingToTell,
    /// The slot has its issue, or another node has just processed it.
    Processed,
}

/// Composes an issue of a newsletter, to be sent by hand. In the newsroom it is a draft, which somebody
/// hands in when it is ready. The command line has no command for that: what it composes is in review at
/// once, where it has to be approved, and the approvers are asked, as by the schedule.
pub async fn compose(
    app: &App,
    actor: &Actor,
    newsletter: &str,
) -> Result<ComposedIssue, IssueError> {
    let mut op = app.begin(actor, Action::IssueCompose).await?;
    let newsletter = lookup::newsletter(op.tx(), newsletter).await?;
    let key = newsletter.settings.key.clone();
    let occasion = Occasion {
        newsletter: &newsletter,
        slot: None,
        send_at: None,
        hold: None,
    };
    let at = op.at();
    let mut issue = match compose_draft(op.tx(), &occasion, at).await? {
        Composed::Issue(issue) => issue,
        Composed::NothingToTell => return Err(IssueError::NothingToTell { newsletter: key }),
        Composed::SlotTaken => unreachable!("an issue composed by hand has no slot"),
    };
    if matches!(actor, Actor::Operator { .. }) {
        ask_if_required(&mut op, &newsletter, &mut issue).await?;
    }
    let entries = record(&mut op, &newsletter, &issue).await?;
    op.commit().await?;
    Ok(ComposedIssue {
        issue: name(&newsletter, &issue),
        uuid: issue.uuid,
        state: issue.state,
        entries,
    })
}

/// Composes the issue of a slot that lies ahead. As long as there is nothing to tell, this may be
/// called again.
pub async fn compose_ahead(
    app: &App,
    actor: &Actor,
    newsletter: &Newsletter,
    slot: &Slot,
) -> Result<SlotOutcome, IssueError> {
    let mut conn = app.read().await?;
    if store::issue::has_slot(&mut conn, newsletter.id, &slot.id()).await? {
        return Ok(SlotOutcome::Processed);
    }
    drop(conn);
    let mut op = app.begin(actor, Action::IssueCompose).await?;
    let outcome = compose_for(app, &mut op, newsletter, slot, None).await?;
    op.commit().await?;
    Ok(outcome)
}

/// Processes a slot whose time has come, or was missed: composes its issue if that was not done
/// ahead, and moves the newsletter's mark to the present. An issue that is later than the
/// newsletter's `catch_up` is held.
pub async fn compose_reached(
    app: &App,
    actor: &Actor,
    newsletter: &Newsletter,
    slot: &Slot,
) -> Result<SlotOutcome, IssueError> {
    let mut op = app.begin(actor, Action::IssueCompose).await?;
    let now = op.at();
    let mark = store::newsletter::lock(op.tx(), newsletter.id).await?;
    if slot.at <= mark {
        return Ok(SlotOutcome::Processed);
    }
    let catch_up = newsletter.settings.catch_up;
    let missed = schedule::due(slot.at, now, catch_up) == Due::Missed;
    let hold = missed.then(|| Reason::MissedSlot {
        slot: slot.id(),
        late: now.since(slot.at).as_secs(),
        catch_up: catch_up.as_secs(),
    });
    let outcome = compose_for(app, &mut op, newsletter, slot, hold.as_ref()).await?;
    store::newsletter::slots_done(op.tx(), newsletter.id, now).await?;
    op.commit().await?;
    Ok(outcome)
}

/// Composes, and approves what needs no approval by a person: also where the newsletter approves
/// automatically, an issue with many recipients may need one.
async fn compose_for(
    app: &App,
    op: &mut Operation,
    newsletter: &Newsletter,
    slot: &Slot,
    hold: Option<&Reason>,
) -> Result<SlotOutcome, IssueError> {
    let occasion = Occasion {
        newsletter,
        slot: Some(&slot.id()),
        send_at: Some(slot.at),
        hold,
    };
    let at = op.at();
    let mut issue = match compose_draft(op.tx(), &occasion, at).await? {
        Composed::Issue(issue) => issue,
        Composed::NothingToTell => return Ok(SlotOutcome::NothingToTell),
        Composed::SlotTaken => return Ok(SlotOutcome::Processed),
    };
    ask_if_required(op, newsletter, &mut issue).await?;
    record(op, newsletter, &issue).await?;
    if issue.state != IssueState::Draft {
        return Ok(SlotOutcome::Composed(issue));
    }
    let name = name(newsletter, &issue);
    match release_within(app, op, &name, &issue).await {
        Ok(_) => {}
        Err(IssueError::NotApproved(refused)) => {
            hold_within(op, &name, &issue, &refused.reason()).await?;
        }
        Err(error) => return Err(error),
    }
    let issue = store::issue::by_id(op.tx(), issue.id).await?;
    issue
        .map(|issue| SlotOutcome::Composed(Box::new(issue)))
        .ok_or(IssueError::NotApproved(ReleaseError::Raced))
}

/// Puts a draft into review if a person has to approve it, and asks the approvers: nobody hands it in.
async fn ask_if_required(
    op: &mut Operation,
    newsletter: &Newsletter,
    issue: &mut Issue,
) -> Result<(), IssueError> {
    let (from, to, at) = (IssueState::Draft, IssueState::InReview, op.at());
    let settings = &newsletter.settings;
    if issue.state != from
        || settings.approval == Approval::Automatic
            && !needs_four_eyes(op.tx(), settings, issue, at).await?
    {
        return Ok(());
    }
    store::issue::set_state(op.tx(), issue.id, from, to, None, at).await?;
    issue.state = to;
    mails::asked(op, issue, &name(newsletter, issue), None).await?;
    Ok(())
}

fn name(newsletter: &Newsletter, issue: &Issue) -> IssueName {
    IssueName {
        newsletter: newsletter.settings.key.clone(),
        number: issue.number,
    }
}

/// Records a new issue; returns how many entries are in it.
async fn record(
    op: &mut Operation,
    newsletter: &Newsletter,
    issue: &Issue,
) -> Result<usize, IssueError> {
    let entries = store::entry::of_issue(op.tx(), issue.id).await?.len();
    let subject = Subject::issue(&newsletter.settings.key, issue.number);
    let after = format!("{}, entries: {entries}", issue.state);
    op.record(subject, None, Some(&after));
    Ok(entries)
}
