//! Zones that a calendar defines itself (VTIMEZONE; RFC 5545, 3.6.5). Called by [`super::zone`].
//!
//! Readers see times in a known zone, so a definition is not applied but recognised: its offsets
//! over three years around now are compared with those of the known zones.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::Tz;

use super::lines::{Line, ZoneLines, read_line};
use super::moment::{date, date_time};
use super::recurrence::{Budget, expand};
use crate::domain::timestamp::Timestamp;

/// A change of the offset: when (UTC), and the offset before and after in seconds.
struct Change {
    at: NaiveDateTime,
    before: i32,
    after: i32,
}

/// The known zone with the same offsets as `zone`; `preferred` if it matches.
pub(super) fn recognise(
    zone: &ZoneLines<'_>,
    now: Timestamp,
    preferred: Tz,
    budget: &mut Budget,
) -> Option<Tz> {
    let year = now.utc().year();
    let changes = changes(zone, year + 2, budget)?;
    let wanted: Vec<_> = samples(&changes, year)
        .into_iter()
        .map(|at| (at, offset_at(&changes, at)))
        .collect();
    let fits = |tz: &Tz| {
        wanted
            .iter()
            .all(|(at, offset)| tz.offset_from_utc_datetime(at).fix().local_minus_utc() == *offset)
    };
    let first = wanted.first()?.1;
    if wanted.iter().all(|(_, offset)| *offset == first) && !fits(&preferred) {
        return fixed(first).or_else(|| chrono_tz::TZ_VARIANTS.iter().copied().find(fits));
    }
    let usual = [
        preferred,
        Tz::Europe__Berlin,
        Tz::Europe__London,
        Tz::Europe__Athens,
        Tz::America__New_York,
    ];
    usual
        .into_iter()
        .find(fits)
        .or_else(|| chrono_tz::TZ_VARIANTS.iter().copied().find(fits))
}

/// The zone that is always `offset` seconds ahead of UTC, if that is whole hours.
pub(super) fn fixed(offset: i32) -> Option<Tz> {
    if offset == 0 {
        return Some(Tz::UTC);
    }
    let hours = (offset % 3_600 == 0).then_some(offset / 3_600)?;
    // The sign in these names is inverted.
    format!("Etc/GMT{:+}", -hours).parse().ok()
}

/// `+0130` or `+013000` in seconds.
pub(super) fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => (1, text),
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize| {
        digits
            .get(from..from + 2)
            .map_or(Some(0), |two| two.parse::<i32>().ok())
    };
    let seconds = number(0)? * 3_600 + number(2)? * 60 + number(4)?;
    (seconds < 86_400).then_some(sign * seconds)
}

fn changes(zone: &ZoneLines<'_>, last_year: i32, budget: &mut Budget) -> Option<Vec<Change>> {
    let end = NaiveDate::from_ymd_opt(last_year, 12, 31)?.and_hms_opt(0, 0, 0)?;
    let mut changes = Vec::new();
    for observance in &zone.observances {
        let lines: Vec<Line> = observance
            .iter()
            .filter_map(|line| read_line(line))
            .collect();
        let value = |name: &str| {
            lines
                .iter()
                .find(|line| line.name == name)
                .map(|line| line.value.as_str())
        };
        let before = offset(value("TZOFFSETFROM")?)?;
        let after = offset(value("TZOFFSETTO")?)?;
        let start = wall(value("DTSTART")?)?;
        let mut onsets = vec![start];
        if let Some(rule) = value("RRULE") {
            // UNTIL is in UTC, onsets are in the time before them.
            let clocks = fixed(before).unwrap_or(Tz::UTC);
            onsets.extend(expand(rule, start, clocks, (start, end), budget).ok()?);
        }
        for dates in lines.iter().filter(|line| line.name == "RDATE") {
            onsets.extend(dates.value.split(',').take(200).filter_map(wall));
        }
        changes.extend(onsets.into_iter().filter_map(|onset| {
            let at = onset.checked_sub_signed(TimeDelta::seconds(before.into()))?;
            Some(Change { at, before, after })
        }));
    }
    changes.truncate(2_000);
    changes.sort_by_key(|change| change.at);
    (!changes.is_empty()).then_some(changes)
}

fn wall(text: &str) -> Option<NaiveDateTime> {
    date_time(text)
        .map(|(time, _)| time)
        .or_else(|| date(text)?.and_hms_opt(0, 0, 0))
}

fn offset_at(changes: &[Change], at: NaiveDateTime) -> i32 {
    match changes.partition_point(|change| change.at <= at) {
        0 => changes.first().map_or(0, |first| first.before),
        past => changes[past - 1].after,
    }
}

/// Sample times that distinguish zones: twice a month, and on both sides of each change.
fn samples(changes: &[Change], year: i32) -> Vec<NaiveDateTime> {
    let regular = (year - 1..=year + 1)
        .flat_map(|year| {
            (1..=12)
                .flat_map(move |month| [1, 15].map(|day| NaiveDate::from_ymd_opt(year, month, day)))
        })
        .filter_map(|day| day?.and_hms_opt(12, 0, 0));
    let around = changes
        .iter()
        .filter(|change| (year - 1..=year + 1).contains(&change.at.year()))
        .flat_map(|change| {
            [
                change.at - TimeDelta::minutes(1),
                change.at + TimeDelta::minutes(1),
            ]
        });
    regular.chain(around).collect()
}
