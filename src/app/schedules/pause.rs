//! Times in which a newsletter does not appear.

use chrono::NaiveDate;

use super::{LONGEST_PAUSE, LONGEST_WORDS, MOST_PAUSES, ScheduleError};
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::schedule::Pause;
use crate::store;

/// A pause before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPause {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why, for the team.
    pub reason: String,
    /// How many days the first issue after it looks back at most; none: to the last issue before.
    pub look_back: Option<u32>,
}

/// Lets a newsletter not appear for a time: no issue is composed for slots of these days. Issues
/// that are composed already go out.
pub async fn pause(
    app: &App,
    actor: &Actor,
    key: &str,
    wanted: &NewPause,
) -> Result<Pause, ScheduleError> {
    let reason = wanted.reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST_WORDS {
        return Err(ScheduleError::Reason);
    }
    let mut op = app.begin(actor, Action::SchedulePause).await?;
    let at = op.at();
    let newsletter = lookup::newsletter(op.tx(), key).await?;
    store::newsletter::lock(op.tx(), newsletter.id).await?;
    let today = at.in_zone(newsletter.settings.zone).date_naive();
    let days = (wanted.last - wanted.first).num_days();
    if wanted.last < today || !(0..LONGEST_PAUSE).contains(&days) {
        return Err(ScheduleError::Span);
    }
    let others = store::timetable::pauses(op.tx(), newsletter.id).await?;
    if others.len() >= MOST_PAUSES {
        return Err(ScheduleError::TooMany);
    }
    let overlaps = |other: &&Pause| other.first <= wanted.last && wanted.first <= other.last;
    if let Some(other) = others.iter().find(overlaps) {
        return Err(ScheduleError::Overlaps {
            first: other.first,
            last: other.last,
        });
    }
    let mut pause = Pause {
        uuid: String::new(),
        first: wanted.first,
        last: wanted.last,
        reason: reason.to_owned(),
        look_back: wanted.look_back.filter(|days| *days > 0),
    };
    pause.uuid = store::timetable::add_pause(op.tx(), newsletter.id, &pause, at).await?;
    op.record(
        Subject::new(SubjectKind::Newsletter, key),
        None,
        Some(&words(&pause)),
    );
    op.commit().await?;
    Ok(pause)
}

/// Ends a pause: one that has begun was over yesterday, one that lies ahead is removed.
pub async fn end_pause(
    app: &App,
    actor: &Actor,
    key: &str,
    uuid: &str,
) -> Result<(), ScheduleError> {
    let mut op = app.begin(actor, Action::ScheduleResume).await?;
    let newsletter = lookup::newsletter(op.tx(), key).await?;
    store::newsletter::lock(op.tx(), newsletter.id).await?;
    let today = op.at().in_zone(newsletter.settings.zone).date_naive();
    let pauses = store::timetable::pauses(op.tx(), newsletter.id).await?;
    let Some(pause) = pauses
        .into_iter()
        .find(|pause| pause.uuid == uuid && pause.last >= today)
    else {
        return Err(ScheduleError::NoPause);
    };
    let yesterday = today.pred_opt().filter(|day| *day >= pause.first);
    let done = match yesterday {
        Some(day) => store::timetable::shorten_pause(op.tx(), uuid, day).await?,
        None => store::timetable::remove_pause(op.tx(), uuid).await?,
    };
    if !done {
        return Err(ScheduleError::NoPause);
    }
    let after = yesterday.map(|last| {
        words(&Pause {
            last,
            ..pause.clone()
        })
    });
    op.record(
        Subject::new(SubjectKind::Newsletter, key),
        Some(&words(&pause)),
        after.as_deref(),
    );
    // Slots of these days that have passed get no issue afterwards.
    let at = op.at();
    store::newsletter::slots_done(op.tx(), newsletter.id, at).await?;
    op.commit().await?;
    Ok(())
}

fn words(pause: &Pause) -> String {
    let look_back = pause.look_back.map_or_else(
        || "everything is told afterwards".to_owned(),
        |days| format!("the last {days} days are told afterwards"),
    );
    format!(
        "pause from {} to {}: {} ({look_back})",
        pause.first, pause.last, pause.reason
    )
}
