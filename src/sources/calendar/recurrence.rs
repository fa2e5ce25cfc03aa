//! Recurrence (RFC 5545, 3.3.10): the wall-clock times of a rule within a window.
//!
//! Called by [`super::series`] and, for the changes of offset, by [`super::vtimezone`]. The `rrule`
//! crate expands rules as if all clocks were UTC, and the results are taken as wall-clock times in
//! the event's zone, so 19:00 stays 19:00 when the clocks change.
//!
//! Bounds: rules by the hour, minute or second are refused; at most [`MAX_STEPS`] times are
//! expanded for one rule, and a million for all rules of a file ([`Budget`]). The crate iterates
//! over every day between two times, so days are counted too. Rules that never match run to the
//! crate's own limit (100,000 rounds), so only [`MAX_DRY`] of those are tried.

use chrono::{Datelike as _, Months, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _};
use chrono_tz::Tz;
use rrule::{RRule, Unvalidated};

use super::moment::{date, date_time, wall_at};

/// The most times of one rule up to the end of the window.
pub(super) const MAX_STEPS: usize = 50_000;
/// The most rules of one file that give no (more) dates.
pub(super) const MAX_DRY: usize = 5;
/// The most days that all rules of one file may iterate over.
const MAX_DAYS: usize = 10_000_000;
const MAX_RULE: usize = 1_000;

/// The remaining budget for the rules of one file.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    days: usize,
    dry: usize,
    zones: usize,
}

impl Budget {
    /// Whether one more zone may be compared with all known ones.
    pub(super) fn may_recognise(&mut self) -> bool {
        self.zones
            .checked_sub(1)
            .inspect(|left| self.zones = *left)
            .is_some()
    }
}

impl Budget {
    /// Spends the days between two times of a rule.
    fn go_through(
        &mut self,
        from: NaiveDateTime,
        to: NaiveDateTime,
        rule: &Rule,
    ) -> Result<(), String> {
        let days = (to - from).num_days().max(0) / rule.interval;
        let days = usize::try_from(days).unwrap_or(usize::MAX);
        self.days = days
            .checked_mul(rule.per_day)
            .and_then(|days| self.days.checked_sub(days))
            .ok_or("the earlier rules of this calendar already span too many days")?;
        Ok(())
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            steps: 1_000_000,
            days: MAX_DAYS,
            dry: MAX_DRY,
            zones: 200,
        }
    }
}

/// The parts of a rule that matter here.
struct Rule {
    freq: String,
    interval: i64,
    count: Option<u32>,
    /// Whether its parts may contradict each other, e.g. 30 February.
    may_be_dry: bool,
    /// The times of day that are compared for each day.
    per_day: usize,
    until: Option<String>,
    /// All parts but UNTIL, for the crate.
    rest: String,
}

/// The times of `rule` from `start` on, within `from..=to`, in order. `zone` is the event's zone:
/// UNTIL is in UTC.
pub(super) fn expand(
    rule: &str,
    start: NaiveDateTime,
    zone: Tz,
    (from, to): (NaiveDateTime, NaiveDateTime),
    budget: &mut Budget,
) -> Result<Vec<NaiveDateTime>, String> {
    let rule = parse(rule)?;
    if budget.dry == 0 && rule.may_be_dry {
        return Err(
            "too many earlier rules of this calendar never match a date; it was not tried".into(),
        );
    }
    let last = rule
        .until
        .as_deref()
        .map(|until| last_time(until, zone))
        .transpose()?
        .map_or(to, |until| until.min(to));
    if last < start {
        return Ok(Vec::new());
    }
    let begin = if rule.count.is_some() {
        start
    } else {
        nearer(start, from, &rule)
    };
    let utc = rrule::Tz::UTC.from_utc_datetime(&begin);
    let read: RRule<Unvalidated> = rule.rest.parse().map_err(|error| refused(&error))?;
    let set = read.build(utc).map_err(|error| refused(&error))?.limit();
    let mut times = Vec::new();
    let mut steps = 0;
    let mut reached_the_end = false;
    let mut before = begin;
    for time in &set {
        let time = time.naive_utc();
        budget.go_through(before, time, &rule)?;
        before = time;
        if time > last {
            reached_the_end = true;
            break;
        }
        steps += 1;
        if steps > MAX_STEPS {
            return Err(format!(
                "its rule gives more than {MAX_STEPS} dates up to the end of the import period"
            ));
        }
        budget.steps = budget.steps.checked_sub(1).ok_or(
            "the earlier events of this calendar already repeat more than a million times",
        )?;
        if time >= from {
            times.push(time);
        }
    }
    let all_counted = rule
        .count
        .is_some_and(|count| usize::try_from(count).is_ok_and(|count| steps >= count));
    if !reached_the_end && !all_counted {
        budget.dry = budget.dry.saturating_sub(1);
    }
    Ok(times)
}

fn refused(error: &rrule::RRuleError) -> String {
    format!(
        "its recurrence rule (RRULE) cannot be read: {}",
        crate::domain::text::single_line(&error.to_string(), 200)
    )
}

