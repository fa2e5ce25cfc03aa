//! The page on which an issue is approved.

use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CONTENT_SECURITY_POLICY;
use maud::Markup;
use templates::pages::newsroom::checks::Problem;
use templates::pages::newsroom::checks::list::Mark;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::contents::PreviewPane;
use templates::pages::newsroom::review::approve::{
    ApproveView, ChecksPart, May, Part, Stage, Typed, Wrong, page,
};

use super::events::Namer;
use super::submit;
use crate::app::issues::checks::{self, Checked};
use crate::app::issues::{self, review, seen_of};
use crate::digest::release;
use crate::digest::snapshot::Snapshot;
use crate::domain::check::Severity;
use crate::domain::issue::{Contribution, IssueState};
use crate::domain::newsletter::Newsletter;
use crate::domain::review::StepKind;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::Right;
use crate::store::issue::Issue;
use crate::store::review_step::ReviewStep;
use crate::store::{self, Conn};
use crate::web::newsroom::checks::view;
use crate::web::newsroom::issues::contents::{self, PAGE_WITH_FRAME};
use crate::web::newsroom::issues::head::head_over;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

/// What the page shows beside the issue as it is.
#[derive(Default)]
pub(in crate::web::newsroom) struct Shown {
    pub(super) typed: Typed,
    pub(super) wrong: Option<Wrong>,
    /// Why a finding was not accepted, where the query does not say it.
    pub(super) problem: Option<Problem>,
}

impl Shown {
    /// That a finding of the checks was not accepted, and the reason that was typed.
    pub(in crate::web::newsroom) fn not_accepted(problem: Problem, reason: &str) -> Self {
        Self {
            typed: Typed {
                acceptance: reason.to_owned(),
                ..Typed::default()
            },
            problem: Some(problem),
            wrong: None,
        }
    }
}

