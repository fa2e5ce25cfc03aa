//! The schedule of one newsletter: shown, tried out, and saved.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::planning::{PauseForm, PauseView};
use templates::pages::newsroom::schedule::{
    ScheduleDone, ScheduleForm, ScheduleProblem, ScheduleView, page,
};

use super::{NEWSLETTERS, NewsletterPath, form, slots};
use crate::app::schedules::{self, ScheduleError, ScheduleSettings};
use crate::domain::newsletter::Newsletter;
use crate::store;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, Form, WebState, see_other};

/// How many dates are shown.
const DATES: usize = 10;

/// What the page shows beside what is stored.
#[derive(Default)]
pub(super) struct Shown {
    /// The form as it was typed; none: as it is stored.
    pub(super) form: Option<ScheduleForm>,
    /// The settings whose dates are shown; none: those that are stored.
    pub(super) preview: Option<ScheduleSettings>,
    pub(super) problems: Vec<ScheduleProblem>,
    pub(super) done: Option<ScheduleDone>,
    /// The form of another pause, as it was typed.
    pub(super) pause: Option<PauseForm>,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    path: NewsletterPath,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let query = Form::parse(query.unwrap_or_default().as_bytes())?;
    let done = match query.all("done").next() {
        Some("saved") => Some(ScheduleDone::Saved),
        Some("paused") => Some(ScheduleDone::Paused),
        Some("ended") => Some(ScheduleDone::Ended),
        _ => None,
    };
    let shown = Shown {
        done,
        ..Shown::default()
    };
    render(&state, &staff, &path, shown).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: NewsletterPath,
    sent: StaffForm,
) -> Result<Response, Failure> {
    let typed = form::typed(&sent)?;
    let before = {
        let mut conn = state.app.read().await?;
        let newsletter = path.read(&mut conn).await?;
        ScheduleSettings::load(&mut conn, &newsletter).await?
    };
    let mut shown = Shown {
        form: Some(typed.clone()),
        ..Shown::default()
    };
    let wanted = match form::settings(&typed, &before) {
        Ok(wanted) => wanted,
        Err(problems) => {
            shown.problems = problems;
            return again(&state, &staff, &path, shown).await;
        }
    };
    if sent.one("act")? == "preview" {
        shown.preview = Some(wanted);
        return Ok(render(&state, &staff, &path, shown).await?.into_response());
    }
    let (actor, seen) = (staff.actor(), sent.one("version")?);
    match schedules::change(&state.app, &actor, &path.key, seen, &wanted).await {
        Ok(_) => {
            let url = path.page("schedule");
            Ok(see_other(staff.reader.link(&url, [("done", "saved")])))
        }
        Err(ScheduleError::Changed) => {
            shown.problems.push(ScheduleProblem::Changed);
            shown.preview = Some(wanted);
            again(&state, &staff, &path, shown).await
        }
        Err(ScheduleError::OwnDays) => {
            shown.problems.push(ScheduleProblem::OwnDays);
            again(&state, &staff, &path, shown).await
        }
        Err(error) => Err(failure(error)),
    }
}

/// The page with what is wrong.
pub(super) async fn again(
    state: &WebState,
    staff: &Staff,
    path: &NewsletterPath,
    shown: Shown,
) -> Result<Response, Failure> {
    let page = render(state, staff, path, shown).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What no form can mend.
pub(super) fn failure(error: ScheduleError) -> Failure {
    match error {
        ScheduleError::Operation(error) => error.into(),
        ScheduleError::Unknown(_) | ScheduleError::NoPause => Failure::NotFound,
        _ => Failure::Unprocessable,
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    path: &NewsletterPath,
    shown: Shown,
) -> Result<Markup, Failure> {
    let desk = desk(state, staff, Area::Newsletters).await?;
    let mut conn = state.app.read().await?;
    let newsletter = path.read(&mut conn).await?;
    let stored = ScheduleSettings::load(&mut conn, &newsletter).await?;
    let pauses = store::timetable::pauses(&mut conn, newsletter.id).await?;
    drop(conn);
    let now = state.app.clock.now();
    let today = now.in_zone(newsletter.settings.zone).date_naive();
    let settings = shown.preview.as_ref().unwrap_or(&stored);
    // As the newsletter would be with these settings: they say when its issues are composed.
    let as_set = Newsletter {
        settings: crate::domain::newsletter::NewsletterSettings {
            compose_lead: settings.compose_lead,
            zone: settings.zone,
            ..newsletter.settings.clone()
        },
        ..newsletter.clone()
    };
    let next = settings
        .timetable(pauses.clone())
        .map(|timetable| timetable.next(now, DATES))
        .unwrap_or_default();
    let view = ScheduleView {
        newsletter: newsletter.settings.text(staff.language).name.clone(),
        list_url: staff.reader.path(NEWSLETTERS),
        url: staff.reader.path(&path.page("schedule")),
        form: shown.form.unwrap_or_else(|| form::fields(&stored)),
        errors: shown.problems,
        version: stored.version(),
        next: next
            .iter()
            .map(|one| slots::planned(staff, &as_set, one, now))
            .collect(),
        is_preview: shown.preview.is_some(),
        done: shown.done,
        pauses: pauses
            .into_iter()
            .filter(|pause| pause.last >= today)
            .map(|pause| PauseView {
                has_begun: pause.first <= today,
                uuid: pause.uuid,
                first: pause.first,
                last: pause.last,
                reason: pause.reason,
                look_back: pause.look_back,
            })
            .collect(),
        pause_url: staff.reader.path(&path.page("pauses")),
        pause: shown.pause.unwrap_or_else(|| PauseForm {
            look_back: "days".to_owned(),
            days: "14".to_owned(),
            ..PauseForm::default()
        }),
    };
    Ok(page(&desk, &view))
}
