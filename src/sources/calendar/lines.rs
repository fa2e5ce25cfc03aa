//! From the bytes of a calendar to its events and zones as lines that are not read yet.
//!
//! Called by [`super::read`]. The frame of components is found here, without recursion and line by
//! line, so that a damaged event costs that event and not the file; a single line is read by the
//! `icalendar` crate ([`read_line`]).

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::decode::decode;
use super::CalendarError;

/// How many bytes a line may have after unfolding; longer descriptions are cut, an event with
/// another longer line is refused.
const MAX_LINE: usize = 200_000;
/// How many lines of interest an event may have.
const MAX_LINES: usize = 2_000;
/// How many calendars of a file are told apart; the last one takes what comes after.
const MAX_CALENDARS: usize = 1_000;
/// How many zones a calendar may define, how many changes of offset each, how many lines each change.
const MAX_ZONES: usize = 200;
const MAX_OBSERVANCES: usize = 200;
const MAX_OBSERVANCE_LINES: usize = 50;

/// The lines of an event that are looked at; all others are passed over unread.
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

/// The lines of a change of offset that are looked at.
const OF_ZONES: [&str; 5] = ["DTSTART", "RDATE", "RRULE", "TZOFFSETFROM", "TZOFFSETTO"];

/// A line: `NAME;PARAMETER=value:value`.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In upper case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// Unescaped where it is a text.
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
    // The parser knows which values are texts only by names in upper case.
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

/// An event whose lines are not read yet.
#[derive(Debug, Default)]
pub(super) struct EventLines<'a> {
    /// Which of [`Frame::calendars`] it belongs to.
    pub(super) calendar: usize,
    /// The number of its first line in the unfolded file.
    pub(super) line: usize,
    pub(super) lines: Vec<&'a str>,
    /// What is wrong with its frame.
    pub(super) problem: Option<&'static str>,
}

/// A VTIMEZONE: each change of its offset with its lines.
#[derive(Debug, Default)]
pub(super) struct ZoneLines<'a> {
    pub(super) id: String,
    /// The IANA name that libical puts beside its own.
    pub(super) location: Option<String>,
    pub(super) observances: Vec<Vec<&'a str>>,
}

/// What a VCALENDAR says about all that is in it.
#[derive(Debug, Default)]
pub(super) struct CalendarLines<'a> {
    pub(super) name: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) cancels: bool,
    pub(super) zones: HashMap<String, ZoneLines<'a>>,
}

/// A whole file.
#[derive(Debug, Default)]
pub(super) struct Frame<'a> {
    pub(super) calendars: Vec<CalendarLines<'a>>,
    pub(super) events: Vec<EventLines<'a>>,
}

/// The text of a calendar with its lines unfolded, and what had to be repaired.
pub(super) fn unfolded(bytes: &[u8]) -> (String, Option<String>) {
    // Lines are folded by octets, in the middle of a letter if need be: unfold first, then decode.
    // A file in UTF-16 is the exception.
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

/// Where the reader of the frame stands.
enum Place<'a> {
    Outside,
    Event {
        event: EventLines<'a>,
        inner: usize,
    },
    Zone {
        zone: ZoneLines<'a>,
        inside: bool,
    },
    /// A component of no interest, this deep.
    Other(usize),
}

/// Finds the events and zones of an unfolded file.
pub(super) fn frame(text: &str, max_items: usize) -> Result<Frame<'_>, CalendarError> {
    let mut frame = Frame {
        calendars: vec![CalendarLines::default()],
        events: Vec::new(),
    };
    let mut place = Place::Outside;
    let mut any = false;
    for (number, line) in text.split('\n').enumerate() {
        let line = line.trim_start_matches('\u{feff}');
        if let Some(name) = keyword(line, "BEGIN:") {
            any = true;
            place = begin(&mut frame, place, name, number + 1);
            if frame.events.len() > max_items {
                return Err(CalendarError::TooManyItems { max: max_items });
            }
        } else if let Some(name) = keyword(line, "END:") {
            place = end(&mut frame, place, name);
        } else {
            take(&mut frame, &mut place, line);
        }
    }
    close(&mut frame, place);
    if !any {
        return Err(CalendarError::NoCalendar);
    }
    if frame.events.len() > max_items {
        return Err(CalendarError::TooManyItems { max: max_items });
    }
    Ok(frame)
}

