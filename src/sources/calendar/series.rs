//! Expands the events of one UID to their occurrences in the window. Called by [`super::read`].
//!
//! A UID may identify one event, a series, and changed occurrences of that series (RECURRENCE-ID,
//! RFC 5545, 3.8.4.4), in any order in the file.

use std::collections::{BTreeMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::super::{Item, hashed};
use super::CalendarOptions;
use super::event::Event;
use super::moment::{Length, Moment, exists, stamp, wall_at};
use super::recurrence::{Budget, expand};
use crate::domain::entry::{Details, EntryContent, EventTime, PaperDetails};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// The occurrences of one UID.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    pub(super) items: Vec<Item>,
    /// Name and reason.
    pub(super) refused: Vec<(String, String)>,
    pub(super) outside: usize,
}

/// One date of a series: by the rules, and with changes applied.
struct Date<'a> {
    /// By the rules: identifies this occurrence even if it was moved.
    original: Moment,
    start: Moment,
    length: Option<Length>,
    event: &'a Event,
}

/// All occurrences of one UID in the window.
pub(super) fn occurrences(
    events: Vec<Event>,
    options: &CalendarOptions,
    budget: &mut Budget,
) -> Occurrences {
    let mut found = Occurrences::default();
    let (mut changes, masters): (Vec<_>, Vec<_>) = events
        .into_iter()
        .partition(|event| event.replaces.is_some());
    let masters = newest(masters, &mut found);
    changes.sort_by_key(|change| change.sequence);
    if let Some(master) = masters.first() {
        for change in &mut changes {
            inherit(change, master);
        }
    }
    let first_series = masters.iter().position(is_series).unwrap_or(0);
    for (index, master) in masters.iter().enumerate() {
        if master.text.title.is_empty() {
            found
                .refused
                .push((master.name.clone(), "it has no title (SUMMARY)".into()));
            continue;
        }
        let own: &[Event] = if index == first_series { &changes } else { &[] };
        let dates = match dates(master, own, options, budget, &mut found.outside) {
            Ok(dates) => dates,
            Err(reason) => {
                found.refused.push((master.name.clone(), reason));
                continue;
            }
        };
        let series = is_series(master);
        let mut taken = 0;
        for date in dates {
            if !in_window(&date, options) {
                found.outside += 1;
                continue;
            }
            taken += 1;
            if taken > options.max_occurrences_per_event {
                let reason = format!(
                    "it has more than {} dates in the import period; only the first ones were imported",
                    options.max_occurrences_per_event
                );
                found.refused.push((master.name.clone(), reason));
                break;
            }
            found.items.push(item(
                &date,
                identifier(master, &date, series, index),
                options,
            ));
        }
    }
    if masters.is_empty() {
        alone(&changes, options, &mut found);
    }
    found
}

/// Changed occurrences whose series is not in the file.
fn alone(changes: &[Event], options: &CalendarOptions, found: &mut Occurrences) {
    for change in changes {
        let Some((original, _)) = change.replaces else {
            continue;
        };
        if change.text.title.is_empty() {
            found.refused.push((
                change.name.clone(),
                "it has no title (SUMMARY), and the series it belongs to is not in the file".into(),
            ));
            continue;
        }
        let date = Date {
            original,
            start: change.start,
            length: change.length,
            event: change,
        };
        if in_window(&date, options) {
            found
                .items
                .push(item(&date, identifier(change, &date, true, 0), options));
        } else {
            found.outside += 1;
        }
    }
}

fn is_series(event: &Event) -> bool {
    !event.rules.is_empty() || !event.more.is_empty()
}

/// Keeps the last of several versions with the same start and refuses the others. Some systems give
/// different events one UID: those are kept.
fn newest(mut masters: Vec<Event>, found: &mut Occurrences) -> Vec<Event> {
    masters.sort_by_key(|event| std::cmp::Reverse(event.sequence));
    let mut kept: Vec<Event> = Vec::new();
    let mut starts = HashSet::new();
    for event in masters {
        if starts.insert(event.start.instant(event.zone)) {
            kept.push(event);
        } else {
            found.refused.push((
                event.name,
                "the calendar has it twice with the same UID; the newest was imported".into(),
            ));
        }
    }
    kept.sort_by_key(|event| event.start.instant(event.zone));
    kept
}

