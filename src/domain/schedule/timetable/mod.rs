//! A schedule with the days on which it does not hold: holidays, days of one's own, and pauses.
//!
//! A slot keeps its identity, the wall-clock time at which the schedule has it, whatever day its
//! issue goes out on: only the instant moves. So a changed rule cannot give a slot two issues.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, Weekday};

use super::{Schedule, Slot, clock_change};
use crate::domain::holiday::{self, Holiday, Region};
use crate::domain::named::named_enum;
use crate::domain::timestamp::Timestamp;

/// How many days a slot moves at most. Christmas with a weekend is five days long.
const MOST_DAYS: u64 = 7;

named_enum! {
    /// What happens with a slot on a holiday.
    pub enum HolidayRule ("rule for holidays") {
        /// It goes out as on any day.
        Send = "send",
        /// It gives no issue; the next one tells its news.
        Skip = "skip",
        /// It goes out on the last working day before.
        Before = "before",
        /// It goes out on the first working day after.
        After = "after",
    }
}

/// The days that count as holidays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreeDays {
    /// Whose public holidays; none: no public holiday counts.
    pub region: Option<Region>,
    /// Whether 24 and 31 December count as well.
    pub eves: bool,
    /// Days of one's own, with their names.
    pub own: BTreeMap<NaiveDate, String>,
}

/// A day that counts as a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreeDay {
    /// By law, or because offices are closed.
    Public(Holiday),
    /// One's own, by its name.
    Own(String),
}

impl FreeDays {
    /// Why this day counts as a holiday, if it does.
    pub fn on(&self, day: NaiveDate) -> Option<FreeDay> {
        if let Some(name) = self.own.get(&day) {
            return Some(FreeDay::Own(name.clone()));
        }
        let eve = || holiday::eve(day).filter(|_| self.eves);
        let public = self.region.and_then(|region| region.holiday(day));
        public.or_else(eve).map(FreeDay::Public)
    }
}

/// A time in which a newsletter does not appear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Its name outside the installation.
    pub uuid: String,
    /// The first day, by the wall clock of the newsletter.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Why, for the team.
    pub reason: String,
    /// How many days the first issue after it looks back at most; none: to the last issue before.
    pub look_back: Option<u32>,
}

impl Pause {
    /// Whether this day lies in it.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// When the issues of a newsletter go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// The rule for ordinary days.
    pub schedule: Schedule,
    /// The days that count as holidays.
    pub free: FreeDays,
    /// What happens on them.
    pub rule: HolidayRule,
    /// The times in which it does not appear.
    pub pauses: Vec<Pause>,
}

/// A slot, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The slot, with the instant at which its issue goes out or would go out.
    pub slot: Slot,
    /// The wall-clock time of that instant's day: another one than the slot's where it is moved.
    pub on: NaiveDateTime,
    /// The holiday of the slot's own day, whatever follows from it.
    pub holiday: Option<FreeDay>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It goes out at its time.
    OnTime,
    /// It goes out on another day.
    Moved,
    /// It gives no issue: its day is a holiday.
    Skipped,
    /// It gives no issue: the newsletter pauses, for this reason.
    Paused(String),
}

impl Planned {
    /// Whether it gives an issue.
    pub const fn goes_out(&self) -> bool {
        matches!(self.fate, Fate::OnTime | Fate::Moved)
    }
}

impl Timetable {
    /// A schedule that holds on every day.
    pub fn plain(schedule: Schedule) -> Self {
        Self {
            schedule,
            free: FreeDays::default(),
            rule: HolidayRule::Send,
            pauses: Vec::new(),
        }
    }

    /// What becomes of a slot of the schedule.
    pub fn plan(&self, slot: Slot) -> Planned {
        let day = slot.local.date();
        let holiday = self.free.on(day);
        let pause = self.pauses.iter().find(|pause| pause.has(day));
        let (slot, on, fate) = match (pause, &holiday, self.rule) {
            (Some(pause), ..) => (slot, slot.local, Fate::Paused(pause.reason.clone())),
            (None, None, _) | (None, Some(_), HolidayRule::Send) => {
                (slot, slot.local, Fate::OnTime)
            }
            (None, Some(_), HolidayRule::Skip) => (slot, slot.local, Fate::Skipped),
            (None, Some(_), HolidayRule::Before | HolidayRule::After) => {
                match self.other_day(day) {
                    Some(other) => {
                        let on = other.and_time(slot.local.time());
                        let (at, shifted) = clock_change::instant_of(on, self.schedule.zone);
                        (
                            Slot {
                                at,
                                shifted,
                                ..slot
                            },
                            on,
                            Fate::Moved,
                        )
                    }
                    None => (slot, slot.local, Fate::Skipped),
                }
            }
        };
        Planned {
            slot,
            on,
            holiday,
            fate,
        }
    }

