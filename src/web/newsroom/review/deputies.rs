//! Deputies of approvers.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::review::deputies::{
    DeputiesView, DeputyRow, TypedDeputy, WrongDeputy, page,
};

use crate::app::issues::review::{DeputyError, end_deputy, name_deputy};
use crate::domain::timestamp::Timestamp;
use crate::domain::user::{Right, UserState};
use crate::store;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// Where the page is.
pub(super) const PAGE: &str = "/newsroom/deputies";

/// As many as are shown.
const MOST: i64 = 200;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    uri: axum::http::Uri,
) -> Result<Markup, Failure> {
    let done = match uri.query().unwrap_or_default() {
        query if query.contains("done=named") => Some(true),
        query if query.contains("done=ended") => Some(false),
        _ => None,
    };
    render(&state, &staff, TypedDeputy::default(), None, done).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let (app, actor) = (&state.app, &staff.actor());
    if let Some(id) = form.all("end").next() {
        let id = id.parse().map_err(|_| Failure::Unprocessable)?;
        if !end_deputy(app, actor, id).await? {
            return Err(Failure::NotFound);
        }
        return Ok(see_other(staff.reader.link(PAGE, [("done", "ended")])));
    }
    let field = |name: &str| form.all(name).next().unwrap_or_default().to_owned();
    let typed = TypedDeputy {
        deputy: field("deputy"),
        from: field("from"),
        until: field("until"),
    };
    let zone = app.config.newsroom.zone;
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let from = day(&typed.from).and_then(|day| midnight(zone, day));
    // The last day is within.
    let after = day(&typed.until).and_then(|day| day.checked_add_days(Days::new(1)));
    let until = after.and_then(|day| midnight(zone, day));
    let wrong = match from.zip(until) {
        None => WrongDeputy::When,
        Some(times) => match name_deputy(app, actor, &typed.deputy, times).await {
            Ok(()) => return Ok(see_other(staff.reader.link(PAGE, [("done", "named")]))),
            Err(DeputyError::Who) => WrongDeputy::Who,
            Err(DeputyError::When) => WrongDeputy::When,
            Err(DeputyError::Operation(error)) => return Err(error.into()),
        },
    };
    let page = render(&state, &staff, typed, Some(wrong), None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    state: &WebState,
    staff: &Staff,
    typed: TypedDeputy,
    wrong: Option<WrongDeputy>,
    done: Option<bool>,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Account).await?;
    let mut conn = state.app.read().await?;
    let all = store::staff::list(&mut conn).await?;
    let now = state.app.clock.now();
    let current = store::deputy::current(&mut conn, now, MOST).await?;
    drop(conn);
    let zone = state.app.config.newsroom.zone;
    let day = |at: Timestamp| at.in_zone(zone).date_naive();
    let name = |uuid: &str| {
        let known = all.iter().find(|one| one.uuid == uuid);
        known.map_or_else(String::new, |one| one.name.clone())
    };
    let rows = current.into_iter().map(|one| DeputyRow {
        id: one.id,
        approver: name(&one.approver),
        deputy: name(&one.deputy),
        from: day(one.from),
        until: day(one.until.minus(std::time::Duration::from_secs(1))),
        is_own: one.approver == staff.user.uuid,
    });
    let may = |one: &&store::staff::StaffMember| {
        let has_right = one.roles.allow(Right::Write) || one.roles.allow(Right::Approve);
        has_right && one.state == UserState::Active && one.uuid != staff.user.uuid
    };
    let colleagues = all.iter().filter(may).filter(|_| staff.may(Right::Approve));
    let view = DeputiesView {
        url: PAGE.to_owned(),
        rows: rows.collect(),
        colleagues: colleagues
            .map(|one| (one.uuid.clone(), one.name.clone()))
            .collect(),
        typed,
        wrong,
        done,
    };
    Ok(page(&desk, &view))
}

/// The beginning of a day; where the clocks skip it, the first instant after.
fn midnight(zone: chrono_tz::Tz, day: NaiveDate) -> Option<Timestamp> {
    let hours = (0..3).filter_map(|hour| {
        day.and_time(NaiveTime::MIN)
            .checked_add_signed(chrono::TimeDelta::hours(hour))
    });
    let mut instants = hours.filter_map(|time| zone.from_local_datetime(&time).earliest());
    instants.next().map(|at| at.to_utc().into())
}
