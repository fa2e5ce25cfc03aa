//! The form of a schedule: from settings to fields, and back.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime, Timelike as _, Weekday};
use chrono_tz::Tz;
use templates::pages::newsroom::schedule::{ScheduleForm, ScheduleProblem};

use crate::app::schedules::{LONGEST_WORDS, MOST_OWN_DAYS, ScheduleSettings};
use crate::domain::quiet::QuietHours;
use crate::domain::schedule::{BadSchedule, CronLine, FreeDays, HolidayRule, Schedule};
use crate::web::Failure;
use crate::web::newsroom::StaffForm;

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;
/// The longest time before a slot at which its issue is composed.
const LONGEST_LEAD: u64 = 60 * DAY;
/// The longest time after a slot within which it is made up for, in hours.
const LONGEST_CATCH_UP: u64 = 168;

const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

/// The fields of settings as they are stored.
pub(super) fn fields(settings: &ScheduleSettings) -> ScheduleForm {
    let line = settings.line.as_ref();
    let weekly = line.and_then(CronLine::weekly);
    let monthly = line.and_then(CronLine::monthly);
    let rhythm = match (&weekly, &monthly, line) {
        (Some(_), ..) => "weekly",
        (_, Some(_), _) => "monthly",
        (.., Some(_)) => "line",
        _ => "none",
    };
    let time = weekly.as_ref().map(|(_, at)| *at);
    let time = time.or(monthly.map(|(_, at)| at));
    let time = time.map_or_else(|| "07:00".to_owned(), |at| at.format("%H:%M").to_string());
    let quiet = settings.quiet.map(|quiet| quiet.to_string());
    let (quiet_from, quiet_until) = quiet
        .as_deref()
        .and_then(|quiet| quiet.split_once('-'))
        .unwrap_or_default();
    let lead = settings.compose_lead.as_secs();
    let (lead, lead_unit) = if lead.is_multiple_of(DAY) {
        (lead / DAY, "days")
    } else {
        (lead / HOUR, "hours")
    };
    let own = &settings.free.own;
    ScheduleForm {
        rhythm: rhythm.to_owned(),
        weekdays: weekly.map(|(days, _)| days).unwrap_or_default(),
        time,
        day: monthly.map_or(1, |(day, _)| day).to_string(),
        line: line.map(ToString::to_string).unwrap_or_default(),
        zone: settings.zone.name().to_owned(),
        lead: lead.to_string(),
        lead_unit: lead_unit.to_owned(),
        catch_up: settings.catch_up.as_secs().div_ceil(HOUR).to_string(),
        quiet_from: quiet_from.to_owned(),
        quiet_until: quiet_until.to_owned(),
        region: settings
            .free
            .region
            .map_or("", |region| region.as_str())
            .to_owned(),
        eves: settings.free.eves,
        rule: settings.rule.as_str().to_owned(),
        own_days: own
            .iter()
            .map(|(day, name)| format!("{day} {name}"))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The fields as they were typed.
pub(super) fn typed(form: &StaffForm) -> Result<ScheduleForm, Failure> {
    let one = |name| form.one(name).map(|text| text.trim().to_owned());
    let chosen: Vec<&str> = form.all("weekday").collect();
    let weekdays = WEEK.iter().filter(|(_, code)| chosen.contains(code));
    Ok(ScheduleForm {
        rhythm: one("rhythm")?,
        weekdays: weekdays.map(|(day, _)| *day).collect(),
        time: one("time")?,
        day: one("day")?,
        line: one("line")?,
        zone: one("zone")?,
        lead: one("lead")?,
        lead_unit: one("lead-unit")?,
        catch_up: one("catch-up")?,
        quiet_from: one("quiet-from")?,
        quiet_until: one("quiet-until")?,
        region: one("region")?,
        eves: !form.one("eves")?.is_empty(),
        rule: one("rule")?,
        own_days: form.one("own-days")?.to_owned(),
    })
}

/// The settings that the fields say, or everything that is wrong with them. `before` is kept where
/// the form cannot say it: a lead of minutes.
pub(super) fn settings(
    form: &ScheduleForm,
    before: &ScheduleSettings,
) -> Result<ScheduleSettings, Vec<ScheduleProblem>> {
    let mut problems = Vec::new();
    let mut note = |problem| {
        problems.push(problem);
    };
    let line = line(form).map_err(&mut note).ok();
    let zone = zone(&form.zone).map_err(&mut note).ok();
    let unchanged = fields(before);
    let lead = if (&form.lead, &form.lead_unit) == (&unchanged.lead, &unchanged.lead_unit) {
        Some(before.compose_lead)
    } else {
        lead(form).map_err(&mut note).ok()
    };
    let catch_up = if form.catch_up == unchanged.catch_up {
        Some(before.catch_up)
    } else {
        catch_up(form).map_err(&mut note).ok()
    };
    let quiet = quiet(form).map_err(&mut note).ok();
    let own = own_days(&form.own_days).map_err(&mut note).ok();
    match (line, zone, lead, catch_up, quiet, own) {
        (Some(line), Some(zone), Some(compose_lead), Some(catch_up), Some(quiet), Some(own)) => {
            Ok(ScheduleSettings {
                line,
                zone,
                compose_lead,
                catch_up,
                quiet,
                free: FreeDays {
                    region: form.region.parse().ok(),
                    eves: form.eves,
                    own,
                },
                rule: form.rule.parse().unwrap_or(HolidayRule::Send),
            })
        }
        _ => Err(problems),
    }
}

fn line(form: &ScheduleForm) -> Result<Option<CronLine>, ScheduleProblem> {
    let parse = |line: &str| {
        CronLine::parse(line)
            .map(Some)
            .map_err(|error| ScheduleProblem::Line(error.to_string()))
    };
    let time = || {
        let time = NaiveTime::parse_from_str(&form.time, "%H:%M");
        time.map_err(|_| ScheduleProblem::Time)
    };
    match form.rhythm.as_str() {
        "weekly" => {
            if form.weekdays.is_empty() {
                return Err(ScheduleProblem::Weekdays);
            }
            let numbers = form.weekdays.iter().map(Weekday::num_days_from_sunday);
            let days: Vec<_> = numbers.map(|number| number.to_string()).collect();
            let days = if days.len() == WEEK.len() {
                "*".to_owned()
            } else {
                days.join(",")
            };
            let at = time()?;
            parse(&format!("{} {} * * {days}", at.minute(), at.hour()))
        }
        "monthly" => {
            let day = form
                .day
                .parse()
                .ok()
                .filter(|day| (1_u32..=28).contains(day));
            let day = day.ok_or(ScheduleProblem::Day)?;
            let at = time()?;
            parse(&format!("{} {} {day} * *", at.minute(), at.hour()))
        }
        "line" => parse(&form.line),
        _ => Ok(None),
    }
}

fn zone(name: &str) -> Result<Tz, ScheduleProblem> {
    match Schedule::parse("0 0 * * *", name) {
        Ok(schedule) => Ok(schedule.zone),
        Err(BadSchedule::Zone {
            nearest: Some(nearest),
            ..
        }) => Err(ScheduleProblem::Zone(Some(nearest.name().to_owned()))),
        Err(_) => Err(ScheduleProblem::Zone(None)),
    }
}

fn lead(form: &ScheduleForm) -> Result<Duration, ScheduleProblem> {
    let unit = if form.lead_unit == "hours" { HOUR } else { DAY };
    let seconds = form
        .lead
        .parse::<u64>()
        .ok()
        .and_then(|lead| lead.checked_mul(unit));
    seconds
        .filter(|seconds| *seconds <= LONGEST_LEAD)
        .map(Duration::from_secs)
        .ok_or(ScheduleProblem::Lead)
}

fn catch_up(form: &ScheduleForm) -> Result<Duration, ScheduleProblem> {
    let hours = form.catch_up.parse::<u64>().ok();
    hours
        .filter(|hours| (1..=LONGEST_CATCH_UP).contains(hours))
        .map(Duration::from_hours)
        .ok_or(ScheduleProblem::CatchUp)
}

fn quiet(form: &ScheduleForm) -> Result<Option<QuietHours>, ScheduleProblem> {
    let (from, until) = (&form.quiet_from, &form.quiet_until);
    if from.is_empty() && until.is_empty() {
        return Ok(None);
    }
    format!("{from}-{until}")
        .parse()
        .map(Some)
        .map_err(|_| ScheduleProblem::Quiet)
}

/// One day a line, the date as browsers or as people write it: `2027-02-08` or `8.2.2027`.
fn own_days(text: &str) -> Result<BTreeMap<NaiveDate, String>, ScheduleProblem> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut days = BTreeMap::new();
    for line in lines {
        let bad = || ScheduleProblem::OwnDay(line.chars().take(60).collect());
        let (day, name) = line.split_once(char::is_whitespace).ok_or_else(bad)?;
        let parsed = day.parse().ok();
        let day = parsed
            .or_else(|| NaiveDate::parse_from_str(day, "%d.%m.%Y").ok())
            .ok_or_else(bad)?;
        let name = name.trim();
        if days.len() >= MOST_OWN_DAYS || name.chars().count() > LONGEST_WORDS {
            return Err(ScheduleProblem::OwnDays);
        }
        days.insert(day, name.to_owned());
    }
    Ok(days)
}
