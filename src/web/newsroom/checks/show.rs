//! What the checks of an issue find now; of one that was approved, what they found then.

use axum::extract::State;
use maud::Markup;
use templates::pages::newsroom::checks::{ChecksView, Done, Problem, page};
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::unsaved::Unsaved;

use super::view;
use crate::app::issues::{checks, review};
use crate::digest::release;
use crate::domain::user::Right;
use crate::web::newsroom::issues::head::head_over;
use crate::web::newsroom::issues::path::IssuePath;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, WebState};

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: IssuePath,
) -> Result<Markup, Failure> {
    let problem = Problem::from_code(path.query("problem"));
    render(&state, &staff, &path, problem, Vec::new()).await
}

/// The page; with what was typed and could not be stored.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    path: &IssuePath,
    problem: Option<Problem>,
    unsaved: Vec<Unsaved>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Issues).await?;
    let mut conn = state.app.read().await?;
    let (newsletter, issue) = path.read(&mut conn).await?;
    let now = state.app.clock.now();
    let is_open = checks::is_open(issue.state);
    let built = if is_open {
        Some(release::build(&mut conn, &issue, now).await?)
    } else {
        None
    };
    let app = &state.app;
    let checked = match &built {
        Some(built) => checks::of_texts(app, &mut conn, &issue, built, now).await?,
        None => checks::now(app, &mut conn, &issue, now).await?,
    };
    let mut head = head_over(state, staff, &newsletter, &issue, built.as_ref()).await?;
    if let Some(checked) = checked.as_ref().filter(|_| is_open) {
        head.found = u32::try_from(checked.open()).ok();
    }
    let zone = newsletter.settings.zone;
    let list = match &checked {
        Some(checked) => {
            let may = is_open && staff.may(Right::Control);
            let judges = review::may_approve(&mut conn, &staff.actor(), now).await?;
            let may = (may, judges);
            Some(view::list(&mut conn, staff, &path.name, checked, may, zone).await?)
        }
        None => None,
    };
    let approved_at = checked.as_ref().filter(|_| !is_open).map(|one| one.at);
    let check = format!("{}/checks", path.url());
    let view = ChecksView {
        head,
        done: Done::from_code(path.query("done")),
        problem,
        unsaved,
        variants: checked.as_ref().map_or(0, |one| one.result.variants),
        blocks: checked.as_ref().map_or(0, |one| one.blocking().count()),
        list,
        approved_at: approved_at.map(|at| at.in_zone(zone).naive_local()),
        check_url: (is_open && staff.may(Right::Control)).then_some(check),
    };
    Ok(page(&desk, &view))
}
