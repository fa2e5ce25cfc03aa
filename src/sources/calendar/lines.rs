//! Splits the bytes of a calendar into events and zones, with unparsed lines.
//!
//! Called by [`super::read`]. The components are found here, without recursion and line by line, so
//! that a damaged event costs that event and not the file; a single line is read by the
//! `icalendar` crate ([`read_line`]).

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::decode::decode;
use super::CalendarError;

/// The most bytes of a line after unfolding; longer descriptions are cut, an event with another
/// longer line is refused.
const MAX_LINE: usize = 200_000;
/// The most relevant lines of an event.
const MAX_LINES: usize = 2_000;
/// The most calendars distinguished in a file; components after that belong to the last one.
const MAX_CALENDARS: usize = 1_000;
/// The most zones of a calendar, offset changes of a zone, and lines of a change.
const MAX_ZONES: usize = 200;
const MAX_OBSERVANCES: usize = 200;
const MAX_OBSERVANCE_LINES: usize = 50;

/// The lines of an event that are read; all others are skipped.
const WANTED: [&str; 20] = [
    "CATEGORIES",
    "CLASS",
    "CONTACT",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "EXRULE",
    "LOCATION",
    "ORGANIZER",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "UID",
    "URL",
    "X-ALT-DESC",
];

/// The lines of a change of offset that are read.
const OF_ZONES: [&str; 5] = ["DTSTART", "RDATE", "RRULE", "TZOFFSETFROM", "TZOFFSETTO"];

/// A line: `NAME;PARAMETER=value:value`.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In upper case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// Unescaped if it is a text.
    pub(super) value: String,
}

impl Line {
    /// The value of a parameter, without quotes.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim_matches('"'))
    }
}

/// Reads one unfolded line.
pub(super) fn read_line(line: &str) -> Option<Line> {
    // The parser recognises text values only by upper-case names.
    let end = line.find([':', ';']).unwrap_or(line.len());
    let line = line[..end].trim().to_ascii_uppercase() + &line[end..];
    let read = icalendar::parser::Property::try_from(line.as_str()).ok()?;
    let parameters = read.params.iter().map(|one| {
        let value = one.val.as_ref().map(|value| value.as_str().to_owned());
        (one.key.as_str().to_owned(), value.unwrap_or_default())
    });
    Some(Line {
        name: read.name.as_str().to_owned(),
        parameters: parameters.collect(),
        value: read.val.as_str().to_owned(),
    })
}

/// An event with unparsed lines.
#[derive(Debug, Default)]
pub(super) struct EventLines<'a> {
    /// Its index in [`Components::calendars`].
    pub(super) calendar: usize,
    /// The number of its first line in the unfolded file.
    pub(super) line: usize,
    pub(super) lines: Vec<&'a str>,
    /// What is wrong with it as a component.
    pub(super) problem: Option<&'static str>,
}

/// A VTIMEZONE: its offset changes with their lines.
#[derive(Debug, Default)]
pub(super) struct ZoneLines<'a> {
    pub(super) id: String,
    /// The IANA name that libical adds to its own.
    pub(super) location: Option<String>,
    pub(super) observances: Vec<Vec<&'a str>>,
}

/// Properties of a VCALENDAR that apply to its components.
#[derive(Debug, Default)]
pub(super) struct CalendarLines<'a> {
    pub(super) name: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) cancels: bool,
    pub(super) zones: HashMap<String, ZoneLines<'a>>,
}

/// The components of a whole file.
#[derive(Debug, Default)]
pub(super) struct Components<'a> {
    pub(super) calendars: Vec<CalendarLines<'a>>,
    pub(super) events: Vec<EventLines<'a>>,
}

/// The text of a calendar with its lines unfolded, and what had to be repaired.
pub(super) fn unfolded(bytes: &[u8]) -> (String, Option<String>) {
    // Lines are folded by octets, even within a character: unfold first, then decode. A file in
    // UTF-16 is the exception.
    let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let bytes: Cow<'_, [u8]> = if wide {
        decode(bytes, None).text.into_bytes().into()
    } else {
        bytes.into()
    };
    let mut unfolded = Vec::with_capacity(bytes.len());
    let mut rest = &bytes[..];
    while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        unfolded.extend_from_slice(&rest[..end]);
        let after = match &rest[end..] {
            [b'\r', b'\n', ..] => end + 2,
            _ => end + 1,
        };
        rest = &rest[after..];
        match rest.first() {
            Some(b' ' | b'\t') => rest = &rest[1..],
            _ => unfolded.push(b'\n'),
        }
    }
    unfolded.extend_from_slice(rest);
    let decoded = decode(&unfolded, None);
    (decoded.text, decoded.note)
}

/// The component that is being read.
enum State<'a> {
    Outside,
    Event {
        event: EventLines<'a>,
        inner: usize,
    },
    Zone {
        zone: ZoneLines<'a>,
        inside: bool,
    },
    /// A skipped component, at this depth.
    Other(usize),
}

/// Finds the events and zones of an unfolded file.
pub(super) fn components(text: &str, max_items: usize) -> Result<Components<'_>, CalendarError> {
    let mut found = Components {
        calendars: vec![CalendarLines::default()],
        events: Vec::new(),
    };
    let mut state = State::Outside;
    let mut any = false;
    for (number, line) in text.split('\n').enumerate() {
        let line = line.trim_start_matches('\u{feff}');
        if let Some(name) = keyword(line, "BEGIN:") {
            any = true;
            state = begin(&mut found, state, name, number + 1);
            if found.events.len() > max_items {
                return Err(CalendarError::TooManyItems { max: max_items });
            }
        } else if let Some(name) = keyword(line, "END:") {
            state = end(&mut found, state, name);
        } else {
            take(&mut found, &mut state, line);
        }
    }
    close(&mut found, state);
    if !any {
        return Err(CalendarError::NoCalendar);
    }
    if found.events.len() > max_items {
        return Err(CalendarError::TooManyItems { max: max_items });
    }
    Ok(found)
}

