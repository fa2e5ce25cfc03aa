//! The head of every page of an issue.

use templates::pages::newsroom::issues::head::{HeadAction, IssueHead, Part, State};
use templates::pages::newsroom::review::{Action, action as action_words};

use super::{LIST, contents, path};
use crate::app::reasons;
use crate::digest::audience::Audience;
use crate::digest::snapshot::Snapshot;
use crate::digest::{left_out, release};
use crate::domain::issue::{IssueName, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::domain::reason::Reason;
use crate::domain::user::Right;
use crate::store::issue::Issue;
use crate::web::newsroom::{Staff, checks, sending};
use crate::web::{Failure, WebState};

/// The pages of an issue that are there; each area adds its own.
const PARTS: [Part; 5] = [
    Part::Contents,
    Part::Checks,
    Part::Variants,
    Part::Sending,
    Part::History,
];

/// The head of a page of this issue. Reads who would get it.
pub(in crate::web::newsroom) async fn head(
    state: &WebState,
    staff: &Staff,
    newsletter: &Newsletter,
    issue: &Issue,
) -> Result<IssueHead, Failure> {
    head_over(state, staff, newsletter, issue, None).await
}

/// As [`head`], over the texts of the issue where they were built for the page.
pub(in crate::web::newsroom) async fn head_over(
    state: &WebState,
    staff: &Staff,
    newsletter: &Newsletter,
    issue: &Issue,
    built: Option<&Snapshot>,
) -> Result<IssueHead, Failure> {
    let mut conn = state.app.read().await?;
    let audience = if issue.frozen_at.is_some() {
        None
    } else {
        let topics = match built {
            _ if issue.state == IssueState::Approved => (issue.topics, issue.for_everyone),
            Some(snapshot) => snapshot.audience(),
            None => {
                let now = state.app.clock.now();
                release::build(&mut conn, issue, now).await?.audience()
            }
        };
        let readers = state.app.readers(&mut conn, issue.newsletter, topics);
        Some(readers.await?)
    };
    let known = audience.as_ref();
    Ok(IssueHead {
        found: checks::found(&mut conn, issue).await?,
        ..with_audience(state, staff, newsletter, issue, known)
    })
}

/// The head of a page that knows who would get the issue.
pub(super) fn with_audience(
    state: &WebState,
    staff: &Staff,
    newsletter: &Newsletter,
    issue: &Issue,
    audience: Option<&Audience>,
) -> IssueHead {
    let settings = &newsletter.settings;
    let name = IssueName {
        newsletter: settings.key.clone(),
        number: issue.number,
    };
    let readers = |audience: &Audience| audience.variants.iter().map(|one| one.readers).sum();
    let zone = settings.zone;
    let goes_at = issue.frozen_at.or(issue.send_at);
    let day = |at: crate::domain::timestamp::Timestamp| at.in_zone(zone).date_naive();
    let until = left_out::horizon(newsletter, issue, state.app.clock.now());
    IssueHead {
        newsletter: settings.text(staff.language).name.clone(),
        number: issue.number,
        list_url: staff.reader.path(LIST),
        newsletter_url: staff
            .reader
            .link(LIST, [("newsletter", settings.key.as_str())]),
        url: path::url(&name),
        state: shown(issue),
        reason: issue
            .reason
            .as_ref()
            .map(|reason| reasons::sentence(reason, staff.locale())),
        time_url: contents::is_editable(staff, issue)
            .then(|| staff.reader.path(&format!("{}/time", path::url(&name)))),
        has_begun: issue.frozen_at.is_some(),
        goes_at: goes_at.map(|at| at.in_zone(zone).naive_local()),
        people: audience.map_or(issue.recipients, readers),
        variants: audience.map(|audience| i64::try_from(audience.variants.len()).unwrap_or(0)),
        news_from: issue.window_from.map(day),
        events_until: Some(day(until)),
        parts: PARTS.to_vec(),
        found: None,
        actions: actions(staff, issue, &name),
    }
}

/// What this user can do with the issue next.
fn actions(staff: &Staff, issue: &Issue, name: &IssueName) -> Vec<HeadAction> {
    let action = match issue.state {
        IssueState::Draft if staff.may(Right::Write) => Action::HandIn,
        IssueState::InReview if staff.may(Right::Approve) => Action::Approve,
        IssueState::Held if staff.may(Right::Approve) && issue.frozen_at.is_none() => {
            Action::Approve
        }
        IssueState::InReview | IssueState::Approved => Action::Look,
        _ => return sending::actions(staff, issue, &path::url(name)),
    };
    let page = format!("{}/approve", path::url(name));
    let mut actions = vec![HeadAction {
        url: staff.reader.path(&page),
        name: action_words(staff.locale(), action),
        is_next: action != Action::Look,
    }];
    actions.extend(sending::actions(staff, issue, &path::url(name)));
    actions
}

/// The state of an issue as the templates name it.
pub(in crate::web::newsroom) const fn shown(issue: &Issue) -> State {
    match issue.state {
        IssueState::Draft => State::Draft,
        IssueState::InReview => State::InReview,
        IssueState::Approved => State::Approved,
        IssueState::Sending => State::Sending,
        IssueState::Sent => State::Sent,
        IssueState::Paused => State::Paused,
        IssueState::Held => State::Held,
        IssueState::Cancelled if matches!(issue.reason, Some(Reason::Rejected { .. })) => {
            State::Rejected
        }
        IssueState::Cancelled => State::Cancelled,
    }
}