/// A changed occurrence repeats the texts of the series; some programs leave them out.
fn inherit(change: &mut Event, master: &Event) {
    if change.text.title.is_empty() {
        change.text.title.clone_from(&master.text.title);
        if change.text.teaser.is_empty() && change.text.body.is_empty() {
            change.text = master.text.clone();
        }
        change.place = change.place.take().or_else(|| master.place.clone());
        change.url = change.url.take().or_else(|| master.url.clone());
        change.contact = change.contact.take().or_else(|| master.contact.clone());
    }
}

/// The dates of a series around the window, with changes applied.
fn dates<'a>(
    master: &'a Event,
    changes: &'a [Event],
    options: &CalendarOptions,
    budget: &mut Budget,
    outside: &mut usize,
) -> Result<Vec<Date<'a>>, String> {
    let mut originals = originals(master, options, budget)?;
    // A day excludes every occurrence on it.
    let days_off: HashSet<NaiveDate> = master
        .without
        .iter()
        .filter(|off| off.is_day())
        .map(|off| off.wall().date())
        .collect();
    let times_off: HashSet<Timestamp> = master
        .without
        .iter()
        .filter(|off| !off.is_day())
        .map(|off| off.instant(master.zone))
        .collect();
    originals.retain(|at, (wall, _)| !days_off.contains(&wall.date()) && !times_off.contains(at));
    let mut from_then_on: Vec<FromThenOn<'a>> = changes
        .iter()
        .filter_map(|change| match change.replaces {
            Some((original, true)) => Some(FromThenOn {
                at: original.instant(master.zone),
                original,
                change,
            }),
            _ => None,
        })
        .collect();
    from_then_on.sort_by_key(|one| one.at);
    let mut dates: BTreeMap<Timestamp, Date<'a>> = originals
        .into_iter()
        .map(|(at, (wall, length))| {
            let original = master.start.at(wall);
            (
                at,
                changed(
                    Date {
                        original,
                        start: original,
                        length: length.or(master.length),
                        event: master,
                    },
                    at,
                    &from_then_on,
                ),
            )
        })
        .collect();
    for change in changes {
        let Some((original, _)) = change.replaces else {
            continue;
        };
        let at = original.instant(master.zone);
        if at < options.from() && change.start.instant(change.zone) < options.from() {
            *outside += usize::from(dates.remove(&at).is_some());
            continue;
        }
        dates.insert(
            at,
            Date {
                original: like(master, original),
                start: change.start,
                length: change.length,
                event: change,
            },
        );
    }
    Ok(dates.into_values().collect())
}

/// An occurrence is identified by its original start in the zone of the series, even if the change
/// was written in another.
fn like(master: &Event, original: Moment) -> Moment {
    match (master.start, original) {
        (Moment::Time(_, zone), Moment::Time(wall, other)) => {
            Moment::Time(wall_at(super::moment::instant(wall, other), zone), zone)
        }
        (Moment::Day(_), Moment::Time(wall, _)) => Moment::Day(wall.date()),
        (_, original) => original,
    }
}

/// A change “of this and all later ones” (RANGE=THISANDFUTURE).
struct FromThenOn<'a> {
    at: Timestamp,
    original: Moment,
    change: &'a Event,
}

