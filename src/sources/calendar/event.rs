//! Interprets the lines of one VEVENT. Called by [`super::read`].

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::super::{MAX_TEASER, MAX_TITLE, clean_categories};
use super::CalendarOptions;
use super::lines::{EventLines, Line, read_line};
use super::moment::{Length, Moment, date, date_time, duration};
use super::recurrence::Budget;
use super::zone::Zones;
use crate::domain::contact::Contact;
use crate::domain::entry::EntryText;
use crate::domain::language::LanguageTag;
use crate::domain::text;

const MAX_PLACE: usize = 300;
const MAX_CONTACT: usize = 300;
/// The most dates in RDATE and EXDATE together.
const MAX_DATES: usize = 5_000;

/// The content of one VEVENT.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) uid: Option<String>,
    pub(super) start: Moment,
    pub(super) length: Option<Length>,
    pub(super) rules: Vec<String>,
    /// Dates besides those of the rules, some with their own length.
    pub(super) more: Vec<(Moment, Option<Length>)>,
    /// Dates on which it does not take place.
    pub(super) without: Vec<Moment>,
    /// The occurrence of a series that this replaces, and whether it replaces all later ones too.
    pub(super) replaces: Option<(Moment, bool)>,
    pub(super) cancelled: bool,
    pub(super) sequence: i64,
    /// Empty title: it has none.
    pub(super) text: EntryText,
    pub(super) language: LanguageTag,
    pub(super) url: Option<String>,
    pub(super) place: Option<String>,
    pub(super) contact: Option<Contact>,
    pub(super) categories: Vec<String>,
    /// The zone of its days and, if written in UTC, of its times.
    pub(super) zone: Tz,
    /// A description that finds it in the file.
    pub(super) name: String,
}

/// What reading an event needs besides its lines.
pub(super) struct Context<'a, 'b> {
    pub(super) options: &'a CalendarOptions,
    pub(super) zones: &'a mut Zones<'b>,
    pub(super) budget: &'a mut Budget,
    pub(super) notes: &'a mut Vec<String>,
}

impl Context<'_, '_> {
    /// Remarks are for a person to read: a hundred are enough.
    fn note(&mut self, note: String) {
        if self.notes.len() < 100 {
            self.notes.push(note);
        }
    }
}

/// Reads an event; the error is its description and why it cannot be imported.
pub(super) fn read(
    event: &EventLines<'_>,
    context: &mut Context<'_, '_>,
) -> Result<Event, (String, String)> {
    let lines: Vec<Line> = event
        .lines
        .iter()
        .filter_map(|line| read_line(line))
        .collect();
    let first = |name: &str| {
        lines
            .iter()
            .find(|line| line.name == name && !line.value.trim().is_empty())
    };
    let title = first("SUMMARY")
        .map(|line| text::single_line(&line.value, MAX_TITLE))
        .unwrap_or_default();
    let uid = first("UID").and_then(|line| super::super::external_id(&line.value));
    let name = match (&title, &uid) {
        (title, _) if !title.is_empty() => title.clone(),
        (_, Some(uid)) => uid.clone(),
        _ => format!("event in line {}", event.line),
    };
    from_lines(event, &lines, context, title, uid, &name).map_err(|reason| (name, reason))
}

