use std::fmt::Write as _;
use std::path::Path;

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::contact::Contact;
use crate::domain::language::Language;
use crate::sources::Item;

fn at(year: i32, month: u32, day: u32) -> Timestamp {
    Utc.with_ymd_and_hms(year, month, day, 0, 0, 0)
        .single()
        .expect("a date")
        .into()
}

fn options(now: Timestamp) -> CalendarOptions {
    CalendarOptions::new(now, Tz::Europe__Berlin, Language::De.into())
}

/// A calendar of 2027 with these lines in one event that has a UID and a title.
fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:T\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
        .replace("\r\n\r\n", "\r\n")
}

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), &options(at(2027, 1, 1))).expect("a calendar")
}

fn starts(reading: &Reading) -> Vec<String> {
    reading
        .items
        .iter()
        .map(|item| {
            item.content
                .when
                .as_ref()
                .expect("a time")
                .starts_at
                .to_string()
        })
        .collect()
}

fn only(reading: &Reading) -> &Item {
    assert_eq!((reading.items.len(), &reading.refused[..]), (1, &[][..]));
    &reading.items[0]
}

fn reason(lines: &str) -> String {
    let reading = reading(&event(lines));
    assert_eq!(
        (reading.items.len(), reading.refused.len()),
        (0, 1),
        "{lines}: {reading:?}"
    );
    reading.refused[0].reason.clone()
}

fn title(item: &Item) -> &str {
    &item.content.texts[&item.content.original].title
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/calendars");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "ics"))
        .map(|path| {
            (
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                std::fs::read(&path).expect("a readable file"),
            )
        })
        .collect();
    files.sort();
    files
}

fn shown(reading: &Reading) -> String {
    let mut out = format!(
        "title: {:?}\nnotes: {:?}\noutside: {}\n",
        reading.title, reading.notes, reading.outside
    );
    for refused in &reading.refused {
        let _ = writeln!(out, "refused: {} — {}", refused.item, refused.reason);
    }
    for item in &reading.items {
        let text = &item.content.texts[&item.content.original];
        let when = item.content.when.as_ref().expect("a time");
        let _ = writeln!(
            out,
            "\n# {}\nid: {}\nwhen: {} – {:?} {} all day: {}\nplace: {:?}  contact: {:?}\nteaser: {}\nbody: {}",
            text.title,
            item.external_id,
            when.starts_at,
            when.ends_at,
            when.zone,
            when.all_day,
            item.content.place,
            item.content.contact.as_ref().map(Contact::line),
            text.teaser,
            text.body
        );
    }
    out
}

#[test]
fn real_calendars_are_read_or_refused_with_a_reason() {
    let mut wide = options(at(2008, 1, 1));
    wide.horizon = Duration::from_hours(20 * 365 * 24);
    for (name, bytes) in fixtures() {
        let reading = read(&bytes, &wide).expect("a real calendar");
        let events = String::from_utf8_lossy(&bytes)
            .matches("BEGIN:VEVENT")
            .count();
        assert!(
            reading.items.len() + reading.refused.len() + reading.outside >= events,
            "{name}"
        );
        insta::assert_snapshot!(format!("calendar-{name}"), shown(&reading));
        // Today nearly everything is over, and nothing is dropped without a note.
        let today = read(&bytes, &options(at(2026, 11, 22))).expect("a real calendar");
        assert!(
            today.items.len() + today.refused.len() + today.outside >= events,
            "{name}"
        );
    }
}

#[test]
fn a_weekly_evening_stays_an_evening_when_the_clocks_change() {
    let spring = reading(&event(
        "DTSTART;TZID=Europe/Berlin:20270321T190000\r\nDTEND;TZID=Europe/Berlin:20270321T210000\r\nRRULE:FREQ=WEEKLY;COUNT=3",
    ));
    assert_eq!(
        starts(&spring),
        [
            "2027-03-21T18:00:00Z",
            "2027-03-28T17:00:00Z",
            "2027-04-04T17:00:00Z"
        ]
    );
    assert_eq!(spring.items[1].external_id, "u/20270328T170000Z");
    let autumn = reading(&event(
        "DTSTART;TZID=W. Europe Standard Time:20271024T190000\r\nRRULE:FREQ=WEEKLY;UNTIL=20271107T180000Z",
    ));
    assert_eq!(
        starts(&autumn),
        [
            "2027-10-24T17:00:00Z",
            "2027-10-31T18:00:00Z",
            "2027-11-07T18:00:00Z"
        ]
    );
}

