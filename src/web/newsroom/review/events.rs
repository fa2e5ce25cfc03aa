//! The history of an issue for the pages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use templates::Locale;
use templates::pages::newsroom::review::{Did, Event, Who, folded};

use crate::app::audit::Line;
use crate::app::issues::review::HistoryLine;
use crate::app::reasons;
use crate::domain::audit::Action;
use crate::domain::reason::Reason;
use crate::domain::review::StepKind;
use crate::domain::timestamp::Timestamp;
use crate::store::review_step::ReviewStep;

/// What is needed to name people and times.
pub(in crate::web::newsroom) struct Namer<'a> {
    pub(in crate::web::newsroom) names: &'a BTreeMap<String, String>,
    pub(in crate::web::newsroom) zone: chrono_tz::Tz,
    pub(in crate::web::newsroom) locale: Locale,
}

impl Namer<'_> {
    /// The lines of a history.
    pub(in crate::web::newsroom) fn events(&self, history: Vec<HistoryLine>) -> Vec<Event> {
        let events = history.into_iter().filter_map(|one| self.event(one));
        folded(events.collect())
    }

    fn event(&self, HistoryLine { line, step }: HistoryLine) -> Option<Event> {
        let Some(line) = line else {
            return step.map(|step| self.step(&step));
        };
        let event = Event {
            who: self.who(&line.actor, line.actor_name.clone()),
            on_behalf: None,
            did: did(&line),
            at: line.at.in_zone(self.zone).naive_local(),
            said: None,
            because: self.because(&line),
            times: 1,
        };
        let Some(step) = step else {
            return Some(event);
        };
        let told = self.step(&step);
        Some(Event {
            on_behalf: told.on_behalf,
            said: told.said,
            because: told.because,
            ..event
        })
    }

    /// A step of a review.
    pub(super) fn step(&self, step: &ReviewStep) -> Event {
        let did = match step.kind {
            StepKind::HandedIn => Did::HandIn,
            StepKind::Approved => Did::Approve,
            StepKind::Returned => Did::Return,
            StepKind::Rejected => Did::Reject,
            StepKind::TakenBack => Did::TakeBack,
            StepKind::Invalidated => Did::Invalidate,
        };
        let (said, because) = match (&step.message, step.kind) {
            (Some(stored), StepKind::Invalidated) => (None, self.change(stored)),
            (said, _) => (said.clone(), None),
        };
        let approver = step.on_behalf.clone();
        Event {
            who: self.who(&step.actor, step.actor_name.clone()),
            on_behalf: approver.map(|approver| self.who("user", approver)),
            did,
            at: step.at.in_zone(self.zone).naive_local(),
            said,
            because,
            times: 1,
        }
    }

    /// What a line says besides what was done: the time that was chosen, the reason, the relay.
    fn because(&self, line: &Line) -> Option<String> {
        let after = line.after.as_deref()?;
        match line.action.parse() {
            Ok(Action::IssueSetTime) => Some(self.new_time(after)),
            Ok(Action::IssuePause | Action::IssueHold) => {
                let reason = reasons::sentence(&Reason::from_log(after)?, self.locale);
                Some(templates::because(self.locale, &reason))
            }
            Ok(action) => reasons::about_relay(action, after, self.zone, self.locale),
            Err(_) => None,
        }
    }

    fn new_time(&self, said: &str) -> String {
        let at = said.parse().ok().map(|at: DateTime<Utc>| {
            let at = Timestamp::from(at);
            at.in_zone(self.zone).naive_local()
        });
        templates::pages::newsroom::issues::time::words(self.locale, at)
    }

    fn change(&self, stored: &str) -> Option<String> {
        match Reason::from_stored(stored) {
            Reason::ChangedAfterApproval { change } => {
                let view = reasons::change_view(&change);
                Some(templates::changed(self.locale, view))
            }
            _ => None,
        }
    }

    fn who(&self, actor: &str, name: String) -> Who {
        match actor {
            "user" => self
                .names
                .get(&name)
                .cloned()
                .map_or(Who::Unknown, Who::User),
            "operator" => Who::Operator(name),
            _ => Who::Job,
        }
    }
}

fn did(line: &Line) -> Did {
    match line.action.parse() {
        Ok(Action::IssueTellStop) => Did::Tell,
        Ok(Action::IssueCompose) => Did::Compose,
        Ok(Action::IssueSetTime) => Did::SetTime,
        Ok(Action::IssueHandIn) => Did::HandIn,
        Ok(Action::IssueApprove) => Did::Approve,
        Ok(Action::IssueReturn) => Did::Return,
        Ok(Action::IssueReject) => Did::Reject,
        Ok(Action::IssueTakeBack) => Did::TakeBack,
        Ok(Action::IssueInvalidate) => Did::Invalidate,
        Ok(Action::IssueSend) => Did::Send,
        Ok(Action::IssuePause) => Did::Pause,
        Ok(Action::IssueResume) => Did::Resume,
        Ok(Action::IssueRetry) => Did::Retry,
        Ok(Action::IssueHold) => Did::Hold,
        Ok(Action::IssueCancel) => Did::Cancel,
        Ok(Action::IssueFinish) => Did::Finish,
        Ok(Action::IssueRelayDown) => Did::RelayDown,
        Ok(Action::IssueRelayUp) => Did::RelayUp,
        Ok(Action::IssueRelayLimit) => Did::RelayLimit,
        Ok(Action::IssueDeferralsBegin) => Did::DeferralsBegin,
        Ok(Action::IssueDeferralsEnd) => Did::DeferralsEnd,
        Ok(Action::IssueAddEntry) => Did::AddEntry,
        Ok(Action::IssueLeaveOut) => Did::LeaveOut,
        Ok(Action::IssueReorder) => Did::Reorder,
        Ok(Action::IssuePin) if is_unpinned(line) => Did::Unpin,
        Ok(Action::IssuePin) => Did::Pin,
        Ok(Action::IssueShorten) => Did::Shorten,
        Ok(Action::IssueWrite) => Did::Write,
        Ok(Action::IssueViewAs) => Did::ViewAs,
        Ok(Action::IssueTest) => Did::Test,
        Ok(Action::IssueCheck) => Did::Check,
        Ok(Action::IssueAcceptFinding) => Did::AcceptFinding,
        Ok(Action::IssueUnacceptFinding) => Did::UnacceptFinding,
        _ => Did::Other,
    }
}

fn is_unpinned(line: &Line) -> bool {
    let after = line.after.as_deref().unwrap_or_default();
    after.ends_with("in its order")
}
