//! Changing when a newsletter appears.

use super::{LONGEST_WORDS, MOST_OWN_DAYS, ScheduleError, ScheduleSettings};
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::newsletter::Newsletter;
use crate::store;

/// Changes when a newsletter appears, unless it is not what was shown any more: `seen` is the
/// [version](ScheduleSettings::version) of that.
///
/// Issues that are composed keep their time. Slots of the new schedule before the present get no
/// issue.
pub async fn change(
    app: &App,
    actor: &Actor,
    key: &str,
    seen: &str,
    wanted: &ScheduleSettings,
) -> Result<Newsletter, ScheduleError> {
    let own = &wanted.free.own;
    let is_long = |name: &String| name.chars().count() > LONGEST_WORDS;
    if own.len() > MOST_OWN_DAYS || own.values().any(is_long) {
        return Err(ScheduleError::OwnDays);
    }
    let mut op = app.begin(actor, Action::ScheduleChange).await?;
    let at = op.at();
    let newsletter = lookup::newsletter(op.tx(), key).await?;
    store::newsletter::lock(op.tx(), newsletter.id).await?;
    let newsletter = lookup::newsletter(op.tx(), &newsletter.settings.key).await?;
    let before = ScheduleSettings::load(op.tx(), &newsletter).await?;
    if before == *wanted {
        return Ok(newsletter);
    }
    if before.version() != seen {
        return Err(ScheduleError::Changed);
    }
    let line = wanted.line.as_ref().map(ToString::to_string);
    store::newsletter::set_schedule(
        op.tx(),
        newsletter.id,
        line.as_deref(),
        wanted.zone,
        (wanted.compose_lead, wanted.catch_up),
    )
    .await?;
    store::newsletter::set_quiet(op.tx(), newsletter.id, wanted.quiet).await?;
    store::timetable::set_holidays(op.tx(), newsletter.id, &wanted.free, wanted.rule).await?;
    if before.timetable(Vec::new()) != wanted.timetable(Vec::new()) {
        store::newsletter::slots_done(op.tx(), newsletter.id, at).await?;
    }
    let changed = before.parts().into_iter().zip(wanted.parts());
    let (was, is): (Vec<_>, Vec<_>) = changed.filter(|(was, is)| was != is).unzip();
    let (was, is) = if is.is_empty() {
        (
            vec!["names of own days".to_owned()],
            vec!["others".to_owned()],
        )
    } else {
        (was, is)
    };
    op.record(
        Subject::new(SubjectKind::Newsletter, &newsletter.settings.key),
        Some(&was.join(", ")),
        Some(&is.join(", ")),
    );
    let after = lookup::newsletter(op.tx(), key).await?;
    op.commit().await?;
    Ok(after)
}
