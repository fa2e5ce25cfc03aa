//! When a newsletter comes out: a cron line in a named zone, and the slots it makes.
//!
//! A **slot** is a date and time on the wall clock of the zone; that local time is its identity
//! (one slot, one issue). The line is evaluated in wall-clock time only, as if it were UTC, and
//! each slot is then mapped to an instant by `clock_change`. So every local slot comes
//! exactly once, also on the nights when the clock is changed: no time-zone arithmetic of a cron
//! library is involved.
//!
//! `jobs` asks [`Schedule::slots_between`] for what its last step has reached and [`due`] for what
//! to do with it; the command line prints [`Schedule::slots_after`] and [`Schedule::words`]; pages
//! tell readers how often that is, by [`CronLine::weekly`] and [`CronLine::monthly`].

mod clock_change;
mod cron_line;
mod rhythm;
mod words;

pub use clock_change::ClockChange;
pub use cron_line::{BadLine, CronLine, FieldName};

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
    /// Where the clock hangs.
    pub zone: Tz,
}

/// A date and time at which a newsletter is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Slot {
    /// The date and time on the wall clock of the zone, to the minute: the slot's identity.
    pub local: NaiveDateTime,
    /// The instant this is. Two slots that fall into the hour left out in spring have the same.
    pub at: Timestamp,
    /// Whether the clock is changed around this slot.
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

/// Why a line and the name of a zone make no schedule.
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
        /// The zone that was probably meant.
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
    /// Reads a schedule from a line and the name of a zone, as they stand in the database and on
    /// the command line.
    pub fn parse(line: &str, zone: &str) -> Result<Self, BadSchedule> {
        Ok(Self {
            line: CronLine::parse(line)?,
            zone: parse_zone(zone)?,
        })
    }

    /// The slots after a wall-clock time (which itself is left out), in their order. Ends in the
    /// year 2100.
    pub fn slots_after(&self, after: NaiveDateTime) -> impl Iterator<Item = Slot> + '_ {
        self.line.times_after(after).map(|local| self.slot(local))
    }

    /// The first slot whose instant is later than `after`. For “when next?”; where several slots
    /// share an instant this is only the first of them, so steps of a job use
    /// [`Schedule::slots_between`].
    pub fn next_after(&self, after: Timestamp) -> Option<Slot> {
        self.slots_later_than(after).next()
    }

    /// The slots whose instants lie after `after` and not after `until`. Steps that hand over
    /// `until` as the next `after` meet every slot exactly once. (A slot's own instant must not
    /// be handed over before all slots of that instant are dealt with: in spring there are several.)
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

    /// A later wall-clock time is never an earlier instant, so all of these read later than the
    /// clock does at `after`. In the hour that comes twice, some that read later are already past:
    /// their instant was in the first pass.
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

/// The instant of a wall-clock time in the manner of slots: the first instant after a gap, the first
/// of two. Never decreases when `local` grows. For what else is told by the wall clock.
pub fn instant_of(local: NaiveDateTime, zone: Tz) -> Timestamp {
    clock_change::instant_of(local, zone).0
}

/// What is to be done about a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Its time has not come.
    NotYet,
    /// Its time has come, or was missed by no more than `catch_up`.
    Now,
    /// It was missed by more than `catch_up`: the issue is held and the team is told.
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

/// Cut to the minute: slots stand on whole minutes.
fn to_the_minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0)
        .and_then(|time| time.with_nanosecond(0))
        .unwrap_or(time)
}

#[cfg(test)]
mod tests;
