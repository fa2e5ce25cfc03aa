use std::time::Duration;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    let time: DateTime<Utc> = text.parse().expect("an instant in a test");
    time.into()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day in a test")
}

fn timetable(line: &str, rule: HolidayRule) -> Timetable {
    Timetable {
        schedule: Schedule::parse(line, "Europe/Berlin").expect("a schedule"),
        free: FreeDays {
            region: Some(Region::NorthRhineWestphalia),
            eves: true,
            own: BTreeMap::new(),
        },
        rule,
        pauses: Vec::new(),
    }
}

/// Slot, day on which it goes out, fate.
fn told(planned: &[Planned]) -> Vec<(String, String, &'static str)> {
    planned
        .iter()
        .map(|one| {
            let fate = match one.fate {
                Fate::OnTime => "on time",
                Fate::Moved => "moved",
                Fate::Skipped => "skipped",
                Fate::Paused(_) => "paused",
            };
            (
                one.slot.id(),
                one.on.format("%Y-%m-%dT%H:%M").to_string(),
                fate,
            )
        })
        .collect()
}

fn expected(rows: &[(&str, &str, &'static str)]) -> Vec<(String, String, &'static str)> {
    rows.iter()
        .map(|(slot, on, fate)| ((*slot).to_owned(), (*on).to_owned(), *fate))
        .collect()
}

#[test]
fn christmas_eve_on_a_thursday() {
    let from = at("2026-12-14T00:00:00Z");
    let next = |rule| told(&timetable("0 7 * * 4", rule).next(from, 3));
    let ordinary = ("2026-12-17T07:00", "2026-12-17T07:00", "on time");
    let (eve, year) = ("2026-12-24T07:00", "2026-12-31T07:00");
    assert_eq!(
        next(HolidayRule::Before),
        expected(&[
            ordinary,
            (eve, "2026-12-23T07:00", "moved"),
            (year, "2026-12-30T07:00", "moved")
        ])
    );
    // 25 and 26 December are holidays, 27 December is a Sunday; 1 January, then a weekend.
    assert_eq!(
        next(HolidayRule::After),
        expected(&[
            ordinary,
            (eve, "2026-12-28T07:00", "moved"),
            (year, "2027-01-04T07:00", "moved")
        ])
    );
    assert_eq!(
        next(HolidayRule::Skip),
        expected(&[ordinary, (eve, eve, "skipped"), (year, year, "skipped")])
    );
    assert_eq!(
        next(HolidayRule::Send),
        expected(&[ordinary, (eve, eve, "on time"), (year, year, "on time")])
    );
}

#[test]
fn own_days_and_pauses_are_kept() {
    let mut own = timetable("0 7 * * *", HolidayRule::Before);
    own.free
        .own
        .insert(day("2027-02-08"), "Rosenmontag".to_owned());
    own.pauses.push(Pause {
        uuid: "p".to_owned(),
        first: day("2027-02-04"),
        last: day("2027-02-05"),
        reason: "Umzug".to_owned(),
        look_back: None,
    });
    let planned = own.planned_on(
        (day("2027-02-03"), day("2027-02-08")),
        at("2027-01-01T00:00:00Z"),
        100,
    );
    // The working days before the 8th are in the pause, so it moves to the 3rd.
    assert_eq!(
        told(&planned),
        expected(&[
            ("2027-02-03T07:00", "2027-02-03T07:00", "on time"),
            ("2027-02-08T07:00", "2027-02-03T07:00", "moved"),
            ("2027-02-04T07:00", "2027-02-04T07:00", "paused"),
            ("2027-02-05T07:00", "2027-02-05T07:00", "paused"),
            ("2027-02-06T07:00", "2027-02-06T07:00", "on time"),
            ("2027-02-07T07:00", "2027-02-07T07:00", "on time"),
        ])
    );
    assert_eq!(
        planned[1].holiday,
        Some(FreeDay::Own("Rosenmontag".to_owned()))
    );
}

#[test]
fn a_moved_slot_knows_the_clock_of_its_new_day() {
    // Easter Monday 2027 is the day after the clock went forward; the Thursday before is in winter.
    let before = timetable("0 7 * * 1", HolidayRule::Before);
    let [one] = &before.next(at("2027-03-23T00:00:00Z"), 1)[..] else {
        panic!("a slot")
    };
    assert_eq!(one.slot.id(), "2027-03-29T07:00");
    assert_eq!(one.slot.at, at("2027-03-25T06:00:00Z"));
    let after = timetable("0 7 * * 1", HolidayRule::After);
    assert_eq!(
        after.next(at("2027-03-23T00:00:00Z"), 1)[0].slot.at,
        at("2027-03-30T05:00:00Z")
    );
}

#[test]
fn a_line_of_every_minute_costs_little() {
    let timetable = timetable("* * * * *", HolidayRule::Before);
    let now = at("2026-12-24T12:00:00Z");
    let begin = std::time::Instant::now();
    let last = timetable
        .slots_between(now.minus(Duration::from_hours(24)), now)
        .last();
    assert!(last.is_some());
    assert!(timetable.next(now, 10).len() == 10);
    let days = (day("2026-12-01"), day("2026-12-31"));
    let planned = timetable.planned_on(days, now, 100);
    assert_eq!(planned.len(), 100);
    assert!(
        planned.iter().all(|one| one.slot.at > now),
        "the past of the month is not in the way"
    );
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
}

fn any_timetable() -> impl Strategy<Value = Timetable> {
    let line = prop::sample::select(vec![
        "0 7 * * 4",
        "30 2 * * *",
        "0 7 1 * *",
        "15 9 * * MON-FRI",
        "0 18 24 12 *",
        "0 12 * * 0,6",
    ]);
    let rule = prop::sample::select(HolidayRule::ALL.to_vec());
    let region = prop::sample::select(Region::ALL.to_vec());
    let own = prop::collection::vec(0_u64..800, 0..6);
    let pause = prop::option::of((0_u64..700, 0_u64..60));
    (line, rule, region, any::<bool>(), own, pause).prop_map(
        |(line, rule, region, eves, own, pause)| {
            let first = day("2026-06-01");
            let mut made = timetable(line, rule);
            made.free.region = Some(region);
            made.free.eves = eves;
            let own = own
                .into_iter()
                .map(|days| (plus(first, days), "frei".to_owned()));
            made.free.own = own.collect();
            made.pauses = pause
                .map(|(from, long)| Pause {
                    uuid: String::new(),
                    first: plus(first, from),
                    last: plus(first, from + long),
                    reason: String::new(),
                    look_back: None,
                })
                .into_iter()
                .collect();
            made
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the rule, a step sees each slot once, and in all it sees what the plan says.
    #[test]
    fn every_slot_is_seen_once(timetable in any_timetable(), steps in prop::collection::vec(1_u64..200, 1..40)) {
        let begin = at("2026-09-01T05:00:00Z");
        let mut now = begin;
        let mut seen = Vec::new();
        for hours in steps {
            let until = now.plus(Duration::from_hours(hours));
            seen.extend(timetable.slots_between(now, until));
            now = until;
        }
        prop_assert!(seen.is_sorted_by_key(|slot| slot.at));
        let mut ids: Vec<_> = seen.iter().map(Slot::id).collect();
        ids.sort();
        let all = ids.len();
        ids.dedup();
        prop_assert_eq!(ids.len(), all, "a slot was seen twice");
        let zone = timetable.schedule.zone;
        let days = |at: Timestamp| at.in_zone(zone).date_naive();
        let mut planned: Vec<_> = timetable
            .planned_on((days(begin), days(now)), begin, 10_000)
            .into_iter()
            .filter(|one| one.goes_out() && begin < one.slot.at && one.slot.at <= now)
            .map(|one| one.slot.id())
            .collect();
        planned.sort();
        prop_assert_eq!(planned, ids);
    }

    /// The identity of slots is the schedule's, and what moves lands on a working day nearby.
    #[test]
    fn a_slot_keeps_its_identity(timetable in any_timetable()) {
        let from = day("2026-11-01").and_time(chrono::NaiveTime::MIN);
        for slot in timetable.schedule.slots_after(from).take(120) {
            let planned = timetable.plan(slot);
            prop_assert_eq!(planned.slot.local, slot.local);
            let distance = (planned.on.date() - slot.local.date()).num_days();
            if planned.fate == Fate::Moved {
                prop_assert!(distance != 0 && distance.abs() <= 7);
                prop_assert_eq!(distance > 0, timetable.rule == HolidayRule::After);
                prop_assert!(timetable.free.on(planned.on.date()).is_none());
                prop_assert!(!matches!(planned.on.weekday(), Weekday::Sat | Weekday::Sun));
                prop_assert_eq!(planned.on.time(), slot.local.time());
            } else { prop_assert_eq!(planned.slot.at, slot.at) }
        }
    }

    #[test]
    fn the_next_dates_are_those_that_come(timetable in any_timetable(), hours in 0_u64..10_000) {
        let now = at("2026-06-01T05:00:00Z").plus(Duration::from_hours(hours));
        let next: Vec<_> = timetable.next(now, 10);
        prop_assert_eq!(next.len(), 10);
        prop_assert!(next.is_sorted_by_key(|one| one.slot.at));
        let until = next[9].slot.at;
        let coming: Vec<_> = next.iter().filter(|one| one.goes_out() && one.slot.at < until).map(|one| one.slot.id()).collect();
        let mut seen: Vec<_> = timetable.slots_between(now, until).filter(|slot| slot.at < until).map(|slot| slot.id()).collect();
        let mut coming = coming;
        coming.sort();
        seen.sort();
        prop_assert_eq!(coming, seen);
    }
}