fn from_lines(
    event: &EventLines<'_>,
    lines: &[Line],
    context: &mut Context<'_, '_>,
    title: String,
    uid: Option<String>,
    name: &str,
) -> Result<Event, String> {
    if let Some(problem) = event.problem {
        return Err(problem.into());
    }
    let first = |name: &str| {
        lines
            .iter()
            .find(|line| line.name == name && !line.value.trim().is_empty())
    };
    let class = first("CLASS")
        .map(|line| line.value.trim().to_ascii_uppercase())
        .unwrap_or_default();
    if matches!(class.as_str(), "PRIVATE" | "CONFIDENTIAL") {
        return Err(format!("its owner marked it as not public (CLASS:{class})"));
    }
    if first("EXRULE").is_some() {
        return Err(
            "it uses EXRULE, which was withdrawn in 2009; ask its publisher to export the exceptions as EXDATE".into(),
        );
    }
    let start = first("DTSTART").ok_or("it has no start (DTSTART)")?;
    let start = moment(&start.value, start, context)?;
    let replaces = first("RECURRENCE-ID")
        .map(|line| Ok::<_, String>((moment(&line.value, line, context)?, future(line)?)))
        .transpose()?;
    let language =
        first("SUMMARY").and_then(|line| LanguageTag::parse(line.parameter("LANGUAGE")?).ok());
    let (teaser, body) = description(
        first("DESCRIPTION"),
        first("X-ALT-DESC"),
        context.options.max_text,
    );
    let rules: Vec<String> = lines
        .iter()
        .filter(|line| line.name == "RRULE" && !line.value.trim().is_empty())
        .map(|line| line.value.clone())
        .collect();
    if rules.len() > 5 {
        return Err("it has more than five recurrence rules (RRULE)".into());
    }
    let cancelled =
        first("STATUS").is_some_and(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED"));
    Ok(Event {
        uid,
        start,
        length: length(lines, start, context, name)?,
        rules,
        more: more(lines, context)?,
        without: without(lines, context, name)?,
        replaces,
        cancelled,
        sequence: first("SEQUENCE")
            .and_then(|line| line.value.trim().parse().ok())
            .unwrap_or(0),
        text: EntryText {
            title,
            teaser,
            body,
            ..EntryText::default()
        },
        language: language.unwrap_or_else(|| context.options.default_language.clone()),
        url: first("URL").and_then(|line| text::web_address(&line.value)),
        place: first("LOCATION")
            .map(|line| text::single_line(&line.value, MAX_PLACE))
            .filter(|place| !place.is_empty()),
        contact: contact(first("CONTACT"), first("ORGANIZER")),
        categories: categories(lines),
        zone: context.zones.own,
        name: name.to_owned(),
    })
}

/// A date or time with the zone its line names.
fn moment(value: &str, line: &Line, context: &mut Context<'_, '_>) -> Result<Moment, String> {
    let value = value.trim();
    if let Some(day) = date(value) {
        return Ok(Moment::Day(day));
    }
    let Some((wall, utc)) = date_time(value) else {
        return Err(format!(
            "{}:{} is not a date",
            line.name,
            text::single_line(value, 40)
        ));
    };
    if line
        .parameter("VALUE")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("DATE"))
    {
        return Ok(Moment::Day(wall.date()));
    }
    if utc {
        return Ok(Moment::Time(wall, Tz::UTC));
    }
    let zone = match line.parameter("TZID").map(str::trim).filter(|name| !name.is_empty()) {
        None => context.zones.own,
        Some(name) => context.zones.resolve(name, context.options.now, context.budget).ok_or_else(|| {
            let name = text::single_line(name, 60);
            format!(
                "its time zone “{name}” is unknown, and the calendar's definition of it matches no known zone"
            )
        })?,
    };
    Ok(Moment::Time(wall, zone))
}

fn future(line: &Line) -> Result<bool, String> {
    match line.parameter("RANGE") {
        None => Ok(false),
        Some(range) if range.eq_ignore_ascii_case("THISANDFUTURE") => Ok(true),
        Some(range) => Err(format!(
            "it changes a series by RANGE={}, which was withdrawn in 2009",
            text::single_line(range, 30)
        )),
    }
}

/// Its length, if stated and plausible.
fn length(
    lines: &[Line],
    start: Moment,
    context: &mut Context<'_, '_>,
    name: &str,
) -> Result<Option<Length>, String> {
    let first = |name: &str| {
        lines
            .iter()
            .find(|line| line.name == name && !line.value.trim().is_empty())
    };
    let one_day = Length {
        days: 1,
        exact: TimeDelta::zero(),
    };
    let found = if let Some(line) = first("DTEND") {
        let end = moment(&line.value, line, context)?;
        between(start, end, context.zones.own)
    } else if let Some(line) = first("DURATION") {
        duration(&line.value)
    } else {
        return Ok(start.is_day().then_some(one_day));
    };
    // Ten years: longer ones are mistakes, and would be shown as endless.
    let found = found.filter(|length| length.days < 3_660 && length.exact < TimeDelta::days(3_660));
    if found.is_none() {
        context.note(format!("{name}: its end is implausible and was left out"));
    }
    Ok(match found {
        Some(length) if start.is_day() => Some(Length {
            days: length.days.max(1),
            exact: TimeDelta::zero(),
        }),
        None if start.is_day() => Some(one_day),
        other => other,
    })
}

/// From `start` to `end`, unless `end` is earlier.
fn between(start: Moment, end: Moment, zone: Tz) -> Option<Length> {
    match (start, end) {
        (Moment::Day(first), Moment::Day(after)) => {
            let days = u64::try_from((after - first).num_days()).ok()?;
            Some(Length {
                days,
                exact: TimeDelta::zero(),
            })
        }
        (Moment::Day(first), Moment::Time(end, _)) => {
            let days = u64::try_from((end.date() - first).num_days()).ok()?;
            Some(Length {
                days,
                exact: TimeDelta::zero(),
            })
        }
        _ => {
            let micros = end
                .instant(zone)
                .micros()
                .checked_sub(start.instant(zone).micros())?;
            (micros >= 0).then(|| Length {
                days: 0,
                exact: TimeDelta::microseconds(micros),
            })
        }
    }
}

