//! Choosing when an issue goes out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDateTime;
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::issues::contents::Problem;
use templates::pages::newsroom::issues::time::{TimeProblem, TimeView, page};
use templates::pages::newsroom::unsaved::{Unsaved, UnsavedKind};

use super::compose::failure;
use super::contents::{self, is_editable, voids};
use super::head::head;
use super::path::IssuePath;
use crate::app::issues::IssueError;
use crate::app::issues::edit::{self, EditError, NewTime};
use crate::domain::newsletter::Newsletter;
use crate::domain::send_time::{self, BadSendTime};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// Characters of a field that are shown again.
const MOST: usize = 20;

/// What stands in the form.
struct Typed {
    is_when_approved: bool,
    day: String,
    time: String,
    seen: String,
    problem: Option<TimeProblem>,
}

impl Typed {
    /// What is stored.
    fn stored(newsletter: &Newsletter, issue: &Issue) -> Self {
        let chosen = issue.chosen_time();
        let local = chosen.map(|at| at.in_zone(newsletter.settings.zone).naive_local());
        let shown =
            |format: &str| local.map_or_else(String::new, |at| at.format(format).to_string());
        Self {
            is_when_approved: chosen.is_none(),
            day: shown("%Y-%m-%d"),
            time: shown("%H:%M"),
            seen: micros(chosen),
            problem: None,
        }
    }

    /// What was sent.
    fn sent(form: &StaffForm) -> Result<Self, Failure> {
        let field = |name| {
            form.one(name)
                .map(|text| text.trim().chars().take(MOST).collect())
        };
        Ok(Self {
            is_when_approved: form.one("when")? == "approved",
            day: field("day")?,
            time: field("time")?,
            seen: field("seen")?,
            problem: None,
        })
    }

    /// The time as it was typed; none where it is that of the approval.
    fn unsaved(&self) -> Vec<Unsaved> {
        let text = format!("{} {}", self.day, self.time).trim().to_owned();
        if self.is_when_approved || text.is_empty() {
            return Vec::new();
        }
        vec![Unsaved {
            what: UnsavedKind::Time,
            language: None,
            text,
        }]
    }

    /// The time that this says, and whether the clock shows it twice.
    fn chosen(&self, newsletter: &Newsletter) -> Result<Option<(Timestamp, bool)>, BadSendTime> {
        if self.is_when_approved {
            return Ok(None);
        }
        let day = send_time::day(&self.day)?;
        let local = day.and_time(send_time::clock(&self.time)?);
        send_time::instant(local, newsletter.settings.zone).map(Some)
    }
}

/// A time as the form carries it; empty: none.
fn micros(at: Option<Timestamp>) -> String {
    at.map_or_else(String::new, |at| at.micros().to_string())
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Response, Failure> {
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    drop(conn);
    if !is_editable(&staff, &issue) {
        return Ok(closed(&staff, &path));
    }
    let typed = Typed::stored(&newsletter, &issue);
    let page = render(&state, &staff, &path, typed).await?;
    Ok(page.into_response())
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
    form: StaffForm,
) -> Result<Response, Failure> {
    let mut conn = state.app.read().await?;
    let (newsletter, _) = path.read(&mut conn).await?;
    drop(conn);
    let mut typed = Typed::sent(&form)?;
    let now = state.app.clock.now();
    let local = |at: Timestamp| at.in_zone(newsletter.settings.zone).naive_local();
    let problem = match typed.chosen(&newsletter) {
        Err(bad) => shown(bad, local(now)),
        Ok(chosen) => {
            let at = chosen.map(|(at, _)| at);
            let seen = typed.seen.parse().ok().map(Timestamp::from_micros);
            let new = NewTime {
                at,
                seen,
                although_over: at.is_some() && form.one("although")? == micros(at),
            };
            match edit::set_time(&state.app, &staff.actor(), &path.name, new).await {
                Ok(is_new) => {
                    let is_first = chosen.is_some_and(|(_, is_twice)| is_twice);
                    let done = if is_first { "timed-first" } else { "timed" };
                    let done = is_new.then_some(("done", done));
                    return Ok(see_other(staff.reader.link(&path.url(), done)));
                }
                Err(EditError::EventsOver(titles)) => TimeProblem::EventsOver(titles, micros(at)),
                Err(EditError::Issue(IssueError::Time { bad, .. })) => shown(bad, local(now)),
                Err(EditError::Overwritten) => {
                    let (_, issue) = path.read(&mut state.app.read().await?).await?;
                    // What is stored was seen now: saving again replaces it.
                    typed.seen = micros(issue.chosen_time());
                    TimeProblem::Overwritten(issue.chosen_time().map(local))
                }
                Err(EditError::Closed { .. }) => {
                    let (problem, unsaved) = (Problem::Closed, typed.unsaved());
                    return contents::moved_on(&state, &staff, &path, problem, unsaved).await;
                }
                Err(EditError::Issue(error)) => return Err(failure(error)),
                Err(_) => return Err(Failure::Unprocessable),
            }
        }
    };
    let status = match problem {
        TimeProblem::Overwritten(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    typed.problem = Some(problem);
    let page = render(&state, &staff, &path, typed).await?;
    Ok((status, page).into_response())
}

/// The page of an issue that is on its way already.
fn closed(staff: &Staff, path: &IssuePath) -> Response {
    see_other(staff.reader.link(&path.url(), [("problem", "closed")]))
}

fn shown(bad: BadSendTime, now: NaiveDateTime) -> TimeProblem {
    match bad {
        BadSendTime::Day => TimeProblem::Day,
        BadSendTime::Clock => TimeProblem::Clock,
        BadSendTime::Gap { until } => TimeProblem::Gap(until),
        BadSendTime::Past => TimeProblem::Past(now),
        BadSendTime::TooFar => TimeProblem::TooFar,
        BadSendTime::Quiet { hours, until } => TimeProblem::Quiet(hours.to_string(), until),
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    typed: Typed,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    drop(conn);
    let slot = issue.slot.as_deref();
    let view = TimeView {
        head: head(state, staff, &newsletter, &issue).await?,
        url: format!("{}/time", path.url()),
        is_when_approved: typed.is_when_approved,
        day: typed.day,
        time: typed.time,
        zone: newsletter.settings.zone.name().to_owned(),
        seen: typed.seen,
        slot: slot.and_then(|slot| NaiveDateTime::parse_from_str(slot, "%Y-%m-%dT%H:%M").ok()),
        voids: voids(&issue),
        problem: typed.problem,
    };
    Ok(page(&desk, &view))
}
