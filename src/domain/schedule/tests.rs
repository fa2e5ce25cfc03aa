//! Every local slot occurs once: on nights of clock changes, compared with a scan of every minute,
//! and with another cron library.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

/// Nights on which clocks change in 2027, with the day before each.
const NIGHTS: [(&str, u32, u32); 6] = [
    ("Europe/Berlin", 3, 28),
    ("Europe/Berlin", 10, 31),
    ("America/New_York", 3, 14),
    ("America/New_York", 11, 7),
    ("Australia/Lord_Howe", 4, 4),  // half an hour back
    ("Australia/Lord_Howe", 10, 3), // half an hour forward
];

fn schedule(line: &str, zone: &str) -> Schedule {
    Schedule::parse(line, zone).unwrap_or_else(|problem| panic!("{line}: {problem}"))
}

fn line(text: &str) -> CronLine {
    CronLine::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time in a test")
}

fn instant(rfc3339: &str) -> Timestamp {
    let time: DateTime<Utc> = rfc3339.parse().expect("an instant in a test");
    time.into()
}

/// `local → instant change` for each of the first `count` slots after a wall-clock time.
fn listed(line: &str, zone: &str, from: &str, count: usize) -> Vec<String> {
    let it = schedule(line, zone);
    it.slots_after(local(from))
        .take(count)
        .map(|slot| format!("{slot} → {} {:?}", slot.at, slot.shifted))
        .collect()
}

#[test]
fn half_past_two_in_spring_and_autumn() {
    assert_eq!(
        listed("30 2 * * *", "Europe/Berlin", "2027-03-27 00:00", 3),
        [
            "2027-03-27 02:30 → 2027-03-27T01:30:00Z None",
            "2027-03-28 02:30 → 2027-03-28T01:00:00Z Gap",
            "2027-03-29 02:30 → 2027-03-29T00:30:00Z None",
        ]
    );
    assert_eq!(
        listed("30 2 * * *", "Europe/Berlin", "2027-10-30 00:00", 3),
        [
            "2027-10-30 02:30 → 2027-10-30T00:30:00Z None",
            "2027-10-31 02:30 → 2027-10-31T00:30:00Z Overlap",
            "2027-11-01 02:30 → 2027-11-01T01:30:00Z None",
        ]
    );
}

#[test]
fn two_o_clock_on_sundays_is_in_the_middle_of_it() {
    assert_eq!(
        listed("0 2 * * SUN", "America/New_York", "2027-03-14 00:00", 1),
        ["2027-03-14 02:00 → 2027-03-14T07:00:00Z Gap"]
    );
    assert_eq!(
        listed("0 2 * * SUN", "Europe/Berlin", "2027-10-30 00:00", 1),
        ["2027-10-31 02:00 → 2027-10-31T00:00:00Z Overlap"]
    );
}

#[test]
fn each_half_hour_of_the_night_is_a_slot_of_its_own() {
    assert_eq!(
        listed("*/30 * * * *", "Europe/Berlin", "2027-03-28 01:00", 4),
        [
            "2027-03-28 01:30 → 2027-03-28T00:30:00Z None",
            "2027-03-28 02:00 → 2027-03-28T01:00:00Z Gap",
            "2027-03-28 02:30 → 2027-03-28T01:00:00Z Gap",
            "2027-03-28 03:00 → 2027-03-28T01:00:00Z None",
        ]
    );
    assert_eq!(
        listed("*/30 * * * *", "Europe/Berlin", "2027-10-31 01:30", 4),
        [
            "2027-10-31 02:00 → 2027-10-31T00:00:00Z Overlap",
            "2027-10-31 02:30 → 2027-10-31T00:30:00Z Overlap",
            "2027-10-31 03:00 → 2027-10-31T02:00:00Z None",
            "2027-10-31 03:30 → 2027-10-31T02:30:00Z None",
        ]
    );
    assert_eq!(
        listed("*/30 * * * *", "Australia/Lord_Howe", "2027-10-03 01:30", 2),
        [
            "2027-10-03 02:00 → 2027-10-02T15:30:00Z Gap",
            "2027-10-03 02:30 → 2027-10-02T15:30:00Z None"
        ]
    );
    assert_eq!(
        listed("*/30 * * * *", "Australia/Lord_Howe", "2027-04-04 01:00", 2),
        [
            "2027-04-04 01:30 → 2027-04-03T14:30:00Z Overlap",
            "2027-04-04 02:00 → 2027-04-03T15:30:00Z None"
        ]
    );
}