/// The name after `BEGIN:` or `END:`.
fn keyword<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let line = line.trim();
    line.get(..word.len())
        .filter(|head| head.eq_ignore_ascii_case(word))
        .map(|_| line[word.len()..].trim())
}

fn begin<'a>(found: &mut Components<'a>, state: State<'a>, name: &str, line: usize) -> State<'a> {
    match (name.to_ascii_uppercase().as_str(), state) {
        ("VCALENDAR", state) => {
            close(found, state);
            if found.calendars.len() < MAX_CALENDARS {
                found.calendars.push(CalendarLines::default());
            }
            State::Outside
        }
        ("VEVENT", state) => {
            close(found, state);
            let calendar = found.calendars.len() - 1;
            State::Event {
                event: EventLines {
                    calendar,
                    line,
                    ..EventLines::default()
                },
                inner: 0,
            }
        }
        ("VTIMEZONE", state) => {
            close(found, state);
            State::Zone {
                zone: ZoneLines::default(),
                inside: false,
            }
        }
        (_, State::Event { event, inner }) => State::Event {
            event,
            inner: inner + 1,
        },
        ("STANDARD" | "DAYLIGHT", State::Zone { mut zone, .. }) => {
            let fits = zone.observances.len() < MAX_OBSERVANCES;
            if fits {
                zone.observances.push(Vec::new());
            }
            State::Zone { zone, inside: fits }
        }
        (_, zone @ State::Zone { .. }) => zone,
        (_, State::Other(depth)) => State::Other(depth + 1),
        (_, State::Outside) => State::Other(1),
    }
}

fn end<'a>(found: &mut Components<'a>, state: State<'a>, name: &str) -> State<'a> {
    match (name.to_ascii_uppercase().as_str(), state) {
        ("VEVENT", State::Event { event, .. }) => {
            found.events.push(event);
            State::Outside
        }
        ("VTIMEZONE", state @ State::Zone { .. }) | ("VCALENDAR", state) => {
            close(found, state);
            State::Outside
        }
        (_, State::Event { event, inner }) => State::Event {
            event,
            inner: inner.saturating_sub(1),
        },
        (_, State::Zone { zone, .. }) => State::Zone {
            zone,
            inside: false,
        },
        (_, State::Other(depth)) if depth > 1 => State::Other(depth - 1),
        (_, State::Other(_) | State::Outside) => State::Outside,
    }
}

/// Closes what is open: an open event lacks its end.
fn close<'a>(found: &mut Components<'a>, state: State<'a>) {
    match state {
        State::Event { mut event, .. } => {
            event.problem = Some("it is incomplete (its END:VEVENT is missing)");
            found.events.push(event);
        }
        State::Zone { zone, .. } => {
            if let Some(calendar) = found.calendars.last_mut()
                && calendar.zones.len() < MAX_ZONES
            {
                calendar.zones.insert(zone.id.clone(), zone);
            }
        }
        State::Other(_) | State::Outside => {}
    }
}

/// Adds a line to its component, or skips it.
fn take<'a>(found: &mut Components<'a>, state: &mut State<'a>, line: &'a str) {
    let end = line.find([':', ';']).unwrap_or(line.len());
    let is = |name: &str| line[..end].trim().eq_ignore_ascii_case(name);
    match state {
        State::Event { event, inner: 0 } if WANTED.iter().any(|name| is(name)) => {
            if line.len() <= MAX_LINE {
                event.lines.push(line);
            } else if is("DESCRIPTION") || is("X-ALT-DESC") {
                event
                    .lines
                    .push(&line[..line.floor_char_boundary(MAX_LINE)]);
            } else {
                event.problem = Some("one of its lines is longer than 200,000 bytes");
            }
            if event.lines.len() > MAX_LINES {
                event.lines.truncate(MAX_LINES);
                event.problem = Some("it has more than 2,000 lines");
            }
        }
        State::Zone { zone, inside: true }
            if line.len() <= MAX_LINE && OF_ZONES.iter().any(|name| is(name)) =>
        {
            if let Some(observance) = zone.observances.last_mut()
                && observance.len() < MAX_OBSERVANCE_LINES
            {
                observance.push(line);
            }
        }
        State::Zone {
            zone,
            inside: false,
        } if line.len() <= 1_000 => {
            if is("TZID") {
                zone.id = read_line(line)
                    .map(|line| line.value.trim_matches('"').to_owned())
                    .unwrap_or_default();
            } else if is("X-LIC-LOCATION") {
                zone.location = read_line(line).map(|line| line.value);
            }
        }
        State::Outside if line.len() <= 1_000 => {
            let Some(calendar) = found.calendars.last_mut() else {
                return;
            };
            let value = || {
                read_line(line)
                    .map(|line| line.value.trim().to_owned())
                    .filter(|value| !value.is_empty())
            };
            if is("X-WR-TIMEZONE") {
                calendar.zone = value();
            } else if is("X-WR-CALNAME") || (is("NAME") && calendar.name.is_none()) {
                calendar.name = value();
            } else if is("METHOD") {
                calendar.cancels =
                    value().is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
            }
        }
        _ => {}
    }
}
