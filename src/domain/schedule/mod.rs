//! The schedule of a newsletter: a cron line in a named zone, and its slots.
//!
//! A **slot** is a date and time on the wall clock of the zone; that local time is its identity
//! (one slot, one issue). The line is evaluated in wall-clock time only, as if it were UTC, and
//! each slot is then mapped to an instant by `clock_change`. So every local slot occurs exactly
//! once, also on nights of clock changes: no time-zone arithmetic of a cron library is involved.
//!
//! `jobs` uses [`Timetable::slots_between`], which knows holidays and pauses, to find the slots of
//! its last step and [`due`] to decide about them; the command line and the newsroom show
//! [`Timetable::next`] and [`Schedule::words`]; pages show the frequency with [`CronLine::weekly`]
//! and [`CronLine::monthly`].

mod clock_change;
mod cron_line;
mod rhythm;
mod timetable;
mod words;

pub use clock_change::ClockChange;
pub use cron_line::{BadLine, CronLine, FieldName};
pub use timetable::{Fate, FreeDay, FreeDays, HolidayRule, Pause, Planned, Timetable};

use std::fmt;
use std::time::Duration;

use chrono::{NaiveDateTime, Timelike as _};
use chrono_tz::Tz;

use super::timestamp::Timestamp;

/// A cron line on the wall clock of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// When, on the wall clock.
    pub line: CronLine,
    /// The time zone.
    pub zone: Tz,
}

/// A date and time at which a newsletter is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The date and time on the wall clock of the zone, to the minute: the slot's identity.
    pub local: NaiveDateTime,
    /// The instant this is. Two slots in the gap in spring have the same.
    pub at: Timestamp,
    /// Whether a clock change affects this slot.
    pub shifted: ClockChange,
}

impl Slot {
    /// The slot's identity as it is stored with its issue: `2027-03-28T02:30`.
    pub fn id(&self) -> String {
        self.local.format("%Y-%m-%dT%H:%M").to_string()
    }
}

/// The slot's identity for people: `2027-03-28 02:30`.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.local.format("%Y-%m-%d %H:%M").to_string())
    }
}

/// Why a line and a zone name are not a schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSchedule {
    /// The line is wrong.
    #[error(transparent)]
    Line(#[from] BadLine),
    /// No such zone.
    #[error("“{name}” is not a time zone; {}", zone_advice(*.nearest))]
    Zone {
        /// What was given.
        name: String,
        /// The zone that was probably intended.
        nearest: Option<Tz>,
    },
}

fn zone_advice(nearest: Option<Tz>) -> String {
    match nearest {
        Some(zone) => format!("did you mean {zone}?"),
        None => "zones are named like Europe/Berlin (IANA time zone database)".to_owned(),
    }
}

impl Schedule {
    /// Parses a schedule from a line and a zone name, as in the database and on the command line.
    pub fn parse(line: &str, zone: &str) -> Result<Self, BadSchedule> {
        Ok(Self {
            line: CronLine::parse(line)?,
            zone: parse_zone(zone)?,
        })
    }

    /// The slots after a wall-clock time (exclusive), in order. Ends in the year 2100.
    pub fn slots_after(&self, after: NaiveDateTime) -> impl Iterator<Item = Slot> + '_ {
        self.line.times_after(after).map(|local| self.slot(local))
    }

    /// The first slot whose instant is later than `after`. For display; if several slots share an
    /// instant this is only the first of them, so jobs use [`Schedule::slots_between`].
    pub fn next_after(&self, after: Timestamp) -> Option<Slot> {
        self.slots_later_than(after).next()
    }

    /// The slots whose instants lie after `after` and not after `until`. Steps that pass `until` as
    /// the next `after` see every slot exactly once. (Do not pass a slot's instant before all slots
    /// of that instant are processed: in spring there are several.)
    pub fn slots_between(
        &self,
        after: Timestamp,
        until: Timestamp,
    ) -> impl Iterator<Item = Slot> + '_ {
        self.slots_later_than(after)
            .take_while(move |slot| slot.at <= until)
    }

    /// The line in English with its zone: “every Thursday at 07:30 (Europe/Berlin)”.
    pub fn words(&self) -> String {
        format!("{} ({})", self.line.words(), self.zone)
    }

    fn slot(&self, local: NaiveDateTime) -> Slot {
        let (at, shifted) = clock_change::instant_of(local, self.zone);
        Slot { local, at, shifted }
    }

    /// A later wall-clock time is never an earlier instant, so all of these are later on the wall
    /// clock than `after`. In the repeated hour some of them are already past: their instant was in
    /// the first pass.
    fn slots_later_than(&self, after: Timestamp) -> impl Iterator<Item = Slot> + '_ {
        let clock = after.in_zone(self.zone).naive_local();
        self.slots_after(clock)
            .skip_while(move |slot| slot.at <= after)
    }
}

fn parse_zone(name: &str) -> Result<Tz, BadSchedule> {
    let name = name.trim();
    name.parse().map_err(|_| {
        let name: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        let wanted = name.to_ascii_lowercase().replace(' ', "_");
        let distance = |zone: &Tz| {
            let full = zone.name().to_ascii_lowercase();
            let city = full.rsplit('/').next().unwrap_or_default();
            strsim::damerau_levenshtein(&full, &wanted)
                .min(strsim::damerau_levenshtein(city, &wanted))
        };
        let nearest = chrono_tz::TZ_VARIANTS
            .iter()
            .map(|zone| (distance(zone), *zone))
            .min_by_key(|(far, _)| *far)
            .filter(|(far, _)| *far <= 2 && *far < wanted.len())
            .map(|(_, zone)| zone);
        BadSchedule::Zone { name, nearest }
    })
}

/// The instant of a wall-clock time, mapped like a slot: the first instant after a gap, the first
/// of two. Never decreases when `local` grows. For other wall-clock times.
pub fn instant_of(local: NaiveDateTime, zone: Tz) -> Timestamp {
    clock_change::instant_of(local, zone).0
}

/// The same, and what a clock change has to do with it.
pub fn instant_and_change(local: NaiveDateTime, zone: Tz) -> (Timestamp, ClockChange) {
    clock_change::instant_of(local, zone)
}

/// Whether a slot is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Not yet.
    NotYet,
    /// Due, or missed by at most `catch_up`.
    Now,
    /// Missed by more than `catch_up`: the issue is held and the team is notified.
    Missed,
}

/// Whether a slot is due. `catch_up` must be longer than the time between two steps of the job.
pub fn due(slot_at: Timestamp, now: Timestamp, catch_up: Duration) -> Due {
    if now < slot_at {
        Due::NotYet
    } else if now.since(slot_at) <= catch_up {
        Due::Now
    } else {
        Due::Missed
    }
}

/// Truncates to the minute: slots are on whole minutes.
fn to_the_minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0)
        .and_then(|time| time.with_nanosecond(0))
        .unwrap_or(time)
}

#[cfg(test)]
mod tests;