#[test]
fn times_in_the_gap_and_the_overlap() {
    // 28 March 2027: no 02:30. A single event uses the offset before the change.
    assert_eq!(
        starts(&reading(&event(
            "DTSTART;TZID=Europe/Berlin:20270328T023000"
        ))),
        ["2027-03-28T01:30:00Z"]
    );
    // In a series that date does not exist (RFC 5545, 3.3.10).
    let nights = reading(&event(
        "DTSTART;TZID=Europe/Berlin:20270327T023000\r\nRRULE:FREQ=DAILY;UNTIL=20270329T003000Z",
    ));
    assert_eq!(
        starts(&nights),
        ["2027-03-27T01:30:00Z", "2027-03-29T00:30:00Z"]
    );
    // 31 October 2027: 02:30 occurs twice; only the first counts.
    let nights = reading(&event(
        "DTSTART;TZID=Europe/Berlin:20271030T023000\r\nRRULE:FREQ=DAILY;COUNT=3",
    ));
    assert_eq!(
        starts(&nights),
        [
            "2027-10-30T00:30:00Z",
            "2027-10-31T00:30:00Z",
            "2027-11-01T01:30:00Z"
        ]
    );
    // The length of an event across the change is in wall-clock time.
    let night = reading(&event(
        "DTSTART;TZID=Europe/Berlin:20270327T220000\r\nDTEND;TZID=Europe/Berlin:20270328T040000",
    ));
    let when = only(&night).content.when.clone().expect("a time");
    assert_eq!(
        when.ends_at.expect("an end").since(when.starts_at),
        Duration::from_hours(5)
    );
}

#[test]
fn zones_are_found_wherever_they_are_named() {
    let start = |lines: &str| starts(&reading(&event(lines))).join(" ");
    assert_eq!(start("DTSTART:20270701T190000Z"), "2027-07-01T19:00:00Z");
    assert_eq!(start("DTSTART:20270701T190000"), "2027-07-01T17:00:00Z");
    assert_eq!(
        start("DTSTART;TZID=\"/mozilla.org/20050126_1/Europe/London\":20270701T190000"),
        "2027-07-01T18:00:00Z"
    );
    assert_eq!(
        start("DTSTART;VALUE=DATE-TIME;TZID=America/New_York:20270701T190000"),
        "2027-07-01T23:00:00Z"
    );
    let calendar = event("DTSTART:20270701T190000").replace(
        "BEGIN:VEVENT",
        "X-WR-TIMEZONE:Europe/London\r\nBEGIN:VEVENT",
    );
    let london = reading(&calendar);
    assert_eq!(starts(&london), ["2027-07-01T18:00:00Z"]);
    assert_eq!(
        only(&london).content.when.as_ref().expect("a time").zone,
        Tz::Europe__London
    );
    let unknown = reading(&calendar.replace("Europe/London", "Nowhere"));
    assert!(
        unknown.notes[0].contains("“Nowhere” is unknown"),
        "{:?}",
        unknown.notes
    );
    assert!(
        reason("DTSTART;TZID=Mars/Olympus:20270701T190000").contains("“Mars/Olympus” is unknown")
    );
    // Times in UTC are shown in the calendar's zone.
    assert_eq!(
        only(&reading(&event("DTSTART:20270701T190000Z")))
            .content
            .when
            .as_ref()
            .expect("a time")
            .zone,
        Tz::Europe__Berlin
    );
}

#[test]
fn zones_that_a_calendar_defines_are_recognised() {
    let own = |rules: &str| {
        event("DTSTART;TZID=Unsere Zeit:20270701T190000").replace(
            "BEGIN:VEVENT",
            &format!(
                "BEGIN:VTIMEZONE\r\nTZID:Unsere Zeit\r\n{rules}\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"
            ),
        )
    };
    let berlin = "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT";
    let found = reading(&own(berlin));
    assert_eq!(starts(&found), ["2027-07-01T17:00:00Z"]);
    assert_eq!(
        only(&found).content.when.as_ref().expect("a time").zone,
        Tz::Europe__Berlin
    );
    assert_eq!(
        starts(&reading(&own("X-LIC-LOCATION:Asia/Tokyo"))),
        ["2027-07-01T10:00:00Z"]
    );
    let half = "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD";
    assert_eq!(starts(&reading(&own(half))), ["2027-07-01T13:30:00Z"]);
    let nowhere = reading(&own(&half.replace("0530", "0417")));
    assert!(
        nowhere.refused[0]
            .reason
            .contains("“Unsere Zeit” is unknown")
    );
}

