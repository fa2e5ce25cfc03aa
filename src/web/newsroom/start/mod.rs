//! The start page: what needs somebody now, what comes next, what has changed.

mod changes;
mod growth;
mod tasks;
mod trouble;

use std::collections::BTreeMap;

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::planning::slots::SlotView;
use templates::pages::newsroom::start::{StartView, page};

use super::planning::{CALENDAR, slots};
use super::{Staff, desk};
use crate::domain::issue::IssueState;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::Right;
use crate::store;
use crate::store::issue::Issue;
use crate::web::{Failure, WebState};

/// How many dates are shown.
const DATES: usize = 6;
/// How many of them may be slots to come of one newsletter.
const COMING: usize = 2;
/// States of issues that somebody works on or that go out.
const OPEN: [IssueState; 6] = [
    IssueState::Draft,
    IssueState::InReview,
    IssueState::Approved,
    IssueState::Sending,
    IssueState::Paused,
    IssueState::Held,
];

pub(super) async fn show(State(state): State<WebState>, staff: Staff) -> Result<Markup, Failure> {
    let desk = desk(&state, &staff, Area::Start).await?;
    let zone = state.app.config.newsroom.zone;
    let now = state.app.clock.now();
    let mut conn = state.app.read().await?;
    let newsletters = slots::timed(&mut conn).await?;
    let mut open = Vec::new();
    for issue_state in OPEN {
        open.extend(store::issue::in_state(&mut conn, issue_state).await?);
    }
    let months = store::subscription_month::list(&mut conn).await?;
    let mut people: BTreeMap<i64, i64> = BTreeMap::new();
    for month in &months {
        *people.entry(month.newsletter_id).or_default() += month.started - month.ended;
    }
    let tasks = tasks::of(&mut conn, &staff, &newsletters, &open, &people).await?;
    let trouble = trouble::of(&state.app, &mut conn, &staff).await?;
    let since = staff.user.seen_before_at;
    let changes = changes::since(&mut conn, &staff, &newsletters, (since, now), zone).await?;
    drop(conn);
    let local = |at: Timestamp| at.in_zone(zone).naive_local();
    let view = StartView {
        today: local(now).date(),
        tasks,
        trouble,
        next: next(&staff, &newsletters, &open, &people, now),
        calendar_url: staff.reader.path(CALENDAR),
        since: since.map(local),
        changes,
        audit_url: staff
            .may(Right::Administer)
            .then(|| staff.reader.path("/newsroom/audit")),
        growth: growth::of_last_year(&months, now),
    };
    Ok(page(&desk, &view))
}

/// The next dates of all newsletters: issues that are there and not yet sent, and slots to come.
fn next(
    staff: &Staff,
    newsletters: &[slots::Timed],
    open: &[Issue],
    people: &BTreeMap<i64, i64>,
    now: Timestamp,
) -> Vec<SlotView> {
    let taken = slots::taken(open);
    let mut found: Vec<(Timestamp, SlotView)> = Vec::new();
    for timed in newsletters {
        let (newsletter, timetable) = timed;
        let people = people.get(&newsletter.id).copied();
        let own = open.iter().filter(|issue| {
            issue.newsletter == newsletter.id
                && !matches!(issue.state, IssueState::Paused | IssueState::Held)
        });
        found.extend(own.filter_map(|issue| {
            let mut view = slots::of_issue(staff, timed, issue)?;
            view.people = view.people.or(people);
            Some((issue.frozen_at.or(issue.send_at)?, view))
        }));
        let coming = timetable
            .iter()
            .flat_map(|timetable| timetable.next(now, DATES));
        let free = coming.filter(|one| !taken.contains(&(newsletter.id, one.slot.id().as_str())));
        found.extend(free.take(COMING).map(|one| {
            let view = slots::planned(staff, newsletter, &one, now);
            (one.slot.at, view)
        }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.truncate(DATES);
    found.into_iter().map(|(_, view)| view).collect()
}