/// A pitfall of time-zone arithmetic in `cron`: at the second 02:15, 02:30 is not next.
#[test]
fn slots_do_not_repeat_in_the_repeated_hour() {
    let it = schedule("30 2 * * *", "Europe/Berlin");
    let second_quarter_past_two = instant("2027-10-31T01:15:00Z");
    let next = it.next_after(second_quarter_past_two).map(|slot| slot.id());
    assert_eq!(next.as_deref(), Some("2027-11-01T02:30"));
    assert_eq!(
        it.next_after(instant("2027-10-31T00:15:00Z"))
            .map(|slot| slot.at),
        Some(instant("2027-10-31T00:30:00Z"))
    );
}

/// A job that runs every few minutes, from two days before the change to two days after.
#[test]
fn a_job_sees_every_local_slot_once_and_none_in_the_past() {
    for (zone, month, day) in NIGHTS {
        for text in [
            "30 2 * * *",
            "*/30 * * * *",
            "0 2 * * SUN",
            "15 1,2,3 * * *",
            "* * * * *",
            "0 3 * * *",
        ] {
            for minutes in [1, 7, 60, 600] {
                let it = schedule(text, zone);
                let night = NaiveDate::from_ymd_opt(2027, month, day).expect("a date in a test");
                let first = (night - Days::new(2))
                    .and_hms_opt(12, 0, 30)
                    .expect("a time in a test");
                let last = (night + Days::new(2))
                    .and_hms_opt(12, 0, 30)
                    .expect("a time in a test");
                let (end, _) = clock_change::instant_of(last, it.zone);
                let (mut before, _) = clock_change::instant_of(first, it.zone);
                let mut met = Vec::new();
                while before < end {
                    let now = before.plus(Duration::from_mins(minutes)).min(end);
                    for slot in it.slots_between(before, now) {
                        assert!(
                            before < slot.at && slot.at <= now,
                            "{text} {zone}: {slot} at {} is not in {before}..{now}",
                            slot.at
                        );
                        met.push(slot.local);
                    }
                    before = now;
                }
                let expected: Vec<_> = minutes_between(first, last)
                    .filter(|time| fits(&it.line, *time))
                    .collect();
                assert_eq!(met, expected, "{text} {zone} every {minutes} min");
            }
        }
    }
}

#[test]
fn every_gap_of_every_zone_ends() {
    for zone in chrono_tz::TZ_VARIANTS {
        let it = Schedule {
            line: line("0 0-3 * * *"),
            zone,
        };
        let mut before = Timestamp::from_micros(0);
        for slot in it.slots_after(local("2026-12-31 23:00")).take(366 * 2) {
            assert!(before <= slot.at, "{zone}: {slot} steps back");
            let shown = slot.at.in_zone(zone).naive_local();
            if slot.shifted == ClockChange::Gap {
                let jump = shown - slot.local;
                assert!(
                    jump > TimeDelta::zero() && jump <= TimeDelta::hours(24),
                    "{zone}: {slot} jumps {jump}"
                );
            } else {
                assert_eq!(shown, slot.local, "{zone}");
            }
            before = slot.at;
        }
    }
}

fn minutes_between(
    after: NaiveDateTime,
    until: NaiveDateTime,
) -> impl Iterator<Item = NaiveDateTime> {
    let first = to_the_minute(after) + TimeDelta::minutes(1);
    std::iter::successors(Some(first), |time| Some(*time + TimeDelta::minutes(1)))
        .take_while(move |time| *time <= until)
}

/// Uses the parsed sets, without the crate `cron`.
fn fits(line: &CronLine, time: NaiveDateTime) -> bool {
    let day = line.days.has(time.day());
    let weekday = line.weekdays.has(time.weekday().num_days_from_sunday());
    line.minutes.has(time.minute())
        && line.hours.has(time.hour())
        && line.months.has(time.month())
        && if line.either_day {
            day || weekday
        } else {
            day && weekday
        }
}

fn set(set: cron_line::Set) -> Vec<u32> {
    set.numbers().collect()
}