#[test]
fn whole_days_begin_and_end_in_the_calendars_zone() {
    let when = |lines: &str| {
        only(&reading(&event(lines)))
            .content
            .when
            .clone()
            .expect("a time")
    };
    let one = when("DTSTART;VALUE=DATE:20270328");
    assert!(one.all_day);
    assert_eq!(
        (
            one.starts_at.to_string(),
            one.ends_at.expect("an end").to_string()
        ),
        ("2027-03-27T23:00:00Z".into(), "2027-03-28T22:00:00Z".into())
    );
    let three = when("DTSTART;VALUE=DATE:20270701\r\nDTEND;VALUE=DATE:20270704");
    assert_eq!(
        three.ends_at.expect("an end").since(three.starts_at),
        Duration::from_hours(72)
    );
    // The same day as beginning and end is one day; no VALUE is needed.
    assert_eq!(
        when("DTSTART:20270701\r\nDTEND:20270701").ends_at,
        when("DTSTART;VALUE=DATE:20270701").ends_at
    );
    let yearly = reading(&event("DTSTART;VALUE=DATE:19900401\r\nRRULE:FREQ=YEARLY"));
    assert_eq!(yearly.items[0].external_id, "u/20270401");
}

#[test]
fn ends_come_from_dtend_or_duration_if_plausible() {
    let ends = |lines: &str| {
        let reading = reading(&event(&format!("DTSTART:20270701T190000Z\r\n{lines}")));
        (
            only(&reading)
                .content
                .when
                .as_ref()
                .expect("a time")
                .ends_at
                .map(|end| end.to_string()),
            reading.notes.len(),
        )
    };
    assert_eq!(
        ends("DURATION:PT1H30M"),
        (Some("2027-07-01T20:30:00Z".into()), 0)
    );
    assert_eq!(
        ends("DURATION:P1W"),
        (Some("2027-07-08T19:00:00Z".into()), 0)
    );
    assert_eq!(
        ends("DTEND;TZID=Europe/Berlin:20270701T230000"),
        (Some("2027-07-01T21:00:00Z".into()), 0)
    );
    assert_eq!(ends(""), (None, 0));
    for wrong in [
        "DTEND:20270701T180000Z",
        "DURATION:-PT1H",
        "DURATION:P",
        "DURATION:PT99999999999H",
        "DTEND:20990101T000000Z",
    ] {
        assert_eq!(ends(wrong), (None, 1), "{wrong}");
    }
}

#[test]
fn exceptions_changes_and_cancellations_of_a_series() {
    let series = "BEGIN:VEVENT\r\nUID:s\r\nSUMMARY:Sprechstunde\r\nLOCATION:Rathaus\r\nDTSTART;TZID=Europe/Berlin:20270104T090000\r\nDTEND;TZID=Europe/Berlin:20270104T100000\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\nEXDATE;TZID=Europe/Berlin:20270111T090000\r\nEXDATE;VALUE=DATE:20270118\r\nEND:VEVENT\r\n";
    let moved = "BEGIN:VEVENT\r\nUID:s\r\nSUMMARY:Sprechstunde (verlegt)\r\nRECURRENCE-ID:20270125T080000Z\r\nDTSTART;TZID=Europe/Berlin:20270126T140000\r\nEND:VEVENT\r\n";
    let off = "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID;TZID=Europe/Berlin:20270201T090000\r\nDTSTART;TZID=Europe/Berlin:20270201T090000\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n";
    // The order in the file must not matter.
    for text in [
        format!("{series}{moved}{off}"),
        format!("{off}{moved}{series}"),
    ] {
        let reading = reading(&text);
        let seen: Vec<_> = reading
            .items
            .iter()
            .map(|item| (item.external_id.as_str(), title(item), item.cancelled))
            .collect();
        assert_eq!(
            seen,
            [
                ("s/20270104T080000Z", "Sprechstunde", false),
                ("s/20270125T080000Z", "Sprechstunde (verlegt)", false),
                ("s/20270201T080000Z", "Sprechstunde", true),
                ("s/20270208T080000Z", "Sprechstunde", false),
            ]
        );
        assert_eq!(starts(&reading)[1], "2027-01-26T13:00:00Z");
        assert!(reading.refused.is_empty());
    }
}