fn parse(rule: &str) -> Result<Rule, String> {
    if rule.len() > MAX_RULE {
        return Err("its recurrence rule (RRULE) is longer than 1,000 characters".into());
    }
    // The RFC allows no other characters, and the crate slices BYDAY by bytes.
    if !rule.is_ascii() {
        return Err(format!(
            "its recurrence rule (RRULE) cannot be read: it has invalid characters: {}",
            crate::domain::text::single_line(rule, 100)
        ));
    }
    let upper = rule.trim().to_ascii_uppercase();
    let (mut freq, mut interval, mut count, mut until) = (String::new(), 1, None, None);
    let (mut per_day, mut may_be_dry) = (1, false);
    let mut rest = Vec::new();
    for part in upper
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (key, value) = part
            .split_once('=')
            .ok_or_else(|| format!("its recurrence rule has a part without a value: {part}"))?;
        match key {
            "UNTIL" => {
                until = Some(value.to_owned());
                continue;
            }
            // The default calendar.
            "RSCALE" if value == "GREGORIAN" => continue,
            "FREQ" => value.clone_into(&mut freq),
            "INTERVAL" => {
                interval =
                    value.parse::<i64>().ok().filter(|n| *n > 0).ok_or(
                        "it repeats every 0 days or weeks (INTERVAL), which is impossible",
                    )?;
            }
            "COUNT" => {
                let number = value.parse::<u32>();
                count = Some(number.map_err(
                    |_| "its number of repetitions (COUNT) is not a number or too large",
                )?);
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => per_day *= value.split(',').count(),
            _ => {}
        }
        may_be_dry |= key.starts_with("BY") && key != "BYDAY"
            || value.contains(|c: char| c.is_ascii_digit()) && key == "BYDAY";
        rest.push(part);
    }
    match freq.as_str() {
        "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" => {}
        "" => return Err("its recurrence rule (RRULE) has no FREQ".into()),
        "SECONDLY" | "MINUTELY" | "HOURLY" => {
            return Err(format!(
                "it repeats every hour or more often (FREQ={freq}), too often to announce"
            ));
        }
        _ => {
            return Err(format!(
                "its recurrence rule has FREQ={}, which is none of DAILY, WEEKLY, MONTHLY and YEARLY",
                crate::domain::text::truncate(&freq, 20)
            ));
        }
    }
    if per_day > 24 {
        return Err("it repeats more than 24 times a day".into());
    }
    Ok(Rule {
        freq,
        interval,
        count,
        may_be_dry,
        // Only BYSETPOS needs all times of a period at once.
        per_day: if upper.contains("BYSETPOS") {
            per_day
        } else {
            1
        },
        until,
        rest: rest.join(";"),
    })
}

/// The last wall-clock time that UNTIL allows; a day counts to its end.
fn last_time(until: &str, zone: Tz) -> Result<NaiveDateTime, String> {
    let end_of_day = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    if let Some(day) = date(until) {
        return Ok(day.and_time(end_of_day));
    }
    match date_time(until) {
        Some((time, true)) => Ok(wall_at(time.and_utc().into(), zone)),
        Some((time, false)) => Ok(time),
        // Some write a far future as “no end”.
        None if until.starts_with("9999") => Ok(NaiveDateTime::MAX),
        None => Err(format!(
            "the end of its repetition (UNTIL={}) is not a date",
            crate::domain::text::truncate(until, 30)
        )),
    }
}

/// A later start that gives the same times in the window, so that a weekly market since 1950 costs
/// no more than one since last year.
fn nearer(start: NaiveDateTime, from: NaiveDateTime, rule: &Rule) -> NaiveDateTime {
    let days = match rule.freq.as_str() {
        "DAILY" => rule.interval,
        "WEEKLY" => rule.interval.saturating_mul(7),
        "MONTHLY" => return nearer_by_months(start, from, rule.interval),
        _ => return nearer_by_months(start, from, rule.interval.saturating_mul(12)),
    };
    // One period earlier, because the times of a week may be on both sides of its start.
    let periods = (from - start).num_days().checked_div(days).unwrap_or(0) - 2;
    if periods <= 0 {
        return start;
    }
    periods
        .checked_mul(days)
        .and_then(TimeDelta::try_days)
        .and_then(|span| start.checked_add_signed(span))
        .unwrap_or(start)
}

/// The same for periods of months. Only days up to the 28th exist in every month.
fn nearer_by_months(start: NaiveDateTime, from: NaiveDateTime, months: i64) -> NaiveDateTime {
    if start.day() > 28 {
        return start;
    }
    // A month has at most 31 days, so this never skips too far; one period earlier, as above.
    let periods = ((from - start).num_days() / 31)
        .checked_div(months)
        .unwrap_or(0)
        - 1;
    u32::try_from(periods.saturating_mul(months))
        .ok()
        .and_then(|months| start.checked_add_months(Months::new(months)))
        .unwrap_or(start)
}
