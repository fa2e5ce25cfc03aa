//! Reading calendars: iCalendar (RFC 5545). Called by `import calendar`.
//!
//! `lines` finds the events, `zone` and `vtimezone` the zones; `event` interprets one VEVENT;
//! `series` computes its dates in the window by the rules of `recurrence`.
//!
//! Only events are read; tasks, journals and busy times are skipped. Every date of a series becomes an
//! item of its own, because each may be announced, moved or cancelled.

mod event;
mod lines;
mod moment;
mod recurrence;
mod series;
#[cfg(test)]
mod tests;
mod vtimezone;
mod windows_zones;
mod zone;

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono_tz::Tz;

use self::event::{Context, Event};
use self::recurrence::Budget;
use self::zone::Zones;
use super::Reading;
use crate::domain::entry::EntryKind;
use crate::domain::language::LanguageTag;
use crate::domain::text;
use crate::domain::timestamp::Timestamp;

/// Options for reading a calendar.
#[derive(Debug, Clone)]
pub struct CalendarOptions {
    /// The present.
    pub now: Timestamp,
    /// How far ahead dates are imported.
    pub horizon: Duration,
    /// How long ago something may have ended and still be imported.
    pub past: Duration,
    /// The zone of times without one.
    pub default_zone: Tz,
    /// The language of events that do not state one.
    pub default_language: LanguageTag,
    /// The kind of its events; events, unless it is the calendar of a council.
    pub kind: EntryKind,
    /// The most events of a calendar, and the most items from it; one with more is refused as a
    /// whole.
    pub max_items: usize,
    /// The most dates imported of one series.
    pub max_occurrences_per_event: usize,
    /// The most characters kept of a description.
    pub max_text: usize,
}

impl CalendarOptions {
    /// A year ahead from `now`, nothing that is over, at most 10,000 events with 500 dates each.
    pub fn new(now: Timestamp, default_zone: Tz, default_language: LanguageTag) -> Self {
        Self {
            now,
            horizon: Duration::from_hours(365 * 24),
            past: Duration::ZERO,
            default_zone,
            default_language,
            kind: EntryKind::Event,
            max_items: 10_000,
            max_occurrences_per_event: 500,
            max_text: 20_000,
        }
    }

    fn from(&self) -> Timestamp {
        self.now.minus(self.past)
    }

    fn to(&self) -> Timestamp {
        self.now.plus(self.horizon)
    }
}

/// Why a calendar could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// There is no component in it.
    #[error(
        "this is not a calendar: there is no line “BEGIN:VCALENDAR” or “BEGIN:VEVENT” in it; iCalendar files (.ics) can be read"
    )]
    NoCalendar,
    /// More events or dates than accepted.
    #[error(
        "the calendar has more than {max} events or dates and was not read; export a shorter period, or raise [import] max_items"
    )]
    TooManyItems {
        /// The limit.
        max: usize,
    },
}

/// Reads a calendar. Unreadable events are in [`Reading::refused`], those outside the window are
/// counted in [`Reading::outside`], the rest are in [`Reading::items`] in order of time.
pub fn read(bytes: &[u8], options: &CalendarOptions) -> Result<Reading, CalendarError> {
    let mut reading = Reading::default();
    let (text, note) = lines::unfolded(bytes);
    if let Some(note) = note {
        reading.note(note);
    }
    let found = lines::components(&text, options.max_items)?;
    let mut budget = Budget::default();
    let mut zones: Vec<_> = found
        .calendars
        .iter()
        .map(|calendar| Zones::new(calendar, options.default_zone, options.now, &mut budget))
        .collect();
    for (calendar, zones) in found.calendars.iter().zip(&zones) {
        reading.title = reading.title.take().or_else(|| {
            calendar
                .name
                .as_deref()
                .map(|name| text::single_line(name, super::MAX_TITLE))
        });
        if let Some(note) = &zones.note {
            reading.note(note.clone());
        }
    }
    let mut notes = Vec::new();
    let mut groups = Groups::default();
    for lines in &found.events {
        let mut context = Context {
            options,
            zones: &mut zones[lines.calendar],
            budget: &mut budget,
            notes: &mut notes,
        };
        match event::read(lines, &mut context) {
            Ok(mut event) => {
                event.cancelled |= found.calendars[lines.calendar].cancels;
                groups.add(event);
            }
            Err((name, reason)) => reading.refuse(name, reason),
        }
    }
    for note in notes {
        reading.note(note);
    }
    gather(groups, options, &mut budget, &mut reading)?;
    Ok(reading)
}

/// Events by their UID, in the order of the file.
#[derive(Default)]
struct Groups {
    groups: Vec<Vec<Event>>,
    by_uid: HashMap<String, usize>,
}

impl Groups {
    fn add(&mut self, event: Event) {
        let new = self.groups.len();
        let group = match &event.uid {
            Some(uid) => *self.by_uid.entry(uid.clone()).or_insert(new),
            None => new,
        };
        match self.groups.get_mut(group) {
            Some(group) => group.push(event),
            None => self.groups.push(vec![event]),
        }
    }
}

fn gather(
    groups: Groups,
    options: &CalendarOptions,
    budget: &mut Budget,
    reading: &mut Reading,
) -> Result<(), CalendarError> {
    let mut seen = HashSet::new();
    for group in groups.groups {
        let found = series::occurrences(group, options, budget);
        reading.outside += found.outside;
        for (name, reason) in found.refused {
            reading.refuse(name, reason);
        }
        for item in found.items {
            if seen.insert(item.external_id.clone()) {
                reading.items.push(item);
            } else {
                let title = item
                    .content
                    .texts
                    .into_values()
                    .next()
                    .map(|text| text.title)
                    .unwrap_or_default();
                reading.refuse(
                    title,
                    "the calendar has it twice; the first one was imported",
                );
            }
        }
        if reading.items.len() > options.max_items {
            return Err(CalendarError::TooManyItems {
                max: options.max_items,
            });
        }
    }
    reading
        .items
        .sort_by_key(|item| item.content.when.as_ref().map(|when| when.starts_at));
    Ok(())
}