#[test]
fn this_and_future_changes_apply_to_all_later_occurrences() {
    let text = "BEGIN:VEVENT\r\nUID:s\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Berlin:20270301T190000\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:s\r\nSUMMARY:B\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20270315T190000\r\nDTSTART;TZID=Europe/Berlin:20270316T200000\r\nEND:VEVENT\r\n";
    let reading = reading(text);
    assert_eq!(
        starts(&reading),
        [
            "2027-03-01T18:00:00Z",
            "2027-03-08T18:00:00Z",
            "2027-03-16T19:00:00Z",
            "2027-03-23T19:00:00Z",
            "2027-03-30T18:00:00Z"
        ]
    );
    assert_eq!(reading.items[4].external_id, "s/20270329T170000Z");
    assert_eq!(title(&reading.items[2]), "B");
}

#[test]
fn cancelled_events_and_calendars_are_marked() {
    assert!(
        only(&reading(&event(
            "DTSTART:20270701T190000Z\r\nSTATUS:CANCELLED"
        )))
        .cancelled
    );
    let all =
        event("DTSTART:20270701T190000Z").replace("BEGIN:VEVENT", "METHOD:CANCEL\r\nBEGIN:VEVENT");
    assert!(only(&reading(&all)).cancelled);
    assert!(
        !only(&reading(&event(
            "DTSTART:20270701T190000Z\r\nSTATUS:CONFIRMED"
        )))
        .cancelled
    );
}

#[test]
fn more_dates_are_read_in_all_their_forms() {
    let more = reading(&event(
        "DTSTART:20270701T190000Z\r\nDURATION:PT1H\r\nRDATE:20270702T190000Z,20270703T190000Z\r\nRDATE;VALUE=PERIOD:20270704T190000Z/PT3H,20270705T190000Z/20270705T200000Z",
    ));
    assert_eq!(more.items.len(), 5);
    assert_eq!(
        more.items[3]
            .content
            .when
            .as_ref()
            .expect("a time")
            .ends_at
            .expect("an end")
            .to_string(),
        "2027-07-04T22:00:00Z"
    );
    assert!(
        reason("DTSTART:20270701T190000Z\r\nRDATE;VALUE=TIME:190000")
            .contains("RDATE:190000 is not a date")
    );
}

#[test]
fn invalid_and_hourly_rules_are_refused() {
    for (rule, wanted) in [
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("FREQ=MINUTELY;COUNT=5", "FREQ=MINUTELY"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=FORTNIGHTLY", "none of DAILY"),
        ("COUNT=5", "no FREQ"),
        ("FREQ=WEEKLY;INTERVAL=0", "every 0 days"),
        ("FREQ=WEEKLY;INTERVAL=-1", "every 0 days"),
        ("FREQ=WEEKLY;BYDAY=MO,XX", "cannot be read"),
        ("FREQ=WEEKLY;UNTIL=soon", "is not a date"),
        ("FREQ=DAILY;COUNT=99999999999", "COUNT"),
        (
            "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5",
            "more than 24 times",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=99", "cannot be read"),
        ("nonsense", "without a value"),
        (
            "FREQ=WEEKLY;BYDAY=-1¾U",
            "invalid characters: FREQ=WEEKLY;BYDAY=-1¾U",
        ),
        ("FREQ=WEEKLY;BYDAY=–1MO", "invalid characters"),
    ] {
        let reason = reason(&format!("DTSTART:20270701T190000Z\r\nRRULE:{rule}"));
        assert!(reason.contains(wanted), "{rule}: {reason}");
    }
}

#[test]
fn endless_and_enormous_rules_end_with_the_window() {
    let count = |rule: &str| {
        reading(&event(&format!(
            "DTSTART;TZID=Europe/Berlin:19500101T190000\r\nRRULE:{rule}"
        )))
        .items
        .len()
    };
    assert_eq!(count("FREQ=DAILY"), 365);
    assert_eq!(count("FREQ=DAILY;COUNT=1000000000"), 365);
    assert_eq!(count("FREQ=WEEKLY;UNTIL=99991231T235959Z"), 52);
    assert_eq!(count("freq=weekly;interval=2;byday=mo,we;wkst=su;"), 52);
    assert_eq!(count("FREQ=MONTHLY;BYDAY=-1FR"), 12);
    assert_eq!(count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), 0);
    assert_eq!(count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), 0);
    let many = reading(&event(
        "DTSTART:20270101T000000Z\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8",
    ));
    assert_eq!((many.items.len(), many.refused.len()), (500, 1));
}