/// What stands behind `BEGIN:` or `END:`.
fn keyword<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let line = line.trim();
    line.get(..word.len())
        .filter(|head| head.eq_ignore_ascii_case(word))
        .map(|_| line[word.len()..].trim())
}

fn begin<'a>(frame: &mut Frame<'a>, place: Place<'a>, name: &str, line: usize) -> Place<'a> {
    match (name.to_ascii_uppercase().as_str(), place) {
        ("VCALENDAR", place) => {
            close(frame, place);
            if frame.calendars.len() < MAX_CALENDARS {
                frame.calendars.push(CalendarLines::default());
            }
            Place::Outside
        }
        ("VEVENT", place) => {
            close(frame, place);
            let calendar = frame.calendars.len() - 1;
            Place::Event {
                event: EventLines {
                    calendar,
                    line,
                    ..EventLines::default()
                },
                inner: 0,
            }
        }
        ("VTIMEZONE", place) => {
            close(frame, place);
            Place::Zone {
                zone: ZoneLines::default(),
                inside: false,
            }
        }
        (_, Place::Event { event, inner }) => Place::Event {
            event,
            inner: inner + 1,
        },
        ("STANDARD" | "DAYLIGHT", Place::Zone { mut zone, .. }) => {
            let room = zone.observances.len() < MAX_OBSERVANCES;
            if room {
                zone.observances.push(Vec::new());
            }
            Place::Zone { zone, inside: room }
        }
        (_, zone @ Place::Zone { .. }) => zone,
        (_, Place::Other(depth)) => Place::Other(depth + 1),
        (_, Place::Outside) => Place::Other(1),
    }
}

fn end<'a>(frame: &mut Frame<'a>, place: Place<'a>, name: &str) -> Place<'a> {
    match (name.to_ascii_uppercase().as_str(), place) {
        ("VEVENT", Place::Event { event, .. }) => {
            frame.events.push(event);
            Place::Outside
        }
        ("VTIMEZONE", place @ Place::Zone { .. }) | ("VCALENDAR", place) => {
            close(frame, place);
            Place::Outside
        }
        (_, Place::Event { event, inner }) => Place::Event {
            event,
            inner: inner.saturating_sub(1),
        },
        (_, Place::Zone { zone, .. }) => Place::Zone {
            zone,
            inside: false,
        },
        (_, Place::Other(depth)) if depth > 1 => Place::Other(depth - 1),
        (_, Place::Other(_) | Place::Outside) => Place::Outside,
    }
}

/// Ends what is open: an event in the middle is one without its end.
fn close<'a>(frame: &mut Frame<'a>, place: Place<'a>) {
    match place {
        Place::Event { mut event, .. } => {
            event.problem = Some("it ends in the middle (its END:VEVENT is missing)");
            frame.events.push(event);
        }
        Place::Zone { zone, .. } => {
            if let Some(calendar) = frame.calendars.last_mut()
                && calendar.zones.len() < MAX_ZONES
            {
                calendar.zones.insert(zone.id.clone(), zone);
            }
        }
        Place::Other(_) | Place::Outside => {}
    }
}

/// Puts a line where it belongs, or passes it over.
fn take<'a>(frame: &mut Frame<'a>, place: &mut Place<'a>, line: &'a str) {
    let end = line.find([':', ';']).unwrap_or(line.len());
    let is = |name: &str| line[..end].trim().eq_ignore_ascii_case(name);
    match place {
        Place::Event { event, inner: 0 } if WANTED.iter().any(|name| is(name)) => {
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
        Place::Zone { zone, inside: true }
            if line.len() <= MAX_LINE && OF_ZONES.iter().any(|name| is(name)) =>
        {
            if let Some(observance) = zone.observances.last_mut()
                && observance.len() < MAX_OBSERVANCE_LINES
            {
                observance.push(line);
            }
        }
        Place::Zone {
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
        Place::Outside if line.len() <= 1_000 => {
            let Some(calendar) = frame.calendars.last_mut() else {
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