/// Applies the last of these changes before an occurrence.
fn changed<'a>(date: Date<'a>, at: Timestamp, from_then_on: &[FromThenOn<'a>]) -> Date<'a> {
    let past = from_then_on.partition_point(|one| one.at <= at);
    let Some(FromThenOn {
        original, change, ..
    }) = past.checked_sub(1).and_then(|last| from_then_on.get(last))
    else {
        return date;
    };
    let shift: TimeDelta = change.start.wall() - original.wall();
    let start = date
        .start
        .wall()
        .checked_add_signed(shift)
        .map_or(change.start, |wall| change.start.at(wall));
    Date {
        original: date.original,
        start,
        length: change.length,
        event: change,
    }
}

/// The dates of the series by its rules: the instant, the wall-clock time, and a length if the date
/// has its own.
fn originals(
    master: &Event,
    options: &CalendarOptions,
    budget: &mut Budget,
) -> Result<BTreeMap<Timestamp, (NaiveDateTime, Option<Length>)>, String> {
    let zone = match master.start {
        Moment::Time(_, zone) => zone,
        Moment::Day(_) => master.zone,
    };
    let mut found = BTreeMap::new();
    found.insert(master.start.instant(zone), (master.start.wall(), None));
    // An occurrence that began before the window may still be running; a day covers all zones.
    let days = i64::try_from(master.length.map_or(0, |length| length.days)).unwrap_or(0);
    let exact = master
        .length
        .map_or(TimeDelta::zero(), |length| length.exact);
    let from = wall_at(options.from(), zone) - TimeDelta::days(days + 1) - exact;
    let window = (from, wall_at(options.to(), zone) + TimeDelta::days(1));
    for rule in &master.rules {
        for wall in expand(rule, master.start.wall(), zone, window, budget)? {
            // RFC 5545 (3.3.10): a nonexistent local time is not an occurrence.
            if master.start.is_day() || exists(wall, zone) {
                found
                    .entry(master.start.at(wall).instant(zone))
                    .or_insert((wall, None));
            }
        }
    }
    for (moment, length) in &master.more {
        let wall = like(master, *moment).wall();
        found.insert(master.start.at(wall).instant(zone), (wall, *length));
    }
    Ok(found)
}

/// Whether a date is not over yet and not too far ahead.
fn in_window(date: &Date<'_>, options: &CalendarOptions) -> bool {
    let start = date.start.instant(date.event.zone);
    let end = date
        .length
        .and_then(|length| length.end_of(date.start, date.event.zone))
        .unwrap_or(start)
        .max(start);
    start <= options.to() && (end > options.from() || start >= options.from())
}

/// The UID; plus the original start for one of a series, or if several events share a UID.
fn identifier(event: &Event, date: &Date<'_>, series: bool, index: usize) -> String {
    let base = event.uid.clone().unwrap_or_else(|| {
        hashed(&[
            "no uid",
            &event.text.title,
            &stamp(event.start),
            &event.rules.join("\n"),
        ])
    });
    let id = if series || index > 0 {
        format!("{base}/{}", stamp(date.original))
    } else {
        base
    };
    super::super::external_id(&id).unwrap_or(id)
}

fn item(date: &Date<'_>, external_id: String, options: &CalendarOptions) -> Item {
    let event = date.event;
    let zone = match date.start {
        Moment::Time(_, zone) if zone != chrono_tz::Tz::UTC => zone,
        // Programs write UTC; readers see the calendar's own zone.
        _ => event.zone,
    };
    let starts_at = date.start.instant(event.zone);
    let ends_at = date
        .length
        .and_then(|length| length.end_of(date.start, event.zone))
        .filter(|end| *end > starts_at);
    Item {
        external_id,
        categories: event.categories.clone(),
        cancelled: event.cancelled,
        picture_url: None,
        content: EntryContent {
            kind: options.kind,
            original: event.language.clone(),
            texts: BTreeMap::from([(event.language.clone(), event.text.clone())]),
            url: event.url.clone(),
            dated_at: None,
            when: Some(EventTime {
                starts_at,
                ends_at,
                all_day: date.start.is_day(),
                zone,
            }),
            place: event.place.clone(),
            contact: event.contact.clone(),
            reference: None,
            paper: PaperDetails::default(),
            details: Details::default(),
            topics: TopicSet::EMPTY,
        },
    }
}