#[test]
fn moving_the_start_closer_does_not_change_the_dates() {
    for rule in [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO",
        "FREQ=DAILY;INTERVAL=2;BYMONTH=6",
    ] {
        let start = "DTSTART;TZID=Europe/Berlin:20200505T190000";
        let near = reading(&event(&format!("{start}\r\nRRULE:{rule}")));
        // With COUNT the rule is expanded from its start.
        let whole = reading(&event(&format!("{start}\r\nRRULE:{rule};COUNT=1000000")));
        assert!(!near.items.is_empty());
        assert_eq!(starts(&near), starts(&whole), "{rule}");
    }
}

#[test]
fn texts_are_cleaned_and_addresses_removed() {
    let reading = reading(&event(
        "DTSTART:20270701T190000Z\r\nDESCRIPTION:Eins\\nzwei\\, drei\\n\\nMehr: https://example.org/x\r\nLOCATION:Altes Kurhaus\\, Aachen\r\nURL:https://example.org/e\r\n\
         ORGANIZER;CN=\"Kultur, Büro\":mailto:privat@example.org\r\nCATEGORIES:Kultur,Musik\\, Tanz\r\nCATEGORIES:Kultur",
    ));
    let item = only(&reading);
    let text = &item.content.texts[&item.content.original];
    assert_eq!(
        text.body,
        "<p>Eins<br>zwei, drei</p><p>Mehr: <a href=\"https://example.org/x\">https://example.org/x</a></p>"
    );
    assert_eq!(text.teaser, "Eins zwei, drei Mehr: https://example.org/x");
    assert_eq!(item.content.place.as_deref(), Some("Altes Kurhaus, Aachen"));
    let name = |item: &Item| {
        item.content
            .contact
            .clone()
            .and_then(|contact| contact.name)
    };
    assert_eq!(name(item).as_deref(), Some("Kultur, Büro"));
    assert_eq!(item.content.url.as_deref(), Some("https://example.org/e"));
    assert_eq!(item.categories, ["Kultur", "Musik, Tanz"]);
    let other = super::tests::reading(&event(
        "DTSTART:20270701T190000Z\r\nORGANIZER;CN=privat@example.org:mailto:privat@example.org\r\nX-ALT-DESC;FMTTYPE=text/html:<p onclick=x>Hallo <b>Welt</b><script>x</script></p>",
    ));
    let item = only(&other);
    assert_eq!(item.content.contact, None);
    assert_eq!(
        item.content.texts[&item.content.original].body,
        "<p>Hallo <strong>Welt</strong></p>"
    );
    assert!(!format!("{other:?}").contains("privat@"));
}

#[test]
fn unreadable_events_are_refused_with_a_reason() {
    assert!(reason("").contains("no start"));
    assert!(reason("DTSTART:99999999").contains("DTSTART:99999999 is not a date"));
    assert!(reason("DTSTART:00000101T000000").contains("is not a date"));
    assert!(reason("DTSTART:20270701T250000").contains("is not a date"));
    assert!(reason("DTSTART:20270701T190000Z\r\nCLASS:PRIVATE").contains("not public"));
    assert!(
        reason("DTSTART:20270701T190000Z\r\nEXDATE:soon").contains("EXDATE:soon is not a date")
    );
    assert!(
        reason("DTSTART:20270701T190000Z\r\nRECURRENCE-ID;RANGE=THISANDPRIOR:20270701T190000Z")
            .contains("RANGE")
    );
    let untitled = reading("BEGIN:VEVENT\nDTSTART:20270701T190000Z\nEND:VEVENT\n");
    assert_eq!(
        (
            untitled.refused[0].item.as_str(),
            untitled.refused[0].reason.as_str()
        ),
        ("event in line 1", "it has no title (SUMMARY)")
    );
    let cut = reading(
        event("DTSTART:20270701T190000Z")
            .split("END:VEVENT")
            .next()
            .expect("a part"),
    );
    assert!(cut.refused[0].reason.contains("END:VEVENT is missing"));
    for nothing in ["", "hello", "<html>"] {
        assert!(matches!(
            read(nothing.as_bytes(), &options(at(2027, 1, 1))),
            Err(CalendarError::NoCalendar)
        ));
    }
    assert!(
        reading("BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR")
            .items
            .is_empty()
    );
}