/// RDATE: dates, times or periods.
fn more(
    lines: &[Line],
    context: &mut Context<'_, '_>,
) -> Result<Vec<(Moment, Option<Length>)>, String> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.name == "RDATE") {
        for value in line
            .value
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            if found.len() == MAX_DATES {
                return Err("it lists more than 5,000 dates (RDATE)".into());
            }
            let (begin, end) = value
                .split_once('/')
                .map_or((value, None), |(begin, end)| (begin, Some(end)));
            let begin = moment(begin, line, context)?;
            let length = match end {
                None => None,
                Some(end) if end.starts_with(['P', 'p', '+']) => duration(end),
                Some(end) => between(begin, moment(end, line, context)?, context.zones.own),
            };
            found.push((begin, length));
        }
    }
    Ok(found)
}

/// EXDATE. An unreadable one refuses the event: it would be announced for a day on which it does
/// not take place.
fn without(
    lines: &[Line],
    context: &mut Context<'_, '_>,
    name: &str,
) -> Result<Vec<Moment>, String> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.name == "EXDATE") {
        if line.value.trim().is_empty() {
            context.note(format!(
                "{name}: an exception (EXDATE) without a date was ignored"
            ));
        }
        for value in line
            .value
            .split(',')
            .map(str::trim)
            .filter(|value| !value.is_empty())
        {
            if found.len() == MAX_DATES {
                return Err("it lists more than 5,000 exceptions (EXDATE)".into());
            }
            found.push(moment(value, line, context)?);
        }
    }
    Ok(found)
}

/// Teaser and body from the plain and the HTML description.
fn description(plain: Option<&Line>, html: Option<&Line>, max_text: usize) -> (String, String) {
    let cut = |line: &Line| -> String { line.value.chars().take(max_text).collect() };
    let html = html
        .filter(|line| {
            line.parameter("FMTTYPE")
                .is_none_or(|kind| kind.to_ascii_lowercase().contains("html"))
        })
        .map(cut);
    let plain = plain.map(cut).unwrap_or_default();
    let body = match &html {
        Some(html) => text::sanitise_html(html),
        None if looks_like_html(&plain) => text::sanitise_html(&plain),
        None => text::paragraphs_to_html(&plain),
    };
    let source = if plain.trim().is_empty() {
        &body
    } else {
        &plain
    };
    let teaser = text::plain_paragraph(source, MAX_TEASER);
    let body = if body.matches('<').count() == 2 && text::html_to_plain(&body) == teaser {
        String::new()
    } else {
        body
    };
    (teaser, body)
}

/// Google and others write HTML where RFC 5545 has plain text.
fn looks_like_html(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "<br", "<p>", "<p ", "</p>", "<a href", "<div", "<ul>", "<ol>", "<b>", "<i>", "<strong>",
        "<em>", "<span", "<html",
    ]
    .iter()
    .any(|tag| lower.contains(tag))
}

/// The contact: CONTACT, which is for readers, else the organiser's name. Never the organiser's
/// address: programs put the address of the author there.
fn contact(contact: Option<&Line>, organizer: Option<&Line>) -> Option<Contact> {
    let named = contact
        .map(|line| text::single_line(&line.value, MAX_CONTACT))
        .and_then(|line| Contact::from_text(&line));
    named.or_else(|| {
        // RFC 6868 writes quotes and line breaks in parameters as ^' and ^n.
        let name = organizer?
            .parameter("CN")?
            .replace("^n", " ")
            .replace("^'", "\"")
            .replace("^^", "^");
        let name = text::single_line(&name, MAX_CONTACT);
        (!name.is_empty() && !name.contains('@')).then(|| Contact {
            name: Some(name),
            ..Contact::default()
        })
    })
}

fn categories(lines: &[Line]) -> Vec<String> {
    let mut all = Vec::new();
    for line in lines
        .iter()
        .filter(|line| line.name == "CATEGORIES")
        .take(50)
    {
        let mut one = String::new();
        let mut escaped = false;
        for c in line.value.chars().take(10_000) {
            match (escaped, c) {
                (false, '\\') => escaped = true,
                (false, ',') => all.push(std::mem::take(&mut one)),
                _ => {
                    one.push(c);
                    escaped = false;
                }
            }
        }
        all.push(one);
    }
    clean_categories(all.iter().map(String::as_str))
}