#[test]
fn fields_are_read_as_people_write_them() {
    let weekdays = |text: &str| set(line(&format!("0 7 * * {text}")).weekdays);
    assert_eq!(weekdays("0"), [0]);
    assert_eq!(weekdays("7"), [0]);
    assert_eq!(weekdays("sun,Mon,TUESDAY"), [0, 1, 2]);
    assert_eq!(weekdays("1-5"), [1, 2, 3, 4, 5]);
    assert_eq!(weekdays("5-7"), [0, 5, 6]);
    assert_eq!(weekdays("fri-mon"), [0, 1, 5, 6]);
    assert_eq!(weekdays("SAT-SUN"), [0, 6]);
    assert_eq!(weekdays("7-2"), [0, 1, 2]);
    assert_eq!(weekdays("0-7"), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(weekdays("*/2"), [0, 2, 4, 6]);
    assert_eq!(weekdays("FRI-TUE/2"), [0, 2, 5]);
    let hours = |text: &str| set(line(&format!("0 {text} * * *")).hours);
    assert_eq!(hours("22-2"), [0, 1, 2, 22, 23]);
    assert_eq!(hours("8-17/3"), [8, 11, 14, 17]);
    assert_eq!(hours("20/2"), [20, 22]);
    assert_eq!(hours("07"), [7]);
    assert_eq!(set(line("0 0 1 nov-feb *").months), [1, 2, 11, 12]);
    assert_eq!(
        set(line("0,15-17,*/20 0 1 1 *").minutes),
        [0, 15, 16, 17, 20, 40]
    );
    assert_eq!(line("  30\t7 *  * 4 ").as_str(), "30 7 * * 4");
    for (shortcut, meaning) in [
        ("@hourly", "0 * * * *"),
        ("@Daily", "0 0 * * *"),
        ("@midnight", "0 0 * * *"),
        ("@weekly", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 1 *"),
        ("@annually", "0 0 1 1 *"),
    ] {
        let start = local("2027-02-10 10:10");
        assert!(
            line(shortcut)
                .times_after(start)
                .take(9)
                .eq(line(meaning).times_after(start).take(9)),
            "{shortcut}"
        );
    }
}

#[test]
fn either_kind_of_day_is_enough_when_both_are_restricted() {
    let days = |text: &str| -> Vec<u32> {
        let it = line(text);
        it.times_after(local("2027-02-28 12:00"))
            .take_while(|time| time.month() == 3)
            .map(|time| time.day())
            .collect()
    };
    // March 2027 begins on a Monday.
    assert_eq!(days("0 7 * * MON"), [1, 8, 15, 22, 29]);
    assert_eq!(days("0 7 1,10 * *"), [1, 10]);
    assert_eq!(days("0 7 1,10 * MON"), [1, 8, 10, 15, 22, 29]);
    // `*/n` restricts in addition, as in unix cron.
    assert_eq!(days("0 7 */7 * MON"), [1, 8, 15, 22, 29]);
    assert_eq!(days("0 7 */2 * MON"), [1, 15, 29]);
    // Never by day of month, but by day of week.
    assert_eq!(days("0 7 30 2,3 MON"), [1, 8, 15, 22, 29, 30]);
    let mut february = line("0 7 30 2 MON")
        .times_after(local("2027-01-01 00:00"))
        .take(2)
        .collect::<Vec<_>>()
        .into_iter();
    assert_eq!(february.next(), Some(local("2027-02-01 07:00")));
}

#[test]
fn leap_days_are_slots() {
    let next = line("0 7 29 2 *")
        .times_after(local("2027-01-01 00:00"))
        .next();
    assert_eq!(next, Some(local("2028-02-29 07:00")));
}

#[test]
fn refusals_say_what_to_do() {
    let refused = |text: &str| CronLine::parse(text).expect_err(text);
    for text in [
        "0 7 30 2 *",
        "0 7 31 2,4,6,9,11 *",
        "0 7 30-31 FEB *",
        "0 7 30 2 */2",
    ] {
        assert_eq!(CronLine::parse(text), Err(BadLine::NeverFires), "{text}");
    }
    assert!(CronLine::parse("0 7 31 2,3 *").is_ok());
    for text in [
        "60 7 * * *",
        "x 7 * * *",
        "-1 7 * * *",
        "+5 7 * * *",
        "1- 7 * * *",
        ", 7 * * *",
        "1,,2 7 * * *",
        "? 7 * * *",
        "1-2-3 7 * * *",
        "5L 7 * * *",
    ] {
        assert!(
            matches!(
                refused(text),
                BadLine::Field {
                    field: FieldName::Minute,
                    ..
                }
            ),
            "{text}: {:?}",
            refused(text)
        );
    }
    for (text, field) in [
        ("0 24 * * *", FieldName::Hour),
        ("0 7 0 * *", FieldName::DayOfMonth),
        ("0 7 32 * *", FieldName::DayOfMonth),
        ("0 7 L * *", FieldName::DayOfMonth),
        ("0 7 * 13 *", FieldName::Month),
        ("0 7 * MAI *", FieldName::Month),
        ("0 7 * * 8", FieldName::DayOfWeek),
        ("0 7 * * DO", FieldName::DayOfWeek),
        ("0 7 * * MON#1", FieldName::DayOfWeek),
    ] {
        assert!(
            matches!(refused(text), BadLine::Field { field: found, .. } if found == field),
            "{text}"
        );
    }
    for text in [
        "*/0 7 * * *",
        "*/90 7 * * *",
        "*/ 7 * * *",
        "*/x 7 * * *",
        "*/99999999999 7 * * *",
    ] {
        assert!(
            matches!(
                refused(text),
                BadLine::Step {
                    field: FieldName::Minute,
                    ..
                }
            ),
            "{text}"
        );
    }
    assert_eq!(refused(" \n"), BadLine::Empty);
    assert_eq!(refused(&"*,".repeat(300)), BadLine::TooLong);
    assert_eq!(refused("30 7 * *"), BadLine::Fields(4));
    assert_eq!(refused("0 30 7 * * 4"), BadLine::SixFields);
    assert_eq!(refused("0 30 7 * * 4 2027"), BadLine::Fields(7));
    assert_eq!(refused("@reboot"), BadLine::Shortcut("@reboot".to_owned()));
    insta::assert_snapshot!(refused("0 25 * * *"), @"“25” is not valid in the field “hour”: allowed are numbers from 0 to 23; also lists (1,2), ranges (1-5) and steps (*/2)");
    insta::assert_snapshot!(refused("*/90 * * * *"), @"the step in “*/90” (field “minute”) cannot be used: a step is a number from 1 to 59; write longer distances with the next field, such as `0 */2 * * *` for every two hours");
    insta::assert_snapshot!(refused("0 7 * * DO"), @"“DO” is not valid in the field “day of week”: allowed are numbers from 0 to 7 (0 and 7 are Sunday) and English names such as MON; also lists (1,2), ranges (1-5) and steps (*/2)");
    insta::assert_snapshot!(refused("30 7 * *"), @"the schedule has 4 field(s); write five: minute, hour, day of month, month, day of week (such as `30 7 * * THU`)");
    insta::assert_snapshot!(refused("0 7 30 2 *"), @"the schedule never fires: none of its months has such a day; check day of month and month");
}

#[test]
fn unknown_zones_name_the_nearest() {
    let refused = |zone: &str| Schedule::parse("@daily", zone).expect_err(zone).to_string();
    assert_eq!(
        refused("Europe/Berln"),
        "“Europe/Berln” is not a time zone; did you mean Europe/Berlin?"
    );
    assert_eq!(
        refused("berlin"),
        "“berlin” is not a time zone; did you mean Europe/Berlin?"
    );
    assert_eq!(
        refused("europe/berlin"),
        "“europe/berlin” is not a time zone; did you mean Europe/Berlin?"
    );
    assert!(refused("W. Europe Standard Time").contains("named like Europe/Berlin"));
    assert!(refused("").contains("named like Europe/Berlin"));
    assert!(refused(&"x".repeat(100_000)).len() < 300);
}

#[test]
fn lines_in_words() {
    for (text, words) in [
        ("30 7 * * 4", "every Thursday at 07:30"),
        ("30 7 * * *", "every day at 07:30"),
        ("@daily", "every day at 00:00"),
        (
            "0 7,12 * * MON,THU",
            "every Monday and Thursday at 07:00 and 12:00",
        ),
        ("0 9 * * 1-5", "every day from Monday to Friday at 09:00"),
        ("0 9 * * 6,0", "every Saturday and Sunday at 09:00"),
        (
            "0 9 * * FRI-SUN",
            "every day from Friday to Sunday at 09:00",
        ),
        ("0 6 1 * *", "on the 1st of every month at 06:00"),
        (
            "0 6 2,13,23 * *",
            "on the 2nd, 13th and 23rd of every month at 06:00",
        ),
        ("0 6 1 1,7 *", "on the 1st of January and July at 06:00"),
        (
            "0 6 1 * MON",
            "on the 1st of every month and every Monday at 06:00",
        ),
        ("0 6 * 12 THU", "every Thursday in December at 06:00"),
        ("@yearly", "on the 1st of January at 00:00"),
        ("* * * * *", "every minute"),
        ("*/15 * * * *", "every 15 minutes"),
        ("0,30 * * * *", "every 30 minutes"),
        (
            "*/15 8-17 * * MON",
            "every Monday, every 15 minutes from 08:00 to 17:45",
        ),
        ("@hourly", "every hour"),
        ("20 * * * *", "every hour at minute 20"),
        ("0 */3 * * *", "every 3 hours"),
        ("0 8-18 * * *", "every hour from 08:00 to 18:00"),
        ("5,50 8 * * *", "every day at 08:05 and 08:50"),
        ("3,7 1,5,9,11 * * *", "by the line “3,7 1,5,9,11 * * *”"),
        ("0 7 */2 * MON", "by the line “0 7 */2 * MON”"),
    ] {
        assert_eq!(line(text).words(), words, "{text}");
    }
    assert_eq!(
        schedule("30 7 * * THU", "Europe/Berlin").words(),
        "every Thursday at 07:30 (Europe/Berlin)"
    );
}

#[test]
fn missed_slots_are_caught_up_for_a_while() {
    let at = instant("2027-03-28T01:00:00Z");
    let catch_up = Duration::from_hours(6);
    assert_eq!(
        due(at, at.minus(Duration::from_micros(1)), catch_up),
        Due::NotYet
    );
    assert_eq!(due(at, at, catch_up), Due::Now);
    assert_eq!(due(at, at.plus(catch_up), catch_up), Due::Now);
    assert_eq!(
        due(
            at,
            at.plus(catch_up).plus(Duration::from_micros(1)),
            catch_up
        ),
        Due::Missed
    );
}

/// One field: its text, and its numbers, computed independently.
fn field(first: u32, last: u32) -> impl Strategy<Value = (String, BTreeSet<u32>)> {
    let part = prop_oneof![
        3 => Just(("*".to_owned(), (first..=last).collect::<BTreeSet<_>>())),
        4 => (first..=last).prop_map(|one| (one.to_string(), BTreeSet::from([one]))),
        2 => (first..=last, first..=last).prop_map(move |(a, b)| {
            let numbers = if a <= b { (a..=b).collect() } else { (a..=last).chain(first..=b).collect() };
            (format!("{a}-{b}"), numbers)
        }),
        2 => (1..=last).prop_map(move |step| {
            (format!("*/{step}"), (first..=last).filter(|number| (number - first).is_multiple_of(step)).collect())
        }),
        2 => proptest::collection::btree_set(first..=last, 1..5).prop_map(|numbers| {
            (numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(","), numbers)
        }),
    ];
    part
}

type Field = (String, BTreeSet<u32>);

fn any_line() -> impl Strategy<Value = (Field, Field, Field, Field, Field)> {
    (
        field(0, 59),
        field(0, 23),
        field(1, 31),
        field(1, 12),
        field(0, 6),
    )
}

fn text_of((minute, hour, day, month, weekday): &(Field, Field, Field, Field, Field)) -> String {
    [minute, hour, day, month, weekday]
        .map(|field| field.0.clone())
        .join(" ")
}

proptest! {
    #[test]
    fn times_are_those_of_a_scan_of_every_minute(parts in any_line(), day in 0_u64..3_000, minute in 0_i64..1_440) {
        let Ok(it) = CronLine::parse(&text_of(&parts)) else { return Ok(()) };
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date in a test") + Days::new(day);
        let start = start.and_hms_opt(0, 0, 0).expect("a time in a test") + TimeDelta::minutes(minute);
        let end = start + TimeDelta::days(4);
        let (minutes, hours, days, months, weekdays) = &parts;
        let either = !days.0.starts_with('*') && !weekdays.0.starts_with('*');
        let expected: Vec<_> = minutes_between(start, end).filter(|time| {
            let (day, weekday) = (days.1.contains(&time.day()), weekdays.1.contains(&time.weekday().num_days_from_sunday()));
            minutes.1.contains(&time.minute()) && hours.1.contains(&time.hour()) && months.1.contains(&time.month())
                && if either { day || weekday } else { day && weekday }
        }).collect();
        let found: Vec<_> = it.times_after(start).take_while(|time| *time <= end).collect();
        prop_assert_eq!(found, expected, "{}", it);
    }

    #[test]
    fn next_is_later_and_slots_grow(parts in any_line(), micros in 1_790_000_000_000_000_i64..2_000_000_000_000_000, zone in 0..NIGHTS.len()) {
        let Ok(it) = Schedule::parse(&text_of(&parts), NIGHTS[zone].0) else { return Ok(()) };
        let after = Timestamp::from_micros(micros);
        let Some(next) = it.next_after(after) else { return Ok(()) };
        prop_assert!(next.at > after);
        let clock = after.in_zone(it.zone).naive_local();
        prop_assert!(next.local > clock);
        let slots: Vec<_> = it.slots_after(clock).take(50).collect();
        prop_assert!(slots.windows(2).all(|pair| pair[0].local < pair[1].local && pair[0].at <= pair[1].at));
        prop_assert_eq!(slots.iter().find(|slot| slot.at > after), Some(&next));
    }

    #[test]
    fn near_a_change_too(minutes in -300_i64..300, micros in 0_u64..60_000_000, night in 0..NIGHTS.len(), text in "(\\*|\\*/30|30|0|17) (\\*|2|1-3) \\* \\* \\*") {
        let (zone, month, day) = NIGHTS[night];
        let it = schedule(&text, zone);
        let night = NaiveDate::from_ymd_opt(2027, month, day).and_then(|day| day.and_hms_opt(2, 0, 0)).expect("a time in a test");
        let (middle, _) = clock_change::instant_of(night, it.zone);
        let after = Timestamp::from_micros(middle.micros() + minutes * 60_000_000).plus(Duration::from_micros(micros));
        let next = it.next_after(after).expect("a daily line has a next slot");
        prop_assert!(next.at > after);
        // None was skipped: on the wall clock of the whole night, no slot in between is later than
        // `after`.
        let earlier = it.slots_after(night - TimeDelta::hours(12)).take_while(|slot| slot.local < next.local);
        prop_assert!(earlier.into_iter().all(|slot| slot.at <= after));
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,40}", shaped in "[0-9*/,@A-Za-z -]{0,30}") {
        let _ = CronLine::parse(&text);
        if let Ok(it) = CronLine::parse(&shaped) {
            let _ = (it.words(), it.times_after(local("2027-01-01 00:00")).next());
        }
    }

    /// croner reads the same dialect where days are restricted plainly (it also ORs `*/n`).
    #[test]
    fn croner_agrees(parts in any_line(), days in 0_u64..3_000) {
        let (_, _, day, _, weekday) = &parts;
        let text = text_of(&parts);
        let crossing = text.split(' ').any(|field| field.split_once('-').is_some_and(|(a, b)| a.parse::<u32>().ok() > b.parse::<u32>().ok()));
        prop_assume!(!(crossing || day.0.starts_with("*/") || weekday.0.starts_with("*/")));
        let Ok(it) = CronLine::parse(&text) else { return Ok(()) };
        let theirs: croner::Cron = text.parse().expect("croner reads what we read");
        let start = NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a time in a test") + Days::new(days);
        let ours: Vec<_> = it.times_after(start).take(10).map(|time| time.and_utc()).collect();
        let theirs: Vec<_> = theirs.iter_after(start.and_utc()).take(10).collect();
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}

/// For lines with times of day, croner maps slots to instants by the same rule.
#[test]
fn croner_agrees_on_the_nights_of_the_change() {
    for (zone, month, day) in NIGHTS {
        for text in ["30 2 * * *", "0 2 * * SUN", "15 1 * * *", "0 3 * * *"] {
            let it = schedule(text, zone);
            let theirs: croner::Cron = text.parse().expect("croner reads what we read");
            let night = NaiveDate::from_ymd_opt(2027, month, day).expect("a date in a test");
            let (start, _) = clock_change::instant_of(
                (night - Days::new(1))
                    .and_hms_opt(12, 0, 0)
                    .expect("a time in a test"),
                it.zone,
            );
            let ours: Vec<_> = it
                .slots_between(start, start.plus(Duration::from_hours(48)))
                .map(|slot| slot.at)
                .collect();
            let theirs: Vec<Timestamp> = theirs
                .iter_after(start.in_zone(it.zone))
                .take(ours.len())
                .map(|time| time.with_timezone(&Utc).into())
                .collect();
            assert_eq!(ours, theirs, "{text} {zone}");
        }
    }
}