#[test]
fn identifiers_are_stable() {
    let id = |text: &str| only(&reading(text)).external_id.clone();
    // An event that is moved stays the same entry.
    assert_eq!(
        id(&event("DTSTART:20270701T190000Z")),
        id(&event("DTSTART:20270801T190000Z"))
    );
    let bare = event("DTSTART:20270701T190000Z").replace("UID:u\r\n", "");
    assert!(id(&bare).starts_with("sha256:"));
    assert_eq!(id(&bare), id(&bare));
    let twice = reading(&format!(
        "{}{}{}",
        event("DTSTART:20270701T190000Z"),
        event("DTSTART:20270702T190000Z"),
        event("DTSTART:20270701T190000Z\r\nSEQUENCE:3\r\nLOCATION:neu")
    ));
    let ids: Vec<_> = twice
        .items
        .iter()
        .map(|item| (item.external_id.as_str(), item.content.place.as_deref()))
        .collect();
    assert_eq!(ids, [("u", Some("neu")), ("u/20270702T190000Z", None)]);
    assert!(twice.refused[0].reason.contains("twice"));
}

#[test]
fn encodings_folds_and_line_ends_are_tolerated() {
    let latin: Vec<u8> = event("DTSTART:20270701T190000Z")
        .replace("SUMMARY:T", "SUMMARY:Stra@e")
        .bytes()
        .map(|b| if b == b'@' { 0xdf } else { b })
        .collect();
    let read_latin = read(&latin, &options(at(2027, 1, 1))).expect("a calendar");
    assert_eq!(
        (title(only(&read_latin)), read_latin.notes.len()),
        ("Straße", 1)
    );
    // Folded within a character.
    let mut folded =
        b"\xef\xbb\xbfBEGIN:VEVENT\nSUMMARY:Stra\xc3\r\n \x9fe\nDTSTART:20270701\n T190000Z\nEND:VEVENT\n".to_vec();
    assert_eq!(
        title(only(
            &read(&folded, &options(at(2027, 1, 1))).expect("a calendar")
        )),
        "Straße"
    );
    folded.retain(|byte| *byte != b'\r');
    assert_eq!(
        title(only(
            &read(&folded, &options(at(2027, 1, 1))).expect("a calendar")
        )),
        "Straße"
    );
    let odd = event(
        "DTSTART;;X=\";TZID=:20270701T190000Z\r\n;:;:\r\n:\r\ngarbage\r\nSUMMARY;LANGUAGE=nl-BE:B",
    )
    .replace("SUMMARY:T\r\n", "");
    let odd = reading(&odd);
    assert_eq!(odd.items.len() + odd.refused.len(), 1);
}

#[test]
fn large_input_stays_bounded() {
    let many = "BEGIN:VEVENT\nEND:VEVENT\n".repeat(10_001);
    assert!(matches!(
        read(many.as_bytes(), &options(at(2027, 1, 1))),
        Err(CalendarError::TooManyItems { max: 10_000 })
    ));
    let nested = format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(100_000));
    assert!(reading(&nested).items.is_empty());
    let _ = reading(&"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\n".repeat(50_000));
    let long = "x".repeat(10_000_000);
    assert_eq!(
        reading(&event(&format!(
            "DTSTART:20270701T190000Z\r\nDESCRIPTION:{long}\r\nATTACH:{long}"
        )))
        .items
        .len(),
        1
    );
    assert!(
        reason(&format!("DTSTART:20270701T190000Z\r\nLOCATION:{long}")).contains("longer than")
    );
    assert!(
        reason(&format!(
            "DTSTART:20270701T190000Z\r\n{}",
            "EXDATE:20270701T190000Z\r\n".repeat(3_000)
        ))
        .contains("2,000 lines")
    );
    assert!(
        reason(&format!(
            "DTSTART:20270701T190000Z\r\nRDATE:{}",
            "20270701T190000Z,".repeat(6_000)
        ))
        .contains("5,000")
    );
    let mut dry = String::new();
    for n in 0..8 {
        let _ = writeln!(
            dry,
            "BEGIN:VEVENT\nUID:{n}\nSUMMARY:x\nDTSTART:20270701T190000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT"
        );
    }
    let dry = reading(&dry);
    assert_eq!(dry.refused.len(), 3, "{:?}", dry.refused);
    assert!(dry.refused[0].reason.contains("never match a date"));
}

