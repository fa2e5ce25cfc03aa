//! Dates as pages show them: issues that are there, and slots to come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use templates::pages::newsroom::planning::holidays::FreeDayView;
use templates::pages::newsroom::planning::slots::{SlotNote, SlotState, SlotView};

use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::schedule::{ClockChange, Fate, FreeDay, Planned, Timetable, instant_of};
use crate::domain::timestamp::Timestamp;
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};
use crate::web::newsroom::Staff;
use crate::web::newsroom::issues::{head, path};

/// How many dates a newsletter has on a day of the calendar: a schedule may have one every minute.
const A_DAY: usize = 3;

/// A newsletter and when its issues go out; none where it has no schedule.
pub(in crate::web::newsroom) type Timed = (Newsletter, Option<Timetable>);

/// Every newsletter with its timetable.
pub(in crate::web::newsroom) async fn timed(
    conn: &mut impl Connection,
) -> Result<Vec<Timed>, StoreError> {
    let mut all = Vec::new();
    for newsletter in store::newsletter::list(conn).await? {
        let timetable = store::timetable::of(conn, &newsletter).await?;
        all.push((newsletter, timetable));
    }
    Ok(all)
}

/// The holiday as templates name it.
pub(super) fn free_day(day: &FreeDay) -> FreeDayView {
    match day {
        FreeDay::Public(holiday) => FreeDayView::Public(holiday.as_str()),
        FreeDay::Own(name) => FreeDayView::Own(name.clone()),
    }
}

/// A slot that has no issue yet.
pub(in crate::web::newsroom) fn planned(
    staff: &Staff,
    newsletter: &Newsletter,
    one: &Planned,
    now: Timestamp,
) -> SlotView {
    let settings = &newsletter.settings;
    let composed = one.slot.at.minus(settings.compose_lead);
    let state = match &one.fate {
        Fate::OnTime | Fate::Moved => SlotState::Planned(
            (composed > now && !settings.compose_lead.is_zero())
                .then(|| composed.in_zone(settings.zone).naive_local()),
        ),
        Fate::Skipped => SlotState::Skipped,
        Fate::Paused(reason) => SlotState::Paused(reason.clone()),
    };
    let holiday = one.holiday.as_ref().map(free_day);
    let holiday = holiday.map(|day| match one.fate {
        Fate::Moved => SlotNote::Moved(day, one.slot.local.date()),
        _ => SlotNote::Holiday(day),
    });
    let clock = match one.slot.shifted {
        ClockChange::None => None,
        ClockChange::Gap => Some(SlotNote::Gap),
        ClockChange::Overlap => Some(SlotNote::Overlap),
    };
    SlotView {
        at: one.on,
        newsletter: settings.text(staff.language).name.clone(),
        state,
        notes: holiday
            .into_iter()
            .chain(clock.filter(|_| one.goes_out()))
            .collect(),
        people: None,
    }
}

/// An issue, where it has a time at which it goes out or went out.
pub(in crate::web::newsroom) fn of_issue(
    staff: &Staff,
    (newsletter, timetable): &Timed,
    issue: &Issue,
) -> Option<SlotView> {
    let settings = &newsletter.settings;
    let at = issue.frozen_at.or(issue.send_at)?;
    let at = at.in_zone(settings.zone).naive_local();
    Some(SlotView {
        at,
        newsletter: settings.text(staff.language).name.clone(),
        state: SlotState::Issue(
            issue.number,
            staff.reader.path(&path::url(&name(newsletter, issue))),
            head::shown(issue),
        ),
        notes: moved(timetable.as_ref(), issue, settings.zone)
            .into_iter()
            .collect(),
        people: issue.frozen_at.map(|_| issue.recipients),
    })
}

/// At most [`A_DAY`] dates of each newsletter on each day, in the order they have: the last one says how
/// many more there are.
pub(super) fn few_a_day(slots: Vec<SlotView>) -> Vec<SlotView> {
    let mut kept: Vec<SlotView> = Vec::new();
    // How many a day has, and where the last that was kept stands.
    let mut days: BTreeMap<(NaiveDate, String), (usize, usize)> = BTreeMap::new();
    for slot in slots {
        let day = (slot.at.date(), slot.newsletter.clone());
        let (count, last) = days.entry(day).or_default();
        *count += 1;
        if *count <= A_DAY {
            *last = kept.len();
            kept.push(slot);
        }
    }
    for (count, last) in days.into_values() {
        if let (true, Some(slot)) = (count > A_DAY, kept.get_mut(last)) {
            slot.notes.push(SlotNote::Further(count - A_DAY));
        }
    }
    kept
}

/// The name of an issue.
pub(in crate::web::newsroom) fn name(newsletter: &Newsletter, issue: &Issue) -> IssueName {
    IssueName {
        newsletter: newsletter.settings.key.clone(),
        number: issue.number,
    }
}

/// Says so where a holiday moved the slot of an issue to another day, or somebody chose another time.
fn moved(timetable: Option<&Timetable>, issue: &Issue, zone: Tz) -> Option<SlotNote> {
    let slot = NaiveDateTime::parse_from_str(issue.slot.as_deref()?, "%Y-%m-%dT%H:%M").ok()?;
    let send_at = issue.send_at?;
    if send_at == instant_of(slot, zone) {
        return None;
    }
    let at = send_at.in_zone(zone).naive_local();
    let day = slot.date();
    let holiday = timetable.and_then(|timetable| timetable.free.on(day));
    match holiday {
        Some(holiday) if at.date() != day && at.time() == slot.time() => {
            Some(SlotNote::Moved(free_day(&holiday), day))
        }
        _ => Some(SlotNote::ByHand(slot)),
    }
}

/// The slots that have an issue: newsletter and name of the slot.
pub(in crate::web::newsroom) fn taken(issues: &[Issue]) -> BTreeSet<(i64, &str)> {
    issues
        .iter()
        .filter_map(|issue| Some((issue.newsletter, issue.slot.as_deref()?)))
        .collect()
}