/// The page, and what of it may be framed.
pub(super) type Page = ([(HeaderName, &'static str); 1], Markup);

/// Where the page is.
pub(super) fn url(path: &IssuePath) -> String {
    format!("{}/approve", path.url())
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Page, Failure> {
    render(&state, &staff, &path, Shown::default()).await
}

/// The page.
pub(in crate::web::newsroom) async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    shown: Shown,
) -> Result<Page, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let now = state.app.clock.now();
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let names = store::staff::names(&mut conn).await?;
    let history = review::history(&mut conn, &path.name, &issue).await?;
    let steps = store::review_step::of_issue(&mut conn, issue.id, 50).await?;
    // Head, checks and what was seen say something of the same texts.
    let built = if checks::is_open(issue.state) {
        Some(release::build(&mut conn, &issue, now).await?)
    } else {
        None
    };
    let mut head = head_over(state, staff, &newsletter, &issue, built.as_ref()).await?;
    let zone = newsletter.settings.zone;
    let local = |at: Timestamp| at.in_zone(zone).naive_local();
    let people_names = Namer {
        names: &names,
        zone,
        locale: staff.locale(),
    };
    let present = stage(staff, &issue, &steps, &people_names, now);
    let issue_of = (&newsletter, &issue, head.people);
    let may = may(&mut conn, state, staff, issue_of, now).await?;
    let in_review = built.as_ref().filter(|_| present == Stage::InReview);
    let is_open = matches!(present, Stage::Draft | Stage::InReview);
    let checked = match built
        .as_ref()
        .filter(|_| is_open && (may.hand_in || may.decide))
    {
        Some(built) => checks::of_texts(&state.app, &mut conn, &issue, built, now).await?,
        None => None,
    };
    if let Some(checked) = &checked {
        head.found = u32::try_from(checked.open()).ok();
    }
    let checks = match &checked {
        Some(checked) => {
            Some(checks_part(&mut conn, staff, path, checked, (may.decide, zone)).await?)
        }
        None => None,
    };
    let seen = in_review.map_or_else(String::new, |built| seen_of(&issue, built));
    let preview = match present {
        Stage::Over => None,
        _ => preview(state, &mut conn, staff, path, (&issue, built.as_ref()), now).await,
    };
    drop(conn);
    let asked = steps.iter().find(|step| step.kind == StepKind::HandedIn);
    let view = ApproveView {
        url: url(path),
        checks_url: staff.reader.path(&format!("{}/checks", path.url())),
        checks,
        problem: shown
            .problem
            .or_else(|| Problem::from_code(path.query("problem"))),
        preview_url: staff.reader.path(&format!("{}/variants", path.url())),
        preview,
        is_scheduled: issue.slot.is_some(),
        deputies_url: staff
            .may(Right::Approve)
            .then(|| staff.reader.path(super::deputies::PAGE)),
        now: local(now),
        send_at: issue.send_at.map(local),
        people: head.people,
        head,
        is_trial: newsletter.settings.review.trial,
        stage: present,
        asked: asked.map(|step| people_names.step(step)),
        may,
        seen,
        typed: shown.typed,
        wrong: shown.wrong,
        done: submit::done(path.query("done")),
        events: people_names.events(history),
    };
    Ok((
        [(CONTENT_SECURITY_POLICY, PAGE_WITH_FRAME)],
        page(&desk, &view),
    ))
}

/// How the issue arrives, for most readers. The page links all variants itself.
async fn preview(
    state: &WebState,
    conn: &mut Conn,
    staff: &Staff,
    path: &IssuePath,
    (issue, built): (&Issue, Option<&Snapshot>),
    now: Timestamp,
) -> Option<PreviewPane> {
    let approved;
    let snapshot = if let Some(built) = built {
        built
    } else {
        approved = issues::content(conn, issue, now).await.ok()?;
        &approved
    };
    let readers = state
        .app
        .readers(conn, issue.newsletter, snapshot.audience());
    let readers = readers.await.ok()?;
    let pane = contents::preview(state, conn, staff, path, issue, &readers, snapshot).await?;
    Some(PreviewPane {
        variants_url: None,
        ..pane
    })
}

/// What can be done with the issue.
fn stage(
    staff: &Staff,
    issue: &Issue,
    steps: &[ReviewStep],
    people_names: &Namer<'_>,
    now: Timestamp,
) -> Stage {
    let is_new = issue.frozen_at.is_none();
    match issue.state {
        IssueState::Draft => Stage::Draft,
        IssueState::InReview => Stage::InReview,
        IssueState::Held if is_new => Stage::InReview,
        IssueState::Approved => {
            let by = steps.iter().find(|step| step.kind == StepKind::Approved);
            let is_own = by.is_some_and(|step| step.actor_name == staff.user.uuid);
            let until = issue.send_not_before.filter(|until| is_own && *until > now);
            Stage::Approved {
                by: by.map(|step| people_names.step(step)),
                take_back: until.map(|until| {
                    let at = until.in_zone(people_names.zone).naive_local();
                    (at, until.since(now).as_secs().max(1))
                }),
            }
        }
        _ => Stage::Over,
    }
}

/// What this user may do.
async fn may(
    conn: &mut Conn,
    state: &WebState,
    staff: &Staff,
    (newsletter, issue, people): (&Newsletter, &Issue, i64),
    now: Timestamp,
) -> Result<May, Failure> {
    let actor = staff.actor();
    let decide = review::may_approve(conn, &actor, now).await?;
    let is_open = matches!(issue.state, IssueState::InReview | IssueState::Held);
    let four_eyes = decide && is_open && review::four_eyes_apply(&newsletter.settings, people);
    let involved = if four_eyes {
        review::involvements(conn, issue, &actor).await?
    } else {
        Vec::new()
    };
    let part = |one| match one {
        Contribution::Wrote => Part::WroteText,
        Contribution::Chose => Part::ChoseEntries,
        Contribution::HandedIn => Part::HandedIn,
    };
    Ok(May {
        hand_in: staff.may(Right::Write),
        decide,
        involved: involved.into_iter().map(part).collect(),
        seconds: state.app.config.newsroom.take_back.as_secs(),
    })
}

/// What the checks found, without what is in order.
async fn checks_part(
    conn: &mut Conn,
    staff: &Staff,
    path: &IssuePath,
    checked: &Checked,
    (decides, zone): (bool, chrono_tz::Tz),
) -> Result<ChecksPart, Failure> {
    let may = (staff.may(Right::Control), decides);
    let mut list = view::list(conn, staff, &path.name, checked, may, zone).await?;
    list.rows.retain(|row| row.mark != Mark::Fine);
    list.back = Some("approve");
    Ok(ChecksPart {
        list,
        fine: checked.result.count(Severity::Fine),
        blocks: checked.blocking().next().is_some(),
    })
}