#[test]
fn truncated_calendars_never_panic() {
    for (_, bytes) in fixtures() {
        for end in (0..bytes.len()).step_by(31) {
            let _ = read(&bytes[..end], &options(at(2012, 1, 1)));
        }
    }
}

fn rules() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        proptest::sample::select(vec![
            "INTERVAL=2",
            "INTERVAL=65535",
            "COUNT=3",
            "COUNT=100000",
            "UNTIL=20280101",
            "WKST=SU",
            "BYDAY=MO,FR",
            "BYDAY=-1SU",
            "BYDAY=5MO",
            "BYDAY=53TU",
            "BYDAY=-53TU"
        ])
        .prop_map(str::to_owned),
        (-53_i32..54).prop_map(|n| format!("BYWEEKNO={n}")),
        (-366_i32..367).prop_map(|n| format!("BYYEARDAY={n}")),
        (-31_i32..32).prop_map(|n| format!("BYMONTHDAY={n}")),
        (-366_i32..367).prop_map(|n| format!("BYSETPOS={n}")),
        (0_i32..14).prop_map(|n| format!("BYMONTH={n}")),
        (0_i32..25).prop_map(|n| format!("BYHOUR={n}")),
        (0_i32..61).prop_map(|n| format!("BYMINUTE={n};BYSECOND={n}")),
    ];
    let freq = proptest::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    (freq, proptest::collection::vec(part, 0..4))
        .prop_map(|(freq, parts)| format!("FREQ={freq};{}", parts.join(";")))
}

/// Parts of a rule with mistyped or malicious values.
fn strange_rules() -> impl Strategy<Value = String> {
    let key = proptest::sample::select(vec![
        "BYDAY",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYSETPOS",
        "BYHOUR",
        "COUNT",
        "INTERVAL",
        "WKST",
        "UNTIL",
        "BYEASTER",
    ]);
    let part = (
        key,
        "[-+]?[0-9]{0,11}(MO|SU|[A-Z¾é]{0,3})(,[-+]?[0-9]{1,6}(MO|TU)?)?",
    )
        .prop_map(|(key, value)| format!("{key}={value}"));
    let freq = proptest::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    (freq, proptest::collection::vec(part, 1..4))
        .prop_map(|(freq, parts)| format!("FREQ={freq};{}", parts.join(";")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rules_never_panic(rule in prop_oneof![strange_rules(), "\\PC{0,60}"]) {
        let reading = reading(&event(&format!("DTSTART;TZID=Europe/Berlin:20270105T023000\r\nRRULE:{rule}")));
        prop_assert!(reading.items.len() <= 500);
    }

    #[test]
    fn mutated_calendars_never_panic(file in any::<proptest::sample::Index>(), changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12)) {
        let mut files = fixtures();
        let (_, bytes) = &mut files[file.index(14)];
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(bytes, &options(at(2012, 1, 1)));
    }

    #[test]
    fn rules_end_and_stay_in_the_window(rule in rules(), day in "(19[0-9][0-9]|20[0-2][0-9])(0[1-9]|1[0-2])(0[1-9]|[12][0-9])") {
        let reading = reading(&event(&format!("DTSTART;TZID=Europe/Berlin:{day}T023000\r\nRRULE:{rule}")));
        prop_assert!(reading.items.len() <= 500);
        for item in &reading.items {
            let start = item.content.when.as_ref().expect("a time").starts_at;
            prop_assert!(start >= at(2027, 1, 1) && start <= at(2028, 1, 2));
        }
    }
}
