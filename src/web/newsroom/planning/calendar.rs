//! What goes out when: a month, past or to come.

use axum::extract::{RawQuery, State};
use chrono::{Datelike as _, Months as CalendarMonths, NaiveDate, NaiveTime};
use maud::Markup;
use templates::pages::newsroom::calendar::{CalendarView, Months, page};
use templates::pages::newsroom::frame::Area;
use templates::pages::newsroom::planning::holidays::FreeDayView;
use templates::pages::newsroom::planning::slots::SlotView;

use super::slots::{self, Timed};
use super::{CALENDAR, NEWSLETTERS};
use crate::domain::schedule::instant_of;
use crate::domain::timestamp::Timestamp;
use crate::domain::user::Right;
use crate::store;
use crate::web::newsroom::{Staff, desk};
use crate::web::{Failure, Form, WebState};

/// Issues of a month, and dates on a page, at most.
const MOST: usize = 400;
/// Slots to come of a newsletter that are shown at most: three a day.
const MOST_AHEAD: usize = 100;
/// The newest issues, among which those of slots ahead are.
const NEWEST: i64 = 100;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let query = Form::parse(query.unwrap_or_default().as_bytes())?;
    let asked = |name: &str| query.all(name).next().map(str::to_owned);
    let zone = state.app.config.newsroom.zone;
    let now = state.app.clock.now();
    let today = now.in_zone(zone).date_naive();
    let month = asked("month").and_then(|text| parse_month(&text));
    let month = month.unwrap_or_else(|| first_of(today));
    let is_list = asked("view").as_deref() == Some("list");
    let desk = desk(&state, &staff, Area::Calendar).await?;
    let all = slots::timed(&mut state.app.read().await?).await?;
    let key = asked("newsletter");
    let key = key.filter(|key| all.iter().any(|one| one.0.settings.key == *key));
    let is_shown = |one: &&Timed| key.as_ref().is_none_or(|key| one.0.settings.key == *key);
    let shown: Vec<&Timed> = all.iter().filter(is_shown).collect();
    let slots = slots_of(&state, &staff, &shown, month, now).await?;
    let link = |month: NaiveDate, list: bool| {
        let text = month.format("%Y-%m").to_string();
        let pairs = [
            Some(("month", text.as_str())),
            list.then_some(("view", "list")),
            key.as_deref().map(|key| ("newsletter", key)),
        ];
        staff.reader.link(CALENDAR, pairs.into_iter().flatten())
    };
    let other = |months: i32| shift(month, months).unwrap_or(month);
    let view = CalendarView {
        month,
        today,
        is_list,
        slots,
        holidays: holidays(&shown, month),
        months: Months {
            before: link(other(-1), is_list),
            after: link(other(1), is_list),
            present: (month != first_of(today)).then(|| link(first_of(today), is_list)),
        },
        views: [link(month, false), link(month, true)],
        newsletters: all
            .iter()
            .map(|(one, _)| {
                let name = one.settings.text(staff.language).name.clone();
                (one.settings.key.clone(), name)
            })
            .collect(),
        chosen: key.clone(),
        url: CALENDAR.to_owned(),
        schedules_url: staff
            .may(Right::Schedule)
            .then(|| staff.reader.path(NEWSLETTERS)),
    };
    Ok(page(&desk, &view))
}

/// The dates of a month: issues, and slots to come that have none.
async fn slots_of(
    state: &WebState,
    staff: &Staff,
    shown: &[&Timed],
    month: NaiveDate,
    now: Timestamp,
) -> Result<Vec<SlotView>, Failure> {
    let next = shift(month, 1).unwrap_or(month);
    let last = next.pred_opt().unwrap_or(month);
    let midnight = |day: NaiveDate| {
        // A day more on both sides: newsletters have zones of their own.
        instant_of(day.and_time(NaiveTime::MIN), chrono_tz::UTC)
    };
    let day = std::time::Duration::from_hours(24);
    let mut conn = state.app.read().await?;
    let (from, until) = (midnight(month).minus(day), midnight(next).plus(day));
    let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
    let issues = store::issue::between(&mut conn, from, until, limit).await?;
    let newest = store::issue::list(&mut conn, None, NEWEST).await?;
    drop(conn);
    let (here, ahead) = (slots::taken(&issues), slots::taken(&newest));
    let mut found = Vec::new();
    for timed in shown {
        let (newsletter, timetable) = timed;
        let own = issues.iter().filter(|one| one.newsletter == newsletter.id);
        let own = own.filter_map(|issue| slots::of_issue(staff, timed, issue));
        found.extend(own.filter(|slot| (month..=last).contains(&slot.at.date())));
        let Some(timetable) = timetable else { continue };
        for one in timetable.planned_on((month, last), now, MOST_AHEAD) {
            let slot = (newsletter.id, one.slot.id());
            let slot = (slot.0, slot.1.as_str());
            if !here.contains(&slot) && !ahead.contains(&slot) {
                found.push(slots::planned(staff, newsletter, &one, now));
            }
        }
    }
    found.sort_by_key(|slot| slot.at);
    found.truncate(MOST);
    Ok(slots::few_a_day(found))
}

/// Each holiday of the newsletters that keep some, once.
fn holidays(shown: &[&Timed], month: NaiveDate) -> Vec<(NaiveDate, FreeDayView)> {
    let days = month
        .iter_days()
        .take_while(|day| day.month() == month.month());
    days.filter_map(|day| {
        let timetables = shown.iter().filter_map(|(_, timetable)| timetable.as_ref());
        let mut named = timetables.filter_map(|timetable| timetable.free.on(day));
        named.next().map(|free| (day, slots::free_day(&free)))
    })
    .collect()
}

/// `2026-12`, from 2000 to 2099.
fn parse_month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-')?;
    let year = year
        .parse()
        .ok()
        .filter(|year| (2000..2100).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn shift(month: NaiveDate, months: i32) -> Option<NaiveDate> {
    let distance = CalendarMonths::new(months.unsigned_abs());
    if months < 0 {
        month.checked_sub_months(distance)
    } else {
        month.checked_add_months(distance)
    }
}
