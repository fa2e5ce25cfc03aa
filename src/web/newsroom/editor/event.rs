//! The fields of an event: when, where, and how one takes part.

use std::str::FromStr;

use chrono::{Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use templates::pages::newsroom::editor::Problem;

use super::content::{Reader, line};
use super::fields::Fields;
use crate::domain::entry::{Accessibility, Attendance, EntryContent, EventStatus, EventTime};
use crate::domain::timestamp::Timestamp;

/// The most dates of an event that is repeated.
const MOST_DATES: usize = 52;
/// The most characters of a line.
const LINE: usize = 300;
/// The last minute of a day.
const END_OF_DAY: Option<NaiveTime> = NaiveTime::from_hms_opt(23, 59, 0);

/// Writes what an event says into the fields.
pub(super) fn show(content: &EntryContent, fields: &mut Fields) {
    let Some(when) = &content.when else {
        return;
    };
    let day_and_time = |at: Timestamp| {
        let local = at.in_zone(when.zone);
        (
            local.format("%Y-%m-%d").to_string(),
            local.format("%H:%M").to_string(),
        )
    };
    let (day, time) = day_and_time(when.starts_at);
    fields.set("start-day", &day);
    fields.set("zone", when.zone.name());
    if when.all_day {
        fields.set("all-day", "on");
        // The end is the first instant after the last day.
        let last = when
            .ends_at
            .map(|ends| day_and_time(ends.minus(std::time::Duration::from_secs(1))).0);
        fields.set_some("end-day", last.filter(|last| *last != day).as_deref());
    } else {
        fields.set("start-time", &time);
        if let Some((end_day, end_time)) = when.ends_at.map(day_and_time) {
            fields.set("end-day", &end_day);
            fields.set("end-time", &end_time);
        }
    }
    fields.set_some("place", content.place.as_deref());
    let details = &content.details;
    fields.set("attendance", details.attendance.as_str());
    fields.set("status", details.status.as_str());
    fields.set_some("online-url", details.online_url.as_deref());
    fields.set_some("organiser", details.organiser.as_deref());
    fields.set_some("price", details.price.as_deref());
    fields.set_some("registration-url", details.registration_url.as_deref());
    if let Some((day, time)) = details.registration_until.map(day_and_time) {
        fields.set("registration-day", &day);
        fields.set("registration-time", &time);
    }
    for kind in &details.accessibility {
        fields.set(&format!("accessibility-{kind}"), "on");
    }
}

/// Reads what the fields say of an event.
pub(super) fn read(reader: &mut Reader<'_>, content: &mut EntryContent) {
    let zone = zone(reader);
    content.when = when(reader, zone);
    content.place = line(reader, "place", LINE);
    let attendance = named(reader, "attendance", Attendance::Place);
    let online_url = reader.url("online-url");
    if attendance == Attendance::Online && online_url.is_none() {
        reader.problem("online-url", Problem::NoOnlineUrl);
    }
    let accessibility = Accessibility::ALL.iter().copied();
    // One by one: what else is said of entries stays.
    let details = &mut content.details;
    details.attendance = attendance;
    details.online_url = online_url;
    details.organiser = line(reader, "organiser", LINE);
    details.registration_url = reader.url("registration-url");
    details.registration_until = registration_until(reader, zone);
    details.price = line(reader, "price", LINE);
    details.status = named(reader, "status", EventStatus::Planned);
    details.accessibility = accessibility
        .filter(|kind| {
            let name = format!("accessibility-{kind}");
            reader.fields.some(&name).is_some()
        })
        .collect();
}

/// When a new event takes place after the first time: every week or two, until a day.
pub(super) fn series(
    fields: &Fields,
    first: &EventTime,
) -> Result<Vec<EventTime>, (&'static str, Problem)> {
    let until = fields.some("repeat-until");
    let step = match fields.some("repeat") {
        Some("week") => Days::new(7),
        Some("two-weeks") => Days::new(14),
        _ if until.is_some() => return Err(("repeat-until", Problem::NotRepeated)),
        _ => return Ok(Vec::new()),
    };
    let until = until.ok_or(("repeat-until", Problem::NoDay))?;
    let until = read_day(until).ok_or(("repeat-until", Problem::NoTime))?;
    let mut times = Vec::new();
    let mut starts = first.starts_at.in_zone(first.zone).naive_local();
    let mut ends = first
        .ends_at
        .map(|ends| ends.in_zone(first.zone).naive_local());
    loop {
        let next = starts.checked_add_days(step);
        let Some(next) = next.filter(|next| next.date() <= until) else {
            let once = Err(("repeat-until", Problem::NoSecondDate));
            return if times.is_empty() { once } else { Ok(times) };
        };
        if times.len() + 1 == MOST_DATES {
            return Err(("repeat-until", Problem::TooMany));
        }
        starts = next;
        ends = ends.and_then(|ends| ends.checked_add_days(step));
        let starts_at = instant(starts, first.zone).ok_or(("repeat-until", Problem::NoTime))?;
        times.push(EventTime {
            starts_at,
            ends_at: ends.and_then(|ends| instant(ends, first.zone)),
            ..first.clone()
        });
    }
}

/// What was chosen; anything else than our options is as if nothing was.
fn named<T: FromStr>(reader: &Reader<'_>, name: &str, usual: T) -> T {
    let value = reader
        .fields
        .some(name)
        .and_then(|value| value.parse().ok());
    value.unwrap_or(usual)
}

fn zone(reader: &mut Reader<'_>) -> Tz {
    let Some(name) = reader.fields.some("zone") else {
        return reader.zone;
    };
    name.parse().unwrap_or_else(|_| {
        reader.problem("zone", Problem::NoZone);
        reader.zone
    })
}

fn when(reader: &mut Reader<'_>, zone: Tz) -> Option<EventTime> {
    let all_day = reader.fields.some("all-day").is_some();
    let Some(first) = day(reader, "start-day") else {
        if reader.fields.some("start-day").is_none() {
            reader.problem("start-day", Problem::NoDay);
        }
        return None;
    };
    let last = day(reader, "end-day").unwrap_or(first);
    let (starts, ends) = if all_day {
        let after = last.checked_add_days(Days::new(1))?;
        let ends = reader.fields.some("end-day").map(|_| after);
        (
            first.and_time(NaiveTime::MIN),
            ends.map(|day| day.and_time(NaiveTime::MIN)),
        )
    } else {
        let Some(begin) = time(reader, "start-time") else {
            if reader.fields.some("start-time").is_none() {
                reader.problem("start-time", Problem::NoStartTime);
            }
            return None;
        };
        let end = time(reader, "end-time");
        // What ends on a later day without a time ends with that day.
        let end = end.or_else(|| END_OF_DAY.filter(|_| last > first));
        (first.and_time(begin), end.map(|end| last.and_time(end)))
    };
    let starts_at = instant(starts, zone)?;
    let ends_at = ends.and_then(|ends| instant(ends, zone));
    if last < first || ends_at.is_some_and(|ends| ends < starts_at) {
        if last < first || all_day {
            reader.problem("end-day", Problem::EndsBefore);
        } else {
            reader.problem("end-time", Problem::EndsNextDay);
        }
    }
    Some(EventTime {
        starts_at,
        ends_at,
        all_day,
        zone,
    })
}

/// The last moment to register: without a time the end of the day.
fn registration_until(reader: &mut Reader<'_>, zone: Tz) -> Option<Timestamp> {
    let time = time(reader, "registration-time");
    if time.is_some() && reader.fields.some("registration-day").is_none() {
        reader.problem("registration-day", Problem::NoDay);
    }
    let day = day(reader, "registration-day")?;
    let time = time.or(END_OF_DAY)?;
    instant(day.and_time(time), zone)
}

fn day(reader: &mut Reader<'_>, name: &str) -> Option<NaiveDate> {
    let known = read_day(reader.fields.some(name)?);
    if known.is_none() {
        reader.problem(name, Problem::NoTime);
    }
    known
}

/// A day as browsers send it, or as people write it where a browser knows no such field.
fn read_day(text: &str) -> Option<NaiveDate> {
    let german = || NaiveDate::parse_from_str(text, "%d.%m.%Y");
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| german());
    day.ok().filter(|day| (1900..=2200).contains(&day.year()))
}

fn time(reader: &mut Reader<'_>, name: &str) -> Option<NaiveTime> {
    let text = reader.fields.some(name)?;
    let time = NaiveTime::parse_from_str(text, "%H:%M");
    let time = time.or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    if time.is_err() {
        reader.problem(name, Problem::NoTime);
    }
    time.ok()
}

/// The instant at which clocks there show this; in the hour that a spring night leaves out, an hour later.
fn instant(local: chrono::NaiveDateTime, zone: Tz) -> Option<Timestamp> {
    let at = |local| zone.from_local_datetime(&local).earliest();
    let found = at(local).or_else(|| at(local + TimeDelta::hours(1)))?;
    Some(found.with_timezone(&chrono::Utc).into())
}
