//! Setting and ending the pauses of a newsletter.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use templates::pages::newsroom::planning::{PauseForm, PauseProblem};

use super::NewsletterPath;
use super::schedule::{Shown, again, failure};
use crate::app::schedules::{self, NewPause, ScheduleError};
use crate::web::newsroom::{Staff, StaffForm};
use crate::web::{Failure, WebState, see_other};

/// The most days that the first issue after a pause looks back.
const LONGEST_LOOK_BACK: u32 = 365;

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    path: NewsletterPath,
    sent: StaffForm,
) -> Result<Response, Failure> {
    // A newsletter that is not there is no mistake in the form.
    path.read(&mut state.app.read().await?).await?;
    let actor = staff.actor();
    let back = |done: &str| {
        let url = path.page("schedule");
        see_other(staff.reader.link(&url, [("done", done)]))
    };
    let ended = sent.one("end")?;
    if !ended.is_empty() {
        return match schedules::end_pause(&state.app, &actor, &path.key, ended).await {
            // Whoever ended it: it is over.
            Ok(()) | Err(ScheduleError::NoPause) => Ok(back("ended")),
            Err(error) => Err(failure(error)),
        };
    }
    let mut typed = typed(&sent)?;
    let wanted = match wanted(&typed) {
        Ok(wanted) => wanted,
        Err(problems) => {
            typed.problems = problems;
            return shown(&state, &staff, &path, typed).await;
        }
    };
    typed.problems = match schedules::pause(&state.app, &actor, &path.key, &wanted).await {
        Ok(_) => return Ok(back("paused")),
        Err(ScheduleError::Span) => vec![PauseProblem::Span],
        Err(ScheduleError::Reason) => vec![PauseProblem::Reason],
        Err(ScheduleError::Overlaps { first, last }) => vec![PauseProblem::Overlaps(first, last)],
        Err(ScheduleError::TooMany) => vec![PauseProblem::TooMany],
        Err(error) => return Err(failure(error)),
    };
    shown(&state, &staff, &path, typed).await
}

async fn shown(
    state: &WebState,
    staff: &Staff,
    path: &NewsletterPath,
    typed: PauseForm,
) -> Result<Response, Failure> {
    let shown = Shown {
        pause: Some(typed),
        ..Shown::default()
    };
    again(state, staff, path, shown).await
}

fn typed(sent: &StaffForm) -> Result<PauseForm, Failure> {
    let one = |name| sent.one(name).map(|text| text.trim().to_owned());
    Ok(PauseForm {
        first: one("first")?,
        last: one("last")?,
        reason: one("reason")?,
        look_back: one("look-back")?,
        days: one("days")?,
        problems: Vec::new(),
    })
}

fn wanted(typed: &PauseForm) -> Result<NewPause, Vec<PauseProblem>> {
    let mut problems = Vec::new();
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let days = day(&typed.first).zip(day(&typed.last));
    if days.is_none() {
        problems.push(PauseProblem::Days);
    }
    if typed.reason.is_empty() {
        problems.push(PauseProblem::Reason);
    }
    let number = typed.days.parse::<u32>().ok();
    let number = number.filter(|days| (1..=LONGEST_LOOK_BACK).contains(days));
    let look_back = match typed.look_back.as_str() {
        "days" if number.is_none() => {
            problems.push(PauseProblem::LookBack);
            None
        }
        "days" => number,
        _ => None,
    };
    match days {
        Some((first, last)) if problems.is_empty() => Ok(NewPause {
            first,
            last,
            reason: typed.reason.clone(),
            look_back,
        }),
        _ => Err(problems),
    }
}