    /// The working day a slot moves to: Monday to Friday, no holiday, in no pause.
    fn other_day(&self, day: NaiveDate) -> Option<NaiveDate> {
        (1..=MOST_DAYS)
            .filter_map(|distance| match self.rule {
                HolidayRule::Before => day.checked_sub_days(Days::new(distance)),
                _ => day.checked_add_days(Days::new(distance)),
            })
            .find(|other| {
                !matches!(other.weekday(), Weekday::Sat | Weekday::Sun)
                    && self.free.on(*other).is_none()
                    && !self.pauses.iter().any(|pause| pause.has(*other))
            })
    }

    /// The slots that go out, or would, on these days and later than `after`: at most `limit`, in
    /// the order in which they go out.
    pub fn planned_on(
        &self,
        (first, last): (NaiveDate, NaiveDate),
        after: Timestamp,
        limit: usize,
    ) -> Vec<Planned> {
        let today = after.in_zone(self.schedule.zone).date_naive();
        let from = minus(first.max(today), MOST_DAYS);
        let mut planned: Vec<_> = self
            .slots_from(from)
            .take_while(|slot| slot.local.date() <= plus(last, MOST_DAYS))
            .map(|slot| self.plan(slot))
            .filter(|one| one.slot.at > after && (first..=last).contains(&one.on.date()))
            .take(limit)
            .collect();
        planned.sort_by_key(|one| (one.slot.at, one.slot.local));
        planned
    }

    /// The next `count` slots after an instant, those without an issue included, in the order in
    /// which they go out.
    pub fn next(&self, after: Timestamp, count: usize) -> Vec<Planned> {
        let day = after.in_zone(self.schedule.zone).date_naive();
        let mut found: Vec<Planned> = Vec::new();
        for slot in self.slots_from(minus(day, MOST_DAYS)) {
            // A slot of a later day may still be moved before those found so far.
            let done = found.len() >= count
                && found[count - 1].on.date() < minus(slot.local.date(), MOST_DAYS);
            if done {
                break;
            }
            let planned = self.plan(slot);
            if planned.slot.at > after {
                let at = found.partition_point(|one| one.slot.at <= planned.slot.at);
                found.insert(at, planned);
                found.truncate(count);
            }
            if slot.local.date() > plus(day, MOST_DAYS) && found.len() >= count && !self.moves() {
                break;
            }
        }
        found
    }

    /// The slots that go out after `after` and not after `until`, in the order of their instants.
    /// Steps that pass `until` as the next `after` see every slot exactly once, as long as the
    /// timetable is not changed.
    pub fn slots_between(
        &self,
        after: Timestamp,
        until: Timestamp,
    ) -> impl Iterator<Item = Slot> + '_ {
        let mut moved = self.moved_between(after, until).into_iter().peekable();
        let mut on_time = self
            .schedule
            .slots_between(after, until)
            .filter(|slot| self.plan(*slot).fate == Fate::OnTime)
            .peekable();
        std::iter::from_fn(move || match (moved.peek(), on_time.peek()) {
            (Some(one), Some(other)) if (other.at, other.local) < (one.at, one.local) => {
                on_time.next()
            }
            (Some(_), _) => moved.next(),
            (None, _) => on_time.next(),
        })
    }

    /// The slots that moved to an instant in this span. Only holidays are looked at, so that a line
    /// that fires every minute costs nothing on ordinary days.
    fn moved_between(&self, after: Timestamp, until: Timestamp) -> Vec<Slot> {
        if !self.moves() {
            return Vec::new();
        }
        let day = |at: Timestamp| at.in_zone(self.schedule.zone).date_naive();
        let (first, last) = (minus(day(after), MOST_DAYS), plus(day(until), MOST_DAYS));
        let mut moved: Vec<Slot> = first
            .iter_days()
            .take_while(|one| *one <= last)
            .filter(|one| self.free.on(*one).is_some())
            .flat_map(|one| {
                self.slots_from(one)
                    .take_while(move |slot| slot.local.date() == one)
            })
            .map(|slot| self.plan(slot))
            .filter(|one| one.fate == Fate::Moved && after < one.slot.at && one.slot.at <= until)
            .map(|one| one.slot)
            .collect();
        moved.sort_by_key(|slot| (slot.at, slot.local));
        moved
    }

    const fn moves(&self) -> bool {
        matches!(self.rule, HolidayRule::Before | HolidayRule::After)
    }

    /// The slots of the schedule from the beginning of a day on.
    fn slots_from(&self, day: NaiveDate) -> impl Iterator<Item = Slot> + '_ {
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        // Slots lie on whole minutes, and `slots_after` leaves the given one out.
        let before = midnight - chrono::TimeDelta::minutes(1);
        self.schedule
            .slots_after(before)
            .skip_while(move |slot| slot.local < midnight)
    }
}

fn minus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn plus(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests;
